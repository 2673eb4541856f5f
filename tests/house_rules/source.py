"""Find the project's own files and read what they import."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("newsroom", "articles")
MADE_BY_TOOLS = {".git", ".uv", ".venv", "var", "__pycache__", "node_modules", ".hypothesis"}
MADE_BY_TOOLS |= {".pytest_cache", ".ruff_cache"}


def modules(*packages):
    """Return the Python files of the packages, without migrations, in a fixed order."""
    paths = (path for package in packages for path in (ROOT / package).rglob("*.py"))
    return sorted(path for path in paths if "migrations" not in path.parts)


def relative(path):
    return path.relative_to(ROOT).as_posix()


def dotted(path):
    """Return the name by which a module is imported."""
    return relative(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def texts(folder=ROOT):
    """Yield (path, text) of every file of the project that is text."""
    for path in sorted(folder.iterdir()):
        if path.name in MADE_BY_TOOLS or path.is_symlink():
            continue
        if path.is_dir():
            yield from texts(path)
        elif text := read(path):
            yield path, text


def read(path):
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def imports(path):
    """Return the dotted names that a module imports, at its top or inside a function."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            package = path.relative_to(ROOT).parts[: -node.level]
            base = ".".join([*package, *filter(None, [node.module])])
            names |= {f"{base}.{alias.name}" for alias in node.names}
    return names


def functions(path):
    """Yield (name, number of lines) of every function of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.end_lineno - node.lineno + 1
