"""Stories whose translations are known, of our own: which pairs are found, and how many of those are right."""

import itertools
import json
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from articles import likeness
from articles.likeness import Likely, matches, signs

DEMO = Path(likeness.__file__).parent / "demo"
START = datetime(2020, 5, 1, tzinfo=UTC)


def archive():
    """Return the demo as stories of one language each, all of one week, and the pairs among them."""
    stories, pairs, language_of = [], set(), {}
    records = [
        json.loads(line)
        for path in sorted(DEMO.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    for number, record in enumerate(records):
        keys = []
        for language, said in record["editions"].items():
            keys.append(len(stories))
            language_of[keys[-1]] = language
            at = START + timedelta(hours=number * 4 + len(keys) * 13)
            words = re.sub(r"<[^>]+>", "\n", said["body"])
            told = signs(said["title"], words)
            stories.append(
                Likely(keys[-1], frozenset([language]), at, told, said["body"].count("<p>"))
            )
        pairs |= set(itertools.combinations(keys, 2))
    return stories, pairs, language_of


def test_translations_are_found_by_names_and_numbers_alone(capsys):
    stories, pairs, language_of = archive()

    proposed = {(match.one, match.other) for match in matches(stories)}

    def share(languages):
        real = {pair for pair in pairs if {language_of[key] for key in pair} <= languages}
        told = {pair for pair in proposed if {language_of[key] for key in pair} <= languages}
        return len(real & told) / len(real), len(real & told) / len(told)

    with capsys.disabled():
        for languages in ({"en", "es"}, {"en", "pt"}, {"es", "pt"}, {"en", "ar"}):
            told = "recall {:.2f}, precision {:.2f}".format(*share(languages))
            sys.stdout.write(f"\n{' + '.join(sorted(languages))}: {told}")
    recall, precision = share({"en", "es", "pt"})
    assert recall > 0.9
    assert precision > 0.98
    assert share({"en", "ar"})[0] > 0.6


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("The mayor, José Peña, left. Then Kursk fell.", {"name:jose", "name:pena", "name:kursk"}),
        ("Some 1,200 of 1.200 and ١٬٢٠٠, but 3", {"number:1200"}),
        ("«Nunca», dijo Łukasz", set()),
        ("В Kyiv сказал Путин", {"name:kyiv"}),
        ("", set()),
    ],
)
def test_signs_are_what_no_translator_changes(words, told):
    assert signs("", words) == told


def likely(key, language, *told, days=0):
    names = frozenset(f"name:{name}" for name in told)
    return Likely(key, frozenset([language]), START + timedelta(days=days), names)


def pairs_among(*stories):
    return [(match.one, match.other) for match in matches(stories)]


def test_only_stories_that_are_near_and_share_no_language_are_pairs():
    assert pairs_among(likely(1, "en", "kursk", "ana"), likely(2, "es", "kursk", "ana")) == [(1, 2)]
    assert pairs_among(likely(1, "en", "kursk"), likely(2, "en", "kursk")) == []
    assert pairs_among(likely(1, "en", "kursk"), likely(2, "es", "kursk", days=11)) == []
    assert pairs_among(likely(1, "en", "kursk"), likely(2, "es", "raqqa")) == []


def test_of_two_translations_only_the_likelier_is_proposed():
    source = likely(1, "en", "ana", "kursk", "raqqa", "sumy")
    right, other = likely(2, "es", "ana", "kursk", "raqqa", "sumy"), likely(3, "es", "ana", "bea")

    assert pairs_among(source, right, other) == [(1, 2)]


def test_one_picture_is_enough_unless_everybody_has_it():
    def pictured(key, picture):
        told = frozenset({f"picture:{picture}", f"name:n{key}"})
        return Likely(key, frozenset(["es" if key % 2 else "en"]), START, told)

    assert pairs_among(*(pictured(key, key // 2) for key in range(40)))[:2] == [(0, 1), (2, 3)]
    assert pairs_among(*(pictured(key, 1) for key in range(40))) == []
