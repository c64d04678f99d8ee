"""Stage 6: rank vocabulary terms by similarity to an image, and tell which are true enough to be said.

A cosine alone is comparable neither between terms (some are like every picture) nor between pictures, so both
biases are taken out: the term's in closed form from mean and covariance of picture vectors, the picture's by
standardising over the vocabulary (SPARC, https://arxiv.org/abs/2502.16911). Probabilities come from figures
fitted on labelled pictures; among a term and its parents the most specific one that is true enough is kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alttext.ranking import calibration as calibrations
from alttext.ranking import term_vectors
from alttext.ranking.calibration import UNKNOWN_MEDIUM_SCALE, UNKNOWN_OFFSET, UNKNOWN_SCALE, Calibration
from alttext.ranking.encode import Encoder
from alttext.ranking.vocabulary import Vocabulary
from alttext.types import Candidate, Ranking

Array = NDArray[np.float32]

TARGET = 0.85  # a term is preferred to its parent if it is at least so probable
UNPROVEN_CEILING = 0.84  # for a kind (a breed, say) that no label ever told from its parent
POSSIBLE = 0.5  # what is less probable is not even suggested
SHOWN = 0.05  # candidates below are not worth listing
SHOWN_PER_FACET = 5
ALIKE = 0.85  # cosine of two terms of which one adds nothing
PEOPLE_GATE = 0.1  # probability of people at which terms are held back that have been used to insult people
SENSITIVE_GATE = 3.5  # deviations above what photographs usually score; 1 in 100 ordinary ones gets there
OWN_SCALE = frozenset({"medium", "sensitive", "mood"})  # facets that take no share from the others
CONTENT = ("people", "activity", "object", "scene", "material")
STRANGENESS = 1.0  # deviations by which a distractor must beat all content
_ANIMAL = "animal"
_LEAST_SPREAD = 1e-6
_TINY = 1e-6


def load(
    encoder: Encoder, vocabulary: Vocabulary, folder: Path | None = None, model: Path | None = None
) -> "Ranker":
    """A ranker for one model, which may lie in a folder with figures of its own, and one vocabulary.

    Raises ModelError if the model's figures are damaged.
    """
    vectors = term_vectors.load(vocabulary.terms, encoder, folder)
    return Ranker(vocabulary, vectors, calibrations.load(encoder.model_id, encoder.dim, folder, model))


def column_scores(images: Array, vectors: Array, mean: Array, covariance: Array) -> Array:
    """Similarities `(n, terms)` in standard deviations of what each term scores on photographs."""
    return in_deviations(images, vectors, mean, spreads(vectors, covariance))


def in_deviations(images: Array, vectors: Array, mean: Array, spread: Array) -> Array:
    """Similarities `(n, terms)` in standard deviations that are known."""
    scores: Array = (((images - mean) @ vectors.T) / spread).astype(np.float32)
    return scores


def spreads(vectors: Array, covariance: Array) -> Array:
    """How much the similarity of each term varies among photographs."""
    variances = ((vectors @ covariance) * vectors).sum(axis=1)
    deviations: Array = np.sqrt(np.maximum(variances, _LEAST_SPREAD**2))
    return deviations


def row_scores(scores: Array, shared: NDArray[np.bool_]) -> Array:
    """Each picture's scores in standard deviations over its `shared` terms."""
    among = scores[:, shared]
    spread = np.maximum(among.std(axis=1, keepdims=True), _LEAST_SPREAD)
    standard: Array = (scores - among.mean(axis=1, keepdims=True)) / spread
    return standard.astype(np.float32)


def sigmoid(logits: Array) -> Array:
    """Probabilities of logits."""
    probabilities: Array = np.float32(1) / (np.float32(1) + np.exp(-np.clip(logits, -50, 50)))
    return probabilities.astype(np.float32)


def logit(probabilities: Array) -> Array:
    """Logits of probabilities; of 0 and 1 as of something very near."""
    inner = np.clip(probabilities, _TINY, 1 - _TINY)
    logits: Array = np.log(inner / (1 - inner))
    return logits


