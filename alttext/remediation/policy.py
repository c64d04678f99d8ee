"""Stage 8: decide whether a text may be written, needs a person, or whether hands stay off.

The promises, in the order in which they are kept: an author's words and marks stay, nothing is written
where it must not be, nothing is written that is probably untrue. Whatever is in doubt is left for a person.
"""

from alttext.remediation import quote
from alttext.remediation.describe import LEAST
from alttext.types import Action, Classification, Decision, Description, ImageRef, Purpose, Slot

THUMBNAIL = "link-to-image-file"  # of functional images the one kind that a description suits
_UNMARKED = 'Give the element aria-hidden="true"; an empty aria-label marks nothing as decorative.'
_FOUND = quote.REASONS | {"author-text"}


def decide(
    ref: ImageRef,
    classification: Classification,
    description: Description | None,
    *,
    min_confidence: float | None = None,
    may_replace: bool = False,
) -> Decision:
    """What to do about one image reference.

    `description` is None if the picture was not looked at. `may_replace` allows to write over words of an
    author that say nothing (a file name, "image"); without it they are kept. A review carries a text only as
    a suggestion.
    """
    if kept := _kept(ref, may_replace):
        return Decision(Action.KEEP, kept)
    if ref.slot is None or ref.blocked:
        return Decision(Action.REVIEW, ref.blocked or classification.reason, classification.alternative)
    if classification.certain and classification.alternative is not None:
        return _of_proof(classification.reason, classification.alternative, ref.slot)
    if description is None:
        return Decision(Action.REVIEW, classification.reason, classification.alternative)
    least = LEAST if min_confidence is None else min_confidence
    return _of_picture(classification, description, ref.context.language, least)


def _kept(ref: ImageRef, may_replace: bool) -> str:
    """Why this reference is none of our business; "" if it is."""
    if ref.suppressed:
        return "suppressed"
    if ref.decorative or ref.alt == "":
        return "decorative-alt"
    if ref.name or (ref.alt is not None and not may_replace):
        return "author-alt"
    return ""


def _of_proof(why: str, text: str, slot: Slot) -> Decision:
    """What the markup proves is written, unless it is a mark that the element takes in another attribute."""
    if text or slot.takes_empty:
        return Decision(Action.WRITE, why, text)
    return Decision(Action.REVIEW, why, text, _UNMARKED)


def _of_picture(verdict: Classification, description: Description, lang: str, least: float) -> Decision:
    if verdict.purpose is Purpose.INFORMATIVE:
        return _of_description(description, lang, least)
    if verdict.reason == THUMBNAIL:
        return Decision(Action.REVIEW, THUMBNAIL, _spoken(description, lang))
    return _of_words(verdict, description, least)


def _of_words(classification: Classification, description: Description, least: float) -> Decision:
    """A picture of text may get the words that were read in it; everything else needs a person."""
    why, text = classification.reason, classification.alternative
    if text is not None or quote.REASONS.isdisjoint(description.reasons):
        return Decision(Action.REVIEW, why, text)
    if classification.purpose is not Purpose.TEXT or why != "image-of-text":
        return Decision(Action.REVIEW, why, description.text)
    (found,) = description.reasons
    if found != "text-read" or description.review:
        return Decision(Action.REVIEW, found, description.text)
    if description.confidence >= least:
        return Decision(Action.WRITE, found, description.text)
    return Decision(Action.REVIEW, "text-uncertain", description.text)


def _spoken(description: Description, lang: str) -> str | None:
    """The text if it suits a page in a language, which words that were found do whatever theirs is."""
    is_found = not _FOUND.isdisjoint(description.reasons)
    return description.text if is_found or description.lang == lang else None


def _of_description(description: Description, lang: str, least: float) -> Decision:
    is_author = "author-text" in description.reasons
    if description.text is not None and description.lang != lang and not is_author:
        return Decision(Action.REVIEW, "language-without-vocabulary")
    if description.text is None or description.review:
        reason = description.reasons[0] if description.reasons else "low-confidence"
        return Decision(Action.REVIEW, reason, description.text)
    if is_author:
        return Decision(Action.WRITE, "author-text", description.text)
    if description.confidence >= least:  # so that no number at all is not enough either
        return Decision(Action.WRITE, "described", description.text)
    return Decision(Action.REVIEW, "low-confidence", description.text)
