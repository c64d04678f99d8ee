"""Trains the head on features of the published tower, which stays as it is (LiT, https://arxiv.org/abs/2111.07991)."""

import copy
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from tqdm import trange

from training.corpus import Corpus
from training.head import Head, HeadOptions
from training.objective import Objective, Weights
from training.tower import LiteTower


@dataclass(frozen=True, slots=True)
class Schedule:
    """Length and pace of the training."""

    steps: int = 1200
    batch: int = 768
    rate: float = 3e-3
    decay: float = 0.1


def new_head(corpus: Corpus, features: Tensor, tower: LiteTower, options: HeadOptions) -> Head:
    """An untrained head that standardises by the training images."""
    plain = features[~corpus.held_out, 0].float()
    deviation = plain.std(0) + 1e-3
    return Head(plain.mean(0), deviation, copy.deepcopy(tower._fc), corpus.class_texts, options)


def train_head(
    corpus: Corpus, features: Tensor, head: Head, weights: Weights, schedule: Schedule, seed: int
) -> Head:
    """The head trained on fixed features."""
    chance = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    objective = Objective(corpus, weights, chance)
    groups = [*_groups(head, schedule.decay, schedule.rate), *_groups(objective, 0, schedule.rate)]
    optimizer, pace = _optimizer(groups, schedule.steps)
    head.train()
    for _ in trange(schedule.steps, mininterval=20, desc="head"):
        rows = torch.multinomial(corpus.weights, schedule.batch, replacement=True, generator=chance)
        views = torch.randint(features.shape[1], (len(rows),), generator=chance)
        inputs = features[rows, views].float()
        loss = objective(head(inputs), rows, head.class_probabilities(inputs))
        _step(optimizer, pace, loss)
    return head.eval()


def _groups(module: nn.Module, decay: float, rate: float) -> list[dict[str, Any]]:
    """Parameters with weight decay (matrices) and without (the rest)."""
    trained = [parameter for parameter in module.parameters() if parameter.requires_grad]
    return [
        {"params": [p for p in trained if p.ndim > 1], "weight_decay": decay, "lr": rate},
        {"params": [p for p in trained if p.ndim <= 1], "weight_decay": 0.0, "lr": rate},
    ]


def _optimizer(groups: list[dict[str, Any]], steps: int) -> tuple[torch.optim.AdamW, Any]:
    groups = [group for group in groups if group["params"]]
    optimizer = torch.optim.AdamW(groups)
    rates = [group["lr"] for group in groups]
    return optimizer, torch.optim.lr_scheduler.OneCycleLR(optimizer, rates, total_steps=steps, pct_start=0.1)


def _step(optimizer: torch.optim.AdamW, pace: Any, loss: Tensor) -> None:
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    pace.step()
