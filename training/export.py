"""Writes the two graphs that ship, and proves that they say what the trained modules say."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import onnx
import torch
from torch import Tensor, nn

from alttext.ranking import named
from training.adapter import Adapter
from training.compact import compact
from training.head import Head
from training.padding import fold_padding
from training.text import DIM, TextTower
from training.tower import LiteTower

OPSET = 17


class ImageModel(nn.Module):
    """Pixels `(n, side, side, 3)` of 0..255 in, unit rows `(n, 384)` out."""

    def __init__(self, tower: LiteTower, head: Head) -> None:
        super().__init__()
        self.tower, self.head = tower, head

    def forward(self, pixels: Tensor) -> Tensor:
        return self.head(self.tower(pixels.permute(0, 3, 1, 2).float()))


class TextModel(nn.Module):
    """Token ids and mask in, unit rows `(n, 384)` out; as published without an adapter."""

    def __init__(self, tower: TextTower, adapter: Adapter | None) -> None:
        super().__init__()
        self.tower, self.adapter = tower, adapter

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        texts: Tensor = self.tower(ids, mask)
        return texts if self.adapter is None else self.adapter(texts)


def export_image(tower: LiteTower, head: Head, size: int, path: Path) -> None:
    """The image graph: convolutions as float16, matrices as int8."""
    pixels = torch.zeros(2, size, size, 3, dtype=torch.uint8)
    model = ImageModel(tower, head).eval()
    _export(model, (pixels,), path, ["pixels"], {"pixels": {0: "n"}, "vectors": {0: "n"}})
    onnx.save(compact(fold_padding(onnx.load(path)), lambda _, shape: len(shape) == 2), path)


def export_text(
    tower: TextTower, vocabulary: Sequence[str], folder: Path, adapter: Adapter | None = None
) -> None:
    """`text.onnx`, all int8, and `vocabulary.txt`, one word piece per line."""
    graph, words = folder / "text.onnx", folder / "vocabulary.txt"
    ids = torch.ones(2, 7, dtype=torch.long)
    axes = {name: {0: "n", 1: "tokens"} for name in ("ids", "mask")}
    model = TextModel(tower, adapter).eval()
    _export(model, (ids, ids), graph, ["ids", "mask"], axes | {"vectors": {0: "n"}})
    onnx.save(compact(onnx.load(graph), lambda _name, _shape: True), graph)
    words.write_text("".join(f"{piece}\n" for piece in vocabulary), encoding="utf-8")


def _export(model: nn.Module, inputs: tuple[Tensor, ...], path: Path, names: list[str], axes: Any) -> None:
    torch.onnx.export(
        model,
        inputs,
        path,
        input_names=names,
        output_names=["vectors"],
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )


def write_manifest(folder: Path, version: str, size: int, facts: dict[str, Any]) -> None:
    """`manifest.json`: what the files are, their checksums and how they were made."""
    names = ("image.onnx", "text.onnx", "vocabulary.txt")
    manifest = {
        "id": f"alttext-embedded-{version}",
        "version": version,
        "dim": DIM,
        "input_size": size,
        "input": "RGB, 0..255, squashed to a square, (n, side, side, 3) uint8",
        "mean": [127.0] * 3,
        "scale": [128.0] * 3,
        "files": {name: sha256((folder / name).read_bytes()).hexdigest() for name in names},
        "training": facts,
    }
    (folder / named.MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
