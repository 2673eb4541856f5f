"""Each page of the site as Markdown: from the frame of the page and what it shows, as its template has them."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _, pgettext

from articles.comparing.words import ADDED, REMOVED, SAME
from articles.representations.markdown import lists, search as searches, words
from articles.representations.markdown.lists import at, beside, numeral, published, section
from articles.representations.markdown.story import (
    bylines,
    correction,
    corrections as corrections_of,
    facts,
    notices,
    rest,
    times,
)
from articles.representations.markdown.text import figure, text
from newsroom.i18n import dates
from newsroom.page import as_markdown, whole
from newsroom.site import digits

TYPE = "text/markdown"
RUNS = {SAME: "{}", REMOVED: "<del>{}</del>", ADDED: "<ins>{}</ins>"}


def document(page, blocks, **told):
    """Return a page as Markdown: what is told of it, then its blocks."""
    others = {
        alternate.language.code: whole(as_markdown(alternate.url))
        for alternate in page.alternates
        if page.announces_languages and not alternate.is_current
    }
    said = {
        "title": str(page.title),
        "description": page.description,
        "language": page.language.code,
        "canonical": page.canonical if page.sharing else "",
        "languages": others,
        "site": str(page.site.name),
    }
    return "\n\n".join([words.front_matter(said | told), *filter(None, blocks)]) + "\n"


def story(page, *, story, slot):
    """Return the page of a pages.story.Story."""
    lead = figure(story.lead) if story.lead and story.lead.picture else []
    blocks = [
        words.heading(1, words.escaped(story.title)),
        *lists.links(
            (counterpart.language.offer, counterpart.url) for counterpart in page.counterparts
        ),
        words.plain(story.standfirst),
        *bylines(story),
        *times(story),
        *notices(story),
        *lead,
        text(story.body, uses=story.shown, links=story.links),
        *corrections_of(story),
        *rest(story),
        *lists.promotion(slot),
        *lists.ways(story.more),
    ]
    return document(page, blocks, **facts(story))


def own_page(page, *, own_page):
    """Return the page of a pages.own_page.OwnPage."""
    blocks = [words.heading(1, words.escaped(own_page.title))]
    blocks.append(text(own_page.body, uses={}, links=own_page.links))
    if own_page.modified_at:
        blocks.append(words.plain(at(pgettext("when", "Updated"), own_page.modified_at, "day")))
    return document(page, blocks)


def front(page, *, front, slot):
    """Return the page of a pages.front.Front."""
    blocks = [words.heading(1, words.escaped(page.site.name)), words.plain(page.site.strapline)]
    blocks += lists.cards(front.on_top, level=2)
    blocks += lists.promotion(slot)
    for block in front.blocks:
        heading = beside(block.category.label, block.category.url)
        blocks += section(2, heading, lists.cards(block.cards, level=3))
    blocks += section(2, words.escaped(_("Latest")), lists.headlines(front.latest))
    if not front.lead:
        blocks.append(words.plain(_("No stories yet")))
    return document(page, blocks)


def listing(page, *, shelf, slot):
    """Return the page of a pages.shelf.Shelf."""
    about = shelf.about
    blocks = [words.heading(1, words.escaped(shelf.title))]
    if about.description and not shelf.has_cursor:
        blocks.append(words.plain(about.description))
    for subjects in (about.subregions, shelf.topics):
        blocks += lists.links((subject.label, subject.url) for subject in subjects)
    for day in shelf.days:
        heading = beside(published(day.date, "day"), day.url)
        blocks += section(2, heading, lists.cards(day.cards, level=3))
    if not shelf.days:
        blocks += lists.cards(shelf.cards, level=2)
    if not shelf.cards:
        blocks += [words.plain(_("Nothing has been published here yet.")), *_elsewhere(shelf)]
        blocks += lists.ways(shelf.ways)
    blocks += lists.promotion(slot)
    newer, older = (_("Newer stories"), shelf.newer_url), (_("Older stories"), shelf.older_url)
    blocks += lists.links((label, url) for label, url in (newer, older) if url)
    return document(page, blocks)


def archive(page, *, archive):
    """Return the page of a pages.archive.Archive."""
    blocks = [words.heading(1, words.escaped(page.title))]
    for year in archive.years:
        months = [
            f"{beside(_month(month.date, page.language), month.url)} ({numeral(month.number)})"
            for month in year.months
        ]
        blocks += [
            words.heading(2, digits.shown(str(year.year), page.language)),
            words.listed(months),
        ]
    if not archive.years:
        blocks.append(words.plain(_("Nothing has been published yet.")))
    return document(page, blocks)


def _month(day, language):
    return digits.shown(dates.month_of_year(day, language), language)


def index(page, *, index):
    """Return the page of a pages.index.Index."""
    blocks = [words.heading(1, words.escaped(page.title))]
    for group in index.groups:
        named = lists.links((entry.label, entry.url) for entry in group.entries)
        blocks += section(2, words.escaped(group.letter), named)
    if index.letters:
        by_letter = (
            (letter, f"{page.path}?{urlencode({'letter': letter})}") for letter in index.letters
        )
        blocks += lists.links(by_letter)
    elif not index.groups:
        blocks.append(words.plain(_("Nothing has been published here yet.")))
    return document(page, blocks)


def search(page, *, search):
    """Return the page of a pages.search.SearchPage."""
    return document(page, searches.blocks_of(search))


def comments(page, *, discussion):
    """Return the page of a pages.comments.Discussion."""
    blocks = [words.heading(1, words.escaped(_("Comments")))]
    blocks.append(beside(discussion.title, discussion.story_url))
    for thread in discussion.threads:
        if thread.begun_by:
            answered = _("More answers to %(name)s") % {"name": thread.begun_by}
            blocks.append(words.heading(2, words.escaped(answered)))
        elif thread.head:
            blocks += _remark(thread.head, level=2)
        else:
            gone = _("This comment is not shown any more.")
            blocks.append(words.heading(2, words.escaped(gone)))
        for remark in thread.replies:
            blocks += _remark(remark, level=3)
    if not discussion.threads:
        blocks.append(words.plain(_("Nobody has written yet.")))
    if discussion.is_open:
        url = whole(discussion.write_url)
        blocks.append(words.link(words.escaped(_("Write a comment")), url))
    else:
        blocks.append(words.plain(_("This story takes no comments any more.")))
    earlier = _("Earlier comments"), discussion.earlier_url
    later = _("Later comments"), discussion.later_url
    blocks += lists.links((label, url) for label, url in (earlier, later) if url)
    return document(page, blocks)


def history(page, *, history):
    """Return the page of a pages.history.History; what was taken out and put in is HTML that Markdown may hold."""
    blocks = [words.heading(1, words.escaped(_("What was changed")))]
    blocks.append(beside(history.title, history.story_url))
    for change in history.changes:
        blocks.append(words.heading(2, words.escaped(published(change.at, "moment"))))
        blocks += [
            _told(difference.runs) for part in change.parts for difference in part.differences
        ]
    if not (history.changes or history.older_url):
        blocks.append(words.plain(_("No words have been changed.")))
    if not history.older_url:
        blocks.append(words.plain(at(pgettext("when", "Published"), history.published_at)))
    earlier = _("Earlier changes"), history.older_url
    newest = _("What was changed"), history.newest_url
    blocks += lists.links((label, url) for label, url in (earlier, newest) if url)
    return document(page, blocks)


def corrections(page, *, corrections):
    """Return a page of a pages.story.corrections.Corrections."""
    blocks = [words.heading(1, words.escaped(page.title)), words.plain(page.description)]
    for entry in corrections.entries:
        blocks.append(words.heading(2, beside(entry.title, entry.url)))
        blocks += correction(entry.note)
    if not corrections.entries:
        blocks.append(words.plain(_("Nothing has been corrected yet.")))
    newer = _("Newer corrections"), corrections.newer_url
    older = _("Older corrections"), corrections.older_url
    blocks += lists.links((label, url) for label, url in (newer, older) if url)
    return document(page, blocks)


def gone(page, *, ways, gone=None):
    """Return what stands in place of a page that is gone, a pages.gone.Gone where it was a story."""
    blocks = [words.heading(1, words.escaped(page.title))]
    blocks.append(words.plain((gone and gone.reason) or _("It is no longer published here.")))
    if gone:
        days = [at(pgettext("when", "Published"), gone.published_at, "day")]
        if gone.withdrawn_at:
            days.append(at(pgettext("when", "Withdrawn"), gone.withdrawn_at, "day"))
        blocks += [words.plain(gone.title), words.plain(" · ".join(days))]
    return document(page, [*blocks, *lists.ways(ways)])


def not_live(page, *, editions):
    """Return in which languages a story can be read that is not there in this one."""
    said = _(
        "This story has not been published in the language you asked for. It can be read here:"
    )
    items = [
        f"{words.escaped(language.name)}: {beside(edition.title, edition.url)}"
        for language, edition in editions
    ]
    blocks = [words.heading(1, words.escaped(page.title)), words.plain(said), words.listed(items)]
    return document(page, blocks)


def not_found(page, *, ways=None, others=()):
    """Return that there is nothing at an address, and where to go on."""
    said = _("There is nothing at this address. It may have been mistyped, or the page has moved.")
    blocks = [words.heading(1, words.escaped(page.title)), words.plain(said)]
    return document(page, [*blocks, *lists.ways(ways)])


PAGES = {
    "articles/article.html": story,
    "articles/own_page.html": own_page,
    "articles/front.html": front,
    "articles/listing.html": listing,
    "articles/archive.html": archive,
    "articles/index.html": index,
    "articles/search.html": search,
    "articles/comments.html": comments,
    "articles/history.html": history,
    "articles/corrections.html": corrections,
    "articles/gone.html": gone,
    "articles/not_live.html": not_live,
    "404.html": not_found,
}
"""The template of a page -> what writes the same as Markdown; it takes the frame and the context of the template."""


def _told(runs):
    """Return runs of articles.comparing.words as a paragraph."""
    return words.paragraph("".join(RUNS[run.kind].format(words.escaped(run.text)) for run in runs))


def _remark(remark, *, level):
    """Yield a comment as blocks."""
    yield words.heading(level, words.escaped(remark.name))
    changed = pgettext("comment", "changed") if remark.edited_at else ""
    told = [published(remark.written_at, "moment"), changed]
    yield words.plain(" · ".join(filter(None, told)))
    yield from words.lines(remark.words)


def _elsewhere(shelf):
    """Yield where a list holds stories that holds none in this language."""
    if shelf.elsewhere:
        yield words.plain(_("In other languages:"))
        yield words.listed(
            [
                f"{beside(other.language.label, other.url)} ({numeral(other.number)}{'+' * other.has_more})"
                for other in shelf.elsewhere
            ]
        )
