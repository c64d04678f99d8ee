"""Why an image is there: the W3C alt decision tree, from markup alone and always with the same answer.

Source: https://www.w3.org/WAI/tutorials/images/decision-tree/ . Each category is a module; the questions
are asked in the order in which markup can answer them, proof first. What the pixels add later may only make
the verdict more cautious.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from alttext.purpose import complex, decorative, functional, informative, text  # noqa: A004
from alttext.purpose.alternative import judge
from alttext.purpose.word_lists import word_set
from alttext.types import Classification, ImageKind, ImageRef, Purpose

__all__ = ["classify", "judge", "problem", "refine"]

_TREE: tuple[Callable[[ImageRef], Classification | None], ...] = (
    decorative.proven,
    informative.played,
    informative.described,
    functional.classify,
    complex.classify,
    decorative.beside_link,
    text.classify,
    decorative.classify,
)
_MISSING: Mapping[ImageKind, str] = MappingProxyType(
    {
        ImageKind.INPUT: "missing-input-alt",
        ImageKind.AREA: "missing-area-alt",
        ImageKind.SVG: "missing-svg-name",
        ImageKind.ROLE_IMG: "missing-role-img-name",
        ImageKind.OBJECT: "missing-object-name",
        ImageKind.EMBED: "missing-object-name",
    }
)
# What the medium of a picture makes of a verdict; the more special word comes first.
_BY_MEDIUM: tuple[tuple[str, Purpose, str], ...] = (
    ("floor plan", Purpose.COMPLEX, "map"),
    ("flow chart", Purpose.COMPLEX, "diagram"),
    ("flowchart", Purpose.COMPLEX, "diagram"),
    ("diagram", Purpose.COMPLEX, "diagram"),
    ("infographic", Purpose.COMPLEX, "diagram"),
    ("chart", Purpose.COMPLEX, "chart"),
    ("graph", Purpose.COMPLEX, "chart"),
    ("plot", Purpose.COMPLEX, "chart"),
    ("histogram", Purpose.COMPLEX, "chart"),
    ("treemap", Purpose.COMPLEX, "chart"),
    ("heat map", Purpose.COMPLEX, "chart"),
    ("timeline", Purpose.COMPLEX, "chart"),
    ("map", Purpose.COMPLEX, "map"),
    ("table", Purpose.COMPLEX, "table"),
    ("equation", Purpose.COMPLEX, "equation"),
    ("formula", Purpose.COMPLEX, "equation"),
    ("screenshot", Purpose.COMPLEX, "screenshot"),
    ("barcode", Purpose.TEXT, "qr-code"),
    ("text", Purpose.TEXT, "image-of-text"),
    ("document", Purpose.TEXT, "image-of-text"),
    ("logo", Purpose.TEXT, "logo"),
    ("icon", Purpose.UNCLEAR, "icon"),
    ("decoration", Purpose.UNCLEAR, "divider"),
    ("decorative", Purpose.UNCLEAR, "divider"),
)
# Media that may be described, as the root of the vocabulary's facet and below it.
_DESCRIBED = word_set(
    """photograph photo snapshot artwork painting drawing sketch cartoon illustration print rendering
    watercolour watercolor engraving etching"""
)


def classify(ref: ImageRef) -> Classification:
    """Return the purpose of an image with its reason, and the alternative if the markup supplies one."""
    for question in _TREE:
        verdict = question(ref)
        if verdict is not None:
            return verdict
    return informative.classify(ref)


def problem(ref: ImageRef) -> str | None:
    """Return the id of what is wrong with the alternative of an image, None if nothing is.

    An image that nobody perceives needs none (ACT 23a2a8 does not apply to it). Ids of opt-in rules are
    returned too: whoever reports them looks at `Rule.opt_in`.
    """
    if ref.context.hidden:
        return None
    return _MISSING.get(ref.kind, "missing-alt") if ref.missing else judge(ref)


def refine(classification: Classification, medium: str) -> Classification:
    """Return the verdict once the medium of the picture is known; it may only become more cautious.

    `medium` is a term of the facet "medium", such as "photograph" or "bar-chart"; "" is not known. A medium
    that is neither in the list nor a photograph or work of art makes the purpose unclear.
    """
    if classification.purpose is not Purpose.INFORMATIVE or classification.certain or not medium:
        return classification
    said = f" {medium.lower().replace('-', ' ').replace('_', ' ')} "
    for word, purpose, reason in _BY_MEDIUM:
        if f" {word} " in said:
            return Classification(purpose, reason)
    if any(f" {word} " in said for word in _DESCRIBED):
        return classification
    return Classification(Purpose.UNCLEAR, "not-a-photograph")
