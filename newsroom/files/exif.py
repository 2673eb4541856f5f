"""What a camera writes beside a photograph: place, device, names. None of it is kept.

A file is a row of parts. Those that paint are copied byte by byte, so that nothing of the picture is
lost; every other is left out, and so is what follows the picture. How it is to be turned stays.
"""

import re
import struct
import zlib
from collections.abc import Iterator

from PIL import ExifTags

MARKER = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])")
"""The beginning of a segment; the other bytes after 0xFF stand inside of what is painted."""

START, END, SCAN, COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
ALONE = frozenset({START, 0x01})
APPLICATION = range(0xE0, 0xF0)
# The version of the format, the profile of the colours, and Adobe's word for how they are coded.
PAINTING = (b"\xff\xe0\x00\x10JFIF\x00", b"ICC_PROFILE\x00", b"Adobe")

PNG = b"\x89PNG\r\n\x1a\n"
PNG_PAINTING = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP bKGD pHYs acTL fcTL fdAT".split()
)
WEBP_PAINTING = frozenset([b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"])
WEBP_EXIF, WEBP_XMP = 0x08, 0x04


def stripped(data: bytes, encoding: str, *, orientation: int | None) -> bytes:
    """Return the bytes of a picture without metadata, except for how it is to be turned."""
    return STRIPPED[encoding](data, orientation)


def _jpeg(data: bytes, orientation: int | None) -> bytes:
    turned = _tiff(orientation)
    out, place, is_scan = [b"\xff\xd8"], 0, False
    if turned:
        exif = b"Exif\x00\x00" + turned
        out.append(b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
    while match := MARKER.search(data, place):
        if is_scan:
            out.append(data[place : match.start()])
        marker, place = match[1][0], match.end()
        if marker == END:
            break
        is_scan = marker == SCAN
        if marker not in ALONE:
            place += max(2, int.from_bytes(data[place : place + 2], "big"))
            segment = data[match.start() : place]
            out.append(segment if _paints(marker, segment) else b"")
    else:
        out.append(data[place:] if is_scan else b"")
    return b"".join([*out, b"\xff\xd9"])


def _paints(marker: int, segment: bytes) -> bool:
    if marker in APPLICATION:
        # The first also rules out a JFIF segment with a small picture in it.
        return segment.startswith(PAINTING[0]) or segment[4:].startswith(PAINTING[1:])
    return marker != COMMENT


def _png(data: bytes, orientation: int | None) -> bytes:
    turned = _tiff(orientation)
    out, place = [PNG], len(PNG)
    while place + 8 <= len(data):
        length, kind = struct.unpack_from(">L4s", data, place)
        chunk, place = data[place : place + length + 12], place + length + 12
        out.append(chunk if kind in PNG_PAINTING else b"")
        if kind == b"IHDR" and turned:
            body = b"eXIf" + turned
            out.append(struct.pack(">L", len(turned)) + body + struct.pack(">L", zlib.crc32(body)))
        if kind == b"IEND":
            break
    return b"".join(out)


def _webp(data: bytes, orientation: int | None) -> bytes:
    turned = _tiff(orientation)
    # Where there is no such chunk, there is no metadata either, nor a turn.
    out, place, is_extended = [], 12, data[12:16] == b"VP8X"
    while place + 8 <= min(len(data), 8 + int.from_bytes(data[4:8], "little")):
        kind, length = struct.unpack_from("<4sL", data, place)
        end = place + 8 + length + length % 2
        chunk, place = data[place:end], end
        if kind == b"VP8X":
            flags = chunk[8] & ~(WEBP_EXIF | WEBP_XMP) | (WEBP_EXIF if turned else 0)
            chunk = chunk[:8] + bytes([flags]) + chunk[9:]
        out.append(chunk if kind in WEBP_PAINTING else b"")
    if turned and is_extended:
        out.append(struct.pack("<4sL", b"EXIF", len(turned)) + turned)
    body = b"WEBP" + b"".join(out)
    return struct.pack("<4sL", b"RIFF", len(body)) + body


def _avif(data: bytes, _orientation: int | None) -> bytes:
    """Write nothing over the metadata where it lies: every other part is found by its distance from the start.

    How the picture is to be turned is no metadata in this format.
    """
    out = bytearray(data)
    meta = next((box for kind, *box in _boxes(data, 0, len(data)) if kind == b"meta"), None)
    if meta is None:
        return data
    inside = {kind: (begin, end) for kind, begin, end in _boxes(data, meta[0] + 4, meta[1])}
    if inside.keys() >= {b"iinf", b"iloc"}:
        private = _private_items(data, *inside[b"iinf"])
        idat = inside.get(b"idat", (0, 0))[0]
        for number, begin, length in _extents(data, inside[b"iloc"][0], idat):
            if number in private and begin + length <= len(out):
                out[begin : begin + length] = NOTHING[:length].ljust(length, b"\x00")
    return bytes(out)


def _boxes(data: bytes, place: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield (kind, begin, end) of what boxes of an ISO file hold."""
    while place + 8 <= end:
        length, kind = struct.unpack_from(">L4s", data, place)
        head = 8
        if length == 1 and place + 16 <= end:
            length, head = int.from_bytes(data[place + 8 : place + 16], "big"), 16
        length = length or end - place
        if length < head:
            return
        yield kind, place + head, min(end, place + length)
        place += length


def _private_items(data: bytes, begin: int, end: int) -> set[int]:
    """Return the numbers of the items that are Exif or XMP."""
    first = begin + (6 if data[begin] == 0 else 8)
    numbers = set()
    for kind, start, _end in _boxes(data, first, end):
        wide = data[start] == 3
        number = int.from_bytes(data[start + 4 : start + (8 if wide else 6)], "big")
        item = data[start + (10 if wide else 8) :][:4]
        if kind == b"infe" and item in {b"Exif", b"mime"}:
            numbers.add(number)
    return numbers


class _Reader:
    def __init__(self, data: bytes, place: int) -> None:
        self.data, self.place = data, place

    def number(self, size: int) -> int:
        value = int.from_bytes(self.data[self.place : self.place + size], "big")
        self.place += size
        return value


def _extents(data: bytes, begin: int, idat: int) -> Iterator[tuple[int, int, int]]:
    """Yield (item, begin, length) of every stretch of bytes that a box of places names."""
    version, read = data[begin], _Reader(data, begin + 4)
    sizes, more = read.number(1), read.number(1)
    offset, length, base, index = sizes >> 4, sizes & 15, more >> 4, more & 15
    wide = 4 if version == 2 else 2
    for _item in range(read.number(wide)):
        number = read.number(wide)
        in_idat = version in {1, 2} and read.number(2) & 15 == 1
        read.number(2)
        start = read.number(base) + (idat if in_idat else 0)
        for _extent in range(read.number(2)):
            read.number(index if version in {1, 2} else 0)
            place = start + read.number(offset)
            yield number, place, read.number(length)


def _tiff(orientation: int | None) -> bytes:
    """Return Exif data with one value, or nothing for a picture that stands upright."""
    if orientation not in range(2, 9):
        return b""
    entry = struct.pack(">HHLHH", ExifTags.Base.Orientation, 3, 1, orientation, 0)
    return b"MM\x00*" + struct.pack(">LH", 8, 1) + entry + bytes(4)


NOTHING = bytes(4) + b"MM\x00*" + struct.pack(">LHL", 8, 0, 0)
"""Exif data without a value, as it stands in an AVIF."""

STRIPPED = {"JPEG": _jpeg, "MPO": _jpeg, "PNG": _png, "WEBP": _webp, "AVIF": _avif}
