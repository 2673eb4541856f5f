"""A feed as JSON Feed 1.1; what the format does not know begins with "_", as its extensions do."""

import json
from datetime import UTC

from django.conf import settings

from articles.representations import feeds
from newsroom.page import whole

TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


@feeds.bounded
def jsonfeed(feed):
    """Return a pages.feed.Feed as bytes."""
    look = feed.site.look
    made = {
        "version": VERSION,
        "title": feeds.title(feed),
        "description": feed.subtitle,
        "home_page_url": whole(feed.url),
        "feed_url": whole(feed.url_as("json")),
        "icon": _address(look.icon or look.logo),
        "favicon": _address(look.icon),
        "_logo": _address(look.logo),
        "language": feed.language,
        "_rights": _filled({"copyright": feed.site.copyright, "license": feed.site.policy.licence}),
        "hubs": [{"type": "WebSub", "url": hub} for hub in settings.WEBSUB_HUBS],
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(_filled(made), ensure_ascii=False).encode("utf-8", "replace")


def _address(picture):
    return picture and whole(picture.url)


def _item(entry):
    lead, topics = entry.lead, (*entry.categories, *entry.tags)
    made = {
        "id": feeds.name_of(entry),
        "url": entry.address,
        "title": entry.title,
        "summary": entry.standfirst,
        "content_html": feeds.html(entry),
        "image": lead and whole(lead.picture.src),
        "date_published": _moment(entry.published_at),
        "date_modified": _moment(entry.updated_at),
        "authors": _people(entry.authors),
        "_translators": _people(entry.translators),
        "tags": [str(topic.label) for topic in topics],
        "language": entry.language,
        "_languages": dict(feeds.alternates(entry)),
        "attachments": [_attachment(use) for use in entry.shown],
        # The format knows tags as words only.
        "_topics": {topic.label: whole(topic.url) for topic in topics},
    }
    return _filled(made)


def _attachment(use):
    address, length = feeds.file_of(use)
    made = {
        "url": address,
        "mime_type": "image/jpeg",
        "title": use.caption,
        "size_in_bytes": length,
        "_credit": feeds.credit_of(use),
        "_copyright": use.image.copyright_notice,
        "_license": use.image.licence_url,
    }
    return _filled(made)


def _people(credits):
    return [{"name": credit.name, "url": whole(credit.url)} for credit in credits]


def _filled(made):
    """Return the members that hold something; the items of a feed are there in any case."""
    return {name: value for name, value in made.items() if value or name == "items"}


def _moment(moment):
    return moment.astimezone(UTC).isoformat(timespec="seconds")
