"""Stage 2: find every image of an HTML document at its exact place, and spell its alternative there.

Source: https://html.spec.whatwg.org/multipage/parsing.html
"""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping

from justhtml import Element, JustHTML, Node

from alttext.documents import html_start_tag, suppression, xhtml
from alttext.documents.html_context import ImageDraft, LinkDraft, Walk
from alttext.documents.html_elements import is_presentational, plays, sources, value
from alttext.documents.html_names import fallback_of, name_of
from alttext.errors import ParseError
from alttext.types import Context, Edit, ImageKind, ImageRef, Link

# What JupyterLab and nbconvert put where an author has said nothing.
PLACEHOLDER = "No description has been provided for this image"

_BOM = "\ufeff"
_ANCESTORS = 32
_MAY_CONTAIN_RE = re.compile(r"<(?:im(?:g|age)|area|input|object|embed)|role", re.IGNORECASE)
_NOSCRIPT_END_RE = re.compile(r"</noscript[\t\n\f\r />]", re.IGNORECASE)
_UNWRITABLE_RE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACE_RE = re.compile("[\t\n\v\f\r \x1c-\x1f\x85\u2028\u2029]+")
# The attribute that holds the alternative, and the one that it is put beside.
_SLOTS = {
    ImageKind.IMG: ("alt", "src"),
    ImageKind.INPUT: ("alt", "src"),
    ImageKind.AREA: ("alt", "href"),
    ImageKind.OBJECT: ("aria-label", "data"),
    ImageKind.EMBED: ("aria-label", "src"),
    ImageKind.SVG: ("aria-label", "role"),
    ImageKind.ROLE_IMG: ("aria-label", "role"),
}


def may_contain_images(text: str) -> bool:
    """Tell cheaply whether a parse could find anything: False is certain, True is not."""
    return _MAY_CONTAIN_RE.search(text) is not None


def parse(text: str) -> list[ImageRef]:
    """Return every image reference of the document in source order, spans in code points of `text`.

    Images inside template and noscript elements are among them, see `Context.inert`.
    """
    if not may_contain_images(text):
        return []
    text = xhtml.as_html(text)
    tree = JustHTML(text, sanitize=False, track_node_locations=True, scripting_enabled=False)
    walk = Walk()
    walk.read(tree.root)
    return suppression.apply(_references(text, walk), walk.directives)


def alt_edit(text: str, ref: ImageRef, alt: str) -> Edit:
    """Return the edit that gives the image this alternative, quoted and escaped for its start tag.

    White space is collapsed and control characters are left out. Raises `ParseError` where nothing
    may be written.
    """
    return tag_edit(xhtml.as_html(text), ref, alt)


def tag_edit(text: str, ref: ImageRef, alt: str) -> Edit:
    """Return the same for a start tag in any text, as it stands."""
    if ref.slot is None:
        raise ParseError(f"an alternative cannot be written at offset {ref.span.start}: {ref.blocked}")
    tag = html_start_tag.scan(text, ref.span.start)
    return Edit(ref.slot.at, html_start_tag.spell(text, tag, ref.slot, plain(alt)))


def plain(alt: str) -> str:
    """Return a text as it can stand in an attribute of any document: one line, no control characters."""
    return _SPACE_RE.sub(" ", _UNWRITABLE_RE.sub("", alt)).strip()


def _references(text: str, walk: Walk) -> Iterator[ImageRef]:
    # JustHTML drops one byte order mark before it counts.
    shift = 1 if text.startswith(_BOM) else 0
    walk.directives[:] = [(offset + shift, word) for offset, word in walk.directives]
    drafts = {d.node.origin_offset + shift: d for d in walk.images if d.node.origin_offset is not None}
    build = _Builder(walk, _noscript_regions(text, [offset + shift for offset in walk.noscripts]))
    build.count_names(drafts.values())
    build.read_fallbacks(drafts[start] for start in sorted(drafts, reverse=True))
    for start in sorted(drafts):
        yield build.reference(text, start, drafts[start])


def _noscript_regions(text: str, starts: list[int]) -> list[tuple[int, int]]:
    """Return what browsers with scripting take for text: images there may have left the noscript element."""
    ends = [match.start() for match in _NOSCRIPT_END_RE.finditer(text)] if starts else []
    regions = []
    for start in sorted(starts):
        at = bisect(ends, start)
        if at < len(ends):
            regions.append((start, ends[at]))
    return regions


