"""Spell the slugs of authors and tags as new ones are spelled: "lucía-ferrer" becomes "lucia-ferrer".

The old addresses lead to the new ones. Backwards the new ones stay: the older code reads them as well.
"""

from django.conf import settings
from django.db import migrations

from articles.texts import free_slug, slug_from

LABELS = {f"label_slug_{code}": code for code in ("en", "es", "pt", "ar")}
TARGETS = ("edition", "category", "tag", "author")


def forwards(apps, schema_editor):
    addresses = apps.get_model("articles", "OldAddress").objects
    author, tag = apps.get_model("articles", "Author"), apps.get_model("articles", "Tag")
    for model, names in ((author, ("slug",)), (tag, ("slug", *LABELS))):
        for row in model.objects.order_by("pk"):
            for name in names:
                _respell(row, name, names, addresses)


def _respell(row, name, names, addresses):
    before = getattr(row, name) or ""
    wanted = before if before.isascii() else slug_from(before, language=LABELS.get(name))
    if wanted in {"", before}:
        return
    kind = row._meta.model_name
    codes = _languages(row, name)

    def is_taken(slug):
        others = type(row).objects.exclude(pk=row.pk)
        if any(others.filter(**{each: slug}).exists() for each in names):
            return True
        old = addresses.filter(path__in=[f"/{code}/{kind}/{slug}/" for code in codes])
        # What is gone holds no address, and neither does what leads here.
        gone = dict.fromkeys((f"{target}__isnull" for target in TARGETS), True)
        return old.exclude(**gone).exclude(**{kind: row.pk}).exists()

    slug = free_slug(wanted, taken=is_taken)
    type(row).objects.filter(pk=row.pk).update(**{name: slug})
    for code in codes:
        addresses.filter(path=f"/{code}/{kind}/{slug}/").delete()
        target = dict.fromkeys(TARGETS) | {kind: row}
        addresses.update_or_create(path=f"/{code}/{kind}/{before}/", defaults=target)


def _languages(row, name):
    """Return the languages of the site in whose addresses of the row this slug stands."""
    codes = [code for code, _name in settings.LANGUAGES]
    if name in LABELS:
        return [code for code in codes if code == LABELS[name]]
    return [code for code in codes if not getattr(row, f"label_slug_{code}", "")]


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0018_related_stories_and_kinds_of_tags"),
    ]

    operations = [
        migrations.RunPython(forwards, migrations.RunPython.noop, elidable=True),
    ]
