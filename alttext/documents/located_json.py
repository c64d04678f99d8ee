"""JSON whose strings remember where they stand in the text: the scanner of the standard library, listening.

Source: https://docs.python.org/3/library/json.html
"""

import json
import re
from json import scanner
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from alttext.documents.offsets import OffsetMap
from alttext.errors import ParseError

_CHARACTER_RE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\."
)


class LocatedString(str):
    """A decoded string; `start` is the offset after its opening quote, `end` that of its closing one."""

    __slots__ = ("end", "start")
    start: int
    end: int


def loads(text: str) -> Any:
    """Decode JSON with every string value as a `LocatedString`; keys are plain.

    Raises `ParseError` with line and column.
    """
    try:
        return _Decoder().decode(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise ParseError(f"not valid JSON at {place}: {error.msg}; repair or exclude the file") from error
    except RecursionError as error:
        raise ParseError("the JSON is nested too deeply; exclude the file") from error


class _Decoder(json.JSONDecoder):
    def __init__(self) -> None:
        super().__init__(parse_int=float)  # of integers, Python does not read very long ones
        self.parse_string = _located
        self.scan_once = scanner.py_make_scanner(self)  # type: ignore[attr-defined]


def _located(text: str, start: int, strict: bool = True) -> tuple[str, int]:
    decoded, after = scanstring(text, start, strict)
    found = LocatedString(decoded)
    found.start, found.end = start, after - 1
    return found, after


def add_offsets(offsets: OffsetMap, at: int, text: str, string: LocatedString) -> None:
    """Append a map from the characters of a string, as they stand at `at`, to the JSON text."""
    target = string.start
    for escape in _CHARACTER_RE.finditer(text, string.start, string.end):
        length = escape.start() - target
        if length:
            offsets.add(at, length, target)
        offsets.add(at + length, 1, escape.start(), len(escape[0]))
        at += length + 1
        target = escape.end()
    offsets.add(at, string.end - target, target)
