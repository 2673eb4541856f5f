"""The cache against the truth: after every change each page is right, and only those that changed were made anew.

Random changes happen to a small site, through the forms, the verbs, the importer and the clock. After
each one every address is asked for through the cache and past it. EXACTNESS_STEPS says how many changes
there are in all, on each database; a failure prints those that led to it, and the seed that repeats them.
"""

import gc
import os
import random

import pytest
import time_machine
from django.db import connections

from articles import fronts, keyset, stories
from articles.statements import Statement
from tests.articles.exactness import excuses, site
from tests.articles.exactness.machines import Work
from tests.articles.exactness.readers import Readers, Wrong

pytestmark = pytest.mark.django_db(transaction=True)

STEPS = 50
"""Changes in one sequence; each begins with a new site."""

SEEDS = max(1, int(os.environ.get("EXACTNESS_STEPS", "50")) // STEPS)
FIRST = int(os.environ.get("EXACTNESS_SEED", "1"))


@pytest.fixture(autouse=True)
def small_pages(monkeypatch, settings):
    """Let few stories fill every page, in two languages."""
    settings.LANGUAGES = [each for each in settings.LANGUAGES if each[0] in site.LANGUAGES]
    monkeypatch.setattr(keyset, "SIZE", 2)
    for name, number in {"LATEST": 2, "PER_REGION": 4, "CANDIDATES": 5}.items():
        monkeypatch.setattr(fronts, name, number)
    monkeypatch.setattr(stories, "MORE", 2)
    # What was written before has the other sizes in it.
    for each in [each for each in gc.get_objects() if type(each) is Statement]:
        monkeypatch.setattr(each, "querysets", {})
    monkeypatch.setattr(connections["default"], "statements", {}, raising=False)


def run(work, readers, steps, told):
    for _number in range(steps):
        told.append(work.step())
        stale, changed = readers.look()
        for each in stale:
            if each.url not in changed and not excuses.find(each, readers):
                raise Wrong(f"{each.url} has not changed; it was thrown away for {each.purges}")


@pytest.mark.parametrize("seed", range(FIRST, FIRST + SEEDS))
def test_every_page_is_right_after_every_change_and_only_what_changed_is_made_anew(seed, tmp_path):
    told = []
    with time_machine.travel(site.BEGIN, tick=False) as clock:
        site.build()
        readers = Readers(*site.first_addresses())
        work = Work(random.Random(seed), clock, tmp_path)
        readers.look()
        readers.look()
        try:
            run(work, readers, STEPS, told)
        except Exception as error:
            lines = [f"{number}. {words}" for number, words in enumerate(told, 1)]
            error.add_note("\n".join([f"Seed {seed}:", *lines[-12:]]))
            raise
