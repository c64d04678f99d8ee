"""Fits the figures that turn scores into probabilities of terms, on labelled pictures.

On the training part, each facet gets a line, and terms with enough labelled pictures a direction of their
own: a linear probe that is pulled towards zero. What was trained on is always surer than what is new, so
these are moved, as `alttext model calibrate` does, by half of the validation part. The other half only
judges, see `benchmarks/truth.py`.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits as loss_of

from alttext.ranking import calibrate, platt, term_vectors
from alttext.ranking.calibrate import CEILING, Labelled, statistics
from alttext.ranking.calibration import Calibration
from alttext.ranking.rank import OWN_SCALE
from alttext.ranking.scores import column_scores, row_scores
from alttext.ranking.vocabulary import Vocabulary

FACETS = ("people", "activity", "object", "scene", "weather", "light", "medium")
ENOUGH = 25  # labelled pictures of a term before it gets a direction
PULL = 60.0  # towards no direction, in labelled pictures; the best of 5, 15, 40 and 100 on the half that fits
PULL_OF_BIAS = 0.01
STEPS = 40  # at most; the loss is convex

Array = NDArray[np.float32]


def fit(
    trained: Labelled,
    unseen: Labelled,
    vocabulary: Vocabulary,
    terms: Array,
    model_id: str,
) -> Calibration:
    """Figures for one model; `terms` are the vectors of the vocabulary."""
    start = fit_trained(trained, vocabulary, terms, model_id)
    fitted = calibrate.fit(unseen, vocabulary, terms, model_id, start)
    for each in fitted.facets:
        errors = f"error {each.before:.3f} -> {each.after:.3f}"
        print(f"{each.facet:<12} {each.true:>6} true labels, {errors} {each.kept}")
    return fitted.figures


def fit_trained(data: Labelled, vocabulary: Vocabulary, terms: Array, model_id: str) -> Calibration:
    """Figures from the training part alone."""
    mean, covariance = statistics(data.vectors[data.is_photograph])
    facets = np.array([term.facet for term in vocabulary.terms])
    column = column_scores(data.vectors, terms, mean, covariance)
    shared = ~np.isin(facets, list(OWN_SCALE))
    scores = np.where(shared, row_scores(column, shared), column).astype(np.float32)
    scales, offsets = {}, {}
    for facet in FACETS:
        rows = np.flatnonzero(facets == facet)
        truth = data.truth[:, rows]
        scales[facet], offsets[facet] = platt.line(scores[:, rows][truth >= 0], truth[truth >= 0] == 1)
    rows = np.flatnonzero(_may_be_fitted(vocabulary) & ((data.truth == 1).sum(0) >= ENOUGH))
    base = scores[:, rows] * [scales[f] for f in facets[rows]] + [offsets[f] for f in facets[rows]]
    directions, biases = _directions(
        data.vectors - mean, base.astype(np.float32), data.truth[:, rows], covariance
    )
    keys = [term_vectors.key_of(vocabulary.terms[row], model_id) for row in rows]
    corrections = {key: (d, float(b)) for key, d, b in zip(keys, directions, biases, strict=True)}
    return Calibration(model_id, mean, covariance, scales, offsets, corrections, CEILING)


def _may_be_fitted(vocabulary: Vocabulary) -> NDArray[np.bool_]:
    """Media exclude each other, so those that are only a name for others ("a graphic") do not compete."""
    parents = {term.parent for term in vocabulary.terms}
    return np.array(
        [
            term.facet in FACETS and not (term.facet == "medium" and term.parent == "" and term.id in parents)
            for term in vocabulary.terms
        ]
    )


def _directions(
    vectors: Array, base: Array, truth: NDArray[np.int8], covariance: Array
) -> tuple[Array, Array]:
    """For each term a direction and a bias that correct its logit, in the space of the vectors."""
    unit = float(np.sqrt(np.trace(covariance) / len(covariance)))
    x, known = torch.tensor(vectors / unit), torch.tensor(truth >= 0)
    b, y = torch.tensor(base), torch.tensor((truth == 1).astype(np.float32))
    found = [_direction(x[some], b[some, at], y[some, at]) for at, some in enumerate(known.T)]
    return np.stack([weights.numpy() / unit for weights, _ in found]), np.array([bias for _, bias in found])


def _direction(x: Tensor, base: Tensor, truth: Tensor) -> tuple[Tensor, float]:
    """The most probable direction and bias of one term, when none at all is what is expected."""
    weights, bias = torch.zeros(x.shape[1], requires_grad=True), torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, bias], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        fit_loss = loss_of(base + x @ weights + bias, truth, reduction="sum")
        total: Tensor = (fit_loss + PULL * (weights @ weights) + PULL_OF_BIAS * (bias @ bias)) / len(truth)
        total.backward()
        return total

    optimizer.step(loss)
    return weights.detach(), float(bias.detach())
