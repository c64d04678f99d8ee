"""Read the name and the size that an SVG picture gives itself.

How they become its name: https://www.w3.org/TR/svg-aam-1.0/#mapping_additional_nd
"""

import re
import zlib
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from alttext.errors import ImageError
from alttext.ranking.author_text import AuthorText, clean, is_boilerplate, may_serve

_SVG = "{http://www.w3.org/2000/svg}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SAFELY: dict[str, Any] = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False,
}  # fmt: skip
_PROLOGUE = 4096  # bytes in which the first element is looked for
_BEGINNING = re.compile(
    rb"""(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?
    (?:\s|<\?.*?\?>|<!--.*?-->|<!doctype[^\[>]*+(?:\[.*?\]\s*)?>)*+
    <(?:[\w.-]++:)?svg(?![^\s/>])""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_HEAD = 4 << 20  # bytes; a drawing that has not named itself by then will not
_MOST_PIXELS = 1 << 31  # a side beyond that is a jest
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*$")

# Names that drawing programs and icon sets give to their layers, not authors to their pictures.
_LAYER_NAME = re.compile(
    r"^(?i:layer|artboard|group|page|slice|asset|fill|path|shape|frame|vector|rectangle|svg|icon|icons|image|img|"
    r"drawing|logo|graphic|picture|illustration|figure|chart|diagram|untitled|background|isolation mode|g)"
    r"(?:[ _-]*\d+)*$|^[a-z0-9.]+(?:[-_:][a-z0-9.]+)+$|[/_\\]|^%|^[\W\d_]*$"
)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What an SVG file says of itself."""

    author_text: AuthorText | None
    width: int = 0  # pixels, 0 if the file does not say
    height: int = 0


def is_svg(data: bytes) -> bool:
    """Whether `data` begins like an SVG document, unpacked; pages with a drawing in them do not."""
    head = data[:_PROLOGUE].replace(b"\x00", b"")  # UTF-16 too
    return _BEGINNING.match(head) is not None


def unpack(data: bytes, name: str, max_bytes: int) -> bytes:
    """Return the content of an .svgz file.

    Raises ImageError: image-too-large above `max_bytes`, image-unreadable when it is damaged.
    """
    stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        content = stream.decompress(data, max_bytes + 1)
    except zlib.error as error:
        raise ImageError(
            "image-unreadable", f"{name}: damaged gzip data ({error}); export it anew"
        ) from error
    if len(content) > max_bytes:
        raise ImageError(
            "image-too-large", f"{name}: unpacks to more than {max_bytes} bytes; raise the limit"
        )
    if not stream.eof:
        raise ImageError("image-unreadable", f"{name}: gzip data ends early; export it anew")
    return content


def read(data: bytes, name: str, lang: str = "") -> Drawing:
    """Return what the root element of an SVG document says of the whole picture; entities stay unresolved.

    Of large drawings only the beginning is read: a tree takes thirty times the memory of its markup.
    Raises ImageError: image-unreadable when what was read is not well-formed.
    """
    try:
        root = _root(data)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ImageError(
            "image-unreadable", f"{name}: not well-formed SVG ({error}); export it anew"
        ) from error
    if etree.QName(root).localname != "svg":
        raise ImageError("image-unreadable", f"{name}: XML, but not an SVG picture; correct the source")
    width, height = _size(root)
    return Drawing(_author_text(root, lang), width, height)


def _root(data: bytes) -> etree._Element:
    """The root element, of a large document without the child that its beginning ends in."""
    if len(data) <= _HEAD:
        return etree.fromstring(data, etree.XMLParser(**_SAFELY))
    parser = etree.XMLPullParser(("start",), tag="{*}svg", **_SAFELY)
    parser.feed(data[:_HEAD])
    started: Any = next(iter(parser.read_events()), None)
    if started is None:
        raise ValueError("no <svg> in its beginning")
    root: etree._Element = started[1].getroottree().getroot()
    if len(root):
        root.remove(root[-1])
    return root


def _author_text(root: etree._Element, lang: str) -> AuthorText | None:
    own_lang = root.get(_LANG) or root.get("lang") or ""
    title = _child(root, "title", lang, own_lang)
    named = [
        title and replace(title, certain=may_serve(title.lang, lang)),
        AuthorText(clean(root.get("aria-label")), "svg-aria-label", own_lang),
        _child(root, "desc", lang, own_lang),
    ]
    for candidate in named:
        if (
            candidate
            and candidate.text
            and not is_boilerplate(candidate.text)
            and not _LAYER_NAME.search(candidate.text)
        ):
            return candidate
    return None


def _child(root: etree._Element, name: str, lang: str, own_lang: str) -> AuthorText | None:
    """Return the root's child `name` in the page's language, else the first; those further in name parts."""
    texts = [
        AuthorText(clean(_text(child)), f"svg-{name}", child.get(_LANG) or child.get("lang") or own_lang)
        for child in root
        if child.tag in (f"{_SVG}{name}", name)
    ]
    of_page = [text for text in texts if lang and text.lang.lower() == lang.lower()]
    return next(iter([*of_page, *texts]), None)


def _text(element: etree._Element) -> str:
    """Return an element's own text, without what an entity or a child would bring in."""
    return (element.text or "") + "".join(child.tail or "" for child in element)


def _size(root: etree._Element) -> tuple[int, int]:
    lengths = [_LENGTH.match(root.get(name, "")) for name in ("width", "height")]
    if all(lengths):
        width, height = (length[1] for length in lengths if length)
        return _pixels(width, height)
    box = re.findall(r"[\d.]+", root.get("viewBox", ""))
    return _pixels(*box[2:]) if len(box) == 4 else (0, 0)


def _pixels(width: str, height: str) -> tuple[int, int]:
    try:
        sides = float(width), float(height)
    except ValueError:
        return 0, 0
    return (round(sides[0]), round(sides[1])) if max(sides) < _MOST_PIXELS else (0, 0)
