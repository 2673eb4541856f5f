"""Tests stand where their subject does: `tests/a/test_b.py` shows `a/b.py`, or what `a/b/` holds."""

import ast
from pathlib import Path

from tests.every import every
from tests.house_rules.source import PACKAGES, ROOT, modules, relative

WHOLE = {
    "tests/articles/actions/test_unchanged.py",
    "tests/articles/admin/article/test_at_one_moment.py",
    "tests/articles/admin/article/test_reported.py",
    "tests/articles/admin/article/test_unstored.py",
    "tests/articles/admin/test_bucket.py",
    "tests/articles/admin/test_named.py",
    "tests/articles/admin/test_offers.py",
    "tests/articles/admin/test_permissions.py",
    "tests/articles/admin/test_plain_words.py",
    "tests/articles/admin/test_two_editors.py",
    "tests/articles/admin/test_unchanged.py",
    "tests/articles/admin/test_autosave.py",
    "tests/articles/admin/test_unsaved.py",
    "tests/articles/body/test_words.py",
    "tests/articles/importers/test_hostile.py",
    "tests/articles/importers/run/test_killed.py",
    "tests/articles/importers/run/test_modes.py",
    "tests/articles/importers/writer/test_together.py",
    "tests/articles/importers/test_limits.py",
    "tests/articles/purging/test_bulk.py",
    "tests/articles/test_bucket.py",
    "tests/articles/test_exactness.py",
    "tests/articles/test_exactness_by_hand.py",
    "tests/articles/test_one_language.py",
    "tests/articles/test_paper.py",
    "tests/articles/test_plans.py",
    "tests/articles/test_replicated_site.py",
    "tests/articles/test_who_may.py",
    "tests/articles/views/test_query_counts.py",
    "tests/newsroom/pagecache/test_machines.py",
    "tests/newsroom/pagecache/test_outages.py",
    "tests/newsroom/pagecache/test_for_machines.py",
    "tests/newsroom/test_interface_languages.py",
}
"""Tests of a behaviour that no one module holds; each says at its top what it shows."""

ELSEWHERE = {
    "articles/purging/facts": "tests/articles/purging",
    "articles/templatetags": "tests/templates",
    "newsroom/forms": "tests/articles/admin",
    "newsroom/i18n/formats/ar": "tests/newsroom/test_interface_languages.py",
    "newsroom/i18n/formats/en": "tests/newsroom/test_interface_languages.py",
    "newsroom/management/commands": "tests/newsroom/management",
}
"""Folders of code, and the tests that show them from another place."""

TESTS = sorted(
    relative(path) for package in PACKAGES for path in (ROOT / "tests" / package).rglob("test_*.py")
)


def places_of(test):
    """Return where the code may stand that a test is named after: a module, a package, its own folder."""
    folder, _slash, name = test.removeprefix("tests/").rpartition("/")
    subject = name.removeprefix("test_").removesuffix(".py")
    places = [f"{folder}/{subject}.py", f"{folder}/{subject}/__init__.py"]
    if Path(folder).name == "management":
        places.append(f"{folder}/commands/{subject}.py")
    if Path(folder).name == subject:
        places.append(f"{folder}/__init__.py")
    return places


def has_twin(test):
    return any((ROOT / place).exists() for place in places_of(test))


@every(TESTS)
def test_a_test_is_named_after_its_module_or_stands_in_the_list(test):
    assert has_twin(test) != (test in WHOLE), f"{test}: rename it, or correct WHOLE"


def test_the_lists_name_what_is_there():
    assert WHOLE - {*TESTS} == set()
    assert [path for path in [*ELSEWHERE, *ELSEWHERE.values()] if not (ROOT / path).exists()] == []


@every(WHOLE)
def test_what_shows_no_one_module_says_what_it_shows(test):
    assert ast.get_docstring(ast.parse((ROOT / test).read_text("utf-8")))


def test_every_folder_of_code_has_its_tests_beside_it():
    folders = {relative(path.parent) for path in modules(*PACKAGES) if path.name != "__init__.py"}
    beside = {
        place
        for test in TESTS
        for place in (Path(test).parent.as_posix(), test.replace("test_", ""))
    }
    alone = {
        folder
        for folder in folders - ELSEWHERE.keys()
        if not {f"tests/{folder}", f"tests/{folder}.py", f"tests/{Path(folder).parent}"} & beside
    }

    assert alone == set()
