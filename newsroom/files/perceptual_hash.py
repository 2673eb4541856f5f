"""What a picture looks like, in 64 bits: the same picture in another size, format or compression differs in few of them."""

from typing import IO

from PIL import Image as Pillow

from newsroom.files.pictures import READABLE

BITS, WIDTH, HEIGHT = 64, 9, 8
ALIKE = 6
"""Of two pictures that look alike no more bits differ."""

FLAT = 8
"""A picture of one colour has hardly a bit that is set, or is not: it looks like every other such one, and tells nothing."""


def look(file: IO[bytes]) -> int | None:
    """Return the difference hash of a picture (each bit: darker than its neighbour), None for what cannot be read or tells nothing."""
    try:
        with Pillow.open(file, formats=READABLE) as picture:
            picture.draft("L", (WIDTH * 8, HEIGHT * 8))  # JPEG decodes an eighth of it, and is done
            small = picture.convert("L").resize((WIDTH, HEIGHT), Pillow.Resampling.BOX)
    except (OSError, ValueError, SyntaxError, Pillow.DecompressionBombError):
        return None
    shades = small.tobytes()
    rows = (shades[start : start + WIDTH] for start in range(0, WIDTH * HEIGHT, WIDTH))
    bits = 0
    for row in rows:
        for left, right in zip(row, row[1:], strict=False):
            bits = bits << 1 | (left < right)
    return bits if FLAT <= bits.bit_count() <= BITS - FLAT else None


def are_alike(one: int, other: int) -> bool:
    return (one ^ other).bit_count() <= ALIKE
