"""What the markup gives away about a picture: the words of its file name, of its classes and around it.

Words are compared whole, so that "photograph" is no graph, "charter" no chart and "mapple" no map. Of a
file name, the last word says what the picture is (`europe-map`, `map-marker`), or the last one before a
preposition (`map-of-europe`).
"""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import PurePosixPath
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from alttext.purpose.word_lists import word_set
from alttext.types import ENGLISH, ImageRef

_WORD_RE = re.compile(r"[^\W\d_]+|\d+")
# Between the words of camel case: bar|Chart, HTML|Parser.
_HUMP_RE = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_APOSTROPHE_RE = re.compile(r"(?<=[^\W\d_])['’](?=[^\W\d_])")
_LENGTH_RE = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(?:px)?\s*$")
_STYLE_RE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]{1,12})px", re.IGNORECASE)
_SELECTOR_RE = re.compile(r"[.#]")
# What generators read as markup although it looks like text: :label:`fig`, {width=40%}, :::, {% x %}
_DIRECTIVE_RE = re.compile(r":[\w-]+:\S*|\{[^}]*\}|:::+")
# Jinja, Liquid, Handlebars, Vue, PHP, ERB, EJS, template literals
_TEMPLATE_RE = re.compile(r"\{\{|\{%|\{#|<\?|<%|\$\{")
_TEMPLATE_MARK_RE = re.compile(r"\{\{|\}\}|[{<]%|%[}>]|<\?|\?>|\$\{")
_ACRONYM_RE = re.compile(r"[b-df-hj-np-tv-xz]{2,5}", re.IGNORECASE)  # nobody can speak it as a word
_PHOTO_SUFFIXES = frozenset({".jpg", ".jpeg", ".webp", ".avif", ".heic"})
_LONGEST_TEXT = 2000  # characters; longer ones are data URIs
_NOTHING = urlsplit("")
_PREPOSITIONS = word_set(
    """about above across after along among and around as at before behind below beside between by during for
    from in inside into near next of off on onto or over per showing shows since than that through to
    toward towards under using versus vs via where which while with within without"""
)
_ARTICLES = frozenset({"a", "an", "the", "this", "my", "our"})
# What file names say about the file and not about the picture.
_FILE_NOISE = word_set(
    """a an the img image images pic pics picture pictures photo photos photograph foto scaled resized resize
    cropped crop thumb thumbs thumbnail tn small sm medium md large lg big xl mini tiny full hd hires
    lowres retina orig original final copy draft edited edit min web new old v px x dpi rgb cmyk
    compressed optimized preview static default dark light png jpg jpeg gif svg webp avif bmp tif tiff
    file version en de fr es left right top bottom center centre"""
)
# Services that resize pictures and take the address of the original in a parameter.
# Sources: https://nextjs.org/docs/app/api-reference/components/image, https://docs.netlify.com/image-cdn/overview/
_RESIZERS = {"/_next/image": "url", "/_vercel/image": "url", "/.netlify/images": "url", "/_image": "href"}


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """Return the words of an identifier in lower case: "barChart_2-final" is bar chart 2 final."""
    return spoken(_HUMP_RE.sub(" ", text))


@lru_cache(maxsize=4096)
def spoken(text: str) -> tuple[str, ...]:
    """Return the words of a sentence in lower case; unlike `words` it leaves "GitHub" whole."""
    return tuple(match.lower() for match in _WORD_RE.findall(_APOSTROPHE_RE.sub("", text)))


def split_url(url: str) -> SplitResult:
    """Take a URL apart; data and broken ones, such as with a bad IPv6 address, have no parts."""
    if url[:5].lower() == "data:":  # as long as a picture
        return _NOTHING
    try:
        return urlsplit(url.strip())
    except ValueError:
        return _NOTHING


def file_path(src: str) -> str:
    """Return the decoded path of the picture's file, without query; "" for data URIs."""
    parts = split_url(src)
    parameter = _RESIZERS.get(parts.path)
    if parameter is not None and (inner := parse_qs(parts.query).get(parameter)):
        return split_url(inner[0]).path
    return unquote(parts.path).replace("\\", "/")


@lru_cache(maxsize=16)  # of the images at hand, each of which is asked about many times; data URIs are large
def file_name(src: str) -> str:
    """Return the last part of a path, decoded: "x/a%20b.png?v=2" is "a b.png"; "" if a template writes it."""
    name = PurePosixPath(file_path(src)).name
    return "" if _TEMPLATE_MARK_RE.search(name) else name