class _Builder:
    """Turns drafts into records once the whole document has been read."""

    def __init__(self, walk: Walk, noscripts: list[tuple[int, int]]) -> None:
        self.walk = walk
        self.noscripts = noscripts
        self.names: dict[int, tuple[str, str]] = {}
        self.link_names: dict[int, str] = {}
        self.fallbacks: dict[int, str] = {}
        self.ancestors: dict[int, tuple[str, ...]] = {}
        self.destinations = _destinations(walk.links)

    def count_names(self, drafts: Iterable[ImageDraft]) -> None:
        """Name every image, and let links know how many of theirs have a name."""
        for draft in drafts:
            name = self.names[id(draft)] = name_of(draft.node, draft.kind, self.walk.labels)
            link = draft.scope.link
            if link is not None and _is_named(draft, name) and _is_shown_in(draft, link):
                link.named += 1

    def read_fallbacks(self, drafts: Iterable[ImageDraft]) -> None:
        """Read what objects contain; those within others come first, so that each is read once."""
        for draft in drafts:
            if draft.kind is ImageKind.OBJECT:
                self.fallbacks[id(draft.node)] = fallback_of(draft.node, self.fallbacks)

    def reference(self, text: str, start: int, draft: ImageDraft) -> ImageRef:
        node = draft.node
        tag = html_start_tag.scan(text, start)
        attribute, beside = _SLOTS[draft.kind]
        blocked = "template-expression" if tag.is_template() else "sound-or-video" if plays(node) else ""
        found = sources(node, (*draft.picture, draft.twin_source))
        name, name_from = self.names[id(draft)]
        return ImageRef(
            span=tag.span,
            kind=draft.kind,
            src=found[0] if found else "",
            alt=_alt(node) if attribute == "alt" else None,
            slot=None if blocked else html_start_tag.slot(tag, attribute, beside),
            sources=found,
            name=name,
            name_from=name_from,
            attributes=tuple((key.lower(), text or "") for key, text in node.attrs.items()),
            context=self._context(start, draft),
            blocked=blocked,
            decorative=is_presentational(node),
            suppressed=draft.scope.suppressed,
        )

    def _context(self, start: int, draft: ImageDraft) -> Context:
        scope, walk = draft.scope, self.walk
        return Context(
            link=self._link(draft),
            caption=scope.caption.text() if scope.caption is not None else "",
            heading=draft.heading,
            before=draft.run.before(draft.mark),
            after=draft.run.after(draft.mark),
            title=walk.title,
            lang=walk.default_lang if scope.lang is None else scope.lang,
            base=walk.base,
            ancestors=self._ancestors(draft.node),
            hidden=scope.hidden,
            fallback=self.fallbacks.get(id(draft.node), ""),
            inert=scope.inert or ("noscript" if self._is_in_noscript(start) else ""),
        )

    def _is_in_noscript(self, offset: int) -> bool:
        at = bisect(self.noscripts, (offset,)) - 1
        return at >= 0 and offset < self.noscripts[at][1]

    def _ancestors(self, node: Element) -> tuple[str, ...]:
        siblings = id(node.parent)  # images with one parent share the answer
        if siblings not in self.ancestors:
            self.ancestors[siblings] = _selectors(node.parent)
        return self.ancestors[siblings]

    def _link(self, draft: ImageDraft) -> Link | None:
        if draft.kind is ImageKind.AREA:
            target = value(draft.node, "href")
            return Link(target, sole=True, destination=self._destination(target, None))
        if draft.kind is ImageKind.INPUT:
            return Link(value(draft.node, "formaction") or draft.scope.action, is_button=True, sole=True)
        link = draft.scope.link
        if link is None:
            return None
        name, text = self._link_name(link), link.words.text()
        others = link.named - (_is_named(draft, self.names[id(draft)]) and _is_shown_in(draft, link))
        sole = not (name or text or others)
        destination = "" if link.is_button else self._destination(link.target, link)
        return Link(link.target, link.is_button, text, name, sole, destination)

    def _link_name(self, link: LinkDraft) -> str:
        if id(link) not in self.link_names:
            node = link.node
            name = self.walk.labels.of(node) or value(node, "aria-label") or value(node, "title")
            self.link_names[id(link)] = name
        return self.link_names[id(link)]

    def _destination(self, target: str, but: LinkDraft | None) -> str:
        found = (link for link in self.destinations.get(target, ()) if link is not but)
        return next((link.words.text() for link in found), "")


def _destinations(links: Iterable[LinkDraft]) -> Mapping[str, list[LinkDraft]]:
    """Keep the first two links with words to each target: one of them is another than any given link."""
    found: dict[str, list[LinkDraft]] = {}
    for link in links:
        if link.target.strip("#") and not link.is_button and link.words.text():
            known = found.setdefault(link.target, [])
            if len(known) < 2:
                known.append(link)
    return found


def _is_named(draft: ImageDraft, name: tuple[str, str]) -> bool:
    return bool(name[0] or (_alt(draft.node) or "").strip())


def _is_shown_in(draft: ImageDraft, link: LinkDraft) -> bool:
    return any(words is link.words for words in draft.scope.collecting)


def _alt(node: Element) -> str | None:
    alt = node.attrs["alt"] or "" if "alt" in node.attrs else None
    return None if alt and alt.strip().rstrip(".") == PLACEHOLDER else alt


def _selectors(node: Node | None) -> tuple[str, ...]:
    found: list[str] = []
    while node is not None and len(found) < _ANCESTORS:
        if isinstance(node, Element):
            found.append(_selector(node))
        node = node.parent
    return tuple(found)


def _selector(node: Element) -> str:
    classes = "".join(f".{name}" for name in value(node, "class").split())
    identifier = value(node, "id")
    return f"{node.name}{classes}{'#' + identifier if identifier else ''}"[:200]
