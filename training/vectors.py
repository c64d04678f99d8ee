"""Unit vectors of many texts by the text tower that ships, kept beside the run."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from alttext.ranking.encode_embedded import TextTower

CHUNK = 32


def embed(tower: TextTower, texts: Sequence[str], cache: Path) -> NDArray[np.float32]:
    """`(n, 384)` of `n` texts. Texts of like length go together, for padding costs time."""
    key = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
    path = cache / f"texts-{key}.npy"
    if path.exists():
        return np.load(path)
    vectors = np.empty((len(texts), tower.dim), dtype=np.float32)
    order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
    for start in tqdm(range(0, len(order), CHUNK), mininterval=20):
        rows = order[start : start + CHUNK]
        vectors[rows] = tower.encode([texts[row] for row in rows])
    cache.mkdir(parents=True, exist_ok=True)
    np.save(path, vectors)
    return vectors
