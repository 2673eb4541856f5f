"""Cards and links of a page as Markdown."""

from django.utils import timezone
from django.utils.translation import gettext as _, ngettext, pgettext

from articles.representations.markdown import words
from newsroom import languages
from newsroom.i18n import dates
from newsroom.page import as_markdown, whole
from newsroom.site import digits, reading


def beside(label, url):
    """Return a link to another page of the site, as Markdown."""
    return words.link(words.escaped(label), whole(as_markdown(url)))


def section(level, heading, blocks):
    """Return blocks under a heading, or nothing where there are none."""
    return [words.heading(level, heading), *blocks] if blocks else []


def cards(stories, *, level):
    """Return cards as blocks: each a heading that leads to the story, and what the list shows of it."""
    return [block for card in stories for block in card_of(card, level=level)]


def card_of(card, *, level):
    told = [node.label for node in (card.genre, card.kicker) if node]
    if card.kind.time:
        told.append(published(card.published_at, card.kind.time))
    if card.updated_on:
        told.append(at(pgettext("when", "Updated"), card.updated_on, "brief"))
    if card.comments:
        counted = ngettext("%(counter)s comment", "%(counter)s comments", card.comments)
        told.append(counted % {"counter": numeral(card.comments)})
    yield words.heading(level, beside(card.title, card.url))
    if card.standfirst:
        yield words.plain(card.standfirst)
    if told:
        yield words.plain(" · ".join(map(str, told)))


def headlines(stories, *, mark="-", own=None):
    """Return cards as one list of links, each with its day; the story with the id `own` is no link."""
    items = []
    for card in stories:
        genre = f"{words.escaped(card.genre.label)}: " if card.genre else ""
        title = words.escaped(card.title)
        title = title if card.article_id == own else beside(card.title, card.url)
        day = words.escaped(published(card.published_at, card.kind.time))
        items.append(f"{genre}{title} ({day})")
    return [words.listed(items, mark=mark)] if items else []


def links(named):
    """Return (label, url) pairs as one list of links."""
    items = [beside(label, url) for label, url in named]
    return [words.listed(items)] if items else []


def ways(shown, *, level=2):
    """Return the cards of stories to go on with, a pages.ways.Ways or pages.story.More."""
    if shown is None:
        return []
    category = getattr(shown, "category", None)
    heading = (
        _("More from %(region)s") % {"region": category.label} if category else _("More stories")
    )
    return section(level, words.escaped(heading), cards(shown.cards, level=level + 1))


def promotion(slot, *, level=2):
    """Return what is promoted in a place, or nothing."""
    shown = slot.promotion if slot else None
    if not shown:
        return []
    label = _("Event") if shown.event_at else _("Promotion")
    moment = published(shown.event_at, "full", zone=shown.zone) if shown.event_at else ""
    told = ", ".join(filter(None, [moment, shown.venue]))
    call = shown.call or (_("Tickets") if shown.event_at else _("More"))
    blocks = [words.plain(told)] if told else []
    blocks += words.lines(shown.text)
    if shown.link:
        blocks.append(words.link(words.escaped(call), shown.link))
    return [words.heading(level, words.escaped(f"{label}: {shown.title}")), *blocks]


def at(label, moment, form="full"):
    """Return what happened at a moment, and that."""
    return f"{label} {published(moment, form)}"


def published(moment, form="full", *, zone=None):
    """Return a moment or a day in words, as the template tag of this name does."""
    if hasattr(moment, "tzinfo"):
        moment = timezone.localtime(moment, zone or reading.zone())
    language = languages.active()
    return digits.shown(dates.written(moment, form, language), language)


def numeral(number):
    """Return a number as readers see it, as the template filter of this name does."""
    return digits.number(number, languages.active())
