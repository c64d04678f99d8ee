"""Stage 7: choose what to say of a picture, and say it in one short, true sentence, or abstain.

The order is that of people who describe for others: who and what they do, things, the setting, the light.
Sources: https://www.w3.org/WAI/tutorials/images/informative/ and Wu et al. 2017, "Automatic alt-text"
(https://doi.org/10.1145/2998181.2998364), whose rule it keeps: say less rather than something untrue.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from math import prod

from alttext.remediation import sentence
from alttext.types import ENGLISH, Candidate, Context, Description, Ranking, Term, Wording

LEAST = 0.85  # probability that the whole sentence is true, while terms are added to it
_PHOTOGRAPH = ("", "photograph")
_ARTWORK = {
    "artwork": "an artwork", "painting": "a painting", "drawing": "a drawing", "sketch": "a sketch",
    "cartoon": "a cartoon", "illustration": "an illustration", "print": "a print",
    "rendering": "a 3D rendering",
}  # fmt: skip
# Terms without a parent ("an animal", "indoors") are too general to be worth hearing alone.
_TELLING = frozenset({"object", "scene", "activity"})
_PLACES = {"people": 1, "activity": 1, "object": 3, "scene": 1, "weather": 1, "light": 1}  # of each facet


def compose(ranking: Ranking, context: Context, wording: Wording | None = None) -> Description:
    """Describe a picture by the terms that were ranked as true of it; the text is None when abstaining.

    What the caption or the text beside the image says already is left out. `wording`: how the language of the
    page says the terms; None is English. Nothing is ever said in another language.
    """
    if ranking.medium not in _PHOTOGRAPH and ranking.medium not in _ARTWORK:
        return _silent(ranking, "not-a-photograph")
    if ranking.held:
        return _silent(ranking, *ranking.held)
    worded = _worded(ranking, wording) if wording else ranking
    said, confidence = choose(worded, context)
    text = _sentence(said, ranking.medium, wording)
    if text is None:
        is_lost = said or (choose(ranking, context)[0] and not choose(worded, Context())[0])
        return _silent(ranking, "language-without-vocabulary" if is_lost else "low-confidence")
    is_weak = confidence < LEAST
    return Description(
        text,
        confidence,
        ranking.candidates,
        ranking.medium,
        review=is_weak,
        reasons=("low-confidence" if is_weak else "described",),
        lang=wording.lang if wording else ENGLISH,
    )


def choose(ranking: Ranking, context: Context) -> tuple[list[Candidate], float]:
    """The terms to say and the probability that all of them are true; nothing if nothing is telling.

    The surest telling term, with its actor if it needs one, then whatever can be added before the whole
    becomes doubtful.
    """
    sure_first = sorted(ranking.chosen, key=lambda each: -each.confidence)
    open_terms = [
        each for each in sure_first if not _is_said(each.term, context) and not _is_vague(each.term)
    ]
    for first in (each for each in open_terms if each.term.facet in _TELLING):
        said = _with_actor(first, open_terms)
        if said:
            return _extended(said, open_terms)
    return [], 0.0


def from_author(text: str, certain: bool) -> Description:
    """The words that an author left in the picture file; without certainty a person has to agree."""
    return Description(text, float(certain), review=not certain, reasons=("author-text",))


def _extended(said: list[Candidate], others: list[Candidate]) -> tuple[list[Candidate], float]:
    confidence = prod(each.confidence for each in said)
    for each in [*others, *others]:  # again for those whose actor came only after them
        if each not in said and _fits(each.term, said) and confidence * each.confidence >= LEAST:
            said = [*said, each]
            confidence *= each.confidence
    return said, confidence


def _with_actor(first: Candidate, others: list[Candidate]) -> list[Candidate]:
    """The term by itself, or with whom it takes to do or to wear it; none if nobody is there."""
    if first.term.facet != "activity" and not sentence.is_worn(first.term):
        return [first]
    people = [each for each in others if each.term.facet == "people"]
    return [people[0], first] if people and _fits(first.term, people[:1]) else []


def _is_vague(term: Term) -> bool:
    return not term.parent and term.facet in _TELLING


def _fits(term: Term, said: list[Candidate]) -> bool:
    facets = [each.term.facet for each in said]
    if facets.count(term.facet) >= _PLACES.get(term.facet, 0):
        return False
    if term.facet == "activity":
        return _has_actor(term, said)
    return not sentence.is_worn(term) or _is_one_person(said)


def _is_one_person(said: list[Candidate]) -> bool:
    """Whether somebody was named who can wear a single hat."""
    people = [each.term for each in said if each.term.facet == "people"]
    return bool(people) and sentence.form(people[0], "number") != "plural"


def _has_actor(activity: Term, said: list[Candidate]) -> bool:
    """Whether somebody was named who can do that."""
    is_peoples = sentence.form(activity, "subject") != "animal"
    return is_peoples and any(each.term.facet == "people" for each in said)


def _is_said(term: Term, context: Context) -> bool:
    """Whether the words beside the picture have a name of the term, in the singular or plural."""
    beside = f"{context.caption} {context.before[-80:]} {context.after[:80]}".lower()
    names = filter(None, [*term.prompts, sentence.form(term, "plural")])
    return any(re.search(rf"(?<!\w){re.escape(name.lower())}(?!\w)", beside) for name in names)


def _worded(ranking: Ranking, wording: Wording) -> Ranking:
    """The ranking with the chosen terms that the language has words for, none more general than another."""
    worded: dict[str, Candidate] = {}
    for each in sorted(ranking.chosen, key=lambda each: -each.confidence):
        if term := wording.terms.get(each.term.id):
            worded.setdefault(term.id, replace(each, term=term))
    general = {above.id for each in worded.values() for above in _above(each.term, wording)}
    chosen = (each for name, each in worded.items() if name not in general)
    return replace(ranking, chosen=tuple(chosen))


def _above(term: Term, wording: Wording) -> Iterator[Term]:
    while above := wording.terms.get(term.parent):
        yield above
        term = above


def _sentence(said: list[Candidate], medium: str, wording: Wording | None) -> str | None:
    """None if nothing is said, or if the language has no word for the kind of picture."""
    kind = _medium(medium, wording)
    if not said or (medium in _ARTWORK and kind is None):
        return None
    return sentence.write([each.term for each in said], kind, wording.lang if wording else ENGLISH)


def _medium(name: str, wording: Wording | None) -> Term | None:
    if wording:
        return wording.terms.get(name) if name in _ARTWORK else None
    return Term(name, "medium", _ARTWORK[name], ()) if name in _ARTWORK else None


def _silent(ranking: Ranking, *reasons: str) -> Description:
    return Description(None, 0.0, ranking.candidates, ranking.medium, reasons=reasons)
