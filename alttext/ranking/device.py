"""Where a checkpoint computes, and with what numbers: a processor, or a GPU of torch.

https://docs.pytorch.org/docs/stable/notes/cuda.html#use-pinned-memory-buffers tells what is pinned, and why.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alttext.errors import ModelError

AUTO = "auto"
CHUNKS = {"cpu": 16, "mps": 32, "cuda": 128}  # pictures or texts at a time
LEAST_COSINE = 0.999  # between vectors of short and of long numbers, or else long ones are used

Rows = NDArray[np.float32]


def choose(torch: Any, wanted: str = AUTO) -> str:
    """The device that is wanted; "auto" is a GPU of CUDA if there is one. Raises ModelError without it.

    The GPU of a Mac is taken only if it is asked for: nobody measured what it does to confidences.
    """
    there = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if wanted == AUTO:
        return "cuda" if there["cuda"] else "cpu"
    if not there[wanted]:
        raise ModelError(
            f'device = "{wanted}": torch {torch.__version__} finds none here{_why_no(torch, wanted)}; '
            'use device = "auto"'
        )
    return wanted


def _why_no(torch: Any, wanted: str) -> str:
    is_without = wanted == "cuda" and not torch.backends.cuda.is_built()
    return ", and was built without it" if is_without else ""


def precision(torch: Any, device: str, rows_in: Callable[[Any], Rows]) -> Any:
    """The numbers that the image tower computes with: short ones where these are faster and say the same.

    A processor that multiplies bfloat16 itself takes a third of the time, and leaves a cosine of more than
    0.999. GPUs take float16, which has more digits but overflows sooner, so `rows_in`, which computes test
    pictures with some numbers, has to show that the checkpoint can stand it.
    """
    if device == "cuda":
        short, long = rows_in(torch.float16), rows_in(torch.float32)
        # Not a number is not at least this much either.
        return torch.float16 if (short * long).sum(axis=1).min() >= LEAST_COSINE else torch.float32
    capabilities: dict[str, Any] = getattr(torch.cpu, "get_capabilities", dict)()
    is_short = device == "cpu" and (capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))
    return torch.bfloat16 if is_short else torch.float32


def moved(tensors: Mapping[str, Any], device: str) -> dict[str, Any]:
    """The tensors on a device. A GPU of CUDA reads pinned memory while the processor goes on."""
    if device == "cuda":
        return {name: each.pin_memory().to(device, non_blocking=True) for name, each in tensors.items()}
    return {name: each.to(device) for name, each in tensors.items()}


class Batches:
    """Batches as large as the memory of a device allows: each time it is too little, half as large."""

    def __init__(self, torch: Any, device: str) -> None:
        self._torch = torch
        self._device = device
        self.size = CHUNKS[device]

    def map(self, work: Callable[[Any], Any], inputs: Any) -> list[Any]:
        """What the work gives for each batch, in order. Raises ModelError if there is no room for one."""
        done, start = [], 0
        while start < len(inputs):
            try:
                done.append(work(inputs[start : start + self.size]))
                start += self.size
            except self._torch.cuda.OutOfMemoryError as error:
                if self.size == 1:
                    raise ModelError(
                        f'device = "{self._device}": too little memory for this model; use device = "cpu"'
                    ) from error
                self.size //= 2
        return done
