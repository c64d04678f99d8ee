"""One sentence in plain English out of terms that carry their own articles, prepositions and plurals.

Nothing is derived from strings: each entry of the vocabulary brings the forms that it needs.
"""

from collections.abc import Sequence

from alttext.types import Term

LONGEST = 250  # characters


def form(term: Term, name: str) -> str:
    """A grammatical form of the entry, "" if it has none of that name."""
    return dict(term.grammar).get(name, "")


def write(terms: Sequence[Term], medium: Term | None = None) -> str:
    """The sentence that says all of the terms: who and what first, then the setting, then the light."""
    subject = _subject(terms)
    around = [_setting(term) for facet in ("scene", "weather", "light") for term in _of(terms, facet)]
    if not subject:
        place, *rest = [*_of(terms, "scene"), *_of(terms, "weather"), *_of(terms, "light")]
        subject = form(place, "alone") or place.phrase
        around = [_setting(term) for term in rest]
    words = " ".join([subject, *around])
    if medium is not None:
        words = f"{medium.phrase} of {words}"
    return f"{words[0].upper()}{words[1:]}."


def _subject(terms: Sequence[Term]) -> str:
    people, activities = _of(terms, "people"), _of(terms, "activity")
    worn = [term for term in _of(terms, "object") if form(term, "role") == "worn"]
    things = [term for term in _of(terms, "object") if term not in worn]
    if not people:
        named = _joined([term.phrase for term in (things or worn)])
        return " ".join([named, *(term.phrase for term in activities)]) if named else ""
    said = [people[0].phrase]
    if worn:
        said.append(f"wearing {_joined([term.phrase for term in worn])}")
    if activities:
        said.append(("and " if worn else "") + activities[0].phrase)
    if things:
        said.append(f"with {_joined([term.phrase for term in things])}")
    return " ".join(said)


def _setting(term: Term) -> str:
    return f"{form(term, 'preposition')} {term.phrase}".strip()


def _of(terms: Sequence[Term], facet: str) -> list[Term]:
    return [term for term in terms if term.facet == facet]


def _joined(names: Sequence[str]) -> str:
    *most, last = names or [""]
    return f"{', '.join(most)} and {last}" if most else last
