"""Let links find a story by its headline, whatever its slug has become."""

from django.db import migrations, models

from articles.texts import fold

LENGTH = 400
BATCH = 1000


def fill(apps, schema_editor):
    edition_model = apps.get_model("articles", "Edition")
    editions = edition_model.objects.select_related("article").iterator(chunk_size=BATCH)
    batch = []
    for edition in editions:
        title = getattr(edition.article, f"title_{edition.language}") or ""
        edition.headline_key = fold(title)[:LENGTH]
        batch.append(edition)
        if len(batch) == BATCH:
            edition_model.objects.bulk_update(batch, ["headline_key"])
            batch.clear()
    edition_model.objects.bulk_update(batch, ["headline_key"])


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [
        migrations.AddField(
            "edition",
            "headline_key",
            models.CharField(
                blank=True, db_default="", default="", editable=False, max_length=400
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            "edition",
            models.Index(fields=["headline_key", "language"], name="edition_headline"),
        ),
    ]
