"""No word of a body is lost, moved or joined to another without a note."""

import re
from html import unescape
from itertools import count
from string import ascii_lowercase

import nh3
import pytest
from hypothesis import example, given, settings, strategies as st

from articles import body

# Elements whose words stay, whatever they stand in.
KEPT = (
    *("p", "h1", "h2", "h4", "h6", "div", "section", "article", "aside", "figure", "figcaption"),
    *("blockquote", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "tr", "td", "th"),
    *("tfoot", "tbody", "center", "pre", "address", "details", "summary", "form", "fieldset"),
    *("em", "b", "strong", "sub", "sup", "span", "font", "ins", "u", "small", "code", "cite"),
    *("footer", "bdi", "main", "nav", "header", "hgroup", "legend", "label", "menu", "dir"),
    *("select", "option", "button", "my-element", "nobr", "datalist", "output", "meter"),
    *("kbd", "samp", "var", "time", "data", "dfn", "abbr", "mark", "big", "tt", "wbr"),
    *("ruby", "rt", "rp", "rb", "marquee", "blink", "bdo", "acronym", "listing", "progress"),
)
LINKS = ('<a href="/x">', '<a href="ftp://x.test/">', "<a name=x>", "</a>")
TEXTS = (
    "word",
    "é",
    " ",
    "\n\n",
    "&amp;",
    "&lt;",
    "&nbsp;",
    "<",
    "&",
    "[sic]",
    "<br>",
    "<!-- x -->",
)
soup = st.lists(
    st.sampled_from(
        [*(f"<{tag}>" for tag in KEPT), *(f"</{tag}>" for tag in KEPT), *LINKS, *TEXTS]
    ),
    max_size=30,
).map("".join)


def numbered(parts):
    """Return markup in which each "word" is another, and they go in by the alphabet: digits would become raised ones."""
    words = (f" w{letter * times}x " for times in count(1) for letter in ascii_lowercase)
    return "".join(next(words) if part == "word" else part for part in parts)


some_words = st.lists(
    st.one_of(
        st.just("word"),
        st.sampled_from([f"<{tag}>" for tag in (*KEPT, "q", "a href=/x", "br", "hr")]),
        st.sampled_from([f"</{tag}>" for tag in (*KEPT, "q", "a", "del", "s")]),
        st.sampled_from(["<del>", "<s>", "<img src=a.jpg alt=A>", "\n\n", "<!-- x -->"]),
    ),
    max_size=30,
).map(numbered)


def words_of(text):
    return re.findall("w[a-z]+x", text)


def lines(html):
    return body.clean(html).body.text.splitlines()


def notes(html, references=None):
    return [(note.kind, note.words) for note in body.clean(html, references).notes]


def signs(words):
    return "".join(words.split())


def as_a_browser_reads_it(html):
    """Return the text that a parser of HTML finds, blocks joined."""
    return unescape(nh3.clean(html, tags=set(), clean_content_tags=set()))


@settings(max_examples=300)
@given(soup)
def test_the_words_that_come_out_are_those_that_went_in(html):
    cleaned = body.clean(html)

    assert signs(cleaned.body.text) == signs(as_a_browser_reads_it(html))
    assert {note.kind for note in cleaned.notes} <= {"headings", "link"}


@settings(max_examples=300)
@given(some_words)
@example(numbered(["<ul>", "word", "<li>", "word", "<table>", "word", "<td>", "word"]))
@example(numbered(["<figure>", "word", "<figcaption>", "word", "</figure>", "word"]))
def test_words_keep_their_order_and_what_is_left_out_is_named(html):
    cleaned = body.clean(html)
    come, went = words_of(cleaned.body.text), words_of(as_a_browser_reads_it(html))
    noted = " ".join(words for note in cleaned.notes for words in note.words)

    assert come == [word for word in went if word in come]
    # Of many or long words that are left out, a note quotes the first.
    assert set(went) == {*come, *words_of(noted)} or "…" in noted


@settings(max_examples=150)
@given(soup)
def test_the_body_is_the_same_whether_references_are_asked_about_or_not(html):
    assert body.clean(html, lambda _tag, attrs: attrs) == body.clean(html)


