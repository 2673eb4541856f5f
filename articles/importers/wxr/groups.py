"""Posts that are one story in several languages, as Polylang and WPML keep them."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import IO, NamedTuple

from articles.importers.wxr.index import Index


class Group(NamedTuple):
    """One story: its id, and its posts in this file, the first that was written first.

    It is not whole where the file holds one post of several. `aliases` maps the ids of its other posts to their
    languages, "" for one that is not in this file.
    """

    external_id: str
    members: tuple[str, ...]
    is_whole: bool
    aliases: Mapping[str, str] = MappingProxyType({})


def groups(index: Index, language_of: Callable[[str], str]) -> dict[str, Group]:
    """Return the id of each post that has translations -> its Group.

    `language_of` gives the language of this site of a post, "" for none. Of two posts in one language the first belongs to the group.
    """
    keys = {number: key for key, told in index.described.items() for number in told.values()}
    by_key: defaultdict[str, list[str]] = defaultdict(list)
    for number in index.lines:
        if key := index.group_of.get(number) or keys.get(number):
            by_key[key].append(number)
    by_member: dict[str, Group] = {}
    for key, numbers in by_key.items():
        by_language: dict[str, str] = {}
        for number in sorted(numbers, key=int):
            if language := language_of(number):
                by_language.setdefault(language, number)
        elsewhere = {*index.described.get(key, {}).values()} - {*index.lines, *index.trashed}
        if not by_language:
            continue
        members = tuple(by_language.values())
        external_id = min((*members, *elsewhere), key=int)
        aliases = dict.fromkeys(elsewhere, "") | {
            member: code for code, member in by_language.items()
        }
        aliases.pop(external_id, None)
        is_whole = len(members) > 1 or not elsewhere
        group = Group(external_id, members, is_whole, aliases)
        by_member |= dict.fromkeys(members, group)
    return by_member


class Shelf:
    """Keeps the text of posts that wait for their translations in a file, outside of memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._places: dict[str, tuple[int, int]] = {}

    def put(self, number: str, text: str) -> None:
        start = self._file.seek(0, 2)
        self._places[number] = (start, self._file.write(text.encode()))

    def __contains__(self, number: str) -> bool:
        return number in self._places

    def take(self, number: str) -> str:
        start, length = self._places.pop(number)
        self._file.seek(start)
        return self._file.read(length).decode()
