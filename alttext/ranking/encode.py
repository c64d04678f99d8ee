"""Stage 5: turn images and texts into unit vectors whose dot product is their similarity.

One protocol, three backends: the model that ships with the package, any CLIP or SigLIP checkpoint, and such a
checkpoint as it was exported.
Spec: https://arxiv.org/abs/2103.00020 (section 2.3, the two-tower encoder).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from alttext.ranking import named

_EMBEDDED_SIDE, _ANY_SIDE = 128, 256  # pixels


class Encoder(Protocol):
    """Two towers into one space of `dim` numbers."""

    model_id: str  # says which weights made a vector, so it belongs into every cache key
    dim: int

    def encode_images(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        """Unit rows `(n, dim)` of `n` images of any mode and size; `(0, dim)` of none."""
        ...

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit rows `(n, dim)` of `n` texts; `(0, dim)` of none."""
        ...


def enough_side(model: str | None = None) -> int:
    """The shorter side, halved, below which a picture is not reduced before `model` sees it.

    The embedded model sees 224 pixels; checkpoints up to 512.
    """
    return _EMBEDDED_SIDE if named.is_embedded(model) else _ANY_SIDE


def folder_of(model: str | None = None) -> Path | None:
    """Where `model` lies, None if that is no folder of its own: it ships with the package, or was pulled."""
    folder = None if named.is_embedded(model) else Path(str(model))
    return folder if folder and folder.is_dir() else None


def load_encoder(model: str | None = None, threads: int = 0, device: str = "auto") -> Encoder:
    """The encoder of `model`: None or "embedded" is the shipped one.

    Anything else is the folder of a CLIP or SigLIP checkpoint, the hub name of one that was pulled before,
    or a folder that `python -m training` or `alttext model export` wrote; nothing is ever downloaded here.
    `threads` 0 means one per core; `device` is that of a checkpoint, all others run on the processor. Raises
    `ModelError` if the model, or the extra or device that it needs, is missing or damaged.
    """
    folder = folder_of(model)
    if named.is_embedded(model) or (folder and named.is_trained(folder)):
        from alttext.ranking import encode_embedded as embedded  # noqa: PLC0415 - brings onnxruntime

        return embedded.EmbeddedEncoder(folder or embedded.FOLDER, threads)
    if folder and named.is_exported(folder):
        from alttext.ranking.encode_exported import ExportedEncoder  # noqa: PLC0415 - brings onnxruntime

        return ExportedEncoder(folder, threads)
    from alttext.ranking.encode_transformers import TransformersEncoder  # noqa: PLC0415 - brings torch

    return TransformersEncoder(str(model), threads, device)
