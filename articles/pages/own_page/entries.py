"""Which pages of the site's own there are, in each language: for what leads to them."""

from typing import NamedTuple

from articles.models import OwnPage, OwnPageEdition
from newsroom.db.statements import named, statement
from newsroom.languages import Label
from newsroom.site.kept import Kept

POLICIES = {
    OwnPage.Kind.PRINCIPLES: "publishingPrinciples",
    OwnPage.Kind.ETHICS: "ethicsPolicy",
    OwnPage.Kind.CORRECTIONS: "correctionsPolicy",
    OwnPage.Kind.OWNERSHIP: "ownershipFundingInfo",
    OwnPage.Kind.MASTHEAD: "masthead",
}
"""What a page of such a kind says of the publisher, in the words of schema.org."""

_TYPES = {OwnPage.Kind.ABOUT: "AboutPage", OwnPage.Kind.CONTACT: "ContactPage"}


class Entry(NamedTuple):
    """An own page that readers can see: where others lead to it."""

    pk: int
    kind: str
    label: Label
    url: str
    in_foot: bool


def every(language):
    """Return the Entry of each page that readers of a language can see, in the order of the foot."""
    return KEPT.current().get(language, ())


def type_of(kind):
    """Return what a page of a kind is in the words of schema.org."""
    return _TYPES.get(kind, "WebPage")


def stored():
    """Return language -> the Entry of each page, as the database has them; one query."""
    by_language = {}
    for row in _every():
        entry = Entry(row.page_pk, row.kind, Label(row.title, row.language), url(row), row.in_foot)
        by_language[row.language] = (*by_language.get(row.language, ()), entry)
    return by_language


def url(row):
    """Return the path of what has a `language` and a `slug`."""
    return OwnPageEdition(language=row.language, slug=row.slug).url


@statement
def _every():
    rows = OwnPageEdition.objects.live().order_by("page__position", "page")
    return named(
        rows,
        "language",
        "title",
        "slug",
        page_pk="page_id",
        kind="page__kind",
        in_foot="page__in_foot",
    )


KEPT = Kept("own_pages:kept", stored)
