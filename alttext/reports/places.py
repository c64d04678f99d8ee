"""Where something is in a file, as each reader of reports counts: code points, bytes, lines of git."""

import os
import re
from bisect import bisect_right
from pathlib import PurePath
from typing import NamedTuple

from alttext.reports import is_edited
from alttext.types import Edit, FileResult, Span

NEWLINE = re.compile(r"\r\n|\r|\n")
LINE_FEED = re.compile(r"\n")  # all that git takes for the end of a line, and so whoever reviews its patches


class Position(NamedTuple):
    """One place; all but the offset count from 1."""

    offset: int  # in code points, without the byte order mark
    line: int
    column: int  # in code points
    byte: int  # the column in bytes of UTF-8


class Places:
    """Positions in what the file of a document holds now: its text before the edits, or after."""

    def __init__(self, result: FileResult, *, written: bool, newline: re.Pattern[str] = NEWLINE) -> None:
        self._text = result.text if written else result.before
        self._edits = _edits(result) if written else []
        self._starts = (0, *(match.end() for match in newline.finditer(self._text)))
        self._mark = len(result.bom) if result.encoding == "utf-8" else 0
        self._errors = errors_of(result)

    def region(self, span: Span) -> tuple[Position, Position]:
        """Return where a span of the text before the edits begins, and where it ends (exclusive)."""
        return self.at(span.start), self.at(span.end)

    def at(self, offset: int) -> Position:
        """Return the place of an offset in the text before the edits."""
        offset = self._moved(offset)
        line = bisect_right(self._starts, offset)
        before = self._text[self._starts[line - 1] : offset]
        mark = self._mark if line == 1 else 0
        byte = mark + len(before.encode("utf-8", self._errors))
        return Position(offset, line, len(before) + 1, byte + 1)

    def _moved(self, offset: int) -> int:
        shift = 0
        for edit in self._edits:
            if edit.span.end <= offset:
                shift += len(edit.text) - (edit.span.end - edit.span.start)
            elif edit.span.start < offset:
                return edit.span.start + shift + len(edit.text)
        return offset + shift


def _edits(result: FileResult) -> list[Edit]:
    made = [finding.edit for finding in result.findings if is_edited(finding) and finding.edit]
    return sorted(made, key=lambda edit: edit.span)


def errors_of(result: FileResult) -> str:
    """Return the codec error handler by which the text holds bytes that are none."""
    return "surrogatepass" if result.encoding.startswith("utf-16") else "surrogateescape"


def from_root(path: str, root: str) -> str:
    """Return a path, which starts at the working folder, as seen from the folder `root`, with slashes.

    Paths outside of it become absolute; without a root, the path is as it was.
    """
    try:
        relative = PurePath(os.path.relpath(path, root) if root else path)
    except ValueError:  # another drive
        relative = PurePath(os.pardir)
    if root and relative.parts[:1] == (os.pardir,):
        relative = PurePath(os.path.abspath(path))  # noqa: PTH100 - Path would not remove ".."
    return relative.as_posix()
