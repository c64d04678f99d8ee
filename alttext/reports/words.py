"""What the reports say of one finding, in sentences, so that all of them say the same.

Sentences hold words of documents as they are; what a terminal or a format cannot take is up to the report.
"""

from collections.abc import Iterable

from alttext.rules import RULES
from alttext.types import Action, Candidate, Finding

LONGEST_SOURCE = 60  # code points; data URIs are longer


def message(finding: Finding) -> str:
    """Return all there is to say: what is wrong with which image, why, and what to do about it."""
    return " ".join(
        filter(None, (f"{headline(finding)}.", finding.decision.note, because(finding), proposal(finding)))
    )


def headline(finding: Finding) -> str:
    """Return what is wrong with which image."""
    return f"{problem(finding)}: {source(finding)}"


def problem(finding: Finding) -> str:
    """Return what is wrong."""
    return RULES[finding.rule].summary if finding.rule in RULES else finding.rule


def source(finding: Finding) -> str:
    """Return how the document names the picture, cut to what people read."""
    named = finding.image.src or f"<{finding.image.kind}>"
    return named if len(named) <= LONGEST_SOURCE else named[: LONGEST_SOURCE - 1] + "…"


def because(finding: Finding) -> str:
    """Return the reason for what was decided and, where a person is needed, what to do."""
    reason = RULES.get(finding.decision.reason)
    if reason is None:
        return ""
    cause = "" if reason.id == finding.rule else f"{reason.summary}."
    advice = reason.advice if finding.decision.action is Action.REVIEW else ""
    return f"{cause} {advice}".strip()


def proposal(finding: Finding) -> str:
    """Return the alternative to write or the suggestion, "" if there is none."""
    alt = finding.decision.alt
    if alt is None or finding.decision.action is Action.KEEP:
        return ""
    title = "Alternative" if finding.decision.action is Action.WRITE else "Suggestion"
    sure = confidence(finding)
    return f"{title}: {quoted(alt)}{sure and f' ({sure})'}"


def quoted(alt: str) -> str:
    """Return an alternative as it stands in a sentence."""
    return f'"{alt}"' if alt else 'an empty alternative (alt=""), which marks it as decorative'


def confidence(finding: Finding) -> str:
    """Return how likely the description is to be true, "" if the picture was not described."""
    described = finding.description
    return f"confidence {described.confidence:.2f}" if described and described.confidence else ""


def plural(number: int, noun: str) -> str:
    """Return a number of things."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def megabytes(size: int) -> str:
    """Return a size, given in bytes, as people read it."""
    return f"{size / 1e6:.1f} MB"


def ranked(candidates: Iterable[Candidate], most: int) -> dict[str, list[str]]:
    """Return the `most` best terms of each facet with their confidence, facets in the order of their best."""
    facets: dict[str, list[str]] = {}
    for candidate in sorted(candidates, key=lambda candidate: -candidate.confidence):
        found = facets.setdefault(candidate.term.facet, [])
        if len(found) < most:
            found.append(f"{candidate.term.shown} {candidate.confidence:.2f}")
    return facets
