"""A page of the site's own, as readers see it in one language."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings

from articles.body import LITE, Body
from articles.models import Edition, OwnPageEdition
from articles.pages import card as cards
from articles.pages.own_page.entries import url
from newsroom.db.statements import Each, Given, named, padded, statement

ROW = ("language", "title", "slug", "body", "modified_at")


@dataclass(frozen=True)
class OwnPage:
    """All that the page shows. `languages` maps each language in which it can be read to its path there, `links` an article id to its card."""

    pk: int
    kind: str
    language: str
    title: str
    body: Body
    modified_at: datetime | None
    languages: dict
    links: dict

    @property
    def url(self):
        return self.languages[self.language]

    @cached_property
    def body_html(self):
        """The text as readers see it."""
        return self._rendered()

    @property
    def body_lite(self):
        """The text as readers of the lite edition see it."""
        return self._rendered(form=LITE)

    @property
    def cards(self):
        """The cards in its text."""
        return [card for pk, card in self.links.items() if pk in self.body.references.cards]

    def _rendered(self, **form):
        return self.body.render(uses={}, links=self.links, language=self.language, **form)


def read(language, slug):
    """Return language -> the row of a page in each language in which it can be read, None where there is none.

    It is the page with this slug in `language`, or else one that has it in another language; one query.
    """
    pages = {}
    for row in _rows(slug=slug):
        pages.setdefault(row.page_pk, {})[row.language] = row
    here = (rows for rows in pages.values() if language in rows)
    return min(
        here, key=lambda rows: (rows[language].slug != slug, rows[language].page_pk), default=None
    )


def shown(rows, *, language, tree, at):
    """Return the OwnPage of rows, of `read`, in a language; a query for what its text leads to."""
    row = rows[language]
    body = Body(row.body)
    return OwnPage(
        pk=row.page_pk,
        kind=row.kind,
        language=language,
        title=row.title,
        body=body,
        modified_at=row.modified_at,
        languages={code: url(rows[code]) for code, _name in settings.LANGUAGES if code in rows},
        links=_links(body.references.articles, tree=tree, at=at),
    )


def _links(articles, *, tree, at):
    if not articles:
        return {}
    ids = padded(sorted(articles))
    rows = _cards(tree.language, len(ids), at=at, articles=ids)
    return {card.article_id: card for card in cards.read(rows, tree=tree, at=at)}


@statement
def _rows():
    same = OwnPageEdition.objects.live().filter(slug=Given("slug"))
    rows = OwnPageEdition.objects.live().filter(page__in=same.values("page"))
    return named(rows, *ROW, page_pk="page_id", kind="page__kind")


@statement
def _cards(language, number):
    live = Edition.objects.live(language=language, at=Given("at"))
    return cards.rows(live.filter(article__in=Each("articles", number)), language=language)
