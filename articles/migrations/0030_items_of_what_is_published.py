"""Partners can be told of everything that was published before there were any."""

from django.db import migrations

BATCH = 1000


def note_all(apps, schema_editor):
    Edition, Item = apps.get_model("articles", "Edition"), apps.get_model("articles", "Item")
    rows = Edition.objects.filter(status="published").order_by("pk")
    names = ("article_id", "language", "published_at", "modified_at")
    found = rows.values_list(*names).iterator(chunk_size=BATCH)
    made = (_item(Item, *row) for row in found)
    Item.objects.bulk_create(made, batch_size=BATCH)


def _item(model, article, language, published_at, modified_at):
    moment = max(published_at, modified_at or published_at)
    # No digest is equal to this one: what they hold was not looked at.
    return model(
        article_id=article, language=language, due=moment, changed_at=moment, version=1, digest="?"
    )


def forget(apps, schema_editor):
    apps.get_model("articles", "Item").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0029_partners"),
    ]

    operations = [migrations.RunPython(note_all, forget)]
