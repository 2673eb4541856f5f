"""What one language does never touches another: every way of changing a story, in random order."""

import contextlib
import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given, settings as example_settings, strategies as st
from hypothesis.extra.django import TestCase

from articles.actions import publishing
from articles.importers import page, writer
from articles.importers.context import Context
from articles.importers.story import Picture, Story, TagLabel, Text
from articles.models import Article, Category, Origin
from articles.texts import ARTICLE_TEXTS, column, text
from newsroom.languages import with_columns
from tests.articles.admin.conftest import Desk as Browser
from tests.factories import UserFactory

# About what is said to verbs, forms and files: others ask the same of both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

ON_SITE = ("en", "es", "pt", "ar")
START = datetime(2020, 5, 4, 12, tzinfo=UTC)
CHANGE = "articles_article_change"
EXAMPLES = int(os.environ.get("ONE_LANGUAGE_EXAMPLES", "8"))
LONGEST = 10


# --- The page of one story in three languages, one file after another ---

PAGES = {
    "en": """Portuguese / Spanish / English
Pier opens
The pier [Harbour Board/Open Archive]
The pier at noon [Harbour Board/Open Archive]
The pier opened on Monday.
Middle EastNewsSyria
Show Comments
""",
    "es": """Portugués / Español / Inglés
Abre el muelle
El muelle [Harbour Board/Open Archive]
El muelle al mediodía [Harbour Board/Open Archive]
El muelle abrió el lunes.
Mostrar comentarios
""",
    "pt": """Português / Espanhol / Inglês
O cais abre
O cais [Harbour Board/Open Archive]
O cais ao meio-dia [Harbour Board/Open Archive]
O cais abriu na segunda-feira.
Mostrar comentários
""",
}


@pytest.mark.parametrize("order", [("en", "es", "pt"), ("pt", "en", "es")])
def test_a_page_in_three_languages_is_one_story_and_none_takes_from_another(tmp_path, order):
    def bring(language):
        path = tmp_path / language / "pier.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(PAGES[language])
        options = {"language": language, "published_at": "2017-11-30T12:00:00Z", "publish": True}
        call_command("import_articles", str(path), verbosity=0, **options)

    def told():
        article = Article.objects.get()
        use = article.uses.get()
        words = {code: (text(use, "caption", code), text(use, "alt", code)) for code in order}
        return (
            words,
            {category.slug_en for category in article.categories.all()},
            article.source_language,
            sorted(article.editions.values_list("language", "version", "modified_at")),
        )

    for language in order:
        bring(language)
    first = told()

    assert first[0] == {
        "en": ("The pier at noon", "The pier"),
        "es": ("El muelle al mediodía", "El muelle"),
        "pt": ("O cais ao meio-dia", "O cais"),
    }
    assert first[1:3] == ({"middle-east", "news", "syria"}, order[0])
    assert first[3] == [(code, 1, None) for code in sorted(order)]
    origin = Origin.objects.values().get()
    for language in order:
        bring(language)
    assert told() == first
    assert Origin.objects.values().get() == origin


# --- All ways in random order ---


@dataclass(frozen=True)
class Step:
    """One change of a story: `way` names a method of Desk, the rest is what it brings with it.

    A record brings `others` as well.
    """

    way: str
    language: str
    others: frozenset
    title: str
    words: str
    number: int
    has_more: bool
    has_picture: bool


WORDS = st.sampled_from(["pier", "ferry", "storm", "port"])
PHRASES = st.builds("{} {}".format, WORDS, st.integers(1, 9))
STEPS = st.lists(
    st.builds(
        Step,
        way=st.sampled_from(["verb", "form", "page", "record"]),
        language=st.sampled_from(ON_SITE),
        others=st.frozensets(st.sampled_from(ON_SITE)),
        title=PHRASES,
        words=PHRASES,
        number=st.integers(0, 9),
        has_more=st.booleans(),
        has_picture=st.booleans(),
    ),
    min_size=1,
    max_size=LONGEST,
)


