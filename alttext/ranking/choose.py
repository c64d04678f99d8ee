"""What follows from the probabilities of terms for one picture: what may be said, is shown, or holds it back.

Among a term and its parents the most specific one that is true enough is chosen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alttext.ranking.term_rows import TermRows
from alttext.rules.problems import SENSITIVE
from alttext.types import Candidate, Ranking

Array = NDArray[np.float32]

TARGET = 0.85  # a term is preferred to its parent if it is at least so probable
POSSIBLE = 0.5  # what is less probable is not even suggested
SHOWN = 0.05  # candidates below are not worth listing
SHOWN_PER_FACET = 5
ALIKE = 0.85  # cosine of two terms of which one adds nothing
SENSITIVE_GATE = 3.5  # deviations above what photographs usually score; 1 in 100 ordinary ones gets there
CONTENT = ("people", "activity", "object", "scene", "material")
STRANGENESS = 1.0  # deviations by which a distractor must beat all content


@dataclass(frozen=True)
class Chooser:
    """Chooses among the terms of a vocabulary, whose vectors `(terms, d)` tell which of them are alike."""

    rows: TermRows
    vectors: Array

    def ranking(self, scores: Array, confidences: Array) -> Ranking:
        """What is to be said of one picture, whose terms have these scores and probabilities `(terms,)`."""
        allowed = np.where(self.rows.are_silent, 0, confidences)
        chosen = self._distinct(self._most_specific(allowed), allowed)
        return Ranking(
            medium=self._medium(confidences),
            candidates=tuple(self._candidates(allowed, scores)),
            chosen=tuple(self._candidate(row, scores, allowed) for row in chosen),
            held=tuple(self._reasons(scores, confidences)),
        )

    def _medium(self, confidences: Array) -> str:
        """The most probable medium, in general terms: a chart, whichever kind of chart it is. "" in doubt."""
        vocabulary = self.rows.vocabulary
        if confidences[self.rows.are_of("medium")].max(initial=0) < POSSIBLE:
            return ""
        media = vocabulary.of_facet("medium")
        best = max(media, key=lambda term: (confidences[vocabulary.row[term.id]], term.parent != ""))
        line = [best, *vocabulary.ancestors(best)]
        return line[-2].id if len(line) > 1 else line[0].id

    def _most_specific(self, confidences: Array) -> list[int]:
        """Rows, none above another: the deepest that reach the target, then the deepest that are possible.

        That it is in or out of doors stands beside them, for when no place is sure enough to be named.
        """
        beside = self.rows.are_vague
        is_content = ~self.rows.are_of("medium") & ~beside
        chosen: list[int] = []
        for least in (TARGET, POSSIBLE):
            rows = [int(row) for row in np.flatnonzero((confidences >= least) & is_content)]
            chosen += self._deepest(rows, chosen)
        return [*chosen, *map(int, np.flatnonzero((confidences >= TARGET) & beside))]

    def _deepest(self, rows: Sequence[int], chosen: Sequence[int]) -> list[int]:
        """Those rows that have none of the others below them, on no line with what is chosen already."""
        above = self.rows.above
        lines = {other for row in chosen for other in (row, *above[row])}
        free = [row for row in rows if row not in lines and not lines.intersection(above[row])]
        inner = {other for row in free for other in above[row]}
        return [row for row in free if row not in inner]

    def _distinct(self, rows: Sequence[int], confidences: Array) -> list[int]:
        """The rows, best first, without those that are much like a better one of the same facet."""
        kept: list[int] = []
        facets = self.rows.facets
        for row in sorted(rows, key=lambda each: -confidences[each]):
            rivals = [other for other in kept if facets[other] == facets[row]]
            if not rivals or (self.vectors[rivals] @ self.vectors[row]).max() <= ALIKE:
                kept.append(row)
        return kept

    def _candidates(self, confidences: Array, scores: Array) -> Iterator[Candidate]:
        for facet in self.rows.vocabulary.facets:
            rows = np.flatnonzero(self.rows.are_of(facet) & (confidences >= SHOWN))
            best = sorted(rows.tolist(), key=lambda row: -confidences[row])[:SHOWN_PER_FACET]
            yield from (self._candidate(row, scores, confidences) for row in best)

    def _candidate(self, row: int, scores: Array, confidences: Array) -> Candidate:
        return Candidate(self.rows.vocabulary.terms[row], float(scores[row]), float(confidences[row]))

    def _reasons(self, scores: Array, confidences: Array) -> Iterator[str]:
        """Why the picture is left for a person, whatever else is true of it."""
        if self._may_be_sensitive(scores, confidences):
            yield SENSITIVE
        if self._is_unclear(confidences) or self._is_strange(scores):
            yield "low-confidence"

    def _may_be_sensitive(self, scores: Array, confidences: Array) -> bool:
        of_facet = self.rows.are_of("sensitive")
        likely = confidences[of_facet | self.rows.are_sensitive_scenes].max(initial=0)
        return bool(scores[of_facet].max(initial=0) >= SENSITIVE_GATE or likely >= POSSIBLE)

    def _is_unclear(self, confidences: Array) -> bool:
        """Whether nobody can tell what kind of picture it is."""
        is_medium = self.rows.are_of("medium")
        return bool(is_medium.any() and confidences[is_medium].max() < POSSIBLE)

    def _is_strange(self, scores: Array) -> bool:
        """Whether it is more like something that is never said than like any content."""
        strangest = scores[self.rows.are_of("distractor")].max(initial=-np.inf)
        return bool(strangest > scores[self.rows.are_of(*CONTENT)].max(initial=-np.inf) + STRANGENESS)
