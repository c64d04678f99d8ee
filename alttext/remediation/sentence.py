"""One sentence in plain English out of terms that carry their own articles, prepositions and plurals.

Nothing is derived from strings: each entry of the vocabulary brings the forms that it needs. Words are
compared for one purpose, to say nothing twice ("a person holding an umbrella with an umbrella").
"""

import re
from collections.abc import Sequence

from alttext.types import Term

LONGEST = 250  # characters
_SETTINGS = ("scene", "weather", "light")
_WORD_RE = re.compile(r"[\w'-]+")


def form(term: Term, name: str) -> str:
    """A grammatical form of the entry, "" if it has none of that name."""
    return dict(term.grammar).get(name, "")


def is_worn(term: Term) -> bool:
    """Whether the thing is said as what somebody wears."""
    return form(term, "role") == "worn"


def write(terms: Sequence[Term], medium: Term | None = None) -> str:
    """The sentence that says the terms, surest first: who and what, then the setting, then the light.

    What another term says already is left out, and the least sure terms where the sentence gets too long.
    """
    words = _of_somebody(terms) or _of_things(terms)
    if medium is not None:
        words = f"{medium.phrase} of {words}"
    text = f"{words[0].upper()}{words[1:]}."
    return text if len(text) <= LONGEST or len(terms) == 1 else write(terms[:-1], medium)


def _of_somebody(terms: Sequence[Term]) -> str:
    """Words about whoever does something or is there, "" if that is nobody.

    Other things must not seem to be the means of an activity, or a part of clothes, so there they follow the
    place or a comma: "a person reading in a park with a dog".
    """
    doing = " ".join(term.phrase for term in _of(terms, "activity"))
    things = _things(terms, doing)
    who = _of(terms, "people")[:1] or (things[:1] if doing else [])
    if not who:
        return ""
    others = [term for term in things if term not in who]
    actor, beside = _actor(who[0], terms, doing), _with(others)
    place, weather = _settings(terms, doing)
    is_busy = bool(doing) or any(map(is_worn, terms))
    if beside and place and (is_busy or any(map(_is_background, others))):
        return _spaced(actor, *place, beside, *weather)
    if beside and is_busy:
        return f"{_spaced(actor, *weather)}, {beside}"
    if beside and all(map(_is_background, others)):
        return _spaced(_joined([*who, *others]), *weather)
    return _spaced(actor, beside, *place, *weather)


def _of_things(terms: Sequence[Term]) -> str:
    """Words about things in their setting; the setting leads where it is surer than what it contains."""
    things = [*_things(terms, ""), *filter(is_worn, terms)]
    place, weather = _settings(terms, "")
    inside = [term for term in things if place and _is_background(term)]
    main = [term for term in things if term not in inside]
    if main:
        return _spaced(_joined(main), *place, _with(inside), *weather)
    if inside and terms.index(inside[0]) < terms.index(_of(terms, "scene")[0]):
        return _spaced(_joined(inside), *place, *weather)
    first = next(term for facet in _SETTINGS for term in _of(terms, facet))
    rest = [each for each in [*place, *weather] if each != _setting(first)]
    return _spaced(form(first, "alone") or first.phrase, _with(inside), *rest)


def _actor(who: Term, terms: Sequence[Term], doing: str) -> str:
    worn = [term for term in terms if is_worn(term)]
    if not worn:
        return _spaced(who.phrase, doing)
    return _spaced(who.phrase, "wearing", _joined(worn), doing and f"and {doing}")


def _things(terms: Sequence[Term], doing: str) -> list[Term]:
    """Objects that neither the activity nor the scene names already, those of the background last."""
    named = [term.phrase for term in _of(terms, "scene")]
    things = [
        term
        for term in _of(terms, "object")
        if not is_worn(term) and not _is_named(term, [doing, *named]) and term.parent not in _words(doing)
    ]
    return sorted(things, key=_is_background)


def _settings(terms: Sequence[Term], doing: str) -> tuple[list[str], list[str]]:
    """The place, and the weather and light, without what was said before."""
    said = _words(doing)
    kept: list[Term] = []
    for term in (term for facet in _SETTINGS for term in _of(terms, facet)):
        if term.phrase.split()[-1] not in said:
            kept.append(term)
            said |= _words(term.phrase)
    place = _of(kept, "scene")
    return [_setting(term) for term in place], [_setting(term) for term in kept if term not in place]


def _is_named(term: Term, texts: Sequence[str]) -> bool:
    """Whether one of the texts has a name of the thing in it, or the noun that its name ends with."""
    names = {*term.prompts, form(term, "plural") or term.phrase, term.phrase.split()[-1]}
    return any(f" {name} " in f" {' '.join(_WORD_RE.findall(text))} " for name in names for text in texts)


def _words(text: str) -> set[str]:
    return set(_WORD_RE.findall(text))


def _is_background(term: Term) -> bool:
    return form(term, "role") == "background"


def _setting(term: Term) -> str:
    return _spaced(form(term, "preposition"), term.phrase)


def _of(terms: Sequence[Term], facet: str) -> list[Term]:
    return [term for term in terms if term.facet == facet]


def _with(things: Sequence[Term]) -> str:
    return f"with {_joined(things)}" if things else ""


def _joined(things: Sequence[Term]) -> str:
    *most, last = [term.phrase for term in things]
    return f"{', '.join(most)} and {last}" if most else last


def _spaced(*parts: str) -> str:
    """The parts in a row; a comma keeps two with "with" apart."""
    text = ""
    for part in filter(None, parts):
        comma = "," if part.startswith("with ") and " with " in text else ""
        text += f"{comma} {part}" if text else part
    return text
