import json

import pytest
from hypothesis import given, strategies as st

from articles.representations.markdown import words
from tests.articles.representations.markdown import reading

LINE = st.text(st.sampled_from("""ab1 \\`*_{}[]()<>#+-.!|~&;:="'/é"""), min_size=1, max_size=20)


@given(st.lists(LINE, min_size=1, max_size=4).map("\n".join))
def test_plain_words_are_read_as_paragraphs_of_the_same_words(lines):
    read = "\n\n".join(words.lines(lines))

    assert reading.kinds(read) <= {"hardbreak"}
    assert reading.words(read) == " ".join(lines.split())


@given(LINE)
def test_a_heading_and_a_link_hold_the_same_words(line):
    read = words.heading(2, words.link(f"{words.escaped(line)}.", "https://x.example/a (b)|<c>"))

    [(told, url)] = reading.links(read)
    assert told.split() == f"{line}.".split()
    assert url == "https://x.example/a%20%28b%29%7C%3Cc%3E"
    assert [level for level, _words in reading.headings(read)] == [2]


def test_facts_are_told_in_one_line_each_and_what_says_nothing_is_left_out():
    read = words.front_matter({"title": 'A "b"\n---\u2028c', "tags": [], "list": ["م"]})

    assert read == '---\ntitle: "A \\"b\\"\\n---\\u2028c"\nlist: ["م"]\n---'
    assert json.loads(read.split("\n")[1].removeprefix("title: ")) == 'A "b"\n---\u2028c'


@pytest.mark.parametrize(
    ("mark", "items", "read"),
    [
        ("-", ["a", "b"], "- a\n- b"),
        ("1.", ["a\n\nb", "c"], "1. a\n\n   b\n\n2. c"),
    ],
)
def test_a_list_keeps_what_belongs_to_an_item_together(mark, items, read):
    assert words.listed(items, mark=mark) == read
