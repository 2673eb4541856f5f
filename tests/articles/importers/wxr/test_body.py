"""The body of a WordPress post: classic text, blocks, shortcodes, pictures, links."""

import re

import pytest
from hypothesis import given, settings, strategies as st

from articles.importers.wxr.body import Body
from articles.importers.wxr.index import Attachment, Index
from articles.importers.wxr.pictures import Album

UPLOADS = "https://site.example/wp-content/uploads"


def index():
    site_index = Index(base="https://site.example", hosts={"site.example"})
    for number, name in (("7", "pier.jpg"), ("8", "quay.jpg"), ("9", "tide.mp3")):
        site_index.attachments[number] = Attachment(
            f"{UPLOADS}/2017/{name}", "", f"Caption {number}", "", "", ""
        )
        site_index.files[f"2017/{name}"] = number
    site_index.children["1"] = [(2, "7"), (1, "8")]
    site_index.lines, site_index.links = {"12": 5}, {"2017/strike": "12"}
    site_index.blocks["30"] = "<!-- wp:paragraph --><p>Shared.</p><!-- /wp:paragraph -->"
    return site_index


def made(text, **meta):
    album = Album(index(), None)
    body = Body(album.index, album, "en", "1", meta)
    return body.convert(text), album, body.notes


def html(text, **meta):
    return made(text, **meta)[0]


def picture(name="pier.jpg"):
    return f'<img src="{UPLOADS}/2017/{name}">'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One\ntwo\n\nthree", "One<br>two<p>three"),
        ("One\r\n \t\r\n\r\ntwo", "One<p>two"),
        ("<h2>A</h2>\nOne\n\n<ul>\n<li>x</li>\n</ul>\nTwo", "<h2>A</h2>One<ul><li>x</li></ul>Two"),
        ("<pre>a\n\n b</pre>\nEnd", "<pre>a\n\n b</pre>End"),
        ("a<br />\nb", "a<br />b"),
        ("<blockquote>One\n\ntwo</blockquote>", "<blockquote>One<p>two</blockquote>"),
        ("<p>A</p>\n&nbsp;\n<p>B</p>", "<p>A</p><p>B</p>"),
        ("Before<!--more-->\n\nafter", "Before<p>after"),
    ],
)
def test_blank_lines_of_a_classic_post_are_paragraphs(text, expected):
    assert html(text).replace("\n<", "<").replace(">\n", ">") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!-- wp:more --><!--more--><!-- /wp:more -->", ""),
        ('<!-- wp:spacer {"height":"20px"} --><div style="x"></div><!-- /wp:spacer -->', ""),
        (
            '<!-- wp:embed {"url":"https://v.example/1"} /-->',
            '<div data-embed="https://v.example/1"></div>',
        ),
        (
            '<!-- wp:core-embed/x {"url":"https://v.example/a\\u0026b"} --><figure><div>https://v.example/</div>'
            "<figcaption>A <b>film</b></figcaption></figure><!-- /wp:core-embed/x -->",
            '<div data-embed="https://v.example/a&amp;b" data-title="A film"></div>',
        ),
        (
            "<!-- wp:pullquote --><figure><blockquote><p>Q</p></blockquote></figure><!-- /wp:pullquote -->",
            "<figure><blockquote data-pull><p>Q</p></blockquote></figure>",
        ),
        ('<!-- wp:block {"ref":30} /-->', "<p>Shared.</p>"),
        ('<!-- wp:gallery {"ids":[7,"8"]} /-->', picture() + picture("quay.jpg")),
        (
            '<!-- wp:cover {"url":"https://o.example/a.jpg","id":99} --><p>T</p><!-- /wp:cover -->',
            '<img src="https://o.example/a.jpg"><p>T</p>',
        ),
        (
            "<!-- wp:group --><div><!-- wp:paragraph --><p>A</p></div><!-- /wp:group -->",
            "<div><p>A</p></div>",
        ),
        ("<!-- wp:html --><p>[gallery]\n\nx</p><!-- /wp:html -->", "<p>[gallery]\n\nx</p>"),
        ("<!-- wp:paragraph {broken -->\n<p>A</p>\n<!-- /wp:paragraph -->", "<p>A</p>"),
        (
            "Loose\n\nwords<!-- wp:paragraph --><p>A</p><!-- /wp:paragraph -->",
            "Loose<p>words<p>A</p>",
        ),
        (
            '<!-- wp:file --><a href="/f.pdf">F</a><a class="wp-block-file__button" href="/f.pdf">Download</a><!-- /wp:file -->',
            '<a href="/f.pdf">F</a>',
        ),
    ],
)
def test_blocks_are_what_they_show(text, expected):
    assert html(text) == expected


