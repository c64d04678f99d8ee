"""Spanish: "Una persona en bicicleta en una calle de noche"."""

import re
from collections.abc import Sequence

from alttext.remediation.languages import romance, translated
from alttext.remediation.languages.order import Words, arranged, finished
from alttext.remediation.languages.plan import Plan, plan
from alttext.types import Term

_WITH = "con"
_SOUNDS_LIKE_AND_RE = re.compile(r"h?[ií](?![aeou])", re.IGNORECASE)  # "e iglesias", but "y hielo"


def write(terms: Sequence[Term], medium: Term | None = None) -> str | None:
    """The sentence that says the terms, surest first; None if they do not make one."""
    words = arranged(plan(terms, romance.NAMING), _WORDS)
    return finished(f"{medium.phrase} {words}" if medium and words else words)


def _joined(things: Sequence[Term]) -> str:
    return romance.joined(things, "e" if _SOUNDS_LIKE_AND_RE.match(things[-1].phrase) else "y")


def _accompanied(things: Sequence[Term]) -> str:
    return f"{_WITH} {_joined(things)}"


def _actor(parts: Plan) -> str:
    return romance.actor(parts, _accompanied(parts.worn) if parts.worn else "")


_WORDS = Words(_WITH, _joined, _accompanied, _actor, translated.setting, translated.alone)
