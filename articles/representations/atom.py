"""A feed as Atom 1.0 (RFC 4287)."""

from datetime import UTC

from django.conf import settings

from articles.representations import feeds
from articles.representations.xml import add, document, element
from newsroom.page import whole

TYPE = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"


@feeds.bounded
def atom(feed):
    """Return a pages.feed.Feed as bytes."""
    root = element("feed", lang=feed.language)
    add(root, "id", feeds.name_of_list(feed))
    add(root, "title", feeds.title(feed))
    if feed.subtitle:
        add(root, "subtitle", feed.subtitle)
    add(root, "updated", _moment(feed.updated_at))
    add(root, "link", rel="self", type=TYPE, href=whole(feed.url_as("atom")))
    for hub in settings.WEBSUB_HUBS:
        add(root, "link", rel="hub", href=hub)
    add(root, "link", rel="alternate", type="text/html", href=whole(feed.url))
    add(add(root, "author"), "name", feed.site.name)
    look = feed.site.look
    if look.icon:
        add(root, "icon", whole(look.icon.url))
    if look.logo:
        add(root, "logo", whole(look.logo.url))
    if feed.site.copyright:
        add(root, "rights", feed.site.copyright)
    if feed.site.policy.licence:
        add(root, "link", rel="license", href=feed.site.policy.licence)
    for entry in feed.entries:
        _entry(root, entry)
    return document(root, {"": NAMESPACE})


def _entry(root, entry):
    made = add(root, "entry")
    add(made, "id", feeds.name_of(entry))
    add(made, "title", entry.title)
    here = {"hreflang": entry.language, "href": entry.address}
    add(made, "link", rel="alternate", type="text/html", **here)
    for code, address in feeds.alternates(entry):
        add(made, "link", rel="alternate", type="text/html", hreflang=code, href=address)
    add(made, "published", _moment(entry.published_at))
    add(made, "updated", _moment(entry.updated_at))
    for role, credits in feeds.credited(entry):
        for credit in credits:
            person = add(made, role)
            add(person, "name", credit.name)
            add(person, "uri", whole(credit.url))
    for kind, topic in feeds.topics(entry):
        term = feeds.name(kind, topic.pk)
        add(made, "category", term=term, label=topic.label, scheme=whole(topic.url))
    if entry.standfirst:
        add(made, "summary", entry.standfirst)
    add(made, "content", feeds.html(entry), type="html")


def _moment(moment):
    return moment.astimezone(UTC).isoformat(timespec="seconds")
