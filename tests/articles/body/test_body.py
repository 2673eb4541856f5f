"""One body is one object: parsed once a use, and its blocks keep their names."""

import re
from collections import Counter
from html import unescape
from types import SimpleNamespace

import pytest

from articles import body
from articles.actions import writing
from articles.body import markup
from articles.models import Article
from tests import factories

WORDS = (
    '<p>Words of {}.</p><figure data-image="{}"></figure><aside data-waiting="Pier opens"></aside>'
)


@pytest.fixture
def parsed(monkeypatch):
    """Count how often each body is parsed."""
    counted, pieces = Counter(), markup.pieces
    body.parsed.cache_clear()

    def counting(html):
        counted[html] += 1
        return pieces(html)

    monkeypatch.setattr(markup, "pieces", counting)
    return counted


def test_a_body_is_parsed_when_it_is_asked_first_and_never_again(parsed):
    story_body = body.Body('<p>a <a data-article="3">b</a></p>')
    assert not parsed

    assert (story_body.text, story_body.words, len(story_body.blocks)) == ("a b", 2, 1)
    assert story_body.references.articles == {3}
    assert story_body.render(uses={}, links={}, language="en") == "<p>a b</p>"
    assert story_body.rewritten(lambda _tag, _attrs: None).html == "<p>a b</p>"
    assert parsed.total() == 1


@pytest.mark.parametrize(
    ("text", "words", "minutes"),
    [
        ("", 0, 0),
        ("word", 1, 1),
        ("word " * 240, 240, 1),
        ("word " * 660, 660, 3),
        ("北京" * 440, 441, 2),
    ],
)
def test_how_long_it_takes_to_read_goes_by_the_words_also_where_none_has_a_space(
    text, words, minutes
):
    story_body = body.parsed(f"<p>{text}</p>")

    assert (story_body.words, story_body.minutes) == (words, minutes)


def test_a_block_keeps_its_id_wherever_it_stands():
    before = body.Body("<p>a</p>\n<ul><li>b<br>c</li></ul><p>a</p>").blocks
    after = body.Body('<figure data-image="3"></figure><p>a</p><p>new</p>\n<p>a</p>').blocks

    assert [block.html for block in before] == ["<p>a</p>", "<ul><li>b<br>c</li></ul>", "<p>a</p>"]
    assert [after[1].id, after[3].id] == [before[0].id, before[2].id]
    assert len({block.id for block in before + after}) == 5


@pytest.fixture
def article():
    """A story with a picture and a card in each of two languages, live in both."""
    image = factories.ImageFactory()
    bodies = {f"body_{code}": WORDS.format(code, image.pk) for code in ("en", "es")}
    return factories.story(live=["en", "es"], images=[image], **bodies)


@pytest.mark.django_db
def test_a_save_parses_the_body_of_each_language_once_and_what_a_changed_one_was(article, parsed):
    stored = Article.objects.get(pk=article.pk)
    stored.body_en = f"<p>New words.</p>{article.body_en}"

    writing.save(stored)

    assert parsed == {stored.body_en: 1, article.body_en: 1, article.body_es: 1}


@pytest.mark.django_db
def test_the_page_of_a_story_parses_its_body_once(article, parsed, client):
    response = client.get(factories.edition(article).url)

    assert b"Words of en." in response.content
    assert parsed == {article.body_en: 1}


def test_away_from_the_site_a_body_needs_no_stylesheet_and_no_address_of_the_site(settings):
    settings.SITE_URL = "https://news.example"
    story_body = body.Body(
        '<p><a href="/en/about/">a</a></p><table><tbody><tr><td>1</td></tr></tbody></table>'
        '<div data-embed="https://www.video.example/7" data-title="A walk"></div>'
        '<aside data-article="3"></aside><figure data-image="4"></figure>'
    )
    card = SimpleNamespace(url="/en/2019/pier/", title="The <pier>")

    html = story_body.render(uses={}, links={3: card}, language="en", form=body.AWAY)

    assert "".join(html.splitlines()) == (
        '<p><a href="https://news.example/en/about/">a</a></p><table><tbody><tr><td>1</td></tr></tbody></table>'
        '<p><a href="https://www.video.example/7">A walk</a></p>'
        '<p>Read: <a href="https://news.example/en/2019/pier/">The &lt;pier&gt;</a></p>'
    )


@pytest.mark.parametrize("form", [{}, {"form": body.LITE}])
def test_a_mail_address_is_no_address_for_who_collects_them_and_one_for_browsers(form):
    html = (
        '<p>Write to <a href="mailto:desk@post.example">desk@post.example</a>, or as '
        '<a href="https://social.example/@post">@post</a>, at 3 @ 4.</p>'
    )

    shown = body.Body(html).render(uses={}, links={}, language="en", **form)

    assert not re.search(r"mailto|desk|post\.example", shown)
    assert '<a href="https://social.example/@post">@post</a>, at 3 @ 4.' in shown
    assert unescape(shown) == html


def test_a_mail_address_is_given_away_as_it_is():
    html = "<p>desk@post.example</p>"

    assert body.Body(html).render(uses={}, links={}, language="en", form=body.AWAY) == html
