"""What a screen reader would say at an image, with an alternative or without.

Readers differ in words and order; this says what is common to them, role before name. Sources:
- names and roles: https://www.w3.org/TR/html-aam-1.0/ and https://www.w3.org/TR/accname-1.2/
- a graphic without a name: NVDA passes it over unless it is in a link, where it reads the end of an address
  (nvdaHelper/vbufBackends/gecko_ia2); JAWS and VoiceOver read the name of the file
- linked images: https://webaim.org/blog/alt-text-and-linked-images/
"""

from dataclasses import replace

from alttext.purpose import evidence
from alttext.types import ImageKind, ImageRef, Link

NOTHING = ""
_ARIA = frozenset({"aria-label", "aria-labelledby"})
_BEFORE_ALT = _ARIA | {"label"}
_CONTROLS = frozenset({ImageKind.INPUT, ImageKind.AREA})
_REST = "…"  # what else a link contains, which is not known here


def given(ref: ImageRef, alt: str) -> ImageRef:
    """Return the reference as it would be with this alternative; "" is decorative."""
    if ref.slot is not None and ref.slot.attribute == "aria-label":
        return replace(ref, name=alt, name_from="aria-label" if alt else "")
    return replace(ref, alt=alt)


def with_alternative(ref: ImageRef, alt: str) -> str:
    """Return what would be said with this alternative, see `announced`."""
    return announced(given(ref, alt))


def announced(ref: ImageRef) -> str:
    """Return what is said of an image as it is, with its link and figure; "" if nothing is."""
    if ref.context.hidden:
        return NOTHING
    caption = ref.context.caption
    heard = _linked(ref)
    return _joined("figure", caption, heard) if caption else heard


def is_silent(ref: ImageRef) -> bool:
    """Return whether the image itself is passed over, whatever is around it."""
    if ref.context.hidden or (ref.decorative and ref.name_from not in _ARIA):
        return True
    # CommonMark renders empty brackets as an empty alternative.
    is_empty = ref.alt == "" or (ref.kind is ImageKind.MARKDOWN and ref.alt is None)
    return is_empty and ref.kind not in _CONTROLS and ref.name_from not in _ARIA


def name_of(ref: ImageRef) -> str:
    """Return the accessible name of an image, "" if it has none."""
    if ref.name_from in _BEFORE_ALT:
        return ref.name.strip()
    alt = (ref.alt or "").strip()
    return alt or ("" if is_silent(ref) else ref.name.strip())


def _linked(ref: ImageRef) -> str:
    link = ref.context.link
    if ref.kind is ImageKind.INPUT:
        return _joined("button", name_of(ref) or "Submit")  # the name that browsers make up
    if ref.kind is ImageKind.AREA:
        return _joined("link", name_of(ref) or _end_of(link.target)) if link else name_of(ref)
    if link is None:
        return _graphic(ref)
    if link.is_button:
        return _in_button(ref, link)
    if link.name and not link.text:  # the name of a link takes the place of what it contains
        return _joined("link", link.name)
    return _joined("link", *_content(ref, link))


def _graphic(ref: ImageRef) -> str:
    if is_silent(ref):
        return NOTHING
    if name := name_of(ref):
        return _joined("graphic", name)
    file = evidence.file_name(ref.src)
    return f"unlabelled graphic{file and f'; some screen readers read the file name, {file}'}"


def _in_button(ref: ImageRef, link: Link) -> str:
    """What a button contains is its name, and nothing in it has a role of its own."""
    inside = "" if is_silent(ref) else name_of(ref)
    name = link.name or _joined(*_in_order(ref, link, inside), mark=" ")
    if not name and not link.sole:
        name = _REST
    return _joined("button", name) if name else "unlabelled button"


def _content(ref: ImageRef, link: Link) -> tuple[str, ...]:
    rest = link.text or ("" if link.sole else _REST)
    if is_silent(ref):
        return (rest or _end_of(link.target),)
    name = name_of(ref) or ("" if rest else evidence.file_name(ref.src))
    graphic = _joined("graphic", name) if name else ""
    return _in_order(ref, link, graphic) if link.text else (graphic or _end_of(link.target), rest)


def _in_order(ref: ImageRef, link: Link, image: str) -> tuple[str, str]:
    is_after = bool(link.text) and ref.context.before.endswith(link.text)
    return (link.text, image) if is_after else (image, link.text)


def _end_of(target: str) -> str:
    """Return the part of an address that is read where a link has no name."""
    path = evidence.file_path(target).rstrip("/")
    return path.rpartition("/")[2] or evidence.split_url(target).netloc or target


def _joined(*parts: str, mark: str = ", ") -> str:
    """Put parts in a row; a pause between two takes the place of a full stop."""
    *first, last = [part for part in parts if part] or [""]
    pause = mark.strip()
    return mark.join([*(part.removesuffix(".") if pause else part for part in first), last])
