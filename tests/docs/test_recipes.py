"""The Python of a recipe runs as it is printed."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from io import StringIO
from pathlib import Path
from textwrap import dedent
from types import ModuleType

import polib
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.template import engines
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from django.utils import timezone
from reversion.models import Version

import articles.pages
from articles import urls
from articles.importers import formats
from articles.models import Category, Origin
from articles.pages import story as story_pages
from articles.purging import list_of, pages as purging_pages
from newsroom import urls as site_urls
from newsroom.pagecache.purges.tags import micros
from tests import factories, pages
from tests.docs.pages import section, text_of
from tests.house_rules.source import ROOT
from tests.pages import statements
from tests.tools import messages


def python_of(heading):
    told = section(text_of("howto/develop.md"), heading)
    blocks = re.findall(r"^( *)```python\n(.*?)^ *```", told, re.M | re.S)
    return [re.sub(rf"^{indent}", "", code, flags=re.M) for indent, code in blocks]


def test_every_recipe_with_python_is_run_here():
    own = Path(__file__).read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", text_of("howto/develop.md"), re.M)
    recipes = {heading for heading in headings if python_of(heading)}

    assert len(recipes) > 5
    assert {heading for heading in recipes if f'"{heading}"' not in own} == set()


def test_the_places_of_a_noun_are_those_of_one_that_is_there():
    told = section(text_of("howto/develop.md"), "Add a noun that readers see")
    places = {
        place.replace("<noun>", "promotion") for place in re.findall(r"`([\w/<>]+\.py)`", told)
    }

    assert len(places) > 5
    assert {place for place in places if not (ROOT / place).exists()} == set()


@pytest.mark.django_db
def test_stories_are_asked_for_as_the_recipe_says():
    factories.story(live=["en"])
    stories = [factories.live_edition("es", title_es=f"Historia {number}") for number in range(2)]
    (recipe,), names = python_of("Ask for stories"), {}

    with pages.kept_in_memory(), CaptureQueriesContext(connection) as queries:
        exec(recipe, names)  # noqa: S102, our own documentation

    assert [card.title for card in names["stories"]] == ["Historia 1", "Historia 0"]
    assert {card.article_id for card in names["stories"]} == {one.article_id for one in stories}
    assert len(queries) == 2


@pytest.mark.django_db
def test_a_format_that_is_added_by_the_recipe_is_recognised_and_imported(tmp_path, monkeypatch):
    (recipe,), telegram = python_of("Add an import format"), ModuleType("telegram")
    exec(recipe, telegram.__dict__)  # noqa: S102, our own documentation
    monkeypatch.setitem(sys.modules, "articles.importers.telegram", telegram)
    monkeypatch.setattr(formats, "NAMES", (*formats.NAMES, "telegram"))
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


@pytest.fixture
def newest(monkeypatch, settings, tmp_path):
    """The page of the recipe, put where it says; its address is /en/newest/."""
    page, parts, view = (ModuleType("newest") for _ in range(3))
    shown, yielded, viewed = python_of("Add a public page")
    exec(shown, page.__dict__)  # noqa: S102, our own documentation
    monkeypatch.setattr(articles.pages, "newest", page, raising=False)
    monkeypatch.setitem(sys.modules, "articles.pages.newest", page)
    exec(yielded, parts.__dict__)  # noqa: S102
    monkeypatch.setattr(purging_pages, "newest", parts.newest, raising=False)
    exec(viewed, view.__dict__)  # noqa: S102
    line = path("<language:language>/newest/", view.newest, name="newest")
    site = ModuleType("site_with_newest")
    site.urlpatterns = [
        path("", include(([line, *urls.urlpatterns], "articles"))),
        *site_urls.urlpatterns,
    ]
    monkeypatch.setitem(sys.modules, site.__name__, site)
    settings.ROOT_URLCONF = site.__name__
    (template,) = re.findall(r"```html\n(.*?)```", text_of("howto/develop.md"), re.S)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/newest.html").write_text(dedent(template).strip())
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path, *engine["DIRS"]]}]


@pytest.mark.django_db
def test_a_page_that_is_added_by_the_recipe_is_shown_with_its_tags(client, newest):
    stories = [factories.live_edition("en", title_en=f"Story {number}") for number in range(11)]
    factories.live_edition("es", title_es="Otra")

    with statements() as queries:
        response = client.get("/en/newest/")

    assert re.findall(r"Story \d+", response.text) == [f"Story {n}" for n in range(10, 0, -1)]
    assert {f"link:{edition.article_id}:en" for edition in stories[1:]} < response.cache_tags.keys()
    assert response.cache_tags[list_of("all", None, "en")] == [
        micros(stories[1].published_at),
        None,
    ]
    assert "link:1:es" not in response.cache_tags
    assert len(queries) <= 3


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


def test_a_body_is_asked_as_the_recipe_says():
    names = run_recipe("Ask a body")
    told = section(text_of("howto/develop.md"), "Ask a body")

    assert names["told"] == ["Ships came.", 2, 2, {7}]
    assert names["left_out"] == ["rule"]
    for name in ("text", "words", "references", "blocks", "render", "rewritten"):
        assert f"`{name}`" in told
        assert hasattr(names["body"], name)


@pytest.mark.django_db
def test_a_frame_is_all_that_the_base_of_a_page_takes():
    told = section(text_of("howto/develop.md"), "Give a page its frame")
    (module,) = re.findall(r"`page_of` in `(articles/views/page\.py)`", told)
    page_of = import_module(module.removesuffix(".py").replace("/", ".")).page_of
    (base,) = re.findall(r"`templates/(base\.html)` takes the frame as `page`", told)

    page = page_of(Category.tree(language="ar"), "/ar/x/", "عنوان", description="وصف")
    html = render_to_string(base, {"page": page})

    assert '<html lang="ar" dir="rtl"' in html
    assert re.search(r"<title>\s*عنوان", html)
    assert '<meta name="description" content="وصف">' in html


def test_a_component_that_is_added_by_the_recipe_takes_its_parameters_alone(settings, tmp_path):
    told = section(text_of("howto/develop.md"), "Add a component")
    (name,) = re.findall(
        r"`templates/(components/x\.html)` with its parameters in the comment", told
    )
    sheets = re.findall(r"`(?:static/css/)?((?:site|front|lists|story|comments)\.css)`", told)
    assert "Include it with `only`." in told
    (tmp_path / "components").mkdir()
    (tmp_path / name).write_text(
        '{% comment %}\nA remark.\n\nwords  what it says\n{% endcomment %}\n<p class="x"\n  >{{ words }}{{ other }}</p>\n'
    )
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path, *engine["DIRS"]]}]
    page = f'{{% include "{name}" with words="A" only %}}'

    html = engines["django"].from_string(page).render({"other": "B"})

    assert re.sub(r"\s+", " ", html).strip().replace('" >', '">') == '<p class="x">A</p>'
    assert len(sheets) == 5
    assert all(
        "components/" in (ROOT / "static/css" / sheet).read_text("utf-8") for sheet in sheets
    )


def test_a_script_is_written_and_looked_at_as_the_recipe_says(tmp_path):
    told = section(text_of("howto/develop.md"), "Change a script")
    assert "`make format` writes them in the house style, `make check`\nlooks for mistakes" in told
    (folder,) = re.findall(r"`(static/js)/` holds one ES module", told)
    assert f"oxfmt {folder}" in (ROOT / "Makefile").read_text("utf-8")
    script = tmp_path / "a.js"

    def ran(program, *options):
        command = [ROOT / ".venv/bin" / program, *options, script]
        return subprocess.run(command, capture_output=True, check=False, cwd=ROOT).returncode

    script.write_text("export function twice(number) {\nreturn 2*number\n}\n")
    assert ran("oxfmt", "--check") != 0
    ran("oxfmt")
    assert [ran("oxfmt", "--check"), ran("oxlint", "--quiet")] == [0, 0]
    script.write_text("export function twice(number) {\n  return 2 * number;\n  debugger;\n}\n")
    assert ran("oxlint", "--quiet") != 0


def test_who_sees_a_word_follows_from_its_file_and_comment_as_the_recipe_says():
    told = section(text_of("howto/develop.md"), "Change the interface's words")
    (names,) = re.findall(r"`(\w+)` in `tests/tools/messages\.py`", told)
    (comment,) = re.findall(r"`# (Translators: [^`]+)` above a word", told)
    (folder, *_others) = getattr(messages, names)

    def seen(file, **more):
        entry = polib.POEntry(msgid="Save", occurrences=[(file, "1")], **more)
        return messages.is_for_readers(entry)

    assert not seen(f"{folder}a.py")
    assert seen(f"{folder}a.py", comment=comment)
    assert seen("templates/articles/a.html")


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
        "LANGUAGES": "en,es,is",
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
from articles import body, purging
from articles.actions import writing
from articles.admin.article.admin import ArticleAdmin
from articles.purging.facts.article import KIND
from articles.models import Article, Category
from django.contrib import admin
from django.test import Client, RequestFactory
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
icelandic = Client(SERVER_NAME="localhost").get(article.editions.get(language="is").get_absolute_url())
request = RequestFactory().get("/")
request.user = User(is_superuser=True, is_active=True, is_staff=True)
json.dump({
    "body": body.clean('<table><tr><td data-unit="kg">1</td><td data-unit="x">2</td></tr></table>').html,
    "categories": Category.objects.count(),
    "imported": imported,
    "icelandic": [icelandic.status_code, icelandic.text],
    "purged": sorted(name for name in after if before[name] != after[name]),
    "versions": [edition.version - version for edition in article.editions.order_by("language")],
    "fields": list(ArticleAdmin(Article, admin.site).get_form(request, article).base_fields),
}, sys.stdout)
"""


