"""What is left of a drawing from outside: what it paints, and nothing that acts or leads anywhere."""

import xml.etree.ElementTree as ET
from contextlib import suppress

import pytest
from hypothesis import example, given, settings, strategies as st

from newsroom.files import svg
from newsroom.files.svg import NotADrawing, cleaned

SQUARE = '<path d="M0 0H9V9Z"/>'
LONG = 100_000


def drawing(inside=SQUARE, *, root='viewBox="0 0 40 10"', before=""):
    names = f'xmlns="{svg.NAMESPACE}" xmlns:xlink="{svg.XLINK}"'
    return f"{before}<svg {names} {root}>{inside}</svg>".encode()


def left(inside, **options):
    return cleaned(drawing(inside, **options)).data.decode().partition('viewBox="0 0 40 10">')[2]


def why(data):
    with pytest.raises(NotADrawing) as refused:
        cleaned(data)
    return refused.value.why


def test_what_paints_is_kept():
    inside = (
        '<defs><linearGradient id="a"><stop offset="0" stop-color="#f00"/></linearGradient></defs>'
        '<g transform="translate(1 2)"><rect width="9" height="9" fill="url(#a)"/></g>'
        '<text x="1" y="9" font-family="serif">Ş &amp; ق</text>'
    )

    assert left(inside) == f"{inside}</svg>"


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<script href="https://evil.example/a.js"/>',
        "<style/>",
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><b>x</b></body></foreignObject>",
        '<image href="https://evil.example/a.png"/>',
        '<image href="data:image/svg+xml,&lt;svg/>"/>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<set attributeName="onload" to="alert(1)"/>',
        '<handler xmlns="http://www.w3.org/2001/xml-events">alert(1)</handler>',
        '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
        "<iframe/><embed/><object/><audio/><video/><discard/>",
        '<feImage href="https://evil.example/"/><filter id="a"/>',
        "<title>By somebody</title><desc>Secret</desc><metadata>Secret</metadata>",
        "<?xml-stylesheet href='https://evil.example/a.css'?><!-- Secret -->",
    ],
)
def test_what_acts_leads_away_or_only_tells_is_left_out(inside):
    assert left(inside + SQUARE) == f"{SQUARE}</svg>"


@pytest.mark.parametrize(
    "attribute",
    [
        'onload="alert(1)"',
        'ONCLICK="alert(1)"',
        'href="https://evil.example/"',
        'href="javascript:alert(1)"',
        'href=" #a"',
        'xlink:href="data:text/html,x"',
        'fill="url(https://evil.example/#a)"',
        'fill="url( &quot;//evil.example&quot; )"',
        'fill="u\\72l(//evil.example)"',
        'fill="url/**/(//evil.example)"',
        'mask="image(url(#a) //evil.example)"',
        'fill="src(//evil.example)"',
        'style="fill: url(//evil.example); background: url(//evil.example); behavior: url(#x)"',
        'xml:base="https://evil.example/"',
        'filter="url(#a)" cursor="url(x)" class="b" data-x="1" requiredExtensions="x"',
        'id="a b"',
    ],
)
def test_attributes_that_act_or_lead_away_are_left_out(attribute):
    assert left(f'<path d="M0 0H9V9Z" {attribute}/>') == f"{SQUARE}</svg>"


def test_a_link_keeps_what_it_holds_and_loses_where_it_leads():
    assert left(f'<a href="https://evil.example/">{SQUARE}</a>').startswith(f"<g>{SQUARE}</g>")


def test_styles_become_attributes_in_the_order_of_css():
    inside = (
        "<style>/* a */ path { fill: red; stroke: blue } .a, .b { fill: green } #c { fill: gold !important }</style>"
        '<path d="M1"/><path class="b" d="M2" fill="pink"/><path class="b" id="c" d="M3"/>'
        '<path class="b" d="M4" style="fill:navy"/>'
    )

    root = ET.fromstring(cleaned(drawing(inside)).data)
    assert [path.get("fill") for path in root] == ["red", "green", "gold", "navy"]
    assert {path.get("stroke") for path in root} == {"blue"}
    assert not any({"class", "style"} & path.attrib.keys() for path in root)


