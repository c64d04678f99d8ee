"""Scores: similarities made comparable between terms and between pictures, and logits as probabilities.

Rows are pictures, columns are terms. Closed form of the standardisation: SPARC, https://arxiv.org/abs/2502.16911
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

_LEAST_SPREAD = 1e-6
_TINY = 1e-6


def column_scores(images: Array, vectors: Array, mean: Array, covariance: Array) -> Array:
    """Similarities `(n, terms)` in standard deviations of what each term scores on photographs."""
    return in_deviations(images, vectors, mean, spreads(vectors, covariance))


def in_deviations(images: Array, vectors: Array, mean: Array, spread: Array) -> Array:
    """Similarities `(n, terms)` in standard deviations that are known."""
    scores: Array = (((images - mean) @ vectors.T) / spread).astype(np.float32)
    return scores


def spreads(vectors: Array, covariance: Array) -> Array:
    """How much the similarity of each term varies among photographs `(terms,)`."""
    variances = ((vectors @ covariance) * vectors).sum(axis=1)
    deviations: Array = np.sqrt(np.maximum(variances, _LEAST_SPREAD**2))
    return deviations


def row_scores(scores: Array, shared: NDArray[np.bool_]) -> Array:
    """Each picture's scores `(n, terms)` in standard deviations over its `shared` terms."""
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
