"""A page of search as Markdown: the stories that were found, then what leads on."""

from django.utils.translation import gettext as _, ngettext

from articles.representations.markdown import lists, words
from articles.representations.markdown.lists import beside, numeral, published, section


def blocks_of(search):
    """Yield a pages.search.SearchPage as blocks."""
    yield words.heading(1, words.escaped(_("Search")))
    if not search.question.text:
        return
    label = _("Words to look for")
    yield words.plain(f"{label}: {search.question.text}")
    yield words.plain(_told(search))
    if search.meant:
        label = words.plain(_("Did you mean:"))
        yield f"{label} {beside(search.meant.text, search.meant_url)}"
    yield from _results(search.results, level=2)
    first, more = (_("First results"), search.first_url), (_("More results"), search.older_url)
    yield from lists.links((label, url) for label, url in (first, more) if url)
    if search.facets:
        yield from _narrowing(search.facets)
    for group in search.elsewhere:
        number = f"{numeral(group.number)}{'+' * group.has_more}"
        yield words.heading(2, f"{beside(group.language.name, group.url)} ({number})")
        yield from _results(group.results, level=3)
    yield from lists.ways(search.ways)


def _told(search):
    """Return how many stories there are, or why none."""
    if search.has_more:
        told = _("More than %(number)s stories") % {"number": numeral(search.number)}
    elif search.number:
        told = ngettext("%(counter)s story", "%(counter)s stories", search.number)
        told %= {"counter": numeral(search.number)}
    elif search.is_asked:
        told = _("Nothing was found for these words in this language.")
    else:
        told = _("Write at least one word to look for.")
    cut = _("Only the first words of your question were looked for.") if search.is_cut else ""
    return f"{told} {cut}"


def _results(results, *, level):
    for result in results:
        yield words.heading(level, beside(_plain(result.title), result.url))
        yield words.plain(_plain(result.excerpt))
        told = [result.genre.label] if result.genre else []
        yield words.plain(" · ".join([*map(str, told), published(result.published_at, "day")]))


def _narrowing(facets):
    """Yield what narrows the search down, and what widens it again."""
    headings = {
        "region": _("Region"),
        "section": _("Section"),
        "tag": _("Topic"),
        "author": _("Author"),
        "year": _("Year"),
    }
    offered = [
        f"{words.escaped(headings[kind])}: {', '.join(beside(value.label, value.url) for value in values)}"
        for kind, values in facets.offered.items()
    ]
    yield from section(2, words.escaped(_("Narrow down")), [words.listed(offered)] * bool(offered))
    if facets.active:
        yield words.plain(_("Take off:"))
        yield from lists.links((value.label, value.url) for value in facets.active)


def _plain(pieces):
    return "".join(piece.text for piece in pieces)
