"""Give a page of the site's own another address where it stands at that of the list of corrections."""

from itertools import chain, count

from django.db import migrations

TAKEN = "corrections"


def move(apps, schema_editor):
    pages = apps.get_model("articles", "OwnPageEdition").objects
    for row in pages.filter(slug=TAKEN).order_by("pk"):
        others = set(pages.filter(language=row.language).values_list("slug", flat=True))
        wanted = chain([f"{TAKEN}-policy"], (f"{TAKEN}-{number}" for number in count(2)))
        row.slug = next(slug for slug in wanted if slug not in others)
        row.save(update_fields=["slug"])


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0053_corrections'),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