leaf = st.sampled_from(["p", "h1", "h3", "h5", "div", "pre", "address", "center", "section", "li"])
around = st.sampled_from(
    [
        *("<div>{}</div>", "<section>{}</section>", "<aside>{}</aside>", "<figure>{}</figure>"),
        *("<blockquote>{}</blockquote>", "<ul><li>{}</li></ul>", "<dl><dd>{}</dd></dl>"),
        *("<table><tr><td>{}</td></tr></table>", "<strong>{}</strong>", "<em>{}</em>"),
        *("<a href='/x'>{}</a>", "<center>{}</center>", "<details>{}</details>", "<h2>{}</h2>"),
    ]
)
blocks = st.recursive(
    leaf.map(lambda tag: f"<{tag}>word</{tag}>"),
    lambda inner: st.builds(
        lambda outer, inside: outer.format("".join(inside)),
        around,
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=8,
)


@settings(max_examples=200)
@given(st.lists(blocks, min_size=1, max_size=3).map("".join))
def test_two_blocks_stay_two(html):
    assert lines(html) == ["word"] * html.count("word")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a</p><div><p>b</p><p>c</p></div><p>d</p>", "<p>a</p><p>b</p><p>c</p><p>d</p>"),
        ("<aside><h3>Box</h3><p>a</p></aside>", "<h3>Box</h3><p>a</p>"),
        ("<figure><figcaption>At noon</figcaption></figure>", "<p>At noon</p>"),
        ("<p>10<sup>6</sup> km<sub>x</sub></p>", "<p>10<sup>6</sup> km<sub>x</sub></p>"),
        ("<p>He said <q>a <q>b</q></q>.</p>", "<p>He said “a ‘b’”.</p>"),
        ("<p><ins>not</ins> guilty</p>", "<p>not guilty</p>"),
        ("<dl><dt>Ships</dt><dd>12</dd></dl>", "<p><strong>Ships</strong></p><p>12</p>"),
        ("<h1>a</h1><h4>b</h4>", "<h2>a</h2><h3>b</h3>"),
        ("<h2>a</h2><h4>b</h4>", "<h2>a</h2><h3>b</h3>"),
        ("<h6>a</h6>", "<h2>a</h2>"),
        ("<h3>a</h3>", "<h3>a</h3>"),
        ("<span>a</span>\n\n<span>b</span> c\n\nd", "<p>a</p>\n\n<p>b c</p>\n\n<p>d</p>"),
        ("a<br><br>b<br>c<br>", "<p>a</p><p>b<br>c</p>"),
        ("<p>a<br><br>b</p>", "<p>a<br><br>b</p>"),
        ("a <em>b\n\nc</em>", "<p>a <em>b</em></p>\n\n<p><em>c</em></p>"),
        ("<pre>a\n b\n\nc</pre>", "<p>a<br> b</p><p>c</p>"),
        ("<center>a<font>b</font></center>c", "<p>ab</p><p>c</p>"),
        ("<a href=/x><h3>a</h3><p>b</p></a>",)
        + ('<h3><a href="/x">a</a></h3><p><a href="/x">b</a></p>',),
        ("<h2><p>a</p><ul><li>b</ul>c</h2>", "<h2>a</h2><ul><li>b</li></ul><h2>c</h2>"),
        ("<ul><li>a<div>b</div>c</ul>", "<ul><li>a<p>b</p>c</li></ul>"),
        ("<a href=//x.test/a>b</a>", '<p><a href="https://x.test/a">b</a></p>'),
        ("<p>a [sic] [E=mc2] [where x=5] [Ed: b] [1]</p>",) * 2,
        ('<iframe src="//x.test/1"></iframe>', '<div data-embed="https://x.test/1"></div>'),
        ("<video><source src=https://x.test/1.mp4></video>",)
        + ('<div data-embed="https://x.test/1.mp4"></div>',),
        ("[embed]https://x.test/1[/embed]", '<div data-embed="https://x.test/1"></div>'),
    ],
)
def test_what_has_a_place_is_put_there_without_a_note(html, expected):
    assert body.clean(html) == body.Cleaned(expected)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("es", "Dijo «a “b”»."),
        ("fr", "Dijo «\u202fa «\u202fb\u202f»\u202f»."),
        ("de-simple", "Dijo „a ‚b‘“."),
        ("zh-hant", "Dijo 「a 『b』」."),
        ("zh-hans", "Dijo “a ‘b’”."),
    ],
)
def test_a_quotation_has_the_marks_of_its_language(language, expected):
    html = "<p>Dijo <Q>a <q>b</q></Q>.</p>"

    assert body.clean(html, language=language) == body.Cleaned(f"<p>{expected}</p>")


