"""Pictures that are small as files and in pixels, but were made to take minutes or gigabytes to decode.

Each scan of a JPEG goes over all pixels again, and Pillow makes objects of each strip of a TIFF before the
size is known. Neither has as many in any picture that a person or a program made to be looked at.
"""

import re
import struct
from collections.abc import Iterator
from itertools import islice

from alttext.errors import ImageError

_MOST_SCANS = 64  # programs write up to 20; of the largest pictures, each takes a fiftieth of a second
_MOST_STRIPS = 1 << 17

_JPEG, _START_OF_SCAN, _END = b"\xff\xd8", b"\xff\xda", b"\xff\xd9"
_START_OF_SCAN_RE = re.compile(_START_OF_SCAN)  # searches in a third of the time that bytes take
_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")  # of what begins with its length, or is the end
_TIFF = (b"II", b"MM")
_STRIP_OFFSETS, _TILE_OFFSETS = 273, 324


def refuse(data: bytes, name: str) -> None:
    """Raise ImageError if the file of a picture is such a one."""
    if data.startswith(_JPEG) and _has_many_scans(data):
        raise _refusal(name, f"a JPEG of more than {_MOST_SCANS} scans")
    if data.startswith(_TIFF) and any(count > _MOST_STRIPS for count in _strips(data)):
        raise _refusal(name, f"a TIFF of more than {_MOST_STRIPS} strips")


def _refusal(name: str, what: str) -> ImageError:
    return ImageError("image-unreadable", f"{name}: {what}, which takes too long to read; save it anew")


def _has_many_scans(data: bytes) -> bool:
    """Whether a JPEG has too many; what else comes after its end, such as a film, does not count."""
    if next(islice(_START_OF_SCAN_RE.finditer(data), _MOST_SCANS, None), None) is None:
        return False
    scans, at = 0, len(_JPEG)
    while scans <= _MOST_SCANS and (marker := _MARKER.search(data, at)) and marker[0] != _END:
        scans += marker[0] == _START_OF_SCAN
        at = marker.end() + int.from_bytes(data[marker.end() : marker.end() + 2])
    return scans > _MOST_SCANS


def _strips(data: bytes) -> Iterator[int]:
    """How many strips or tiles the first directory of a TIFF, or of a BigTIFF, says that there are."""
    order, is_big = "<" if data.startswith(b"II") else ">", 43 in data[2:4]
    entry = struct.Struct(order + ("HHQ8x" if is_big else "HHI4x"))
    try:
        (start,) = struct.unpack_from(order + ("Q" if is_big else "I"), data, 8 if is_big else 4)
        (entries,) = struct.unpack_from(order + ("Q" if is_big else "H"), data, start)
    except (struct.error, OverflowError):
        return  # no TIFF after all
    start += 8 if is_big else 2
    there = (len(data) - start) // entry.size
    for tag, _, count in entry.iter_unpack(data[start : start + min(entries, there) * entry.size]):
        if tag in (_STRIP_OFFSETS, _TILE_OFFSETS):
            yield count
