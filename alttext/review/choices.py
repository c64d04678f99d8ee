"""Phrases that a person may put into an alternative: what the ranking knows, by what they are about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from alttext.review.tasks import Task
from alttext.types import Candidate

LEAST = 0.15  # of confidence; what is less likely is in the way
MOST = 5  # phrases about one thing

# In the order in which a sentence says them. What is missing is ranked and never said.
TITLES: Mapping[str, str] = MappingProxyType(
    {
        "people": "People",
        "object": "Things",
        "activity": "Action",
        "scene": "Place",
        "weather": "Weather",
        "season": "Season",
        "light": "Light",
        "mood": "Mood",
        "material": "Material",
        "composition": "View",
        "medium": "Kind of picture",
    }
)
_UNSAID = frozenset({"decoration"})  # what is decorative needs no words


@dataclass(frozen=True, slots=True)
class Choice:
    """One phrase."""

    key: str  # what a form sends for it
    phrase: str
    confidence: float = 0.0  # 0: nobody has estimated it
    is_own: bool = False  # a person wrote it before


def by_facet(task: Task) -> dict[str, list[Choice]]:
    """Return the likely phrases under the titles of their facets, the likeliest first."""
    described = task.finding.description
    found = {title: _of(described.candidates if described else (), facet) for facet, title in TITLES.items()}
    return {title: choices for title, choices in found.items() if choices}


def whole(task: Task) -> list[Choice]:
    """Return the texts to go on from: own earlier words, the suggestion, and what the author has written."""
    described = task.finding.description
    sure = described.confidence if described and described.text == task.suggestion else 0.0
    texts = (
        Choice("earlier", task.earlier, is_own=True),
        Choice("suggestion", task.suggestion or "", sure),
        Choice("present", task.ref.alt or ""),
    )
    return [choice for choice in texts if choice.phrase.strip()]


def phrase_of(task: Task, key: str) -> str:
    """Return the phrase that a form has named, "" if there is none."""
    offered = [*whole(task), *(choice for some in by_facet(task).values() for choice in some)]
    return next((choice.phrase for choice in offered if choice.key == key), "")


def added(text: str, phrase: str) -> str:
    """Return a text with a phrase after it; the script of the page does the same at the cursor."""
    text = text.rstrip()
    if not text:
        return phrase[:1].upper() + phrase[1:]
    if text.endswith("("):
        return f"{text}{phrase}"
    return f"{text} {phrase}" if text.endswith((",", ";", ":", "–", "—")) else f"{text}, {phrase}"


def _of(candidates: Iterable[Candidate], facet: str) -> list[Choice]:
    likely = [each for each in candidates if each.term.facet == facet and each.confidence >= LEAST]
    best = sorted(likely, key=lambda each: -each.confidence)
    said = (each for each in best if each.term.emit and each.term.id not in _UNSAID)
    return [Choice(each.term.id, each.term.shown, each.confidence) for each in said][:MOST]
