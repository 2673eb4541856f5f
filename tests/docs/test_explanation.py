"""The glossary speaks the language of the code, and the map shows places that exist."""

import re
from functools import cache

from newsroom.pagecache.stores.files import KINDS
from tests.docs.pages import code, rows, text_of
from tests.every import every
from tests.house_rules.source import PACKAGES, ROOT, modules

GLOSSARY = {row[0]: code(row[2]) for row in rows(text_of("explanation/glossary.md"))}
PLACE = re.compile(r"(?:articles|newsroom|templates|static|tests|docs|demo)/[\w./-]+")


def test_the_glossary_has_words():
    assert {"article", "edition", "region", "rendition", "live"} <= GLOSSARY.keys()


@cache
def source():
    return "\n".join(path.read_text(encoding="utf-8") for path in modules(*PACKAGES))


@every(GLOSSARY)
def test_a_word_of_the_glossary_is_used_in_the_code(word):
    unknown = {
        name for name in GLOSSARY[word] if not re.search(rf"\b{re.escape(name)}\b", source())
    }

    assert GLOSSARY[word]
    assert unknown == set()


def test_the_map_shows_places_that_exist():
    places = set(PLACE.findall("\n".join(code(text_of("explanation/where-things-live.md")))))

    assert len(places) > 20
    assert {place for place in places if not (ROOT / place).exists()} == set()


def test_the_page_cache_tells_every_end_of_an_address_that_may_be_a_file():
    rows = re.findall(
        r"^\| (.+) \| `index\.(\w+)` \| `([\w/+-]+)` \|$",
        text_of("explanation/page-cache.md"),
        re.M,
    )
    told = {re.search("`(.+)`", end)[1]: (file, kind) for end, file, kind in rows}

    assert told == KINDS


def test_the_map_is_short_because_names_tell_the_rest():
    (table,) = re.findall(r"(?:^\|.*\n)+", text_of("explanation/where-things-live.md"), re.M)
    _head, _line, *rows = table.splitlines()

    assert 0 < len(rows) <= 15
