"""Types are written where a checker can prove them, in modules that know no model, and nowhere else."""

import ast
import tomllib

from tests.house_rules.source import (
    PACKAGES,
    ROOT,
    dotted,
    functions,
    imports,
    modules,
    relative,
)

CHECKED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"][
    "files"
]


def is_checked(path):
    name = relative(path)
    return any(
        name == checked_path or name.startswith(f"{checked_path}/") for checked_path in CHECKED
    )


def annotated(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            if node.returns or any(argument.annotation for argument in arguments):
                yield f"{relative(path)}:{node.lineno}"


def test_what_is_checked_is_there():
    assert [name for name in CHECKED if not (ROOT / name).exists()] == []


def test_what_is_checked_knows_no_model():
    users = {
        relative(path)
        for path in filter(is_checked, modules(*PACKAGES))
        for name in imports(path)
        if ".models" in name
    }

    assert users == set()


OF_DJANGO = ("django.conf", "django.utils")
"""What a module may take of Django that can be typed all the same."""

OF_ROWS = {
    "articles/exporters/comments.py",
    "articles/exporters/media.py",
    "articles/importers/run/items.py",
    "articles/importers/run/receipts.py",
    "articles/importers/run/sources.py",
    "articles/importers/writer/rights.py",
    "articles/purging/kind.py",
    "articles/representations/sitemaps.py",
    "articles/searching.py",
    "newsroom/backup/archive.py",
    "newsroom/db/comparing.py",
    "newsroom/management/progress.py",
    "newsroom/users/proxy.py",
}
"""They import no model, and are given rows, results of a run or pages: only who calls them knows which."""

OF_REQUESTS = (
    "articles/exporters/static/",
    "newsroom/files/",
    "newsroom/pagecache/edges/",
    "newsroom/pagecache/serving/",
    "newsroom/pagecache/stores/",
)
"""They stand between Django's answers or storages and the disk."""

MODELS = ("django.contrib", "django.db", "django.apps", "modeltranslation", "reversion", "taggit")


def free_of_models(used):
    """Return the modules that reach no model, by what each of these uses: name -> names."""
    bound = {
        name
        for name, uses in used.items()
        if any(".models" in module or module.startswith(MODELS) for module in (name, *uses))
    }
    news = bound
    while news:
        news = {
            name
            for name, uses in used.items()
            if name not in bound
            and {*uses, *(module.rpartition(".")[0] for module in uses)} & bound
        }
        bound |= news
    return used.keys() - bound


def test_what_reaches_a_model_is_found_through_others():
    used = {"a": {"b.f"}, "b": {"django.db.models"}, "c": {"d"}, "d": {"django.utils"}}

    assert free_of_models(used) == {"c", "d"}


def test_what_reaches_no_model_is_checked():
    paths = {dotted(path): path for path in modules(*PACKAGES)}
    used = {name: imports(path) for name, path in paths.items()}
    plain = [
        paths[name]
        for name in free_of_models(used)
        if all(module.startswith(OF_DJANGO) for module in used[name] if module.startswith("django"))
    ]
    left = {
        relative(path)
        for path in plain
        if any(functions(path))
        and not is_checked(path)
        and not relative(path).startswith(OF_REQUESTS)
    }

    assert left - OF_ROWS == set()
    assert {name for name in OF_ROWS if is_checked(ROOT / name)} == set()


def test_nothing_else_is_annotated():
    others = [path for path in modules(*PACKAGES) if not is_checked(path)]

    assert [place for path in others for place in annotated(path)] == []
