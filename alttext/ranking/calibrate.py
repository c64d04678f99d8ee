"""Fits figures for a model on labelled pictures: plain numpy, and careful where labels are few.

A model that came with figures keeps what they know of terms; of any other, mean and covariance are those of
the labelled photographs. Then each facet gets a new line through its logits, and the media a temperature,
with the prior that nothing changes. Only the candidates that a ranking shows count, or else the many that are
plainly false would decide. Errors and the ceiling are from pictures that were left out of the fit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from alttext.errors import ModelError
from alttext.ranking import calibration as calibrations
from alttext.ranking import platt, term_vectors
from alttext.ranking.calibration import (
    UNKNOWN_CEILING,
    UNKNOWN_MEDIUM_SCALE,
    UNKNOWN_OFFSET,
    UNKNOWN_SCALE,
    Calibration,
)
from alttext.ranking.choose import SHOWN_PER_FACET, TARGET
from alttext.ranking.platt import Bools, Line
from alttext.ranking.rank import Ranker
from alttext.ranking.vocabulary import Vocabulary

LEAST_PICTURES = 50  # before anything is fitted
SENSIBLE_PICTURES = 200
LEAST_OF_FACET = 20  # pictures with a true label before a facet is fitted
CEILING = 0.99
SHRINK = 0.05  # of the covariance towards its diagonal
_MEDIUM = "medium"
_FOLDS = 5
_LEAST_FALSE = 0.2  # of the labels of candidates; no model is so good, but labels may be one-sided
_SUREST = 20  # labels that the ceiling is measured on, at least

Array = NDArray[np.float32]
Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Vectors `(n, d)` of pictures, what is known of them `(n, terms)`, and which are photographs."""

    vectors: Array
    truth: NDArray[np.int8]  # 1 true, 0 false, -1 unknown
    is_photograph: Bools


@dataclass(frozen=True, slots=True)
class FacetFit:
    """How a facet fared. Errors are of the candidates that would be shown; nan if none has a label."""

    facet: str
    pictures: int  # with a label of this facet
    true: int  # labels
    false: int
    before: float  # calibration error with the figures that the model came with
    after: float  # of the new ones, on pictures that they were not fitted on
    kept: str = ""  # why the facet was not fitted, if it was not


@dataclass(frozen=True, slots=True)
class Fitted:
    """New figures and how they fare."""

    figures: Calibration
    facets: tuple[FacetFit, ...]


def fit(
    data: Labelled,
    vocabulary: Vocabulary,
    vectors: Array,
    model_id: str,
    start: Calibration | None = None,
) -> Fitted:
    """Figures for a model; `vectors` are those of the terms.

    `start`: what to start from; None is what the model came with. Raises ModelError if there are too few
    labels to learn from, as `facets_of` does.
    """
    return _Fit(data, vocabulary, vectors, model_id, start).result()


def facets_of(truth: NDArray[np.int8], vocabulary: Vocabulary) -> dict[str, str]:
    """Facets that have labels, each with why it cannot be fitted, "" if it can.

    Raises ModelError if there are too few pictures, or if none can be fitted.
    """
    if len(truth) < LEAST_PICTURES:
        raise ModelError(
            f"too few labelled pictures to calibrate with: {len(truth)}; label {LEAST_PICTURES} at least, "
            f"better {SENSIBLE_PICTURES}"
        )
    columns = {
        facet: [vocabulary.row[term.id] for term in vocabulary.of_facet(facet)] for facet in vocabulary.facets
    }
    found = {
        facet: _why_kept(facet, truth[:, rows])
        for facet, rows in columns.items()
        if (truth[:, rows] >= 0).any()
    }
    _check_any(found)
    return found


def _check_any(kept: Mapping[str, str]) -> None:
    if all(kept.values()):
        reasons = "; ".join(f"{facet}: {why}" for facet, why in kept.items())
        raise ModelError(f"too few labels to calibrate with ({reasons}); say more of the pictures")


