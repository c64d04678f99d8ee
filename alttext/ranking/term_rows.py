"""The vocabulary as arrays see it: a row for each term, with what is asked of terms for every picture."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from alttext.ranking.vocabulary import Vocabulary

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class TermRows:
    """Masks `(terms,)` over the terms of a vocabulary, and which of them stand above which."""

    vocabulary: Vocabulary

    def are_of(self, *facets: str) -> Bools:
        """Which terms are of these facets; every picture asks some dozens of times, so answers are kept."""
        if facets not in self._masks:
            self._masks[facets] = np.asarray(np.isin(self.facets, facets), np.bool_)
        return self._masks[facets]

    def have(self, form: str, value: str) -> Bools:
        """Which terms have a form of this value in their entries."""
        found = [dict(term.grammar).get(form, "") == value for term in self.vocabulary.terms]
        return np.array(found, np.bool_)

    @cached_property
    def facets(self) -> NDArray[np.str_]:
        """The facet of each term."""
        return np.array([term.facet for term in self.vocabulary.terms])

    @cached_property
    def are_silent(self) -> Bools:
        """Which terms are ranked, but never said."""
        return np.array([not term.emit for term in self.vocabulary.terms], np.bool_)

    @cached_property
    def are_vague(self) -> Bools:
        """Which terms stand beside all others, such as that it is indoors."""
        return self.have("vague", "alone")

    @cached_property
    def are_sensitive_scenes(self) -> Bools:
        """Which terms name places that are sensitive to show."""
        return self.have("risk", "sensitive")

    @cached_property
    def are_insults(self) -> Bools:
        """Which terms have been used to insult people."""
        return self.have("risk", "people")

    @cached_property
    def above(self) -> list[tuple[int, ...]]:
        """Rows of the ancestors of each term, its parent first."""
        row = self.vocabulary.row
        return [
            tuple(row[above.id] for above in self.vocabulary.ancestors(term))
            for term in self.vocabulary.terms
        ]

    def raise_parents(self, values: NDArray[np.float32]) -> None:
        """Make the value of each parent at least that of its child, in place `(n, terms)`."""
        for child, parent in self._edges:
            np.maximum(values[:, parent], values[:, child], out=values[:, parent])

    @cached_property
    def _edges(self) -> list[tuple[int, int]]:
        """Pairs of child and parent, the deepest children first."""
        deepest_first = sorted(range(len(self.above)), key=lambda row: -len(self.above[row]))
        return [(row, self.above[row][0]) for row in deepest_first if self.above[row]]

    @cached_property
    def _masks(self) -> dict[tuple[str, ...], Bools]:
        return {}
