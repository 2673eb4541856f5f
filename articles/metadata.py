"""What a camera writes beside a photograph: place, device, names. None of it is kept.

A JPEG is a row of segments, each after a marker. Those that paint are copied byte by byte, so that
nothing of the picture is lost; every other is left out, and so is what follows the picture.
"""

import re
import struct

from PIL import ExifTags

MARKER = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])")
"""The beginning of a segment; the other bytes after 0xFF stand inside of what is painted."""

START, END, SCAN, COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
ALONE = frozenset({START, 0x01})
APPLICATION = range(0xE0, 0xF0)
# The version of the format, the profile of the colours, and Adobe's word for how they are coded.
PAINTING = (b"\xff\xe0\x00\x10JFIF\x00", b"ICC_PROFILE\x00", b"Adobe")


def stripped(data, *, orientation):
    """Return the bytes of a JPEG without metadata, except for how it is to be turned."""
    out, place, is_scan = [b"\xff\xd8", _turned(orientation)], 0, False
    while found := MARKER.search(data, place):
        if is_scan:
            out.append(data[place : found.start()])
        marker, place = found[1][0], found.end()
        if marker == END:
            break
        is_scan = marker == SCAN
        if marker not in ALONE:
            place += max(2, int.from_bytes(data[place : place + 2], "big"))
            segment = data[found.start() : place]
            out.append(segment if _paints(marker, segment) else b"")
    else:
        out.append(data[place:] if is_scan else b"")
    return b"".join([*out, b"\xff\xd9"])


def _paints(marker, segment):
    if marker in APPLICATION:
        # The first also rules out a JFIF segment with a small picture in it.
        return segment.startswith(PAINTING[0]) or segment[4:].startswith(PAINTING[1:])
    return marker != COMMENT


def _turned(orientation):
    """Return a segment of Exif data with one value, or nothing for a picture that stands upright."""
    if orientation not in range(2, 9):
        return b""
    entry = struct.pack(">HHLHH", ExifTags.Base.Orientation, 3, 1, orientation, 0)
    exif = b"Exif\x00\x00MM\x00*" + struct.pack(">LH", 8, 1) + entry + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
