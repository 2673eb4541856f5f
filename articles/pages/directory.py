"""Every list of a language where readers find a story: what feeds there are, and what a sitemap names beside stories: four queries, beside that of the tree."""

from dataclasses import dataclass

from django.urls import reverse

from articles.pages import archive, index, own_page
from articles.pages.menu import filled
from articles.pages.story import corrections
from newsroom.site.identity import Site
from newsroom.site.reading import current


@dataclass(frozen=True)
class Directory:
    """The lists with stories in a language: categories as the `nodes` of a tree, index.Entries of `tags` and `authors`, the first days of `months`, and own_page.Entries of `pages`. `corrections` are
    the corrections.Foot of the list of corrections, or none.

    Categories stand in the order of their addresses, each behind the one above it.
    """

    language: str
    nodes: list
    tags: list
    authors: list
    months: list
    site: Site
    pages: tuple = ()
    corrections: tuple = ()

    @property
    def front(self):
        """The index.Entry of all stories, which has no id."""
        return index.Entry(None, self.site.name, self._url("front"))

    def categories(self, kind):
        """Return those of a kind."""
        return [node for node in self.nodes if node.kind == kind]

    @property
    def urls(self):
        """The path of every list, and of the pages that lead to them, each kind in the order of its addresses."""
        months = [archive.month_url(month, self.language) for month in self.months]
        groups = [
            ("front", [*self.categories("region"), *self.categories("section")]),
            ("tags", self.tags),
            ("authors", self.authors),
        ]
        urls = [
            path
            for name, lists in groups
            if lists or name == "front"
            for path in (self._url(name), *sorted(entry.url for entry in lists))
        ]
        others = [page.url for page in (*self.corrections, *self.pages)]
        return [*urls, self._url("archive"), *months, *others]

    def _url(self, name):
        return reverse(f"articles:{name}", kwargs={"language": self.language})


def read(*, tree, at):
    """Return the Directory in the language of the tree, or None where it has no story."""
    language = tree.language
    months = archive.numbers(language, at=at).get(language)
    if not months:
        return None
    return Directory(
        language,
        nodes=sorted(filled(tree.walk()), key=lambda node: node.url),
        tags=index.every(index.TAG, language=language, at=at),
        authors=index.every(index.AUTHOR, language=language, at=at),
        months=sorted(months, reverse=True),
        site=current(language),
        pages=own_page.every(language),
        corrections=tuple(corrections.in_foot(language)),
    )
