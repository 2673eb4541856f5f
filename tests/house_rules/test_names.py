"""A variable is called what it holds: `found` and `each` fit anything, and so tell a reader nothing."""

import ast
import re

from tests.house_rules.source import PACKAGES, ROOT, modules, relative

SAY_NOTHING = {"found", "each"}
LOOP = re.compile(r"\{% for ([\w, ]+) in ")


def bound(path):
    """Yield (name, line) of every variable and parameter of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno


def test_a_variable_is_called_what_it_holds():
    assert [
        f"{relative(path)}:{line}: {name}"
        for path in modules(*PACKAGES, "tests")
        for name, line in bound(path)
        if name in SAY_NOTHING
    ] == []


def test_a_template_calls_what_it_loops_over_by_its_name():
    assert [
        f"{relative(path)}: {names}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for names in LOOP.findall(path.read_text(encoding="utf-8"))
        if SAY_NOTHING & set(re.split(r",\s*", names))
    ] == []


OF_THE_FIELD = {
    "going_back": "restoring",
    "led": "relinked",
    "looks": "perceptual_hash",
    "lost": "orphans",
    "patience": "deadlines",
    "turns": "locks",
    "untold": "recovery",
}
"""Words of a dialect, and what a stranger looks for in their place."""


def test_a_module_is_called_by_the_word_of_the_field():
    assert {
        relative(path): OF_THE_FIELD[path.stem]
        for path in modules(*PACKAGES)
        if path.stem in OF_THE_FIELD
    } == {}
