"""Stage 2: find the attributes of one start tag in the source, and the place for another one.

Source: https://html.spec.whatwg.org/multipage/parsing.html#before-attribute-name-state
"""

import re
from typing import NamedTuple

from alttext.types import Slot, Span

_TAG_NAME_RE = re.compile(r"<[A-Za-z][^\t\n\f\r />]*")
_ATTRIBUTE_RE = re.compile(
    r"""[\t\n\f\r /]*
    (?P<name>[^\t\n\f\r />][^\t\n\f\r />=]*+)
    (?:[\t\n\f\r ]*+=[\t\n\f\r ]*+(?P<value>"[^"]*"|'[^']*'|(?=>)|[^\t\n\f\r >"'][^\t\n\f\r >]*+)
    |(?![\t\n\f\r ]*+=))""",
    re.VERBOSE,
)
_TAG_END_RE = re.compile(r"[\t\n\f\r /]*>")

# How template languages and front-end frameworks write attributes that only exist at run time.
_TEMPLATE_NAME_RE = re.compile(
    r"\{\{|\{%|\{#|<[?%]|[?%]>|%\}|\}\}|\[%|%\]|\$\{|^\{|^<\w+:|^[vx]-bind$|^\[(?:attr\.)?ATTRIBUTE\]$"
    r"|^ng-attr-ATTRIBUTE$|^(?:v-bind|x-bind|bind|data-th|th|)[:.]ATTRIBUTE(?:\.\w+)*$"
    r"|^ATTRIBUTE\.(?:bind|one-way|two-way)$".replace("ATTRIBUTE", "(?:alt|aria-label|aria-labelledby)"),
    re.IGNORECASE,
)
# HTML takes a quote or `>` within the code of a template for the end of a value, which is then cut off.
_CODE = (("<?", "?>"), ("<%", "%>"), ("{{", "}}"), ("{%", "%}"), ("[%", "%]"))
_CALL_RE = re.compile(r"@[\w.]+\(\Z|<\w+:[^<>]*\Z")
_LISTS = frozenset({"th:attr", "data-th-attr", "data-bind"})  # values that list attributes


class Attribute(NamedTuple):
    """One attribute as it is spelled; `value` keeps its quotes, None when there is no equals sign."""

    name: str
    span: Span
    value: str | None


class StartTag(NamedTuple):
    """Where a start tag and its attributes stand in the text."""

    span: Span
    name_end: int
    attributes: tuple[Attribute, ...]

    def first(self, name: str) -> Attribute | None:
        """Return the attribute that counts: of duplicates, parsers keep the first."""
        return next((found for found in self.attributes if found.name.lower() == name), None)

    def value(self, name: str) -> str:
        """Return the value of an attribute as it is spelled between its quotes, "" if there is none."""
        found = self.first(name)
        spelled = (found.value if found is not None else None) or ""
        return spelled[1:-1] if spelled[:1] in {'"', "'"} else spelled

    def is_template(self) -> bool:
        """Whether some attributes are only known when a template has run."""
        return any(map(_is_template, self.attributes))


def _is_template(found: Attribute) -> bool:
    value = (found.value or "").strip("\"'")
    if found.name.lower() in _LISTS:
        return "alt" in value
    return _TEMPLATE_NAME_RE.search(found.name) is not None or _is_cut_off(value)


def _is_cut_off(value: str) -> bool:
    is_open = any(value.rfind(start) > value.rfind(end) for start, end in _CODE)
    return is_open or _CALL_RE.search(value) is not None


def scan(text: str, start: int) -> StartTag:
    """Read the complete start tag at `start`, which a conforming parser has reported there."""
    name = _TAG_NAME_RE.match(text, start)
    if name is None:
        raise ValueError(f"no start tag at offset {start}")
    position = name.end()
    found = []
    while (end := _TAG_END_RE.match(text, position)) is None:
        match = _ATTRIBUTE_RE.match(text, position)
        if match is None:
            raise ValueError(f"the start tag at offset {start} does not end")
        found.append(Attribute(match["name"], Span(match.start("name"), match.end()), match["value"]))
        position = match.end()
    return StartTag(Span(start, end.end()), name.end(), tuple(found))


def slot(tag: StartTag, attribute: str, beside: str) -> Slot:
    """Return the place of `attribute`, or else the place for it: after `beside`, else first of all."""
    there = tag.first(attribute)
    if there is not None:
        return Slot(there.span, attribute)
    neighbour = tag.first(beside)
    # Nothing may follow `src=>` directly: it would be taken for the missing value.
    stands_alone = neighbour is not None and neighbour.value != ""
    at = neighbour.span.end if neighbour is not None and stands_alone else tag.name_end
    return Slot(Span(at, at), attribute)


def spell(text: str, tag: StartTag, place: Slot, value: str) -> str:
    """Spell the attribute for its slot in the quoting style of the tag."""
    quote = _quote_of(tag)
    escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = escaped.replace(quote, "&quot;" if quote == '"' else "&#39;")
    there = tag.first(place.attribute)
    if there is not None:
        return f"{there.name}={quote}{escaped}{quote}" + _gap(text, place.at.end)
    return f" {place.attribute}={quote}{escaped}{quote}" + _gap(text, place.at.end)


def _quote_of(tag: StartTag) -> str:
    source = tag.first("src")
    ordered = [source, *tag.attributes] if source is not None else tag.attributes
    return next((found.value[0] for found in ordered if found.value and found.value[0] in "\"'"), '"')


def _gap(text: str, end: int) -> str:
    return "" if text[end : end + 1] in "\t\n\f\r />" else " "
