"""Stage 2: which elements are images, and where their pixels come from.

Source: https://html.spec.whatwg.org/multipage/embedded-content.html
"""

import re
from collections.abc import Sequence

from justhtml import Element

from alttext.documents import template_paths
from alttext.types import ImageKind

# Source: https://www.w3.org/TR/graphics-aria-1.0/#roles, and ARIA 1.3 for "image"
_IMAGE_ROLES = frozenset({"img", "image", "graphics-document", "graphics-symbol"})
# Source: https://www.w3.org/TR/wai-aria-1.2/#role_definitions
_OTHER_ROLES = """alert alertdialog application article banner blockquote button caption cell checkbox code
    columnheader combobox complementary contentinfo definition deletion dialog directory document
    emphasis feed figure form generic graphics-object grid gridcell group heading insertion link list
    listbox listitem log main marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter
    navigation none note option paragraph presentation progressbar radio radiogroup region row rowgroup
    rowheader scrollbar search searchbox separator slider spinbutton status strong subscript superscript
    switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree treegrid
    treeitem"""
_ROLES = _IMAGE_ROLES | frozenset(_OTHER_ROLES.split())
# Source: https://www.w3.org/TR/wai-aria-1.2/#global_states
_GLOBAL_ARIA = """aria-atomic aria-busy aria-controls aria-current aria-describedby aria-details aria-flowto
    aria-keyshortcuts aria-label aria-labelledby aria-live aria-owns aria-relevant aria-roledescription"""
_IMAGE_FILE_RE = re.compile(r"\.(?:apng|avif|bmp|gif|ico|jfif|jpe?g|png|svgz?|tiff?|webp)$", re.IGNORECASE)
_PLAYED_FILE_RE = re.compile(
    r"\.(?:aac|flac|m4a|m4v|mov|mp3|mp4|mpe?g|oga|ogg|ogv|opus|wav|weba|webm)$", re.IGNORECASE
)
# Possessive, so that long attributes are read in linear time.
_URL_RE = re.compile(r"""url\(\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'()]*+))\s*+\)""", re.IGNORECASE)
_CANDIDATE_RE = re.compile(r"[\s,]*+(\S++)")
_DESCRIPTORS_RE = re.compile(r"[^,(]*+(?:\([^)]*+\)?[^,(]*+)*+")
_WIDTH_RE = re.compile(r"(?:^|\s)(\d+)w(?:\s|$)")
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy")
_LAZY_SRCSET = ("data-srcset", "data-lazy-srcset")
_GONE_RE = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def value(node: Element, name: str) -> str:
    """Return an attribute without surrounding white space, "" if it is missing."""
    return (node.attrs.get(name) or "").strip()


def role(node: Element) -> str:
    """Return the first role token that is a role, as browsers do, "" if there is none."""
    if "role" not in node.attrs:  # as with nearly all, of each of which this is asked several times
        return ""
    return next((token for token in value(node, "role").lower().split() if token in _ROLES), "")


def kind(node: Element) -> ImageKind | None:
    """Say which kind of image the element is, None for any other element."""
    if node.namespace == "html":
        native = _native_kind(node)
        if native is not None:
            return native
    is_svg = (node.name, node.namespace) == ("svg", "svg")
    if role(node) in _IMAGE_ROLES or (is_svg and _is_exposed_all_the_same(node)):
        return ImageKind.SVG if is_svg else ImageKind.ROLE_IMG
    return None


def _is_exposed_all_the_same(node: Element) -> bool:
    """Whether the author took the element out of the accessibility tree, and named it (ACT 46ca7f)."""
    is_named = value(node, "aria-label") or value(node, "aria-labelledby")
    return role(node) in {"none", "presentation"} and bool(is_named)


def is_gone(node: Element) -> bool:
    """Whether an element, and so all that is in it, is taken from everybody or from assistive technology."""
    if not node.attrs:
        return False
    is_hidden = "hidden" in node.attrs or value(node, "aria-hidden").lower() == "true"
    return is_hidden or _GONE_RE.search(node.attrs.get("style") or "") is not None


