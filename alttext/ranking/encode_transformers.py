"""Any CLIP or SigLIP checkpoint, run by transformers: needs the `clip` extra.

Safetensors only, no remote code, no download: `alttext model pull` is the one way in which a model
comes to this machine. See https://huggingface.co/docs/transformers/model_doc/siglip for the padding.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from alttext import distribution
from alttext.errors import ModelError
from alttext.ranking import device as devices
from alttext.ranking import frame, trial
from alttext.ranking.pixels import fitted, opaque

_PIXELS = "pixel_values"
_IMAGE_INPUTS = (_PIXELS, "pixel_attention_mask", "spatial_shapes")
_IMAGE_TOWER = ("vision_model", "visual_projection")
_LOCAL = {"local_files_only": True, "trust_remote_code": False}


class Checkpoint(NamedTuple):
    """What transformers makes of a folder."""

    model: Any  # both towers, in evaluation mode
    images: Any  # the processor of images
    tokens: Any  # the tokenizer


class TransformersEncoder:
    """A two-tower checkpoint from a folder or from the hub's cache."""

    def __init__(
        self, model: str, threads: int = 0, device: str = devices.AUTO, *, exact: bool = False
    ) -> None:
        """Load both towers onto the device; `threads` 0 leaves torch's own choice.

        `exact`: with long numbers, and pictures as the checkpoint's own processor makes them. Raises
        ModelError.
        """
        self._torch, self._threads = _torch(threads), threads or os.cpu_count()
        self._device = devices.choose(self._torch, device)
        self._name = model
        self._load()
        self._frame = None if exact else frame.of_processor(self.checkpoint.images)
        self._side = _side(self.checkpoint.images)
        self._batches = devices.Batches(self._torch, self._device)
        if not exact:
            self._settle()
        self.padding, self.text_inputs = _text_rules(self.checkpoint.model.config)
        self.model_id = _identity(model, self.checkpoint.model.config)
        self.dim = self.encode_texts(["a"]).shape[1]

    def _load(self) -> None:
        self.checkpoint = _load(self._name)
        self.checkpoint.model.to(self._device).float()
        self._precision = self._torch.float32

    def _settle(self) -> None:
        """Choose the numbers that the image tower computes with."""
        chosen = devices.precision(self._torch, self._device, self._trial)
        if chosen == self._torch.float32 != self._precision:
            self._load()  # what was cut off is nowhere else
        self._compute_with(chosen)

    def _trial(self, precision: Any) -> NDArray[np.float32]:
        self._compute_with(precision)
        return self.encode_images(trial.pictures())

    def _compute_with(self, precision: Any) -> None:
        for name in _IMAGE_TOWER:
            getattr(self.checkpoint.model, name, self._torch.nn.Module()).to(precision)
        self._precision = precision

    def encode_images(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        """Unit rows `(n, dim)` of `n` images of any mode and size."""
        return self._rows(self._batches.map(lambda part: self._features("image", self._seen(part)), images))

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit rows `(n, dim)` of `n` texts, each cut to what the checkpoint can read."""
        return self._rows(self._batches.map(lambda part: self._features("text", self.read(part)), texts))

    def _rows(self, batches: Sequence[Any]) -> NDArray[np.float32]:
        """The rows of all batches. Only here a GPU is waited for."""
        if not batches:
            return np.empty((0, self.dim), np.float32)
        rows: NDArray[np.float32] = self._torch.cat(list(batches)).cpu().numpy()
        return rows

    def _seen(self, images: Sequence[Image.Image]) -> dict[str, Any]:
        """What the image tower reads. Pillow makes images smaller in less time than a processor does."""
        if self._frame is None:
            smaller = [fitted(opaque(image), self._side) for image in images]
            tensors = self._moved(self.checkpoint.images(smaller, return_tensors="pt"), _IMAGE_INPUTS)
        else:
            pixels, scaling = self._torch.from_numpy(self._pixels(self._frame[0], images)), self._frame[1]
            tensors = {_PIXELS: scaling.of(devices.moved({_PIXELS: pixels}, self._device)[_PIXELS])}
        return tensors | {_PIXELS: tensors[_PIXELS].to(self._precision)}

    def _pixels(self, shape: frame.Frame, images: Sequence[Image.Image]) -> NDArray[np.uint8]:
        """As bytes, which are a quarter of the numbers that a GPU makes of them."""
        with ThreadPoolExecutor(self._threads) as threads:
            return np.concatenate(list(threads.map(lambda image: shape.pixels([image]), images)))

    def read(self, texts: Sequence[str]) -> dict[str, Any]:
        """What the text tower reads."""
        return self._moved(self.checkpoint.tokens(list(texts), **self.padding), self.text_inputs)

    def _moved(self, inputs: Any, names: Sequence[str]) -> dict[str, Any]:
        return devices.moved({name: inputs[name] for name in names if name in inputs}, self._device)

    def _features(self, kind: str, tensors: dict[str, Any]) -> Any:
        with self._torch.inference_mode():
            vectors = getattr(self.checkpoint.model, f"get_{kind}_features")(**tensors)
            # transformers 5 returns an output object, 4 returned the tensor itself.
            vectors = getattr(vectors, "pooler_output", vectors).float()
            return self._torch.nn.functional.normalize(vectors, dim=1)


def _torch(threads: int) -> Any:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # read when transformers is imported
    try:
        import torch  # noqa: PLC0415 - an extra, and slow
        import transformers  # noqa: F401, PLC0415
    except ImportError as error:
        extra = distribution.to_install("clip")
        raise ModelError(
            f"other models than the embedded one need torch and transformers: {extra}"
        ) from error
    if threads:
        torch.set_num_threads(threads)
    return torch


def _load(model: str) -> Checkpoint:
    """Read the checkpoint. Raises ModelError."""
    from safetensors import SafetensorError  # noqa: PLC0415
    from transformers import AutoConfig, AutoImageProcessor, AutoModel, AutoTokenizer  # noqa: PLC0415

    try:
        config = AutoConfig.from_pretrained(model, **_LOCAL)
        _refuse_other_kinds(model, config)
        weights = AutoModel.from_pretrained(model, config=config, use_safetensors=True, **_LOCAL)
        images = AutoImageProcessor.from_pretrained(model, **_LOCAL)  # type: ignore[no-untyped-call]
        return Checkpoint(weights.eval(), images, AutoTokenizer.from_pretrained(model, **_LOCAL))
    except (OSError, ValueError, SafetensorError) as error:
        raise ModelError(_why_not(model, error)) from error


def _side(processor: Any) -> int:
    """Pixels that the shorter side of an image has when a processor cuts it out; 0 if it does not say."""
    size = getattr(processor, "size", None) or {}
    return int(size.get("shortest_edge") or min(size.get("height") or 0, size.get("width") or 0))


def _refuse_other_kinds(model: str, config: Any) -> None:
    if not {"text_config", "vision_config"} <= set(config.to_dict()):
        raise ModelError(f"{model}: a {config.model_type} model, neither CLIP nor SigLIP; choose another")


def _why_not(model: str, error: Exception) -> str:
    cause = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if Path(model).is_dir():
        return f"{model}: not a CLIP or SigLIP checkpoint with safetensors weights: {cause}; copy it again"
    return f"{model}: not on this machine; run `alttext model pull {model}`, or give a folder"


def _text_rules(config: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
    """How this family wants its texts padded, and which tensors it reads.

    SigLIP was trained on texts padded to full length, with padding in sight: a mask, or less padding,
    changes its vectors.
    """
    longest = config.text_config.max_position_embeddings
    if config.model_type.startswith("siglip"):
        return _rules("max_length", min(longest, 64)), ("input_ids",)
    return _rules("longest", longest), ("input_ids", "attention_mask")


def _rules(padding: str, longest: int) -> dict[str, Any]:
    return {"padding": padding, "truncation": True, "max_length": longest, "return_tensors": "pt"}


def _identity(model: str, config: Any) -> str:
    """The hub name with its revision, or the folder with what its weights' size and time say."""
    revision = getattr(config, "_commit_hash", None)
    if revision:
        return f"{model}@{revision[:12]}"
    weights = sorted(Path(model).glob("*.safetensors"))
    marks = [f"{path.stat().st_size}.{path.stat().st_mtime_ns}" for path in weights]
    return f"{Path(model).resolve()}@{'-'.join(marks)}"