def add_to_the_vocabulary(articles):
    """Let a cell say its unit, in the two places that the recipe names."""
    told = section(text_of("howto/develop.md"), "Change the body's vocabulary")
    assert "`ATTRIBUTES` and `CHECKS` in `articles/body/vocabulary.py`" in told
    vocabulary = articles / "body/vocabulary.py"
    changed(vocabulary, '"td": {"colspan"', '"td": {"data-unit", "colspan"')
    line = '    "colspan": lambda'
    changed(vocabulary, line, f'    "data-unit": {{"kg", "t"}}.__contains__,\n{line}')


def test_a_text_and_a_language_that_are_added_by_their_recipes_are_everywhere(copy):
    folder, run = copy
    (line,) = re.findall(r"^ *(Language\(.*\),)$", text_of("howto/add-a-language.md"), re.M)
    languages = folder / "newsroom/languages.py"
    changed(languages, '        Language("ar"', f'        {line}\n        Language("ar"')
    articles, page = folder / "articles", folder / "templates/articles/article.html"
    changed(articles / "texts.py", '"standfirst", "body")', '"standfirst", "deck", "body")')
    field = '    body = models.TextField(_("body"), blank=True)\n'
    changed(articles / "models/article.py", field, f"{field}{field.replace('body', 'deck')}")
    line = '    standfirst: str = ""\n'
    changed(articles / "importers/story.py", line, f"{line}{line.replace('standfirst', 'deck')}")
    changed(page, "{% if story.standfirst %}", "{{ story.texts.deck }}{% if story.standfirst %}")
    add_to_the_vocabulary(articles)
    told = section(text_of("howto/develop.md"), "Change a model")
    (command,) = re.findall(r"^\.venv/bin/python (manage\.py makemigrations .*)$", told, re.M)
    run(*command.split())
    assert [*(articles / "migrations").glob(f"*_{command.split()[-1]}.py")]
    run("manage.py", "migrate", "-v", "0")
    texts = {"en": "The deck", "es": "Una", "is": "Bryggjan opnar"}
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

    outcome = json.loads(
        run("-c", f"import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'newsroom.settings'{USE}")
    )

    assert '<td data-unit="kg">1</td><td>2</td>' in outcome["body"]
    assert outcome["imported"] == ["The deck", "Una"]
    assert outcome["categories"] == 0  # what a new site starts with
    # A card says the day of a change, a sitemap its moment.
    parts = ("article:1:es", "dated:es:2020-01", "teaser:1:es", "text:1:es")
    assert outcome["purged"] == [*parts]
    assert outcome["versions"] == [0, 1, 0]
    assert {"deck_en", "deck_es", "deck_is"} <= set(outcome["fields"])
    status, page = outcome["icelandic"]
    assert status == 200
    assert '<html lang="is" dir="ltr">' in page
    assert "Bryggjan opnar" in page
