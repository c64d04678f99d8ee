"""Stage 3: informative images, which is what is left when nothing speaks for another purpose.

Source: https://www.w3.org/WAI/tutorials/images/informative/ . Only these are looked at and described.
"""

from alttext.purpose import evidence
from alttext.types import Classification, ImageKind, ImageRef, Purpose

_DRAWN = frozenset({ImageKind.SVG, ImageKind.ROLE_IMG})  # mostly drawn by the document itself


def classify(ref: ImageRef) -> Classification:
    """Return informative if there is a picture to look at, else unclear."""
    if ref.blocked == "template-expression" or evidence.is_template(ref.src):
        return Classification(Purpose.UNCLEAR, "template-expression")
    if not ref.src and not ref.sources:
        return Classification(Purpose.UNCLEAR, "drawn-inline" if ref.kind in _DRAWN else "no-source")
    return Classification(Purpose.INFORMATIVE, "no-other-purpose")
