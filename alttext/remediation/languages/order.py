"""The order of languages in which everything follows the noun that it belongs to.

Other things must not seem to be the means of an activity, or a part of clothes, so there they follow the
place or a comma: "a person reading in a park with a dog".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from alttext.remediation.languages.plan import Plan
from alttext.types import Term


@dataclass(frozen=True, slots=True)
class Words:
    """What a language puts between and around terms."""

    beside: str  # "with"
    joined: Callable[[Sequence[Term]], str]
    accompanied: Callable[[Sequence[Term]], str]  # "with" and what is there too
    actor: Callable[[Plan], str]  # who, in what clothes, doing what
    setting: Callable[[Term], str]  # with its preposition
    alone: Callable[[Term], str]  # a setting without anything in it


def arranged(plan: Plan, words: Words) -> str:
    """The words of a whole sentence, "" if there is nothing to say."""
    return _of_somebody(plan, words) if plan.who else _of_things(plan, words)


def finished(words: str) -> str | None:
    """The words as a sentence; None without any."""
    return f"{words[0].upper()}{words[1:]}." if words else None


def spaced(beside: str, *parts: str) -> str:
    """The parts in a row; a comma keeps two that begin with the same word for "with" apart."""
    text = ""
    for part in filter(None, parts):
        comma = "," if part.startswith(f"{beside} ") and f" {beside} " in text else ""
        separator = "" if not text or part.startswith(",") else f"{comma} "
        text += f"{separator}{part}"
    return text


def _of_somebody(plan: Plan, words: Words) -> str:
    others = (*plan.main, *plan.background)
    actor, beside = words.actor(plan), words.accompanied(others) if others else ""
    place = words.setting(plan.place) if plan.place else ""
    around = [words.setting(term) for term in plan.around]
    if beside and place and (plan.is_busy or plan.background):
        return spaced(words.beside, actor, place, beside, *around)
    if beside and plan.is_busy:
        return f"{spaced(words.beside, actor, *around)}, {beside}"
    if plan.who and beside and not plan.main:
        return spaced(words.beside, words.joined([plan.who, *others]), *around)
    return spaced(words.beside, actor, beside, place, *around)


def _of_things(plan: Plan, words: Words) -> str:
    """Words about things in their setting; the setting leads where it is surer than what it contains."""
    place = words.setting(plan.place) if plan.place else ""
    around = [words.setting(term) for term in plan.around]
    inside = plan.background if place else ()
    beside = words.accompanied(inside) if inside else ""
    main = plan.main if place else (*plan.main, *plan.background)
    if main:
        return spaced(words.beside, words.joined(main), place, beside, *around)
    if inside and not plan.place_leads:
        return spaced(words.beside, words.joined(inside), place, *around)
    settings = [term for term in (plan.place, *plan.around) if term]
    first = words.alone(settings[0]) if settings else ""
    return spaced(words.beside, first, beside, *map(words.setting, settings[1:])) if first else ""
