"""Who may import whom, and how long anything may be; see docs/explanation and CONTRIBUTING.md."""

import ast
import re
from collections import Counter, defaultdict
from graphlib import CycleError, TopologicalSorter

import pytest

from articles.importers.formats import FORMATS
from tests.house_rules.source import (
    PACKAGES,
    dotted,
    functions,
    imports,
    modules,
    relative,
    texts,
)

# In parts, because this file is searched as well.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("npmjs", "com"),
        ("deb", "debian", "org"),
        ("proxy", "golang", "org"),
        ("crates", "io"),
    )
]
ONE_MACHINE = re.compile(r"(?<![\w.-])/(?:root|work|home/\w+|Users/\w+)/")

IMPORTERS = "articles.importers"
EXPORTERS = "articles.exporters"
DATABASE = ("articles.models", "django.db", "reversion", "taggit")


def of(name, packages):
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def test_the_site_does_not_know_the_domain():
    users = {
        relative(path)
        for path in modules("newsroom")
        for name in imports(path)
        if of(name, ["articles"])
    }

    assert users <= {"newsroom/urls.py"}


DOMAIN = re.compile(r"\b(?:articles?|stor(?:y|ies)|editions?|categor(?:y|ies)|bylines?)\b", re.I)


def test_the_site_does_not_know_the_domain_by_a_string_either():
    wiring = {"newsroom/settings.py", "newsroom/urls.py"}
    mentions = [
        f"{relative(path)}: {match.group(0)}"
        for path in modules("newsroom")
        if relative(path) not in wiring
        for match in DOMAIN.finditer(path.read_text(encoding="utf-8"))
    ]

    assert mentions == []


def test_nobody_reaches_past_the_names_of_the_models():
    names = {dotted(path) for path in modules("articles/models")} - {"articles.models"}
    users = {
        f"{relative(path)} imports {name}"
        for path in modules(*PACKAGES)
        if not dotted(path).startswith("articles.models")
        for name in imports(path)
        if name in names or name.rpartition(".")[0] in names
    }

    assert users == set()


def test_code_that_runs_on_a_site_does_not_import_tests():
    users = {
        relative(path)
        for path in modules(*PACKAGES)
        for name in imports(path)
        if of(name, ["tests", "pytest"])
    }

    assert users == set()


def importers_used_by(names):
    """Return the modules of the importers that these need, themselves included."""
    paths = {dotted(path): path for path in modules("articles/importers")}
    reached, waiting = set(), {f"{IMPORTERS}.{name}" for name in names}
    while waiting:
        name = waiting.pop()
        reached.add(name)
        used = {
            part
            for imported in imports(paths[name])
            for part in (imported, imported.rpartition(".")[0])
        }
        waiting |= (used & paths.keys()) - reached
    return [paths[name] for name in sorted(reached - {IMPORTERS})]


def test_parsers_of_import_formats_do_not_know_the_database():
    users = {
        f"{relative(path)} imports {name}"
        for path in importers_used_by(["story", *(name.replace("-", "_") for name in FORMATS)])
        for name in imports(path)
        if of(name, DATABASE)
    }

    assert users == set()


OF_ARCHIVES = ("lxml", "feedparser", "phpserialize", "charset_normalizer")


def test_no_web_process_loads_the_libraries_of_archives():
    """Formats are loaded by name when a file is read, so that what names none of them knows no such library."""
    used = {dotted(path): imports(path) for path in modules(*PACKAGES)}
    users, news = set(), set(OF_ARCHIVES)
    while news:
        news = {name for name, uses in used.items() if any(of(use, news) for use in uses)} - users
        users |= news

    assert {name for name in users if not of(name, [IMPORTERS, EXPORTERS])} == set()


@pytest.mark.parametrize("host", HOSTS)
def test_no_file_names_the_host_of_a_package_registry(host):
    assert [relative(path) for path, text in texts() if host in text] == []


def test_no_file_names_a_path_of_one_machine():
    mentions = [
        f"{relative(path)}: {match.group(0)}"
        for path, text in texts()
        for match in ONE_MACHINE.finditer(text)
    ]

    assert mentions == []


