"""Stage 9: compare two readings of a document, which may differ in alternatives only.

A reader may take a region for something else than browsers do. Whatever it takes it for, it must see the
same before and after, apart from the inserted text itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from alttext.errors import VerificationError
from alttext.remediation.splice_reader import Event, aside, code_depth, events, rendered

_ALTERNATIVES = frozenset({"alt", "aria-label", "fig-alt"})
_ATTRIBUTE_RE = re.compile(
    r"""\s?(?P<name>alt|aria-label)=(?:"(?P<double>[^"<>]*)"|'(?P<single>[^'<>]*)')\s?""", re.IGNORECASE
)
_MARKDOWN_ATTRIBUTE_RE = re.compile(
    r"""[\s{]*[\w-]*alt[\w-]*\s*=\s*(?P<value>"[^\n]*"|'[^\n]*'|`[^\n]*`)[\s}]*"""
)
_ESCAPE_RE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Intent:
    """What one edit means to change."""

    alternatives: frozenset[str]  # the texts that a reader may find as the alternative
    literals: tuple[tuple[str, str], ...]  # (inserted, replaced) as a reader may see them in other places
    attribute: str = ""  # its name, if the edit spells it
    in_text: bool = True  # whether a reader of Markdown may see the edit as ordinary text
    brackets: str = ""  # what may stand between the brackets of an image

    def spells(self, value: str) -> bool:
        """Whether a reader that knows references and escapes may find this alternative."""
        return value in self.alternatives

    def renders(self, value: str) -> bool:
        """Whether brackets with this edit show the alternative, which takes longer to find out."""
        return bool(self.brackets) and value in _as_brackets(self.brackets)


class _Place(NamedTuple):
    """How far two texts have been compared, and how long they stay the same from there."""

    old: int
    new: int
    same: int


def html_intents(texts: Sequence[str], replaced: Sequence[str]) -> list[Intent]:
    """Read what edits of HTML mean. Raises `VerificationError` if one is not a single, closed attribute."""
    return [_html_intent(text, old) for text, old in zip(texts, replaced, strict=True)]


def _html_intent(text: str, old: str) -> Intent:
    match = _ATTRIBUTE_RE.fullmatch(text)
    if match is None:
        raise VerificationError(f"this edit is not a single alternative: {text[:80]!r}")
    value = unescape(match["double"] if match["double"] is not None else match["single"])
    literals = ((text, old), (unescape(text), unescape(old)))
    return Intent(frozenset({value}), literals, match["name"].lower())


def markdown_intents(texts: Sequence[str], replaced: Sequence[str]) -> list[Intent]:
    """Read what edits of Markdown may mean, where the place decides how they are spelled."""
    return [_markdown_intent(text, old) for text, old in zip(texts, replaced, strict=True)]


def _markdown_intent(text: str, old: str) -> Intent:
    if _ATTRIBUTE_RE.fullmatch(text):
        return _html_intent(text, old)
    match = _MARKDOWN_ATTRIBUTE_RE.fullmatch(text)
    spelled = match["value"][1:-1] if match else text
    literals = tuple(zip(_readings(text), _readings(old), strict=True))
    return Intent(frozenset(_readings(spelled)), literals, in_text=match is not None, brackets=text)


def _readings(text: str) -> tuple[str, ...]:
    plain = _ESCAPE_RE.sub(r"\1", text)
    return text, unescape(text), plain, unescape(plain)


@lru_cache(maxsize=8192)
def _as_brackets(text: str) -> frozenset[str]:
    """Return the alternatives of an image whose brackets are, or begin with, this text."""
    label = text[text.rfind("][") + 2 : -1]  # if the edit makes a full reference of a shorter one
    images = (f"![{text}](x)", f"![{text}\n\n[{label}]: x")
    steps = (event for markdown in images for event in rendered(markdown, "markdown")[0])
    return frozenset(value for step in steps for name, value in step.attributes if name == "alt")


