"""The names of the parts of pages."""

FORMS = {
    "menu": "menu:<language>",
    "category": "category:<id>:<language>",
    "url:category": "url:category:<id>:<language>",
    "about:category": "about:category:<id>:<language>",
    "tag": "tag:<id>:<language>",
    "url:tag": "url:tag:<id>:<language>",
    "author": "author:<id>:<language>",
    "url:author": "url:author:<id>:<language>",
    "about:author": "about:author:<id>:<language>",
    "list": "list:<shelf>:<id>:<language>",
    "list:all": "list:all:<language>",
    "filled": "filled:<shelf>:<id>:<language>",
    "months": "months:<language>",
    "article": "article:<id>:<language>",
    "url:article": "url:article:<id>:<language>",
    "link": "link:<id>:<language>",
    "teaser": "teaser:<id>:<language>",
    "lead": "lead:<id>",
    "kicker": "kicker:<id>",
    "kicker:in": "kicker:in:<region>:<id>",
    "image": "image:<id>",
    "crop": "crop:<id>",
    "shown": "shown:<id>",
    "credit": "credit:<id>",
}
"""Every kind of name; the shelves are category, tag, author, and month for `filled` only."""


def name(kind, *parts):
    """Return the name of a part: name("article", 12, "es") is "article:12:es"."""
    return ":".join((kind, *map(str, parts)))


def list_of(shelf, pk, language):
    """Return the name of a list of stories by time: of a shelf, or of "all" without an id."""
    return name("list:all", language) if shelf == "all" else name("list", shelf, pk, language)


HIDING = tuple(
    f"{kind}:"
    for kind in (
        *("article", "url:article", "link", "teaser", "image", "crop"),
        *("category", "tag", "author"),
    )
)
"""The kinds of which nothing must be seen any more once there is nothing of them that can be."""


def hides(part, new):
    """Return whether what pages have shown of a part must not be seen any more, by the fact it has now.

    The first value of a fact tells whether there is something to be seen; of a withdrawn story it is "gone".
    """
    first = new[0] if isinstance(new, tuple) else new
    return part.startswith(HIDING) and (not first or first == "gone")
