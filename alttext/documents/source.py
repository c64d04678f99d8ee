"""Bytes to text and back without loss, positions for people, and files replaced in one step.

Source: https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
"""

import codecs
import errno
import os
import re
import stat
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path

from alttext.documents import atomic, html_start_tag
from alttext.errors import ParseError, WriteError

_PRESCAN = 4096
_UNBLOCKED = getattr(os, "O_NONBLOCK", 0)  # without waiting for somebody who writes into a pipe
_NEWLINE_RE = re.compile(r"\r\n|\r|\n")
_COMMENT_RE = re.compile(r"<!--.*?-->", re.DOTALL)
_META_RE = re.compile(r"<meta(?=[\t\n\f\r /])", re.IGNORECASE)
_CHARSET_RE = re.compile(r"""charset\s*=\s*["']?\s*([^\s"';]+)""", re.IGNORECASE)
_XML_ENCODING_RE = re.compile(r"""<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z][\w.:-]*)["']""")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARKUP_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})

# Labels that browsers read as a superset of what they say, or that Python does not know.
# Source: https://encoding.spec.whatwg.org/#names-and-labels
_BROWSER_CODECS = {
    "ascii": "cp1252",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "cn-big5": "big5hkscs",
    "csisolatin1": "cp1252",
    "euc-kr": "cp949",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "iso-8859-11": "cp874",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-9": "cp1254",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "korean": "cp949",
    "ks_c_5601-1987": "cp949",
    "l1": "cp1252",
    "latin1": "cp1252",
    "latin5": "cp1254",
    "macintosh": "mac-roman",
    "ms_kanji": "cp932",
    "shift-jis": "cp932",
    "shift_jis": "cp932",
    "sjis": "cp932",
    "tis-620": "cp874",
    "unicode-1-1-utf-8": "utf-8",
    "us-ascii": "cp1252",
    "utf-16": "utf-8",  # a declaration that could be read cannot be UTF-16
    "utf-16be": "utf-8",
    "utf-16le": "utf-8",
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "x-gbk": "gb18030",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-sjis": "cp932",
    "x-x-big5": "big5hkscs",
}
_TWO_BYTE_CODECS = frozenset({"big5hkscs", "cp932", "cp949", "euc_jp", "gb18030", "iso2022_jp"})
_THREE_BYTES_RE = re.compile("[^\x00-\u07ff]")  # characters that UTF-8 spells with three bytes or more
_ASCII = bytes(range(0x20, 0x7F)) + b"+AGE-\\n~{!~}\t\r\n"


@dataclass(frozen=True, slots=True)
class Source:
    """One document as text, with what it takes to get its bytes back."""

    text: str  # without the byte order mark; newlines as they are
    encoding: str  # a name that Python's codecs know
    bom: bytes = b""
    errors: str = "strict"  # the codec error handler that keeps broken sequences


def decode(data: bytes, format: str = "html") -> Source:  # noqa: A002 - the name in every signature
    """Return the text of a document so that `encode(decode(data), text)` gives the same bytes.

    The encoding is that of the byte order mark, else UTF-8 where it fits, else (HTML only) the
    declared one, else what browsers fall back to. Never raises: broken bytes survive in the text.
    """
    for bom, encoding in BYTE_ORDER_MARKS:
        if data.startswith(bom):
            errors = "surrogateescape" if encoding == "utf-8" else "surrogatepass"
            return _decoded(data, bom, [(encoding, errors)])
    return _decoded(data, b"", _attempts(data, format))


def _attempts(data: bytes, format: str) -> Iterator[tuple[str, str]]:  # noqa: A002
    declared = _declared_codec(data) if format == "html" else None
    if not declared or _is_rather_utf_8(data, declared):
        yield "utf-8", "strict"
    if declared:
        yield declared, "strict"
        yield declared, "surrogateescape"
    if declared or format != "html":
        yield "utf-8", "surrogateescape"
    yield "cp1252", "surrogateescape"


def _is_rather_utf_8(data: bytes, declared: str) -> bool:
    """Whether a declaration contradicts the bytes; two of them could still be a character of East Asia."""
    if data.isascii():
        return False
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return declared not in _TWO_BYTE_CODECS or _THREE_BYTES_RE.search(text) is not None


def _decoded(data: bytes, bom: bytes, attempts: Iterable[tuple[str, str]]) -> Source:
    body = data[len(bom) :]
    for encoding, errors in attempts:
        try:
            text = body.decode(encoding, errors)
            if text.encode(encoding, errors) == body:
                return Source(text, encoding, bom, errors)
        except UnicodeError:
            continue
    return Source(body.decode("latin-1"), "latin-1", bom)


