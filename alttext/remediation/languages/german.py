"""German: "Eine Person mit Hut fährt bei Nacht auf einer Straße Fahrrad".

Who does something makes a whole sentence, with its verb in the second place and the rest of it at the end.
"""

from collections.abc import Sequence

from alttext.remediation.languages.order import Words, arranged, finished, spaced
from alttext.remediation.languages.plan import Plan, form, plan
from alttext.remediation.languages.translated import alone, naming, setting
from alttext.types import GAP, Term

_WITH = "mit"
_SHORTEST = 4  # letters of a word at the end of another


def write(terms: Sequence[Term], medium: Term | None = None) -> str | None:
    """The sentence that says the terms, surest first; None if they do not make one."""
    parts = plan(terms, _NAMING)
    words = _of_somebody_busy(parts) if parts.who and parts.is_busy else arranged(parts, _WORDS)
    if medium and words:  # after a colon only a whole sentence begins with a capital
        first = words[0].upper() if parts.who and parts.doing else words[0]
        words = f"{medium.phrase} {first}{words[1:]}"
    return finished(words)


def _of_somebody_busy(parts: Plan) -> str:
    """Whoever does something, in a sentence with a verb, or just wears something."""
    verb, _, rest = (part.strip() for part in _activity(parts).partition(GAP))
    around = [setting(term) for term in parts.around]
    place = setting(parts.place) if parts.place else ""
    inside = _accompanied(parts.background) if place and parts.background else ""
    where = [*around, place, inside] if verb else [place, inside, *around]
    words = spaced("", _actor(parts, parts.main), verb, *where, rest)
    return words if inside else f"{words}{_also(parts.background)}"


def _activity(parts: Plan) -> str:
    if parts.doing is None or parts.who is None:
        return ""
    return form(parts.doing, "many") if _is_plural([parts.who]) else parts.doing.phrase


def _also(things: Sequence[Term]) -> str:
    """What belongs to a place, where no place is told."""
    if not things:
        return ""
    return f"; zu sehen {'sind' if _is_plural(things) else 'ist'} auch {_joined(things)}"


def _actor(parts: Plan, things: Sequence[Term] = ()) -> str:
    """Whoever is there, in what clothes, and with which things."""
    attributes = list(map(_worn, parts.worn))
    if things:
        attributes.append(_accompanied(things))
    return spaced("", parts.who.phrase if parts.who else "", _listed(attributes) if attributes else "")


def _worn(term: Term) -> str:
    return form(term, "worn") or _accompanied([term])


def _is_plural(things: Sequence[Term]) -> bool:
    return len(things) > 1 or form(things[0], "gender") == "pl"


def _joined(things: Sequence[Term]) -> str:
    return _listed([term.phrase for term in things])


def _accompanied(things: Sequence[Term]) -> str:
    return f"{_WITH} {_listed([form(term, 'dative') or term.phrase for term in things])}"


def _listed(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} und {last}" if most else last


def _heads(name: str) -> list[str]:
    """The last word, and whatever ends it: a "Tennisball" is a "Ball"."""
    last = name.rsplit(maxsplit=1)[-1]
    return [last[start:].capitalize() for start in range(len(last) - _SHORTEST + 1)]


_NAMING = naming(_heads)
_WORDS = Words(_WITH, _joined, _accompanied, _actor, setting, alone)
