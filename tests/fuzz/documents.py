"""Documents from the bytes that a fuzzer makes: as they are, or, after a zero, of awkward pieces."""

import codecs
import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from tests.pieces import BLOCKS, FRONT, HTML, INLINE, XHTML

PIECES = b"\0"
LONGEST = 64 * 1024
BROKEN = ["\udc81", "\udcff", "\udc80\udc30"]  # bytes that are no character of most encodings
XHTML_HEAD = '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">'
_HEAD = '<meta charset="{}">'
# How to spell a text as bytes: what stands before it, and the codec.
ENCODINGS = [
    (b"", "utf-8"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"", "latin-1"),
    *(
        (_HEAD.format(label).encode(), label)
        for label in ("utf-8", "iso-8859-1", "shift_jis", "gb18030", "iso-2022-jp", "koi8-r")
    ),
]
_BETWEEN = ["\n\n", "\n", "\n> ", "\n- ", "\n  ", "\n    ", "\n1. ", " ", "x", "\r\n", "\t"]
_MARKDOWN = [*INLINE, *BLOCKS, *FRONT, *_BETWEEN, *BROKEN]
_CELLS = ["markdown", "code", "raw", "heading", "markdown"]


def long(style: int, once: bytes, often: bytes) -> bytes:
    """An input of which some pieces come again and again."""
    between = b"\xff\x40"  # where a cell begins, if it becomes a notebook
    return PIECES + bytes([style]) + between + once + often * (LONGEST // len(often)) + once


def html(data: bytes) -> bytes:
    """An HTML document; the first byte of one from pieces chooses its encoding."""
    return _made(data, _in_an_encoding([*HTML, *BROKEN]))


def xhtml(data: bytes) -> bytes:
    """An XHTML document, with the beginning that says so."""
    made = _made(data, lambda text: _joined(XHTML, text).encode("utf-8"))
    return made if made.startswith(b"<?xml") else XHTML_HEAD.encode() + made


def markdown(data: bytes) -> bytes:
    """A document of any Markdown."""
    return _made(data, _in_an_encoding(_MARKDOWN))


def notebook(data: bytes) -> bytes:
    """A notebook: JSON as it is, or cells of all kinds."""
    return _made(data, _cells)


def _made(data: bytes, joined: Callable[[bytes], bytes]) -> bytes:
    if data.startswith(PIECES):
        return joined(data[1:])
    return data[:LONGEST]


def _in_an_encoding(pieces: Sequence[str]) -> Callable[[bytes], bytes]:
    def joined(data: bytes) -> bytes:
        head, codec = ENCODINGS[data[0] % len(ENCODINGS)] if data else ENCODINGS[0]
        return head + b"".join(_spelled(piece, codec) for piece in _chosen(pieces, data[1:]))

    return joined


def _spelled(piece: str, codec: str) -> bytes:
    try:
        return piece.encode(codec, "surrogateescape")
    except UnicodeEncodeError:
        return piece.encode(codec, "replace")


def _joined(pieces: Sequence[str], data: bytes) -> str:
    return "".join(_chosen(pieces, data))


def _chosen(pieces: Sequence[str], data: bytes) -> Iterator[str]:
    left = LONGEST
    for byte in data:
        piece = pieces[byte % len(pieces)]
        left -= len(piece)
        if left < 0:
            return
        yield piece


def _cells(data: bytes) -> bytes:
    """A notebook whose cells end at the byte 255; the first byte of each chooses its kind and spelling."""
    style, *cells = (data or b"\0").split(b"\xff")
    given = style[0] if style else 0
    notebook = {"cells": [_cell(cell) for cell in cells], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    text = json.dumps(notebook, ensure_ascii=bool(given & 1), indent=1 if given & 2 else None)
    mark = codecs.BOM_UTF8 if given & 4 else b""
    newline = "\r\n" if given & 8 else "\n"
    return mark + text.replace("\n", newline).encode("utf-8", "surrogatepass")


def _cell(data: bytes) -> Mapping[str, object]:
    given = data[0] if data else 0
    source = _joined(_MARKDOWN, data[1:])
    cell: dict[str, object] = {
        "cell_type": _CELLS[given % len(_CELLS)],
        "metadata": {"x": 1.50},
        "source": source.splitlines(keepends=True) if given & 64 else source,
    }
    if cell["cell_type"] == "code":
        cell |= {"execution_count": None, "outputs": [{"output_type": "stream", "text": [source]}]}
    if given & 128:
        cell["attachments"] = {"a.jpg": {"image/jpeg": "AA=="}, "d.jpg": {"image/png": ["AA", "=="]}}
    return cell
