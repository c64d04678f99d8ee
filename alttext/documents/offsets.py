"""Maps from offsets in a derived text back to the text that it was made from."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from alttext.types import Span


class Piece(NamedTuple):
    """A stretch of the derived text and what it stands for; different lengths make it indivisible."""

    start: int
    length: int
    target: int
    target_length: int


class OffsetMap:
    r"""Pieces in ascending order. Between pieces, the end of the one before is meant.

    ```text
    derived   ab cd            pieces  (0, 3, 2, 3)  "ab " and its line break in  "> ab\r\n> cd"
    source    > ab_> cd                (3, 2, 8, 2)  "cd"
    ```
    """

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._starts: list[int] = []

    def add(self, start: int, length: int, target: int, target_length: int | None = None) -> None:
        """Append a piece; it must not begin before the last one ends."""
        self._starts.append(start)
        self._pieces.append(Piece(start, length, target, length if target_length is None else target_length))

    def at(self, offset: int) -> int:
        """Return where the character at `offset` of the derived text begins in the source."""
        piece = self._pieces[max(0, bisect_right(self._starts, offset) - 1)]
        inside = min(max(0, offset - piece.start), piece.target_length)
        return piece.target + inside

    def end_at(self, offset: int) -> int:
        """Return where the character before `offset` of the derived text ends in the source."""
        piece = self._pieces[max(0, bisect_right(self._starts, offset - 1) - 1)]
        inside = max(0, offset - piece.start)
        if inside > piece.length:  # a line break of which the pieces know nothing: it is part of the span
            return self.at(offset)
        return piece.target + (piece.target_length if inside == piece.length else inside)

    def span(self, span: Span) -> Span:
        """Return the source of a stretch of the derived text; an empty one is a place to insert at."""
        start = self.at(span.start)
        return Span(start, start if span.start == span.end else self.end_at(span.end))

    def through(self, other: "OffsetMap") -> "OffsetMap":
        """Return the way back of a text that was derived from the derived text of another map."""
        joined = OffsetMap()
        for start, length, target, target_length in self._pieces:
            if length != target_length:
                joined.add(start, length, *_extent(other.span(Span(target, target + target_length))))
                continue
            for piece in other.within(target, target + length):
                joined.add(start + piece.start, piece.length, piece.target, piece.target_length)
        return joined

    def within(self, start: int, end: int) -> Iterator[Piece]:
        """Return the pieces of a stretch of the derived text, cut at its ends, counted from its start."""
        for index in range(max(0, bisect_right(self._starts, start) - 1), len(self._pieces)):
            piece = self._pieces[index]
            if piece.start >= end:
                break
            skipped = max(0, start - piece.start)
            length = min(piece.length, end - piece.start) - skipped
            if length <= 0:
                continue
            target_length = piece.target_length if piece.length != piece.target_length else length
            yield Piece(piece.start + skipped - start, length, piece.target + skipped, target_length)


def _extent(span: Span) -> tuple[int, int]:
    return span.start, span.end - span.start


def normalised(text: str) -> tuple[str, OffsetMap]:
    """Return the text as Markdown parsers see it, without a byte order mark and with line feeds only.

    The map leads back. Source: https://spec.commonmark.org/0.31.2/#insecure-characters and #line-ending
    """
    start, target = 0, int(text.startswith("\ufeff"))
    lines = text[target:].replace("\0", "\ufffd").split("\r\n")
    offsets = OffsetMap()
    for line in lines[:-1]:
        offsets.add(start, len(line) + 1, target, len(line) + 2)
        start += len(line) + 1
        target += len(line) + 2
    offsets.add(start, len(lines[-1]), target)
    return "\n".join(lines).replace("\r", "\n"), offsets
