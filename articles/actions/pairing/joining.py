"""Making one story of two that are the same in different languages, and two of it again."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import roles
from articles.actions import writing
from articles.actions.pairing import credits, pictures, topics, traces, words
from articles.actions.pairing.looking import alike
from articles.derived import corrections, items, links, listings
from articles.models import Article, Join
from newsroom.db import locks
from newsroom.languages import LANGUAGES, with_columns


@locks.writing()
def join(one, other, *, by, now=None):
    """Make the languages of a story, the `other`, languages of the article `one`; return the Join.

    They come with their texts, addresses, states, times, comments, captions and credits, and no language gets anything of
    another; categories, tags, pictures and origins are added. Links to the other lead to the article, and it is
    gone. Raise ValidationError, and change nothing, where `obstacle` has something to say.
    """
    _require(by)
    now = now or timezone.now()
    kept, gone = _locked(one.pk, other.pk)
    if reason := obstacle(kept, gone):
        raise ValidationError(reason)
    headline, own, languages = str(gone), _ordered(kept), _ordered(gone)
    held = {
        "languages": languages,
        "article": [gone.source_language, gone.rev, *_times(gone)],
        "credits": credits.take(kept, gone, languages, own=own),
        "pictures": pictures.take(kept, gone, languages, alike=alike),
        "topics": topics.take(kept, gone),
        "words": words.take(kept, gone, languages),
        "traces": traces.take(kept, gone),
        "links": links.lead(gone.pk, kept.pk, languages=languages),
        "related": links.relate(gone.pk, kept.pk),
        "pairs": traces.compare(kept, gone),
        "rev": kept.rev,
    }
    Article.objects.filter(pk=gone.pk).delete()
    # Beyond what a batch knows of either.
    Article.objects.filter(pk=kept.pk).update(rev=max(kept.rev, gone.rev))
    comment = _("joined with “%s”") % headline
    held["after"] = _settle([kept.pk], gone.pk, comment=comment, by=by, now=now)
    return Join.objects.create(
        article_id=kept.pk, other=gone.pk, headline=headline, held=held, by=by, at=now
    )


@locks.writing()
def part(joined, *, by, now=None):
    """Undo a Join, which is forgotten; return the story that was joined, under the id that it had.

    Both are what they were. What somebody has changed in these languages since goes with them, and nothing else that was
    changed is lost.
    """
    _require(by)
    now = now or timezone.now()
    joined = Join.objects.select_for_update(of=["self"]).get(pk=joined.pk)
    held, (kept,) = joined.held, _locked(joined.article_id)
    languages = [code for code in held["languages"] if code in with_columns()]
    gone = _begun(joined)
    words.give_back(kept, gone, languages, held["words"])
    credits.give_back(kept, gone, languages, held["credits"])
    pictures.give_back(kept, gone, languages, held["pictures"])
    topics.give_back(kept, gone, held["topics"])
    traces.give_back(kept, gone, languages, held["traces"])
    links.lead_back(held["links"], gone.pk, kept.pk)
    links.relate_back(held["related"])
    traces.compare_again(kept, gone, held["pairs"])
    joined.delete()
    comment = _("parted from “%s”") % joined.headline
    _settle([kept.pk, gone.pk], gone.pk, comment=comment, by=by, now=now)
    if kept.rev == held["after"]:
        traces.count_on(Article.objects.get(pk=kept.pk), before=held["rev"])
    _language, rev, *times = held["article"]
    Article.objects.filter(pk=gone.pk).update(
        rev=rev, **dict(zip(("created_at", "modified_at"), times, strict=True))
    )
    return Article.objects.get(pk=gone.pk)


def obstacle(one, other):
    """Return why two stories cannot be joined, as a sentence; "" if nothing speaks against it."""
    if one.pk == other.pk:
        return _("Choose two different stories.")
    both = words.spoken(one) & words.spoken(other)
    if both:
        names = ", ".join(LANGUAGES[code].name for code in sorted(both))
        return _("Both stories have a text in: %s. Take one of them out first.") % names
    if unknown := words.spoken(other) - {*with_columns()}:
        names = ", ".join(sorted(unknown))
        return _("The story has a text in a language that this site does not have: %s.") % names
    return ""


def _require(by):
    if not roles.may_join(by):
        raise PermissionDenied(_("You are not allowed to do this: ask somebody who may publish."))


def _locked(*pks):
    """Return these stories, locked in one order whatever the order of their ids."""
    rows = {
        row.pk: row for row in Article.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    }
    if len(rows) < len(set(pks)):
        raise ValidationError(_("One of the two stories is gone."))
    return [rows[pk] for pk in pks]


def _ordered(article):
    said = words.spoken(article)
    return [code for code in with_columns() if code in said]


def _times(article):
    return article.created_at.isoformat(), article.modified_at.isoformat()


def _begun(joined):
    """Return the row of the story that was joined, without anything in it."""
    source_language, *_rest = joined.held["article"]
    gone = Article(pk=joined.other, source_language=source_language)
    writing.begin(gone)
    return gone


def _settle(pks, gone, *, comment, by, now):
    """Save these stories, as one revision, with all that follows; return the number of the first one's saves."""
    with locks.writing(comment=comment, by=by):
        for pk in pks:
            article = Article.objects.get(pk=pk)
            modified = dict(article.editions.values_list("language", "modified_at"))
            writing.save(article, modified=modified, now=now)
            corrections.refresh(article)
    listings.refresh(pks)
    items.refresh([*pks, gone], now=now)
    return Article.objects.values_list("rev", flat=True).get(pk=pks[0])