@pytest.mark.parametrize(
    "css",
    [
        "@import url(https://evil.example/a.css);",
        "@media print { path { fill: red } }",
        "g > path { fill: red }",
        "path:hover { fill: red }",
        "path { fill: red",
        "}",
    ],
)
def test_styles_that_are_not_plain_are_refused_and_not_lost(css):
    assert why(drawing(f"<style>{css.replace('>', '&gt;')}</style>{SQUARE}")) == "style"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"<html/>",
        b"\x00" * 9,
        b"<svg",
        b"\xff\xfe<\x00",
        b'<svg xmlns="https://other.example"/>',
        b'<?xml version="1.0" encoding="no-such"?><svg/>',
        b'<?xml version="1.0" encoding="utf-16"?><svg/>',
        b"<svg><path></svg>",
    ],
)
def test_what_is_no_svg_is_said_to_be_none(data):
    assert why(data) == "no svg"


def test_a_document_type_goes_and_one_with_entities_is_refused():
    public = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    file = '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

    assert b"DOCTYPE" not in cleaned(drawing(before=public)).data
    assert why(drawing("<text>&b;</text>", before=bomb)) == "entities"
    assert why(drawing("<text>&a;</text>", before=file)) == "entities"


def test_one_that_would_keep_a_browser_busy_is_refused():
    used = '<g id="a0"><path d="M0"/></g>' + "".join(
        f'<g id="a{number + 1}">{f"""<use href="#a{number}"/>""" * 10}</g>' for number in range(9)
    )
    masked = '<mask id="a0"><path d="M0"/></mask>' + "".join(
        f'<mask id="a{number + 1}">{f"""<path mask="url(#a{number})"/>""" * 10}</mask>'
        for number in range(9)
    )
    chain = "".join(f'<g id="a{number}"><use href="#a{number + 1}"/></g>' for number in range(900))

    assert why(drawing(used)) == "heavy"
    assert why(drawing(f'{masked}<path mask="url(#a9)"/>')) == "heavy"
    assert why(drawing('<g id="a"><use href="#a"/></g>')) == "heavy"
    assert why(drawing(chain)) == "heavy"
    assert why(drawing("<g>" * 60 + SQUARE + "</g>" * 60)) == "heavy"
    assert why(drawing(SQUARE * (svg.COUNT + 1))) == "heavy"
    again = "".join(f'<g id="a{number}"/>' for number in range(9))  # a browser takes the first
    assert why(drawing(used + again)) == "heavy"
    rules = "".join(f"path{{{name}:{'a' * 100}}}" for name in svg.PROPERTIES)
    assert why(drawing(f"<style>{rules}</style>{'<path/>' * 300}")) == "heavy"
    assert why(drawing(f"<style>{'a{}' * (svg.RULES + 1)}</style>{SQUARE}")) == "heavy"


@pytest.mark.parametrize(
    "root",
    [
        f'viewBox="0 0 9 9"><style>{" " * LONG}</style',
        f'viewBox="0 0 9 9"><style>{"/*" * LONG}</style',
        f'viewBox="0 0 9 9"><path d="{"M" * LONG}"/',
        f'viewBox="0 0 9 9"><path fill="url({" " * LONG}"/',
        f'height="1" width="{"1" * LONG}x"',
        f'viewBox="{"0 " * LONG}"',
    ],
    ids=range(6),
)
def test_a_long_one_takes_no_longer_than_its_length(root):
    """Expressions that begin anew at each letter need hours for these."""
    with suppress(NotADrawing):
        cleaned(drawing(root=root))


