"""Every page of the documentation: its links lead somewhere, and it speaks of no one machine."""

import re

from tests.docs.pages import anchors, links, pages
from tests.every import every
from tests.house_rules.source import ROOT, relative

SCREEN = 60
# A path that exists on one machine only; examples may name folders that everybody knows.
ABSOLUTE = re.compile(r"(?<![\w.:/-])/(?:home|root|Users|work|tmp|opt|srv|mnt)\b")

each_page = every(pages(), name=relative)


def broken(page, target):
    """Return whether a link of a page leads to no file, or to no heading of it."""
    path, _mark, anchor = target.partition("#")
    file = (page.parent / path).resolve() if path else page
    if not file.is_relative_to(ROOT) or not file.exists():
        return True
    return bool(anchor) and anchor not in anchors(file.read_text(encoding="utf-8"))


@each_page
def test_links_lead_somewhere(page):
    targets = [target for target in links(page.read_text(encoding="utf-8")) if ":" not in target]

    assert [target for target in targets if broken(page, target)] == []


@each_page
def test_a_page_names_no_path_of_one_machine(page):
    assert ABSOLUTE.findall(page.read_text(encoding="utf-8")) == []


@each_page
def test_a_page_has_one_title_and_no_level_is_left_out(page):
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    levels = [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_every_page_of_docs_is_in_its_index():
    index = ROOT / "docs" / "README.md"
    listed = {
        (index.parent / target.partition("#")[0]).resolve()
        for target in links(index.read_text(encoding="utf-8"))
    }

    assert {relative(page) for page in pages() if page.parent != ROOT} - {
        relative(page) for page in listed
    } == {"docs/README.md"}


def test_the_readme_fits_on_a_screen_and_begins_with_the_two_commands():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^make \w+", readme, re.MULTILINE)

    assert len(readme.splitlines()) <= SCREEN
    assert commands[:2] == ["make demo", "make test"]
