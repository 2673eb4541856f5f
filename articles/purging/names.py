"""The names of the parts of pages: their cache tags, of the forms that each Kind and lists.py declare."""


def name(part: str, *keys: object) -> str:
    """Return the name of a part of pages: name("article", 12, "es") is "article:12:es"."""
    return ":".join((part, *map(str, keys)))


def list_of(shelf: str, pk: int | None, language: str) -> str:
    """Return the name of a list of stories by time: of a shelf, or of "all" without an id."""
    return name("list:all", language) if shelf == "all" else name("list", shelf, pk, language)
