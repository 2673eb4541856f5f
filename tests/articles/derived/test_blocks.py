import pytest
from hypothesis import given, settings as example_settings, strategies as st
from hypothesis.extra.django import TestCase
from reversion.models import Version

from articles.actions import restoring, writing
from articles.derived import blocks
from articles.models import Article, Blocks, Edition
from newsroom.db import locks
from tests import factories

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

ONE, TWO, THREE = "<p>One ferry.</p>", "<p>Two bridges.</p>", "<p>Three schools.</p>"
UNO, DOS, TRES = "<p>Un ferri.</p>", "<p>Dos puentes.</p>", "<p>Tres escuelas.</p>"
TEXTS = {
    "source_language": "en",
    "title_en": "A",
    "body_en": ONE + TWO,
    "title_es": "B",
    "body_es": UNO + DOS,
    "title_pt": "C",
    "body_pt": UNO + DOS,
}


def change(article, **texts):
    """Save a story as a form does, which reads it first."""
    article = Article.objects.get(pk=article.pk)
    for name, words in texts.items():
        setattr(article, name, words)
    writing.save(article)
    return behind(article)


def behind(article):
    rows = Edition.objects.filter(article=article).order_by("language")
    return dict(rows.values_list("language", "blocks_behind"))


def test_a_change_of_the_source_is_counted_in_each_translation_and_a_rewording_in_its_own():
    article = factories.story(**TEXTS)
    assert not Blocks.objects.exists()

    assert change(article, body_en=TWO + ONE) == {"en": 0, "es": 0, "pt": 0}
    assert change(article, body_en=TWO.upper() + ONE, title_en="Z") == {"en": 0, "es": 2, "pt": 2}
    # A typo that is mended elsewhere catches up with nothing else.
    assert change(article, title_es="Y") == {"en": 0, "es": 1, "pt": 2}
    assert change(article, body_es=UNO + DOS.upper()) == {"en": 0, "es": 0, "pt": 2}
    assert change(article, title_en="A", body_en=ONE + TWO)["pt"] == 0


def test_a_story_of_one_language_keeps_nothing_and_costs_nothing(django_assert_num_queries):
    article = factories.story(title_en="A", body_en=ONE)
    change(article, body_en=TWO)
    change(article, title_es="B", body_es=UNO)
    assert not Blocks.objects.exists()

    article = Article.objects.get(pk=article.pk)
    with django_assert_num_queries(0):
        assert blocks.settle(article, was=article.stored) == {}

    change(article, body_en=ONE)
    assert Blocks.objects.count() == 1
    change(article, title_es="", body_es="")
    assert not Blocks.objects.exists()


def test_a_translation_that_has_just_been_brought_has_all_that_it_needs():
    article = factories.story(title_en="A", body_en=ONE + TWO)

    assert change(article, title_es="B", body_es=UNO) == {"en": 0, "es": 0}
    assert change(article, body_en=ONE + TWO + THREE) == {"en": 0, "es": 1}
    assert change(article, body_es=UNO + TRES) == {"en": 0, "es": 0}


def test_another_source_is_never_behind():
    article = factories.story(**TEXTS)
    change(article, title_en="Z")

    assert change(article, source_language="es") == {"en": 1, "es": 0, "pt": 1}
    assert change(article, source_language="en") == {"en": 0, "es": 1, "pt": 1}


@pytest.mark.both
def test_what_was_behind_before_blocks_were_kept_is_so_in_all_of_them():
    article = factories.story(**TEXTS)
    Edition.objects.filter(article=article, language="es").update(blocks_behind=1)

    assert change(article, title_es="Y") == {"en": 0, "es": 2, "pt": 0}


@pytest.mark.both
def test_a_link_that_finds_its_story_leaves_nothing_behind():
    link = '<p>Read <a data-waiting="Z">this</a>.</p>'
    article = factories.story(**TEXTS | {"body_en": ONE + link})
    change(article, title_en="Other")

    factories.story(title_en="Z")

    assert "data-article" in Article.objects.get(pk=article.pk).body_en
    assert change(article, title_es="Otro") == {"en": 0, "es": 0, "pt": 1}


@pytest.mark.both
def test_going_back_to_older_words_is_a_change_of_them():
    with locks.writing(comment="one"):
        article = factories.story(**TEXTS)
    version = Version.objects.get_for_object(article).first()
    with locks.writing(comment="two"):
        change(article, title_en="Z", title_es="Y", title_pt="X")
    assert behind(article) == {"en": 0, "es": 0, "pt": 0}

    superuser = factories.UserFactory(is_staff=True, is_superuser=True)
    told = {"languages": ["en"], "shared": False, "by": superuser, "comment": "back"}
    restoring.go_back(article, version, **told)

    assert behind(article) == {"en": 0, "es": 1, "pt": 1}


BODIES = st.lists(st.sampled_from([ONE, TWO, THREE]), min_size=1, max_size=5)


class OneBlockTests(TestCase):
    @example_settings(max_examples=6)
    @given(BODIES.flatmap(lambda body: st.tuples(st.just(body), st.sampled_from(range(len(body))))))
    def test_a_change_of_one_block_makes_exactly_that_block_of_each_translation_behind(self, edit):
        body, place = edit
        translated = {
            code: [f"<p>{code} {number}.</p>" for number in range(len(body))]
            for code in ("es", "pt")
        }
        article = factories.story(
            source_language="en",
            body_en="".join(body),
            **{f"title_{code}": code for code in ("en", *translated)},
            **{f"body_{code}": "".join(blocks) for code, blocks in translated.items()},
        )
        now = body[place].replace(".</p>", " again.</p>")

        change(article, body_en="".join([*body[:place], now, *body[place + 1 :]]))

        article = Article.objects.get(pk=article.pk)
        assert behind(article) == {"en": 0, "es": 1, "pt": 1}
        record, _kept = blocks.of(article)
        for code, blocks_there in translated.items():
            rows = [row for row in record.rows(code) if row.is_behind]
            assert [(row.source.html, row.target.html) for row in rows] == [
                (now, blocks_there[place])
            ]
