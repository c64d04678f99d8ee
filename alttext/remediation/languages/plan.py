"""Which term has which part in a sentence, before a language gives it an order and words.

Words are compared for one purpose, to say nothing twice ("a person holding an umbrella with an umbrella").
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from alttext.types import Term

_AROUND = ("weather", "light")
_WORD_RE = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Naming:
    """By which words a language tells that something was said before."""

    names: Callable[[Term], Sequence[str]]  # of a thing
    echo: Callable[[Term], Sequence[str]]  # of a setting: what would sound like a repetition
    said: Callable[[Term], str]  # the words of an activity or a place
    kind: Callable[[Term], str] = lambda _: ""  # what says a thing in general


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts of one sentence; what another part says already is left out."""

    who: Term | None  # who does something, wears something or is there
    doing: Term | None
    worn: tuple[Term, ...]
    main: tuple[Term, ...]  # other things
    background: tuple[Term, ...]  # things that belong to the place
    place: Term | None
    around: tuple[Term, ...]  # weather and light
    place_leads: bool  # whether the place is surer than what stands in it

    @property
    def is_busy(self) -> bool:
        """Whether other things could seem to be the means of an activity, or a part of clothes."""
        return self.doing is not None or bool(self.worn)


def form(term: Term, name: str) -> str:
    """A grammatical form of the entry, "" if it has none of that name."""
    return dict(term.grammar).get(name, "")


def is_worn(term: Term) -> bool:
    """Whether the thing is said as what somebody wears."""
    return form(term, "role") == "worn"


def plan(terms: Sequence[Term], naming: Naming) -> Plan:
    """The parts of a sentence about the terms, which come surest first."""
    doing = _first(terms, "activity")
    place, around = _settings(terms, doing, naming)
    things = _things(terms, doing, naming)
    who = _first(terms, "people") or (things[0] if doing and things else None)
    worn = tuple(filter(is_worn, terms))
    others = [term for term in things if term is not who]
    main = [term for term in others if not _is_background(term)]
    if who is None:
        main, worn = [*main, *worn], ()
    background = [term for term in others if _is_background(term)]
    place_leads = not background or place is None or terms.index(place) < terms.index(background[0])
    return Plan(who, doing, worn, tuple(main), tuple(background), place, around, place_leads)


def _things(terms: Sequence[Term], doing: Term | None, naming: Naming) -> list[Term]:
    """Objects that neither the activity nor the scene names already, those of the background last."""
    act = naming.said(doing) if doing else ""
    scenes = [naming.said(term) for term in terms if term.facet == "scene"]
    things = [
        term
        for term in terms
        if term.facet == "object" and not is_worn(term)
        if not any(_has(text, naming.names(term)) for text in (act, *scenes))
        if not _has(act, [naming.kind(term)])
    ]
    return sorted(things, key=_is_background)


def _settings(
    terms: Sequence[Term], doing: Term | None, naming: Naming
) -> tuple[Term | None, tuple[Term, ...]]:
    """The place, and the weather and light, without what was said before."""
    said = naming.said(doing) if doing else ""
    kept: list[Term] = []
    for term in (term for facet in ("scene", *_AROUND) for term in terms if term.facet == facet):
        if not _has(said, naming.echo(term)):
            kept.append(term)
            said = f"{said} {naming.said(term)}"
    return _first(kept, "scene"), tuple(term for term in kept if term.facet != "scene")


def _has(text: str, names: Sequence[str]) -> bool:
    """Whether one of the names is in the text, as whole words."""
    spaced = f" {_spelled(text)} "
    return any(f" {_spelled(name)} " in spaced for name in names if name)


def _spelled(text: str) -> str:
    return " ".join(_WORD_RE.findall(text))


def _is_background(term: Term) -> bool:
    return form(term, "role") == "background"


def _first(terms: Sequence[Term], facet: str) -> Term | None:
    return next((term for term in terms if term.facet == facet), None)
