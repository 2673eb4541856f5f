"""What readers see of the menu: what was chosen for it, what that is called, and what there is to find."""

from collections.abc import Mapping
from dataclasses import dataclass

from articles.categories import Tree, filled_at
from articles.models import Category, MenuEntry, OwnPage, OwnPageEdition
from articles.pages import menu, own_page as own_pages
from articles.purging.kind import ALL, Kind, Part, Snapshot, enabled
from articles.purging.names import name


@dataclass(frozen=True)
class Menus(Snapshot):
    """The menu of each language; a category comes into it with its first story."""

    tree: Tree
    since: Mapping
    choices: Mapping
    pages: Mapping

    def facts(self, *, at):
        menus = {name("menu", code): self._menu(code, at=at) for code in enabled()}
        return {menu.KEPT.tag: self.choices, **menus}

    def moments(self, *, after):
        moments = {moment for since in self.since.values() for moment in since.values()}
        return sorted(moment for moment in moments if moment > after)

    def _menu(self, code, *, at):
        tree = self.tree.in_language(code, filled=filled_at(self.since[code], at=at))
        return menu.of(tree, self.choices.get(code, ()), self.pages.get(code, ()))


class MenuKind(Kind):
    """All languages at once, of all that can stand in a menu."""

    models = dict.fromkeys((MenuEntry, Category, OwnPage, OwnPageEdition))
    parts = (
        Part(
            "menu:<language>",
            "the menu: all of them",
            "another entry is chosen, or what stands in it gets another name, address or place; a category gets its first story there, or loses its last",
        ),
        Part(
            menu.KEPT.tag,
            "no page, but what each process keeps of what was chosen for the menu",
            "that is another",
        ),
    )

    def load(self, pks):
        return {
            ALL: Menus(Category.tree(), Category.filled_since(), menu.stored(), own_pages.stored())
        }


KIND = MenuKind()
"""What readers see of the menu."""
