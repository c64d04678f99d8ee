"""Trains head and adapter on features of the published towers (LiT, https://arxiv.org/abs/2111.07991)."""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from tqdm import trange

from training.adapter import Adapter
from training.corpus import Corpus
from training.head import Head, HeadOptions
from training.objective import Objective, Weights
from training.tower import LiteTower

ADAPTER_PACE, ADAPTER_DECAY = 0.3, 0.01  # of the head's rate; small, for it has no dropout


@dataclass(frozen=True, slots=True)
class Schedule:
    """Length and pace of the training."""

    steps: int = 600
    batch: int = 768
    rate: float = 3e-3
    decay: float = 0.1


def new_head(corpus: Corpus, features: Tensor, tower: LiteTower, options: HeadOptions) -> Head:
    """An untrained head that standardises by the training images."""
    plain = features[~corpus.held_out, 0].float()
    deviation = plain.std(0) + 1e-3
    return Head(plain.mean(0), deviation, tower.classifier(), corpus.class_texts, options)


def train_head(
    corpus: Corpus,
    features: Tensor,
    head: Head,
    adapter: Adapter,
    weights: Weights,
    schedule: Schedule,
    seed: int,
) -> None:
    """Trains head and adapter on fixed features `(n, views, 1280)`, in place."""
    chance = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    objective = Objective(corpus, adapter, weights, chance)
    optimizer = torch.optim.AdamW(
        [
            *groups(head, schedule.decay, schedule.rate),
            *groups(adapter, ADAPTER_DECAY, ADAPTER_PACE * schedule.rate),
            {"params": [objective.log_scale], "weight_decay": 0.0, "lr": schedule.rate},
        ]
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    pace = torch.optim.lr_scheduler.OneCycleLR(optimizer, rates, total_steps=schedule.steps, pct_start=0.1)
    head.train()
    for _ in trange(schedule.steps, mininterval=20, desc="head"):
        rows = torch.multinomial(corpus.weights, schedule.batch, replacement=True, generator=chance)
        views = torch.randint(features.shape[1], (len(rows),), generator=chance)
        inputs, classes = features[rows, views].float(), adapter(corpus.class_texts)
        loss = objective(head(inputs, classes), rows, classes, head.class_probabilities(inputs))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        pace.step()
    head.eval()


def groups(module: nn.Module, decay: float, rate: float) -> list[dict[str, Any]]:
    """Parameters with weight decay (matrices) and without (the rest)."""
    trained = [parameter for parameter in module.parameters() if parameter.requires_grad]
    return [
        {"params": [p for p in trained if p.ndim > 1], "weight_decay": decay, "lr": rate},
        {"params": [p for p in trained if p.ndim <= 1], "weight_decay": 0.0, "lr": rate},
    ]
