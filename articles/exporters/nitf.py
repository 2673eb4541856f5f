"""What readers can see as IPTC NITF 3.6: a file for each text, since a document of NITF holds one."""

from datetime import UTC

from lxml import etree

from articles.exporters.markup import add, parsed, written
from articles.representations.feeds import name_of
from newsroom.page import whole

DESCRIPTION = "what readers can see, as NITF 3.6: a folder with a file for each text"
SUFFIX = ".xml"
TAKES = "items"

NAMESPACE = "http://iptc.org/std/NITF/2006-10-18/"

LINES = {"p": "p", "h2": "hl2", "h3": "hl2"}
MARKS = {"em": "em", "strong": "em", "a": "a", "br": "br"}
LISTS, ROWS, CELLS = ("ul", "ol"), ("table", "thead", "tbody", "tr"), ("caption", "td", "th")
LEFT_OUT = ("figure", "aside", "iframe")
BLOCKS = (*LINES, *LISTS, "blockquote", "table", *LEFT_OUT)


def files(items):
    """Yield (path, text) for each pages.item.NewsItem."""
    for item in items:
        text = written(document(item))
        path = f"{item.language}/{item.article_id}{SUFFIX}"
        yield path, f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def document(item):
    """Return a NewsItem as the root element of a document."""
    entry = item.entry
    root = etree.Element(f"{{{NAMESPACE}}}nitf", nsmap={None: NAMESPACE})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", entry.language)
    _head(add(root, "head"), item)
    body = add(root, "body")
    _body_head(add(body, "body.head"), entry)
    content = add(body, "body.content")
    for use in entry.shown:
        if use.picture:
            _media(content, use)
    _fill(content, parsed(entry.html))
    return root


def _head(head, item):
    entry = item.entry
    add(head, "title", entry.title)
    docdata = add(head, "docdata", management__status="usable")
    add(docdata, "doc-id", id__string=name_of(entry))
    add(docdata, "date.issue", norm=_moment(entry.published_at))
    add(
        docdata,
        "doc.copyright",
        holder=item.site.legal_name or item.site.name,
        year=entry.published_at.year,
    )
    keys = [*entry.categories, *entry.tags]
    if keys:
        keywords = add(docdata, "key-list")
        for key in keys:
            add(keywords, "keyword", key=key.label)
    published = {"date.publication": _moment(entry.published_at), "ex-ref": entry.address}
    add(head, "pubdata", type="web", name=item.site.name, **published)


def _body_head(head, entry):
    add(add(head, "hedline"), "hl1", entry.title)
    for credit in entry.named:
        add(add(head, "byline"), "person", credit.name)
    if entry.standfirst:
        add(add(head, "abstract"), "p", entry.standfirst)


def _media(content, use):
    width, address = use.picture.plain[-1]
    image = use.image
    made = add(content, "media", media__type="image")
    add(
        made,
        "media-reference",
        source=whole(address),
        mime__type="image/jpeg",
        alternate__text=use.alt,
        width=width,
    )
    add(made, "media-caption", use.caption or use.alt)
    add(made, "media-producer", image.credit_line or image.creator)


def _fill(parent, element):
    """Copy what an element holds into one that holds no words itself: those without a line get one."""
    line = _on_line(parent, None, element.text)
    for child in element:
        if child.tag in BLOCKS:
            _block(parent, child)
            line = None
        else:
            line = add(parent, "p") if line is None else line
            _mark(line, child)
        line = _on_line(parent, line, child.tail)


def _on_line(parent, line, words):
    if words and (words.strip() or line is not None):
        line = add(parent, "p") if line is None else line
        _add_words(line, words)
    return line


def _block(parent, element):
    """Copy a heading, a paragraph, a list, a quotation or a table; what stands for something else has its own place."""
    if element.tag in LINES:
        _fill_line(add(parent, LINES[element.tag]), element)
    elif element.tag == "blockquote":
        _fill(add(add(parent, "bq"), "block"), element)
    elif element.tag in LISTS:
        made = add(parent, element.tag)
        for item in element:
            _fill(add(made, "li"), item)
    elif element.tag in ROWS:
        made = add(parent, element.tag)
        for child in element:
            _block(made, child)
    elif element.tag in CELLS:
        spans = {key: element.get(key) for key in ("colspan", "rowspan") if element.get(key)}
        _fill(add(parent, element.tag, **spans), element)


def _fill_line(line, element):
    _add_words(line, element.text)
    for child in element:
        _mark(line, child)
        _add_words(line, child.tail)


def _mark(line, element):
    """Copy words with a meaning in a line; of elements that NITF does not know the words stay."""
    tag = MARKS.get(element.tag)
    href = {"href": element.get("href")} if tag == "a" and element.get("href") else {}
    _fill_line(add(line, tag, **href) if tag else line, element)


def _add_words(parent, words):
    if not words:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + words
    else:
        parent.text = (parent.text or "") + words


def _moment(moment):
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
