"""What one reading of a whole export finds out before its stories are told: small facts of each item."""

import contextlib
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import phpserialize

from articles.importers.wxr import urls
from articles.importers.wxr.editions import group_of, language_of
from articles.importers.wxr.items import Item, fields_of, item_of
from articles.importers.wxr.records import Record, namespaces, parse, records
from articles.importers.wxr.times import Clock
from articles.importers.wxr.words import one_line

MAX_BLOCK = 100_000
_CAMERA = re.compile(r'"(?:credit|copyright)";s:(?!0:)')


class Attachment(NamedTuple):
    """A file of the media library, as far as a picture needs it."""

    url: str
    title: str
    caption: str
    alt: str
    credit: str
    copyright: str


class Category(NamedTuple):
    name: str
    parent: str


@dataclass
class Index:
    """The facts of a file that stories need of each other.

    `names` maps the number of a post to the id of its story where that is another one.
    """

    prefixes: dict[str, str] = field(default_factory=dict)
    base: str = ""
    language: str = ""
    hosts: set[str] = field(default_factory=set)
    authors: dict[str, str] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    children: defaultdict[str, list[tuple[int, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    blocks: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    group_of: dict[str, str] = field(default_factory=dict)
    described: dict[str, dict[str, str]] = field(default_factory=dict)
    trashed: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    term_ids: dict[tuple[str, str], str] = field(default_factory=dict)
    term_names: dict[str, str] = field(default_factory=dict)
    term_groups: dict[str, dict[str, str]] = field(default_factory=dict)
    clock: Clock = field(default_factory=Clock)
    types: Counter[str] = field(default_factory=Counter)

    def is_own(self, url: str) -> bool:
        """Return whether an address lies on the site of the export."""
        host = urls.host_of(url)
        return host in self.hosts if host else url.strip().startswith(("/", "?"))

    def story_at(self, url: str) -> str:
        """Return the id of the story of this file that stands at an address, "" for none."""
        if not self.is_own(url):
            return ""
        number = urls.number_in(url)
        story_id = number if number in self.lines else self.links.get(urls.page_key(url), "")
        return self.names.get(story_id, story_id)

    def attachment_at(self, url: str, number: str = "") -> str:
        """Return the id of the attachment whose file has this address, or a copy of it in another size."""
        key = urls.file_key(url)
        shorter = urls.unsized(key)
        keys = (key, shorter, urls.unscaled(key), f"{shorter.rpartition('.')[0]}-scaled")
        attachment_id = next((self.files[form] for form in keys if form in self.files), "")
        return attachment_id or (number if number in self.attachments else "")


def survey(path: Path) -> Index:
    """Read a file once and return its Index."""
    index = Index()
    for record in records(path):
        if record.name == "head":
            _read_head(index, record)
        elif not record.fault:
            _read(index, record)
    return index


def _read_head(index: Index, record: Record) -> None:
    index.prefixes = namespaces(record.text)
    head = record.text[max(record.text.find("<channel"), 0) :]
    element, _fault = parse(head if head.startswith("<") else "", index.prefixes)
    fields = fields_of(next(iter(element), element))
    index.base = (fields.get("base_blog_url") or fields.get("link") or "").strip().rstrip("/")
    index.language = fields.get("language", "").strip()
    names = ("base_blog_url", "base_site_url", "link")
    index.hosts = set(filter(None, (urls.host_of(fields.get(name, "")) for name in names)))


def _read(index: Index, record: Record) -> None:
    element, _fault = parse(record.text, index.prefixes)
    if record.name == "item":
        _read_item(index, item_of(element), record.line)
        return
    fields = fields_of(next(iter(element), element))
    if record.name == "wp:author":
        name = one_line(fields.get("author_display_name", ""))
        index.authors[fields.get("author_login", "").strip()] = name
    elif record.name == "wp:category":
        slug, parent = fields.get("category_nicename", ""), fields.get("category_parent", "")
        index.categories[slug] = Category(fields.get("cat_name", "").strip() or slug, parent)
        _know_term(index, "category", slug, fields.get("term_id", ""), fields.get("cat_name", ""))
    elif record.name == "wp:tag":
        slug, name = fields.get("tag_slug", ""), fields.get("tag_name", "")
        _know_term(index, "tag", slug, fields.get("term_id", ""), name)
    elif record.name == "wp:term":
        _read_term(index, fields)


def _know_term(index: Index, kind: str, slug: str, number: str, name: str) -> None:
    if number := number.strip():
        index.term_ids[kind, slug] = number
        index.term_names[number] = name.strip()


def _read_term(index: Index, fields: dict[str, str]) -> None:
    """Read which posts or terms Polylang says are translations of each other."""
    taxonomy = fields.get("term_taxonomy", "").strip()
    if taxonomy not in {"post_translations", "term_translations"}:
        return
    told = unserialised(fields.get("term_description", "").strip())
    pairs = told.items() if isinstance(told, dict) else ()
    together = {str(tag): str(number) for tag, number in pairs if str(number).isdigit()}
    if taxonomy == "post_translations":
        index.described[fields.get("term_slug", "").strip()] = together
    else:
        index.term_groups |= dict.fromkeys(together.values(), together)


def _read_item(index: Index, item: Item, line: int) -> None:
    index.clock.learn(item)
    match item.type:
        case "post":
            _read_post(index, item, line)
            return
        case "attachment":
            _read_attachment(index, item)
        case "guest-author":
            name = one_line(item.meta.get("cap-display_name", "") or item["title"])
            for key in (item.meta.get("cap-user_login", ""), item["post_name"]):
                index.authors.setdefault(key, name)
        case "wp_block":
            index.blocks[item.id] = item["content"][:MAX_BLOCK]
    index.types[item.type] += 1


def _read_post(index: Index, item: Item, line: int) -> None:
    if item.status == "trash":
        index.trashed.add(item.id)
    elif item.id and item.id not in index.lines:
        index.lines[item.id] = line
        if key := urls.page_key(item["link"]):
            index.links.setdefault(key, item.id)
        if tag := language_of(item):
            index.tags[item.id] = tag
        if group := group_of(item):
            index.group_of[item.id] = group


def _read_attachment(index: Index, item: Item) -> None:
    url = item["attachment_url"].strip() or item["guid"].strip()
    if not (item.id and url):
        return
    credit, copyright_ = _camera(item.meta.get("_wp_attachment_metadata", ""))
    index.attachments[item.id] = Attachment(
        url=url,
        title=one_line(item["title"]),
        caption=one_line(item["excerpt"]),
        alt=one_line(item.meta.get("_wp_attachment_image_alt", "")),
        credit=_credit(item.meta) or credit,
        copyright=copyright_,
    )
    for address in (url, item.meta.get("_wp_attached_file", "")):
        if address:
            index.files.setdefault(urls.file_key(address), item.id)
    parent, order = item["post_parent"].strip(), item["menu_order"].strip()
    index.children[parent].append((int(order) if order.isdigit() else 0, item.id))


def _credit(meta: dict[str, str]) -> str:
    """Return the credit as Newspack and Navis keep it: a name and an organisation."""
    parts = (meta.get("_media_credit", ""), meta.get("_navis_media_credit_org", ""))
    return "/".join(filter(None, map(one_line, parts)))


def _camera(serialised: str) -> tuple[str, str]:
    """Return credit and copyright that the picture's own file told WordPress."""
    if not _CAMERA.search(serialised):
        return "", ""
    metadata = unserialised(serialised)
    own = metadata.get("image_meta") if isinstance(metadata, dict) else None
    told = own if isinstance(own, dict) else {}
    return one_line(str(told.get("credit", "") or "")), one_line(
        str(told.get("copyright", "") or "")
    )


def unserialised(words: str) -> object:
    """Return what PHP has serialised: values only, never objects; None for what is none."""
    if not words.startswith("a:"):
        return None
    with contextlib.suppress(ValueError, KeyError, TypeError, RecursionError, UnicodeDecodeError):
        return phpserialize.loads(words.encode(), decode_strings=True)
    return None
