"""How likely two stories in different languages are the same one: by what no translator changes.

A sign is a word: what a story shares with its translation, such as a name in Latin letters, a number, its picture. The rarer
a sign is among the stories, the more it tells. Nothing here knows a language: of a story in Arabic its numbers, its picture and the
names that it writes in Latin letters are compared.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

WINDOW = timedelta(days=10)
"""A translation follows its source by no more than this."""

COMMON = 40
"""A sign that more stories of one window have than this finds no pairs: it is what the news are about these days."""

LIKELY = 50
"""Of 100: from here on a pair is proposed."""

FEW = 0.06
"""Two stories that share less than this part of the weight of their signs are not looked at any closer."""

TOLD = 12
"""So many of the signs of a match are told."""

AHEAD = 8
"""A story has at most one translation in a language: what is this much less likely than its best is none."""

NAME, NUMBER, PICTURE = "name", "number", "picture"
ONCE = "once"
"""Among the weights, the root of that of a sign that one story has alone."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,٬٫\u00a0\u202f' ]\d{3})*(?!\d)")
_SEPARATORS = re.compile(r"[.,٬٫\u00a0\u202f' ]")
_BEGINS = re.compile(r"(?:^|[.!?…:;¿¡«»“”\"()\n]|[-–—]\s)\s*$")
SHORT = 3


@dataclass(frozen=True)
class Likely:
    """A story as it is compared: its languages, when it was published, its signs, and the look of its lead picture.

    `paragraphs` is how many it has. Of the `signs`, `NAME:putin` is a name and `NUMBER:400` a number.
    """

    key: int
    languages: frozenset[str]
    at: datetime
    signs: frozenset[str]
    paragraphs: int = 0


@dataclass(frozen=True)
class Match:
    """Two stories, the one with the smaller key first; how like they are, of 100; and by which signs, the rarest first."""

    one: int
    other: int
    score: int
    days: int
    signs: tuple[str, ...] = field(default=())


def signs(title: str, text: str) -> frozenset[str]:
    """Return the signs that words hold: their names in Latin letters, and their numbers."""
    words = f"{title}\n{text}"
    numbers = {f"{NUMBER}:{number}" for number in _numbers(words)}
    return frozenset(numbers | {f"{NAME}:{name}" for name in _names(text or title)})


def _numbers(words: str) -> Iterator[str]:
    """Yield the numbers that tell something, in Western digits and without separators: 1,200 is 1.200."""
    for match in _NUMBER.finditer(words):
        digits = "".join(str(unicodedata.digit(sign)) for sign in _SEPARATORS.sub("", match[0]))
        if len(digits) > 1:
            yield digits.lstrip("0") or "0"


def _names(text: str) -> Iterator[str]:
    """Yield capitalised words in Latin letters that do not only begin a sentence, without accents."""
    for match in _WORD.finditer(text):
        word = match[0]
        if (
            len(word) >= SHORT
            and word[0].isupper()
            and not _BEGINS.search(text[max(0, match.start() - 3) : match.start()])
        ):
            plain = _plain(word)
            if plain.isascii():
                yield plain


def _plain(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).replace("’", "'")


def matches(stories: Iterable[Likely]) -> list[Match]:
    """Return the likely pairs of stories that share no language and are near in time, the likeliest first.

    What is compared grows with the number of stories and of those that share a rare sign, not with its square.
    """
    ordered = sorted(stories, key=lambda story: (story.at, story.key))
    weights = _weights(ordered)
    candidates = _found(ordered, weights, {story.key: _size(story, weights) for story in ordered})
    return _best(list(candidates), {story.key: story for story in ordered})


def _weights(stories: list[Likely]) -> dict[str, float]:
    """Return sign -> what it tells: the rarer, the more."""
    number = Counter(sign for story in stories for sign in story.signs)
    told = {sign: math.log((len(stories) + 2) / count) ** 2 for sign, count in number.items()}
    return told | {ONCE: math.log(len(stories) + 2)}


def _size(story: Likely, weights: dict[str, float]) -> float:
    return math.sqrt(sum(weights[sign] for sign in story.signs if not _is_picture(sign)))


def _is_picture(sign: str) -> bool:
    return sign.startswith(PICTURE)


def _found(
    ordered: list[Likely], weights: dict[str, float], sizes: dict[int, float]
) -> Iterator[Match]:
    """Yield the likely matches of each story with those before it, in the window, that share signs that few have there."""
    holders: defaultdict[str, deque[Likely]] = defaultdict(deque)
    by_key = {story.key: story for story in ordered}
    for story in ordered:
        gathered: defaultdict[int, float] = defaultdict(float)
        for sign in story.signs:
            rows = holders[sign]
            while rows and story.at - rows[0].at > WINDOW:
                rows.popleft()
            if len(rows) <= COMMON:
                for holder in rows:
                    gathered[holder.key] += weights[sign]
            rows.append(story)
        for key, weight in gathered.items():
            other = by_key[key]
            if weight < FEW * sizes[story.key] * sizes[key] or other.languages & story.languages:
                continue
            if match := _match(other, story, weights, sizes):
                yield match


def _match(
    one: Likely, other: Likely, weights: dict[str, float], sizes: dict[int, float]
) -> Match | None:
    shared = one.signs & other.signs
    pictures = [weights[sign] for sign in shared if _is_picture(sign)]
    words = sum(weights[sign] for sign in shared) - sum(pictures)
    words /= (sizes[one.key] * sizes[other.key]) or 1
    doubt = 1.0
    if pictures:
        # How many stories have it: one of a minister, which many have, tells less.
        holders = math.exp(weights[ONCE] - math.sqrt(max(pictures)))
        doubt = 1 - 0.75 * min(1, 4 / holders)
    likely = 1 - (1 - min(1, math.sqrt(words) * 1.2)) * doubt
    days = abs((one.at - other.at).total_seconds()) / 86400
    shape = _ratio(one.paragraphs, other.paragraphs)
    score = round(100 * likely * (0.7 + 0.2 * (1 - days / WINDOW.days) + 0.1 * shape))
    if score < LIKELY:
        return None
    rare = sorted(shared, key=lambda sign: (-weights[sign], sign))
    first, second = sorted((one.key, other.key))
    return Match(first, second, score, round(days), tuple(rare[:TOLD]))


def _ratio(one: int, other: int) -> float:
    return min(one, other) / max(one, other) if one and other else 0.5


def _best(candidates: list[Match], stories: dict[int, Likely]) -> list[Match]:
    """Keep of each story the best match in each language, and what is about as likely."""
    best: defaultdict[tuple[int, str], int] = defaultdict(int)
    for match in candidates:
        for own, other in ((match.one, match.other), (match.other, match.one)):
            for language in stories[other].languages:
                best[own, language] = max(best[own, language], match.score)

    def is_best(match: Match) -> bool:
        return all(
            match.score > best[own, language] - AHEAD
            for own, other in ((match.one, match.other), (match.other, match.one))
            for language in stories[other].languages
        )

    return sorted(
        filter(is_best, candidates), key=lambda match: (-match.score, match.one, match.other)
    )
