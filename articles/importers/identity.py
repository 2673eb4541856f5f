"""Which story a file holds, where the file does not say so: its path tells."""

from pathlib import Path

from articles.importers.story import MAX_LENGTHS, BadFile
from articles.models import Origin
from newsroom.languages import first_language, with_columns

DEEPEST = 12
"""So many folders above a file are looked at for one that came before."""


MAX_SOURCE = 90
"""A link names source and id in one attribute: articles/derived/waiting_links.py."""


def is_source_name(words):
    """Return whether a source may have this name, by which a link can hold it."""
    return len(words) <= MAX_SOURCE and ":" not in words


def identify(path, *, root, language, source):
    """Return the id of a story (its path in the root, without suffix and language) and its language.

    A file that is named alone has no root, and is known by its path if it came with its folder before.
    `language` is that of files whose path tells none, and of one that is named alone.
    """
    where, told = _without_language(_inside(path, root or path.resolve().parent))
    if root is None:
        told = language or _without_language(_inside(path, path.resolve().parent.parent))[1]
    external_id = (root is None and _known_id(path, source)) or where.as_posix()
    if len(external_id) > (longest := MAX_LENGTHS["external_id"]):
        raise BadFile(
            path, f"its path in the folder is longer than {longest} characters; shorten it."
        )
    return external_id, told or language or first_language()


def _without_language(inside):
    """Return (path, language): "es/2017/pier" and "2017/pier.es" are "2017/pier" in Spanish."""
    stem, _dot, end = inside.name.rpartition(".")
    if stem and end in with_columns():
        return inside.with_name(stem), end
    parts = inside.parts
    for place in reversed(range(len(parts) - 1)):
        if parts[place] in with_columns():
            return Path(*parts[:place], *parts[place + 1 :]), parts[place]
    return inside, ""


def _inside(path, folder):
    try:
        return path.resolve().relative_to(folder.resolve()).with_suffix("")
    except ValueError:
        raise BadFile(
            path, f"it lies outside of {folder}; name the folder that holds it."
        ) from None


def _known_id(path, source):
    """Return the id by which a file that is named alone came with its folder before, or None."""
    parts = path.resolve().with_suffix("").parts[1:]
    ends = (Path(*parts[-depth:]) for depth in range(1, min(len(parts), DEEPEST) + 1))
    ids = [_without_language(end)[0].as_posix() for end in ends]
    known = Origin.objects.filter(source=source, external_id__in=ids)
    return max(known.values_list("external_id", flat=True), key=len, default=None)
