"""The HTML of a story as elements of XML, which every format that holds it in one needs."""

from collections.abc import Callable

import lxml.html
from lxml import etree

from articles.representations.xml import BARRED


def parsed(html: str) -> etree._Element:
    """Return a body element of lxml that holds the parsed HTML."""
    return lxml.html.fragment_fromstring(BARRED.sub("", html), create_parent="body")


def xhtml(html: str, *, namespace: str = "http://www.w3.org/1999/xhtml") -> etree._Element:
    """Return the HTML as a body element of XHTML."""
    return copied(parsed(html), lambda tag: f"{{{namespace}}}{tag}")


def copied(element: etree._Element, name: Callable[[str], str]) -> etree._Element:
    """Return a copy of an element with all in it, under the names that `name` gives their tags."""
    made = etree.Element(name(element.tag), nsmap={None: etree.QName(name(element.tag)).namespace})
    for key, value in element.attrib.items():
        made.set(key, value)
    made.text, made.tail = element.text, element.tail
    made.extend(copied(child, name) for child in element if isinstance(child.tag, str))
    return made


def add(
    parent: etree._Element, tag: str, words: object = None, /, **attrs: object
) -> etree._Element:
    """Add an element with these words and attributes to another one, in its namespace, and return it."""
    namespace = etree.QName(parent).namespace
    made = etree.SubElement(parent, f"{{{namespace}}}{tag}")
    for key, value in attrs.items():
        name = (
            "{http://www.w3.org/XML/1998/namespace}lang"
            if key == "lang"
            else key.rstrip("_").replace("__", "-")
        )
        made.set(name, BARRED.sub("", str(value)))
    made.text = None if words is None else BARRED.sub("", str(words))
    return made


def written(element: etree._Element) -> str:
    """Return an element as text, without a declaration."""
    text: str = etree.tostring(element, encoding="unicode", with_tail=False)
    return text
