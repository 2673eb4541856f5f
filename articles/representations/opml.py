"""All feeds of a language as OPML 2.0, which readers of feeds take at once."""

from django.conf import settings
from django.utils.translation import gettext as _

from articles.representations import feeds
from articles.representations.xml import add, document, element
from newsroom.page import whole

TYPE = "text/x-opml"


def opml(directory):
    """Return a pages.directory.Directory as bytes."""
    root = element("opml", version="2.0")
    head = add(root, "head")
    add(head, "title", _("Feeds of %s") % directory.site.name)
    add(head, "ownerId", settings.SITE_URL)
    body = add(root, "body")
    for entry in (directory.front, *directory.corrections):
        _feed(body, entry, directory)
    for heading, entries in (
        (_("Regions"), directory.categories("region")),
        (_("Sections"), directory.categories("section")),
        (_("Topics"), directory.tags),
        (_("Authors"), directory.authors),
    ):
        if entries:
            group = add(body, "outline", text=heading)
            for entry in entries:
                _feed(group, entry, directory)
    return document(root, {})


def _feed(parent, entry, directory):
    add(
        parent,
        "outline",
        # The format's one word for feeds of any kind.
        type="rss",
        text=entry.label,
        title=feeds.named(entry.label, directory.site),
        xmlUrl=whole(f"{entry.url}feed.rss"),
        htmlUrl=whole(entry.url),
        language=directory.language,
    )
