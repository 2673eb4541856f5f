"""Keep when readers' words last changed, for the line “Updated”."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0003_find_editions_by_headline'),
    ]

    operations = [
        migrations.AddField(
            model_name='edition',
            name='modified_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='words changed'),
        ),
    ]