def _why_kept(facet: str, truth: NDArray[np.int8]) -> str:
    pictures = (truth == 1).any(axis=1).sum()
    if pictures < LEAST_OF_FACET:
        return f"pictures of which something is true: {pictures}, but it takes {LEAST_OF_FACET}"
    if (truth == 0).sum() < (truth == 1).sum() and facet != _MEDIUM:
        return "fewer labels are false than true"  # whatever is asked would come out probable
    return ""


def statistics(vectors: Array) -> tuple[Array, Array]:
    """Mean and covariance of picture vectors.

    The covariance only has to tell how much single terms vary, and few pictures tell that well enough, so it
    is hardly shrunk.
    """
    mean = vectors.mean(axis=0)
    covariance = np.cov((vectors - mean).T)
    shrunk = (1 - SHRINK) * covariance + SHRINK * np.diag(np.diag(covariance))
    return mean.astype(np.float32), shrunk.astype(np.float32)


def ceiling(confidences: Array, is_true: Bools, prior: float) -> float:
    """How right the surest predictions were, counted with two more that were as right as the prior says."""
    surest = np.argsort(-confidences, kind="stable")[: (confidences >= TARGET).sum()]
    rates = (np.cumsum(is_true[surest]) + 2 * prior) / (np.arange(len(surest)) + 3)
    best = rates[min(_SUREST, len(rates)) - 1 :].max() if len(rates) else prior
    return float(np.clip(best, UNKNOWN_CEILING, CEILING))