def suffix(src: str) -> str:
    """Return the suffix of the file name in lower case, dot included."""
    return PurePosixPath(file_name(src)).suffix.lower()


def stem(src: str) -> str:
    """Return the file name without its suffix."""
    return PurePosixPath(file_name(src)).stem


def of_file(ref: ImageRef) -> frozenset[str]:
    """Return all words of the file's name."""
    return frozenset(words(stem(ref.src)))


def of_folders(ref: ImageRef) -> frozenset[str]:
    """Return the words of the two folders that the file is in."""
    parents = PurePosixPath(file_path(ref.src)).parts[:-1]
    return _joined(parents[-2:])


def of_element(ref: ImageRef) -> frozenset[str]:
    """Return the words of the element's own class and id."""
    return _joined(attribute(ref, name) for name in ("class", "id"))


def of_surroundings(ref: ImageRef, levels: int = 2) -> frozenset[str]:
    """Return the words of the classes and ids of the closest elements around the image."""
    return _joined(
        name for selector in ref.context.ancestors[:levels] for name in _SELECTOR_RE.split(selector)[1:]
    )


def telling(src: str) -> tuple[str, ...]:
    """Return the words of a file name that say something about the picture, in order."""
    return tuple(
        word for word in words(stem(src)) if word not in _FILE_NOISE and word.isalpha() and len(word) > 1
    )


def head(phrase: Sequence[str]) -> str:
    """Return what a compound is about: its last word, or the last one before a preposition; "" if empty."""
    last = ""
    for word in phrase:
        if last and word in _PREPOSITIONS:
            break
        if word.isalpha() and word not in _ARTICLES:
            last = word
    return last


def has_pair(phrase: Sequence[str], pairs: Collection[str]) -> bool:
    """Return whether two neighbouring words form one of the `pairs`, which are written with a space."""
    return any(f"{first} {second}" in pairs for first, second in pairwise(phrase))


def neighbours(ref: ImageRef) -> tuple[str, str]:
    """Return the text right before and right after the image, without what is no text to readers."""
    before, after = (_DIRECTIVE_RE.sub(" ", text) for text in (ref.context.before, ref.context.after))
    return " ".join(before.split()), " ".join(after.split())


def is_template(text: str) -> bool:
    """Return whether a template engine will put something else in the place of the text."""
    return _TEMPLATE_RE.search(text, 0, _LONGEST_TEXT) is not None


def as_spelled(word: str, ref: ImageRef) -> str:
    """Return a word of a file name as the page spells it, such as "GitHub", else as a name or an acronym."""
    context = ref.context
    written = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
    for text in (context.title, context.heading, context.caption, context.before, context.after):
        if found := written.search(text):
            return found[0] if not found[0].islower() else word.capitalize()
    return word.upper() if _ACRONYM_RE.fullmatch(word) else word.capitalize()


def attribute(ref: ImageRef, name: str) -> str:
    """Return the value of an attribute without surrounding white space, "" if it is not there."""
    return next((value.strip() for key, value in ref.attributes if key == name), "")


def has_attribute(ref: ImageRef, *names: str) -> bool:
    """Return whether the element has one of the attributes, whatever its value."""
    return any(key in names for key, _ in ref.attributes)


def styled_size(ref: ImageRef) -> tuple[float | None, float | None]:
    """Return width and height in CSS pixels that the element's own style gives it."""
    style = {name.lower(): length for name, length in _STYLE_RE.findall(attribute(ref, "style"))}
    return _length(style.get("width", "")), _length(style.get("height", ""))


def stated_size(ref: ImageRef) -> tuple[float | None, float | None]:
    """Return width and height in CSS pixels as the element's attributes state them."""
    return _length(attribute(ref, "width")), _length(attribute(ref, "height"))


def may_be_photograph(src: str) -> bool:
    """Return whether the file is of a format that is made for photographs."""
    return suffix(src) in _PHOTO_SUFFIXES


def is_within(size: tuple[float | None, float | None], limit: float) -> bool:
    """Return whether both sides are known and no longer than `limit` pixels."""
    width, height = size
    return width is not None and height is not None and max(width, height) <= limit


def is_english(ref: ImageRef) -> bool:
    """Return whether English words may be suggested; no declared language counts as English."""
    return ref.context.language == ENGLISH


def _length(text: str) -> float | None:
    match = _LENGTH_RE.match(text)
    return float(match[1]) if match else None


def _joined(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in words(text))
