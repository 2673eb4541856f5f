"""Types are written where a checker can prove them, in modules that know no model, and nowhere else."""

import ast
import tomllib

from tests.house_rules.source import PACKAGES, ROOT, imports, modules, relative

CHECKED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"][
    "files"
]


def is_checked(path):
    name = relative(path)
    return any(name == each or name.startswith(f"{each}/") for each in CHECKED)


def annotated(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            if node.returns or any(each.annotation for each in arguments):
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


def test_nothing_else_is_annotated():
    others = [path for path in modules(*PACKAGES) if not is_checked(path)]

    assert [place for path in others for place in annotated(path)] == []