@pytest.mark.parametrize(
    ("html", "expected", "noted"),
    [
        ("<p>a<img src=b.jpg alt='A pier'>c</p>", "<p>ac</p>", ("picture", "“A pier” (b.jpg)")),
        ("<p>a<img src=b.jpg></p>", "<p>a</p>", ("picture", "b.jpg")),
        ("<figure data-image=b.jpg>a</figure>", "<p>a</p>", ("picture", "b.jpg")),
        ("<aside data-article=x>a</aside>", "<p>a</p>", ("story", "x")),
        ("<div data-embed=x>a</div>", "<p>a</p>", ("embed", "x")),
        ("<iframe src=about:blank></iframe>", "", ("embed", "about:blank")),
        ("<embed src=/x.swf>", "", ("embed", "/x.swf")),
        ("<p>is <del>guilty</del> <s> </s>free</p>", "<p>is  free</p>", ("deleted", "“guilty”")),
        ("<del><p>a</p><p>b</p></del>", "", ("deleted", "“a b”")),
        ("<p>a<script>b</script></p>", "<p>a</p>", ("code", "script “b”")),
        ("<p>a</p><svg><text>b</text></svg>", "<p>a</p>", ("code", "svg “b”")),
        ("<p>a</p><hr><p>b</p>", "<p>a</p><p>b</p>", ("rule", "")),
        ("<a href=ftp://x.test/>a</a>", "<p>a</p>", ("link", "ftp://x.test/")),
        ("<p>a<a href=/x> </a>b</p>", "<p>a b</p>", ("link", "/x")),
        ("<p>a [gallery ids=1,2]</p>", "<p>a  </p>", ("shortcode", "[gallery ids=1,2]")),
        ('<p>a[x b="c"]d</p>', "<p>a d</p>", ("shortcode", '[x b="c"]')),
        ("<h1>a</h1><h2>b</h2><h3>c</h3>", "<h2>a</h2><h3>b</h3><h3>c</h3>", ("headings", "“c”")),
        ("<audio src=https://x.test/1>No.</audio>",)
        + ('<div data-embed="https://x.test/1"></div>', ("caption", "“No.”")),
    ],
)
def test_what_is_left_out_is_noted(html, expected, noted):
    kind, words = noted

    assert body.clean(html) == body.Cleaned(expected, (body.Note(kind, (words,)),))


def test_a_caption_in_shortcodes_stays_a_paragraph():
    html = '<p>[caption id="a_1" width="300"]<img src="b.jpg"> The pier[/caption]</p>'

    assert lines(html) == ["The pier"]
    assert notes(html) == [
        ("shortcode", ('[caption id="a_1" width="300"]', "[/caption]")),
        ("picture", ("b.jpg",)),
    ]


def test_a_picture_that_the_source_lists_stands_in_its_place():
    html = '<p>a <img src="b.jpg" alt="B"> c</p><figure><img src="b.jpg"><figcaption>d</figcaption></figure>'
    asked = []

    cleaned = body.clean(html, lambda tag, attrs: asked.append((tag, attrs)) or {"data-image": "7"})

    figure = '<figure data-image="7"></figure>'
    assert cleaned.html == f"<p>a </p>{figure}<p> c</p>{figure}"
    assert cleaned.notes == (body.Note("caption", ("“d”",)),)
    assert asked[0] == ("img", {"src": "b.jpg", "alt": "B"})


def test_notes_count_and_are_sentences():
    cleaned = body.clean("<p>" + "".join(f"<img src={n}.jpg>" for n in range(7)) + "a" * 3)
    (note,) = cleaned.notes

    assert note.count == 7
    assert str(note) == (
        "Pictures left out, because the story does not have them (7): "
        "0.jpg, 1.jpg, 2.jpg, 3.jpg, 4.jpg, …."
    )


def test_raised_digits_are_raised_in_plain_text_too():
    assert body.Body("<p>10<sup>6</sup> t CO<sub>2</sub>, 1<sup>st</sup></p>").text == (
        "10⁶ t CO₂, 1st"
    )
