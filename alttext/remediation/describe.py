"""Stage 7: choose what to say of a picture, and say it in one short, true sentence, or abstain.

The order is that of people who describe for others: who and what they do, things, the setting, the light.
Sources: https://www.w3.org/WAI/tutorials/images/informative/ and Wu et al. 2017, "Automatic alt-text"
(https://doi.org/10.1145/2998181.2998364), whose rule it keeps: say less rather than something untrue.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod

from alttext.remediation import sentence
from alttext.rules.problems import SENSITIVE
from alttext.types import ENGLISH, Candidate, Context, Description, Ranking, Term, Wording

# Probability that a whole sentence is true, while terms are added to it. At this one, 98 in 100 sentences
# about validation photographs have nothing wrong in them (`benchmarks/truth.py`); on strange ones, 9 in 10.
LEAST = 0.9
MOOD = 0.95  # the same for an atmosphere, of which people judge less alike than of things
_PHOTOGRAPH = ("", "photograph")
_ARTWORK = {
    "artwork": "an artwork", "painting": "a painting", "drawing": "a drawing", "sketch": "a sketch",
    "cartoon": "a cartoon", "illustration": "an illustration", "print": "a print",
    "rendering": "a 3D rendering",
}  # fmt: skip
# Terms without a parent ("an animal", "indoors") are too general to be worth hearing.
_TELLING = frozenset({"object", "scene", "activity"})
_AROUND = frozenset({"weather", "light"})
_PLACES = {"people": 1, "activity": 1, "object": 3, "scene": 1, "weather": 1, "light": 1}  # of each facet


@dataclass(frozen=True, slots=True)
class Bounds:
    """How probable something has to be before it is said."""

    sentence: float = LEAST
    mood: float = MOOD


_DEFAULT = Bounds()


def compose(
    ranking: Ranking, context: Context, wording: Wording | None = None, bounds: Bounds = _DEFAULT
) -> Description:
    """Describe a picture by the terms that were ranked as true of it; the text is None when abstaining.

    What the caption or the text beside the image says already is left out. `wording`: how the language of the
    page says the terms; None is English. Nothing is ever said in another language.
    """
    is_described = ranking.medium in _PHOTOGRAPH or ranking.medium in _ARTWORK
    if not is_described and SENSITIVE not in ranking.held:
        return _silent(ranking, "not-a-photograph")
    if ranking.held:
        return _silent(ranking, *ranking.held)
    worded = _worded(ranking, wording) if wording else ranking
    said, confidence = choose(worded, context, bounds)
    text = _sentence(said, ranking.medium, wording)
    if text is None:
        return _silent(ranking, _why_silent(ranking, worded, context, bounds, is_lost=bool(said)))
    is_weak = confidence < bounds.sentence
    return Description(
        text,
        confidence,
        ranking.candidates,
        ranking.medium,
        review=is_weak,
        reasons=("low-confidence" if is_weak else "described",),
        lang=wording.lang if wording else ENGLISH,
    )


def choose(ranking: Ranking, context: Context, bounds: Bounds = _DEFAULT) -> tuple[list[Candidate], float]:
    """The terms to say and the probability that all of them are true; nothing if nothing is telling.

    The surest telling term, with its actor if it needs one, then whatever can be added before the whole
    becomes doubtful: first what the page is about, last what is only around it. That a picture is a painting,
    say, has to be true as well, and where nothing but surroundings is said, that nobody is in them.
    """
    ordered = sorted(ranking.chosen, key=lambda each: _place(each, context, bounds))
    implied = _implied(ordered, bounds)
    if any(_is_said(each.term, context) for each in ordered[:1]):
        # The caption has the best of it, so that a doubtful rest would be a guess beside the point.
        ordered = [each for each in ordered if each.confidence >= bounds.sentence]
    open_terms = [
        each
        for each in ordered
        if not _is_said(each.term, context) and not _is_vague(each.term) and each.term.id not in implied
    ]
    medium = _medium_confidence(ranking)
    for first in (each for each in open_terms if _may_lead(each.term)):
        said = _with_actor(first, open_terms)
        if said:
            said, confidence = _extended(said, open_terms, medium, bounds)
            said, confidence = _with_mood(said, confidence, ranking, bounds)
            return said, confidence * _is_the_point(said, ranking)
    return [], 0.0


def from_author(text: str, certain: bool, *, foreign: bool = False) -> Description:
    """The words that an author left in the picture file; without certainty a person has to agree.

    `foreign`: in another language than that of the page.
    """
    why = ("author-text-in-other-language",) if foreign else ()
    return Description(text, float(certain), review=not certain, reasons=(*why, "author-text"))


def _implied(chosen: Sequence[Candidate], bounds: Bounds) -> frozenset[str]:
    """Ids of things that go without saying in a place that is sure enough to be named."""
    places = (each.term for each in chosen if each.confidence >= bounds.sentence)
    return frozenset(name for term in places for name in sentence.form(term, "implies").split(", "))


def _why_silent(ranking: Ranking, worded: Ranking, context: Context, bounds: Bounds, *, is_lost: bool) -> str:
    """Why nothing is said: for want of words in the language, because the caption says it, or in doubt."""
    without_caption, confidence = choose(worded, Context(), bounds)
    if is_lost or (not without_caption and choose(ranking, context, bounds)[0]):
        return "language-without-vocabulary"
    return "caption-says-it" if confidence >= bounds.sentence else "low-confidence"


def _place(each: Candidate, context: Context, bounds: Bounds) -> tuple[bool, int, float]:
    """Where a true term stands in the queue: what heading or title names comes before what is surest."""
    is_topic = each.confidence >= bounds.sentence and _is_named(
        each.term, f"{context.heading} {context.title}"
    )
    return not is_topic, _depth(each.term), -each.confidence


def _depth(term: Term) -> int:
    """How far behind the subject something is: 0 the subject, 1 around it, 3 in or out of doors."""
    if _is_only_beside(term):
        return 2 if term.parent else 3
    return int(_is_around(term))


def _is_around(term: Term) -> bool:
    return term.facet in _AROUND or sentence.form(term, "role") == "background"


def _is_only_beside(term: Term) -> bool:
    return sentence.form(term, "vague") == "alone"


def _may_lead(term: Term) -> bool:
    return term.facet in _TELLING and not _is_only_beside(term)


def _is_the_point(said: Sequence[Candidate], ranking: Ranking) -> float:
    """Probability that what is said is what the picture is about: trees are not, if somebody stands there."""
    if not all(_is_around(each.term) or _is_only_beside(each.term) for each in said):
        return 1.0
    subjects = (each for each in ranking.candidates if _is_subject(each.term))
    return 1 - max((each.confidence for each in subjects), default=0.0)


def _is_subject(term: Term) -> bool:
    return term.facet == "people" or term.id == "animal"


def _medium_confidence(ranking: Ranking) -> float:
    """How sure it is that a picture which is said to be a painting is one; 1 if nothing is said of that."""
    if ranking.medium not in _ARTWORK:
        return 1.0
    media = (each for each in ranking.candidates if each.term.facet == "medium")
    return max((each.confidence for each in media if each.term.id not in _PHOTOGRAPH), default=0.0)


def _with_mood(
    said: list[Candidate], confidence: float, ranking: Ranking, bounds: Bounds
) -> tuple[list[Candidate], float]:
    """With the atmosphere of the place, if a place is named and the strict bound is reached."""
    moods = (each for each in ranking.chosen if each.term.facet == "mood" and each.confidence >= bounds.mood)
    best = max(moods, key=lambda each: each.confidence, default=None)
    has_place = any(each.term.facet == "scene" for each in said)
    if best is None or not has_place or confidence * best.confidence < bounds.sentence:
        return said, confidence
    return [*said, best], confidence * best.confidence


def _extended(
    said: list[Candidate], others: list[Candidate], medium: float, bounds: Bounds
) -> tuple[list[Candidate], float]:
    confidence = medium * prod(each.confidence for each in said)
    for each in [*others, *others]:  # again for those whose actor came only after them
        is_sure = confidence * each.confidence >= bounds.sentence
        if each not in said and _fits(each.term, said) and is_sure:
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
    """Whether it is too general to be worth hearing: every root, unless its entry says otherwise."""
    vague = sentence.form(term, "vague") or ("no" if term.parent else "yes")
    return term.facet in _TELLING and vague == "yes"


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
    return _is_named(term, f"{context.caption} {context.before[-80:]} {context.after[:80]}")


def _is_named(term: Term, text: str) -> bool:
    names = filter(None, [*term.prompts, sentence.form(term, "plural")])
    return any(re.search(rf"(?<!\w){re.escape(name.lower())}(?!\w)", text.lower()) for name in names)


def _worded(ranking: Ranking, wording: Wording) -> Ranking:
    """The ranking with the chosen terms that the language has words for, none more general than another."""
    worded: dict[str, Candidate] = {}
    for each in sorted(ranking.chosen, key=lambda each: -each.confidence):
        if term := wording.terms.get(each.term.id):
            worded.setdefault(term.id, replace(each, term=term))
    above = (above for each in worded.values() for above in _above(each.term, wording))
    general = {term.id for term in above if not _is_only_beside(term)}
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
