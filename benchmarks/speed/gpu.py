"""A ViT-B/32 through the `clip` extra on a GPU, from files, and its image tower with each kind of numbers."""

import argparse
from collections.abc import Callable, Iterator

import torch
from transformers import AutoModel

from alttext.errors import ModelError
from alttext.ranking import device as devices
from alttext.ranking import trial
from alttext.ranking.encode_transformers import Checkpoint, TransformersEncoder
from benchmarks.speed import samples
from benchmarks.speed.checkpoint import vit_b_32
from benchmarks.speed.clip import from_files, names_of_labels
from benchmarks.speed.timing import in_turn

_PRECISIONS = ("float16", "bfloat16", "float32")
_BATCH, _BATCHES = 128, 8


def add_options(parser: argparse.ArgumentParser) -> None:
    """How much, and where."""
    parser.add_argument("--images", type=int, default=512)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--device", default="cuda", choices=["cuda", "mps", "cpu"])


def measure(options: argparse.Namespace) -> Iterator[str]:
    """Images a second, and how near the vectors are to those of single precision on the processor."""
    try:
        devices.choose(torch, options.device)
    except ModelError as error:
        yield f"nothing is measured: {error}"
        return
    labels = names_of_labels()
    checkpoint = str(vit_b_32(options.samples, labels))
    encoder = TransformersEncoder(checkpoint, device=options.device)
    files = samples.photographs(options.samples, options.images)
    exact = TransformersEncoder(checkpoint, device="cpu", exact=True)
    pictures = trial.pictures()
    cosine = (encoder.encode_images(pictures) * exact.encode_images(pictures)).sum(axis=1).min()
    works = {"from files": from_files(encoder, files, labels), **_towers(exact.checkpoint, options.device)}
    times = in_turn(works, options.rounds)
    yield f"ViT-B/32 with random weights, {len(files)} photographs, {_name(options.device)}"
    for name, each in times.items():
        yield f"{name:<22} {each.rate()}"
    yield f"least cosine with single precision on the processor: {cosine:.6f}"


def _towers(checkpoint: Checkpoint, device: str) -> dict[str, Callable[[], float]]:
    return {f"tower alone, {name}": _tower(checkpoint, device, name) for name in _PRECISIONS}


def _tower(checkpoint: Checkpoint, device: str, precision: str) -> Callable[[], float]:
    """The image tower on numbers that are there already; the last rows are waited for."""
    kind, side = getattr(torch, precision), checkpoint.model.config.vision_config.image_size
    model = AutoModel.from_config(checkpoint.model.config).eval().to(device, kind)
    pixels = torch.randn(_BATCH, 3, side, side).to(device, kind)

    def work() -> float:
        with torch.inference_mode():
            for _ in range(_BATCHES):
                rows = model.get_image_features(pixel_values=pixels).pooler_output
        rows.cpu()
        return _BATCH * _BATCHES

    return work


def _name(device: str) -> str:
    return torch.cuda.get_device_name() if device == "cuda" else device
