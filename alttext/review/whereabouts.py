"""Find an image again in a document that may have changed since somebody was asked about it.

Nothing is guessed: the words that a person wrote for one image must not end up at another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from alttext.errors import StaleError
from alttext.ledger.entry import plain
from alttext.types import ImageRef


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What tells one image of a document from the others."""

    kind: str
    src: str
    markup: str  # the start tag, or the whole Markdown image, as the document spells it
    role: str  # digest of the link, button or caption that the image belongs to
    nearby: str  # digest of the heading and the text around it
    nth: int  # among the images of this kind and source, from 1
    of: int  # number of these
    is_alone: bool  # whether no other image has the same markup and role


def of(text: str, refs: Sequence[ImageRef], ref: ImageRef) -> Whereabouts:
    """Describe the place of one of the images of a document."""
    alike = [other for other in refs if (other.kind, other.src) == (ref.kind, ref.src)]
    twins = sum(_looks(text, other) == _looks(text, ref) for other in alike)
    nth = 1 + next(at for at, other in enumerate(alike) if other.span == ref.span)
    markup, role = _looks(text, ref)
    return Whereabouts(
        ref.kind.value, plain(ref.src), markup, role, _nearby(ref), nth, len(alike), twins == 1
    )


def find(text: str, refs: Sequence[ImageRef], known: Whereabouts) -> ImageRef:
    """Return the image that is meant, wherever it is now.

    Text anywhere else may have changed, but not the image itself, nor its link or caption. Raises StaleError.
    """
    alike = _alike(refs, known)
    same = [ref for ref in alike if _looks(text, ref) == (known.markup, known.role)]
    if not same:
        raise StaleError(_why_missing(text, alike, known))
    if known.is_alone and len(same) == 1:
        return same[0]
    if not known.is_alone and len(alike) == known.of:
        same = [ref for ref in same if ref is alike[known.nth - 1]]
    close = [ref for ref in same if _nearby(ref) == known.nearby]
    if len(close) != 1 or (not known.is_alone and len(alike) != known.of):
        raise StaleError(f"the image {_shown(known)} cannot be told from others of the document any more")
    return close[0]


def has_now(refs: Sequence[ImageRef], known: Whereabouts, alt: str) -> bool:
    """Return whether an image that cannot be found any more has got just this alternative."""
    alike = _alike(refs, known)
    found = alike[known.nth - 1] if len(alike) == known.of else None
    return found is not None and alt in {found.alt, found.name}


def _alike(refs: Sequence[ImageRef], known: Whereabouts) -> list[ImageRef]:
    return [ref for ref in refs if (ref.kind.value, plain(ref.src)) == (known.kind, known.src)]


def _why_missing(text: str, alike: Sequence[ImageRef], known: Whereabouts) -> str:
    if not alike:
        return f"the image {_shown(known)} is not in the document any more"
    is_same_tag = any(_looks(text, ref)[0] == known.markup for ref in alike)
    return f"{'the link or caption of ' if is_same_tag else ''}the image {_shown(known)} has changed"


def _shown(known: Whereabouts) -> str:
    named = known.src or known.markup
    return named if len(named) <= 60 else f"{named[:59]}…"


def _looks(text: str, ref: ImageRef) -> tuple[str, str]:
    context = ref.context
    link = (context.link.target, context.link.is_button) if context.link else ()
    return plain(text[ref.span.start : ref.span.end]), _digest(link, context.caption)


def _nearby(ref: ImageRef) -> str:
    return _digest(ref.context.heading, ref.context.before, ref.context.after)


def _digest(*facts: object) -> str:
    return sha256(repr(facts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
