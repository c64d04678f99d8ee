"""Find the images of one text and write their alternatives, by markup alone: no settings, files or model."""

from collections.abc import Callable
from typing import overload

from alttext import documents, edits, purpose, survey
from alttext.documents import source
from alttext.types import ImageRef


def find_images(text: str | bytes, format: str = "html") -> list[ImageRef]:  # noqa: A002 - the public name
    """Return every image of a document in order, each with the purpose that its markup shows.

    Raises ParseError if the text cannot be read as `format`, or if there is no such format.
    """
    if isinstance(text, bytes):
        text = source.decode(text, format).text
    return [survey.with_purpose(ref, purpose.classify(ref)) for ref in documents.parse(text, format)]


@overload
def rewrite(text: str, format: str, alt_for: Callable[[ImageRef], str | None]) -> str: ...
@overload
def rewrite(text: bytes, format: str, alt_for: Callable[[ImageRef], str | None]) -> bytes: ...
def rewrite(
    text: str | bytes,
    format: str,  # noqa: A002 - the public name
    alt_for: Callable[[ImageRef], str | None],
) -> str | bytes:
    """Write the alternatives that `alt_for` returns for images that have none; change nothing else.

    `alt_for` is asked about each image without an alternative: None and white space leave it as it is, ""
    marks it as decorative, if an empty alternative can. It is not asked about images with an alternative,
    decorative ones, and places that must not be edited. Raises ParseError, and VerificationError if an edit
    would have changed anything else.
    """
    if isinstance(text, str):
        return _rewritten(text, format, alt_for)
    opened = source.decode(text, format)
    return source.encode(opened, _rewritten(opened.text, format, alt_for, opened))


def _rewritten(
    text: str,
    format: str,  # noqa: A002
    alt_for: Callable[[ImageRef], str | None],
    opened: source.Source | None = None,
) -> str:
    asked = [ref for ref in find_images(text, format) if ref.missing and ref.slot and not ref.suppressed]
    answers = [(ref, alt) for ref in asked if (alt := alt_for(ref)) is not None and _says_something(ref, alt)]
    made = [documents.alt_edit(text, format, ref, alt, opened) for ref, alt in answers]
    return edits.edited(text, made, format)


def _says_something(ref: ImageRef, alt: str) -> bool:
    """Whether an answer is in words, or nothing in a place where that says that the image is decorative."""
    return bool(alt.strip()) or (not alt and ref.slot is not None and ref.slot.takes_empty)
