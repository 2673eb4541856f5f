"""The Python of a recipe runs as it is printed."""

import json
import os
import re
import shutil
import subprocess
import sys
from io import StringIO
from types import ModuleType

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from reversion.models import Version

from articles.importers import formats
from articles.models import Category, Origin
from articles.pages import story as story_pages
from tests import factories
from tests.docs.pages import section, text_of
from tests.house_rules.source import ROOT


def python_of(heading):
    told = section(text_of("howto/develop.md"), heading)
    found = re.findall(r"^( *)```python\n(.*?)^ *```", told, re.M | re.S)
    return [re.sub(rf"^{indent}", "", code, flags=re.M) for indent, code in found]


@pytest.mark.django_db
def test_stories_are_asked_for_as_the_recipe_says():
    factories.story(live=["en"])
    stories = [factories.live_edition("es", title_es=f"Historia {number}") for number in range(2)]
    (recipe,), names = python_of("Ask for stories"), {}

    with CaptureQueriesContext(connection) as queries:
        exec(recipe, names)  # noqa: S102, our own documentation

    assert [card.title for card in names["found"]] == ["Historia 1", "Historia 0"]
    assert {card.article_id for card in names["found"]} == {one.article_id for one in stories}
    assert len(queries) == 1


@pytest.mark.django_db
def test_a_format_that_is_added_by_the_recipe_is_recognised_and_imported(tmp_path, monkeypatch):
    (recipe,), telegram = python_of("Add an import format"), ModuleType("telegram")
    exec(recipe, telegram.__dict__)  # noqa: S102, our own documentation
    monkeypatch.setitem(formats.FORMATS, "telegram", telegram)
    (tmp_path / "a.txt").write_text("TELEGRAM\n7\nPier opens\nShips & crews came.")
    (tmp_path / "b").write_text("TELEGRAM")

    with pytest.raises(CommandError):
        call_command(
            "import_articles", str(tmp_path), stdout=StringIO(), stderr=(err := StringIO())
        )

    origin = Origin.objects.get(source="telegram", external_id="7")
    assert origin.article.body_en == "<p>Ships &amp; crews came.</p>"
    assert err.getvalue().endswith("b: no telegram of four lines; complete it.\n")


def run_recipe(heading):
    """Return what the one block of Python of a recipe defines, by its name."""
    (recipe,), names = python_of(heading), {}
    exec(recipe, names)  # noqa: S102, our own documentation
    return names


@pytest.mark.django_db
def test_a_verb_that_is_written_by_the_recipe_has_the_consequences_of_a_save():
    article = factories.story(live=["en", "es"], title_es="Antes")
    editor, stranger = factories.UserFactory(is_superuser=True), factories.UserFactory()
    reword = run_recipe("Add a verb")["reword_headline"]
    before = {edition.language: edition.version for edition in article.editions.all()}

    with pytest.raises(PermissionDenied):
        reword(article, language="es", title="Nunca", by=stranger)
    reword(article, language="es", title="Después", by=editor)

    article.refresh_from_db()
    after = {edition.language: edition.version for edition in article.editions.all()}
    assert article.title_es == "Después"
    assert after == before | {"es": before["es"] + 1}
    assert Version.objects.get_for_object(article).first().revision.comment == "reword es"


@pytest.mark.django_db
def test_a_representation_that_is_written_by_the_recipe_asks_the_database_for_nothing():
    edition = factories.live_edition("en", title_en="Pier opens", body_en="<p>Ships came.</p>")
    tree = Category.tree(language="en", article=edition.article_id)
    story = story_pages.read(edition, tree=tree, at=timezone.now())
    mail = run_recipe("Add a representation")["mail"]

    with CaptureQueriesContext(connection) as queries:
        words = mail(story)

    assert words.splitlines()[0] == "Pier opens"
    assert "Ships came." in words
    assert words.endswith(edition.url)
    assert len(queries) == 0


def changed(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def copy(tmp_path):
    """A copy of the project that a test may change, and a function that runs Python in it."""
    folder = tmp_path / "project"
    for name in ("articles", "newsroom", "static", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "manage.py", folder)
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "DEBUG": "1",
    }

    def run(*arguments):
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return folder, run


USE = """
import django, json, sys
django.setup()
from articles import purging
from articles.actions import writing
from articles.admin.article.admin import ArticleAdmin
from articles.purging.facts.article import KIND
from articles.models import Article, Category
from django.contrib import admin
from django.test import RequestFactory
from django.utils import timezone
from newsroom.users.models import User

article = Article.objects.get()
edition = article.editions.get(language="en")
imported = [edition.deck, article.deck_es]

def seen():
    return KIND.load([article.pk])[article.pk].filed_in(Category.tree()).facts(at=timezone.now())

before, version = seen(), edition.version
article.deck_es = "Otra"
writing.save(article)
after = seen()
request = RequestFactory().get("/")
request.user = User(is_superuser=True, is_active=True, is_staff=True)
json.dump({
    "categories": Category.objects.count(),
    "imported": imported,
    "purged": sorted(name for name in after if before[name] != after[name]),
    "versions": [edition.version - version for edition in article.editions.order_by("language")],
    "fields": list(ArticleAdmin(Article, admin.site).get_form(request, article).base_fields),
}, sys.stdout)
"""


def test_a_text_that_is_added_by_the_recipe_is_written_imported_compared_and_shown(copy):
    folder, run = copy
    articles, page = folder / "articles", folder / "templates/articles/article.html"
    changed(articles / "texts.py", '"standfirst", "body")', '"standfirst", "deck", "body")')
    field = '    body = models.TextField(_("body"), blank=True)\n'
    changed(articles / "models/article.py", field, f"{field}{field.replace('body', 'deck')}")
    line = '    standfirst: str = ""\n'
    changed(articles / "importers/story.py", line, f"{line}{line.replace('standfirst', 'deck')}")
    changed(page, "{% if story.standfirst %}", "{{ story.texts.deck }}{% if story.standfirst %}")
    run("manage.py", "makemigrations", "articles", "--name", "article_deck")
    run("manage.py", "migrate", "-v", "0")
    texts = {"en": "The deck", "es": "Una"}
    record = {
        "id": "1",
        "source_language": "en",
        "editions": {
            code: {
                "title": f"Title {code}",
                "deck": deck,
                "body": "<p>b</p>",
                "published_at": "2020-01-01T00:00:00Z",
            }
            for code, deck in texts.items()
        },
    }
    (folder / "stories.jsonl").write_text(json.dumps(record))
    run("manage.py", "import_articles", "stories.jsonl", "--publish")

    found = json.loads(
        run("-c", f"import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'newsroom.settings'{USE}")
    )

    assert found["imported"] == ["The deck", "Una"]
    assert found["categories"] == 0  # what a new site starts with
    assert found["purged"] == ["article:1:es"]
    assert found["versions"] == [0, 1]
    assert {"deck_en", "deck_es", "deck_ar"} <= set(found["fields"])
