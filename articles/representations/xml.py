"""XML as bytes, from elements that are told their words: what no XML may hold is left out.

Strings from the beginning: a feed holds hundreds of elements, and a tree of the library takes three times as long.
"""

import re
from xml.sax.saxutils import escape

BARRED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Every character that XML 1.0 does not know (section 2.2)."""

BEGIN = "<?xml version='1.0' encoding='utf-8'?>\n"
IN_ATTRIBUTES = {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"}


class Element:
    """One element: its name, its attributes as they are written, and its words or the elements in it."""

    __slots__ = ("attrs", "inside", "name")

    def __init__(self, name, attrs, words=""):
        self.name, self.attrs, self.inside = name, attrs, [words] if words else []


def document(root, namespaces):
    """Return a document as bytes; `namespaces` maps each prefix to its name, "" that of elements without one."""
    names = {f"xmlns:{prefix}" if prefix else "xmlns": uri for prefix, uri in namespaces.items()}
    root.attrs += _written(names)
    out = [BEGIN]
    _write(root, out)
    return "".join(out).encode()


def element(name, **attrs):
    return Element(name, _written(attrs))


def add(parent, name, words="", **attrs):
    """Add an element with these words and attributes to another one, and return it; "lang" is "xml:lang"."""
    made = Element(name, _written(attrs), escape(_clean(words)))
    parent.inside.append(made)
    return made


def _write(made, out):
    if not made.inside:
        out.append(f"<{made.name}{made.attrs} />")
        return
    out.append(f"<{made.name}{made.attrs}>")
    for part in made.inside:
        if isinstance(part, str):
            out.append(part)
        else:
            _write(part, out)
    out.append(f"</{made.name}>")


def _written(attrs):
    return "".join(
        f' {"xml:lang" if name == "lang" else name}="{escape(_clean(value), IN_ATTRIBUTES)}"'
        for name, value in attrs.items()
    )


def _clean(words):
    return BARRED.sub("", str(words))