def hides_content(node: Element) -> bool:
    """Whether what is inside is only part of an image that has a name of its own.

    Source: https://www.w3.org/TR/wai-aria-1.2/#childrenArePresentational
    """
    if role(node) not in {"img", "image", "graphics-symbol"}:
        return False
    return any(value(node, name) for name in ("aria-label", "aria-labelledby", "title"))


def _native_kind(node: Element) -> ImageKind | None:
    match node.name:
        case "img":
            return ImageKind.IMG
        case "input" if (node.attrs.get("type") or "").lower() == "image":
            return ImageKind.INPUT
        case "area" if "href" in node.attrs:
            return ImageKind.AREA
        case "object" if _is_image_file(node, "data") or plays(node):
            return ImageKind.OBJECT
        case "embed" if _is_image_file(node, "src"):
            return ImageKind.EMBED
    return None


def plays(node: Element) -> bool:
    """Whether an object is sound or video, which needs a name as pictures do (ACT 8fc3b6)."""
    return node.name == "object" and _is_file(node, "data", ("audio/", "video/"), _PLAYED_FILE_RE)


def _is_image_file(node: Element, attribute: str) -> bool:
    return _is_file(node, attribute, ("image/",), _IMAGE_FILE_RE)


def _is_file(node: Element, attribute: str, types: tuple[str, ...], names: re.Pattern[str]) -> bool:
    """Whether the element is of such a type, by what it declares or else by its address."""
    declared = value(node, "type").lower()
    if declared:
        return declared.startswith(types)
    address = value(node, attribute)
    if address[:5].lower() == "data:":
        return address[5:].lower().startswith(types)
    return bool(names.search(re.split(r"[?#]", address, maxsplit=1)[0]))


def is_presentational(node: Element) -> bool:
    """Whether the author took the element out of the accessibility tree (ACT 46ca7f).

    A presentational role is ignored on what can be focused or carries global ARIA attributes.
    """
    if value(node, "aria-hidden").lower() == "true":
        return True
    if role(node) not in {"none", "presentation"}:
        return False
    return "tabindex" not in node.attrs and not any(value(node, name) for name in _GLOBAL_ARIA.split())


def sources(node: Element, picture: Sequence[str]) -> tuple[str, ...]:
    """Return every address of the pixels, best first; `picture` are the candidates of a picture element."""
    lazy = [value(node, name) for name in _LAZY]
    lazy += [address for name in _LAZY_SRCSET for address in candidates(value(node, name))]
    plain = value(node, "data" if node.name == "object" else "src")
    responsive = [*candidates(value(node, "srcset")), *picture]
    found = [*map(template_paths.known, (*lazy, plain, *responsive, _background(value(node, "style"))))]
    if any(address and not address.startswith("data:") for address in found):
        found.sort(key=lambda address: address.startswith("data:"))  # stable: placeholders go last
    return tuple(dict.fromkeys(address for address in found if address))


def _background(style: str) -> str:
    at = style.lower().find("background")
    match = _URL_RE.search(style, at) if at >= 0 else None
    return next((group.strip() for group in match.groups() if group), "") if match else ""


def candidates(srcset: str) -> list[str]:
    """Return the addresses of a srcset, those nearest to a width of 224 to 336 pixels first.

    Source: https://html.spec.whatwg.org/multipage/images.html#parse-a-srcset-attribute
    """
    found = []
    position = 0
    while match := _CANDIDATE_RE.match(srcset, position):
        address, position = match[1], match.end()
        descriptors = ""
        if not address.endswith(","):
            rest = _DESCRIPTORS_RE.match(srcset, position)
            descriptors, position = (rest[0], rest.end()) if rest else ("", position)
        found.append((address.rstrip(","), descriptors))
    return [address for address, _ in sorted(found, key=lambda pair: _distance(pair[1]))]


def _distance(descriptor: str) -> int:
    width = _WIDTH_RE.search(descriptor)
    if width is None:
        return 0
    pixels = int(width[1][:6])
    return max(0, 224 - pixels, pixels - 336)