@dataclass(frozen=True)
class _Fit:
    """One model, its vocabulary and labelled pictures."""

    data: Labelled
    vocabulary: Vocabulary
    vectors: Array
    model_id: str
    came_with: Calibration | None

    def result(self) -> Fitted:
        kept = {
            facet: why or self._why_kept(facet)
            for facet, why in facets_of(self.data.truth, self.vocabulary).items()
        }
        _check_any(kept)
        facets = [facet for facet, why in kept.items() if not why]
        held_out = self._held_out(facets)
        top = self._ceiling(held_out, facets)
        held_out = np.minimum(held_out, top)
        figures = self._moved(self._lines(facets, np.arange(len(held_out))))
        fared = [self._fared(facet, held_out, why) for facet, why in kept.items()]
        return Fitted(replace(figures, ceiling=top), tuple(fared))

    def _why_kept(self, facet: str) -> str:
        """Why the labels of a facet, enough as they are, do not tell how often its candidates are wrong."""
        shown = self._known(facet) & self._is_shown
        if facet != _MEDIUM and (shown & ~self._is_true).sum() < _LEAST_FALSE * shown.sum():
            return "hardly any of its best candidates is labelled as false"
        return ""

    def _held_out(self, facets: Sequence[str]) -> Array:
        """Confidences of each picture by figures that were fitted on the others."""
        found = np.empty_like(self._scores)
        folds = np.random.default_rng(17).permutation(len(found)) % _FOLDS
        for fold in range(_FOLDS):
            rows, others = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
            ranker = self._ranker(self._moved(self._lines(facets, others)))
            found[rows] = ranker.confidences(self.data.vectors[rows], self._scores[rows])
        return found

    def _lines(self, facets: Sequence[str], pictures: Rows) -> dict[str, Line]:
        """By which line the logits of each facet have to be changed, as these pictures tell."""
        return {
            facet: self._medium_line(pictures) if facet == _MEDIUM else self._line(facet, pictures)
            for facet in facets
        }

    def _line(self, facet: str, pictures: Rows) -> Line:
        shown = (self._known(facet) & self._is_shown)[pictures]
        return platt.line(self._logits[pictures][shown], self._is_true[pictures][shown], prior=(1.0, 0.0))

    def _medium_line(self, pictures: Rows) -> Line:
        rows, logits = self._start.media(self.data.vectors, self._own_logits)
        told = pictures[self._is_true[np.ix_(pictures, rows)].any(axis=1)]
        return platt.temperature(logits[told], self._is_true[np.ix_(told, rows)]), 0.0

    def _moved(self, lines: Mapping[str, Line]) -> Calibration:
        """The figures at the start, with the logits of facets scaled and shifted."""
        old = self._start.calibration
        scales, offsets, corrections = dict(old.scales), dict(old.offsets), dict(old.corrections)
        for facet, (scale, offset) in lines.items():
            unknown = UNKNOWN_MEDIUM_SCALE if facet == _MEDIUM else UNKNOWN_SCALE
            scales[facet] = scale * old.scales.get(facet, unknown)
            offsets[facet] = scale * old.offsets.get(facet, UNKNOWN_OFFSET) + offset
            for key in self._keys[self._start.rows.facets == facet]:
                if key in corrections:
                    direction, bias = corrections[key]
                    corrections[key] = (direction * np.float32(scale), bias * scale)
        return replace(old, scales=scales, offsets=offsets, corrections=corrections)

    def _ceiling(self, held_out: Array, facets: Sequence[str]) -> float:
        """Media are left out: they are the surest, and not what descriptions are made of."""
        content = np.isin(self._start.rows.facets, [facet for facet in facets if facet != _MEDIUM])
        known = content & (self.data.truth >= 0)
        return ceiling(held_out[known], self._is_true[known], self._came_with.calibration.ceiling)

    def _fared(self, facet: str, held_out: Array, kept: str) -> FacetFit:
        known = self._known(facet)
        shown = known & self._is_shown
        before, after = (
            platt.calibration_error(each[shown], self._is_true[shown]) for each in (self._before, held_out)
        )
        pictures, true = known.any(axis=1).sum(), (known & self._is_true).sum()
        return FacetFit(facet, int(pictures), int(true), int(known.sum() - true), before, after, kept)

    def _known(self, facet: str) -> Bools:
        """Labels `(n, terms)` of one facet."""
        return np.asarray((self.data.truth >= 0) & (self._start.rows.facets == facet), np.bool_)

    def _ranker(self, figures: Calibration) -> Ranker:
        return Ranker(self.vocabulary, self.vectors, figures)

    @cached_property
    def _came_with(self) -> Ranker:
        """The model as it is without a user's figures."""
        dim = self.data.vectors.shape[1]
        figures = self.came_with or calibrations.shipped(self.model_id, dim)
        return self._ranker(figures or calibrations.unknown(self.model_id, dim))

    @cached_property
    def _start(self) -> Ranker:
        """What the fit starts from; no ceiling, that is measured afterwards."""
        figures = replace(self._came_with.calibration, ceiling=1.0)
        if not figures.scales:
            photographs = self.data.vectors[self.data.is_photograph]
            bank = photographs if len(photographs) >= LEAST_PICTURES else self.data.vectors
            mean, covariance = statistics(bank)
            figures = replace(figures, mean=mean, covariance=covariance)
        return self._ranker(figures)

    @cached_property
    def _scores(self) -> Array:
        return self._start.scores(self.data.vectors)

    @cached_property
    def _own_logits(self) -> Array:
        """Logits of terms at the start, each for itself."""
        return self._start.logits(self.data.vectors, self._scores)

    @cached_property
    def _logits(self) -> Array:
        """The same after parents got what their kinds have, which is what a ranking says."""
        logits = self._own_logits.copy()
        self._start.rows.raise_parents(logits)
        return logits

    @cached_property
    def _before(self) -> Array:
        ranker = self._came_with
        return ranker.confidences(self.data.vectors, ranker.scores(self.data.vectors))

    @cached_property
    def _is_shown(self) -> Bools:
        """Which terms are the best candidates of a picture in their facet `(n, terms)`."""
        confidences = self._start.confidences(self.data.vectors, self._scores)
        shown = np.zeros(confidences.shape, np.bool_)
        for facet in self.vocabulary.facets:
            columns = np.flatnonzero(self._start.rows.facets == facet)
            best = np.argsort(-confidences[:, columns], axis=1, kind="stable")[:, :SHOWN_PER_FACET]
            np.put_along_axis(shown, columns[best], values=True, axis=1)
        return shown

    @cached_property
    def _is_true(self) -> Bools:
        return np.asarray(self.data.truth == 1, np.bool_)

    @cached_property
    def _keys(self) -> NDArray[np.str_]:
        return np.array([term_vectors.key_of(term, self.model_id) for term in self.vocabulary.terms])
