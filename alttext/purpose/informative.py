"""Stage 3: informative images, which is what is left when nothing speaks for another purpose.

Source: https://www.w3.org/WAI/tutorials/images/informative/ . Only these are looked at and described.
"""

import re

from alttext.purpose import evidence, meaningless
from alttext.types import Classification, ImageKind, ImageRef, Purpose

# Holds the alternative of images in Quarto and R Markdown; the visual editor of RStudio writes it into raw
# HTML, too, where it is passed through to browsers, which do not know it.
_AUTHORED = "fig-alt"
_PLAYED = "sound-or-video"
# What an object holds for browsers that cannot show it, and says of them instead of the picture.
_APOLOGY_RE = re.compile(r"browser|navigateur|navegador|plug-?in|not (?:be )?supported", re.IGNORECASE)
_DRAWN = frozenset({ImageKind.SVG, ImageKind.ROLE_IMG})  # mostly drawn by the document itself


def described(ref: ImageRef) -> Classification | None:
    """Return the words that the author has written for the image where nothing reads them."""
    words = evidence.attribute(ref, _AUTHORED) if ref.missing else ""
    if _says_something(words):
        return Classification(Purpose.INFORMATIVE, "author-text", words, certain=True)
    fallback = ref.context.fallback
    if ref.missing and _says_something(fallback) and not _APOLOGY_RE.search(fallback):
        return Classification(Purpose.UNCLEAR, "author-text", fallback)
    return None


def played(ref: ImageRef) -> Classification | None:
    """Return that it is no image at all."""
    return Classification(Purpose.UNCLEAR, _PLAYED) if ref.blocked == _PLAYED else None


def _says_something(words: str) -> bool:
    return bool(words) and not evidence.is_template(words) and not meaningless.is_placeholder(words)


def classify(ref: ImageRef) -> Classification:
    """Return informative if there is a picture to look at, else unclear."""
    if ref.blocked == "template-expression" or evidence.is_template(ref.src):
        return Classification(Purpose.UNCLEAR, "template-expression")
    if not ref.src and not ref.sources:
        return Classification(Purpose.UNCLEAR, "drawn-inline" if ref.kind in _DRAWN else "no-source")
    title = evidence.attribute(ref, "title") if ref.kind is ImageKind.MARKDOWN and ref.missing else ""
    if _says_something(title) and not meaningless.has_picture_suffix(title):
        return Classification(Purpose.UNCLEAR, "author-text", title)
    return Classification(Purpose.INFORMATIVE, "no-other-purpose")