def test_a_block_that_shows_other_stories_is_left_out_and_counted():
    _html, _album, notes = made(
        "<!-- wp:latest-posts /--><!-- wp:paragraph --><p>A</p><!-- /wp:paragraph -->"
    )

    assert [(str(note), note.kind) for note in notes] == [
        (
            "Blocks that show nothing here: latest-posts.",
            "blocks that show what is no part of a story",
        )
    ]


def test_footnotes_stand_where_their_block_does():
    notes = '[{"id":"a","content":"See <em>there</em>."}]'

    assert (
        html("<!-- wp:footnotes /-->", footnotes=notes) == "<ol><li>See <em>there</em>.</li></ol>"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[gallery ids="8,7"]', picture("quay.jpg") + picture()),
        ("[gallery]", picture("quay.jpg") + picture()),
        (
            "[embed width=3]https://v.example/1[/embed]",
            '<div data-embed="https://v.example/1"></div>',
        ),
        (
            '[video mp4="https://v.example/a.mp4"][/video]',
            '<div data-embed="https://v.example/a.mp4"></div>',
        ),
        ("[youtube=https://youtu.be/abc]", '<div data-embed="https://youtu.be/abc"></div>'),
        ("[vimeo 123]", '<div data-embed="https://vimeo.com/123"></div>'),
        ('[playlist ids="9"]', f'<div data-embed="{UPLOADS}/2017/tide.mp3"></div>'),
        ('[code lang="py"]a < b[/code]', "<pre>a &lt; b</pre>"),
        ("[pullquote]Said[/pullquote]", "<blockquote data-pull>Said</blockquote>"),
        ('[vc_row][vc_column width="1/2"]Words[/vc_column][/vc_row]', "Words"),
        ("[[gallery]]", "[[gallery]]"),
        (
            "He said [sic] that [Ana's] box [of the day] is [video] here",
            "He said [sic] that [Ana's] box [of the day] is [video] here",
        ),
        ('<a title="[gallery]">x</a>', '<a title="[gallery]">x</a>'),
    ],
)
def test_shortcodes_are_what_they_show(text, expected):
    assert re.sub(r"<p>|\n", "", html(text)) == expected


def test_an_unknown_shortcode_stays_to_be_seen_and_is_named():
    told, _album, notes = made('A [donate to="us" sum=5] b [my_box]inside[/my_box] c')

    assert told == "A [donate to=‘us’ sum=5] b [my_box]inside[/ my_box] c"
    assert [note.split("]")[0] for note in notes] == [
        "The shortcode [donate",
        "The shortcode [my_box",
    ]


