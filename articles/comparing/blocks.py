"""Which block of one text is which of another: the same, reworded, or moved."""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence

from articles.comparing import words

ALIKE = 0.5
"""Blocks that share this part of their words are one that was reworded, wherever it stands."""
PAIR = 5
"""What a pair of equal blocks is worth, beside what it gains by its place, which is less."""

Pair = tuple[int | None, int | None]

_TAG = re.compile(r"<[^>]*>")
_KIND = re.compile(r"\s*<(\w+)")


def aligned(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Return which place of `old` is which of `new`, both lists of blocks, as HTML or as plain text.

    Each place stands in one pair; None where it has no counterpart. Equal blocks are found first, in order and then
    wherever they have moved, then those that are `ALIKE`, then one that stands alone between two that are known. A
    paragraph is never a figure. The pairs are in the order of `new`, what is gone where it stood.
    """
    known = _equal(old, new)
    _match_alike(old, new, known)
    _match_between(old, new, known)
    return _ordered(known, len(old), len(new))


def _equal(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Pair equal blocks: of several equal ones, those that stand in order and between the same neighbours."""
    known = dict(_in_order(old, new))
    taken = set(known.values())
    places: dict[str, deque[int]] = defaultdict(deque)
    for place, block in enumerate(new):
        if place not in taken:
            places[block].append(place)
    for place, block in enumerate(old):
        if place not in known and places[block]:
            known[place] = places[block].popleft()
    return known


def _in_order(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the equal blocks that stand in order: what both begin and end with, and the most of what is between."""
    size = min(len(old), len(new))
    start = next((place for place in range(size) if old[place] != new[place]), size)
    left = size - start
    end = next((back for back in range(left) if old[-1 - back] != new[-1 - back]), left)
    yield from ((place, place) for place in range(start))
    yield from ((len(old) - back, len(new) - back) for back in range(1, end + 1))
    middle = old[start : len(old) - end], new[start : len(new) - end]
    yield from ((start + place, start + other) for place, other in _best_row(*middle))


def _best_row(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the row of equal blocks in order that is worth most: the longest, and where neighbours agree."""
    worth = [[0] * (len(new) + 1) for _row in range(len(old) + 1)]
    for place in reversed(range(len(old))):
        for other in reversed(range(len(new))):
            best = max(worth[place + 1][other], worth[place][other + 1])
            if old[place] == new[other]:
                best = max(best, worth[place + 1][other + 1] + _fit(old, new, place, other))
            worth[place][other] = best
    place = other = 0
    while place < len(old) and other < len(new):
        if worth[place][other] == worth[place + 1][other]:
            place += 1
        elif worth[place][other] == worth[place][other + 1]:
            other += 1
        else:
            yield place, other
            place, other = place + 1, other + 1


def _fit(old: Sequence[str], new: Sequence[str], place: int, other: int) -> int:
    """Return what a pair of equal blocks is worth: more for a neighbour or a distance from an end that is the same."""
    return (
        PAIR
        + (old[max(place - 1, 0) : place] == new[max(other - 1, 0) : other])
        + (old[place + 1 : place + 2] == new[other + 1 : other + 2])
        + (place == other)
        + (len(old) - place == len(new) - other)
    )


def _match_alike(old: Sequence[str], new: Sequence[str], known: dict[int, int]) -> None:
    """Pair what shares most words, the most alike first and the nearest first of those."""
    left, right = _unknown(old, new, known)
    bags = {place: _bag(new[place]) for place in right}
    pairs = []
    for place in left:
        bag = _bag(old[place])
        for other in right:
            if _kind(old[place]) == _kind(new[other]):
                pairs.append((-_share(bag, bags[other]), abs(place - other), place, other))
    taken = set()
    for share, _distance, place, other in sorted(pairs):
        if -share >= ALIKE and place not in known and other not in taken:
            known[place] = other
            taken.add(other)


def _match_between(old: Sequence[str], new: Sequence[str], known: dict[int, int]) -> None:
    """Pair a block of which nothing is left with the one that stands in its place."""
    ends = {-1: -1, len(old): len(new)}
    left, right = _unknown(old, new, known)
    free = set(right)
    for place in left:
        before = (known | ends).get(place - 1)
        after = (known | ends).get(place + 1)
        if before is None or after != before + 2:
            continue
        if before + 1 in free and _kind(old[place]) == _kind(new[before + 1]):
            known[place] = before + 1


def _unknown(
    old: Sequence[str], new: Sequence[str], known: dict[int, int]
) -> tuple[list[int], list[int]]:
    taken = set(known.values())
    left = [place for place in range(len(old)) if place not in known]
    return left, [place for place in range(len(new)) if place not in taken]


def _kind(block: str) -> str:
    match = _KIND.match(block)
    return match[1] if match else ""


def _bag(block: str) -> Counter[str]:
    return Counter(token for token in words.tokens(_TAG.sub(" ", block)) if token.strip())


def _share(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _ordered(known: dict[int, int], size: int, size_new: int) -> list[Pair]:
    """Return all pairs in the order of the new text; one that is gone follows the one before it."""
    pairs: list[Pair] = []
    back = {new: old for old, new in known.items()}
    gone = deque(place for place in range(size) if place not in known)
    for place in range(size_new):
        counterpart = back.get(place)
        while counterpart is not None and gone and gone[0] < counterpart:
            pairs.append((gone.popleft(), None))
        pairs.append((counterpart, place))
    pairs.extend((place, None) for place in gone)
    return pairs
