"""Fits the figures that turn scores into probabilities of terms, on labelled pictures.

On the training part, each facet gets a line, and terms with enough labelled pictures a direction of their
own: a linear probe that is pulled towards zero. What was trained on is always surer than what is new, so
these are moved, as `alttext model calibrate` does, by half of the validation part. The other half only
judges, see `benchmarks/truth.py`.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import binary_cross_entropy_with_logits as loss_of

from alttext.ranking import calibrate, platt, term_vectors
from alttext.ranking.calibrate import CEILING, Labelled, statistics
from alttext.ranking.calibration import Calibration
from alttext.ranking.rank import OWN_SCALE, column_scores, row_scores
from alttext.ranking.vocabulary import Vocabulary

FACETS = ("people", "activity", "object", "scene", "weather", "light", "medium")
ENOUGH = 25  # labelled pictures of a term before it gets a direction
PULL = 0.3  # weight of the pull towards no direction
EPOCHS = 8
BATCH = 1024

Array = NDArray[np.float32]


def fit(
    trained: Labelled,
    unseen: Labelled,
    vocabulary: Vocabulary,
    terms: Array,
    model_id: str,
    seed: int = 17,
) -> Calibration:
    """Figures for one model; `terms` are the vectors of the vocabulary."""
    start = fit_trained(trained, vocabulary, terms, model_id, seed)
    fitted = calibrate.fit(unseen, vocabulary, terms, model_id, start)
    for each in fitted.facets:
        errors = f"error {each.before:.3f} -> {each.after:.3f}"
        print(f"{each.facet:<12} {each.true:>6} true labels, {errors} {each.kept}")
    return fitted.figures


def fit_trained(
    data: Labelled, vocabulary: Vocabulary, terms: Array, model_id: str, seed: int = 17
) -> Calibration:
    """Figures from the training part alone."""
    torch.manual_seed(seed)
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
    whitening = np.linalg.cholesky(np.linalg.inv(covariance.astype(np.float64))).astype(np.float32)
    x, b, y = torch.tensor(vectors @ whitening), torch.tensor(base), torch.tensor(truth.astype(np.float32))
    weights = torch.zeros(x.shape[1], y.shape[1], requires_grad=True)
    biases = torch.zeros(y.shape[1], requires_grad=True)
    optimizer = torch.optim.Adam([weights, biases], lr=0.02)
    steps = EPOCHS * (len(x) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.03, total_steps=steps)
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(x)).split(BATCH):
            known = (y[rows] >= 0).float()
            losses = loss_of(b[rows] + x[rows] @ weights + biases, y[rows].clamp(min=0), reduction="none")
            fit_loss = ((losses * known).sum(0) / known.sum(0).clamp(min=1)).sum()
            pull = PULL * (0.02 * (weights**2).sum() + 0.002 * (biases**2).sum())
            optimizer.zero_grad()
            (2e-3 * (fit_loss + pull)).backward()
            optimizer.step()
            schedule.step()
    return (whitening @ weights.detach().numpy()).T.astype(np.float32), biases.detach().numpy()
