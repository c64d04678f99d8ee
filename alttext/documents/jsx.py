"""JSX elements and expressions as MDX documents contain them, with their places.

Source: https://github.com/micromark/micromark-extension-mdx-jsx#syntax
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from alttext.types import Span

# Elements that become an img and take an alt. Sources: https://nextjs.org/docs/app/api-reference/components/image,
# https://docs.astro.build/en/guides/images/, https://docusaurus.io/docs/markdown-features/assets,
# https://www.gatsbyjs.com/docs/how-to/images-and-media/using-gatsby-plugin-image/
IMAGES = frozenset(
    {"img", "Image", "Img", "NextImage", "StaticImage", "GatsbyImage", "ThemedImage", "Picture"}
)

_NAME = r"[A-Za-z_$][\w$.:-]*+"
_OPEN_RE = re.compile(rf"<(?P<closing>/?)(?P<name>{_NAME})?")
_ATTRIBUTE_RE = re.compile(
    rf"""(?P<name>{_NAME})(?:\s*+=\s*+(?:(?P<text>"[^"]*+"|'[^']*+')|(?P<code>\{{)))?"""
)
_SPACE_RE = re.compile(r"\s*+")
_CODE_RE = re.compile(
    r""" "(?:\\.|[^\\"\n])*+" | '(?:\\.|[^\\'\n])*+' | `(?:\\.|[^\\`])*+` | //[^\n]*+ | /\*(?:.*?\*/|.*+)
    | (?P<mark>[{}]) | <(?P<image>"""
    + "|".join(sorted(IMAGES))
    + r")(?![\w$.:-])",
    re.VERBOSE | re.DOTALL,
)
_LONGEST = 20_000
_DEEPEST = 64


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute; `text` is None for an expression, whose code with braces is in `code`."""

    name: str
    span: Span
    text: str | None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """A start or end tag. The name of a fragment is ""."""

    span: Span
    name: str
    name_end: int
    attributes: tuple[Attribute, ...]
    is_closing: bool
    is_self_closing: bool

    def first(self, name: str) -> Attribute | None:
        """Return the attribute with this name."""
        return next((found for found in self.attributes if found.name == name), None)

    @property
    def is_literal(self) -> bool:
        """Whether no attribute is an expression."""
        return all(found.text is not None for found in self.attributes)


def element(text: str, start: int) -> Element | None:
    """Read the tag that begins at `start`; None if it is not one that MDX would take."""
    opened = _OPEN_RE.match(text, start)
    if opened is None or (opened["name"] is None and not text.startswith(">", opened.end())):
        return None
    position = opened.end()
    found: list[Attribute] = []
    while (position := _after_space(text, position)) < min(len(text), start + _LONGEST):
        for end, is_self_closing in ((">", False), ("/>", True)):
            if text.startswith(end, position):
                span = Span(start, position + len(end))
                name, closing = opened["name"] or "", bool(opened["closing"])
                return Element(span, name, opened.end(), tuple(found), closing, is_self_closing)
        attribute = _attribute(text, position)
        if attribute is None:
            return None
        found.append(attribute)
        position = attribute.span.end
    return None


def _attribute(text: str, start: int) -> Attribute | None:
    match = _ATTRIBUTE_RE.match(text, start)
    code = start if match is None else match.start("code")
    if match is not None and match["code"] is None:
        return Attribute(match["name"], Span(*match.span()), (match["text"] or "")[1:-1])
    end = expression_end(text, code)
    if end is None:
        return None
    return Attribute("" if match is None else match["name"], Span(start, end), None, text[code:end])


def _after_space(text: str, position: int) -> int:
    match = _SPACE_RE.match(text, position)
    return match.end() if match else position


def expression_end(text: str, start: int) -> int | None:
    """Return where the expression with its opening brace at `start` ends, None if it does not."""
    if text[start : start + 1] != "{":
        return None
    depth = 0
    for found in _CODE_RE.finditer(text, start, start + _LONGEST):
        depth += {"{": 1, "}": -1}.get(found["mark"] or "", 0)
        if depth == 0:
            return found.end()
        if depth > _DEEPEST:
            break
    return None


def is_balanced(code: str) -> bool:
    """Whether every brace of a piece of code is closed."""
    marks = [found["mark"] for found in _CODE_RE.finditer(code) if found["mark"]]
    return marks.count("{") <= marks.count("}")


def images_in_code(text: str, start: int, end: int) -> Iterator[Element]:
    """Return the image elements in a piece of code, outside of its strings and comments."""
    while (found := _CODE_RE.search(text, start, end)) is not None:
        image = element(text, found.start()) if found["image"] else None
        if image is not None:
            yield image
        start = found.end() if image is None else image.span.end