def test_functions_are_short():
    lengths = {
        f"{relative(path)}:{name}": lines
        for path in modules(*PACKAGES)
        for name, lines in functions(path)
    }
    longest = sorted(lengths.values())

    assert {name: lines for name, lines in lengths.items() if lines > 60} == {}
    assert longest[int(len(longest) * 0.95)] <= 40


def test_modules_are_short():
    lengths = {
        relative(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules(*PACKAGES)
    }

    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}


def test_the_page_cache_can_be_read_in_one_sitting():
    lines = sum(
        len(path.read_text(encoding="utf-8").splitlines())
        for path in modules(*PACKAGES)
        if "pagecache" in path.parts
    )

    assert 0 < lines <= 2300


def test_every_folder_with_code_is_a_package():
    folders = {path.parent for path in modules(*PACKAGES)}

    assert {
        relative(folder) for folder in folders if not (folder / "__init__.py").exists()
    } == set()


def test_no_folder_holds_more_than_a_person_can_survey():
    folders = Counter(relative(path.parent) for path in modules(*PACKAGES))
    most = defaultdict(lambda: 16, {"articles/models": 24})

    assert {name: number for name, number in folders.items() if number > most[name]} == {}


def used_by(path, names):
    """Return which of these modules a module imports: a name that is none belongs to the one before it."""
    used = {name if name in names else name.rpartition(".")[0] for name in imports(path)}
    return (used & names) - {dotted(path)}


def test_imports_run_one_way():
    known = {dotted(path): path for path in modules(*PACKAGES)}
    graph = {name: used_by(path, known.keys()) for name, path in known.items()}

    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def hidden(source):
    """Yield the line of each import inside of a function, also of one by name."""
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for node in ast.walk(function):
                is_import = isinstance(node, ast.Import | ast.ImportFrom)
                called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
                if is_import or called.rpartition(".")[2] in {"import_module", "__import__"}:
                    yield node.lineno


@pytest.mark.parametrize(
    "line",
    ["import a", "from a import b", "import_module('a')", "importlib.import_module(a)"],
)
def test_an_import_inside_of_a_function_is_seen(line):
    assert [*hidden(f"def f():\n    {line}")] == [2]
    assert [*hidden(f"async def f():\n    {line}")] == [2]
    assert [*hidden(line)] == []


def test_imports_stand_at_the_top():
    paths = {relative(path) for path in modules(*PACKAGES) if [*hidden(path.read_text("utf-8"))]}

    # Models, and what needs them, are there only when Django has read all apps.
    late = {"articles/apps.py", "newsroom/apps.py", "newsroom/admin.py", "newsroom/site/apps.py"}
    # Formats are named in a list, and large libraries of few are loaded when one is read.
    by_name = {f"articles/{folder}/formats.py" for folder in ("importers", "exporters")}
    by_name |= {"articles/importers/encodings.py", "newsroom/i18n/words.py"}
    assert paths == late | by_name


QUERIES = {"objects", "_base_manager", "_default_manager", "refresh_from_db"}


def test_a_representation_asks_no_database():
    faults = {
        f"{relative(path)}:{node.lineno} {node.attr}"
        for path in modules("articles/representations")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in QUERIES
    }
    faults |= {
        f"{relative(path)} imports {name}"
        for path in modules("articles/representations")
        for name in imports(path)
        if of(
            name,
            ["django.db", "django.apps", "newsroom.db", "articles.actions", "articles.derived"],
        )
    }

    assert faults == set()


def test_what_a_page_shows_cannot_be_changed_on_its_way():
    """Who reads it, template, feed and cache tags, reads the same."""
    loose = {
        f"{relative(path)}: {node.name}"
        for path in modules("articles/pages")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and not _is_frozen(node)
    }

    assert loose == set()


def _is_frozen(node):
    kinds = {ast.unparse(kind) for kind in [*node.decorator_list, *node.bases]}
    return bool(kinds & {"NamedTuple", "Protocol"}) or any("frozen=True" in kind for kind in kinds)
