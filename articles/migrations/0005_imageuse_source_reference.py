"""Keep how the source calls a picture, so that an import finds its place again."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0004_edition_modified_at'),
    ]

    operations = [
        migrations.AddField(
            model_name='imageuse',
            name='source_reference',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=400),
        ),
    ]