def softmax(logits: Array) -> Array:
    """Shares that add up to 1 in each row."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
    shares: Array = powers / powers.sum(axis=1, keepdims=True)
    return shares


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
        return [self._ranking(*each) for each in zip(scores, confidences, strict=True)]

    def scores(self, images: Array) -> Array:
        """`(n, terms)`: for media, sensitive terms and moods by column, for all others by column and row."""
        column = in_deviations(images, self.vectors, self.calibration.mean, self._spreads)
        shared = ~self._is_of(*OWN_SCALE)
        return np.where(shared, row_scores(column, shared), column) if shared.any() else column

    def sensitivity(self, images: Array) -> Array:
        """How much each picture is like something sensitive, in deviations from what is usual `(n,)`."""
        scores: Array = self.scores(images)[:, self._is_of("sensitive")].max(axis=1, initial=0)
        return scores

    def confidences(self, images: Array, scores: Array, crops: Sequence[Array] = ()) -> Array:
        """Probabilities `(n, terms)`; a parent is never less probable than its child."""
        probabilities = self._single(images, scores)
        if crops:
            parts = [self._single(part, self.scores(part)) for part in crops]
            probabilities = self._seen_closer(probabilities, np.max(parts, axis=0))
        self._hold_insults(probabilities)
        self.raise_parents(probabilities)
        self._need_actors(probabilities)
        return np.minimum(probabilities, self.calibration.ceiling)

    def _seen_closer(self, whole: Array, part: Array) -> Array:
        """With what a part of the picture shows better than the whole: half way up, as logits.

        A part alone says too much: of four, one always looks like something.
        """
        closer = sigmoid(np.float32(0.5) * (logit(whole) + logit(part)))
        return np.where(self._is_of("medium"), whole, np.maximum(whole, closer))

    def _single(self, images: Array, scores: Array) -> Array:
        """Probabilities of each term for itself, before parents get what their children have."""
        logits = self.logits(images, scores)
        probabilities = sigmoid(logits)
        unproven = probabilities[:, self._unproven]
        probabilities[:, self._unproven] = np.minimum(unproven, UNPROVEN_CEILING)
        rows, competing = self.media(images, logits)
        probabilities[:, self._is_of("medium")] = 0
        probabilities[:, rows] = softmax(competing)
        return probabilities

    def _hold_insults(self, probabilities: Array) -> None:
        """Take out, in place, what has been used to insult people, wherever these may be in the picture.

        Before parents are raised, since "an animal" would say the same in other words.
        """
        may_be_people = probabilities[:, self._is_of("people")].max(axis=1, initial=0) >= PEOPLE_GATE
        probabilities[np.ix_(may_be_people, self._insults)] = 0

    def _need_actors(self, probabilities: Array) -> None:
        """Make nothing that is done, in place, more probable than that somebody is there to do it."""
        actors = self._is_of("people") | np.array([term.id == _ANIMAL for term in self.vocabulary.terms])
        if actors.any():
            somebody = probabilities[:, actors].max(axis=1, keepdims=True)
            done = self._is_of("activity")
            probabilities[:, done] = np.minimum(probabilities[:, done], somebody)

    def logits(self, images: Array, scores: Array) -> Array:
        """What the figures make of each score alone `(n, terms)`, before terms are compared."""
        logits = self.lines(scores)
        rows, directions, biases = self._corrections
        logits[:, rows] += (images - self.calibration.mean) @ directions.T + biases
        return logits

    def lines(self, scores: Array) -> Array:
        """Logits of scores by the figures of their facets alone."""
        return scores * self._scales + self._offsets

    def media(self, images: Array, logits: Array) -> tuple[NDArray[np.int64], Array]:
        """Rows and logits of the media, which exclude each other: those with directions, or all if none has.

        Without directions they are compared by plain cosine: among photographs alone, the standardised score
        of "a photograph" would tell nothing.
        """
        rows = np.flatnonzero(self._is_of("medium"))
        fitted = np.intersect1d(rows, self._corrections[0])
        if len(fitted):
            return fitted, logits[:, fitted]
        scale = self.calibration.scales.get("medium", UNKNOWN_MEDIUM_SCALE)
        return rows, (images @ self.vectors[rows].T * scale).astype(np.float32)

    def raise_parents(self, values: Array) -> None:
        """Make the value of each parent at least that of its child, in place."""
        for child, parent in self._edges:
            np.maximum(values[:, parent], values[:, child], out=values[:, parent])

    def _ranking(self, scores: Array, confidences: Array) -> Ranking:
        allowed = np.where(self._is_silent, 0, confidences)
        chosen = self._distinct(self._most_specific(allowed), allowed)
        return Ranking(
            medium=self._medium(confidences),
            candidates=tuple(self._candidates(allowed, scores)),
            chosen=tuple(self._candidate(row, scores, allowed) for row in chosen),
            held=tuple(self._reasons(scores, confidences)),
        )

    def _medium(self, confidences: Array) -> str:
        """The most probable medium, in general terms: a chart, whichever kind of chart it is. "" in doubt."""
        media = self.vocabulary.of_facet("medium")
        if confidences[self._is_of("medium")].max(initial=0) < POSSIBLE:
            return ""
        best = max(media, key=lambda term: (confidences[self.vocabulary.row[term.id]], term.parent != ""))
        line = [best, *self.vocabulary.ancestors(best)]
        return line[-2].id if len(line) > 1 else line[0].id

    def _most_specific(self, confidences: Array) -> list[int]:
        """Rows, none above another: the deepest that reach the target, then the deepest that are possible.

        That it is in or out of doors stands beside them, for when no place is sure enough to be named.
        """
        beside = self._stands_alone
        chosen: list[int] = []
        for least in (TARGET, POSSIBLE):
            lines = {above for row in chosen for above in (row, *self._above[row])}
            is_content = ~self._is_of("medium") & ~beside
            rows = [int(row) for row in np.flatnonzero((confidences >= least) & is_content)]
            free = [row for row in rows if row not in lines and not lines.intersection(self._above[row])]
            inner = {above for row in free for above in self._above[row]}
            chosen += [row for row in free if row not in inner]
        return [*chosen, *map(int, np.flatnonzero((confidences >= TARGET) & beside))]

    def _distinct(self, rows: Sequence[int], confidences: Array) -> list[int]:
        """The rows, best first, without those that are much like a better one of the same facet."""
        kept: list[int] = []
        for row in sorted(rows, key=lambda each: -confidences[each]):
            rivals = [other for other in kept if self._facets[other] == self._facets[row]]
            if not rivals or (self.vectors[rivals] @ self.vectors[row]).max() <= ALIKE:
                kept.append(row)
        return kept

    def _candidates(self, confidences: Array, scores: Array) -> Iterator[Candidate]:
        for facet in self.vocabulary.facets:
            rows = np.flatnonzero(self._is_of(facet) & (confidences >= SHOWN))
            best = sorted(rows.tolist(), key=lambda row: -confidences[row])[:SHOWN_PER_FACET]
            yield from (self._candidate(row, scores, confidences) for row in best)

    def _candidate(self, row: int, scores: Array, confidences: Array) -> Candidate:
        return Candidate(self.vocabulary.terms[row], float(scores[row]), float(confidences[row]))

    def _reasons(self, scores: Array, confidences: Array) -> Iterator[str]:
        """Why the picture is left for a person, whatever else is true of it."""
        of_facet, of_scenes = self._is_of("sensitive"), self._is_sensitive_scene
        if (
            scores[of_facet].max(initial=0) >= SENSITIVE_GATE
            or confidences[of_facet | of_scenes].max(initial=0) >= POSSIBLE
        ):
            yield "sensitive-image"
        is_medium = self._is_of("medium")
        is_unclear = is_medium.any() and confidences[is_medium].max() < POSSIBLE
        strangest = scores[self._is_of("distractor")].max(initial=-np.inf)
        if is_unclear or strangest > scores[self._is_of(*CONTENT)].max(initial=-np.inf) + STRANGENESS:
            yield "low-confidence"

    def _is_of(self, *facets: str) -> NDArray[np.bool_]:
        if facets not in self._masks:
            self._masks[facets] = np.asarray(np.isin(self._facets, facets), np.bool_)
        return self._masks[facets]

    @cached_property
    def _masks(self) -> dict[tuple[str, ...], NDArray[np.bool_]]:
        """Answers about facets, of which every picture asks some dozens."""
        return {}

    def _forms(self, key: str) -> NDArray[np.str_]:
        return np.array([dict(term.grammar).get(key, "") for term in self.vocabulary.terms])

    @cached_property
    def _spreads(self) -> Array:
        return spreads(self.vectors, self.calibration.covariance)

    @cached_property
    def _facets(self) -> NDArray[np.str_]:
        return np.array([term.facet for term in self.vocabulary.terms])

    @cached_property
    def _is_silent(self) -> NDArray[np.bool_]:
        return np.array([not term.emit for term in self.vocabulary.terms])

    @cached_property
    def _is_sensitive_scene(self) -> NDArray[np.bool_]:
        return np.asarray(self._forms("risk") == "sensitive", np.bool_)

    @cached_property
    def _stands_alone(self) -> NDArray[np.bool_]:
        return np.asarray(self._forms("vague") == "alone", np.bool_)

    @cached_property
    def _insults(self) -> NDArray[np.bool_]:
        return np.asarray(self._forms("risk") == "people", np.bool_)

    @cached_property
    def _above(self) -> list[tuple[int, ...]]:
        row = self.vocabulary.row
        return [
            tuple(row[above.id] for above in self.vocabulary.ancestors(term))
            for term in self.vocabulary.terms
        ]

    @cached_property
    def _edges(self) -> list[tuple[int, int]]:
        """Pairs of child and parent, the deepest children first."""
        deepest_first = sorted(range(len(self._above)), key=lambda row: -len(self._above[row]))
        return [(row, self._above[row][0]) for row in deepest_first if self._above[row]]

    @cached_property
    def _unproven(self) -> NDArray[np.bool_]:
        """Terms without labelled pictures whose parent has some: ranked, but never measured."""
        proven = set(self._corrections[0].tolist())
        return np.array(
            [
                row not in proven and bool(proven.intersection(above[:1]))
                for row, above in enumerate(self._above)
            ]
        )

    @cached_property
    def _scales(self) -> Array:
        scales = self.calibration.scales
        return np.array([scales.get(str(facet), UNKNOWN_SCALE) for facet in self._facets], np.float32)

    @cached_property
    def _offsets(self) -> Array:
        offsets = self.calibration.offsets
        return np.array([offsets.get(str(facet), UNKNOWN_OFFSET) for facet in self._facets], np.float32)

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
