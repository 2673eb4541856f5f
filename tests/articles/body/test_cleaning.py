import re
import sys
from html.parser import HTMLParser
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings, strategies as st

from articles import body
from articles.body import markup
from tests import samples
from tests.articles import xss
from tests.every import every

GOOD = """
<p>Ferries <strong>stopped</strong> and <em>started</em>.<br>Again.</p><h2>Why</h2><h3>Wind</h3>
<ul><li>one</li></ul><ol><li>two</li></ol><blockquote>said</blockquote>
<blockquote data-pull=""><p>shouted</p><cite>Ana, <em>Tide</em></cite></blockquote>
<p><span lang="ar">قال</span> <bdi>C++</bdi></p><p><a href="/x">own</a> <a href="https://x.test/">far</a>
<a data-article="7">story</a></p><table><caption>Tides</caption><thead><tr><th scope="col">Hour</th>
</tr></thead><tbody><tr><td colspan="2">One</td></tr></tbody></table><figure data-image="3"></figure>
<aside data-article="4"></aside><aside data-waiting="A &amp; B"></aside>
<div data-embed="https://video.test/1"></div>
<div data-embed="https://video.test/2" data-title="The &quot;ferry&quot;"></div>
"""
PIECES = [
    *[
        "<p>",
        "</p>",
        "<em>",
        "</em>",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<a>",
        "</a>",
        "<ul>",
        "</ul>",
        "<li>",
        "</li>",
        "<h2>",
        "</h2>",
        "<br>",
    ],
    *[
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "<th>",
        "<caption>",
        "<tbody>",
        "<blockquote>",
        "</blockquote>",
        "<svg>",
        "</svg>",
    ],
    *[
        "<math>",
        "<mi>",
        "<select>",
        "<style>",
        "<template>",
        "<title>",
        "<font>",
        "<hr>",
        "<form>",
        "<noscript>",
        "<div>",
        "</div>",
    ],
    *[
        "</figure>",
        "</aside>",
        "&amp;",
        "&nbsp;",
        "&",
        "<",
        ">",
        '"',
        "'",
        "<!--",
        "-->",
        "word",
        "\x00",
        "<plaintext>",
        "<textarea>",
    ],
    *('<a href="/x">', '<a href="javascript:x">', '<a data-article="2">', '<th scope="col">'),
    *(
        '<figure data-image="1">',
        '<aside data-article="2">',
        '<aside data-waiting="a\'b&quot;<i>">',
    ),
    *('<div data-embed="https://x.test/">', '<p onclick="x">', '<blockquote data-pull="x">', " "),
]
NEWER = [
    *(
        "<del>",
        "</del>",
        "<q>",
        "</q>",
        "<sup>",
        "</sup>",
        "<h1>",
        "<h5>",
        "</h5>",
        "<pre>",
        "<dt>",
    ),
    *("</pre>", "<img src=a alt=b>", "<iframe src=//x.test/>", "</iframe>", "<video>", "</video>"),
    *(
        "<source src=https://x.test/>",
        "<object>",
        "</object>",
        "<figure>",
        "<figcaption>",
        "<section>",
    ),
    *("[gallery]", "[x a='b']", "[caption a='b']", "[/caption]", "[embed]https://x.test/[/embed]"),
    *("[", "]", "[x ", "\n\n", "\n", "<br><br>", "<a href='//x.test/'>", "<a href='/\\x.test'>"),
    *("<span lang=ar>", "<span lang=x>", "<span>", "</span>", "<bdi>", "</bdi>", "<i lang=es>"),
    *("<cite>", "</cite>", "<footer>", "</footer>", "<blockquote><cite>"),
    *("<tfoot>", "<button>", "</section>", "<hr>", "<del>", "</del>", "<li><section><li>"),
]
mutated = st.lists(st.sampled_from([*PIECES, *NEWER]), max_size=30).map("".join)