def test_one_that_paints_nothing_is_refused():
    assert why(drawing('<image href="a.png"/>')) == "empty"


@pytest.mark.parametrize(
    ("root", "size", "box"),
    [
        ('viewBox="0 0 40 10"', (1000, 250), "0 0 40 10"),
        ('viewBox="-5,-5 10,20" width="1" height="9"', (500, 1000), "-5 -5 10 20"),
        ('width="30mm" height="3cm"', (1000, 1000), "0 0 113.386 113.386"),
        ('width="1" height="3000"', (1, 1000), "0 0 1 3000"),
    ],
)
def test_the_size_is_that_of_what_it_shows(root, size, box):
    picture = cleaned(drawing(root=root))

    assert (picture.width, picture.height) == size
    assert f'width="{size[0]}" height="{size[1]}" viewBox="{box}"'.encode() in picture.data


@pytest.mark.parametrize(
    "root",
    [
        "",
        'width="100%" height="10"',
        'viewBox="0 0 0 10"',
        'viewBox="0 0 nan 10"',
        'viewBox="0 0 inf 1"',
        'viewBox="a"',
        'width="1e99" height="1"',
        'viewBox="0 0 -4 4"',
    ],
)
def test_one_without_a_size_is_refused(root):
    assert why(drawing(root=root)) == "size"


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
EVIL = st.sampled_from(
    [
        "javascript:alert(1)",
        "url(//evil.example)",
        "#a",
        "url(#a)",
        "url(#a) red",
        "\\75rl(x)",
        "&#x9;x",
    ]
)
NAMES = st.sampled_from(
    [
        *sorted(svg.ELEMENTS),
        "script",
        "style",
        "foreignObject",
        "image",
        "animate",
        "a",
        "switch",
        "set",
    ]
)
ATTRIBUTES = st.sampled_from(
    [*sorted(svg.PROPERTIES | svg.GEOMETRY), "id", "href", "style", "class", "onload", "filter"]
)


def element(children):
    return st.tuples(NAMES, st.dictionaries(ATTRIBUTES, WORDS | EVIL, max_size=4), children)


TREES = st.recursive(
    element(st.just([])), lambda inner: element(st.lists(inner | WORDS, max_size=4)), max_leaves=12
)


def markup(tree):
    def made(tree):
        name, attributes, children = tree
        node = ET.Element(name, attributes)
        for child in children:
            if isinstance(child, str):
                target = node[-1] if len(node) else node
                kept = "tail" if len(node) else "text"
                setattr(target, kept, (getattr(target, kept) or "") + child)
            else:
                node.append(made(child))
        return node

    return ET.tostring(made(tree), encoding="unicode")


@settings(max_examples=40)
@given(st.lists(TREES, max_size=4))
@example([("a", {"href": "#a"}, [("use", {"href": "#a", "id": "a"}, [])])])
@example([("use", {}, [])])
def test_whatever_comes_only_what_is_known_is_left_and_again_it_is_the_same(trees):
    try:
        picture = cleaned(drawing("".join(map(markup, trees)) + SQUARE))
    except NotADrawing:
        return

    for node in ET.fromstring(picture.data).iter():
        name = node.tag.removeprefix(f"{{{svg.NAMESPACE}}}")
        assert name in svg.ELEMENTS
        for attribute, value in node.attrib.items():
            assert attribute in svg.PROPERTIES | svg.GEOMETRY | {"id", "href"}
            assert attribute != "href" or value.startswith("#")
            assert "url" not in value or svg.REFERENCE.fullmatch(value) or "(" not in value
    assert cleaned(picture.data) == picture


@given(st.binary(max_size=200), st.integers(0, 80), st.binary(max_size=4))
def test_no_bytes_make_it_fail_in_another_way(data, place, noise):
    sample = drawing()
    for content in (data, sample[:place] + noise + sample[place:]):
        with suppress(NotADrawing):
            cleaned(content)
