"""What programs that read for people are told of the site first, in the form of llmstxt.org: where its pages are as Markdown."""

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.representations.markdown import words
from articles.representations.markdown.lists import beside, section
from newsroom.languages import enabled
from newsroom.page import whole

TYPE = "text/plain"


def language(page, front):
    """Return the file of a language: its newest stories, of a pages.front.Front, and the menu of the page."""
    known = {card.pk for card in front.on_top}
    newest = [*front.on_top, *(card for card in front.latest if card.pk not in known)]
    told = _(
        "Each link leads to a page as Markdown; the page itself stands there without “index.md”."
    )
    blocks = [
        *_head(page.site),
        words.plain(told),
        *section(2, words.escaped(_("Newest stories")), _list(map(_story, newest))),
        *section(2, words.escaped(_("Regions")), _list(map(_entry, page.menu.regions))),
        *section(2, words.escaped(_("Sections")), _list(map(_entry, page.menu.sections))),
        # The one heading that has a meaning in this form: what may be left out.
        *section(
            2, "Optional", _list([*map(_entry, page.menu.others), *_more(page.language.code)])
        ),
    ]
    return _document(blocks)


def site(site):
    """Return the file of the whole site, of a Site in its first language, which leads to those of its languages."""
    files = [
        words.link(words.escaped(site_language.name), whole(f"/{site_language.code}/llms.txt"))
        for site_language in enabled()
    ]
    return _document([*_head(site), *section(2, "Languages", _list(files))])


def _head(site):
    yield words.heading(1, words.escaped(site.name))
    if site.strapline:
        yield f"> {words.plain(site.strapline)}"


def _story(card):
    link = beside(card.title, card.url)
    return f"{link}: {words.escaped(card.standfirst)}" if card.standfirst else link


def _entry(entry):
    under = _list(map(_entry, entry.children))
    return "\n".join([beside(entry.label, entry.url), *under])


def _more(language):
    named = {"tags": _("Topics"), "authors": _("Authors"), "archive": _("Archive")}
    for name, label in named.items():
        yield beside(label, reverse(f"articles:{name}", kwargs={"language": language}))
    paths = {
        _("Feeds"): f"/{language}/feeds.opml",
        _("Sitemap"): "/sitemap.xml",
        _("Stories for partners"): reverse("articles:api", kwargs={"language": language}),
    }
    for label, path in paths.items():
        yield words.link(words.escaped(label), whole(path))


def _list(items):
    items = list(items)
    return [words.listed(items)] if items else []


def _document(blocks):
    return ("\n\n".join(blocks) + "\n").encode("utf-8", "replace")
