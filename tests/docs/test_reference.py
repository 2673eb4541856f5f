"""The reference names what the code has, and nothing that it has not."""

import re

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand
from modeltranslation.translator import NotRegistered, translator

from articles import body, models, roles, urls
from articles.actions import publishing
from articles.importers.formats import FORMATS
from articles.models import Article, Edition
from articles.purging import lists
from articles.purging.facts import KINDS
from newsroom.pagecache import EVERYTHING
from tests.articles.exactness.excuses import EXCUSES
from tests.docs.pages import code, headings, rows, section, text_of
from tests.every import every
from tests.house_rules.source import PACKAGES, ROOT
from tests.tools import check

ROUTE_PART = re.compile(r"<(?:\w+:)?(\w+)>")
COMMANDS = sorted(
    name for name, app in get_commands().items() if str(app).split(".")[0] in PACKAGES
)


# --- Commands ---


def options(command):
    parser = command.create_parser("manage.py", "command")
    return {name for action in parser._actions for name in action.option_strings}


@every(COMMANDS)
def test_a_command_has_a_section_with_all_its_options_and_no_others(name):
    own = options(load_command_class(get_commands()[name], name)) - options(BaseCommand())
    told = section(text_of("reference/commands.md"), name)

    assert {words.split()[0] for words in code(told) if words.startswith("--")} == own


def test_every_make_command_is_described():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE))
    told = {row[0] for row in rows(section(text_of("reference/commands.md"), "make"))}

    assert told == {f"`make {target}`" for target in targets}


def test_the_commands_of_libraries_exist():
    told = rows(section(text_of("reference/commands.md"), "Commands of the libraries"))
    names = {words.split()[0] for row in told for words in code(row[0])}

    assert names - get_commands().keys() == set()


def page_of(form):
    """Return the page, or the section of a page, that describes a format."""
    own = f"import-{form}.md"
    return own if (ROOT / "docs/reference" / own).exists() else f"formats.md#{form}"


@pytest.mark.parametrize("form", [form for form in FORMATS if page_of(form).startswith("formats")])
def test_a_format_tells_of_the_fields_that_it_reads_and_of_no_others(form):
    told = section(text_of("reference/formats.md"), form)
    fields = [(", ".join(code(row[0])), re.split(r"[:;,( ]", row[1])[0]) for row in rows(told)]

    assert fields == list(FORMATS[form].FIELDS.items())
    assert "\nDropped: " in told


def test_every_import_format_is_listed_with_its_suffixes():
    told = rows(section(text_of("reference/commands.md"), "import_articles"))
    known = [
        [
            f"[`{name}`]({page_of(name)})",
            form.DESCRIPTION,
            ", ".join(f"`{s}`" for s in form.SUFFIXES),
        ]
        for name, form in FORMATS.items()
    ]

    assert [row for row in told if re.search(r"\]\((?:import-|formats\.md#)", row[0])] == known


# --- Addresses ---


def test_every_address_is_listed_with_its_path():
    told = {row[2]: row[1] for row in rows(text_of("reference/urls.md")) if len(row) > 2}
    routes = {
        f"`articles:{route.name}`": "`/" + ROUTE_PART.sub(r"<\1>", route.pattern._route) + "`"
        for route in urls.urlpatterns
    }

    assert {name: path for name, path in told.items() if name.startswith("`articles:")} == routes


# --- Models ---


def translated(model):
    try:
        return translator.get_options_for_model(model).all_fields
    except NotRegistered:
        return {}


def own_fields(model):
    """Return the names of a model's fields, those per language once and with their mark."""
    texts = translated(model)
    columns = {column.name for text_columns in texts.values() for column in text_columns}
    fields = [*model._meta.fields, *model._meta.many_to_many]
    fields += model._meta.private_fields
    names = {field.name for field in fields if not field.primary_key} - columns
    return {f"`{name}`*" if name in texts else f"`{name}`" for name in names}


MODELS = [name for name in models.__all__ if isinstance(getattr(models, name), type)]


def test_every_model_has_a_section():
    assert set(headings(text_of("reference/models.md"), level=2)) == set(MODELS)


@every(MODELS)
def test_a_section_names_all_fields_of_its_model_and_no_others(name):
    told = rows(section(text_of("reference/models.md"), name))
    named = {field for row in told for field in re.findall(r"`\w+`\*?", row[0])}

    assert named == own_fields(getattr(models, name))


# --- The body ---


def test_the_elements_of_a_body_are_listed_with_their_attributes():
    told = {
        element: set(code(row[1]))
        for row in rows(section(text_of("reference/body.md"), "Elements"))
        for element in code(row[0])
    }

    assert told == {tag: body.ATTRIBUTES.get(tag, set()) for tag in body.TAGS}


def test_the_attributes_of_a_body_are_listed_with_their_values():
    told = rows(section(text_of("reference/body.md"), "Values of attributes"))

    assert {words for row in told for words in code(row[0])} == body.CHECKS.keys()


def test_an_example_of_a_body_is_clean():
    told = rows(section(text_of("reference/body.md"), "What readers get"))
    examples = [words for row in told for words in code(row[0]) if words.endswith(">")]
    whole = [words for words in examples if "</" in words]

    assert len(whole) > 3
    assert [body.clean(words).html for words in whole] == whole


# --- Cache tags ---


def parts():
    return [*(part for kind in KINDS for part in kind.parts), *lists.PARTS]


def test_every_cache_tag_is_listed_in_the_words_of_its_kind():
    told = rows(section(text_of("reference/cache-tags.md"), "Names"))

    assert told[0][0] == f"`{EVERYTHING}`"
    assert told[1:] == [[f"`{part.form}`", part.carried_by, part.purged_when] for part in parts()]


def test_every_cache_tag_that_is_purged_hard_is_listed():
    told = rows(section(text_of("reference/cache-tags.md"), "Hard and soft"))
    hiding = {part.name for part in parts() if part.hides}

    assert {words for row in told for words in code(row[0])} == hiding | {EVERYTHING}


def test_every_exception_to_exactness_is_listed():
    told = rows(section(text_of("reference/cache-tags.md"), "Made anew for nothing"))

    assert [row[0] for row in told] == [f"`{name}`" for name in EXCUSES]


# --- Permissions and checks ---


def test_every_permission_of_an_article_is_described():
    told = set(code(text_of("reference/permissions.md")))

    assert {f"articles.{codename}" for codename, _name in Article._meta.permissions} <= told


def test_every_verb_is_described_with_the_states_it_starts_from():
    told = {row[0]: row[1] for row in rows(section(text_of("reference/permissions.md"), "Verbs"))}

    assert told.keys() == {f"`{verb}`" for verb in publishing.VERBS}
    states = {words for cell in told.values() for words in code(cell)}
    assert states == set(Edition.Status.values)


def test_every_step_of_make_check_is_described():
    told = {row[0] for row in rows(section(text_of("reference/checks.md"), "make check"))}

    assert told == {name for name, _command in check.steps()}


def test_both_groups_are_described():
    told = {row[0] for row in rows(text_of("reference/permissions.md"))}

    assert {roles.WRITER, roles.EDITOR} <= told
