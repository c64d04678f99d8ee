"""Stage 2: one walk over the tree that finds the images and gathers what surrounds each of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from justhtml import Comment, Element, Node, Template, Text

from alttext.documents import suppression
from alttext.documents.html_elements import candidates, hides_content, is_gone, kind, role, value
from alttext.documents.html_names import Labels, words_of
from alttext.documents.html_words import Surroundings, Words, squeeze
from alttext.types import ImageKind

_DEPTH = 32  # ancestors and text collectors beyond this are of no use to anybody
_INVISIBLE_RE = re.compile(r"visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_VISIBLE_RE = re.compile(r"visibility\s*:\s*visible", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SKIPPED = frozenset(
    {"script", "style", "title", "textarea", "iframe", "noembed", "noframes", "selectedcontent"}
)
_UNSEEN = frozenset({"title", "style", "script"})  # of SVG, where they may contain elements
# Source: https://html.spec.whatwg.org/multipage/rendering.html#flow-content-3
_BLOCK_NAMES = """address article aside blockquote body caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form header hgroup hr html legend li listing main menu nav ol option p
    plaintext pre search section summary table tbody td template tfoot th thead tr ul xmp"""
_BLOCKS = _HEADINGS | frozenset(_BLOCK_NAMES.split())
# Most elements have neither such a name nor such an attribute, and need no closer look.
_TELLING_OF_THEIR_OWN = """a area base button embed figcaption figure form img input label meta noscript
    object picture source svg template"""
_TELLING_NAMES = _HEADINGS | _SKIPPED | _UNSEEN | frozenset(_TELLING_OF_THEIR_OWN.split())
_TELLING_ATTRIBUTES = frozenset(
    {"aria-hidden", "aria-label", "data-alttext", "hidden", "id", "lang", "role", "style", "xml:lang"}
)


@dataclass(slots=True, eq=False)
class LinkDraft:
    """A link or button whose content is still being read."""

    node: Element
    target: str
    is_button: bool
    words: Words = field(default_factory=Words)
    named: int = 0  # things in it that have a name without being text


class Scope(NamedTuple):
    """What holds for everything inside an element."""

    lang: str | None = None
    hidden: bool = False
    invisible: bool = False  # hidden, but what is inside may be made visible again
    inert: str = ""
    suppressed: bool = False
    link: LinkDraft | None = None
    caption: Words | None = None
    collecting: tuple[Words, ...] = ()
    picture: list[str] | None = None
    action: str = ""
    twin: "ImageDraft | None" = None


@dataclass(slots=True, eq=False)
class ImageDraft:
    """An image and its surroundings at the moment the walk came by."""

    node: Element
    kind: ImageKind
    scope: Scope
    run: Surroundings
    mark: int
    heading: str
    picture: tuple[str, ...]
    twin_source: str = ""


class Walk:
    """Everything the walk finds, in tree order."""

    def __init__(self) -> None:
        self.images: list[ImageDraft] = []
        self.links: list[LinkDraft] = []
        self.labels = Labels()
        self.directives: list[tuple[int, str]] = []
        self.noscripts: list[int] = []
        self.title = ""
        self.base = ""
        self.default_lang = ""
        self._heading = ""
        self._run = Surroundings()
        self._pending: list[Callable[[], None]] = []

    def read(self, root: Node) -> None:
        """Visit the tree without recursion: documents nest deeper than Python's stack."""
        self._read_children(root, Scope())
        while self._pending:
            self._pending.pop()()

    def _read_children(self, parent: Node, scope: Scope) -> None:
        for child in reversed(parent.children or ()):
            if isinstance(child, Text):
                self._pending.append(partial(self._read_text, child, scope))
            elif isinstance(child, Element):
                self._pending.append(partial(self._read_element, child, scope))
            elif isinstance(child, Comment):
                self._read_comment(child)
        if isinstance(parent, Template) and parent.template_content is not None:
            self._read_children(parent.template_content, scope)

    def _read_comment(self, node: Comment) -> None:
        word = suppression.directive(node.data) if isinstance(node.data, str) else None
        if word is not None and node.origin_offset is not None:
            self.directives.append((node.origin_offset, word))

    def _read_text(self, node: Text, scope: Scope) -> None:
        self._say(node.data or "", scope)

    def _say(self, part: str, scope: Scope) -> None:
        self._run.add(part)
        if scope.collecting:
            squeezed = squeeze(part)
            for words in scope.collecting:
                words.add(squeezed)

    def _read_element(self, node: Element, outer: Scope) -> None:
        if node.name in _TELLING_NAMES or not _TELLING_ATTRIBUTES.isdisjoint(node.attrs):
            self._read_telling(node, outer)
        else:
            self._open_run(node, outer, outer)
            self._read_children(node, outer)

    def _read_telling(self, node: Element, outer: Scope) -> None:
        self._note_for_the_page(node)
        if node.name == "title":
            self._note_title(node, outer)
        is_skipped = node.name in _SKIPPED and node.namespace == "html"
        if is_skipped and node.name != "iframe":  # which is itself seen, and may have the role of an image
            return
        scope = _scope_of(node, outer)
        self._open_run(node, outer, scope)
        if (found := kind(node)) is not None:
            self._note_image(node, found, scope)
        elif outer.link is not None and value(node, "aria-label"):
            outer.link.named += 1
        if node.name in _HEADINGS or role(node) == "heading":
            scope = self._open_heading(scope)
        elif scope.link is not outer.link and scope.link is not None:
            self.links.append(scope.link)
        if not is_skipped:
            self._read_children(node, _inside(node, self._with_twin(node, scope)))

    def _note_for_the_page(self, node: Element) -> None:
        if not node.attrs:
            return
        self.labels.note(node)
        if node.name == "base" and not self.base:
            self.base = value(node, "href")
        elif node.name == "meta" and value(node, "http-equiv").lower() == "content-language":
            self.default_lang = self.default_lang or value(node, "content")

    def _note_title(self, node: Element, scope: Scope) -> None:
        if node.namespace == "html":
            self.title = self.title or words_of(node)
        elif scope.link is not None and isinstance(node.parent, Element) and kind(node.parent) is None:
            scope.link.named += bool(words_of(node))

    def _note_image(self, node: Element, found: ImageKind, scope: Scope) -> None:
        picture = tuple(scope.picture or ())
        draft = ImageDraft(node, found, scope, self._run, len(self._run.parts), self._heading, picture)
        self.images.append(draft)
        self._say(" ", scope)
        if found is ImageKind.OBJECT:
            self._open_run_aside()
        if scope.twin is not None and not scope.twin.twin_source:
            scope.twin.twin_source = value(node, "src")

    def _open_run(self, node: Element, outer: Scope, scope: Scope) -> None:
        """Start new surroundings for a block, or for what is not shown where its neighbours are."""
        if node.name in _BLOCKS:
            self._say(" ", outer)
            self._run = Surroundings()
            self._pending.append(partial(self._close_block, outer))
        elif scope.hidden != outer.hidden or scope.inert != outer.inert or node.name in _UNSEEN:
            self._open_run_aside()
        elif node.name == "br":
            self._say(" ", outer)

    def _open_run_aside(self) -> None:
        """Start surroundings for what an element contains; those around it go on behind it."""
        self._pending.append(partial(setattr, self, "_run", self._run))
        self._run = Surroundings()

    def _close_block(self, outer: Scope) -> None:
        self._say(" ", outer)
        self._run = Surroundings()

    def _open_heading(self, scope: Scope) -> Scope:
        words = Words()
        self._pending.append(partial(self._close_heading, words))
        return scope._replace(collecting=(words, *scope.collecting[:_DEPTH]))

    def _close_heading(self, words: Words) -> None:
        self._heading = words.text() or self._heading

    def _with_twin(self, node: Element, scope: Scope) -> Scope:
        """Pair a lazily loaded image with the noscript element that repeats it."""
        if node.name != "noscript":
            return scope
        if node.origin_offset is not None:
            self.noscripts.append(node.origin_offset)
        last = self.images[-1] if self.images else None
        if last is None or node.parent not in (
            last.node.parent,
            last.node.parent and last.node.parent.parent,
        ):
            return scope
        return scope._replace(twin=last)


