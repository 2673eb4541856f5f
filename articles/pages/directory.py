"""Every list of a language where readers find a story: what feeds there are, and what a sitemap names beside stories: four queries, beside that of the tree."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from articles.pages import archive, index
from articles.pages.menu import filled
from newsroom.languages import Label


@dataclass(frozen=True)
class Directory:
    """The categories, tags, authors and months with stories in a language; `nodes` are all categories, with stories or not."""

    language: str
    nodes: list
    tags: index.Index
    authors: index.Index
    months: list

    @property
    def front(self):
        """The index.Entry of all stories, which has no id."""
        label = Label(settings.SITE_NAME, settings.LANGUAGE_CODE)
        return index.Entry(None, label, self._url("front"))

    def categories(self, kind):
        """Return those of a kind where readers find a story, in the order of menus."""
        return filled(node for node in self.nodes if node.kind == kind)

    @property
    def urls(self):
        """The path of every list, and of the pages that lead to them."""
        lists = [*self.categories("region"), *self.categories("section")]
        indexes = [
            path
            for shelf in (self.tags, self.authors)
            if shelf.entries
            for path in (self._url(f"{shelf.shelf}s"), *(each.url for each in shelf.entries))
        ]
        months = [archive.month_url(month, self.language) for month in self.months]
        return [self.front.url, *(n.url for n in lists), *indexes, self._url("archive"), *months]

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
        nodes=[*tree.walk()],
        tags=index.read(index.TAG, language=language, at=at),
        authors=index.read(index.AUTHOR, language=language, at=at),
        months=sorted(months, reverse=True),
    )
