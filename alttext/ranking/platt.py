"""From scores to probabilities, by labels: lines (Platt 1999), temperatures, and how far off they are.

A prior holds every fit where few labels say little.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alttext.ranking.calibration import UNKNOWN_OFFSET, UNKNOWN_SCALE

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Scores = NDArray[np.float32]
Line = tuple[float, float]  # scale and offset

LEAST_SCALE = 0.05  # a better score never makes a term less probable
IMAGINED = 10  # labels, both among the true and the false ones, that are as the prior says
_PRECISION = 1e-6  # of scale and offset around the prior; only matters where there is nothing else
_STEPS = 50
_TOLERANCE = 1e-5
_FACTORS = np.geomspace(1 / 256, 16, 193)
_BIN = 20  # labels in a bin of the calibration error, at least
_MOST_BINS = 10


def line(scores: Scores, is_true: Bools, prior: Line = (UNKNOWN_SCALE, UNKNOWN_OFFSET)) -> Line:
    """Scale and offset that turn scores into logits: the most probable ones after labels and prior.

    The prior counts as a few labels more with the same scores, so it matters where labels are few. The scale
    is always positive.
    """
    posterior = _posterior(scores.astype(np.float64), is_true, np.array(prior))
    found = posterior.best(posterior.prior, free=np.ones(2))
    if found[0] < LEAST_SCALE:
        found = posterior.best(np.array([LEAST_SCALE, found[1]]), free=np.array([0.0, 1.0]))
    return float(found[0]), float(found[1])


def temperature(logits: Scores, is_true: Bools) -> float:
    """Factor of the logits `(n, k)` of what excludes each other; in each row one or more are true.

    Source: https://arxiv.org/abs/1706.04599
    """

    def loss(factor: float) -> float:
        powers = logits.astype(np.float64) * factor
        missed = _log_sum(powers) - _log_sum(np.where(is_true, powers, -np.inf))
        return float(missed.sum() + 0.5 * np.log(factor) ** 2)

    return float(min(_FACTORS, key=loss))


def calibration_error(confidences: Scores, is_true: Bools) -> float:
    """Mean gap between confidence and truth, in bins of equal size; nan of nothing.

    Source: https://arxiv.org/abs/1904.01685
    """
    if not len(confidences):
        return float("nan")
    gaps = (confidences - is_true)[np.argsort(confidences, kind="stable")]
    bins = np.array_split(gaps, min(max(len(gaps) // _BIN, 1), _MOST_BINS))
    return float(sum(abs(gap.sum()) for gap in bins) / len(gaps))


def _posterior(x: Floats, is_true: Bools, prior: Floats) -> "_Posterior":
    """The labels with as much of the prior as it is worth (a power prior, Ibrahim and Chen 2000)."""
    imagined = np.where(is_true, IMAGINED / max(is_true.sum(), 1), IMAGINED / max((~is_true).sum(), 1))
    truth = (is_true + imagined * _sigmoid(prior[0] * x + prior[1])) / (1 + imagined)
    return _Posterior(x, truth, 1 + imagined, prior)


@dataclass(frozen=True, slots=True)
class _Posterior:
    """How probable lines are; the best is found by Newton's method (Lin, Lin and Weng 2007)."""

    x: Floats  # scores
    y: Floats  # how true, 0..1
    weights: Floats
    prior: Floats  # scale and offset

    def best(self, start: Floats, free: Floats) -> Floats:
        """The most probable line; what is not `free` (1, else 0) stays as it is at the start."""
        point, loss, held = start, self._loss(start), np.diag(1 - free)
        for _ in range(_STEPS):
            gradient, curvature = self._slopes(point)
            step = np.linalg.solve(curvature * np.outer(free, free) + held, gradient * free)
            # From far away a whole step may lead too far.
            nearer = (point - step / 2**halved for halved in range(20))
            better = ((lower, at) for at in nearer if (lower := self._loss(at)) < loss)
            if np.abs(step).max() < _TOLERANCE or (found := next(better, None)) is None:
                break
            loss, point = found
        return point

    def _loss(self, at: Floats) -> float:
        logits = at[0] * self.x + at[1]
        missed = np.maximum(logits, 0) - self.y * logits + np.log1p(np.exp(-np.abs(logits)))
        return float(self.weights @ missed + 0.5 * _PRECISION * np.square(at - self.prior).sum())

    def _slopes(self, at: Floats) -> tuple[Floats, Floats]:
        """Gradient and curvature of the loss."""
        probabilities = _sigmoid(at[0] * self.x + at[1])
        misses = self.weights * (probabilities - self.y)
        bends = self.weights * probabilities * (1 - probabilities)
        gradient = np.array([misses @ self.x, misses.sum()]) + _PRECISION * (at - self.prior)
        mixed = bends @ self.x
        curvature = np.array([[(bends * self.x) @ self.x, mixed], [mixed, bends.sum()]])
        return gradient, curvature + _PRECISION * np.eye(2)


def _sigmoid(logits: Floats) -> Floats:
    probabilities: Floats = 1 / (1 + np.exp(-np.clip(logits, -500, 500)))
    return probabilities


def _log_sum(powers: Floats) -> Floats:
    sums: Floats = np.logaddexp.reduce(powers, axis=1)
    return sums
