import pytest

from articles import body
from articles.actions import publishing, writing
from articles.actions.publishing import SYSTEM
from articles.derived import waiting_links
from articles.models import Article, Origin, WaitingLink
from articles.texts import column
from tests import factories

# Which words are alike is decided in Python; links that wait come and go on both databases in test_exactness.py.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def card(words):
    return f'<p>Text.</p><aside data-waiting="{words}"></aside>'


def waiting_story(words, *, language="en", title="Who waits", **fields):
    texts = {column("title", language): title, column("body", language): card(words)}
    return factories.story(source_language=language, **texts, **fields)


def titled(words, *, language="en", **fields):
    return factories.story(source_language=language, **{column("title", language): words}, **fields)


def with_origin(external_id, *, source="agency", **texts):
    article = factories.ArticleFactory(**({"title_en": external_id} | texts))
    Origin.objects.create(article=article, source=source, external_id=external_id)
    writing.save(article)
    return article


def pointed(article, language="en"):
    article = Article.objects.get(pk=article.pk)
    return body.Body(getattr(article, column("body", language))).references


@pytest.mark.parametrize("language", ["en", "es", "pt", "ar"])
def test_a_card_waits_for_a_headline_and_finds_it_when_it_arrives(language):
    headline = "قصة أخرى" if language == "ar" else "Otra crónica"
    waiting = waiting_story(headline, language=language)
    assert [link.label for link in WaitingLink.objects.all()] == [headline]
    assert publishing.obstacles(factories.edition(waiting, language), at=None) == []

    target = titled(headline, language=language)

    assert pointed(waiting, language) == body.References(
        images=frozenset(),
        articles=frozenset({target.pk}),
        waiting=frozenset(),
        cards=frozenset({target.pk}),
    )
    assert not WaitingLink.objects.exists()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_card_finds_the_headline_that_is_here_already(language):
    target = titled("قصة أخرى", language=language)

    waiting = waiting_story("قصة أخرى", language=language)

    assert pointed(waiting, language).articles == {target.pk}
    assert not WaitingLink.objects.exists()


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize(
    "words",
    ["crónica de un día", "CRONICA DE UN DIA", "“Crónica de un día”", "Cronica, de un dia!"],
)
def test_case_accents_and_punctuation_are_no_matter(words, is_first):
    if is_first:
        waiting = waiting_story(words)
    target = titled("Crónica de un día")
    if not is_first:
        waiting = waiting_story(words)

    assert pointed(waiting).articles == {target.pk}


@pytest.mark.parametrize("slugs", [{"en": "another-slug"}, None])
def test_a_headline_is_found_whatever_its_slug(slugs):
    titled("Tide", slugs={"en": "tide"}, title_es="Marea")
    Article.objects.all().delete()
    factories.story(title_es="x", title_en="Other", slugs={"en": "tide"})
    target = titled("Tide", slugs=slugs)

    assert pointed(waiting_story("Tide")).articles == {target.pk}


def test_a_headline_in_another_language_is_another_headline():
    titled("Tide", language="es")

    assert pointed(waiting_story("Tide")).articles == set()


def test_a_new_headline_is_found_and_the_old_one_no_longer():
    target = titled("Old words")
    target.title_en = "New words"
    writing.save(target)

    assert pointed(waiting_story("New words", title="A")).articles == {target.pk}
    assert pointed(waiting_story("Old words", title="B")).articles == set()


def test_everybody_who_waits_is_served_in_every_language():
    first = factories.story(
        title_en="A",
        body_en=card("Tide"),
        title_es="B",
        body_es=card("Marea"),
        source_language="en",
    )
    second = waiting_story("TIDE", title="C")

    target = factories.story(title_en="Tide", title_es="Marea")

    assert pointed(first, "en").articles == {target.pk}
    assert pointed(first, "es").articles == {target.pk}
    assert pointed(second).articles == {target.pk}
    assert not WaitingLink.objects.exists()


def test_two_spellings_in_one_body_wait_once_and_are_both_served():
    waiting = factories.story(title_en="A", body_en=card("Tide") + card("TIDE!"))
    assert WaitingLink.objects.count() == 1

    target = titled("Tide")

    assert Article.objects.get(pk=waiting.pk).body_en.count(f'data-article="{target.pk}"') == 2


@pytest.mark.parametrize("is_first", [True, False])
def test_a_reference_to_another_systems_id_is_served_in_either_order(is_first):
    words = waiting_links.origin_key("agency", "story:7")
    if is_first:
        waiting = waiting_story(words)
    target = with_origin("story:7")
    if not is_first:
        waiting = waiting_story(words)

    assert pointed(waiting).articles == {target.pk}
    assert not WaitingLink.objects.exists()


def test_the_id_of_another_source_is_another_story():
    waiting = waiting_story(waiting_links.origin_key("agency", "7"))

    with_origin("7", source="other")

    assert pointed(waiting).articles == set()


def test_a_story_is_not_its_own_further_reading():
    article = waiting_story("Tide", title="Tide")
    assert pointed(article).articles == set()

    other = titled("Tide")

    assert pointed(article).articles == {other.pk}


def test_a_link_keeps_its_words_when_it_is_served():
    waiting = factories.story(title_en="A", body_en='<p><a data-waiting="Tide">said here</a></p>')

    target = titled("Tide")

    html = Article.objects.get(pk=waiting.pk).body_en
    assert html == f'<p><a data-article="{target.pk}">said here</a></p>'


def test_who_waited_is_neither_edited_nor_a_new_version():
    waiting = waiting_story("Tide", title_es="B", body_es=card("Marea"))
    before = Article.objects.filter(pk=waiting.pk).values("rev", "modified_at").get()
    versions = list(waiting.editions.order_by("pk").values())

    factories.story(title_en="Tide", title_es="Marea")

    assert Article.objects.filter(pk=waiting.pk).values("rev", "modified_at").get() == before
    assert list(waiting.editions.order_by("pk").values()) == versions
    assert Article.objects.filter(pk=waiting.pk).values_list("body", flat=True).get() == (
        Article.objects.get(pk=waiting.pk).body_en
    )


def test_a_card_that_is_taken_out_waits_no_longer():
    article = waiting_story("Tide")

    article.body_en = "<p>Text.</p>"
    writing.save(article)

    assert not WaitingLink.objects.exists()


def test_a_card_is_not_shown_before_its_story_is_live(client):
    waiting = waiting_story("Tide")
    publishing.publish(edition := factories.edition(waiting), by=SYSTEM)
    target = titled("Tide", body_en="<p>Water.</p>")
    assert "related-card__link" not in client.get(edition.url).content.decode()

    publishing.publish(factories.edition(target), by=SYSTEM)

    assert "related-card__link" in client.get(edition.url).content.decode()
