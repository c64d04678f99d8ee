"""Every example as the square that the model sees, decoded or drawn once and kept beside the run."""

import hashlib
import os
from collections.abc import Sequence
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tqdm import tqdm

from alttext.ranking.pixels import square
from training.archive import Archives, Example
from training.media import MEDIA_SET, render

_worker: dict[str, Any] = {}


def load(examples: Sequence[Example], data: Path, cache: Path, size: int) -> NDArray[np.uint8]:
    """Pixels `(examples, size, size, 3)`, mapped from a file in `cache`."""
    path = cache / f"pictures-{size}-{key_of(examples)}.npy"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        shape = (len(examples), size, size, 3)
        kept = np.lib.format.open_memmap(part, mode="w+", dtype=np.uint8, shape=shape)
        with get_context("spawn").Pool(os.cpu_count(), start, (data,)) as pool:
            drawn = pool.imap(partial(_pixels, size=size), examples, chunksize=32)
            for number, pixels in enumerate(tqdm(drawn, total=len(examples), mininterval=20)):
                kept[number] = pixels
        kept.flush()
        part.rename(path)
    return np.load(path, mmap_mode="r")


def key_of(examples: Sequence[Example]) -> str:
    """A short digest of which pictures these are."""
    return hashlib.sha256("\n".join(example.digest for example in examples).encode()).hexdigest()[:12]


def start(data: Path) -> None:
    """Prepares a process to open pictures."""
    _worker["archives"] = Archives(data)


def opened(example: Example, archives: Archives | None = None) -> Image.Image:
    """The picture of an example, RGB; in a process that `start` prepared, archives are at hand."""
    found = archives or _worker["archives"]
    return render(example) if example.set == MEDIA_SET else found.image(example)


def _pixels(example: Example, size: int) -> NDArray[np.uint8]:
    return np.asarray(square(opened(example), size))
