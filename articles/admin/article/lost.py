"""What an older version of a story names and no longer exists."""

from django.db.models import Exists, OuterRef
from django.utils.translation import ngettext
from reversion.models import Version

from articles.models import Article, Author, Byline, Category, Image, ImageUse, Tag, TaggedArticle


def let_go(version):
    """Drop the rows of a story, just brought back, whose other end is gone; return their names.

    The database looks at such a row only at the end of the transaction, and then refuses all.
    """
    article = int(version.object_id)
    lost = [*_credits(article, version), *_pictures(article, version), *_tags(article, version)]
    return lost + _categories(article)


def _credits(article, version):
    rows = _orphans(Byline.objects.filter(article=article), author=Author)
    return _dropped(rows, _names(Byline, version))


def _pictures(article, version):
    rows = _orphans(ImageUse.objects.filter(article=article), image=Image)
    return _dropped(rows, _names(ImageUse, version))


def _tags(article, version):
    """A tag that was merged into another left it its name as a spelling: it is found by that."""
    rows = _orphans(TaggedArticle.objects.filter(content_object=article), tag=Tag)
    names = _names(TaggedArticle, version)
    lost = []
    for words in _dropped(rows, names):
        words = words.removesuffix(f" on {article}")
        if tag := Tag.objects.meaning(words).first():
            TaggedArticle.objects.get_or_create(tag=tag, content_object_id=article)
        else:
            lost.append(words)
    return lost


def _categories(article):
    rows = _orphans(Article.categories.through.objects.filter(article=article), category=Category)
    count, _models = rows.delete()
    return [ngettext("%d category", "%d categories", count) % count] if count else []


def _orphans(rows, **target):
    ((name, model),) = target.items()
    return rows.filter(~Exists(model.objects.filter(pk=OuterRef(f"{name}_id"))))


def _dropped(rows, names):
    """Delete rows, and return what each was called."""
    keys = [str(key) for key in rows.order_by("pk").values_list("pk", flat=True)]
    rows.delete()
    return [names.get(key, f"#{key}") for key in keys]


def _names(model, version):
    """Return row -> what it was called when this version was made."""
    found = Version.objects.get_for_model(model).filter(revision=version.revision_id)
    return dict(found.values_list("object_id", "object_repr"))
