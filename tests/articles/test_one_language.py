"""What one language does never touches another: every way of changing a story, in random order."""

import contextlib
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles import publishing
from articles.importers import page, writer
from articles.importers.story import Picture, Story, TagLabel, Text
from articles.models import Article, Category, Origin
from articles.texts import ARTICLE_TEXTS, column, text
from newsroom.languages import LANGUAGES
from tests.articles.admin.conftest import Desk as Browser
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ON_SITE = ("en", "es", "pt", "ar")
START = datetime(2020, 5, 4, 12, tzinfo=UTC)
CHANGE = "articles_article_change"
STEPS, SEEDS = 20, range(3)


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


class Desk:
    """All ways in which one language of a story is changed; each returns the languages it concerns."""

    def __init__(self, rng, browser, article):
        self.rng, self.browser, self.article = rng, browser, article
        self.now = timezone.now() - timedelta(days=1)

    def step(self):
        self.now += timedelta(minutes=self.rng.randrange(1, 9))
        ways = [self.verb, self.form, self.page, self.record]
        way = self.rng.choices(ways, weights=[3, 1, 3, 3])[0]
        return way(self.rng.choice(ON_SITE))

    def words(self):
        return " ".join(self.rng.choice(["pier", "ferry", "storm", "port"]) for _ in range(3))

    def verb(self, language):
        edition = self.article.editions.filter(language=language).first()
        offered = edition and publishing.offered(edition, user=None, at=self.now)
        if not offered:
            return {language}
        name = self.rng.choice(offered)
        options = {"schedule": {"at": self.now + timedelta(9)}, "withdraw": {"reason": "Wrong."}}
        # Without an alternative text nothing is published: that changes nothing either.
        with contextlib.suppress(publishing.PublishingError):
            publishing.VERBS[name](edition, by=None, now=self.now, **options.get(name, {}))
        return {language}

    def form(self, language):
        fields = {column("title", language): self.words(), column("standfirst", language): "S"}
        if self.rng.random() < 0.5:
            fields[f"slug_{language}"] = f"slug-{self.rng.randrange(99)}"
        self.browser.save(CHANGE, self.article.pk, fields=fields)
        return {language}

    def page(self, language):
        lines = [self.words(), f"{self.words()} [Board/Archive]", f"{self.words()} again."]
        footer = ["NewsSyria"] if self.rng.random() < 0.3 else []
        story = page.read(
            "\n".join([*lines, *footer]),
            external_id="pier",
            language=language,
            known_categories={"News": "section/news", "Syria": "region/syria"},
            published_at=START,
        )
        self.save(replace(writer.as_published(story), is_whole=False))
        return {language}

    def record(self, language):
        """Bring a record with this language and the one that the story was written in."""
        words = Text(
            title=self.words(),
            body=f"<p>{self.words()}</p>",
            status=self.rng.choice(["draft", "published"]),
            published_at=START + timedelta(days=self.rng.randrange(3)),
        )
        picture = Picture(
            reference="a.jpg", caption={language: self.words()}, alt={language: "Alt"}, creator="B"
        )
        story = Story(
            external_id="pier",
            source_language="en",
            texts={"en": Text(title=self.words(), body="<p>Words.</p>"), language: words},
            tags=(TagLabel(name="Ports"),) if self.rng.random() < 0.5 else (),
            pictures=(picture,) if self.rng.random() < 0.5 else (),
        )
        self.save(story)
        return {"en", language}

    def save(self, story):
        result = writer.save(story, source="wire", publish=True, now=self.now)
        assert result.outcome != writer.Outcome.FAILED, result.problems
        assert not [words for words in result.problems if "database" in words]


def state_of(article, language):
    """Return everything that stands in one language of a story."""
    article = Article.objects.get(pk=article.pk)
    return {
        "texts": [text(article, field, language) for field in ARTICLE_TEXTS],
        "edition": list(article.editions.filter(language=language).values()),
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


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_done_in_one_language_leaves_the_others_as_they_are(seed):
    rng = random.Random(seed)
    opening = Story(
        external_id="pier",
        source_language="en",
        texts={code: Text(title=f"Pier {code}", body="<p>Words.</p>") for code in ("en", "es")},
    )
    writer.save(opening, source="wire", publish=True)
    article = Origin.objects.get().article
    # What an editor has given belongs to no source.
    article.categories.add(Category.objects.get(slug_en="russia"))
    article.tags.add("Harbours")
    browser = Browser(UserFactory(is_staff=True, is_superuser=True))
    desk = Desk(rng, browser, article)
    for step in range(STEPS):
        before = {code: state_of(article, code) for code in LANGUAGES}
        common = shared(article)
        languages = desk.step()
        for code in set(LANGUAGES) - languages:
            found = state_of(article, code)
            gone = before[code]["pictures"].keys() - found["pictures"].keys()
            where = (seed, step, code)
            # Only the record that gave a picture for all languages can take it away again.
            assert not gone or "en" in languages, where
            kept = {
                key: words
                for key, words in found["pictures"].items()
                if key in before[code]["pictures"]
            }
            was = {key: before[code]["pictures"][key] for key in kept}
            assert {**found, "pictures": kept} == {**before[code], "pictures": was}, where
        now = shared(article)
        assert "russia" in now["categories"]
        assert "Harbours" in now["tags"]
        assert now["bylines"] == common["bylines"]
        assert now["source"] == common["source"]
