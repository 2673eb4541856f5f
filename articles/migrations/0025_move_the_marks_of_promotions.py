from django.db import migrations


def to_editions(apps, schema_editor):
    """Give the mark of a promotion to the first language in which it has a title: it was made in one."""
    promotion = apps.get_model("articles", "Promotion")
    codes = [f.name[6:] for f in promotion._meta.fields if f.name.startswith("title_")]
    for row in promotion._base_manager.exclude(source_mark=""):
        language = next((c for c in codes if getattr(row, f"title_{c}")), None)
        if language:
            mark = {"source_mark": row.source_mark}
            row.editions.update_or_create(language=language, defaults=mark)


def to_promotions(apps, schema_editor):
    edition = apps.get_model("articles", "PromotionEdition")
    for row in edition._base_manager.exclude(source_mark="").order_by("-pk"):
        type(row.promotion)._base_manager.filter(pk=row.promotion_id).update(
            source_mark=row.source_mark
        )


class Migration(migrations.Migration):
    dependencies = [("articles", "0024_promotion_edition_source")]

    operations = [migrations.RunPython(to_editions, to_promotions, elidable=True)]
