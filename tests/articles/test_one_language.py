"""What one language does never touches another: every way of changing a story, in random order."""

import contextlib
import json
import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given, settings as example_settings, strategies as st
from hypothesis.extra.django import TestCase
from reversion.models import Version

from articles.actions import (
    assigning,
    correcting,
    drafting,
    pairing,
    publishing,
    restoring,
    taking_back,
    writing,
)
from articles.importers import jsonl, page, writer
from articles.importers.context import Context
from articles.importers.story import Story, Text
from articles.models import (
    Article,
    Assignment,
    Category,
    Correction,
    Image,
    ImportBatch,
    Join,
    Origin,
)
from articles.texts import ARTICLE_TEXTS, column, text
from newsroom.db import locks
from newsroom.i18n import machine_translation
from newsroom.languages import with_columns
from tests import factories
from tests.articles.admin.conftest import Desk as Browser

# About what is said to verbs, forms and files: others ask the same of both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

ON_SITE = ("en", "es", "pt", "ar")
START = datetime(2020, 5, 4, 12, tzinfo=UTC)
CHANGE, BESIDE = "articles_article_change", "articles_article_side_by_side_change"
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


IMPORTS = ("page", "record")
ALONE = ("verb", "form", "beside", "assign", "draft", "version", "correct")
"""Ways that concern one language, and nothing that all share."""

WAYS = (*ALONE, *IMPORTS, "take_back", "join", "part")
"""All ways; imports come more often, because the others need what they leave."""

