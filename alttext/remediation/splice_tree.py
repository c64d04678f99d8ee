"""Stage 9: read HTML once more as browsers do, and find exactly the intended attributes changed.

Source: https://html.spec.whatwg.org/multipage/parsing.html
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from justhtml import Comment, Element, JustHTML, Node, Template, Text

from alttext.errors import VerificationError
from alttext.remediation.splice_compare import Intent, paired
from alttext.remediation.splice_reader import Event, xml_events
from alttext.types import Edit

_BOM = "\ufeff"
_ELEMENTS = {"alt": ("img", "input", "area"), "aria-label": ("img", "input", "area", "object", "embed")}
_IMAGE_ROLE_RE = re.compile(r"\b(?:img|image|graphics-\w+)\b", re.IGNORECASE)


def verify(before: str, after: str, edits: Sequence[Edit], intents: Sequence[Intent]) -> None:
    """Compare both trees; `edits` are in order and `intents` belong to them. Raises `VerificationError`."""
    places = _places(after, edits)
    old, new = xml_events(before), xml_events(after)
    if old is not None and new is not None:
        changes = list(_xml_changes(old, new))
    else:
        by_start = dict(_changes(_tree(before), _tree(after)))
        changes = [by_start[start] for start in sorted(by_start)]
        if any(start >= place for start, place in zip(sorted(by_start), places, strict=False)):
            raise VerificationError("an element would change that was not meant")
    if len(changes) != len(edits):
        raise VerificationError(f"{len(changes)} elements would change instead of {len(edits)}")
    for (name, value), intent in zip(changes, intents, strict=True):
        if name != intent.attribute or value not in intent.alternatives:
            raise VerificationError(f"an element would get {name}={value!r}, which is not what was meant")


def _places(after: str, edits: Sequence[Edit]) -> list[int]:
    """Return where the edits stand in the new text, as JustHTML counts: without a byte order mark."""
    moved = -1 if after.startswith(_BOM) else 0
    places = []
    for edit in edits:
        places.append(edit.span.start + moved)
        moved += len(edit.text) - (edit.span.end - edit.span.start)
    return places


def _xml_changes(old: Sequence[Event], new: Sequence[Event]) -> Iterator[tuple[str, str]]:
    for was, now in paired(old, new):
        if was.text != now.text:
            raise VerificationError("text or a comment would change")
        if was.attributes != now.attributes:
            yield _changed_attribute(was.name, dict(was.attributes), dict(now.attributes))


def _tree(text: str) -> Node:
    return JustHTML(text, sanitize=False, track_node_locations=True, scripting_enabled=False).root


def _changes(old: Node, new: Node) -> Iterator[tuple[int, tuple[str, str]]]:
    """Walk both trees side by side and return the attribute that differs, by the offset of its element."""
    pending: list[tuple[Node | Text, Node | Text]] = [(old, new)]
    while pending:
        was, now = pending.pop()
        if (type(was), was.name, was.namespace) != (type(now), now.name, now.namespace):
            raise VerificationError(f"<{was.name}> would become <{now.name}>")
        if isinstance(was, Text | Comment) and was.data != now.data:
            raise VerificationError("text or a comment would change")
        if isinstance(was, Element) and isinstance(now, Element) and was.attrs != now.attrs:
            yield now.origin_offset or 0, _changed_attribute(was.name, was.attrs, now.attrs)
        if isinstance(was, Node) and isinstance(now, Node):
            pending.extend(_paired_children(was, now))


def _changed_attribute(
    element: str, was: Mapping[str, str | None], now: Mapping[str, str | None]
) -> tuple[str, str]:
    changed = [(name, value or "") for name, value in now.items() if name not in was or was[name] != value]
    if len(changed) != 1 or not was.keys() <= now.keys():
        raise VerificationError(f"<{element}> would change in more than its alternative")
    local = element.rpartition("}")[2]  # lxml puts the namespace in braces before it
    if local not in _ELEMENTS.get(changed[0][0], ()) and not _IMAGE_ROLE_RE.search(now.get("role") or ""):
        raise VerificationError(f"<{element}> is no image")
    return changed[0]


def _paired_children(was: Node, now: Node) -> Iterator[tuple[Node | Text, Node | Text]]:
    old, new = was.children or [], now.children or []
    if len(old) != len(new):
        raise VerificationError(f"<{was.name}> would have other content")
    yield from zip(old, new, strict=True)
    if (
        isinstance(was, Template)
        and isinstance(now, Template)
        and was.template_content
        and now.template_content
    ):
        yield was.template_content, now.template_content
