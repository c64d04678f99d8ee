"""Attribute blocks after a Markdown image or its paragraph: `{.decorative width=50 fig-alt="..."}`.

Sources: https://pandoc.org/MANUAL.html#extension-link_attributes,
https://kramdown.gettalong.org/syntax.html#inline-attribute-lists,
https://python-markdown.github.io/extensions/attr_list/
"""

import html
import re
from dataclasses import dataclass

from alttext.types import Span

_QUOTED = r""" "(?:[^"\\]|\\.)*+" | '(?:[^'\\]|\\.)*+' """
_ITEM = rf"[#.][\w:-]++ | [\w:@-]++=(?:{_QUOTED}|[^\s\"'{{}}]++)"
_BLOCK_RE = re.compile(rf"\{{:?(?:\s*+(?:{_ITEM}))*+\s*+\}}", re.VERBOSE | re.DOTALL)
_ITEM_RE = re.compile(_ITEM, re.VERBOSE | re.DOTALL)
_ESCAPE_RE = re.compile(r"\\([!-/:-@\[-`{-~])")
_DECORATIVE = frozenset({"decorative"})


@dataclass(frozen=True, slots=True)
class Attribute:
    """One item of a block: a class has the name "class", an identifier the name "id"."""

    name: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class AttributeBlock:
    """A block and its items; spans count from the text that it was matched in."""

    span: Span
    items: tuple[Attribute, ...]

    def first(self, *names: str) -> Attribute | None:
        """Return the first item that has one of these names."""
        return next((item for item in self.items if item.name in names), None)

    def attributes(self) -> dict[str, str]:
        """Return the items as attributes of an element, with the classes joined."""
        found: dict[str, str] = {}
        for item in self.items:
            if item.name == "class" and "class" in found:
                found["class"] += f" {item.value}"
            else:
                found.setdefault(item.name, item.value)
        return found

    @property
    def decorative(self) -> bool:
        """Whether a class says that the image is decorative."""
        return not _DECORATIVE.isdisjoint(self.attributes().get("class", "").lower().split())


def match(text: str, start: int, limit: int) -> AttributeBlock | None:
    """Return the attribute block that begins at `start` and ends by `limit`, None if there is none."""
    block = _BLOCK_RE.match(text, start, limit)
    if block is None:
        return None
    inner = 2 if block[0].startswith("{:") else 1
    items = _ITEM_RE.finditer(text, start + inner, block.end() - 1)
    return AttributeBlock(Span(*block.span()), tuple(_item(item[0], Span(*item.span())) for item in items))


def of_paragraph(content: str) -> AttributeBlock | None:
    """Return the attribute block that is the last line of a paragraph, which it is about as a whole."""
    start = content.rfind("\n") + 1
    start += len(content[start:]) - len(content[start:].lstrip())
    block = match(content, start, len(content)) if start else None
    return block if block and not content[block.span.end :].strip() else None


def _item(text: str, span: Span) -> Attribute:
    if text[0] in "#.":
        return Attribute("id" if text[0] == "#" else "class", text[1:], span)
    name, _, value = text.partition("=")
    if value[0] in "\"'":
        value = html.unescape(_ESCAPE_RE.sub(r"\1", value[1:-1]))
    return Attribute(name.lower(), value, span)
