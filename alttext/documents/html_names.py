"""Stage 2: what names an image from elsewhere than its alternative, as assistive technology is told.

Sources: https://www.w3.org/TR/html-aam-1.0/#accessible-name-and-description-computation and
https://www.w3.org/TR/accname-1.2/ ; where the two leave a choice, what Chromium does.
"""

from collections.abc import Callable, Iterator, Mapping

from justhtml import Element, Node, Text

from alttext.documents.html_elements import is_gone, value
from alttext.types import ImageKind

NAME_LIMIT = 500
_NODE_LIMIT = 5000
_DEPTH = 32  # elements around another one that are looked at
_MOST_LABELS = 20  # of one image
_UNREAD = frozenset({"script", "style", "template", "noscript", "textarea"})
# Source: https://html.spec.whatwg.org/multipage/forms.html#category-label
_LABELABLE = frozenset({"button", "input", "meter", "output", "progress", "select", "textarea"})


class Labels:
    """The elements that name others: by their id, and the label elements of controls."""

    def __init__(self) -> None:
        self._elements: dict[str, Element] = {}
        self._labels: dict[str, list[Element]] = {}
        self._texts: dict[int, str] = {}

    def note(self, node: Element) -> None:
        """Remember an element, in the order of the document; of several with one id, the first counts."""
        if identifier := node.attrs.get("id"):
            self._elements.setdefault(identifier, node)
        if node.name == "label" and (control := node.attrs.get("for")):
            self._labels.setdefault(control, []).append(node)

    def of(self, node: Element) -> str:
        """Resolve aria-labelledby of an element to text, "" if it refers to nothing that has any."""
        tokens = value(node, "aria-labelledby").split()[:_MOST_LABELS]
        return self._joined([self._elements[token] for token in tokens if token in self._elements])

    def of_control(self, node: Element) -> str:
        """Return the text of the label elements that belong to a control, "" if none has any."""
        identifier = node.attrs.get("id") or ""
        is_meant = self._elements.get(identifier) is node
        named = self._labels.get(identifier, ()) if is_meant else ()
        around = [label for label in _around(node) if label.name == "label" and "for" not in label.attrs]
        wrapping = [label for label in around if _first_control(label) is node]
        return self._joined([*named[:_MOST_LABELS], *wrapping])

    def _joined(self, labels: list[Element]) -> str:
        return collapse(" ".join(map(self._text, labels)))

    def _text(self, label: Element) -> str:
        if id(label) not in self._texts:
            self._texts[id(label)] = _label_text(label)
        return self._texts[id(label)]


def _around(node: Element) -> Iterator[Element]:
    """Return the elements around another one, from the nearest outwards."""
    parent: Node | None = node.parent
    for _ in range(_DEPTH):
        if isinstance(parent, Element):
            yield parent
        parent = parent.parent if parent is not None else None


def _first_control(label: Element) -> Element | None:
    """Return the element that a label around it belongs to."""
    pending = [label]
    for _ in range(_NODE_LIMIT):
        if not pending:
            break
        current = pending.pop()
        if current.name in _LABELABLE and value(current, "type").lower() != "hidden":
            return current
        children = current.children[:_NODE_LIMIT]
        pending.extend(child for child in reversed(children) if isinstance(child, Element))
    return None


def _label_text(label: Element) -> str:
    # Of what is hidden as a whole, everything is read.
    is_hidden = is_gone(label) or any(map(is_gone, _around(label)))
    return words_of(label, _name_for if is_hidden else _read_for) or value(label, "title")


def fallback_of(node: Element, known: Mapping[int, str]) -> str:
    """Return what an object contains for browsers that cannot show its picture, which names nothing.

    `known` is the same of objects within it, by the id of their nodes.
    """

    def read_for(part: Element) -> str | None:
        text = None if part is node else _read_for(part)
        return known.get(id(part)) if text is None else text

    return words_of(node, read_for)


def _read_for(node: Element) -> str | None:
    """Return what is read for an element in a label, None for what it contains."""
    return "" if is_gone(node) else _name_for(node)


def _name_for(node: Element) -> str | None:
    alternative = value(node, "alt") if node.name in {"img", "area"} else None
    return value(node, "aria-label") or alternative


def name_of(node: Element, kind: ImageKind, labels: Labels) -> tuple[str, str]:
    """Return the accessible name from anywhere but alt, and its origin, or two empty strings."""
    found = (
        (labels.of(node), "aria-labelledby"),
        (value(node, "aria-label"), "aria-label"),
        (labels.of_control(node) if kind is ImageKind.INPUT else "", "label"),
        (_svg_title(node), "svg-title"),
        ("" if _is_named_by_alt(node, kind) else value(node, "title"), "title"),
    )
    return next(((collapse(text), origin) for text, origin in found if text), ("", ""))


def _is_named_by_alt(node: Element, kind: ImageKind) -> bool:
    """Whether the alternative is the name even if it says nothing, so that browsers do not read the title.

    Source: https://www.w3.org/TR/html-aam-1.0/#img-element-accessible-name-computation
    """
    return kind is ImageKind.IMG and "alt" in node.attrs


def _svg_title(node: Element) -> str:
    if node.namespace != "svg":
        return ""
    titles = (child for child in node.children[:_NODE_LIMIT] if child.name == "title")
    return next((text for text in map(words_of, titles) if text), "")


def words_of(node: Element, read_for: Callable[[Element], str | None] = lambda _: None) -> str:
    """Return the text of an element with white space collapsed, at most `NAME_LIMIT` characters.

    `read_for` tells what stands for an element in it, None for its content.
    """
    parts: list[str] = []
    size = 0
    pending: list[Element | Text] = [node]
    for _ in range(_NODE_LIMIT):
        if not pending or size > NAME_LIMIT:
            break
        current = pending.pop()
        part = current.data or "" if isinstance(current, Text) else None
        if isinstance(current, Element) and current.name not in _UNREAD:
            part = read_for(current)
            pending.extend(reversed(current.children[:_NODE_LIMIT]) if part is None else ())
        parts.append((part or "")[: 4 * NAME_LIMIT])
        size += len((part or "").strip())
    return collapse("".join(parts))


def collapse(text: str) -> str:
    """Collapse white space as rendering does and keep at most `NAME_LIMIT` characters."""
    return " ".join(text.split())[:NAME_LIMIT]