class Comparison:
    """Compares readings before and after; every difference uses up one of the intents."""

    def __init__(self, intents: Sequence[Intent]) -> None:
        self._intents = intents
        self._next = 0
        self._left = len(intents)

    def html(self, before: str, after: str) -> None:
        """Compare two HTML documents. Raises `VerificationError`."""
        for was, now in paired(events(before), events(after)):
            self._literal(was.text, now.text)
            self._attributes(was, now)

    def markdown(self, before: str, after: str, dialect: str) -> None:
        """Compare two Markdown documents by what they render to. Raises `VerificationError`."""
        old, old_shortcodes = rendered(before, dialect)
        new, new_shortcodes = rendered(after, dialect)
        changed = self._shortcodes(old_shortcodes, new_shortcodes)
        depth = 0
        for was, now in paired(old, new):
            is_fixed = depth > 0 or now.kind == "comment"
            if is_fixed and (was.text != now.text or any(mark in now.text for mark in changed)):
                raise VerificationError("code or a comment would change")
            self._literal(was.text, now.text, is_markdown=True)
            self._attributes(was, now)
            depth += code_depth(now)

    def _shortcodes(self, old: Sequence[str], new: Sequence[str]) -> list[str]:
        if len(old) != len(new):
            raise VerificationError("a shortcode would appear or disappear")
        changed = [number for number, was in enumerate(old) if was != new[number]]
        for number in changed:
            self._literal(old[number], new[number])
        return [aside(number) for number in changed]

    def _attributes(self, was: Event, now: Event) -> None:
        if was.attributes == now.attributes:
            return
        before = dict(was.attributes)
        if not before.keys() <= dict(now.attributes).keys():
            raise VerificationError(f"<{was.name}> would lose an attribute")
        for name, value in now.attributes:
            if before.get(name) == value:
                continue
            if name in _ALTERNATIVES and self._is_intended(value):
                self._use_up()
            elif name in before:
                self._literal(before[name], value)
            else:
                raise VerificationError(f"<{was.name}> would get an unexpected attribute {name!r}")

    def _is_intended(self, value: str) -> bool:
        for means in (Intent.spells, Intent.renders):
            for at in self._candidates():
                if means(self._intents[at], value):
                    self._next = at + 1
                    return True
        return False

    def _literal(self, was: str, now: str, *, is_markdown: bool = False) -> None:
        """Go through both texts side by side, stepping over what was inserted."""
        if was == now:
            return
        old = new = 0
        while True:
            place = _Place(old, new, _common_length(was, old, now, new))
            if old + place.same == len(was) and new + place.same == len(now):
                return
            step = self._step(was, now, place, is_markdown=is_markdown)
            if step is None:
                raise VerificationError(f"text would change: {now[new + place.same :][:40]!r}")
            old, new = step
            self._use_up()

    def _step(self, was: str, now: str, place: _Place, *, is_markdown: bool) -> tuple[int, int] | None:
        """Return where to go on after the insertion near the place where the texts part."""
        for at in self._candidates():
            intent = self._intents[at]
            if is_markdown and not intent.in_text:
                continue
            for inserted, replaced in intent.literals:
                # It may have begun before the texts part: `src=a title=b`, `src=a alt="" title=b`
                earliest = place.new + max(0, place.same - len(inserted))
                start = now.find(inserted, earliest, place.new + place.same + len(inserted))
                old = place.old + start - place.new
                if start >= 0 and was.startswith(replaced, old):
                    self._next = at + 1
                    return old + len(replaced), start + len(inserted)
        return None

    def _candidates(self) -> Iterator[int]:
        """Return all intents, beginning with the one that is probably next in the document."""
        yield from range(self._next, len(self._intents))
        yield from range(self._next)

    def _use_up(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise VerificationError("more places would change than there are edits")


def paired(old: Sequence[Event], new: Sequence[Event]) -> Iterator[tuple[Event, Event]]:
    """Return the events of two readings, which must agree in number and kind."""
    if len(old) != len(new):
        raise VerificationError("the document would have other elements than before")
    for was, now in zip(old, new, strict=True):
        if (was.kind, was.name) != (now.kind, now.name):
            raise VerificationError(f"<{was.name}> would become <{now.name}>")
        yield was, now


def _common_length(was: str, old: int, now: str, new: int) -> int:
    length = 0
    while (part := was[old + length : old + length + _CHUNK]) == now[new + length : new + length + _CHUNK]:
        length += len(part)
        if len(part) < _CHUNK:
            return length
    for old_character, new_character in zip(part, now[new + length : new + length + _CHUNK], strict=False):
        if old_character != new_character:
            break
        length += 1
    return length
