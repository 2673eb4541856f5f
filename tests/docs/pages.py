"""Read the documentation: its pages, headings, tables and links."""

import re

from tests.house_rules.source import ROOT

DOCS = ROOT / "docs"
FENCE = re.compile(r"^(```+).*?^\1\s*$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#{1,6}) (.+?)\s*$", re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def pages():
    """Return every page of the documentation, those at the top of the tree included."""
    top = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    return [*top, *sorted(DOCS.rglob("*.md"))]


def text_of(page):
    """Return the text of a page; a name is one inside docs/."""
    return (DOCS / page).read_text(encoding="utf-8")


def prose(text):
    """Return the text without its blocks of code."""
    return FENCE.sub("", text)


def headings(text, *, level=None):
    """Return the headings, or those of one level, without their marks."""
    pairs = HEADING.findall(prose(text))
    return [words for marks, words in pairs if level in {None, len(marks)}]


def section(text, heading):
    """Return what stands under a heading, up to the next one of its level or a higher one."""
    start = re.search(rf"^(#+) {re.escape(heading)}$", text, re.MULTILINE)
    assert start, f"there is no heading {heading!r}"
    rest = text[start.end() :]
    end = re.search(rf"^#{{1,{len(start[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def rows(text):
    """Return the cells of every table row, without the rows of column names and of dashes."""
    lines = prose(text).splitlines()
    table_rows = []
    for number, line in enumerate(lines):
        if not line.startswith("|") or set(line) <= set("|-: "):
            continue
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if not (below.startswith("|") and set(below) <= set("|-: ")):
            table_rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return table_rows


def code(text):
    """Return the pieces that are set as code, in their order."""
    return CODE.findall(text)


def anchors(text):
    """Return what a link may name after its "#": the headings, as web hosts of Markdown write them."""
    plain = (re.sub(r"[`*]|\]\([^)]*\)|\[", "", words).lower() for words in headings(text))
    return {re.sub(r"[^\w\- ]", "", words).strip().replace(" ", "-") for words in plain}


def links(text):
    """Return the targets of all links and pictures."""
    return LINK.findall(CODE.sub("", prose(text)))
