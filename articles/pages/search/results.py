"""What a page of search shows of the stories that it found: one query for those of all languages."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from articles.body import Body
from articles.models import Edition, SearchEntry
from articles.pages import card as cards
from articles.pages.search import marking
from articles.texts import ARTICLE_TEXTS, column, columns
from newsroom.db.statements import Each, Given, named, padded, statement
from newsroom.languages import LANGUAGES, Language


@dataclass(frozen=True)
class Result:
    """A story that was found: its headline and an excerpt as marking.Pieces. `genre` is as on a Card."""

    pk: int
    language: Language
    url: str
    title: list
    excerpt: list
    published_at: datetime
    genre: object = None


def read(places, asked, *, tree, at):
    """Return place -> Result for those places whose stories readers may see; `asked` maps a language to its Asked.

    Those in the language of the tree have an excerpt.
    """
    if not places:
        return {}
    own = tree.language
    ids = padded([SearchEntry.edition_at(place) for place in places])
    rows = {row.pk: row for row in _editions(own, len(ids), at=at, ids=ids)}
    by_place = {}
    for place in places:
        if row := rows.get(SearchEntry.edition_at(place)):
            by_place[place] = _result(row, asked[row.language], tree, is_own=row.language == own)
    return by_place


def _result(row, asked, tree, *, is_own):
    edition = Edition(
        pk=row.pk, language=row.language, slug=row.slug, published_at=row.published_at
    )
    texts = [row.standfirst or "", Body(row.body or "").text] if is_own else []
    return Result(
        pk=row.pk,
        language=LANGUAGES[row.language],
        url=edition.url,
        title=marking.marked(getattr(row, column("title", row.language)) or "", asked),
        excerpt=marking.excerpt(texts, asked),
        published_at=row.published_at,
        genre=tree.nodes.get(row.genre_pk),
    )


@statement
def _editions(language, number):
    live = Edition.objects.live(at=Given("at")).filter(pk__in=Each("ids", number))
    titles = [column("title", code) for code, _name in settings.LANGUAGES]
    texts = dict(zip(ARTICLE_TEXTS, columns(ARTICLE_TEXTS, language), strict=True))
    return named(
        live.annotate(genre_pk=cards.genre_of("article_id")),
        *("pk", "language", "slug", "published_at", "genre_pk"),
        **{name: f"article__{name}" for name in titles},
        **{name: f"article__{texts[name]}" for name in ("standfirst", "body")},
    )
