"""What MDX adds to Markdown, rendered to HTML: elements, and the images inside of expressions."""

import html
import re

from alttext.documents import jsx
from alttext.documents.offsets import OffsetMap
from alttext.documents.rendered_page import Origin, Page, spelled
from alttext.types import ImageKind, Slot, Span

_BLOCKED = "jsx-expression"
_NAMES = {"className": "class", "to": "href"}
_VOID = frozenset({"area", "embed", "input"})
_IMAGES_OF_HTML = _VOID | {"object"}
_COMMENT_RE = re.compile(r"\{\s*/\*(.*?)\*/\s*\}", re.DOTALL)
_TRUE_RE = re.compile(r"(?:\{\s*true\s*\})?")
_LITERAL_RE = re.compile(r"""\{\s*(?:require\(\s*)?(["'`])((?:(?!\1|\\|\$\{).)*)\1[\s\w.)]*\}""")


def write_element(page: Page, content: str, element: jsx.Element, offsets: OffsetMap) -> None:
    """Write a tag: images, links and what HTML knows; other components are transparent."""
    name = "a" if element.name == "Link" else element.name
    if element.name in jsx.IMAGES and not element.is_closing:
        _write_image_element(page, content, element, offsets)
    elif not (name.islower() and name.isalnum()):
        return
    elif element.is_closing:
        page.write(f"</{name}>")
    else:
        _write_start_tag(page, content, element, offsets, name)
        page.write(f"</{name}>" if element.is_self_closing and name not in _VOID else "")


def _write_image_element(page: Page, content: str, element: jsx.Element, offsets: OffsetMap) -> None:
    if not element.is_literal or element.first("aria-hidden"):  # alone it is true, unlike in HTML
        _write_image(page, element, offsets, in_code=False)
        return
    # Only the name differs from HTML, and all that follows is spelled alike.
    page.replace("<img", Span(element.span.start, element.name_end), offsets)
    page.copy(content, Span(element.name_end, element.span.end), offsets)


def _write_start_tag(page: Page, content: str, element: jsx.Element, offsets: OffsetMap, name: str) -> None:
    """Write the tag of an element that HTML knows; of images among them only literal ones are edited."""
    may_be_image = name in _IMAGES_OF_HTML or element.first("role") is not None
    if may_be_image and element.is_literal:
        page.copy(content, element.span, offsets)
        return
    if may_be_image:
        page.origins[page.length] = Origin(offsets.span(element.span), ImageKind.JSX, None, _BLOCKED)
    attributes = {_NAMES.get(name, name): text for name, text in _attributes(element).items()}
    page.write(f"<{name}{spelled(attributes)}>")


def write_code(page: Page, content: str, span: Span, offsets: OffsetMap) -> None:
    """Write the images of an expression or module, or the comment that it is."""
    comment = _COMMENT_RE.fullmatch(content, span.start, span.end)
    if comment is not None:
        page.write(f"<!--{comment[1].replace('--', '')}-->")
        return
    for element in jsx.images_in_code(content, span.start, span.end):
        _write_image(page, element, offsets, in_code=True)


def _write_image(page: Page, element: jsx.Element, offsets: OffsetMap, *, in_code: bool) -> None:
    at = None if in_code else _place(element)
    slot = None if at is None else Slot(offsets.span(at), "alt")
    origin = Origin(offsets.span(element.span), ImageKind.JSX, slot, "" if slot else _BLOCKED)
    page.write_image(origin, {name.lower(): text for name, text in _attributes(element).items()})


def _place(element: jsx.Element) -> Span | None:
    """Return the place of the alternative, None if an expression may say what it or the picture is."""
    source, alt = element.first("src"), element.first("alt")
    is_known = source is not None and source.text is not None and (alt is None or alt.text is not None)
    if source is None or not is_known or not all(found.name for found in element.attributes):
        return None
    return Span(source.span.end, source.span.end) if alt is None else alt.span


def _attributes(element: jsx.Element) -> dict[str, str]:
    return {found.name: _value(found) for found in reversed(element.attributes) if found.name}


def _value(found: jsx.Attribute) -> str:
    if found.name == "aria-hidden" and not found.text and _TRUE_RE.fullmatch(found.code):
        return "true"
    return _literal(found.code) if found.text is None else html.unescape(found.text)


def _literal(code: str) -> str:
    """Return the string that an expression is or requires, else the expression."""
    found = _LITERAL_RE.fullmatch(code)
    return found[2] if found else code
