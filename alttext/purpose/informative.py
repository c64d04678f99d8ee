"""Stage 3: informative images, which is what is left when nothing speaks for another purpose.

Source: https://www.w3.org/WAI/tutorials/images/informative/ . Only these are looked at and described.
"""

from alttext.purpose import evidence, meaningless
from alttext.types import Classification, ImageKind, ImageRef, Purpose

# Holds the alternative of images in Quarto and R Markdown; the visual editor of RStudio writes it into raw
# HTML, too, where it is passed through to browsers, which do not know it.
_AUTHORED = "fig-alt"
_DRAWN = frozenset({ImageKind.SVG, ImageKind.ROLE_IMG})  # mostly drawn by the document itself


def described(ref: ImageRef) -> Classification | None:
    """Return the words that the author has written for the image into an attribute that nothing reads."""
    words = evidence.attribute(ref, _AUTHORED) if ref.missing else ""
    if not words or evidence.is_template(words) or meaningless.is_placeholder(words):
        return None
    return Classification(Purpose.INFORMATIVE, "author-text", words, certain=True)


def classify(ref: ImageRef) -> Classification:
    """Return informative if there is a picture to look at, else unclear."""
    if ref.blocked == "template-expression" or evidence.is_template(ref.src):
        return Classification(Purpose.UNCLEAR, "template-expression")
    if not ref.src and not ref.sources:
        return Classification(Purpose.UNCLEAR, "drawn-inline" if ref.kind in _DRAWN else "no-source")
    return Classification(Purpose.INFORMATIVE, "no-other-purpose")
