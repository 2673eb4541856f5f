"""XML as bytes, from elements that are told their words: what no XML may hold is left out."""

import re
from collections.abc import Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

BARRED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Every character that XML 1.0 does not know (section 2.2)."""


def document(root: Element, namespaces: Mapping[str, str]) -> bytes:
    """Return a document as bytes; `namespaces` maps each prefix to its name, "" that of elements without one."""
    for prefix, uri in namespaces.items():
        root.set(f"xmlns:{prefix}" if prefix else "xmlns", uri)
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def element(name: str, **attrs: object) -> Element:
    return Element(name, _cleaned(attrs))


def add(parent: Element, name: str, words: object = "", **attrs: object) -> Element:
    """Add an element with these words and attributes to another one, and return it; "lang" is "xml:lang"."""
    made = SubElement(parent, name, _cleaned(attrs))
    made.text = BARRED.sub("", str(words)) or None
    return made


def _cleaned(attrs: Mapping[str, object]) -> dict[str, str]:
    return {
        "xml:lang" if name == "lang" else name: BARRED.sub("", str(value))
        for name, value in attrs.items()
    }
