"""Tower features of every view of every example, computed once and kept beside the run."""

import os
import random
from collections.abc import Sequence
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tqdm import tqdm

from alttext.ranking import runtime
from training import pictures
from training.archive import Example
from training.tower import load_tower
from training.views import VIEWS

_worker: dict[str, Any] = {}


def extract(
    examples: Sequence[Example], data: Path, cache: Path, size: int, views: range, seed: int
) -> NDArray[np.float16]:
    """Features `(examples, views, 1280)`; read from `cache` when an equal run left them there."""
    path = cache / f"features-{size}-{views.start}-{views.stop}-{seed}-{pictures.key_of(examples)}.npy"
    if path.exists():
        return np.load(path, mmap_mode="r")
    cache.mkdir(parents=True, exist_ok=True)
    tower = cache / f"tower-{size}.onnx"
    _export(tower, size)
    context = get_context("spawn")
    with context.Pool(os.cpu_count(), _start, (data, tower)) as pool:
        work = partial(_features, size=size, views=views, seed=seed)
        rows = list(tqdm(pool.imap(work, examples, chunksize=32), total=len(examples), mininterval=20))
    features = np.stack(rows).astype(np.float16)
    np.save(path, features)
    return features


def _export(path: Path, size: int) -> None:
    pixels = torch.zeros(1, 3, size, size)
    torch.onnx.export(load_tower(), (pixels,), path, input_names=["pixels"], dynamo=False)


def _start(data: Path, tower: Path) -> None:
    onnxruntime = runtime.load()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    _worker["session"] = onnxruntime.InferenceSession(tower, options, providers=["CPUExecutionProvider"])
    pictures.start(data)


def _features(example: Example, size: int, views: range, seed: int) -> NDArray[np.float32]:
    image, rows = pictures.opened(example), []
    for number in views:
        chance = random.Random(f"{seed}/{example.digest}/{number}")
        view = VIEWS[number](image, size, chance)
        pixels = np.asarray(view, dtype=np.float32).transpose(2, 0, 1)[None]
        rows.append(_worker["session"].run(None, {"pixels": np.ascontiguousarray(pixels)})[0][0])
    return np.stack(rows)
