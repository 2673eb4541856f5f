"""A feed as RSS 2.0, with the whole text (content), authors (Dublin Core) and pictures (Media RSS)."""

from email.utils import format_datetime

from django.conf import settings

from articles.representations import atom, feeds
from articles.representations.xml import add, document, element
from newsroom.page import whole

TYPE = "application/rss+xml"
NAMESPACES = {
    "atom": atom.NAMESPACE,
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}


@feeds.bounded
def rss(feed):
    """Return a pages.feed.Feed as bytes."""
    root = element("rss", version="2.0")
    channel = add(root, "channel")
    add(channel, "title", feeds.title(feed))
    add(channel, "link", whole(feed.url))
    add(channel, "description", feed.subtitle or feeds.title(feed))
    add(channel, "language", feed.language)
    look = feed.site.look
    if look.icon:
        add(channel, "atom:icon", whole(look.icon.url))
    if picture := look.logo or look.icon:
        _image(channel, feed, picture)
    if feed.site.copyright:
        add(channel, "copyright", feed.site.copyright)
    if feed.site.policy.licence:
        add(channel, "atom:link", rel="license", href=feed.site.policy.licence)
    add(channel, "lastBuildDate", format_datetime(feed.updated_at))
    add(channel, "atom:link", rel="self", type=TYPE, href=whole(feed.url_as("rss")))
    for hub in settings.WEBSUB_HUBS:
        add(channel, "atom:link", rel="hub", href=hub)
    for entry in feed.entries:
        _item(channel, entry)
    return document(root, NAMESPACES)


def _image(channel, feed, picture):
    """Add the picture of a channel; the format knows none that is wider than 144 pixels or higher than 400."""
    small, made = picture.within(144, 400), add(channel, "image")
    add(made, "url", whole(picture.url))
    add(made, "title", feeds.title(feed))
    add(made, "link", whole(feed.url))
    add(made, "width", small.width)
    add(made, "height", small.height)


def _item(channel, entry):
    item = add(channel, "item")
    add(item, "title", entry.title)
    add(item, "link", entry.address)
    for code, address in feeds.alternates(entry):
        add(item, "atom:link", rel="alternate", type="text/html", hreflang=code, href=address)
    add(item, "guid", feeds.name_of(entry), isPermaLink="false")
    add(item, "pubDate", format_datetime(entry.published_at))
    for credit in entry.authors:
        add(item, "dc:creator", credit.name)
    for role, credits in feeds.credited(entry):
        for credit in credits:
            person = add(item, f"atom:{role}")
            add(person, "atom:name", credit.name)
            add(person, "atom:uri", whole(credit.url))
    for topic in (*entry.categories, *entry.tags):
        add(item, "category", topic.label, domain=whole(topic.url))
    if entry.standfirst:
        add(item, "description", entry.standfirst)
    add(item, "content:encoded", feeds.html(entry))
    _enclosure(item, entry)
    for use in entry.shown:
        _picture(item, use)


def _enclosure(item, entry):
    """Add the first picture as the file that the format knows one of, with its bytes; where nobody knows them, none."""
    files = [feeds.file_of(use) for use in entry.shown]
    address, length = next((file for file in files if file[1]), ("", 0))
    if length:
        add(item, "enclosure", url=address, length=length, type="image/jpeg")


def _picture(item, use):
    picture = use.picture
    address = whole(picture.src)
    made = add(item, "media:content", url=address, medium="image", type="image/jpeg")
    if use.caption:
        add(made, "media:description", use.caption, type="plain")
    if credit := feeds.credit_of(use):
        add(made, "media:credit", credit)
    if use.image.copyright_notice:
        add(made, "media:copyright", use.image.copyright_notice)
    if use.image.licence:
        links = {"url": use.image.licence_url} if use.image.licence_url else {}
        add(made, "media:license", use.image.licence, **links)
