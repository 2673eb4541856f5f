"""Let signs such as ₂, ª and ™, and joiners within words, tell tags apart; what a tag was called means it still.

Backwards, spellings of one tag that become the same are one.
"""

import unicodedata

from django.db import migrations

from articles.texts import fold, identity

LENGTH = 200
DOTLESS = str.maketrans({"ı": "i", "İ": "i"})


def former(words):
    """Return the identity of a spelling as it was until now: compatible letters were one."""
    plain = unicodedata.normalize("NFKD", words.translate(DOTLESS))
    plain = unicodedata.normalize("NFKD", plain.casefold()).translate(DOTLESS)
    kept = (sign for sign in plain if not _was_ignored(sign))
    return unicodedata.normalize("NFC", "".join(kept))


def _was_ignored(sign):
    return sign in ".'’‘ʼ`" or sign.isspace() or unicodedata.category(sign) in {"Cf", "Pd"}


def forwards(apps, schema_editor):
    aliases = apps.get_model("articles", "TagAlias").objects
    taken = set(aliases.values_list("key", flat=True))
    for alias in list(aliases.order_by("pk")):
        before = alias.key
        # Where two tags would be one now, the second keeps its key: a person merges them.
        if _move(aliases, alias, identity(alias.text)[:LENGTH], taken):
            # What was written without these signs has meant this tag, and goes on to.
            _learn(aliases, alias.tag_id, before, taken)
    _learn_names(apps, aliases, taken)


def _move(aliases, alias, key, taken):
    """Give a spelling its key, unless it is taken; return whether it is another."""
    if key in taken or not key:
        return False
    taken.discard(alias.key)
    taken.add(key)
    aliases.filter(pk=alias.pk).update(key=key, folded=fold(key)[:LENGTH])
    return True


def _learn(aliases, tag, words, taken):
    key = identity(words)[:LENGTH]
    if key not in taken and fold(words):
        taken.add(key)
        aliases.create(tag_id=tag, text=words[:100], key=key, folded=fold(key)[:LENGTH])


def _learn_names(apps, aliases, taken):
    """Give each name and label a spelling of its own: until now "CO2" was one with "CO₂"."""
    tag_model = apps.get_model("articles", "Tag")
    names = [
        field.name
        for field in tag_model._meta.concrete_fields
        if field.name == "name" or field.name.startswith("label_") and "slug" not in field.name
    ]
    for pk, *spellings in tag_model.objects.order_by("pk").values_list("pk", *names):
        for words in filter(None, spellings):
            _learn(aliases, pk, words, taken)


def backwards(apps, schema_editor):
    aliases = apps.get_model("articles", "TagAlias").objects
    owners = dict(aliases.values_list("key", "tag_id"))
    for alias in list(aliases.order_by("pk")):
        key = former(alias.text)[:LENGTH]
        if owners.get(key) is None:
            del owners[alias.key]
            owners[key] = alias.tag_id
            aliases.filter(pk=alias.pk).update(key=key, folded=fold(key)[:LENGTH])
        elif key != alias.key and owners[key] == alias.tag_id:
            alias.delete()


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0050_find_stories_by_any_word'),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
