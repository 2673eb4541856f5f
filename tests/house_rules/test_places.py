"""Tests stand where their subject does: `tests/a/test_b.py` shows `a/b.py`, or what `a/b/` holds."""

from pathlib import Path

from tests.every import every
from tests.house_rules.source import PACKAGES, ROOT, modules, relative

WHOLE = {
    "tests/articles/actions/test_unchanged.py": "verbs that change nothing, of every kind",
    "tests/articles/admin/article/test_at_one_moment.py": "requests that save a story at one moment",
    "tests/articles/admin/article/test_reported.py": "what editors of other systems have reported",
    "tests/articles/admin/article/test_unstored.py": "a form whose words or picture find no room",
    "tests/articles/admin/test_bucket.py": "pictures in a bucket, changed in the admin",
    "tests/articles/admin/test_named.py": "names in one direction on pages of the other",
    "tests/articles/admin/test_offers.py": "every link and button of the admin, as each role",
    "tests/articles/admin/test_permissions.py": "what the forms of the admin offer each role",
    "tests/articles/admin/test_plain_words.py": "words of the admin on every page of it",
    "tests/articles/admin/test_two_editors.py": "two people at each form of the admin",
    "tests/articles/admin/test_unchanged.py": "a save that changes nothing, in every form",
    "tests/articles/admin/test_autosave.py": "words of open forms, and who has them open",
    "tests/articles/admin/test_unsaved.py": "forms that could not be saved",
    "tests/articles/body/test_words.py": "words that go in come out, for any HTML",
    "tests/articles/importers/test_hostile.py": "files that want to harm, for every format of others",
    "tests/articles/importers/run/test_killed.py": "processes that are killed at any statement",
    "tests/articles/importers/run/test_modes.py": "a plan, a proof and the mapping by whole runs",
    "tests/articles/importers/writer/test_together.py": "stories that are stored together beside each alone",
    "tests/articles/importers/test_limits.py": "limits of Story records beside those of models",
    "tests/articles/purging/test_bulk.py": "writes in bulk of every model that readers see",
    "tests/articles/test_bucket.py": "pictures in a bucket, imported and shown",
    "tests/articles/test_exactness.py": "every page after random changes",
    "tests/articles/test_exactness_by_hand.py": "every page after changes that were hard to get right",
    "tests/articles/test_one_language.py": "no language touches another, by whatever verb",
    "tests/articles/test_paper.py": "a site in other languages than the demo",
    "tests/articles/test_plans.py": "the plans of the database for public pages",
    "tests/articles/test_replicated_site.py": "the site on a replica that is behind",
    "tests/articles/test_who_may.py": "role x object x address",
    "tests/articles/views/test_archive.py": "the pages of the archive, whose view is that of lists",
    "tests/articles/views/test_query_counts.py": "how many queries each public page costs",
    "tests/newsroom/pagecache/test_machines.py": "several machines with one database",
    "tests/newsroom/pagecache/test_outages.py": "every page while something is down, and after a restart then",
    "tests/newsroom/pagecache/test_for_machines.py": "made-up views, from Django to the files",
    "tests/newsroom/test_interface_languages.py": "every page in every language",
}
"""Tests of a behaviour that no one module holds, and what each shows."""

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
    assert [test for test in WHOLE if test not in TESTS] == []
    assert [path for path in [*ELSEWHERE, *ELSEWHERE.values()] if not (ROOT / path).exists()] == []


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
