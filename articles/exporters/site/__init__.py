"""What a site has beside its stories: its settings, biographies, own pages, menu and promotions, as importers/site/ takes them over."""

import json
from datetime import UTC, datetime
from functools import partial

from articles import body
from articles.exporters.names import Names
from articles.importers.site import EDITION, ENTRY, PAGE, PROMOTION, SETTINGS, WORDS
from articles.importers.writer.topics import reference
from articles.models import Author, MenuEntry, OwnPage, Promotion
from articles.texts import text
from newsroom.languages import with_columns
from newsroom.site.actions import settings_row


def as_text():
    """Return all of it as the text of a JSON file."""
    pages = list(OwnPage.objects.order_by("pk").prefetch_related("editions__old_addresses"))
    site = settings_row()
    data = {
        "settings": _values(site, SETTINGS),
        "texts": {row.language: _values(row, row.WORDS) for row in _texts(site)},
        "authors": sorted(_authors(), key=str),
        "pages": [_page(page) for page in pages],
        "menu": [_entry(entry, [page.pk for page in pages]) for entry in _menu()],
        "promotions": [_promotion(promotion) for promotion in _promotions()],
    }
    return f"{json.dumps(data, ensure_ascii=False, indent=1)}\n"


def _texts(site):
    """Return the texts of the settings; a site that has never saved any has none."""
    return () if site._state.adding else site.texts.order_by("language")


def _menu():
    return MenuEntry.objects.select_related("category").order_by("position", "pk")


def _promotions():
    promotions = Promotion.objects.select_related("category", "tag").prefetch_related("editions")
    return promotions.order_by("pk")


def _authors():
    for author in Author.objects.order_by("pk"):
        if about := _by_language(author, "bio"):
            yield {"name": _by_language(author, "name"), "kind": author.kind, "bio": about}


def _page(page):
    editions = sorted(page.editions.all(), key=lambda edition: edition.language)
    return _values(page, PAGE) | {
        "editions": {edition.language: _edition(edition) for edition in editions}
    }


def _edition(edition):
    parsed = body.parsed(edition.body)
    ids = Names().of(parsed.references.articles) if parsed.references.articles else {}
    words = parsed.rewritten(partial(_as_named, ids)).html if ids else edition.body
    old = sorted(address.path for address in edition.old_addresses.all())
    beside = {"body": words, "old_addresses": old}
    return _values(edition, EDITION) | {key: value for key, value in beside.items() if value}


def _as_named(ids, _tag, attrs):
    attrs = dict(attrs)
    if "data-article" in attrs:
        attrs["data-article"] = ids[int(attrs["data-article"])]
    return attrs


def _entry(entry, pages):
    made = _values(entry, ENTRY) | {"label": _by_language(entry, "label")}
    if entry.category:
        made["category"] = reference(entry.category)
    if entry.page_id:
        made["page"] = pages.index(entry.page_id)
    return {key: value for key, value in made.items() if value != {}}


def _promotion(promotion):
    words = {field: _by_language(promotion, field) for field in WORDS}
    editions = sorted(promotion.editions.all(), key=lambda edition: edition.language)
    own = {edition.language: _values(edition, ("is_published", "link")) for edition in editions}
    place = {
        "category": promotion.category and reference(promotion.category),
        "tag": promotion.tag and promotion.tag.name,
    }
    made = _values(promotion, PROMOTION) | words | place | {"editions": own}
    return {key: value for key, value in made.items() if value not in (None, {})}


def _by_language(row, field):
    return {code: wording for code in with_columns() if (wording := text(row, field, code))}


def _values(row, fields):
    """Return what a row says in these fields, without what they say of themselves."""
    usual = type(row)()
    return {
        field: _plain(getattr(row, field))
        for field in fields
        if getattr(row, field) != getattr(usual, field)
    }


def _plain(value):
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value
