"""Unit vectors of many texts and of many pictures."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tqdm import tqdm

from alttext.ranking.encode import Encoder
from alttext.ranking.encode_embedded import TextTower

CHUNK = 32  # texts
BATCH = 64  # pictures that are open at the same time

T = TypeVar("T")


def embed(tower: TextTower, texts: Sequence[str], cache: Path) -> NDArray[np.float32]:
    """`(n, 384)` of `n` texts by the text tower that ships, kept beside the run."""
    key = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
    path = cache / f"texts-{key}.npy"
    if path.exists():
        return np.load(path)
    vectors = np.empty((len(texts), tower.dim), dtype=np.float32)
    order = by_length(texts)
    for start in tqdm(range(0, len(order), CHUNK), mininterval=20):
        rows = order[start : start + CHUNK]
        vectors[rows] = tower.encode([texts[row] for row in rows])
    cache.mkdir(parents=True, exist_ok=True)
    np.save(path, vectors)
    return vectors


def by_length(texts: Sequence[str]) -> list[int]:
    """Rows of texts such that those of like length go together, for padding costs time."""
    return sorted(range(len(texts)), key=lambda number: len(texts[number]))


def of_pictures(
    encoder: Encoder, pictures: Sequence[T], opened: Callable[[T], Image.Image]
) -> NDArray[np.float32]:
    """`(n, dim)` of `n` pictures, each opened when its turn comes."""
    parts = (pictures[start : start + BATCH] for start in range(0, len(pictures), BATCH))
    return np.concatenate([encoder.encode_images([opened(each) for each in part]) for part in parts])
