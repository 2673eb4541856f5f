"""A body as Markdown, read back by a reader of Markdown."""

import unicodedata
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings, strategies as st

from articles.body import Body, clean
from articles.representations.markdown.text import text
from tests.articles.representations.feeding import picture
from tests.articles.representations.markdown import reading

SIGNS = r"""ab12 ö\`*_{}[]()<>#+-.!|~&;:=@"'/^$%,?م中""" + "\u200b\xa0\n"
WORDS = st.text(st.sampled_from(SIGNS), min_size=1, max_size=12).map(
    lambda words: words.replace("&", "&amp;").replace("<", "&lt;")
)
OTHER = SimpleNamespace(title="The *other* [story]", url="/en/2019/06/15/other/", genre=None)


def within(tags, inner):
    return st.builds(lambda tag, words: f"<{tag}>{words}</{tag}>", st.sampled_from(tags), inner)


def several(inner, most=4):
    return st.lists(inner, min_size=1, max_size=most).map("".join)


LINK = st.builds(
    '<a href="https://x.example/{}">{}</a>'.format, st.sampled_from(["", "a_(b)*c"]), WORDS
)
LINE = several(
    st.recursive(
        WORDS | st.just("<br>") | LINK,
        lambda inner: within(["em", "strong", "sub", "sup", "bdi"], several(inner, 3)),
        max_leaves=5,
    )
)
BLOCK = st.recursive(
    within(["p", "h2", "h3"], LINE),
    lambda inner: (
        within(["ul", "ol"], several(within(["li"], LINE | several(inner, 2))))
        | within(["blockquote"], several(inner, 2))
    ),
    max_leaves=4,
)
TABLE = several(within(["tr"], several(within(["td", "th"], LINE), 3)), 3).map(
    "<table>{}</table>".format
)


def told(words):
    """Return the signs of words that can be seen, whatever their size."""
    plain = unicodedata.normalize("NFKC", words)
    return "".join(plain.replace("\u200b", "").replace("−", "-").split())


def written(html, **links):
    arguments = {"uses": {7: picture()}, "links": {3: OTHER}} | links
    return text(Body(html), **arguments)


@settings(max_examples=60, deadline=None)
@given(several(BLOCK | TABLE))
@example("<p><em>a</em><strong>b</strong>c<em>.</em></p>")
@example("<p>a<em>b <strong>c</strong></em></p>")
@example("<p>Look!<a href='/en/'>there</a></p>")
@example("<ul><li>a</li></ul><ul><li>b</li></ul><ul><li>c</li></ul>")
def test_what_is_read_back_are_the_same_words_and_links(html):
    body = clean(html).body
    read = written(body.html)

    assert told(reading.words(read)) == told(body.text)
    assert len(reading.links(read)) == body.html.count("<a ")


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>1. May <strong>and</strong> <em>June</em></p>", "1\\. May **and** _June_"),
        ("<p>So<strong>called</strong> a_b *c*</p>", "So<strong>called</strong> a_b \\*c\\*"),
        ("<p>10<sup>6</sup> x<sub>n</sub></p>", "10⁶ x<sub>n</sub>"),
        ("<p>a<br># b</p>", "a\\\n\\# b"),
        ("<h2>One</h2><h3>C#</h3>", "## One\n\n### C\\#"),
        ("<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>", "- a\n\n- b\n\n  1. c"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
        ("<blockquote><p>q</p><cite>Who</cite></blockquote>", "> q\n>\n> — Who"),
        (
            '<p><a href="/en/tag/x/">t</a> <a data-article="3">s</a> <a data-article="4">none</a></p>',
            "[t](http://127.0.0.1:8000/en/tag/x/) [s](http://127.0.0.1:8000/en/2019/06/15/other/) none",
        ),
        (
            '<aside data-article="3"></aside>',
            "Read: [The \\*other\\* \\[story\\]](http://127.0.0.1:8000/en/2019/06/15/other/)",
        ),
        ('<aside data-article="4"></aside><figure data-image="8"></figure>', ""),
        (
            '<figure data-image="7"></figure>',
            '![The "sea"](http://127.0.0.1:8000/media/sea.jpg)\n\n'
            "Waves & wind (A. Painter / Sea · [CC BY 4.0](https://l.example/))",
        ),
        (
            '<div data-embed="https://www.v.example/1" data-title="A film"></div>',
            "[A film](https://www.v.example/1)",
        ),
        (
            '<div data-embed="https://www.v.example/1"></div>',
            "[v.example](https://www.v.example/1)",
        ),
        (
            "<table><caption>C</caption><thead><tr><th>A</th><th>B|</th></tr></thead>"
            '<tbody><tr><td rowspan="2">1</td><td>2<br>3</td></tr><tr><td>4</td></tr></tbody></table>',
            "C\n\n| A | B\\| |\n| --- | --- |\n| 1 | 2<br>3 |\n|  | 4 |",
        ),
        (
            '<table><tbody><tr><td colspan="2">1</td></tr><tr><td>2</td></tr></tbody></table>',
            "|  |  |\n| --- | --- |\n| 1 |  |\n| 2 |  |",
        ),
        ('<p><span lang="ar">سلام</span> <bdi>x</bdi></p>', "سلام x"),
    ],
)
def test_each_part_of_a_text_has_its_form(html, markdown):
    assert written(html) == markdown


def test_a_picture_that_says_nothing_of_itself_stands_alone():
    use = picture(caption="", credit_line="", licence="")
    use.image.creator = ""

    assert written('<figure data-image="7"></figure>', uses={7: use}).count("\n") == 0
