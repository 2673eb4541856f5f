"""Proposing pairs: all stories that lack a language of the site, compared at once."""

from django.conf import settings
from django.utils import timezone

from articles.actions.pairing.looking import looks_of
from articles.likeness import PICTURE, Likely, matches, signs
from articles.models import Article, Edition, ImageUse, Pair
from articles.texts import column, text
from newsroom.db import locks
from newsroom.files import perceptual_hash

BATCH = 500

PLACES = 4
"""Two looks that differ in fewer than so many bits share one quarter of them at least: they are compared by these."""


def propose(*, now=None, step=lambda _number: None):
    """Compare all stories, and store a Pair for each two that are likely one; return how many are new.

    Pairs that somebody has refused stay so. Those that nobody has looked at, and that are likely no more, go. `step` is told how many
    stories have been read, a batch at a time.
    """
    now = now or timezone.now()
    stories = list(_read(now, step))
    # Outside of the transaction: editors save meanwhile.
    likely = {(match.one, match.other): match for match in matches(stories)}
    return _store(likely)


@locks.writing()
def _store(likely):
    ids = {pk for pair in likely for pk in pair}
    here = set()
    for start in range(0, len(ids), BATCH):
        batch = sorted(ids)[start : start + BATCH]
        here.update(Article.objects.filter(pk__in=batch).values_list("pk", flat=True))
    known = {(pair.one_id, pair.other_id): pair for pair in Pair.objects.all()}
    new = [_pair(match) for key, match in likely.items() if key not in known and {*key} <= here]
    Pair.objects.bulk_create(new, batch_size=BATCH)
    gone = [
        pair.pk
        for key, pair in known.items()
        if key not in likely and not pair.is_refused and not pair.later_at and not _is_told(pair)
    ]
    for start in range(0, len(gone), BATCH):
        Pair.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    return len(new)


def _is_told(pair):
    """Return whether a source has named the two as one, which no comparison takes back."""
    return any(sign == "source" for sign, _words in pair.evidence)


def _pair(match):
    names = [sign.partition(":") for sign in match.signs]
    evidence = [[kind, words] for kind, _colon, words in names if kind != PICTURE]
    if len(evidence) < len(names):
        evidence.insert(0, [PICTURE, ""])
    return Pair(
        one_id=match.one,
        other_id=match.other,
        score=match.score,
        evidence=[["days", str(match.days)], *evidence],
    )


def _read(now, step):
    """Yield a Likely for each story that lacks a language of the site, a batch in a few queries."""
    known, number = {}, 0
    codes = [code for code, _name in settings.LANGUAGES]
    last = 0
    while batch := _batch(last, codes):
        last = batch[-1].pk
        editions = _editions(batch)
        leads = _leads(batch)
        views = looks_of(leads.values())
        for article in batch:
            said = [code for code in codes if text(article, "body", code)]
            if said and len(said) < len(codes):
                lead = leads.get(article.pk)
                view = _view(known, lead, views.get(lead)) if lead else frozenset()
                yield _likely(article, said, editions.get(article.pk, now), view)
        step(number := number + len(batch))


def _batch(last, codes):
    names = [column(field, code) for code in codes for field in ("title", "body")]
    rows = Article.objects.filter(pk__gt=last).order_by("pk")
    return list(rows.only("source_language", "created_at", *names)[:BATCH])


def _editions(batch):
    """Return id -> the first time of publication."""
    rows = Edition.objects.filter(article__in=batch, published_at__isnull=False)
    rows = rows.order_by("-published_at").values_list("article_id", "published_at")
    return dict(rows)


def _leads(batch):
    rows = ImageUse.objects.filter(article__in=batch, is_lead=True).exclude(image__file="")
    return dict(rows.values_list("article_id", "image_id"))


def _likely(article, said, at, view):
    language = article.source_language if article.source_language in said else said[0]
    words = article.body_in(language)
    return Likely(
        key=article.pk,
        languages=frozenset(said),
        at=at,
        signs=signs(text(article, "title", language), words.text) | view,
        paragraphs=words.html.count("<p"),
    )


def _view(known, image, bits):
    """Return the sign of a picture: that of the first one that looks like it.

    `known` maps the parts of each look to those that have it, so that few are compared.
    """
    if bits is None:
        return frozenset({f"{PICTURE}:i{image}"})
    width = perceptual_hash.BITS // PLACES // 2
    parts = [(place, bits >> place * width & (1 << width) - 1) for place in range(PLACES * 2)]
    alike = (
        other
        for part in parts
        for other in known.get(part, ())
        if perceptual_hash.are_alike(other, bits)
    )
    first = next(alike, bits)
    if first == bits:
        for part in parts:
            known.setdefault(part, set()).add(bits)
    return frozenset({f"{PICTURE}:{first:016x}"})
