"""Any CLIP or SigLIP checkpoint, run by transformers: needs the `clip` extra.

Safetensors only, no remote code, no download: `alttext model pull` is the one way in which a model
comes to this machine. See https://huggingface.co/docs/transformers/model_doc/siglip for the padding.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from alttext.errors import ModelError
from alttext.ranking.pixels import fitted, opaque

_EXTRA = "pip install 'alttext-clip[clip]'"
_CHUNK = 16
_IMAGE_INPUTS = ("pixel_values", "pixel_attention_mask", "spatial_shapes")
_IMAGE_TOWER = ("vision_model", "visual_projection")
_LOCAL = {"local_files_only": True, "trust_remote_code": False}


class TransformersEncoder:
    """A two-tower checkpoint from a folder or from the hub's cache."""

    def __init__(self, model: str, threads: int = 0) -> None:
        """Loads both towers onto the GPU if there is one; `threads` 0 leaves torch's own choice."""
        self._torch = _torch(threads)
        self._model, self._images, self._tokens = _load(model)
        self._device = "cuda" if self._torch.cuda.is_available() else "cpu"
        self._model.to(self._device)
        self._precision = _precision(self._torch, self._device)
        for name in _IMAGE_TOWER:
            getattr(self._model, name, self._torch.nn.Module()).to(self._precision)
        self._side = _side(self._images)
        self._padding, self._text_inputs = _text_rules(self._model.config)
        self.model_id = _identity(model, self._model.config)
        self.dim = self._features("text", self._tokens(["a"], **self._padding)).shape[1]

    def encode_images(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        """Unit rows `(n, dim)` of `n` images of any mode and size."""
        return self._in_chunks("image", images, self._prepared)

    def _prepared(self, images: Sequence[Image.Image]) -> Any:
        """What the image tower reads; Pillow makes images smaller in less time than a processor does."""
        inputs = self._images([fitted(opaque(image), self._side) for image in images], return_tensors="pt")
        inputs["pixel_values"] = inputs["pixel_values"].to(self._precision)
        return inputs

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit rows `(n, dim)` of `n` texts, each cut to what the checkpoint can read."""
        return self._in_chunks("text", texts, lambda part: self._tokens(list(part), **self._padding))

    def _in_chunks(self, kind: str, inputs: Sequence[Any], prepare: Any) -> NDArray[np.float32]:
        starts = range(0, len(inputs), _CHUNK)
        rows = [self._features(kind, prepare(inputs[start : start + _CHUNK])) for start in starts]
        return np.concatenate(rows) if rows else np.empty((0, self.dim), np.float32)

    def _features(self, kind: str, inputs: Any) -> NDArray[np.float32]:
        names = _IMAGE_INPUTS if kind == "image" else self._text_inputs
        tensors = {name: inputs[name].to(self._device) for name in names if name in inputs}
        with self._torch.inference_mode():
            vectors = getattr(self._model, f"get_{kind}_features")(**tensors)
            # transformers 5 returns an output object, 4 returned the tensor itself.
            vectors = getattr(vectors, "pooler_output", vectors).float()
            unit: NDArray[np.float32] = self._torch.nn.functional.normalize(vectors, dim=1).cpu().numpy()
        return unit


def _torch(threads: int) -> Any:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # read when transformers is imported
    try:
        import torch  # noqa: PLC0415 - an extra, and slow
        import transformers  # noqa: F401, PLC0415
    except ImportError as error:
        raise ModelError(
            f"other models than the embedded one need torch and transformers: {_EXTRA}"
        ) from error
    if threads:
        torch.set_num_threads(threads)
    return torch


def _load(model: str) -> tuple[Any, Any, Any]:
    """The model in evaluation mode, its image processor and its tokenizer."""
    from safetensors import SafetensorError  # noqa: PLC0415
    from transformers import AutoConfig, AutoImageProcessor, AutoModel, AutoTokenizer  # noqa: PLC0415

    try:
        config = AutoConfig.from_pretrained(model, **_LOCAL)
        _refuse_other_kinds(model, config)
        weights = AutoModel.from_pretrained(model, config=config, use_safetensors=True, **_LOCAL)
        images = AutoImageProcessor.from_pretrained(model, **_LOCAL)  # type: ignore[no-untyped-call]
        return weights.eval(), images, AutoTokenizer.from_pretrained(model, **_LOCAL)
    except (OSError, ValueError, SafetensorError) as error:
        raise ModelError(_why_not(model, error)) from error


def _precision(torch: Any, device: str) -> Any:
    """The numbers that the image tower computes with: short ones where a processor multiplies these itself.

    That takes a third of the time and leaves a cosine of more than 0.999 between both vectors of a picture.
    """
    capabilities: dict[str, Any] = getattr(torch.cpu, "get_capabilities", dict)()
    is_short = device == "cpu" and (capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))
    return torch.bfloat16 if is_short else torch.float32


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
