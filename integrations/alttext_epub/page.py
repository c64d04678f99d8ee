"""One page of a book as bytes and as text; what was changed is read as XML again before it counts."""

import codecs
import re
from dataclasses import dataclass
from itertools import zip_longest

from lxml import etree

from alttext import VerificationError
from alttext_epub.book import parsed
from alttext_epub.errors import BookError

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED_RE = re.compile(r"""<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"']*)["']""")
_OTHER_ENCODING = "is neither UTF-8 nor UTF-16, as pages of books have to be"
_ALTERNATIVES = frozenset({"alt", "aria-label"})


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is read."""

    text: str
    encoding: str
    bom: bytes

    def encode(self, text: str) -> bytes:
        """Return other text as bytes of this page."""
        return self.bom + text.encode(self.encoding)


def read(data: bytes) -> Page:
    """Return a page. Raises BookError if it is in neither of the two encodings that books may have."""
    mark, encoding = next((each for each in _MARKS if data.startswith(each[0])), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise BookError(_OTHER_ENCODING) from error
    declared = _DECLARED_RE.match(text)
    if declared and declared[1].lower() not in {"utf-8", "utf-16"}:
        raise BookError(_OTHER_ENCODING)
    return Page(text, encoding, mark)


def verify(before: bytes, after: bytes) -> None:
    """Raise VerificationError unless the two are the same XML but for alternatives."""
    try:
        old = parsed(before)
    except etree.XMLSyntaxError as error:
        raise VerificationError(
            f"is not well-formed, so it was left alone; line {error.lineno}: {error.msg}"
        ) from error
    try:
        is_same = all(map(_is_same, *zip(*zip_longest(old.iter(), parsed(after).iter()), strict=True)))
    except etree.XMLSyntaxError:
        is_same = False
    if not is_same:
        raise VerificationError("would not be the same page any more, so it was left alone")


def _is_same(old: etree._Element | None, new: etree._Element | None) -> bool:
    if old is None or new is None:
        return False
    return _content(old) == _content(new)


def _content(element: etree._Element) -> tuple[object, ...]:
    attributes = {name: value for name, value in element.attrib.items() if name not in _ALTERNATIVES}
    return element.tag, element.text, element.tail, attributes
