"""Plain English: "A person with a dog on a beach at sunset"."""

import re
from collections.abc import Sequence

from alttext.remediation.languages.order import Words, arranged, finished, spaced
from alttext.remediation.languages.plan import Naming, Plan, form, plan
from alttext.types import Term

_WITH = "with"
_ARTICLE_RE = re.compile(r"^an?\b")


def write(terms: Sequence[Term], medium: Term | None = None) -> str | None:
    """The sentence that says the terms, surest first; None if they do not make one."""
    words = arranged(plan(_with_mood(terms), _NAMING), _WORDS)
    return finished(f"{medium.phrase} of {words}" if medium and words else words)


def _with_mood(terms: Sequence[Term]) -> list[Term]:
    """The terms with the atmosphere said of the place: "a lake" that is calm is "a calm lake"."""
    mood = next((term for term in terms if term.facet == "mood"), None)
    others = [term for term in terms if term is not mood]
    return [_of_mood(term, mood) if mood and term.facet == "scene" else term for term in others]


def _of_mood(place: Term, mood: Term) -> Term:
    """The place with the mood in the stead of its article; as it is if it has none ("the mountains")."""
    forms = [
        (name, _ARTICLE_RE.sub(mood.phrase, text) if name == "alone" else text)
        for name, text in place.grammar
    ]
    return place._replace(phrase=_ARTICLE_RE.sub(mood.phrase, place.phrase), grammar=tuple(forms))


def _joined(things: Sequence[Term]) -> str:
    *most, last = [term.phrase for term in things]
    return f"{', '.join(most)} and {last}" if most else last


def _accompanied(things: Sequence[Term]) -> str:
    return f"{_WITH} {_joined(things)}"


def _actor(parts: Plan) -> str:
    who = parts.who.phrase if parts.who else ""
    doing = parts.doing.phrase if parts.doing else ""
    if not parts.worn:
        return spaced(_WITH, who, doing)
    return spaced(_WITH, who, "wearing", _joined(parts.worn), doing and f"and {doing}")


def _setting(term: Term) -> str:
    return spaced(_WITH, form(term, "preposition"), term.phrase)


def _alone(term: Term) -> str:
    return form(term, "alone") or term.phrase


def _names(term: Term) -> list[str]:
    """Its names, and the noun that the last of them ends with."""
    return [*term.prompts, form(term, "plural") or term.phrase, *_last_word(term)]


def _last_word(term: Term) -> list[str]:
    return term.phrase.split()[-1:]


_NAMING = Naming(_names, _last_word, said=lambda term: term.phrase, kind=lambda term: term.parent)
_WORDS = Words(_WITH, _joined, _accompanied, _actor, _setting, _alone)
