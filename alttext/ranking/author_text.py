"""Read what the author of a picture wrote into its file: a text alternative, else a description of it.

IPTC photo metadata: https://www.iptc.org/std/photometadata/specification/IPTC-PhotoMetadata
"""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from PIL import ExifTags, Image, IptcImagePlugin, PngImagePlugin

from alttext.ranking.raster import DAMAGED, quiet_pillow

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_IPTC = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MAX_XMP = 1 << 20  # bytes; real packets hold a few thousand
_MAX_TEXT = 2000  # characters
_MAX_ALTERNATIVE = 250  # characters; longer is a long description

# What devices and programs put where an author's words belong.
_BOILERPLATE = re.compile(
    r"digital camera|sony dsc|exif[ _]jpeg|kenox|\b(?:default|no) description\b|^untitled\b|"
    r"^\s*(?:created|generated|made|edited|processed|exported|produced|drawn|scanned|captured|shot|taken|uploaded)"
    r" (?:with|by|in|on|using|from)\b",
    re.IGNORECASE,
)
# What people put there that says whose a picture is instead of what it shows.
_NO_DESCRIPTION = re.compile(
    r"©|\(c\)|copyright|all rights reserved|\bphoto(?:graph)? by\b|"
    r"\b(?:ap|afp|epa|reuters|getty) ?(?:photo|images?)\b|"
    r"stock (?:photo|image|vector|illustration)|^\s*(?:credit|source|date|file(?:name)?)\s*:|"
    r"\b(?:adobe|photoshop|lightroom|illustrator|inkscape|imagemagick|ffmpeg|vsco|matplotlib|camera roll)\b|"
    r"https?:|www\.|\S@\S+\.\S|#\w|[{}<>=|\\]|\ufffd|charset",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    r"^\S*\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?|svgz?|psd|ai|heic|raw|nef|cr2)$", re.IGNORECASE
)
_CAMERA_NAME = re.compile(
    r"^(?:img|dsc[nf]?|p|pict|image|photo|scan|wp|dji|gopr|mvi)[ _-]?\d+\w*$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_UNSPACED_SCRIPT = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u2060\ufeff]+")


@dataclass(frozen=True, slots=True)
class AuthorText:
    """What a picture file says of itself."""

    text: str
    source: str  # the property: "AltTextAccessibility", "ExtDescrAccessibility", "dc:description", ...
    lang: str = ""  # BCP 47, "" if the file does not say
    certain: bool = False  # meant as a text alternative; otherwise a candidate for a person to judge


def of_picture(picture: Image.Image, lang: str = "") -> AuthorText | None:
    """Return the text alternative in a picture's metadata, else the best description there, else None.

    `picture` is as opened by Pillow, before any conversion; `lang` is the language of the page.
    Malformed metadata counts as none.
    """
    packet = _xmp(picture)
    if text := _of_property(packet, f"{_IPTC}AltTextAccessibility", lang):
        return text
    long_description = _of_property(packet, f"{_IPTC}ExtDescrAccessibility", lang)
    with quiet_pillow():
        described = (
            long_description,
            _of_property(packet, f"{_DUBLIN_CORE}description", lang),
            _of_bytes(_exif_description(picture), "ImageDescription"),
            _of_bytes(_iptc_caption(picture), "Caption-Abstract"),
            _of_bytes(_png_description(picture), "png:Description"),
        )
    for candidate in described:
        if candidate and reads_like_a_description(candidate.text):
            return candidate
    return long_description


def clean(text: str | None) -> str:
    """Return `text` on one line, without control characters, at most 2000 characters long."""
    return " ".join(_CONTROL.sub(" ", text or "").split())[:_MAX_TEXT]


def names_a_file(text: str) -> bool:
    """Whether `text` is a file name or what a camera numbers its pictures with."""
    return bool(_FILE_NAME.match(text) or _CAMERA_NAME.match(text))


def is_boilerplate(text: str) -> bool:
    """Whether a device or a program wrote `text`."""
    return bool(_BOILERPLATE.search(text)) or names_a_file(text)


def reads_like_a_description(text: str) -> bool:
    """Whether `text` is a phrase of at least three words that a person may have written about a picture."""
    if len(text) > _MAX_ALTERNATIVE or is_boilerplate(text) or _NO_DESCRIPTION.search(text):
        return False
    if len(_UNSPACED_SCRIPT.findall(text)) >= 6:
        return True
    words = _WORD.findall(text)
    letters = sum(map(len, words))
    return len(words) >= 3 and letters * 2 > len(text) and not text.isupper() and not _is_keyword_list(text)


