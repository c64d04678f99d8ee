"""The head that turns tower features into the text tower's space, with ImageNet's classes built in."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

from training.tower import FEATURES


@dataclass(frozen=True, slots=True)
class HeadOptions:
    """What an experiment may change about the head."""

    width: int = 1536
    dropout: float = 0.3
    gamma: float = 0.6  # weight of the class-anchored term, fixed during training
    sharpness: float = 1.0  # exponent of the class probabilities


class Head(nn.Module):
    """`normalize(normalize(mlp + skip) + gamma * sum_c p(c) text(c))`.

    The class-anchored term is ConSE (Norouzi et al. 2013, https://arxiv.org/abs/1312.5650): the
    tower's own classifier, spoken in the text space.
    """

    def __init__(
        self,
        mean: Tensor,
        deviation: Tensor,
        classifier: nn.Linear,
        class_texts: Tensor,
        options: HeadOptions,
    ) -> None:
        super().__init__()
        dim = class_texts.shape[1]
        self.options = options
        self.register_buffer("mean", mean)
        self.register_buffer("deviation", deviation)
        self.register_buffer("class_texts", class_texts)
        self.classifier = classifier.requires_grad_(False)
        self.up, self.down = nn.Linear(FEATURES, options.width), nn.Linear(options.width, dim)
        self.skip = nn.Linear(FEATURES, dim, bias=False)
        self.drop = nn.Dropout(options.dropout)
        nn.init.zeros_(self.skip.weight)

    def forward(self, features: Tensor, class_texts: Tensor | None = None) -> Tensor:
        """Unit rows `(n, dim)` of pooled features `(n, 1280)`.

        `class_texts` `(1000, dim)` stand in for the head's own while these are still being trained.
        """
        standard = (features - self.mean) / self.deviation
        learned = self.down(self.drop(torch.nn.functional.gelu(self.up(self.drop(standard))))) + self.skip(
            standard
        )
        texts = self.class_texts if class_texts is None else class_texts
        anchored = self.class_probabilities(features) @ texts
        return normalize(normalize(learned, dim=1) + self.options.gamma * anchored, dim=1)

    def class_probabilities(self, features: Tensor) -> Tensor:
        """What the tower's classifier makes of the features, `(n, 1000)`."""
        return torch.softmax(self.options.sharpness * self.classifier(features), dim=1)
