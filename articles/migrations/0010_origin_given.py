"""Keep what a source gave, field by field, to tell its corrections from what was changed here."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_tag_identity")]
    operations = [
        migrations.AddField("origin", "given", models.JSONField(default=dict, editable=False)),
        migrations.AlterField(
            "origin", "rev", models.PositiveIntegerField(default=0, editable=False)
        ),
        # What it told stands in `given` now; of older origins it is not needed.
        migrations.AlterField(
            "origin", "checksum", models.CharField(default="", max_length=64)
        ),
        migrations.RemoveField("origin", "checksum"),
    ]
