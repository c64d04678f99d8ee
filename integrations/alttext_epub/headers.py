"""The headers of ZIP files, field by field, changed in place so that nothing else of them changes.

Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3 and 4.5.3.
"""

import struct
from typing import NamedTuple

from alttext_epub.errors import BookError

FULL = 0xFFFFFFFF  # the value is not here but in the ZIP64 extra field
_ZIP64 = 1
_STREAMED = 0x08  # a flag: CRC and sizes follow the data

END, END_64, LOCATOR_64 = b"PK\5\6", b"PK\6\6", b"PK\6\7"
END_SIZE, LOCATOR_SIZE = 22, 20


class Layout(NamedTuple):
    """Where a header keeps what; places are counted from its start."""

    signature: bytes
    size: int  # up to the name
    flags: int
    crc: int
    length: int  # of the data before compression
    packed: int  # length of the data as stored
    lengths: tuple[int, ...]  # of name, extra field and comment
    wide: tuple[int, ...]  # fields that may be in the ZIP64 extra field, in its order
    offset: int = 0  # of the other header, in the directory only


LOCAL = Layout(b"PK\3\4", 30, 6, 14, 22, 18, (26, 28), (22, 18))
LINE = Layout(b"PK\1\2", 46, 8, 16, 24, 20, (28, 30, 32), (24, 20, 42), 42)


def size(data: bytes, layout: Layout, at: int = 0) -> int:
    """Return the length of a header with name, extra field and comment. Raises BookError if there is none."""
    if data[at : at + 4] != layout.signature or len(data) < at + layout.size:
        raise BookError("is damaged: a header is missing where one should be")
    return layout.size + sum(_short(data, at + place) for place in layout.lengths)


def field(header: bytes, layout: Layout, place: int) -> int:
    """Return the value of a field of 32 or 64 bits."""
    at, form = _where(header, layout, place)
    value: int = struct.unpack_from(form, header, at)[0]
    return value


def put(header: bytearray, layout: Layout, place: int, value: int) -> None:
    """Change a field where it is. Raises BookError if it has no room for the value."""
    at, form = _where(header, layout, place)
    if form == "<L" and value >= FULL:
        raise BookError("would grow beyond what its form of ZIP can hold")
    struct.pack_into(form, header, at, value)


def describe(header: bytes, layout: Layout, crc: int, length: int, packed: int) -> bytes:
    """Return the header for other data, which is not streamed: it tells CRC and lengths itself."""
    changed = bytearray(header)
    struct.pack_into("<H", changed, layout.flags, _short(header, layout.flags) & ~_STREAMED)
    struct.pack_into("<L", changed, layout.crc, crc)
    put(changed, layout, layout.length, length)
    put(changed, layout, layout.packed, packed)
    return bytes(changed)


def moved(line: bytes, by: int) -> bytes:
    """Return a line of the directory whose entry has moved."""
    changed = bytearray(line)
    put(changed, LINE, LINE.offset, field(line, LINE, LINE.offset) + by)
    return bytes(changed)


def moved_end(tail: bytes, start: int, comment: int, by: int) -> bytes:
    """Return what follows a directory that has moved: `tail` stands at `start` and ends in the comment."""
    changed = bytearray(tail)
    end = len(tail) - comment - END_SIZE
    if end < 0 or tail[end : end + 4] != END:
        raise BookError("is damaged: the end of its directory is not where it should be")
    offset = _long(tail, end + 16)
    if offset != FULL:
        _raise_long(changed, end + 16, by)
    locator = end - LOCATOR_SIZE
    if locator >= 0 and tail[locator : locator + 4] == LOCATOR_64:
        _move_end_64(changed, locator, start, by)
    elif offset == FULL:
        raise BookError("is damaged: the end of its directory is not where it should be")
    return bytes(changed)


def _move_end_64(tail: bytearray, locator: int, start: int, by: int) -> None:
    (place,) = struct.unpack_from("<Q", tail, locator + 8)
    at = place - start
    if not 0 <= at <= locator or tail[at : at + 4] != END_64:
        raise BookError("is damaged: the end of its directory is not where it should be")
    struct.pack_into("<Q", tail, locator + 8, place + by)
    (directory,) = struct.unpack_from("<Q", tail, at + 48)
    struct.pack_into("<Q", tail, at + 48, directory + by)


def _raise_long(data: bytearray, at: int, by: int) -> None:
    value = _long(data, at) + by
    if value >= FULL:
        raise BookError("would grow beyond what its form of ZIP can hold")
    struct.pack_into("<L", data, at, value)


def _where(header: bytes | bytearray, layout: Layout, place: int) -> tuple[int, str]:
    if place not in layout.wide or _long(header, place) != FULL:
        return place, "<L"
    earlier = layout.wide[: layout.wide.index(place)]
    return _zip64(header, layout) + 8 * sum(_long(header, other) == FULL for other in earlier), "<Q"


def _zip64(header: bytes | bytearray, layout: Layout) -> int:
    """The start of the values in the ZIP64 extra field."""
    name, extra = (_short(header, place) for place in layout.lengths[:2])
    at = layout.size + name
    end = at + extra
    while at + 4 <= end:
        kind, length = struct.unpack_from("<2H", header, at)
        wanted = 8 * sum(_long(header, place) == FULL for place in layout.wide)
        if kind == _ZIP64 and at + 4 + length <= end and length >= wanted:
            return at + 4
        at += 4 + length
    raise BookError("is damaged: the length of an entry is missing")


def _short(data: bytes | bytearray, at: int) -> int:
    value: int = struct.unpack_from("<H", data, at)[0]
    return value


def _long(data: bytes | bytearray, at: int) -> int:
    value: int = struct.unpack_from("<L", data, at)[0]
    return value
