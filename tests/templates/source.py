"""The templates and stylesheets of the public pages, and what can be read from their text."""

import re

from tests.house_rules.source import ROOT

TEMPLATES = ROOT / "templates"
STYLES = ROOT / "static" / "css"

ALL = sorted(TEMPLATES.rglob("*.html"))
PAGES = [path for path in ALL if "admin" not in path.relative_to(TEMPLATES).parts]
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
SHEETS = sorted(
    path for path in STYLES.rglob("*.css") if "admin" not in path.relative_to(STYLES).parts
)
NAMED = "".join(path.read_text(encoding="utf-8") for path in PAGES)
SCRIPTS = [sheet for sheet in SHEETS if sheet.parent.name == "scripts"]
"""The stylesheets of letters, which the language of a page names."""
WHOLE = [sheet for sheet in SHEETS if f'"css/{sheet.name}"' in NAMED]
"""The stylesheets that pages name."""

TOP_COMMENT = re.compile(r"\{% comment %\}\n(?P<words>.*?)\n\{% endcomment %\}", re.DOTALL)
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def part(sheet):
    """Return the part that a stylesheet is of: that of card-front.css is card, of which front pages have more."""
    return sheet.stem.removesuffix("-front").removesuffix("-lists")


def name(path):
    return path.relative_to(ROOT).as_posix()


def without_comments(sheet):
    return CSS_COMMENT.sub(" ", sheet.read_text(encoding="utf-8"))