def _declared_codec(data: bytes) -> str | None:
    labels = _declared_labels(data[:_PRESCAN].decode("latin-1"))
    return next((codec for label in labels if (codec := _codec_of(label))), None)


def _declared_labels(head: str) -> Iterator[str]:
    if match := _XML_ENCODING_RE.match(head):
        yield match[1]
    head = _COMMENT_RE.sub("", head)
    for match in _META_RE.finditer(head):
        try:
            tag = html_start_tag.scan(head, match.start())
        except ValueError:
            continue
        values = {name: unescape(tag.value(name)) for name in ("charset", "http-equiv", "content")}
        if values["charset"].strip():
            yield values["charset"]
        elif values["http-equiv"].strip().lower() == "content-type":
            yield from _CHARSET_RE.findall(values["content"])


def _codec_of(label: str) -> str | None:
    """Return the codec that browsers use for a label; None for unknown ones and for those that hide ASCII."""
    label = label.strip().lower()
    try:
        name = codecs.lookup(_BROWSER_CODECS.get(label, label)).name
        return name if _ASCII.decode(name) == _ASCII.decode("ascii") else None
    except (LookupError, UnicodeError, ValueError):
        return None


def encode(source: Source, text: str) -> bytes:
    """Return `text` as bytes of the document `source`.

    Raises `WriteError` if a character does not exist in that encoding, see `referenced`.
    """
    try:
        return source.bom + text.encode(source.encoding, source.errors)
    except UnicodeEncodeError as error:
        character = text[error.start]
        raise WriteError(
            f"{character!r} cannot be written in {source.encoding}: save the document as UTF-8"
        ) from error


def representable(source: Source, text: str) -> bool:
    """Whether every character of `text` exists in the encoding of the document."""
    try:
        text.encode(source.encoding)
    except UnicodeEncodeError:
        return False
    return True


def referenced(source: Source, markup: str) -> str:
    """Return HTML with character references for what the encoding of the document lacks."""
    return markup.encode(source.encoding, "xmlcharrefreplace").decode(source.encoding)


def position(text: str, offset: int) -> tuple[int, int]:
    r"""Return line and column, both from 1, of a code point; lines end at \n, \r\n or \r."""
    starts = _line_starts(text)
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


@lru_cache(maxsize=4)
def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(newline.end() for newline in _NEWLINE_RE.finditer(text)))


def read(path: str | Path) -> Source:
    """Read a document; whether declared encodings count follows from its suffix. Raises `ParseError`."""
    path = Path(path)
    try:
        data = _bytes(path)
    except OSError as error:
        raise ParseError(f"{path}: cannot be read: {error.strerror or error}") from error
    return decode(data, "html" if path.suffix.lower() in _MARKUP_SUFFIXES else "text")


def _bytes(path: Path) -> bytes:
    """The content of a regular file: a pipe may never end, and a device has none."""
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _UNBLOCKED)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file")
        return file.read()


def write(path: str | Path, source: Source, text: str, roots: Iterable[Path] = ()) -> None:
    """Replace the file that `source` was read from, in one step and with its mode bits kept.

    A symbolic link is followed only to a target within one of `roots`. Raises `WriteError`, and then
    the file is as it was: on such a link, a read-only file, one that has changed since it was read, a
    character that its encoding lacks, or an error of the file system.
    """
    exchange(path, encode(source, source.text), encode(source, text), roots)


def exchange(path: str | Path, before: bytes, after: bytes, roots: Iterable[Path] = ()) -> None:
    """Replace a file that holds the bytes `before` by `after`, as `write` does. Raises `WriteError`."""
    path = Path(path)
    try:
        target = _target(path, roots)
        is_bound = not target.stat().st_mode & 0o222 or not os.access(target, os.W_OK)
        _refuse_if(is_bound, path, "is read-only", "make it writable")
        atomic.replace(target, after, lambda found: _refuse_unless_holding(before, found, path))
    except BlockingIOError as error:
        raise WriteError(
            f"{path}: is being written by another run, so it was left alone; run again"
        ) from error
    except OSError as error:
        raise WriteError(f"{path}: cannot be written: {error.strerror or error}") from error


def _refuse_unless_holding(before: bytes, found: Path, path: Path) -> None:
    is_same = found.read_bytes() == before
    _refuse_if(not is_same, path, "has changed since it was read", "run again")


def _target(path: Path, roots: Iterable[Path]) -> Path:
    if not path.is_symlink():
        return path
    target = path.resolve(strict=True)
    is_inside = any(target.is_relative_to(root.resolve()) for root in roots)
    _refuse_if(not is_inside, path, f"is a symbolic link to {target}", "name that file instead")
    return target


def _refuse_if(refused: bool, path: Path, cause: str, remedy: str) -> None:
    if refused:
        raise WriteError(f"{path}: {cause}, so it was left alone; {remedy}")