WORDS = st.sampled_from(["pier", "ferry", "storm", "port"])
PHRASES = st.builds("{} {}".format, WORDS, st.integers(1, 9))
STEPS = st.lists(
    st.builds(
        Step,
        way=st.sampled_from([*WAYS, *IMPORTS, "verb", "form"]),
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
MACHINE = SimpleNamespace(
    name="Machine",
    translate=lambda asked, *, source, target: [f"{target} {words}" for words in asked],
)


class Desk:
    """All ways in which one language of a story is changed; each returns the languages it concerns.

    A step that cannot be taken, as of an edition that is no draft any more, changes nothing either.
    """

    def __init__(self, browser, article):
        self.browser, self.article, self.user = browser, article, browser.user
        self.now = timezone.now() - timedelta(days=1)
        self.batches = []

    def take(self, step):
        self.now += timedelta(minutes=1 + step.number)
        refusals = (publishing.PublishingError, drafting.DraftingError, ValidationError)
        languages = {step.language}
        with contextlib.suppress(*refusals):
            languages |= set(getattr(self, step.way)(step) or ())
        return languages

    def edition(self, step):
        return self.article.editions.filter(language=step.language).first()

    def verb(self, step):
        edition = self.edition(step)
        offered = edition and publishing.offered(edition, user=None, at=self.now)
        if offered:
            name = sorted(offered)[step.number % len(offered)]
            options = {
                "schedule": {"at": self.now + timedelta(9)},
                "withdraw": {"reason": "Wrong."},
                "redate": {"at": self.now - timedelta(9)},
            }
            # Without an alternative text nothing is published.
            publishing.VERBS[name](edition, by=None, now=self.now, **options.get(name, {}))

    def form(self, step):
        language = step.language
        fields = {column("title", language): step.title, column("standfirst", language): step.words}
        fields |= {
            f"uses-0-caption_{language}": f"{step.words} seen",
            f"uses-0-alt_{language}": step.words,
        }
        if step.has_more:
            fields |= {f"slug_{language}": f"slug-{step.number}"}
            fields |= {column("body", language): f"<p>{step.title}</p><p>{step.words}</p>"}
        self.browser.save(CHANGE, self.article.pk, fields=fields)

    def beside(self, step):
        """Write the translation beside its source."""
        article = Article.objects.get(pk=self.article.pk)
        if step.language == article.source_language:
            return
        opened = self.browser.form(BESIDE, article.pk, step.language)
        blocks = [name for name in opened.values if name.startswith("of-")]
        fields = {"of-title": step.title}
        fields |= {name: f"<p>{step.words}</p>" for name in blocks[-1:] if step.has_more}
        self.browser.save(BESIDE, article.pk, step.language, form=opened, fields=fields)

    def assign(self, step):
        if step.has_more:
            assigning.release(self.article, step.language, by=self.user, now=self.now)
        else:
            assigning.assign(self.article, step.language, to=self.user, by=self.user, now=self.now)

    def draft(self, step):
        with mock.patch.object(machine_translation, "configured", return_value=MACHINE):
            article = Article.objects.get(pk=self.article.pk)
            asked = drafting.ask(article, step.language, by=self.user, now=self.now)
            asked.refresh_from_db()
            drafting.write(asked)

    def correct(self, step):
        """Tell readers of a mistake, or give the last one another note."""
        article = Article.objects.get(pk=self.article.pk)
        row = article.corrections.order_by("pk").last() if step.has_more else None
        row = row or Correction(article=article)
        notes = {step.language: step.words if step.number else ""}
        correcting.save(row, notes, by=self.user, now=self.now)

    def version(self, step):
        versions = Version.objects.get_for_object(self.article)
        version = versions[step.number % len(versions)]
        back = {"languages": [step.language], "shared": False, "comment": "Back."}
        back["warned"] = back["languages"]
        restoring.go_back(self.article, version, by=self.user, **back)

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

    def record(self, step):
        """Bring a record with this language and perhaps others, in any of which it was written."""
        languages = sorted({step.language} | step.others)
        state = {"status": "draft"}
        if step.number % 2:
            day = START + timedelta(days=step.number)
            state = {"status": "published", "published_at": day.isoformat()}
        picture = {
            "path": "a.jpg",
            "caption": dict.fromkeys(languages, step.words),
            "alt": dict.fromkeys(languages, "Alt"),
            "creator": "B",
        }
        notes = dict.fromkeys(languages, step.words)
        correction = {"id": "1", "published_at": START.isoformat(), "notes": notes}
        body = {"body": f"<p>{step.words}</p>"}
        record = {
            "id": "pier",
            "source_language": step.language,
            "editions": {
                code: {"title": f"{step.title} {code}"} | body | state for code in languages
            },
            "tags": ["Ports"] if step.has_more else [],
            "images": [picture] if step.has_picture else [],
            "corrections": [correction] if step.number % 3 else [],
        }
        self.save(read(record))
        return languages

    def save(self, story):
        batch = ImportBatch.objects.create(started_at=timezone.now())
        result = writer.save(story, source="wire", publish=True, now=self.now, batch=batch)
        assert result.outcome != writer.Outcome.FAILED, result.problems
        assert not [words for words in result.problems if "database" in words]
        self.batches.append((batch, story.texts))

    def take_back(self, _step):
        """Take back the last import, if nobody has changed the story since."""
        batch, languages = self.batches.pop() if self.batches else (None, ())
        for change in batch.changes.all() if batch else ():
            taking_back.take_back(change, now=self.now)
        return languages

    def join(self, step):
        """Make another story one of this story's languages, unless it has that already."""
        texts = {
            column("title", step.language): step.title,
            column("body", step.language): "<p>A</p>",
        }
        live = [step.language] if step.has_more else []
        other = factories.story(live=live, source_language=step.language, **texts)
        pairing.join(Article.objects.get(pk=self.article.pk), other, by=self.user, now=self.now)

    def part(self, _step):
        joined = Join.objects.filter(article=self.article).order_by("-pk").first()
        if joined:
            languages = joined.held["languages"]
            pairing.part(joined, by=self.user, now=self.now)
            return languages
        return ()


def read(record):
    """Return what the reader of JSON Lines makes of a record."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        path.write_text(json.dumps(record))
        [story] = jsonl.read(path, Context(languages=with_columns(), identify=None))
    assert isinstance(story, Story), story
    return story


def state_of(article, language):
    """Return everything that stands in one language of a story."""
    article = Article.objects.get(pk=article.pk)
    edition = article.editions.filter(language=language).values().first() or {}
    # How much of it is behind follows from what its source says.
    edition.pop("blocks_behind", None)
    held = Assignment.objects.filter(article=article, language=language)
    return {
        "texts": [text(article, field, language) for field in ARTICLE_TEXTS],
        "edition": edition,
        "old addresses": sorted(
            path
            for row in article.editions.filter(language=language)
            for path in row.old_addresses.values_list("path", flat=True)
        ),
        "notes": [
            note for row in article.corrections.all() if (note := text(row, "note", language))
        ],
        "in hand": list(held.values_list("user", "at")),
        "pictures": {
            use.image_id: (text(use, "caption", language), text(use, "alt", language))
            for use in article.uses.all()
        },
    }


RIGHTS = ("creator", "credit_line", "copyright_notice", "licence", "licence_url", "valid_until")


def shared(article):
    article = Article.objects.get(pk=article.pk)
    return {
        "categories": set(article.categories.values_list("slug_en", flat=True)),
        "tags": set(article.tags.values_list("name", flat=True)),
        "bylines": list(article.bylines.values()),
        "source": article.source_language,
        "related": article.related,
        "rights": {
            image.pk: [getattr(image, name) for name in RIGHTS]
            for image in Image.objects.filter(uses__article=article)
        },
    }


def opening():
    """Return a story in two languages from a source; an editor has added to it since, a picture with words in all languages."""
    texts = {code: Text(title=f"Pier {code}", body="<p>Words.</p>") for code in ("en", "es")}
    story = Story(external_id="pier", source_language="en", texts=texts)
    writer.save(story, source="wire", publish=True)
    article = Origin.objects.get().article
    image = factories.ImageFactory(creator="Eva Ortiz", credit_line="Eva Ortiz/Archive")
    words = {
        column(name, code): f"{name} {code}" for name in ("caption", "alt") for code in ON_SITE
    }
    article.related = [factories.story(title_en="Related").pk]
    # As every form does: what is taken back is what the last revision before it holds.
    with locks.writing(comment="Added to"):
        article.categories.add(Category.objects.get(slug_en="russia"))
        article.tags.add("Harbours")
        factories.ImageUseFactory(article=article, image=image, is_lead=True, **words)
        writing.save(article)
    return article, image.pk


class AnyOrder(TestCase):
    """`ONE_LANGUAGE_EXAMPLES` in the environment tries more orders."""

    @example_settings(max_examples=EXAMPLES)
    @given(STEPS)
    def test_whatever_is_done_in_one_language_leaves_the_others_as_they_are(self, steps):
        article, own_image = opening()
        user = factories.UserFactory(is_staff=True, is_superuser=True)
        desk = Desk(Browser(user), article)
        for step in steps:
            before, common = (
                {code: state_of(article, code) for code in with_columns()},
                shared(article),
            )
            languages = desk.take(step)
            for code in set(with_columns()) - languages:
                check_language(before[code], state_of(article, code), step)
            check_shared(common, shared(article), step, own_image)


def check_language(before, after, step):
    """Compare a language that a step does not concern; new pictures come without words in it.

    Only the record that gave a picture for all languages can take it away again. To its source, a page is the same text
    as a record in its language alone: the picture of that had no words in any other. What an import has taken away comes
    back, with its words, where that is taken back.
    """
    gone = before["pictures"].keys() - after["pictures"].keys()
    assert not gone or step.way in {*IMPORTS, "take_back"}
    if step.way == "page":
        assert {before["pictures"][image] for image in gone} <= {("", "")}
    come = {
        image: words
        for image, words in after["pictures"].items()
        if image not in before["pictures"]
    }
    assert set(come.values()) <= {("", "")} or step.way == "take_back"
    stayed = {image: words for image, words in before["pictures"].items() if image not in gone}
    assert after == before | {"pictures": stayed | come}


def check_shared(before, after, step, own_image):
    """An import adds, and takes away what it gave; what an editor has given belongs to no source."""
    assert "russia" in after["categories"]
    assert "Harbours" in after["tags"]
    for name in ("bylines", "related"):
        assert after[name] == before[name]
    # A gap of a source may become another's: a page credits its picture as the page says.
    both = after["rights"].keys() & before["rights"].keys()
    same = {own_image} if step.way in IMPORTS else both
    assert own_image in both
    assert [image for image in same if after["rights"][image] != before["rights"][image]] == []
    # A record says in which language its story was written; a page does not.
    may_be_source = {before["source"]} | ({step.language} if step.way == "record" else set())
    assert after["source"] in may_be_source or step.way == "take_back"
    if step.way in ALONE:
        assert after == before
    if step.way == "page":
        # To its source, a page is the same text as a record in its language alone, which may have had that tag.
        assert before["tags"] - {"Ports"} <= after["tags"] <= before["tags"]
