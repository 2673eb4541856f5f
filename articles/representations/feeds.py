"""What the feeds of all forms have in common: names that never change, and the HTML of a story."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.body import AWAY

BEGIN = "2026"
"""The year of the names in RFC 4151; it is part of each, and says nothing of a story."""


def name(*parts):
    """Return a name that stays, whatever becomes of slugs and addresses: a tag URI (RFC 4151)."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},{BEGIN}:{'-'.join(map(str, parts))}"


def name_of(entry):
    """Return the name of a pages.feed.Entry."""
    return name("story", entry.article_id, entry.language)


def name_of_list(feed):
    """Return the name of a pages.feed.Feed."""
    about = feed.about
    return name("list", about.name, *filter(None, [about.pk]), feed.language)


def credited(entry):
    """Return the names of Atom for who has made a story (RFC 4287, 4.2.1 and 4.2.3), each with its Credits."""
    return (("author", entry.authors), ("contributor", entry.translators))


def title(feed):
    """Return the heading of the list, with the name of the site."""
    return named(feed.about.heading, feed.site)


def named(heading, site):
    """Return the heading of a list with the name of the site, once."""
    heading = str(heading)
    return heading if heading == str(site.name) else f"{heading} – {site.name}"


def html(entry):
    """Return a story in full: what is to be known before it is read, its standfirst, the picture that leads it, and its text."""
    notice = ""
    if entry.is_machine_drafted:
        sentence = _("A machine has translated this, and no person has checked it yet.")
        notice = format_html("<p><em>{}</em></p>", sentence)
    standfirst = format_html("<p>{}</p>", entry.standfirst) if entry.standfirst else ""
    lead = AWAY.printed("figure", use=entry.lead) if entry.lead else ""
    return f"{notice}{standfirst}{lead}{entry.html}"
