"""What the encoders have in common whose towers onnxruntime runs: sessions, and rows in batches."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alttext.errors import ModelError
from alttext.ranking import runtime

Rows = NDArray[np.float32]


def session(graph: Path, threads: int, remedy: str) -> Any:
    """An onnxruntime session on the CPU that writes nothing but errors and sends nothing anywhere.

    Raises ModelError that ends with the remedy.
    """
    onnxruntime = runtime.load()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(f"{graph}: onnxruntime cannot load it ({error}); {remedy}") from error


def in_batches(
    encode: Callable[[Sequence[Any]], Rows], inputs: Sequence[Any], size: int, dim: int, threads: int = 1
) -> Rows:
    """Rows `(n, dim)` of `n` inputs, `size` of them in a batch, as many batches at a time as `threads` says.

    0 threads are one per core. Of pictures, many batches at a time take half as long as many threads for one.
    """
    batches = [inputs[start : start + size] for start in range(0, len(inputs), size)]
    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        rows = list(pool.map(encode, batches))
    return np.concatenate(rows) if rows else np.empty((0, dim), np.float32)
