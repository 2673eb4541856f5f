"""Keep what the source said of a picture's rights, to tell its changes from those made here."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0005_imageuse_source_reference'),
    ]

    operations = [
        migrations.AddField(
            model_name='imageuse',
            name='source_rights',
            field=models.JSONField(default=dict, editable=False),
        ),
    ]
