"""What the vectors of a batch should be: near their captions, right about labels, media and classes."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from training.adapter import Adapter
from training.corpus import NONE, Corpus


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part of the loss counts."""

    caption: float = 1.0
    label: float = 1.0
    medium: float = 0.25
    classes: float = 0.25
    softness: float = 30.0  # similar captions share the target: softmax(softness * T T')
    label_scale: float = 30.0  # how sharp label, medium and class scores are
    smoothing: float = 0.1
    drift: float = 1.0  # of adapted texts away from the published ones


class Objective(nn.Module):
    """The loss of a batch. Every label is a text, so all of it trains zero-shot use by text."""

    def __init__(self, corpus: Corpus, adapter: Adapter, weights: Weights, chance: torch.Generator) -> None:
        super().__init__()
        self.corpus, self.adapter, self.weights, self.chance = corpus, adapter, weights, chance
        self.log_scale = nn.Parameter(torch.tensor(math.log(20.0)))

    def forward(self, vectors: Tensor, rows: Tensor, classes: Tensor, probabilities: Tensor) -> Tensor:
        """The loss of unit `vectors` `(n, dim)` of the examples `rows`.

        `classes` `(1000, dim)` are the adapted texts of ImageNet's classes, `probabilities` `(n, 1000)` what
        the published tower makes of the pictures, to be said in words too.
        """
        parts = self.weights
        pick = (torch.rand(len(rows), generator=self.chance) * self.corpus.counts[rows]).long()
        published = self.corpus.texts[self.corpus.choices[rows, pick]]
        texts = self.adapter(published)
        drift = _apart(texts, published) + _apart(classes, self.corpus.class_texts)
        return (
            parts.caption * self._captions(vectors, texts, published)
            + parts.label * self._labels(vectors, rows)
            + parts.medium * self._media(vectors, rows)
            + parts.classes * self._classes(vectors, rows, classes, probabilities)
            + parts.drift * drift
        )

    def _captions(self, vectors: Tensor, texts: Tensor, published: Tensor) -> Tensor:
        scores = self.log_scale.exp().clamp(max=100) * vectors @ texts.T
        target = torch.softmax(self.weights.softness * published @ published.T, dim=1)
        return cross_entropy(scores, target) + cross_entropy(scores.T, target) + _apart(vectors, texts)

    def _labels(self, vectors: Tensor, rows: Tensor) -> Tensor:
        total = vectors.new_zeros(())
        for name, labels in self.corpus.label_sets.items():
            mine = self.corpus.set_of[rows] == self.corpus.sets.index(name)
            if mine.any():
                texts = labels.sayings[self._draw(len(labels.sayings))]
                wanted = self.corpus.label_of[rows[mine]]
                total = total + int(mine.sum()) * self._score(vectors[mine], texts, wanted)
        return total / len(rows)

    def _media(self, vectors: Tensor, rows: Tensor) -> Tensor:
        wanted = self.corpus.medium_of[rows]
        known = wanted != NONE
        texts = torch.stack([sayings[self._draw(len(sayings))] for sayings in self.corpus.medium_sayings])
        return self._score(vectors[known], texts, wanted[known])

    def _score(self, vectors: Tensor, texts: Tensor, wanted: Tensor) -> Tensor:
        scores = self.weights.label_scale * vectors @ self.adapter(texts).T
        return cross_entropy(scores, wanted, label_smoothing=self.weights.smoothing)

    def _classes(self, vectors: Tensor, rows: Tensor, classes: Tensor, probabilities: Tensor) -> Tensor:
        photographs = self.corpus.medium_of[rows] == 0
        scores = self.weights.label_scale * vectors[photographs] @ classes.T
        return cross_entropy(scores, probabilities[photographs])

    def _draw(self, count: int) -> int:
        return int(torch.randint(count, (), generator=self.chance))


def _apart(some: Tensor, others: Tensor) -> Tensor:
    """Mean distance by cosine, row by row."""
    return (1 - (some * others).sum(1)).mean()
