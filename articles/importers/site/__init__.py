"""A site that takes over what another one had beside its stories, as exporters/site/ writes it: docs/reference/import-site.md."""

import json

from django.core.exceptions import ValidationError
from django.db import Error

from articles import body
from articles.actions import menu, organising, own_pages, promoting
from articles.actions.publishing import SYSTEM
from articles.derived import addresses
from articles.importers.story import Person
from articles.importers.writer.people import People
from articles.importers.writer.topics import reference
from articles.models import (
    Category,
    MenuEntry,
    Origin,
    OwnPage,
    OwnPageEdition,
    Promotion,
    PromotionEdition,
    Tag,
)
from articles.texts import column
from newsroom.db import locks
from newsroom.languages import with_columns
from newsroom.site import actions

SETTINGS = (
    *("contact", "accounts", "zone", "own_digits", "allows_search", "allows_answers"),
    *("allows_training", "licence", "accent", "accent_dark", "shows_changes", "counts_comments"),
)
PAGE = ("kind", "in_foot", "position")
EDITION = ("title", "slug", "is_published", "modified_at")
ENTRY = ("link", "languages", "position")
PROMOTION = ("place", "starts_at", "ends_at", "priority", "event_at", "event_zone", "link")
WORDS = ("title", "text", "venue", "call", "alt")
"""The fields that are taken over as they are, by what they belong to; the texts of a promotion are by language."""

OF_A_NEW_SITE = (OwnPage, MenuEntry, Promotion)


class BadSite(Exception):
    """What a file holds cannot be taken over; the message is a sentence."""


def take_over(words):
    """Take over the text of a file: all of it, or nothing. Return how many there are of each part.

    The stories, with their categories, tags and authors, come first. Raise BadSite where something is amiss, or this site has pages, a menu or promotions.
    """
    for model in OF_A_NEW_SITE:
        if model.objects.exists():
            name = model._meta.verbose_name_plural
            raise BadSite(f"This site has {name} already, and nothing was changed.")
    try:
        data = json.loads(words)
        with locks.writing():
            return _taken(data)
    except ValidationError as error:
        raise BadSite(f"{' '.join(error.messages)} Nothing was changed.") from error
    except (ValueError, TypeError, LookupError, AttributeError, Error) as error:
        told = " ".join(str(error).split())
        raise BadSite(f"This is no file of a site, and nothing was changed: {told}.") from error


def _taken(data):
    site = _set(actions.settings_row(), data["settings"], SETTINGS)
    texts = [
        _set(actions.texts_in(code), words, actions.texts_in(code).WORDS)
        for code, words in data["texts"].items()
    ]
    for row in (site, *texts):
        # Their site is the one row that is saved with them.
        row.clean_fields(exclude={"site"})
    actions.save(site, texts)
    for author in data["authors"]:
        _tell_of(author)
    pages = [_page(page) for page in data["pages"]]
    categories = {reference(category): category for category in Category.objects.all()}
    for entry in data["menu"]:
        _entry(entry, pages, categories)
    for promotion in data["promotions"]:
        _promotion(promotion, categories)
    return {part: len(data[part]) for part in ("authors", "pages", "menu", "promotions")}


def _tell_of(told):
    person = Person(names=told["name"], kind=told["kind"])
    author = People([person]).author_of(person)
    _say(author, "bio", told["bio"])
    author.clean_fields()
    organising.save(author)


def _page(told):
    page = _set(OwnPage(), told, PAGE)
    page.clean_fields()
    own_pages.save(page, by=SYSTEM)
    for code, own in told["editions"].items():
        edition = _set(OwnPageEdition(page=page, language=code), own, EDITION)
        edition.body = body.clean(own.get("body", ""), _as_here, language=code).body.html
        edition.clean_fields()
        own_pages.save(page, by=SYSTEM, editions=[edition], now=edition.modified_at)
        for path in own.get("old_addresses", ()):
            addresses.add(edition, path=path)
    return page


def _as_here(_tag, attrs):
    """Return a reference to a story with the id that this has here; None where there is no such story."""
    if "data-article" not in attrs:
        return attrs
    name = attrs["data-article"].rpartition(":")[2]
    origin = Origin.objects.filter(external_id=name).exclude(article=None).order_by("pk").first()
    return attrs | {"data-article": str(origin.article_id)} if origin else None


def _entry(told, pages, categories):
    entry = _set(MenuEntry(), told, ENTRY)
    _say(entry, "label", told.get("label", {}))
    entry.category = _known(categories, told.get("category"))
    entry.page = pages[told["page"]] if "page" in told else None
    entry.clean_fields()
    menu.save(entry)


def _promotion(told, categories):
    made = _set(Promotion(), told, PROMOTION)
    for field in WORDS:
        _say(made, field, told.get(field, {}))
    made.category = _known(categories, told.get("category"))
    made.tag = _tag(told.get("tag"))
    made.full_clean()
    editions = [
        _set(PromotionEdition(language=code), own, ("is_published", "link"))
        for code, own in told["editions"].items()
    ]
    promoting.save(made, by=SYSTEM, editions=editions)


def _known(categories, name):
    if name and name not in categories:
        raise BadSite(f"There is no category {name} here: start the site with categories.json.")
    return categories.get(name)


def _tag(name):
    tag = Tag.objects.meaning(name).first() if name else None
    if name and not tag:
        raise BadSite(f"There is no tag “{name}” here: import the stories first.")
    return tag


def _set(row, told, fields):
    """Return a row that says in these fields what it is told."""
    for field in fields:
        if field in told:
            value = row._meta.get_field(field).to_python(told[field])
            setattr(row, field, value)
    return row


def _say(row, field, words):
    """Let a row say in each language of the site what it is told; raise BadSite for one that the site does not have."""
    for code, text in words.items():
        if code not in with_columns():
            raise BadSite(f"This site has no texts in {code}: add it to LANGUAGES.")
        setattr(row, column(field, code), text)
