"""Files that are broken, cut off, hostile or only old: what can be read is read, and the rest is said."""

import pytest

from articles.importers.story import BadFile, BadStory
from articles.importers.wxr import records
from tests.articles.importers.wxr import export
from tests.articles.importers.wxr.export import post, write


@pytest.mark.parametrize("size", [1, 97, 1 << 20])
def test_items_are_cut_out_whatever_the_pieces_in_which_a_file_comes(tmp_path, monkeypatch, size):
    monkeypatch.setattr(records, "CHUNK", size)
    path = write(tmp_path, *(post(number, f"<p>{number} </item> ]] ></p>") for number in (1, 2, 3)))

    stories = export.read(path)

    assert [story.texts["en"].body for story in stories] == [
        f"<p>{n} </item> ]] ></p>" for n in (1, 2, 3)
    ]


def test_lines_are_those_of_the_file(tmp_path):
    path = write(tmp_path, post(1), "\n\n", post("x"))

    _story, refused = export.read(path)

    assert refused.line == 10
    assert str(refused).startswith("Line 10: it has no wp:post_id")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("nested <![CDATA[ tags ]]> :)", "nested &lt;![CDATA[ tags ]]> :)"),
        ("]]>", "]]>"),
        ("split ]]]]><![CDATA[> in two", "split ]]> in two"),
        ("a <![CDATA[ b ]]> c <![CDATA[ d: ]]>", "a &lt;![CDATA[ b ]]> c &lt;![CDATA[ d: ]]>"),
        ("bell\x07 and\x0b tab\x1f", "bell and tab"),
        ("\\o/ aren\\'t", "\\o/ aren\\'t"),
    ],
)
def test_every_word_of_a_section_is_kept(tmp_path, content, words):
    (story, after) = export.read(write(tmp_path, post(1, content), post(2)))

    assert story.texts["en"].body == words
    assert after.external_id == "2"


def test_a_section_that_is_never_closed_ends_with_its_element(tmp_path):
    broken = post(1, "Lost").replace("]]></content", "</content")

    story, after = export.read(write(tmp_path, broken, post(2)))

    assert story.texts["en"].body == "Lost"
    assert story.notes[0].startswith("It is not well-formed")
    assert after.notes == ()


def test_what_is_no_xml_is_mended_and_spoils_nothing_else(tmp_path):
    broken = post(1, title="TITLE").replace("TITLE", "AT&T &nbsp;&amp; a < b")
    unclosed = post(2).replace("</item>", "")
    mixed = post(3).replace("</wp:status>", "</wp:stat>")

    stories = export.read(write(tmp_path, broken, unclosed, mixed, post(4)))

    assert [story.external_id for story in stories] == ["1", "2", "3", "4"]
    assert stories[0].texts["en"].title == "AT&T & a < b"


def test_a_file_that_is_cut_off_tells_which_item_is_lost(tmp_path):
    path = write(tmp_path, post(1), post(2))
    path.write_bytes(path.read_bytes()[:-200])

    first, lost = export.read(path)

    assert first.external_id == "1"
    assert isinstance(lost, BadStory)
    assert "the file ends inside it" in str(lost)


def test_an_item_that_is_too_long_is_refused_and_the_next_one_read(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "MAX_RECORD", 20_000)
    monkeypatch.setattr(records, "CHUNK", 4_000)
    path = write(tmp_path, post(1), post(2, "x" * 60_000), post(3))

    assert [
        story.external_id for story in export.read(path) if not isinstance(story, BadStory)
    ] == [
        "1",
        "3",
    ]


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_older_versions_are_read_alike(tmp_path, version):
    path = write(tmp_path, post(1))
    path.write_text(path.read_text().replace("export/1.2/", f"export/{version}/"))

    assert export.read(path)[0].texts["en"].body == "Words."


def test_prefixes_that_nobody_declared_are_no_matter(tmp_path):
    path = write(tmp_path, post(1, more="<media:thumbnail url='x'/>"))
    path.write_text(path.read_text().replace("xmlns:wp", "xmlns:other"))

    assert export.read(path)[0].notes == ()


def test_a_file_without_a_post_says_what_it_holds(tmp_path):
    with pytest.raises(BadFile, match="it holds no post, only 2 × page"):
        export.read(write(tmp_path, post(1, post_type="page"), post(2, post_type="page")))


def test_entities_of_a_file_are_refused(tmp_path):
    path = write(tmp_path, post(1))
    bomb = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss'
    path.write_text(path.read_text().replace("<rss", bomb))

    with pytest.raises(BadFile, match="entities"):
        export.read(path)