@pytest.mark.parametrize(
    "text",
    [
        f'[caption id="x"]<a href="{UPLOADS}/2017/pier.jpg"><img class="wp-image-7" src="{UPLOADS}/2017/pier-300x200.jpg" /></a> The pier[/caption]',
        f'[caption caption="The pier"]<img src="{UPLOADS}/2017/pier.jpg?w=600">[/caption]',
        '<figure><img src="//www.site.example/wp-content/uploads/2017/pier-scaled.jpg"><figcaption>The <b>pier</b></figcaption></figure>',
        f'<ul class="blocks-gallery-grid"><li class="blocks-gallery-item"><figure><img data-id="7" src="{UPLOADS}/2017/pier-1x1.jpg"><figcaption>The pier</figcaption></figure></li></ul>',
        '<figure><img src="https://i0.wp.com/site.example/wp-content/uploads/2017/pier.jpg?fit=1"><figcaption>The pier</figcaption></figure>',
    ],
)
def test_a_picture_is_that_of_its_attachment_with_the_words_under_it(text):
    told, album, notes = made(text)
    (pier,), _gaps = album.pictures()

    assert re.sub(r"</?(?:figure|p)>|\n", "", told) == picture()
    assert pier.caption == {"en": "The pier"}
    assert notes == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<img class="emoji" alt="😀" src="https://s.w.org/e.png">', "😀"),
        ('<img src="https://stats.example/p.gif" width="1" height="1">', ""),
        ("<img alt=''>", ""),
        ('<img src="/wp-content/uploads/2017/pier.jpg">', picture()),
        (
            '<img src="data:image/gif;base64,R0" data-src="https://o.example/b-20x30.jpg">',
            '<img src="https://o.example/b.jpg">',
        ),
        (
            '<a href="https://other.example/"><img src="https://o.example/b.jpg"></a>',
            '<img src="https://o.example/b.jpg">',
        ),
        ('<a href="http://www.site.example/2017/strike#c">s</a>', '<a data-article="12">s</a>'),
        ('<a href="/?p=12&amp;x=1">s</a>', '<a data-article="12">s</a>'),
        (
            '<a href="https://site.example/other/">s</a>',
            '<a href="https://site.example/other/">s</a>',
        ),
        (
            '<a href="https://else.example/2017/strike/">s</a>',
            '<a href="https://else.example/2017/strike/">s</a>',
        ),
        ("https://youtu.be/abc", '<div data-embed="https://youtu.be/abc"></div>'),
        ("https://site.example/2017/strike/", '<aside data-article="12"></aside>'),
        ("https://a.example/b", "https://a.example/b"),
    ],
)
def test_pictures_and_links_are_called_by_the_names_of_the_file(text, expected):
    assert html(text) == expected


TOKENS = [
    "a",
    "bb",
    " ",
    "\n",
    "\n\n",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "[",
    "]",
    "[x]",
    "[/x]",
    '[x y="z"]',
    "<!--",
    "-->",
]
TOKENS += [
    "[caption]",
    "[/caption]",
    "[gallery]",
    "<img src='https://o.example/c.jpg'>",
    "<",
    "&amp;",
    "<!-- wp:group -->",
]
TOKENS += [
    "<!-- /wp:group -->",
    "<!-- wp:html -->",
    "[quote]",
    "[/quote]",
    "[vc_row]",
    "<figure>",
    "</figure>",
    '"',
    "'",
]


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 99), st.sampled_from(TOKENS)), max_size=30))
def test_whatever_stands_between_them_words_stay_in_their_order(pairs):
    text = "".join(f" w{place}x{number} {token}" for place, (number, token) in enumerate(pairs))
    shown = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    told, album, _notes = made(text)
    words = re.compile(r"w\d+x\d+")
    captions = {
        word for captioned in album.pictures()[0] for word in words.findall(str(captioned.caption))
    }

    wanted = [word for word in words.findall(shown) if word not in captions]
    assert [word for word in words.findall(told) if word not in captions] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "<!--" * 9_000,
        '[a b="' * 20_000,
        "[x]" * 20_000,
        "[quote]" * 500 + "[/quote]" * 500,
        "<a '" * 9_000,
        "\n" * 50_000,
        "<figure>" * 20_000,
    ],
)
def test_a_hostile_text_takes_no_time(text):
    assert made(text)
