"""Stage 6: rank vocabulary terms by similarity to an image, and tell how probably each is true of it.

A cosine alone is comparable neither between terms (some are like every picture) nor between pictures, so both
biases are taken out: the term's in closed form from mean and covariance of picture vectors, the picture's by
standardising over the vocabulary, see `scores`. Probabilities come from figures fitted on labelled pictures.
What follows from them is up to `choose`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alttext.ranking import calibration as calibrations
from alttext.ranking import term_vectors
from alttext.ranking.calibration import UNKNOWN_MEDIUM_SCALE, UNKNOWN_OFFSET, UNKNOWN_SCALE, Calibration
from alttext.ranking.choose import Chooser
from alttext.ranking.encode import Encoder
from alttext.ranking.scores import in_deviations, logit, row_scores, sigmoid, softmax, spreads
from alttext.ranking.term_rows import TermRows
from alttext.ranking.vocabulary import Vocabulary
from alttext.types import Ranking

Array = NDArray[np.float32]

UNPROVEN_CEILING = 0.84  # for a kind (a breed, say) that no label ever told from its parent
PEOPLE_GATE = 0.1  # probability of people at which terms are held back that have been used to insult people
OWN_SCALE = frozenset({"medium", "sensitive", "mood"})  # facets that take no share from the others
_ANIMAL = "animal"


def load(
    encoder: Encoder, vocabulary: Vocabulary, folder: Path | None = None, model: Path | None = None
) -> "Ranker":
    """A ranker for one model, which may lie in a folder with figures of its own, and one vocabulary.

    Raises ModelError if the model's figures are damaged.
    """
    vectors = term_vectors.load(vocabulary.terms, encoder, folder, model)
    return Ranker(vocabulary, vectors, calibrations.load(encoder.model_id, encoder.dim, folder, model))


@dataclass(frozen=True)
class Ranker:
    """A vocabulary, its vectors `(terms, d)` and the figures of the model that made them."""

    vocabulary: Vocabulary
    vectors: Array
    calibration: Calibration

    def rank(self, images: Array, crops: Sequence[Array] = ()) -> list[Ranking]:
        """One ranking for each of the unit rows `(n, d)`.

        `crops`: for each way to crop, the rows of the cropped pictures.
        """
        scores = self.scores(images)
        confidences = self.confidences(images, scores, crops)
        chooser = Chooser(self.rows, self.vectors)
        return [chooser.ranking(*each) for each in zip(scores, confidences, strict=True)]

    def scores(self, images: Array) -> Array:
        """`(n, terms)`: for media, sensitive terms and moods by column, for all others by column and row."""
        column = in_deviations(images, self.vectors, self.calibration.mean, self._spreads)
        shared = ~self.rows.are_of(*OWN_SCALE)
        return np.where(shared, row_scores(column, shared), column) if shared.any() else column

    def sensitivity(self, images: Array) -> Array:
        """How much each picture is like something sensitive, in deviations from what is usual `(n,)`."""
        scores: Array = self.scores(images)[:, self.rows.are_of("sensitive")].max(axis=1, initial=0)
        return scores

    def confidences(self, images: Array, scores: Array, crops: Sequence[Array] = ()) -> Array:
        """Probabilities `(n, terms)`; a parent is never less probable than its child."""
        probabilities = self._single(images, scores)
        if crops:
            parts = [self._single(part, self.scores(part)) for part in crops]
            probabilities = self._seen_closer(probabilities, np.max(parts, axis=0))
        self._hold_insults(probabilities)
        self.rows.raise_parents(probabilities)
        self._need_actors(probabilities)
        return np.minimum(probabilities, self.calibration.ceiling)

    def _seen_closer(self, whole: Array, part: Array) -> Array:
        """With what a part of the picture shows better than the whole: half way up, as logits.

        A part alone says too much: of four, one always looks like something.
        """
        closer = sigmoid(np.float32(0.5) * (logit(whole) + logit(part)))
        return np.where(self.rows.are_of("medium"), whole, np.maximum(whole, closer))

    def _single(self, images: Array, scores: Array) -> Array:
        """Probabilities of each term for itself, before parents get what their children have."""
        logits = self.logits(images, scores)
        probabilities = sigmoid(logits)
        unproven = probabilities[:, self._unproven]
        probabilities[:, self._unproven] = np.minimum(unproven, UNPROVEN_CEILING)
        rows, competing = self.media(images, logits)
        probabilities[:, self.rows.are_of("medium")] = 0
        probabilities[:, rows] = softmax(competing)
        return probabilities

    def _hold_insults(self, probabilities: Array) -> None:
        """Take out, in place, what has been used to insult people, wherever these may be in the picture.

        Before parents are raised, since "an animal" would say the same in other words.
        """
        people = probabilities[:, self.rows.are_of("people")].max(axis=1, initial=0)
        probabilities[np.ix_(people >= PEOPLE_GATE, self.rows.are_insults)] = 0

    def _need_actors(self, probabilities: Array) -> None:
        """Make nothing that is done, in place, more probable than that somebody is there to do it."""
        actors = self.rows.are_of("people") | np.array([term.id == _ANIMAL for term in self.vocabulary.terms])
        if actors.any():
            somebody = probabilities[:, actors].max(axis=1, keepdims=True)
            done = self.rows.are_of("activity")
            probabilities[:, done] = np.minimum(probabilities[:, done], somebody)

    def logits(self, images: Array, scores: Array) -> Array:
        """What the figures make of each score alone `(n, terms)`, before terms are compared."""
        logits = self.lines(scores)
        rows, directions, biases = self._corrections
        logits[:, rows] += (images - self.calibration.mean) @ directions.T + biases
        return logits

    def lines(self, scores: Array) -> Array:
        """Logits of scores by the figures of their facets alone `(n, terms)`."""
        return scores * self._scales + self._offsets

    def media(self, images: Array, logits: Array) -> tuple[NDArray[np.int64], Array]:
        """Rows and logits of the media, which exclude each other: those with directions, or all if none has.

        Without directions they are compared by plain cosine: among photographs alone, the standardised score
        of "a photograph" would tell nothing.
        """
        rows = np.flatnonzero(self.rows.are_of("medium"))
        fitted = np.intersect1d(rows, self._corrections[0])
        if len(fitted):
            return fitted, logits[:, fitted]
        scale = self.calibration.scales.get("medium", UNKNOWN_MEDIUM_SCALE)
        return rows, (images @ self.vectors[rows].T * scale).astype(np.float32)

    @cached_property
    def rows(self) -> TermRows:
        """The vocabulary as masks over its rows."""
        return TermRows(self.vocabulary)

    @cached_property
    def _spreads(self) -> Array:
        return spreads(self.vectors, self.calibration.covariance)

    @cached_property
    def _unproven(self) -> NDArray[np.bool_]:
        """Terms without labelled pictures whose parent has some: ranked, but never measured."""
        proven = set(self._corrections[0].tolist())
        return np.array(
            [
                row not in proven and bool(proven.intersection(above[:1]))
                for row, above in enumerate(self.rows.above)
            ]
        )

    @cached_property
    def _scales(self) -> Array:
        scales = self.calibration.scales
        return np.array([scales.get(str(facet), UNKNOWN_SCALE) for facet in self.rows.facets], np.float32)

    @cached_property
    def _offsets(self) -> Array:
        offsets = self.calibration.offsets
        return np.array([offsets.get(str(facet), UNKNOWN_OFFSET) for facet in self.rows.facets], np.float32)

    @cached_property
    def _corrections(self) -> tuple[NDArray[np.int64], Array, Array]:
        """Rows of the terms that labelled pictures corrected, their directions `(k, d)` and biases `(k,)`."""
        figures = self.calibration
        keys = [term_vectors.key_of(term, figures.model_id) for term in self.vocabulary.terms]
        rows = [row for row, key in enumerate(keys) if key in figures.corrections]
        found = [figures.corrections[keys[row]] for row in rows]
        directions = np.array([direction for direction, _ in found], np.float32).reshape(
            len(rows), len(figures.mean)
        )
        return np.array(rows, np.int64), directions, np.array([bias for _, bias in found], np.float32)