def _inside(node: Element, scope: Scope) -> Scope:
    """Return the scope of the content where that is not perceived although the element is."""
    if node.name == "object" and kind(node) is ImageKind.OBJECT:
        return scope._replace(collecting=())
    is_unseen = node.name in _UNSEEN or hides_content(node)
    return scope._replace(hidden=True, invisible=False, collecting=()) if is_unseen else scope


def _scope_of(node: Element, outer: Scope) -> Scope:
    """Return the scope of an element: the same object when nothing changes."""
    changes = _changes_by_name(node, outer)
    link = _link(node, outer)
    if link is not None:
        changes = {"link": link, "collecting": (link.words, *outer.collecting[:_DEPTH])}
    if not _TELLING_ATTRIBUTES.isdisjoint(node.attrs):
        changes |= _changes_by_attribute(node, outer)
    return outer._replace(**changes) if changes else outer


def _changes_by_attribute(node: Element, outer: Scope) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    lang = node.attrs.get("lang", node.attrs.get("xml:lang"))
    if lang is not None:
        changes["lang"] = lang.strip() or "und"  # the author's own "unknown", BCP 47 calls it undetermined
    changes |= _changes_by_visibility(node, outer)
    if value(node, "data-alttext").lower() == "ignore":
        changes["suppressed"] = True
    return changes


def _changes_by_visibility(node: Element, outer: Scope) -> dict[str, Any]:
    """What CSS and ARIA hide, where descendants can undo nothing but `visibility: hidden`.

    Source: https://www.w3.org/TR/CSS22/visufx.html#visibility
    """
    style = node.attrs.get("style") or ""
    if is_gone(node) and (outer.invisible or not outer.hidden):
        return {"hidden": True, "invisible": False, "collecting": ()}
    if not outer.hidden and _INVISIBLE_RE.search(style):
        return {"hidden": True, "invisible": True, "collecting": ()}
    if outer.invisible and _VISIBLE_RE.search(style):
        return {"hidden": False, "invisible": False}
    return {}


def _changes_by_name(node: Element, outer: Scope) -> dict[str, Any]:
    match node.name:
        case "figure":
            return {"caption": Words()}
        case "figcaption" if outer.caption is not None:
            return {"caption": None, "collecting": (outer.caption, *outer.collecting[:_DEPTH])}
        case "picture":
            return {"picture": []}
        case "source" if outer.picture is not None and len(outer.picture) < _DEPTH:
            for name in ("srcset", "data-srcset"):
                outer.picture.extend(candidates(value(node, name))[:_DEPTH])
        case "form":
            return {"action": value(node, "action")}
        case "template" | "noscript":
            caption = None if node.name == "template" else outer.caption
            return {"inert": outer.inert or node.name, "collecting": (), "caption": caption}
    return {}


def _link(node: Element, outer: Scope) -> LinkDraft | None:
    if node.name == "a":
        target = node.attrs.get("href", node.attrs.get("xlink:href"))
        if target is not None:
            return LinkDraft(node, target.strip(), is_button=role(node) == "button")
    is_button = node.name == "button" or role(node) == "button"
    if is_button or role(node) == "link":
        return LinkDraft(node, value(node, "formaction") or outer.action, is_button)
    return None
