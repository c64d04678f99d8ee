"""Find the images of one text and write their alternatives, by markup alone: no settings, files or model."""

from collections.abc import Callable, Iterator
from typing import overload

from alttext import documents, edits, purpose, survey
from alttext.documents import html, source
from alttext.survey import Document
from alttext.types import ImageRef

_AltFor = Callable[[ImageRef], str | None]
_OnRefused = Callable[[ImageRef], object]


def find_images(text: str | bytes, format: str = "html") -> list[ImageRef]:  # noqa: A002 - the public name
    """Return every image of a document in order, each with the purpose that its markup shows.

    Raises ParseError if the text cannot be read as `format`, or if there is no such format.
    """
    if isinstance(text, bytes):
        text = source.decode(text, format).text
    return [survey.with_purpose(ref, purpose.classify(ref)) for ref in documents.parse(text, format)]


@overload
def rewrite(text: str, format: str, alt_for: _AltFor, *, on_refused: _OnRefused = ...) -> str: ...
@overload
def rewrite(text: bytes, format: str, alt_for: _AltFor, *, on_refused: _OnRefused = ...) -> bytes: ...
def rewrite(
    text: str | bytes,
    format: str,  # noqa: A002 - the public name
    alt_for: _AltFor,
    *,
    on_refused: _OnRefused = lambda _: None,
) -> str | bytes:
    """Write the alternatives that `alt_for` returns for images that have none; change nothing else.

    `alt_for` is asked about each image without an alternative: None and white space leave it as it is, ""
    marks it as decorative, if an empty alternative can. It is not asked about images with an alternative,
    decorative ones, and places that must not be edited.

    An answer that cannot be verified to change nothing else, or that the encoding of the bytes lacks
    characters for, is not written: that image stays as it is, and `on_refused` is told. Raises ParseError.
    """
    if isinstance(text, str):
        return _rewritten(Document(text, format), alt_for, on_refused)
    opened = source.decode(text, format)
    document = Document(opened.text, format, source=opened)
    return source.encode(opened, _rewritten(document, alt_for, on_refused))


def _rewritten(document: Document, alt_for: _AltFor, on_refused: _OnRefused) -> str:
    wanted = [(ref, edits.spelled(document, ref, alt)) for ref, alt in _answers(document, alt_for)]
    after, sound = edits.verified(document.text, [edit for _, edit in wanted if edit], document.format)
    for ref, edit in wanted:
        if edit not in sound:
            on_refused(ref)
    return after


def _answers(document: Document, alt_for: _AltFor) -> Iterator[tuple[ImageRef, str]]:
    for ref in find_images(document.text, document.format):
        if ref.missing and ref.slot and not ref.suppressed:
            alt = alt_for(ref)
            if alt is not None and _says_something(ref, alt):
                yield ref, alt


def _says_something(ref: ImageRef, alt: str) -> bool:
    """Whether an answer is in words, or nothing in a place where that says that the image is decorative."""
    return bool(html.plain(alt)) or (not alt and ref.slot is not None and ref.slot.takes_empty)
