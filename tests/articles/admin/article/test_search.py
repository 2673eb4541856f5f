"""The list of stories is searched by words of all languages of a story, whether readers see them or not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.actions import writing
from articles.admin.article import search
from articles.models import SearchEntry, StoryWords
from tests.articles.admin.conftest import messages_of
from tests.every import every
from tests.factories import AuthorFactory, TagFactory, edition, release, story

pytestmark = pytest.mark.django_db

LIST = "articles_article_changelist"
AR = "وصل رئيس الوزراء إلى الميناء"


def headlines(desk, words, **more):
    response = desk.open(LIST, q=words, **more)
    assert response.status_code == 200
    return {str(article) for article in response.context_data["cl"].result_list}


@pytest.fixture
def stories():
    """Three stories: live with a draft beside it, scheduled, and a draft that nobody has seen."""
    story(
        live=["en"],
        title_en="Ferries return",
        standfirst_en="After the storm",
        body_en="<p>Boats of Şanlıurfa carry 400,000 people.</p>",
        title_es="Vuelven los transbordadores",
        body_es="<p>Una nación espera.</p>",
        body_ar=f"<p>{AR}</p>",
    )
    story(live=["pt"], title_pt="Amanhã em Łódź", at=timezone.now() + timedelta(days=1))
    draft = story(
        title_en="Strike", standfirst_ar="إضراب", body_en="<p>U.S. ports: 首都大学, 대통령.</p>"
    )
    draft.tags.add(TagFactory(name="Deep Water"))
    writing.save(draft)


FERRIES, TOMORROW, STRIKE = {"Ferries return"}, {"Amanhã em Łódź"}, {"Strike"}
QUESTIONS = {
    "a headline": ("ferries", FERRIES),
    "a standfirst": ("storm", FERRIES),
    "a body, without its accents": ("sanliurfa", FERRIES),
    "a body, with accents in capitals": ("ŞANLIURFA", FERRIES),
    "how a word begins": ("Sanliu", FERRIES),
    "not what stands in its middle": ("liurfa", set()),
    "a draft beside what is live": ("vuelven transbord", FERRIES),
    "two languages at once": ("boats NACION", FERRIES),
    "three, one without a headline": ("espera boat رئيس", FERRIES),
    "Arabic, with what is written with it": ("الميناء", FERRIES),
    "Arabic, without it": ("ميناء", FERRIES),
    "a number": ("400000", FERRIES),
    "what is scheduled": ("lodz", TOMORROW),
    "a draft": ("strike", STRIKE),
    "a standfirst alone in a language": ("إضراب", STRIKE),
    "an abbreviation": ("US", STRIKE),
    "two letters begin no other word": ("st", set()),
    "Chinese": ("都大", STRIKE),
    "a sign of Chinese": ("学", STRIKE),
    "signs that do not stand side by side": ("学首", set()),
    "a syllable of Korean": ("대통", STRIKE),
    "a tag": ("deep water", STRIKE),
    "what is unwanted": ("ferries -storm", set()),
    "not all words": ("ferries strike", set()),
    "quotation marks": ("\"ferries\" 'return'", FERRIES),
    "operators": ("ferries OR strike", set()),
    "signs of the databases": ("ferries:* & !(x) <-> NEAR( ^ * \\ % _ ;", set()),
    "nothing but signs": ('"" * : \\ \' ()', set()),
    "a direction": ("\u202eferries\u202c", FERRIES),
}


@every(QUESTIONS)
def test_words_of_any_language_and_state_are_found(question, editor, stories):
    typed, titles = QUESTIONS[question]
    assert headlines(editor, typed) == titles


def test_whatever_is_typed_is_answered(editor, stories):
    everything = FERRIES | TOMORROW | STRIKE
    assert headlines(editor, "") == headlines(editor, "   ") == everything
    assert headlines(editor, "ferries " * 1300) == FERRIES
    assert headlines(editor, "x" * 10_000) == set()
    assert editor.open(LIST, q="ferries\0").status_code == 400


def test_a_search_and_the_filters_narrow_together(editor, stories):
    assert headlines(editor, "ferries", state="published", **{"in": "en"}) == FERRIES
    assert headlines(editor, "ferries", state="published", **{"in": "es"}) == set()


def test_authors_are_found_by_any_word_of_a_name(editor):
    story(title_en="By her", authors=[AuthorFactory(name_en="Ana Sá", name_ar="آنا سا")])

    assert headlines(editor, "sa") == headlines(editor, "آنا") == {"By her"}


def test_a_word_that_is_gone_no_longer_finds(editor):
    article = story(live=["en"], title_en="Ferries return", body_es="<p>Barcos</p>")
    article.title_en = "Boats return"
    writing.save(article)
    assert (headlines(editor, "ferries"), headlines(editor, "barcos")) == (set(), {"Boats return"})

    article.body_es = ""
    writing.save(article)
    assert headlines(editor, "barcos") == set()

    article.delete()
    assert not StoryWords.objects.exists()


def test_nobody_is_shown_a_story_that_the_list_does_not_show(editor, writer, stories):
    shown = {str(article) for article in writer.open(LIST).context_data["cl"].result_list}

    assert headlines(writer, "ferries") == FERRIES & shown


def test_readers_find_no_word_of_a_draft(editor, client, stories):
    assert headlines(editor, "strike") == STRIKE
    for word in ("strike", "vuelven", "lodz"):
        for language in ("en", "es", "pt"):
            for page in ("search/", "search/feed.atom", "lite/search/", "search/index.md"):
                text = client.get(f"/{language}/{page}", {"q": word}).text
                assert not {title for title in STRIKE | TOMORROW if title in text}
                assert "Vuelven" not in text
    words = " ".join(SearchEntry.objects.values_list("words", flat=True))
    assert "strike" not in words
    assert "vuelv" not in words


def test_a_search_costs_the_same_for_one_story_as_for_many(
    editor, django_assert_max_num_queries, django_assert_num_queries
):
    story(live=["en"], title_en="Ferries 0")
    with django_assert_max_num_queries(20) as few:
        headlines(editor, "ferries")
    for number in range(1, 6):
        story(
            live=["en", "es"], title_en=f"Ferries {number}", authors=[AuthorFactory(name_en="Ana")]
        )

    with django_assert_num_queries(len(few)):
        assert len(headlines(editor, "ferries ana")) == 5


def test_of_very_many_the_ones_changed_last_are_looked_at_and_that_is_said(editor, monkeypatch):
    first, *_others = [story(title_en=f"Ferries {number}") for number in range(4)]
    first.standfirst_en = "Once more"
    writing.save(first)
    monkeypatch.setattr(search, "REACHED", 2)

    response = editor.open(LIST, q="ferries")

    titles = [str(article) for article in response.context_data["cl"].result_list]
    assert titles == ["Ferries 0", "Ferries 3"]
    assert any("the 2 that were changed last" in said for said in messages_of(response))
    assert "the 2 that were changed last" in response.text


def test_a_publication_moves_no_story_and_writes_no_word(editor):
    article = story(title_en="Ferries", body_en="<p>x</p>")
    before = list(StoryWords.objects.values())

    with CaptureQueriesContext(connection) as statements:
        release(edition(article))

    assert list(StoryWords.objects.values()) == before
    written = [
        statement["sql"] for statement in statements if "articles_storywords" in statement["sql"]
    ]
    assert not [sql for sql in written if not sql.startswith("SELECT")]


def test_related_stories_are_found_alike_and_nothing_is_said_on_the_next_page(editor, monkeypatch):
    for number in range(3):
        story(title_en=f"Ferries {number}", body_es="<p>Barcos</p>")
    monkeypatch.setattr(search, "REACHED", 2)
    of = {"app_label": "articles", "model_name": "byline", "field_name": "article"}

    response = editor.client.get(reverse("admin:autocomplete"), of | {"term": "barcos"})

    assert [suggestion["text"] for suggestion in response.json()["results"]] == [
        "Ferries 2",
        "Ferries 1",
    ]
    assert "changed last" not in editor.open(LIST).text