class Elements(HTMLParser):
    """The elements of a piece of HTML: (tag, attributes) each."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def elements(html):
    return Elements(html).tags


def outside_the_vocabulary(html):
    """Return what a clean body must not hold."""
    return [
        (tag, attrs)
        for tag, attrs in elements(html)
        if tag not in body.TAGS
        or not attrs.keys() <= body.ATTRIBUTES.get(tag, set())
        or not all(body.CHECKS[name](value) for name, value in attrs.items())
    ]


def dangers(html):
    """Return the elements of a rendered body that could run something or load from elsewhere."""
    return [
        (tag, attrs)
        for tag, attrs in elements(html)
        if tag in {"script", "style", "iframe", "object", "embed", "svg", "math", "form", "base"}
        or any(name.startswith("on") or name in {"style", "src", "srcdoc"} for name in attrs)
        or urlsplit((attrs.get("href") or "").strip()).scheme not in {"", *body.PASSED_ON}
    ]


def render(html, *, uses=None, links=None, language="en"):
    return body.Body(html).render(uses=uses or {}, links=links or {}, language=language)


def clean(html):
    return body.clean(html).html


def card(url="/en/2020/01/02/a/", title="A < B"):
    return SimpleNamespace(url=url, title=title, kicker=None)


# --- clean ---


def test_everything_of_the_vocabulary_survives():
    cleaned = clean(GOOD)

    assert cleaned == GOOD.strip()
    assert outside_the_vocabulary(cleaned) == []


@settings(max_examples=150)
@given(st.one_of(mutated, st.text()))
def test_cleaning_takes_anything_and_twice_is_as_good_as_once(html):
    cleaned = clean(html)

    assert body.clean(cleaned) == body.Cleaned(cleaned)
    assert outside_the_vocabulary(cleaned) == []
    assert dangers(render(cleaned)) == []


# What neither XML nor HTML can hold.
OTHERS = (0xD800, 0xDFFF, 0xFFFE, 0xFFFF)
UNFIT = [chr(code) for code in (*range(9), 11, 12, *range(14, 32), *range(127, 160), *OTHERS)]
unfit = st.sampled_from([*UNFIT, *(f"&#{ord(sign)};" for sign in UNFIT)])


@given(st.lists(st.sampled_from([*PIECES, *NEWER]) | unfit | st.text(), max_size=20).map("".join))
def test_no_character_comes_in_that_a_page_cannot_hold(html):
    cleaned = clean(html)

    assert not set(cleaned) & set(UNFIT)
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<p>Fer\x08ry\x1e&#8;&#x1F;</p>", "<p>Ferry</p>"),
        ("<p>One\x0bTwo\x0cThree\x85Four&#12;Five</p>", "<p>One Two Three Four Five</p>"),
        ("<p>\x08</p><p>&#30;</p>", ""),
        ("<p>&amp;#8;</p>", "<p>&amp;#8;</p>"),
        (
            '<p><a href="https://x.test/\x08a&#8;">far</a></p>',
            '<p><a href="https://x.test/a">far</a></p>',
        ),
        (
            '<div data-embed="https://x.test/1" data-title="Fer&#8;ry\x1e"></div>',
            '<div data-embed="https://x.test/1" data-title="Ferry"></div>',
        ),
    ],
)
def test_what_a_page_cannot_hold_goes_from_words_and_attributes(html, cleaned):
    assert clean(html) == cleaned


@settings(max_examples=60)
@given(st.one_of(mutated, st.text()))
def test_a_clean_body_is_read_as_an_html_parser_reads_it(html):
    cleaned = clean(html)

    pieces, marked = markup.pieces(cleaned), markup.marked(cleaned)
    assert pieces == markup.read_by_parser(cleaned)
    assert [piece for piece in marked if piece.tag in markup.MARKED] == [
        piece for piece in pieces if piece.tag in markup.MARKED
    ]
    assert "".join(piece.source for piece in marked) == cleaned


@settings(max_examples=60)
@given(mutated)
def test_text_measures_and_references_never_fail_on_a_clean_body(html):
    cleaned = clean(html)
    read = body.Body(cleaned)

    assert read.words == len(read.text.split())
    assert read.rewritten(lambda _tag, attrs: attrs).html.count("<") == cleaned.count("<")
    assert read.references
    blocks = "".join(block.html for block in read.blocks)
    assert "".join(blocks.split()) == "".join(cleaned.split())


@every(xss.VECTORS)
def test_no_known_attack_reaches_a_reader(vector):
    cleaned = clean(vector)

    assert outside_the_vocabulary(cleaned) == []
    assert dangers(render(cleaned)) == []
    assert dangers(render(clean(f"<p>x {vector} y</p><table><tr><td>{vector}"))) == []


@samples.needed
def test_no_attack_of_the_lists_of_others_reaches_a_reader():
    vectors = xss.vectors_of_others()
    cleaned = {name: clean(vector) for name, vector in vectors.items()}

    assert len(vectors) > 200
    assert {name: outside_the_vocabulary(html) for name, html in cleaned.items()} == dict.fromkeys(
        cleaned, []
    )
    assert {name: dangers(render(html)) for name, html in cleaned.items()} == dict.fromkeys(
        cleaned, []
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", ""),
        (None, ""),
        ("plain", "<p>plain</p>"),
        ("<b>a</b> <i>b</i>", "<p><strong>a</strong> <em>b</em></p>"),
        ("<p>a</p><p> </p><p><br></p><p>&nbsp;</p>", "<p>a</p>"),
        ("<ul><li></li></ul><p>a</p>", "<p>a</p>"),
        ("<p>one<em> </em>two<strong><br></strong>three</p>", "<p>one two<br>three</p>"),
        ("<p><em><strong> </strong></em></p>", ""),
        ("<p>a<a href='/x'></a>b</p>", "<p>ab</p>"),
        ("<table><tr><td></td></tr></table>", "<table><tbody><tr><td></td></tr></tbody></table>"),
        ("<h1>a</h1><section>b</section>", "<h2>a</h2><p>b</p>"),
        ("<div>a</div>", "<p>a</p>"),
        ("<figure>a</figure>", "<p>a</p>"),
        ("<figure data-image=1>a<p>b</p></figure>c", '<figure data-image="1"></figure><p>c</p>'),
        ("<figure data-image='images/x.jpg'></figure>", ""),
        ("<aside data-article=9999999999999999999></aside>", ""),
        (f"<aside data-waiting='{'x' * 401}'></aside>", ""),
        ("<div data-embed=https://></div>", ""),
        ("<a href=ftp://x.test/>a</a>", "<p>a</p>"),
        ("<a href=#note>a</a>", '<p><a href="#note">a</a></p>'),
        ("<td colspan=900>a</td>", "<p>a</p>"),
        ("a\x00b", "<p>ab</p>"),
    ],
)
def test_cleaning_keeps_the_words_and_drops_the_rest(html, expected):
    assert clean(html) == expected


@pytest.mark.parametrize(
    "address",
    [
        r"/\evil.example",
        r"\\evil.example",
        "evil.example",
        "ftp://x.test/",
        "file:///c/a.doc",
        "blob:https://x.test/1",
        "javascript:x",
        "#_msocom_1",
        "/admin/",
        "/admin/articles/article/add/#_msocom_1",
        "http://127.0.0.1:8000/admin",
        "//",
        "",
    ],
)
def test_an_address_that_leads_elsewhere_than_it_says_is_no_link(address):
    assert clean(f'<p><a href="{address}">a</a></p>') == "<p>a</p>"


@pytest.mark.parametrize(
    ("name", "kept", "dropped"),
    [
        ("colspan", ("1", "50"), ("0", "51", "-1", "x", "")),
        ("rowspan", ("1", "500"), ("0", "501", "1.5", "x", "")),
        ("scope", ("col", "rowgroup"), ("all", "")),
    ],
)
def test_an_attribute_of_a_cell_has_bounds(name, kept, dropped):
    def cell(attribute):
        return f"<table><tbody><tr><th{attribute}>a</th></tr></tbody></table>"

    for value in kept:
        assert clean(cell(f' {name}="{value}"')) == cell(f' {name}="{value}"')
    for value in dropped:
        assert clean(cell(f' {name}="{value}"')) == cell("")


def test_an_unclosed_inline_element_ends_with_its_block():
    assert clean("<p>a <b>b</p><p>c</p>").startswith("<p>a <strong>b</strong></p>")


@pytest.mark.parametrize(
    "unit",
    [
        "<blockquote>",
        "<em>",
        "<em><strong>",
        "<div>",
        "<ul><li>",
        "<table><td>",
        "<p>",
        "<p>x",
        "<x>",
        '<x a="<>">',
        "<x<",
        "<",
        "</p>",
        "<p><br>",
        "<p>     ",
        '<figure data-image="1">',
        "<!--",
        "&",
        '<a href="',
        "[x ",
        "[gallery]",
        "<del>",
        "<figure>",
        "<h1>x",
        "<br>",
        "\n",
    ],
)
def test_a_hostile_body_costs_twice_the_work_where_it_is_twice_as_long(unit):
    short, long = (work_of(unit * (length // len(unit))) for length in (5_000, 10_000))

    assert long < 2.2 * short + 2_000


def work_of(html):
    """Return how many functions are called to clean this."""
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        body.clean(html)
    finally:
        sys.setprofile(before)
    return calls


def test_no_parser_is_given_more_open_elements_than_a_story_has():
    assert markup.shallow("<div>" * 500 + "word").count("<div>") == body.DEEPEST
    assert markup.shallow("<p><div></div>" * 500) == "<p><div></div>" * 500


@pytest.mark.parametrize("sign", ["&", "&amp;", "&amp;c; ", "\xa0"])
def test_words_with_many_escapes_are_written_in_parts_and_stay_the_same(sign):
    many = sign * 1300
    parts = markup.divided(f'<p title="{many}">{many}</p>').split("<!---->")
    written = body.clean(f"<p>x{sign}y</p>").html.removeprefix("<p>x").removesuffix("y</p>")

    assert [part.count(sign) for part in parts] == [1800, 500, 300]
    assert body.clean(f"<p>x{many}y</p>").html == f"<p>x{written * 1300}y</p>"


def test_a_deep_body_keeps_its_words():
    cleaned = clean("<blockquote>word " * 5_000)

    assert body.Body(cleaned).words == 5_000
    assert cleaned.count("<blockquote>") == body.DEEPEST
    assert clean(cleaned) == cleaned


# --- references of another system ---


def test_the_names_of_another_system_become_ids():
    html = "<p>a <b>b<img src=x> c</b> d<hr></p><figure data-image='images/x.jpg'><p>e</p></figure>"
    ids = {"images/x.jpg": "7"}

    cleaned = body.clean(html, lambda _tag, attrs: {k: ids.get(v, v) for k, v in attrs.items()})

    assert cleaned.html == '<p>a <strong>b c</strong> d</p><figure data-image="7"></figure>'
    assert [(note.kind, note.words) for note in cleaned.notes] == [
        ("picture", ("x",)),
        ("rule", ("",)),
        ("caption", ("“e”",)),
    ]


def test_a_language_that_is_not_known_is_told():
    cleaned = body.clean('<p>a <span lang="tlh">b</span> <em lang="es-AR">c</em></p>')

    assert cleaned.html == '<p>a b <em><span lang="es">c</span></em></p>'
    assert [(note.kind, note.words) for note in cleaned.notes] == [("language", ("tlh",))]


# --- rewrite ---


def test_rewriting_asks_about_references_and_links_only():
    asked = []

    body.Body(clean(GOOD)).rewritten(lambda tag, attrs: asked.append((tag, attrs)) or attrs)

    assert [tag for tag, _attrs in asked] == [
        "a",
        "a",
        "a",
        "figure",
        "aside",
        "aside",
        "div",
        "div",
    ]
    assert asked[5] == ("aside", {"data-waiting": "A & B"})


def test_none_drops_a_reference_and_keeps_the_words_of_a_link():
    html = '<p><a href="/x">a <em>b</em></a></p><aside data-article="1"></aside>'

    assert body.Body(html).rewritten(lambda _tag, _attrs: None).html == "<p>a <em>b</em></p>"


# --- references, text, render ---


def test_references_are_found_once_each():
    html = clean(
        '<figure data-image="3"></figure><figure data-image="3"></figure><aside data-article="4">'
        '</aside><p><a data-article="5">x</a></p><aside data-waiting="A &quot;b&quot;"></aside>'
    )

    assert body.Body(html).references == body.References(
        images=frozenset({3}),
        articles=frozenset({4, 5}),
        waiting=frozenset({'A "b"'}),
        cards=frozenset({4}),
    )


def test_plain_text_is_one_line_a_block_without_what_is_referred_to():
    assert body.Body(clean(GOOD)).text.splitlines() == [
        *("Ferries stopped and started.", "Again.", "Why", "Wind", "one", "two", "said", "shouted"),
        *("Ana, Tide", "قال C++", "own far", "story", "Tides", "Hour", "One"),
    ]
    assert body.Body("<p>1 &lt; 2 &amp; 3 &gt; 2</p>").text == "1 < 2 & 3 > 2"
    assert body.Body(clean('<a href="/a>b">c</a>')).text == "c"


@pytest.mark.parametrize(
    ("html", "count"), [("", 0), ("<p>a b</p><p>c</p>", 3), ("<p>a<br>b</p>", 2)]
)
def test_words_are_counted_as_they_are_read(html, count):
    assert body.Body(html).words == count


def test_what_is_gone_is_not_rendered():
    html = (
        '<p>a <a data-article="4">b</a></p><figure data-image="3"></figure>'
        '<aside data-article="4"></aside><aside data-waiting="c"></aside>'
    )

    assert render(html) == "<p>a b</p>"


def test_what_is_there_is_rendered_in_its_place():
    html = '<p><a data-article="4">b</a></p><aside data-article="4"></aside>'

    rendered = render(html, links={4: card()})

    assert re.search('<p><a href="/en/2020/01/02/a/"[^>]*>b</a></p>', rendered)
    assert "A &lt; B" in rendered


def test_an_embed_is_a_link_and_a_table_can_be_scrolled():
    rendered = render(clean(GOOD))

    assert 'href="https://video.test/1"' in rendered
    assert rendered.count("<table>") == rendered.count("table-scroll") == 1
    assert "<blockquote data-pull" in rendered
    assert rendered.count("</table></div>") == 1


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p><span lang=en-GB>a</span></p>", '<p><span lang="en">a</span></p>'),
        ("<p><i lang=es>a</i></p>", '<p><em><span lang="es">a</span></em></p>'),
        ("<p><span lang=tlh>a</span> <span>b</span></p>", "<p>a b</p>"),
        ("<p lang=es dir=rtl>a</p>", "<p>a</p>"),
        (
            "<blockquote><p>a</p><footer><p>Ana in <cite>Tide</cite></p></footer></blockquote>",
            "<blockquote><p>a</p><cite>Ana in Tide</cite></blockquote>",
        ),
        (
            "<blockquote><p>a <cite>Tide</cite></p></blockquote>",
            "<blockquote><p>a Tide</p></blockquote>",
        ),
        ("<p>a <cite>Tide</cite></p><footer>b</footer>", "<p>a Tide</p><p>b</p>"),
        (
            "<iframe src=https://x.test/ title='A  film'></iframe>",
            '<div data-embed="https://x.test/" data-title="A film"></div>',
        ),
        ("<div data-title=a>b</div>", "<p>b</p>"),
    ],
)
def test_languages_speakers_and_titles_stay_where_they_mean_something(html, expected):
    assert clean(html) == expected


def test_words_in_another_language_carry_its_direction():
    html = '<p>a <span lang="ar">قال</span></p>'

    assert render(html) == '<p>a <span lang="ar" dir="rtl">قال</span></p>'


@pytest.mark.parametrize(
    "run",
    [
        *("+963 11 222 3344", "011 222-3344", "(0)11 222 3344", "800 123 4567", "٠١١ ٢٢٢ ٣٣٤٤"),
        *("C++", "C#", "@news_desk", "#Raqqa", "737 MAX-8", "737 MAX 8", "747-400ER"),
    ],
)
def test_numbers_and_names_are_set_apart_where_the_text_runs_from_the_right(run):
    html = f"<p>قال {run}، نعم</p>"

    assert render(html, language="ar") == f'<p>قال <bdi dir="ltr">{run}</bdi>، نعم</p>'
    assert render(html) == html


@pytest.mark.parametrize(
    "words",
    [
        *("2016-2017", "2016 - 2017", "1234567", "10 000", "2017/11/30", "NATO 2017", "A&amp;B"),
        *("2017 G20", "400 km", "Boeing 737", "MAX-8"),
    ],
)
def test_years_amounts_and_plain_names_are_part_of_the_text(words):
    assert render(f"<p>قال {words}.</p>", language="ar") == f"<p>قال {words}.</p>"


def test_a_paragraph_in_another_language_runs_that_way_as_a_whole():
    html = '<blockquote><p><span lang="ar">قال <span lang="en">x</span></span></p><p><span lang="es">a</span> b</p></blockquote>'

    assert render(html) == (
        '<blockquote><p lang="ar" dir="rtl">قال <span lang="en" dir="ltr">x</span></p>'
        '<p><span lang="es" dir="ltr">a</span> b</p></blockquote>'
    )


MARKED = {
    "lang": '<span lang="ar">{}</span>',
    "bdi": "<bdi>{}</bdi>",
    "strong": "<strong>{}</strong>",
    "em": "<em>{}</em>",
    "sub": "<sub>{}</sub>",
    "href": '<a href="/x?a=1&amp;b">{}</a>',
}
"""The marks of the editor, the outermost first."""


@st.composite
def runs(draw):
    """Words as the editor marks them."""
    html = draw(st.sampled_from(["a", "b &amp; c", "&lt;d&gt;", "ş", "قال", "x&nbsp;y", "e [f]"]))
    marks = draw(st.sets(st.sampled_from(list(MARKED)), max_size=3))
    for mark in reversed(MARKED):
        html = MARKED[mark].format(html) if mark in marks else html
    return html


def within(tag, content, attrs="", least=1):
    joined = st.lists(content, min_size=least, max_size=3).map("".join)
    return joined.map(lambda html: f"<{tag}{attrs}>{html}</{tag}>")


lines = st.one_of(within("p", runs()), within("h2", runs()), within("h3", runs()))
references = st.sampled_from(
    [
        '<figure data-image="3"></figure>',
        '<aside data-article="4"></aside>',
        '<div data-embed="https://video.test/1"></div>',
        '<div data-embed="https://video.test/2?a&amp;b" data-title="A film"></div>',
    ]
)
cells = st.one_of(within("td", runs()), within("th", within("p", runs())), st.just("<td></td>"))
tables = within("tbody", within("tr", cells)).map(lambda html: f"<table>{html}</table>")
paragraphs = within("p", runs())


def quotes(blocks):
    cite = st.one_of(st.just(""), within("cite", runs()))
    attrs = st.sampled_from(["", ' data-pull=""'])
    inside = st.lists(st.one_of(paragraphs, blocks), min_size=1, max_size=2).map("".join)
    return st.builds(
        lambda attr, html, end: f"<blockquote{attr}>{html}{end}</blockquote>", attrs, inside, cite
    )


def lists(blocks):
    items = st.one_of(
        within("li", runs()),
        within("li", paragraphs),
        st.builds("<li><p>{}</p>{}</li>".format, runs(), blocks),
    )
    return st.one_of(within("ul", items), within("ol", items))


blocks = st.recursive(
    st.one_of(lines, references, tables),
    lambda inner: st.one_of(lists(inner), quotes(inner)),
    max_leaves=4,
)


@settings(max_examples=150)
@given(st.lists(blocks, max_size=4).map("".join))
def test_what_the_editor_can_make_is_kept_as_it_is(html):
    assert body.clean(html) == body.Cleaned(html)
