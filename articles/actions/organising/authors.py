"""Making one of several authors."""

from django.core.exceptions import ValidationError
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from articles.derived import addresses, listings
from articles.models import Author, AuthorName, Byline, OldAddress, Origin
from articles.texts import lacking, text
from newsroom.db import locks
from newsroom.languages import with_columns


@locks.writing()
def merge_authors(authors, *, into):
    """Give `into` the credits, imported names, login and addresses of `authors`, which are deleted.

    A text that `into` lacks is taken over. Raise ValidationError if more than one has a login.
    """
    kept = Author.objects.select_for_update().get(pk=into.pk)
    gone = list(Author.objects.select_for_update().filter(pk__in=[a.pk for a in authors]))
    logins = [author.user_id for author in (kept, *gone) if author.user_id]
    if len(logins) > 1:
        raise ValidationError(
            _("More than one of them has a login: take it off all but one of them first.")
        )
    paths = [path for author in gone for path in addresses.paths(author).values()]
    _credit(kept, gone)
    _remember_names(kept, gone)
    _remember_given(kept, gone)
    OldAddress.objects.filter(author__in=gone).update(author=kept)
    texts = lacking(kept, gone, "name") | lacking(kept, gone, "bio")
    Author.objects.filter(pk__in=[author.pk for author in gone]).delete()
    for name, words in texts.items():
        setattr(kept, name, words)
    kept.user_id = next(iter(logins), None)
    kept.save()
    for path in paths:
        addresses.add(kept, path=path)


def _credit(kept, gone):
    """Credit `kept` for what the others did, once for each role and language."""
    theirs = Byline.objects.filter(author__in=gone)
    articles = sorted(set(theirs.values_list("article_id", flat=True)))
    for start in range(0, len(articles), listings.BATCH):
        batch = articles[start : start + listings.BATCH]
        rows = Byline.objects.filter(article__in=batch, author__in=[kept, *gone])
        seen, twice, moved = {_place_of(row) for row in rows if row.author_id == kept.pk}, [], []
        for row in rows:
            if row.author_id != kept.pk:
                (twice if _place_of(row) in seen else moved).append(row.pk)
                seen.add(_place_of(row))
        Byline.objects.filter(pk__in=twice).delete()
        Byline.objects.filter(pk__in=moved).update(author=kept)


def _place_of(byline):
    return byline.article_id, byline.role, byline.language


def _remember_given(kept, gone):
    """Let what sources gave mean `kept`: a credit that was taken off here stays off."""
    lost = {author.pk for author in gone}
    words = Q(pk__in=[])
    for pk in lost:
        words |= Q(words__contains=f"[{pk}, ")
    for origin in Origin.objects.alias(words=Cast("given", TextField())).filter(words):
        for own in origin.given.values():
            keys = [
                (kept.pk if author in lost else author, role, language)
                for author, role, language in own.get("bylines", ())
            ]
            own["bylines"] = [list(key) for key in dict.fromkeys(keys)]
        origin.save(update_fields=["given"])


def _remember_names(kept, gone):
    """Let imports that name one of the others mean `kept`."""
    AuthorName.objects.filter(author__in=gone).update(author=kept)
    names = {text(author, "name", language) for author in gone for language in with_columns()}
    rows = [AuthorName(author=kept, name=name) for name in sorted(filter(None, names))]
    AuthorName.objects.bulk_create(rows, ignore_conflicts=True)