class Desk:
    """All ways in which one language of a story is changed; each returns the languages it concerns."""

    def __init__(self, browser, article):
        self.browser, self.article = browser, article
        self.now = timezone.now() - timedelta(days=1)

    def take(self, step):
        self.now += timedelta(minutes=1 + step.number)
        return getattr(self, step.way)(step)

    def verb(self, step):
        edition = self.article.editions.filter(language=step.language).first()
        offered = edition and publishing.offered(edition, user=None, at=self.now)
        if not offered:
            return {step.language}
        name = sorted(offered)[step.number % len(offered)]
        options = {"schedule": {"at": self.now + timedelta(9)}, "withdraw": {"reason": "Wrong."}}
        # Without an alternative text nothing is published: that changes nothing either.
        with contextlib.suppress(publishing.PublishingError):
            publishing.VERBS[name](edition, by=None, now=self.now, **options.get(name, {}))
        return {step.language}

    def form(self, step):
        language = step.language
        fields = {column("title", language): step.title, column("standfirst", language): step.words}
        if step.has_more:
            fields[f"slug_{language}"] = f"slug-{step.number}"
        self.browser.save(CHANGE, self.article.pk, fields=fields)
        return {language}

    def page(self, step):
        lines = [step.title, f"{step.words} [Board/Archive]", f"{step.words} again."]
        context = Context(
            languages=with_columns(),
            identify=None,
            categories={"News": "section/news", "Syria": "region/syria"},
            published_at=START,
        )
        text = "\n".join([*lines, *(["NewsSyria"] if step.has_more else [])])
        self.save(page.parse(text, external_id="pier", language=step.language, context=context))
        return {step.language}

    def record(self, step):
        """Bring a record with this language and perhaps others, in any of which it was written."""
        languages = sorted({step.language} | step.others)
        words = Text(
            title=step.title,
            body=f"<p>{step.words}</p>",
            status="published" if step.number % 2 else "draft",
            published_at=START + timedelta(days=step.number),
        )
        picture = Picture(
            reference="a.jpg",
            caption=dict.fromkeys(languages, step.words),
            alt=dict.fromkeys(languages, "Alt"),
            creator="B",
        )
        story = Story(
            external_id="pier",
            source_language=step.language,
            texts={code: replace(words, title=f"{step.title} {code}") for code in languages},
            tags=(TagLabel(name="Ports"),) if step.has_more else (),
            pictures=(picture,) if step.has_picture else (),
        )
        self.save(story)
        return set(languages)

    def save(self, story):
        result = writer.save(story, source="wire", publish=True, now=self.now)
        assert result.outcome != writer.Outcome.FAILED, result.problems
        assert not [words for words in result.problems if "database" in words]


def state_of(article, language):
    """Return everything that stands in one language of a story."""
    article = Article.objects.get(pk=article.pk)
    edition = article.editions.filter(language=language).values().first() or {}
    # How much of it is behind follows from what its source says.
    edition.pop("blocks_behind", None)
    return {
        "texts": [text(article, field, language) for field in ARTICLE_TEXTS],
        "edition": edition,
        "pictures": {
            use.image_id: (text(use, "caption", language), text(use, "alt", language))
            for use in article.uses.all()
        },
    }


def shared(article):
    return {
        "categories": set(article.categories.values_list("slug_en", flat=True)),
        "tags": set(article.tags.values_list("name", flat=True)),
        "bylines": list(article.bylines.values()),
        "source": Article.objects.get(pk=article.pk).source_language,
    }


def opening():
    """Return a story in two languages from a source; an editor has added to it since."""
    texts = {code: Text(title=f"Pier {code}", body="<p>Words.</p>") for code in ("en", "es")}
    story = Story(external_id="pier", source_language="en", texts=texts)
    writer.save(story, source="wire", publish=True)
    article = Origin.objects.get().article
    article.categories.add(Category.objects.get(slug_en="russia"))
    article.tags.add("Harbours")
    return article


class AnyOrder(TestCase):
    """`ONE_LANGUAGE_EXAMPLES` in the environment tries more orders."""

    @example_settings(max_examples=EXAMPLES)
    @given(STEPS)
    def test_whatever_is_done_in_one_language_leaves_the_others_as_they_are(self, steps):
        article = opening()
        desk = Desk(Browser(UserFactory(is_staff=True, is_superuser=True)), article)
        for step in steps:
            before, common = (
                {code: state_of(article, code) for code in with_columns()},
                shared(article),
            )
            languages = desk.take(step)
            for code in set(with_columns()) - languages:
                check_language(before[code], state_of(article, code), step)
            check_shared(common, shared(article), step)


def check_language(before, after, step):
    """Compare a language that a step does not concern; new pictures come without words in it.

    Only the record that gave a picture for all languages can take it away again. To its source, a page is the same text
    as a record in its language alone: the picture of that had no words in any other.
    """
    gone = before["pictures"].keys() - after["pictures"].keys()
    assert not gone or step.way in {"record", "page"}
    if step.way == "page":
        assert {before["pictures"][image] for image in gone} <= {("", "")}
    come = {
        image: words
        for image, words in after["pictures"].items()
        if image not in before["pictures"]
    }
    assert set(come.values()) <= {("", "")}
    stayed = {image: words for image, words in before["pictures"].items() if image not in gone}
    assert after == before | {"pictures": stayed | come}


def check_shared(before, after, step):
    """An import adds, and takes away what it gave; what an editor has given belongs to no source."""
    assert "russia" in after["categories"]
    assert "Harbours" in after["tags"]
    assert after["bylines"] == before["bylines"]
    # A record says in which language its story was written; a page does not.
    may_be_source = {before["source"]} | ({step.language} if step.way == "record" else set())
    assert after["source"] in may_be_source
    if step.way in {"verb", "form"}:
        assert after == before
    if step.way == "page":
        # To its source, a page is the same text as a record in its language alone, which may have had that tag.
        assert before["tags"] - {"Ports"} <= after["tags"] <= before["tags"]
