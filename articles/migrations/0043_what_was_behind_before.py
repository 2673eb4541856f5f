from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def count_one(apps, schema_editor):
    """Keep what was behind by its version as behind: in which blocks nobody knows, so that it counts as one."""
    Edition = apps.get_model("articles", "Edition")
    sources = Edition.objects.filter(
        article=OuterRef("article"), language=F("article__source_language")
    )
    behind = Edition.objects.exclude(language=F("article__source_language")).filter(
        source_version__lt=Subquery(sources.values("version")[:1])
    )
    ids = list(behind.values_list("pk", flat=True))
    for start in range(0, len(ids), 500):
        Edition.objects.filter(pk__in=ids[start : start + 500]).update(blocks_behind=1)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0042_blocks_of_stories'),
    ]

    operations = [
        migrations.RunPython(count_one, migrations.RunPython.noop),
    ]
