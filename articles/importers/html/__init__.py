"""Pages saved from a site: what a page says of itself, and its main text. docs/reference/formats.md tells the rules.

Every part has several places where it may stand; the first that says something counts.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from articles.importers.context import Context
from articles.importers.decode import read_text
from articles.importers.fields import Fault
from articles.importers.html.claims import Claims
from articles.importers.html.text import main_text
from articles.importers.making import Making
from articles.importers.making.words import paragraphs, plain_words
from articles.importers.markup import inner, parse_html, start_tag
from articles.importers.story import BadFile, Person, Story, Subject

DESCRIPTION = "a page saved from a site"
SUFFIXES = (".html", ".htm", ".xhtml")

FIELDS = {
    "hreflang, canonical, og:url": "id",
    "inLanguage, lang, og:locale": "language",
    "headline, og:title, h1, title": "title",
    "description, og:description": "standfirst",
    "articleBody, article": "body",
    "figure, img": "pictures",
    "image, og:image": "pictures",
    "datePublished, article:published_time, time": "published_at",
    "dateModified, article:modified_time": "modified_at",
    "author": "bylines",
    "keywords, article:tag, news_keywords, rel=tag": "subjects",
    "articleSection, article:section": "subjects",
}

_ROOT = re.compile(r"<(?:html|head|body|meta|title)\b", re.IGNORECASE)
_DOCTYPE = re.compile(r"\s*(?:<!--.*?-->\s*)*<!doctype\s+html\b", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_SOURCES = re.compile(r"""\s(?:data-)?(?:lazy-)?src=["']([^"'<>]+)["']""")
_SAVED = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")


def sniff(head: str) -> bool:
    """Tell whether a text begins as a page does."""
    return bool(_ROOT.match(start_tag(head)) or _DOCTYPE.match(head[:4_000]))


def read(path: Path, context: Context) -> Iterator[Story]:
    """Yield the one story of a page; raise BadFile where the page holds none."""
    with path.open("rb") as stream:
        charset = _CHARSET.search(stream.read(4_096))
    words = read_text(path, declared=charset[1].decode("ascii") if charset else "")
    root = parse_html(words)
    if root is None:
        raise BadFile(path, "it holds no page; save it again.")
    own, language = context.identify(path)
    making = Making(context, path, language=language)
    making.notes += words.notes
    try:
        yield _story(Claims(root, _saved_from(words)), making, own)
    except Fault as fault:
        raise BadFile(path, fault.sentence) from fault


def _saved_from(words: str) -> str:
    match = _SAVED.search(words[:4_000])
    return match[1] if match else ""


def _story(page: Claims, making: Making, own: str) -> Story:
    language = making.language(_language(page))
    title = _title(page)
    published = (
        page.first("datePublished", "article:published_time", "date", "dc.date", "pubdate")
        or page.time()
    )
    body = _body(page, making, title)
    _take_lead(page, body, making, language)
    return making.story(
        external_id=(named := _group(page) or page.address) or own,
        is_named=bool(named),
        language=language,
        title=title,
        standfirst=_standfirst(page),
        body=body,
        published_at=making.moment(published, "datePublished"),
        modified_at=making.moment(
            page.first("dateModified", "article:modified_time"), "dateModified"
        ),
        people=_people(page, making),
        subjects=_subjects(page, making, language),
        addresses=[page.address, page.saved_from],
    )


def _language(page: Claims) -> str:
    """Return the language of the page, without a site's addition such as "en_GB.UTF-8"."""
    said = page.fact("inLanguage")
    if isinstance(said, dict):
        said = said.get("alternateName") or said.get("name")
    told = (
        str(said or "") or page.root.get("lang", "") or page.meta("og:locale", "content-language")
    )
    return told.partition(".")[0]


def _title(page: Claims) -> str:
    """Return the headline without the name of the site behind it."""
    heading = next((plain_words(element.text_content()) for element in page.root.iter("h1")), "")
    said = plain_words(page.fact("headline")) or page.meta("og:title")
    if heading and said.rstrip("….").strip() and heading.startswith(said.rstrip("….").strip()):
        said = heading  # search engines get a shorter one
    said = said or heading or plain_words(page.root.findtext(".//title"))
    site = page.meta("og:site_name")
    cut = re.fullmatch(rf"(.+?)\s+[|–—·»-]\s+{re.escape(site)}", said) if site else None
    return cut[1] if cut else said


def _group(page: Claims) -> str:
    """Return the address that all language versions of a story share: the first of those that its pages name."""
    versions = page.versions()
    if len(versions) < 2 or page.address not in versions.values():
        return ""
    return versions[min(versions)]


def _body(page: Claims, making: Making, title: str) -> str:
    """Return the main text as HTML."""
    said = page.fact("articleBody")
    said = said if isinstance(said, str) else ""
    blocks, left_out = main_text(page.root, title)
    words = plain_words(" ".join(block.text_content() for block in blocks))
    if len(words) * 2 < len(said):
        return paragraphs(said)
    if left_out:
        making.notes.append(f"Left out, around the text: {'; '.join(left_out)}.")
    return "".join(map(inner, blocks))


def _take_lead(page: Claims, body: str, making: Making, language: str) -> None:
    """Let the picture that the page is shown with lead: the one in its text, if it is there."""
    address = page.picture()
    if not address:
        return
    name = _file_name(address)
    inside = _SOURCES.findall(body)
    same = next((source for source in inside if _file_name(source) == name), "")
    making.picture(same or address, lead=True, language=language, alt=page.meta("og:image:alt"))


def _file_name(address: str) -> str:
    """Return the name of a file without the size that some sites write into it."""
    try:
        name = urlsplit(address).path.rpartition("/")[2]
    except ValueError:
        return address
    return re.sub(r"-\d+x\d+(?=\.\w+$)", "", name)


def _standfirst(page: Claims) -> str:
    return plain_words(page.fact("description")) or page.meta("og:description", "description")


def _people(page: Claims, making: Making) -> Iterator[Person]:
    for name, is_person in page.people():
        if "://" not in name:
            kind = "person" if is_person else "organisation"
            yield from making.person(
                name, kind=kind, role="author" if is_person else "organisation"
            )


def _subjects(page: Claims, making: Making, language: str) -> Iterator[Subject]:
    for kind, names in (
        ("category", page.words("articleSection", "article:section")),
        ("tag", page.words("keywords", "article:tag", "news_keywords") or page.tags()),
    ):
        for name in names:
            yield from making.subject(name, language=language, kind=kind)
