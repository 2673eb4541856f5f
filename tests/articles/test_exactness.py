"""The cache against the truth: after every change each page is right, and only those that changed were made anew.

After some the database goes before anybody has asked for a page: what was given before is given on, and nothing is
shown that must not be seen any more.

Random changes happen to a small site, through the forms, the verbs, the importer and the clock. After
each one every address is asked for through the cache, and some past it. EXACTNESS_STEPS says how many changes
there are in all, on each database; a failure prints those that led to it, and the seed that repeats them.
EXACTNESS_SEED draws the languages of the site from all that are known, for a process that runs nothing else.
"""

import os
import random

import pytest
import time_machine

from articles.derived import months, search
from articles.models import AuthorWord, MonthCount, SearchEntry, SearchWord, StoryWords
from tests.articles.exactness import excuses, outages, site
from tests.articles.exactness.machines import Work
from tests.articles.exactness.readers import NONE, Readers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("small_pages")]

STEPS = 50
"""Changes in one sequence; each begins with a new site."""

SHARE = 6
"""Of so many kept pages one is rendered again after each change, to compare them; after the last change all are."""

SECOND = os.environ["DATABASE_URL"].startswith("postgresql")
# What purges is the same on both: the second shows that it says the same of statements.
ALL = int(os.environ.get("EXACTNESS_STEPS", 30 if SECOND else STEPS))
SEEDS = max(1, ALL // STEPS)
# Each database has changes of its own, the same ones in each run.
OWN = 1 + SEEDS if SECOND else 1
FIRST = int(os.environ.get("EXACTNESS_SEED", OWN))


def run(work, readers, steps, told):
    for number in range(steps):
        before = outages.seen()
        told.append(work.step())
        if number % 3 == 0:
            # Some outages last until something was planned for.
            told[-1] += f"; an outage: {work.wait() if number % 2 else 'short'}"
            outages.check(readers, before)
        excuses.check(readers)
    readers.share = 1
    readers.look()
    kept = kept_numbers(), kept_words()
    months.recount()
    search.rebuild()
    again = kept_numbers(), kept_words()
    assert [one ^ other for one, other in zip(kept[1], again[1], strict=True)] == [set()] * 4
    assert kept == again


def kept_numbers():
    """Return the number of stories that is kept of each month."""
    rows = MonthCount.objects.exclude(number=0).values_list("language", "month", "number")
    return set(rows)


def kept_words():
    """Return all that search reads."""
    entries = SearchEntry.objects.values_list("place", "edition", "words", "headline")
    words = SearchWord.objects.values_list("language", "word", "number")
    names = AuthorWord.objects.values_list("author", "word")
    stories = StoryWords.objects.values_list("article", "modified_at", "words")
    return set(entries), set(words), set(names), set(stories)


@pytest.mark.parametrize("seed", range(FIRST, FIRST + SEEDS))
def test_every_page_is_right_after_every_change_and_only_what_changed_is_made_anew(seed, tmp_path):
    told = []
    with time_machine.travel(site.BEGIN, tick=False) as clock:
        site.build()
        readers = Readers(*site.first_addresses(), share=NONE)
        work = Work(random.Random(seed), clock, tmp_path)
        readers.look()
        readers.look()
        readers.share = SHARE
        try:
            run(work, readers, min(ALL, STEPS), told)
        except Exception as error:
            lines = [f"{number}. {words}" for number, words in enumerate(told, 1)]
            words = f"Seed {seed}, in {', '.join(site.LANGUAGES)}:"
            error.add_note("\n".join([words, *lines[-12:]]))
            raise
