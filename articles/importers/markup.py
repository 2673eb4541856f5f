"""XML and HTML that strangers wrote, read as far as they can be read.

Nothing but the file itself is opened, and no entity is expanded: a DOCTYPE that declares some is refused.
Elements are those of lxml, which comes without types.
"""

import codecs
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from html import escape
from html.entities import html5
from pathlib import Path
from typing import Any, TextIO

import lxml.html
from lxml import etree

from articles.importers.decode import check_file
from articles.importers.story import BadFile

SAFE = {"no_network": True, "huge_tree": False, "remove_comments": True, "remove_pis": True}
SAFE_XML = {**SAFE, "resolve_entities": False, "load_dtd": False, "recover": True}
"""How every parser here is made. Without huge_tree libxml2 itself stops at 10 MB in one text and at deep nesting."""

LANG = "{http://www.w3.org/XML/1998/namespace}lang"

HEAD_BYTES = 1_000_000
"""So much of a file is looked at for its encoding and its DOCTYPE."""

_PROLOG = re.compile(r"\ufeff?(?>\s+|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?P<subset>\[)?", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY(?!\s+%\s+\S+\s+(?:SYSTEM|PUBLIC)\b)")
"""An entity that holds something; what stands elsewhere, as agencies name the DTD of what is inside, is never fetched."""
_SUBSET_END = re.compile(r"\]\s*>")
_START_TAG = re.compile(r"<[^\s<>!?/][^<>]*")
_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Encodings in which "<" is "<", so that what is looked for in the head is what the parser meets.
_ENCODINGS = re.compile(
    r"utf-(8|16|32)(-(le|be))?|ascii|iso8859-\d+|cp125\d|cp(437|850|866|932|949)|koi8-[ru]|mac-roman"
    r"|gb2312|gbk|gb18030|big5|shift_jis|euc_(jp|kr)|euc-(jp|kr)"
)
_HARMLESS = frozenset({"NS_ERR_UNDEFINED_NAMESPACE"})

VOID = frozenset({"br", "hr", "img", "col"})
_SPACE = re.compile(r"[ \t\r\n]+")

CHUNK = 65_536
LONGEST_REFERENCE = 40
_CDATA = re.compile(r"(<!\[CDATA\[|\]\]>)")
_INCOMPLETE = re.compile(r"(?:&[#A-Za-z0-9]{0,32}|<[!\[CDAT]{0,8}|\]{1,2})\Z")
_REFERENCE = re.compile(r"&(?:#(\d{1,7});|#[xX]([0-9a-fA-F]{1,6});|([A-Za-z][A-Za-z0-9]{1,31});)?")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Mended:
    """A file as an XML parser shall get it: without the characters that XML forbids, and with numbers for entities.

    libxml2 gives up at `&nbsp;` and `AT&T`, and from the first fault of a file on it drops each `&amp;`; numbers it keeps.
    CDATA stays as it is. `has_gaps` tells whether bytes were no letters.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._rest = ""
        self._in_cdata = False
        self.has_gaps = False

    def read(self, _size: int = -1) -> bytes:
        """Return the next bytes, in UTF-8; b"" at the end."""
        while chunk := self._stream.read(CHUNK):
            self.has_gaps |= "\ufffd" in chunk
            text = self._rest + chunk
            cut = _INCOMPLETE.search(text, len(text) - LONGEST_REFERENCE)
            ready, self._rest = (text[: cut.start()], cut.group()) if cut else (text, "")
            if data := self._mended(ready):
                return data
        ready, self._rest = self._rest, ""
        return self._mended(ready)

    def _mended(self, text: str) -> bytes:
        return "".join(map(self._mended_part, _CDATA.split(text))).encode()

    def _mended_part(self, part: str) -> str:
        if part == "]]>" and not self._in_cdata:
            return "]]&#62;"
        if part in ("<![CDATA[", "]]>"):
            self._in_cdata = part != "]]>"
        elif not self._in_cdata:
            part = _REFERENCE.sub(_as_number, part)
        return _FORBIDDEN.sub("", part)


def _as_number(reference: re.Match[str]) -> str:
    decimal, hexadecimal, name = reference.groups()
    if decimal or hexadecimal:
        number = int(decimal or hexadecimal, 10 if decimal else 16)
        is_usable = number <= sys.maxunicode and not _FORBIDDEN.match(chr(number))
        return f"&#{number};" if is_usable else "\ufffd"
    if name and (characters := html5.get(f"{name};")):
        return "".join(f"&#{ord(character)};" for character in characters)
    return f"&#38;{reference.group()[1:]}"


def start_tag(head: str) -> str:
    """Return the first tag of a document without what stands before it, "" where the text is no XML or HTML."""
    place = _PROLOG.match(head).end()  # type: ignore[union-attr] # it may be empty
    if doctype := _DOCTYPE.match(head, place):
        end = _SUBSET_END.search(head, doctype.end()) if doctype["subset"] else None
        place = end.end() if end else head.find(">", doctype.end()) + 1
        place = _PROLOG.match(head, place).end()  # type: ignore[union-attr]
    tag = _START_TAG.match(head, place)
    return tag.group() if tag else ""


def elements(path: Path, *names: str) -> Iterator[Any]:
    """Yield each element of these names once it is complete; it is forgotten when the next one is asked for.

    A name is local ("item") or has its namespace ("{http://…}item"). What is not well-formed is read as far as it can
    be. Raise BadFile before the first element where the file is no XML that may be read, and after the last one
    where words may be missing.
    """
    encoding = check(path)
    tags = [name if name.startswith("{") else f"{{*}}{name}" for name in names]
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        mended = Mended(stream)
        parsing = etree.iterparse(mended, tag=tags, encoding="utf-8", **SAFE_XML)
        try:
            for _event, element in parsing:
                yield element
                _forget(element)
        except (etree.XMLSyntaxError, UnicodeError) as error:
            raise BadFile(path, f"no XML ({_first_line(error)}); export the file again.") from error
    if mended.has_gaps:
        raise BadFile(
            path,
            f"some bytes are no {encoding.upper()}; what they stood for is missing: export it as UTF-8.",
        )
    if fault := first_fault(parsing.error_log):
        raise BadFile(
            path,
            f"not well-formed from line {fault.line} on ({_first_line(fault.message)}); what could be read before "
            "and after was, but something may be missing: compare it with the source.",
        )


def check(path: Path) -> str:
    """Return the encoding of an XML file; raise BadFile where its DOCTYPE declares entities.

    An entity can grow to gigabytes or name a file of this machine, and no format of news needs one.
    """
    check_file(path)
    with path.open("rb") as stream:
        data = stream.read(HEAD_BYTES)
    encoding = _encoding(data, path)
    head = data.decode(encoding, errors="replace")
    place = _PROLOG.match(head).end()  # type: ignore[union-attr] # it may be empty
    doctype = _DOCTYPE.match(head, place)
    if doctype and doctype["subset"] and (_ENTITY.search(head) or not _SUBSET_END.search(head)):
        raise BadFile(
            path,
            "its DOCTYPE declares entities, which could hold anything; remove the DOCTYPE and write out the words.",
        )
    return encoding


def first_fault(log: Any) -> Any:
    """Return the first entry of a parser's log after which words may be missing, or None."""
    return next(
        (entry for entry in log if entry.type_name not in _HARMLESS and entry.level >= 2), None
    )


def parse_html(text: str) -> Any:
    """Return the root of an HTML page or a part of one; None where it holds no element."""
    parser = lxml.html.HTMLParser(encoding="utf-8", recover=True, **SAFE)
    try:
        return lxml.html.document_fromstring(text.encode(errors="replace"), parser=parser)
    except etree.ParserError:  # nothing but white space and comments
        return None


def local(element: Any) -> str:
    """Return the name of an element without its namespace, "" for what is no element."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def words_of(element: Any) -> str:
    """Return all words in an element as one line, "" for None."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def to_html(
    element: Any, names: Mapping[str, str | None], special: Mapping[str, Callable[[Any], str]]
) -> str:
    """Return an element of XML as HTML, without namespaces.

    `names` tell what it becomes by its local name: "" for its words alone, None for nothing. `special` gives the HTML of
    an element as a whole.
    """
    name = local(element)
    if name in special:
        return special[name](element)
    target = names.get(name, name)
    if target is None:
        return ""
    parts = [_text(element.text)]
    for child in element:
        parts += (to_html(child, names, special), _text(child.tail))
    inside = "".join(parts)
    if not target:
        return inside
    attributes = "".join(
        f' {key}="{escape(value)}"' for key, value in element.attrib.items() if "}" not in key
    )
    return f"<{target}{attributes}>{'' if target in VOID else f'{inside}</{target}>'}"


def _text(words: str | None) -> str:
    return escape(_SPACE.sub(" ", words or ""), quote=False)


def inner(element: Any) -> str:
    """Return what stands in an element, as HTML."""
    if element is None:
        return ""
    parts = [escape(element.text or "", quote=False)]
    parts += (lxml.html.tostring(child, encoding="unicode") for child in element)
    return "".join(parts)


def _forget(element: Any) -> None:
    """Give the memory of an element and of all before it back."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _encoding(data: bytes, path: Path) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    declared = _DECLARED.match(data)
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    try:
        known = codecs.lookup(name).name
    except LookupError:
        known = ""
    if not _ENCODINGS.fullmatch(known):
        raise BadFile(path, f'it says that its encoding is "{name}"; save it as UTF-8.')
    return known


def _first_line(error: object) -> str:
    return (str(error).splitlines() or ["nothing to read"])[0]
