"""Markdown as programs read it: CommonMark with tables."""

from markdown_it import MarkdownIt

READER = MarkdownIt("commonmark").enable("table")
KNOWN = {"<em>", "</em>", "<strong>", "</strong>", "<sub>", "</sub>", "<sup>", "</sup>", "<br>"}


def tokens(markdown):
    """Yield every token, those within a line, too."""
    for token in READER.parse(markdown):
        yield token
        yield from token.children or ()


def kinds(markdown):
    """Return what there is but words and paragraphs."""
    plain = {"paragraph_open", "paragraph_close", "inline", "text", "softbreak", "text_special"}
    return {token.type for token in tokens(markdown)} - plain


def words(markdown):
    """Return the words between the markup, with a space where a line or block ends."""
    return " ".join("".join(_words(markdown)).split())


def _words(markdown):
    for token in tokens(markdown):
        if token.type == "html_inline":
            assert token.content in KNOWN
            yield " " if token.content == "<br>" else ""
        elif token.type in {"text", "text_special"}:
            yield token.content
        elif token.type == "image":
            yield ""
        elif token.block or token.type in {"softbreak", "hardbreak"}:
            assert token.type not in {"html_block", "code_block", "fence", "hr"}
            yield "\n"


def links(markdown):
    """Return (words, address) of each link."""
    pairs = []
    for token in tokens(markdown):
        if token.type == "link_open":
            pairs.append(["", token.attrs["href"]])
            is_open = True
        elif token.type == "link_close":
            is_open = False
        elif token.type in {"text", "text_special"} and pairs and is_open:
            pairs[-1][0] += token.content
    return [tuple(link) for link in pairs]


def headings(markdown):
    """Return (level, words) of each heading."""
    read = list(tokens(markdown))
    return [
        (int(token.tag[1]), words(read[place + 1].content))
        for place, token in enumerate(read)
        if token.type == "heading_open"
    ]
