"""ZIP containers, copied with some entries replaced: every other entry keeps every byte, and its place.

Entries are read with the standard library, which cannot copy one without packing it anew.
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import IO, BinaryIO
from unicodedata import normalize
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from alttext_epub import headers
from alttext_epub.errors import BookError
from alttext_epub.headers import LINE, LOCAL

_CHUNK = 1 << 20
_ENCRYPTED = 0x01  # a flag
_UNREADABLE = (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a container."""

    info: ZipInfo
    line: bytes  # of the directory
    start: int  # of its header
    end: int  # of its data and whatever follows up to the next entry


class Archive:
    """A container that is open for reading. Raises BookError if it is damaged, encrypted or devious."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        try:
            self.zip = ZipFile(file)
        except _UNREADABLE as error:
            raise BookError(f"is no EPUB: {error}") from error
        infos = self.zip.infolist()
        _refuse_names([info.filename for info in infos])
        self.entries = _entries(file, infos, self.zip.start_dir)
        file.seek(self.zip.start_dir + sum(len(entry.line) for entry in self.entries))
        self.tail_start = file.tell()
        self.tail = file.read()

    @property
    def names(self) -> list[str]:
        """The names of all entries in the order of the directory."""
        return [entry.info.filename for entry in self.entries]

    @property
    def in_place(self) -> list[Entry]:
        """The entries in the order of their bytes."""
        return sorted(self.entries, key=lambda entry: entry.start)

    def read(self, name: str, limit: int) -> bytes:
        """Return the content of an entry.

        Raises BookError if it is missing, damaged or longer than `limit`.
        """
        try:
            with self.zip.open(name) as file:
                data = file.read(limit + 1)
        except KeyError as error:
            raise BookError(f"{name}: is not in the container") from error
        except _UNREADABLE as error:
            raise BookError(f"{name}: cannot be unpacked: {error}") from error
        if len(data) > limit:
            raise BookError(f"{name}: unpacks to more than {limit >> 20} MB")
        return data

    def unpack(self, name: str, target: IO[bytes], limit: int) -> int:
        """Write `limit` bytes of the content of an entry at most; return how many there are."""
        left = limit
        try:
            with self.zip.open(name) as file:
                while left and (chunk := file.read(min(_CHUNK, left))):
                    target.write(chunk)
                    left -= len(chunk)
        except _UNREADABLE as error:
            raise BookError(f"{name}: cannot be unpacked: {error}") from error
        return limit - left

    def bytes_of(self, entry: Entry) -> Iterator[bytes]:
        """Yield the bytes of an entry as they are in the container."""
        self.file.seek(entry.start)
        left = entry.end - entry.start
        while left:
            chunk = self.file.read(min(_CHUNK, left))
            if not chunk:
                raise BookError("has become shorter while it was read")
            left -= len(chunk)
            yield chunk


def write(archive: Archive, target: BinaryIO, replaced: Mapping[str, bytes]) -> None:
    """Write the container with the content of some entries replaced. Raises BookError."""
    lines = {}
    for entry in archive.in_place:
        at = target.tell()
        line = entry.line
        if entry.info.filename in replaced:
            header, line, data = _packed(archive, entry, replaced[entry.info.filename])
            target.write(header + data)
        else:
            for chunk in archive.bytes_of(entry):
                target.write(chunk)
        lines[entry.start] = headers.moved(line, at - entry.start)
    grown = target.tell() - archive.zip.start_dir
    for entry in archive.entries:
        target.write(lines[entry.start])
    target.write(headers.moved_end(archive.tail, archive.tail_start, len(archive.zip.comment), grown))


def is_copy(before: Archive, after: Archive, replaced: Mapping[str, bytes]) -> bool:
    """Whether a container is another one with just these contents replaced. Raises BookError."""
    if before.names != after.names or len(before.tail) != len(after.tail):
        return False
    places = [[entry.info.filename for entry in each.in_place] for each in (before, after)]
    pairs = zip(before.entries, after.entries, strict=True)
    return places[0] == places[1] and all(_is_same(before, after, *pair, replaced) for pair in pairs)


def _is_same(before: Archive, after: Archive, old: Entry, new: Entry, replaced: Mapping[str, bytes]) -> bool:
    wanted = replaced.get(old.info.filename)
    if wanted is not None:
        return after.read(new.info.filename, len(wanted)) == wanted
    if (
        headers.moved(old.line, new.start - old.start) != new.line
        or old.end - old.start != new.end - new.start
    ):
        return False
    return all(a == b for a, b in zip(before.bytes_of(old), after.bytes_of(new), strict=True))


def _packed(archive: Archive, entry: Entry, content: bytes) -> tuple[bytes, bytes, bytes]:
    """The header of an entry, its line of the directory, and the data, for other content."""
    data = content if entry.info.compress_type == ZIP_STORED else _deflated(content)
    archive.file.seek(entry.start)
    header = archive.file.read(_header_size(archive.file, entry.start))
    told = (zlib.crc32(content), len(content), len(data))
    return headers.describe(header, LOCAL, *told), headers.describe(entry.line, LINE, *told), data


def _deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def _entries(file: BinaryIO, infos: list[ZipInfo], directory: int) -> list[Entry]:
    starts = sorted(info.header_offset for info in infos)
    if not starts or starts[0] != 0 or len({*starts}) != len(starts):
        raise BookError("is no EPUB: its first entry is not where the file begins, or two are at one place")
    ends = dict(zip(starts, [*starts[1:], directory], strict=True))
    lines = _lines(file, directory, len(infos))
    return [
        _entry(file, info, line, ends[info.header_offset]) for info, line in zip(infos, lines, strict=True)
    ]


def _entry(file: BinaryIO, info: ZipInfo, line: bytes, end: int) -> Entry:
    start = headers.field(line, LINE, LINE.offset)
    if start != info.header_offset or start + _header_size(file, start) + info.compress_size > end:
        raise BookError(f"is damaged: {info.filename} overlaps with another entry")
    if info.flag_bits & _ENCRYPTED:
        raise BookError(f"is encrypted: {info.filename}")
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise BookError(f"is no EPUB: {info.filename} is packed by another method than theirs")
    return Entry(info, line, start, end)


def _lines(file: BinaryIO, directory: int, count: int) -> list[bytes]:
    file.seek(directory)
    data = file.read()
    lines, at = [], 0
    for _ in range(count):
        size = headers.size(data, LINE, at)
        lines.append(data[at : at + size])
        at += size
    return lines


def _header_size(file: BinaryIO, start: int) -> int:
    """The length of the header that is at a place; the file is there again afterwards."""
    file.seek(start)
    size = headers.size(file.read(LOCAL.size), LOCAL)
    file.seek(start)
    return size


def _refuse_names(names: list[str]) -> None:
    """Refuse names that lead out of a folder they are unpacked into, or that two files would share there."""
    for name in names:
        path = PureWindowsPath(name)
        if path.anchor or ".." in path.parts or not path.parts:
            raise BookError(f"is no EPUB: {name!r} is not the name of a file inside of it")
    folded = {normalize("NFC", name).casefold() for name in names}
    if len(folded) != len(names):
        raise BookError("is no EPUB: two of its files have the same name, but for case")
