"""Documents for the fuzzer to begin with: those of the tests, the example site, and one of each piece."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.fuzz.documents import ENCODINGS, PIECES

_TESTS = Path(__file__).parents[1]
_SITE = _TESTS.parent / "examples" / "site"
_LONGEST = 4096  # longer ones make everything slow
_CASES = {
    "html": ["html"],
    "xhtml": ["html"],
    "markdown": ["markdown"],
    "mdx": ["mdx", "markdown"],
    "quarto": ["quarto", "markdown"],
    "notebook": ["markdown"],
}
_SUFFIXES = {"html": ".html", "xhtml": ".html", "markdown": ".md", "notebook": ".ipynb"}


def seeds(name: str) -> Iterator[bytes]:
    """Return the seeds of a target."""
    texts = [text for case in _CASES[name] for text in _cases(case)]
    yield from (text.encode() for text in (map(_notebook, texts) if name == "notebook" else texts))
    for file in sorted(_SITE.rglob(f"*{_SUFFIXES.get(name, '.md')}")):
        yield from _parts(file.read_bytes(), name)
    yield from _of_pieces(name)


def _cases(name: str) -> Iterator[str]:
    """Documents of a table of cases, which are separated by lines of equals signs and hyphens."""
    table = (_TESTS / "data" / f"{name}_alternatives.txt").read_text(encoding="utf-8")
    for case in table.split("\n====\n")[1:]:
        yield re.split(r"\n----\n?", case)[1]


def _notebook(text: str) -> str:
    cell = {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}
    return json.dumps({"cells": [cell], "nbformat": 4}, ensure_ascii=False)


def _parts(data: bytes, name: str) -> Iterator[bytes]:
    """A file at once if it is short or of JSON, else its parts."""
    if name == "notebook" or len(data) <= _LONGEST:
        yield data
        return
    yield from (data[start : start + _LONGEST] for start in range(0, len(data), _LONGEST))


def _of_pieces(name: str) -> Iterator[bytes]:
    for style in range(len(ENCODINGS)):
        yield PIECES + bytes([style, 0])
    for start in range(0, 250, 10):
        pieces = bytes(range(start, start + 10))
        between = b"\xff\x40" if name == "notebook" else b""
        yield PIECES + b"\0" + between + pieces
