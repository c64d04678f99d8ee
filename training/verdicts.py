"""What is known of one picture, term by term, so that a term agrees with those above and below it."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from alttext.ranking.vocabulary import Vocabulary

TRUE, FALSE, OPEN = 1, 0, -1

Rows = NDArray[np.intp]


class Tree:
    """The rows of a vocabulary: of facets, and of each term with those above and those below it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.facets = _grouped((term.facet, term.id) for term in vocabulary.terms)
        self.children = _grouped((term.parent, term.id) for term in vocabulary.terms if term.parent)
        above = {term.id: [each.id for each in vocabulary.ancestors(term)] for term in vocabulary.terms}
        below = _grouped((name, each) for each, names in above.items() for name in (each, *names))
        self.above = {name: self.rows((name, *names)) for name, names in above.items()}
        self.below = {name: self.rows(names) for name, names in below.items()}

    def rows(self, names: Iterable[str]) -> Rows:
        """Rows of terms by their ids."""
        return np.array([self.vocabulary.row[name] for name in names], np.intp)

    def is_below(self, name: str, roots: Iterable[str]) -> bool:
        """Whether a term is a kind of one of the roots, or one of them."""
        return any(self.vocabulary.row[root] in self.above[name] for root in roots)


class Verdicts:
    """TRUE, FALSE or OPEN for each term of a vocabulary; at first all are OPEN."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.values = np.full(len(tree.vocabulary.terms), OPEN, np.int8)  # (terms,)

    def __getitem__(self, name: str) -> int:
        """The verdict on a term, by its id."""
        return int(self.values[self.tree.vocabulary.row[name]])

    def __setitem__(self, name: str, value: int) -> None:
        """Judge one term, and none above or below it."""
        self.values[self.tree.vocabulary.row[name]] = value

    def set_facet(self, facet: str, value: int) -> None:
        """Judge all terms of a facet alike."""
        self.values[self.tree.rows(self.tree.facets[facet])] = value

    def set_kinds(self, root: str, value: int) -> None:
        """Judge a term and all its kinds alike."""
        self.values[self.tree.below[root]] = value

    def set_true(self, name: str) -> None:
        """Make a term true, and so all above it."""
        self.values[self.tree.above[name]] = TRUE

    def set_false(self, root: str) -> None:
        """Make a term and its kinds false, unless one of them is known to be true."""
        if not (self.values[self.tree.below[root]] == TRUE).any():
            self.set_kinds(root, FALSE)

    def open_above(self, facets: Iterable[str]) -> None:
        """Where a term of these facets is open, those above it cannot be false."""
        for facet in facets:
            for name in self.tree.facets.get(facet, ()):
                if self[name] == OPEN:
                    above = self.tree.above[name]
                    self.values[above[self.values[above] == FALSE]] = OPEN

    def open_below(self, facet: str) -> None:
        """Where a term of a facet is true and no kind of it is, nobody said of which kind it is."""
        for name in self.tree.facets.get(facet, ()):
            kinds = self.tree.children.get(name, ())
            if self[name] == TRUE and not any(self[kind] == TRUE for kind in kinds):
                for kind in kinds:
                    self.set_kinds(kind, OPEN)


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
