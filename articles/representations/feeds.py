"""What the feeds of all forms have in common: names that never change, and the HTML of a story."""

from dataclasses import replace
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from articles.body import AWAY
from articles.texts import labelled
from newsroom.page import whole

MOST = 1_000_000
"""The most bytes of a feed: readers refuse larger ones."""

BEGIN = "2026"
"""The year of the names in RFC 4151; it is part of each, and says nothing of a story."""


def name(*parts):
    """Return a name that stays, whatever becomes of slugs and addresses: a tag URI (RFC 4151)."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},{BEGIN}:{'-'.join(map(str, parts))}"


def name_of(entry):
    """Return the name of a pages.feed.Entry."""
    return name(*entry.names)


def name_of_list(feed):
    """Return the name of a pages.feed.Feed."""
    about = feed.about
    return name("list", about.name, *filter(None, [about.pk]), feed.language)


def credited(entry):
    """Return the names of Atom for who has made a story (RFC 4287, 4.2.1 and 4.2.3), each with its Credits."""
    return (("author", entry.authors), ("contributor", entry.translators))


def bounded(represent):
    """Let a representation of a feed keep to MOST: of the oldest stories it holds the beginning, where it would be longer with all."""

    @wraps(represent)
    def within(feed):
        content, number = represent(feed), len(feed.entries)
        while len(content) > MOST and number:
            number //= 2
            brief = [replace(entry, html="") for entry in feed.entries[number:]]
            content = represent(replace(feed, entries=feed.entries[:number] + brief))
        return content

    return within


def alternates(entry):
    """Return (code, whole address) of each other language of a story."""
    return [(code, whole(path)) for code, path in entry.translations.items()]


def topics(entry):
    """Return ("category" or "tag", what is so named) for all that a story is filed under."""
    return [
        *(("category", node) for node in entry.categories),
        *(("tag", topic) for topic in entry.tags),
    ]


def file_of(use):
    """Return (whole address, bytes or 0) of the one file of a picture whose size is known."""
    return whole(use.picture.light), use.picture.light_bytes


def credit_of(use):
    return use.image.credit_line or use.image.creator


def title(feed):
    """Return the heading of the list, with the name of the site."""
    return named(feed.about.heading, feed.site)


def named(heading, site):
    """Return the heading of a list with the name of the site, once."""
    heading = str(heading)
    return heading if heading == str(site.name) else f"{heading} – {site.name}"


def html(entry):
    """Return a story in full: what is to be known before it is read, its standfirst, the picture that leads it, its text, and what was corrected in it.

    Where there is no room for its text, the headline leads to it.
    """
    notice = ""
    if entry.is_machine_drafted:
        sentence = _("A machine has translated this, and no person has checked it yet.")
        notice = format_html("<p><em>{}</em></p>", sentence)
    standfirst = format_html("<p>{}</p>", entry.standfirst) if entry.standfirst else ""
    lead = AWAY.printed("figure", use=entry.lead) if entry.lead else ""
    link = format_html('<p><a href="{}">{}</a></p>', entry.address, entry.title)
    told = format_html_join("", "<p><em>{}</em></p>", ((words,) for words in corrections(entry)))
    return f"{notice}{standfirst}{lead}{entry.html or link}{told}"


def corrections(entry):
    """Return what was corrected in a story, each as one line."""
    return [labelled(note.label, note.words) for note in entry.corrections]
