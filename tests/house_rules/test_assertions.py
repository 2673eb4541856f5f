"""An assertion can fail: one of values alone, as in `assert a == b or long`, is always so."""

import ast

import pytest

from tests.house_rules.source import ROOT, relative

VALUES = (ast.Constant, ast.JoinedStr, ast.Tuple, ast.Lambda, ast.GeneratorExp)


def always_so(source):
    """Yield the line of each assertion that no fault makes fail."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Assert)
            and (_is_always_so(node.test) or isinstance(node.msg, ast.Compare))
            or isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Compare)
        ):
            yield node.lineno


def _is_always_so(test):
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or):
        return isinstance(test.values[-1], (ast.Name, *VALUES))
    return isinstance(test, VALUES)


@pytest.mark.parametrize(
    "source",
    [
        "assert a == b or long",
        "assert a == b or 'words'",
        "assert (a == b, 'message')",
        "assert a, b == (c, d)",
        "assert 'words'",
        "assert (a for a in b)",
        "a == b",
    ],
)
def test_what_is_always_so_is_seen(source):
    assert [*always_so(source)] == [1]


@pytest.mark.parametrize(
    "source",
    [
        "assert a",
        "assert a == b or c is None",
        "assert a or f(b)",
        "assert a == b, (a, b)",
        "a = b",
    ],
)
def test_what_can_fail_is_left_alone(source):
    assert [*always_so(source)] == []


def test_every_assertion_can_fail():
    tests = {relative(path): path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py")}
    by_path = {path: [*always_so(source)] for path, source in tests.items()}

    assert {path: lines for path, lines in by_path.items() if lines} == {}
