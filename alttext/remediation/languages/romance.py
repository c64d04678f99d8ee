"""What French and Spanish share: participles that agree with their noun, and prepositions in the entries."""

from collections.abc import Sequence

from alttext.remediation.languages import translated
from alttext.remediation.languages.order import spaced
from alttext.remediation.languages.plan import Plan, form
from alttext.types import Term


def actor(parts: Plan, wearing: str) -> str:
    """Who, in what clothes (`wearing`), doing what."""
    who = parts.who.phrase if parts.who else ""
    doing = form(parts.doing, form(parts.who, "gender")) if parts.doing and parts.who else ""
    return spaced("", who, wearing, f", {doing}" if doing and wearing else doing)


def joined(things: Sequence[Term], conjunction: str) -> str:
    """The things as a list."""
    *most, last = [term.phrase for term in things]
    return f"{', '.join(most)} {conjunction} {last}" if most else last


def _heads(name: str) -> list[str]:
    """The first word: a "balle de tennis" is a "balle"."""
    return name.split()[:1]


NAMING = translated.naming(_heads)
