"""What readers can see as IPTC NewsML-G2 2.35: one message of news items, each a text in one language."""

from datetime import UTC

from django.utils import timezone
from lxml import etree

from articles.exporters.markup import add, written, xhtml
from articles.models import Byline
from articles.representations.feeds import html, name, name_of
from newsroom.page import whole

DESCRIPTION = "what readers can see, as one NewsML-G2 message"
SUFFIX = ".xml"
TAKES = "items"

NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"
CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_37.xml"


def pieces(items):
    """Yield a message, an item at a time."""
    yield f'<?xml version="1.0" encoding="utf-8"?>\n<newsMessage xmlns="{NAMESPACE}">\n'
    yield f"<header><sent>{_moment(timezone.now())}</sent></header>\n<itemSet>\n"
    for item in items:
        yield f"{written(news_item(item))}\n"
    yield "</itemSet>\n</newsMessage>\n"


def news_item(item):
    """Return a pages.item.NewsItem as an element."""
    entry = item.entry
    root = etree.Element(f"{{{NAMESPACE}}}newsItem", nsmap={None: NAMESPACE})
    head = {"guid": name_of(entry), "version": str(max(item.version, 1)), "standard": "NewsML-G2"}
    for key, value in (head | {"standardversion": "2.35", "conformance": "power"}).items():
        root.set(key, value)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", entry.language)
    add(root, "catalogRef", href=CATALOG)
    _rights(add(root, "rightsInfo"), item)
    _item_meta(add(root, "itemMeta"), item)
    _content_meta(add(root, "contentMeta"), item)
    content = add(add(root, "contentSet"), "inlineXML", contenttype="application/xhtml+xml")
    content.append(_page(entry))
    return root


def _rights(made, item):
    holder = add(made, "copyrightHolder")
    add(holder, "name", item.site.legal_name or item.site.name)


def _item_meta(made, item):
    add(made, "itemClass", qcode="ninat:text")
    add(add(made, "provider"), "name", item.site.name)
    add(made, "versionCreated", _moment(item.changed_at))
    add(made, "firstCreated", _moment(item.entry.published_at))
    add(made, "pubStatus", qcode="stat:usable")
    for translation in item.translations:
        uri = name("story", item.article_id, translation.language)
        add(made, "link", rel="irel:translatedFrom", residref=uri)


def _content_meta(made, item):
    entry = item.entry
    add(made, "contentCreated", _moment(entry.published_at))
    add(made, "contentModified", _moment(entry.updated_at))
    for line in entry.bylines:
        kind = "contributor" if line.role == Byline.Role.TRANSLATOR else "creator"
        for credit in line.authors:
            add(add(made, kind, uri=name("author", credit.pk)), "name", credit.name)
    add(made, "language", tag=entry.language)
    for node in entry.categories:
        _subject(made, node, name("category", node.pk))
    for tag in entry.tags:
        _subject(made, tag, name("tag", tag.pk))
    add(made, "slugline", entry.url.strip("/").rpartition("/")[2])
    add(made, "headline", entry.title)
    if entry.named:
        add(made, "by", ", ".join(str(credit.name) for credit in entry.named))
    if entry.standfirst:
        add(made, "description", entry.standfirst, role="drol:summary")


def _subject(made, thing, uri):
    add(add(made, "subject", uri=uri), "name", thing.label)


def _page(entry):
    body = xhtml(html(entry))
    page = etree.Element("{http://www.w3.org/1999/xhtml}html", nsmap=body.nsmap)
    head = add(page, "head")
    add(head, "title", entry.title)
    add(head, "link", rel="canonical", href=whole(entry.url))
    page.append(body)
    return page


def _moment(moment):
    return moment.astimezone(UTC).isoformat(timespec="seconds")