def _is_keyword_list(text: str) -> bool:
    keywords = re.split(r"[,;]", text)
    return len(keywords) >= 3 and all(len(keyword.split()) <= 2 for keyword in keywords)


def _xmp(picture: Image.Image) -> Element | None:
    """Return the XMP packet; Pillow's own getxmp() forgets the namespaces."""
    packet = picture.info.get("xmp")
    if isinstance(packet, str):
        packet = packet.encode()
    if not isinstance(packet, bytes) or len(packet) > _MAX_XMP:
        return None
    try:
        root: Element = ElementTree.fromstring(packet.strip(b"\x00 \r\n\t"), forbid_dtd=True)
    except DAMAGED:
        return None
    return root


def _of_property(packet: Element | None, name: str, lang: str) -> AuthorText | None:
    """Return the best language alternative of a top-level property of an XMP packet."""
    if packet is None:
        return None
    rdf = packet if packet.tag == f"{_RDF}RDF" else packet.find(f"{_RDF}RDF")
    descriptions = [] if rdf is None else rdf.findall(f"{_RDF}Description")
    alternatives: dict[str, str] = {}
    for description in descriptions:
        alternatives |= _alternatives(description, name)
    chosen = _choose(alternatives, lang)
    if chosen is None:
        return None
    text = alternatives[chosen]
    source = name.rpartition("}")[2].replace("description", "dc:description")
    certain = source == "AltTextAccessibility" and may_serve(_known_lang(alternatives, chosen), lang)
    return AuthorText(text, source, _known_lang(alternatives, chosen), certain)


def _alternatives(description: Element, name: str) -> dict[str, str]:
    """Return language -> text of one property; "x-default" where no language is given."""
    found = {"x-default": clean(description.get(name))}
    for prop in description.findall(name):
        items = prop.findall(f".//{_RDF}li")
        for item in reversed(items or [prop]):  # the first of a language wins
            found[item.get(_LANG, "x-default").lower()] = clean("".join(item.itertext()))
    return {lang: text for lang, text in found.items() if text and not is_boilerplate(text)}


def _choose(alternatives: dict[str, str], lang: str) -> str | None:
    """Return the page's language, then one of the same kind, then x-default, then whichever comes first."""
    wanted = lang.lower()
    same_kind = [tag for tag in alternatives if wanted and _primary(tag) == _primary(wanted)]
    for tag in (wanted, *same_kind, "x-default", *alternatives):
        if tag in alternatives:
            return tag
    return None


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _known_lang(alternatives: dict[str, str], chosen: str) -> str:
    """Return the language of the chosen text; x-default often repeats one whose language is known."""
    if chosen != "x-default":
        return chosen
    twins = [tag for tag, text in alternatives.items() if text == alternatives[chosen] and tag != chosen]
    return twins[0] if twins else ""


def may_serve(text_lang: str, page_lang: str) -> bool:
    """Whether a text of one language may stand on a page of another; unknown languages may."""
    return not text_lang or not page_lang or _primary(text_lang) == _primary(page_lang)


def _of_bytes(raw: object, source: str) -> AuthorText | None:
    """Return the text that `raw` holds in UTF-8 or else Latin-1, which Pillow takes EXIF text for."""
    if isinstance(raw, str):
        try:
            raw = raw.encode("latin-1")
        except UnicodeEncodeError:
            return AuthorText(clean(str(raw)), source)
    if not isinstance(raw, bytes):
        return None
    try:
        text = clean(raw.decode())
    except UnicodeDecodeError:
        text = clean(raw.decode("latin-1"))
    return AuthorText(text, source) if text else None


def _exif_description(picture: Image.Image) -> object:
    try:
        return picture.getexif().get(ExifTags.Base.ImageDescription)
    except DAMAGED:
        return None


def _iptc_caption(picture: Image.Image) -> object:
    """Return dataset 2:120."""
    try:
        records = IptcImagePlugin.getiptcinfo(picture)  # type: ignore[arg-type]
    except DAMAGED:
        return None
    caption = (records or {}).get((2, 120))
    return caption[0] if isinstance(caption, list) and caption else caption


def _png_description(picture: Image.Image) -> object:
    if not isinstance(picture, PngImagePlugin.PngImageFile):
        return None
    try:
        if getattr(picture, "is_animated", False):  # the last chunk is behind all frames
            return picture.info.get("Description")
        return picture.text.get("Description")  # reads on to the last chunk
    except DAMAGED:
        return None
