"""XML and HTML of strangers: read as far as it goes, refused in a sentence where it could do harm."""

import pytest

from articles.importers import markup
from articles.importers.story import BadFile
from tests import samples

BOMB = (
    '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><r><item>&b;</item></r>'
)


@pytest.fixture
def items(tmp_path):
    """Return the words of the items of a file."""

    def items(data, name="item"):
        path = tmp_path / "a.xml"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return ["".join(element.itertext()) for element in markup.elements(path, name)]

    return items


def test_items_come_one_at_a_time_whatever_their_namespace(items):
    data = '<r xmlns:a="urn:a"><a:item>One</a:item><item>Two <b>words</b></item></r>'

    assert items(data) == ["One", "Two words"]
    assert items(data, "{urn:a}item") == ["One"]


def test_what_was_read_is_forgotten(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text("<r>" + "<item>x</item>" * 20_000 + "</r>")

    assert max(len(element.getparent()) for element in markup.elements(path, "item")) < 9_000


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("a&nbsp;b &eacute;<i>&hellip;</i> &amp;amp; &lt;", "a\xa0b é… &amp; <"),
        (
            "AT&T, R&amp;D, &oops; &#8217; &#x2019; &#0; &#xFFFF; &#9999999;",
            "AT&T, R&D, &oops; ’ ’ \ufffd \ufffd \ufffd",
        ),
        ("a\x0bb\x00c", "abc"),
        ("<![CDATA[a&nbsp;b & c]]>&nbsp;", "a&nbsp;b & c\xa0"),
        ("<![CDATA[a]]> b ]]> c", "a b ]]> c"),
    ],
)
def test_what_xml_forbids_is_mended_before_anything_is_lost(items, words, read):
    assert items(f"<r><item>{words}</item></r>") == [read]


def test_nothing_is_lost_where_a_chunk_ends(items, monkeypatch):
    words = "<![CDATA[a&amp;b]]> ]] &hellip;" * 9
    monkeypatch.setattr(markup, "CHUNK", 7)

    assert items(f"<r><item>{words}</item></r>") == ["a&amp;b ]] …" * 9]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "windows-1252"])
def test_the_mark_or_the_declaration_tells_the_encoding(items, encoding):
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?><r><item>São</item></r>'

    assert items(text.encode(encoding)) == ["São"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (BOMB, "its DOCTYPE declares entities"),
        ("\n<?a b?><!-- c -->" + BOMB, "its DOCTYPE declares entities"),
        (BOMB.encode("utf-16"), "its DOCTYPE declares entities"),
        ('<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><r/>', "declares entities"),
        ("<!DOCTYPE r [<!ENTITY % e '<!ENTITY f \"g\">'>%e;]><r/>", "declares entities"),
        ('<?xml version="1.0" encoding="utf-7"?><r/>', 'its encoding is "utf-7"; save it as UTF-8'),
        ('<?xml version="1.0" encoding="rot13"?><r/>', 'its encoding is "rot13"'),
        (b"<r><item>S\xe3o</item></r>", "some bytes are no UTF-8"),
        ("Words.", "from line 1 on (Start tag expected"),
        ("<r><item>One</item><item>Two</oops></r>", "not well-formed from line 1 on"),
        ("<r>\n<item>One</item>", "not well-formed from line 2 on"),
        ("<a>" * 100_000, "from line 1 on (Excessive depth"),
    ],
)
def test_what_may_not_be_read_or_is_not_whole_is_one_sentence(items, data, sentence):
    with pytest.raises(BadFile) as caught:
        items(data)

    assert sentence in str(caught.value)
    assert "\n" not in caught.value.sentence


def test_a_doctype_alone_is_none_of_our_business(items):
    data = '<!DOCTYPE nitf SYSTEM "nitf-3-2.dtd"><nitf><item>One</item></nitf>'

    assert items(data) == ["One"]


def test_the_dtd_of_what_is_inside_is_named_and_never_fetched(items, tmp_path):
    tmp_path.joinpath("nitf.dtd").write_text("<!ENTITY secret 'words'><!ATTLIST item a CDATA 'b'>")
    data = '<!DOCTYPE r [<!ENTITY % nitf SYSTEM "nitf.dtd"> %nitf; ]><r><item>&secret;</item></r>'

    assert items(data) == ["&secret;"]


@samples.needed
def test_bombs_and_letters_from_outside_are_refused():
    bombs = [
        path for path in samples.HOSTILE.glob("defusedxml/*.xml") if b"ENTITY" in path.read_bytes()
    ]

    assert len(bombs) > 4
    for path in bombs:
        with pytest.raises(BadFile, match="declares entities"):
            list(markup.elements(path, "item"))


@pytest.mark.parametrize(
    ("head", "tag"),
    [
        ('\ufeff<?xml version="1.0"?>\n<!-- a > b --><rss version="2.0">', '<rss version="2.0"'),
        ("<!DOCTYPE html>\n<html lang=en>", "<html lang=en"),
        ('<!DOCTYPE a [<!ELEMENT a (b)>\n]>\n<a\n b="c" />', '<a\n b="c" /'),
        ("words < more", ""),
        ("<!--" * 10_000, ""),
    ],
)
def test_the_first_tag_tells_what_a_document_is(head, tag):
    assert markup.start_tag(head) == tag


def test_html_is_read_whatever_it_is():
    assert markup.parse_html("<p>São<b>x</p>").text_content() == "Sãox"
    assert markup.parse_html('<?xml version="1.0" encoding="x"?><p>a').text_content() == "a"
    assert markup.parse_html(" <!-- a -->") is None
