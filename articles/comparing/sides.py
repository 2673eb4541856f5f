"""One side of a merge: which of its blocks are which of the base, and which of those it has moved."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from articles.comparing.blocks import aligned


@dataclass(eq=False)
class Piece:
    """A block of a side, and its place in the base. Unless it `stays`, it was moved to where it stands, or is new."""

    html: str
    origin: int | None = None
    stays: bool = False

    @property
    def is_new(self) -> bool:
        return self.origin is None


@dataclass(frozen=True)
class Hunk:
    """What a side has made of the blocks of the base from `start` to `end`."""

    start: int
    end: int
    side: "Side"
    pieces: tuple[Piece, ...]


@dataclass(eq=False)
class Side:
    """A text that somebody has made of a base."""

    base: Sequence[str]
    text: Sequence[str]
    pieces: list[Piece] = field(init=False)

    def __post_init__(self) -> None:
        origins = {new: old for old, new in aligned(self.base, self.text) if new is not None}
        self.pieces = [Piece(html, origins[place]) for place, html in enumerate(self.text)]
        for piece in _in_order(self.pieces):
            piece.stays = True

    def by_origin(self) -> dict[int, Piece]:
        """Return the blocks of the base that are left, by their places in it."""
        return {piece.origin: piece for piece in self.pieces if piece.origin is not None}

    def moved(self) -> dict[int, Hunk]:
        """Return what was moved, by its place in the base, with what it was put in with."""
        return {
            piece.origin: hunk
            for hunk in self.hunks()
            for piece in hunk.pieces
            if piece.origin is not None and not piece.stays
        }

    def put_back(self, origin: int) -> None:
        """Undo a move: the block stands again behind what it follows in the base."""
        piece = self.by_origin()[origin]
        self.pieces.remove(piece)
        place = 0
        for number, other in enumerate(self.pieces, start=1):
            if other.stays and other.origin is not None and other.origin < origin:
                place = number
        piece.stays = True
        self.pieces.insert(place, piece)

    def hunks(self) -> Iterator[Hunk]:
        """Yield what was changed; a block that was moved was taken out and put in."""
        place = 0
        put_in: list[Piece] = []
        for piece in [*self.pieces, Piece("", len(self.base), stays=True)]:
            if piece.origin is None or not piece.stays:
                put_in.append(piece)
                continue
            if put_in or place != piece.origin:
                yield Hunk(place, piece.origin, self, tuple(put_in))
            if piece.origin < len(self.base) and piece.html != self.base[piece.origin]:
                yield Hunk(piece.origin, piece.origin + 1, self, (piece,))
            place, put_in = piece.origin + 1, []


def _in_order(pieces: list[Piece]) -> list[Piece]:
    """Return the longest row of blocks that stand in the order of the base."""
    lasts: list[int] = []
    rows: list[list[Piece]] = []
    for piece in pieces:
        if piece.origin is not None:
            length = bisect_left(lasts, piece.origin)
            row = [*(rows[length - 1] if length else ()), piece]
            lasts[length : length + 1], rows[length : length + 1] = [piece.origin], [row]
    return rows[-1] if rows else []
