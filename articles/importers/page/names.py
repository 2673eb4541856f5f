"""Known names, and the ways to find them in a line."""

from collections.abc import Iterable


class Names:
    """Known names, and the ways to cut a line into them. White space counts as one space."""

    def __init__(self, names: Iterable[str]) -> None:
        self._original = {spaced(name): name for name in names if spaced(name)}
        self._folded = {name.casefold(): name for name in self._original}
        self._by_first: dict[str, list[str]] = {}
        for name in sorted(self._original, key=len, reverse=True):
            self._by_first.setdefault(name[0], []).append(name)

    def originals(self, names: Iterable[str]) -> list[str]:
        """Return names as the caller spelled them."""
        return [self._original[name] for name in names]

    def in_capitals(self) -> "Names":
        """Return the same names in capitals, as some footers are set."""
        capitals = Names(name.upper() for name in self._original)
        capitals._original = {name.upper(): original for name, original in self._original.items()}
        return capitals

    def one(self, words: str) -> str | None:
        """Return the name that `words` are, whatever their case."""
        return self._folded.get(words.casefold())

    def at(self, line: str, start: int) -> Iterable[str]:
        """Return the names that begin at `start`, the longest first."""
        candidates = self._by_first.get(line[start : start + 1], ())
        return (name for name in candidates if line.startswith(name, start))

    def split(self, line: str) -> list[str] | None:
        """Return the names that make up the whole line, or None if there is no way.

        Positions are tried once each, so a line costs no more than its length however many ways
        there are, and a paragraph costs the look at its first letter.
        """
        line = spaced(line)
        reached = self._reachable(line)
        good = {len(line)}
        for start in sorted(reached, reverse=True):
            if any(_after(line, start, name) in good for name in self.at(line, start)):
                good.add(start)
        if 0 not in good or not line:
            return None
        parts, start = [], 0
        while start < len(line):
            name = next(n for n in self.at(line, start) if _after(line, start, n) in good)
            parts.append(name)
            start = _after(line, start, name)
        return parts

    def _reachable(self, line: str) -> set[int]:
        reached, waiting = set(), [0]
        while waiting:
            start = waiting.pop()
            if start < len(line) and start not in reached:
                reached.add(start)
                waiting += [_after(line, start, name) for name in self.at(line, start)]
        return reached

    def parts(self, line: str, *, spaced: bool) -> tuple[list[str], list[str]]:
        """Return the known names in the line and what stands between them."""
        known, unknown, start, gap = [], [], 0, 0
        while start < len(line):
            fitting = (
                n for n in self.at(line, start) if _stands_alone(line, start, n, spaced=spaced)
            )
            name = next(fitting, None)
            if name is None:
                start += 1
                continue
            unknown.append(line[gap:start])
            known.append(name)
            start = gap = start + len(name)
        unknown.append(line[gap:])
        return known, [part.strip() for part in unknown if part.strip()]


def spaced(text: str) -> str:
    return " ".join(text.split())


def _after(line: str, start: int, name: str) -> int:
    """Return where the next name would begin: names may have a space between them."""
    end = start + len(name)
    return end + 1 if line[end : end + 1] == " " else end


def _stands_alone(line: str, start: int, name: str, *, spaced: bool) -> bool:
    """Tell "Syria" from the "Syria" in "Syrian", and "Europe" from that in "Europe & Russia".

    Only where the footer has spaces between its names may a name end at one.
    """
    end = start + len(name)
    before, after = line[max(start - 1, 0) : start], line[end : end + 1]
    return not after.islower() and (spaced or not (before.isspace() or after.isspace()))
