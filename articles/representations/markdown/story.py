"""What stands round the text of a story, as Markdown."""

from datetime import UTC

from django.utils.translation import gettext as _, pgettext

from articles.models import Byline
from articles.representations.markdown import lists, words
from articles.representations.markdown.lists import at, beside, section
from newsroom.i18n.lists import between
from newsroom.languages import active


def facts(story):
    """Return what is told of a pages.story.Story before its text."""
    return {
        "description": story.standfirst,
        "published": _moment(story.published_at),
        "modified": _moment(story.modified_at) if _is_changed(story) else "",
        "authors": [
            {"name": str(author.name), "role": line.role}
            for line in story.bylines
            for author in line.authors
        ],
        "source_language": story.source_language,
        "categories": [str(node.label) for node in story.categories],
        "tags": [str(tag.label) for tag in story.tags],
    }


def bylines(story):
    """Return a line for each role that is credited, all in one paragraph."""
    said = {
        Byline.Role.AUTHOR: pgettext("byline", "By"),
        Byline.Role.TRANSLATOR: _("Translated by"),
        Byline.Role.PHOTOGRAPHER: _("Pictures by"),
    }
    comma = between(active())
    made = []
    for line in story.bylines:
        names = comma.join(beside(author.name, author.url) for author in line.authors)
        made.append(f"{words.escaped(said.get(line.role, ''))} {names}".strip())
    return [words.paragraph("\n".join(made))] if made else []


def times(story):
    """Return when a story appeared and was changed, and how old it is."""
    made = [at(pgettext("when", "Published"), story.published_at)]
    if _is_changed(story):
        made.append(at(pgettext("when", "Updated"), story.modified_at))
    earlier = _("Earlier changes")
    made += [at(f"{earlier}:", moment) for moment in story.earlier_changes]
    return [words.paragraph("\n".join(map(words.escaped, made)))]


def notices(story):
    """Return what is to be known before it is read."""
    if not story.is_machine_drafted:
        return []
    sentence = _("A machine has translated this, and no person has checked it yet.")
    return [words.paragraph(words.escaped(sentence))]


def corrections(story):
    """Return what was wrong in a story, and is told behind its text."""
    told = [block for note in story.corrections for block in correction(note)]
    return section(2, words.escaped(_("Corrections")), told)


def correction(note):
    """Return a pages.story.parts.Note as blocks."""
    day = lists.published(note.published_at, "day")
    return [words.plain(f"{note.label}, {day}"), words.plain(note.words)]


def rest(story):
    """Return what a story leads to behind its text."""
    around, blocks = story.around, []
    if around.series:
        named = beside(around.series.label, around.series.url)
        parts = [(_("Part before"), around.before), (_("Next part"), around.after)]
        items = [
            f"{words.escaped(label)}: {beside(card.title, card.url)}"
            for label, card in parts
            if card
        ]
        label = words.escaped(_("Series:"))
        blocks.append(words.heading(2, f"{label} {named}"))
        blocks += [words.listed(items)] if items else []
    if around.storyline:
        named = beside(around.storyline.label, around.storyline.url)
        label = words.escaped(_("The story so far:"))
        told = lists.headlines(around.so_far, mark="1.", own=story.article_id)
        blocks += section(2, f"{label} {named}", told)
    blocks += section(2, words.escaped(_("Related stories")), lists.headlines(around.related))
    topics = lists.links((chip.label, chip.url) for chip in story.chips)
    blocks += section(2, words.escaped(_("Topics of this story")), topics)
    if story.comments_url:
        blocks.append(beside(_("Read the comments, or write one"), story.comments_url))
    return blocks


def _is_changed(story):
    return bool(story.modified_at and story.modified_at > story.published_at)


def _moment(moment):
    return moment.astimezone(UTC).isoformat(timespec="seconds")
