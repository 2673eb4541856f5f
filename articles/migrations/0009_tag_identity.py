"""Let accents and signs tell tags apart; find them without as before.

What one tag was called stays its spelling. Backwards, spellings of one tag that become the same are one.
"""

from django.db import migrations, models

from articles.texts import fold, identity

LENGTH = 200
NAMES = ("name", "label_en", "label_es", "label_pt", "label_ar")


def forwards(apps, schema_editor):
    alias_model = apps.get_model("articles", "TagAlias")
    taken = set(alias_model.objects.values_list("key", flat=True))
    for alias in alias_model.objects.order_by("pk").iterator():
        key = identity(alias.text)[:LENGTH]
        # Where two tags differ by a dotless i only, the second keeps its key: a person merges them.
        if key not in taken:
            taken.discard(alias.key)
            alias.key = key
            taken.add(key)
        folded = fold(identity(alias.text))[:LENGTH]
        alias_model.objects.filter(pk=alias.pk).update(key=alias.key, folded=folded)
    _learn_names(apps, taken)


def _learn_names(apps, taken):
    """Give each name and label a spelling of its own: until now "Pais" was one with "País"."""
    alias_model = apps.get_model("articles", "TagAlias")
    tags = apps.get_model("articles", "Tag").objects.order_by("pk")
    for pk, *names in tags.values_list("pk", *NAMES):
        for words in filter(None, names):
            if (key := identity(words)[:LENGTH]) not in taken:
                taken.add(key)
                folded = fold(identity(words))[:LENGTH]
                alias_model.objects.create(tag_id=pk, text=words, key=key, folded=folded)


def backwards(apps, schema_editor):
    alias_model = apps.get_model("articles", "TagAlias")
    taken = set()
    for alias in alias_model.objects.order_by("pk"):
        key = fold(alias.text)[:LENGTH]
        if key in taken:
            alias.delete()
        taken.add(key)
    # Two rounds: a key may still stand in a row that has not had its turn.
    for alias in alias_model.objects.order_by("pk"):
        alias_model.objects.filter(pk=alias.pk).update(key=f"#{alias.pk}")
    for alias in alias_model.objects.order_by("pk"):
        alias_model.objects.filter(pk=alias.pk).update(key=fold(alias.text)[:LENGTH])


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0008_authorname'),
    ]

    operations = [
        migrations.AddField(
            model_name='tagalias',
            name='folded',
            field=models.CharField(default='', editable=False, max_length=200),
        ),
        migrations.AddIndex(
            model_name='tagalias',
            index=models.Index(fields=['folded'], name='tagalias_folded'),
        ),
        migrations.RunPython(forwards, backwards, elidable=True),
    ]
