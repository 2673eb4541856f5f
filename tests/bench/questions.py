"""An index of search of any size, made at once, and the time that questions take there."""

import os
import random
import time
from bisect import bisect
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import accumulate, chain
from multiprocessing import get_context

from django.db import connection, connections, transaction

from articles import searching
from articles.models import SearchEntry
from articles.pages.search import finding
from articles.pages.search.question import Asked, Question
from newsroom.db.fulltext import Match
from tests.bench import procfs

BATCH, DIFFERENT = 10_000, 20_000
WORDS = 40_000
"""Words of the language; how often each is used falls with its rank, as in any language (Zipf)."""

LENGTHS = {searching.HEADLINE: 8, searching.TOP: 25, searching.ANYWHERE: 220}
FIRST, YEARS = datetime(2016, 1, 1, tzinfo=UTC), 10
NOW = FIRST + timedelta(days=365 * YEARS)
OLD = "oldword"
"""A word of a third of the stories of the first half, and of none after that."""

PROCESSES, THREADS = 2, 4
"""Of the web server, as the site starts it: so many ask at once."""

AT_A_TIME = PROCESSES * THREADS

QUESTIONS = {
    "a word of nearly every story": ["w0"],
    "two common words": ["w3", "w11"],
    "three words of middling use": ["w60", "w95", "w150"],
    "a rare word": ["w15000"],
    "a rare word and a common one": ["w15000", "w1"],
    "a common word of long ago": [OLD],
    "nothing": ["nothing"],
}
"""What is asked -> the words."""


def load(stories, *, say):
    """Fill an empty table with entries of so many stories in one language, in the order of time; PostgreSQL only."""
    choose, different = _chooser(), min(stories, DIFFERENT)
    with transaction.atomic(), connection.cursor() as cursor:
        SearchEntry.index.drop(connection)
        # As it is on a site, where the rows come after the index.
        cursor.execute("ALTER TABLE articles_searchentry SET (toast_tuple_target = 128)")
        # The editions of these entries are not there.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for start in range(0, different, BATCH):
            with cursor.copy(
                "COPY articles_searchentry (place, edition_id, words, headline) FROM STDIN"
            ) as stream:
                for number in range(start, min(start + BATCH, different)):
                    stream.write_row(_row(number, different, choose))
            say(f"{start + BATCH:,} entries")
        # The others have the words and the minute of one of these.
        cursor.execute(
            "INSERT INTO articles_searchentry (place, edition_id, words, headline)"
            " SELECT place + copy * %s, edition_id + copy * %s, words, headline"
            " FROM articles_searchentry, generate_series(1, %s) AS copy ORDER BY 1",
            [different, different, stories // different - 1],
        )
        say("The index …")
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        SearchEntry.index.create(connection)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE articles_searchentry")


def measure(runs):
    """Return what is asked -> the milliseconds that the index took, with AT_A_TIME who ask at once; sorted."""
    kinds = [kind for kind in QUESTIONS for _run in range(runs)]
    random.Random(1).shuffle(kinds)
    # Two processes cannot share a connection.
    connections.close_all()
    with ProcessPoolExecutor(PROCESSES, get_context("fork")) as pool:
        shares = list(pool.map(_measured, [kinds[n::PROCESSES] for n in range(PROCESSES)]))
    by_kind = {kind: [] for kind in QUESTIONS}
    for kind, milliseconds in chain(*shares):
        by_kind[kind].append(milliseconds)
    return {kind: sorted(some) for kind, some in by_kind.items()}


def _measured(kinds):
    """Return (kind, milliseconds) for each of the kinds, asked in this process by THREADS at a time."""
    with ThreadPoolExecutor(THREADS) as pool:
        times = list(pool.map(_timed, kinds))
        list(pool.map(lambda _each: connections.close_all(), range(THREADS)))
    return list(zip(kinds, times, strict=True))


def costs(runs):
    """Return what is asked -> the milliseconds of processor time that one question takes, here and in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        processes = [os.getpid(), *cursor.fetchone()]
    by_kind = {}
    for kind in QUESTIONS:
        before = procfs.cpu_seconds(processes)
        for _run in range(runs):
            _timed(kind)
        by_kind[kind] = (procfs.cpu_seconds(processes) - before) * 1000 / runs
    return by_kind


def _timed(kind):
    asked = [_asked(QUESTIONS[kind], language) for language in ("en", "es", "pt", "ar")]
    started = time.perf_counter()
    finding.read(Question("x"), asked[0], asked[1:], at=NOW)
    return (time.perf_counter() - started) * 1000


def _asked(words, language):
    """Return what question.asked makes of some words."""
    plain, top, anywhere = (
        tuple((searching.word(language, tier, word),) for word in words) for tier in searching.TIERS
    )
    tiers = (Match(plain), Match(top, (Match(plain),)), Match(anywhere, (Match(top),)))
    return Asked(language, tuple(words), is_cut=False, tiers=tiers, anywhere=Match(anywhere))


def _chooser():
    """Return a function that gives so many words, the common ones more often."""
    sums = list(accumulate(1 / (rank + 2) for rank in range(WORDS)))
    numbers = random.Random(7)

    def choose(count):
        return {f"w{bisect(sums, numbers.random() * sums[-1])}" for _each in range(count)}

    return choose


def _row(number, stories, choose):
    moment = FIRST + timedelta(days=365 * YEARS) * (number / stories)
    words, terms = (
        set(),
        [f"en:c:{number % 40}", f"en:g:{number % 900}"],
    )
    for tier, length in LENGTHS.items():
        words |= choose(length - len(words))
        if tier == searching.ANYWHERE and number < stories / 2 and number % 3 == 0:
            words.add(OLD)
        terms += [searching.word("en", tier, word) for word in words]
    return SearchEntry.place_of(moment, number), number, " ".join(terms), ""
