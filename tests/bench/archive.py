"""The generated archive as plain data: story number n is the same at every size and on every run.

Everything about a story follows from its number, so a larger archive holds the smaller ones, and
one that is made in two steps is the one that is made in a single step.
"""

from bisect import bisect
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random

SOURCE = "en"
TRANSLATIONS = ("es", "pt")
TRANSLATED_EVERY = 10
"""One story in so many is in three languages, the others in the source language only."""

FIRST_DAY = datetime(2015, 1, 1, tzinfo=UTC)
LAST_DAY = datetime(2025, 1, 1, tzinfo=UTC)
SECONDS = int((LAST_DAY - FIRST_DAY).total_seconds())
# The golden section: its multiples are spread evenly, however many are taken.
GOLDEN = 0.6180339887498949

RARE = 3
"""How many stories stand on the rarest shelf of each kind, in an archive of any size."""

TAGS, AUTHORS, PICTURES = 2000, 100, 8

REGIONS = (
    ("middle-east", "syria"),
    ("middle-east", "iraq"),
    ("middle-east", "lebanon"),
    ("europe-russia", "russia"),
    ("asia-americas", "us"),
    ("africa", "egypt"),
    ("europe-russia", "uk"),
    ("asia-americas", "india"),
    ("africa", "kenya"),
    ("pacific", "fiji"),
    ("oceans-poles", "antarctica"),
)
"""(region, region inside it) from the commonest to the rarest; the first three share a parent."""

SECTIONS = ("news", "analysis", "business", "culture", "science", "opinion")


def zipf(count, *, share):
    """Return running shares of `count` ranks: the first has `share`, the rest fall off as 1/rank."""
    rest = [1 / rank for rank in range(2, count + 1)]
    scale = (1 - share) / sum(rest)
    return list(accumulate([share, *(weight * scale for weight in rest)]))


# The last of each is not drawn by lot: it is the rarest.
REGION_SHARES = zipf(len(REGIONS) - 1, share=0.34)
SECTION_SHARES = zipf(len(SECTIONS) - 1, share=0.6)
TAG_SHARES = zipf(TAGS - 2, share=0.12)
AUTHOR_SHARES = zipf(AUTHORS - 1, share=0.2)
COMMONEST_TAG_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Story:
    """What is drawn for one number; regions, sections, tags, authors and pictures by their rank."""

    number: int
    languages: tuple
    published_at: datetime
    region: int
    section: int
    tags: tuple
    author: int
    translator: int
    picture: int | None


def story(number):
    """Return the story of this number, counted from 0; the first few stand on the rarest shelves."""
    dice = Random(number)
    rare = number < RARE
    return Story(
        number=number,
        languages=(SOURCE, *TRANSLATIONS) if number % TRANSLATED_EVERY == 0 else (SOURCE,),
        published_at=FIRST_DAY + timedelta(seconds=int(SECONDS * (number * GOLDEN % 1))),
        region=len(REGIONS) - 1 if rare else _draw(dice, REGION_SHARES),
        section=len(SECTIONS) - 1 if rare else _draw(dice, SECTION_SHARES),
        tags=(TAGS - 1,) if rare else _tags(dice),
        author=AUTHORS - 1 if rare else _draw(dice, AUTHOR_SHARES),
        translator=number % 7,
        picture=number // 2 % PICTURES if number % 2 == 0 else None,
    )


def _draw(dice, shares):
    """Return a rank; the last one stands for whatever rounding leaves over."""
    return min(bisect(shares, dice.random()), len(shares) - 1)


def _tags(dice):
    common = (0,) if dice.random() < COMMONEST_TAG_SHARE else ()
    return (*common, *sorted({1 + _draw(dice, TAG_SHARES) for _tag in range(2)}))
