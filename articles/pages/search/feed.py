"""The newest stories that a search finds, in full."""

import hashlib

from django.utils.translation import gettext as _

from articles.models import Edition, SearchEntry
from articles.pages import feed as feeds, subject as subjects
from articles.pages.search import finding, question as questions
from newsroom.db.statements import Each, Given, padded, statement
from newsroom.site.reading import current


def read(question, *, tree, at):
    """Return the feed.Feed of a Question in the language of the tree; the newest come first, wherever they hold the words."""
    named = questions.names(question, tree=tree)
    asked = questions.asked(question, language=tree.language, named=named)
    places = finding.newest(question, asked, feeds.NUMBER, at=at) if asked.words else []
    rows = []
    if places:
        ids = padded([SearchEntry.edition_at(place) for place in places])
        rows = _editions(tree.language, len(ids), at=at, ids=ids)
    entries = feeds.entries(rows, tree=tree, at=at)
    return feeds.Feed(_about(question), tree.language, entries, None, current(tree.language))


def _about(question):
    # A name of a feed is a part of an address, and stays whatever is asked.
    key = hashlib.sha256(repr((question.text, sorted(question.narrowed.items()))).encode())
    heading = _("Search: %s") % question.text
    return subjects.Subject("search", key.hexdigest()[:16], heading, url_in=question.url_in)


@statement
def _editions(language, number):
    live = Edition.objects.live(language=language, at=Given("at"))
    editions = live.filter(pk__in=Each("ids", number))
    return feeds.in_full(editions.newest_first(), language=language)
