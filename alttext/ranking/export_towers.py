"""The towers of a checkpoint as ONNX graphs that take bytes of pixels, or tokens, and give unit rows.

Only `export` imports this: it brings torch and onnx, of the `clip` extra. The exporter is the one that
traces, since the other one needs a package more: https://docs.pytorch.org/docs/stable/onnx_torchscript.html
"""

import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from torch import Tensor, nn

from alttext.errors import ModelError
from alttext.ranking.encode_exported import PIXELS, VECTORS
from alttext.ranking.frame import Frame, Scaling

OPSET = 17
LIMIT = 1_900_000_000  # bytes of weights in the file of a graph; the format ends at 2 GiB
_SMALL = 2048  # weights of fewer elements keep their precision
_BATCH = 2  # of the example; 1 might be taken for a constant


class _Images(nn.Module):
    def __init__(self, model: Any, scaling: Scaling) -> None:
        super().__init__()
        self.model, self.scaling = model, scaling

    def forward(self, pixels: Tensor) -> Tensor:
        return _unit(self.model.get_image_features(pixel_values=self.scaling.of(pixels)))


class _Texts(nn.Module):
    def __init__(self, model: Any, names: Sequence[str]) -> None:
        super().__init__()
        self.model, self.names = model, names

    def forward(self, *tensors: Tensor) -> Tensor:
        return _unit(self.model.get_text_features(**dict(zip(self.names, tensors, strict=True))))


def _unit(output: Any) -> Tensor:
    vectors: Tensor = getattr(output, "pooler_output", output)
    unit: Tensor = vectors / torch.linalg.vector_norm(vectors, dim=1, keepdim=True)
    return unit


def write_images(model: Any, frame: Frame, scaling: Scaling, path: Path, *, half: bool) -> None:
    """The image tower: `pixels (n, height, width, 3)` in, `vectors (n, dim)` out. Raises ModelError."""
    pixels = torch.zeros(_BATCH, frame.height, frame.width, 3, dtype=torch.uint8)
    _write(_Images(model, scaling), {PIXELS: pixels}, {PIXELS: {0: "n"}}, path, half=half)


def write_texts(model: Any, example: dict[str, Tensor], path: Path, *, half: bool) -> None:
    """The text tower, for any number of texts of any length. Raises ModelError."""
    axes = {name: {0: "n", 1: "tokens"} for name in example}
    _write(_Texts(model, list(example)), example, axes, path, half=half)


def _write(
    tower: nn.Module, inputs: dict[str, Tensor], axes: dict[str, Any], path: Path, *, half: bool
) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent) as beside:
        made = Path(beside) / path.name
        try:
            _trace(tower, inputs, axes | {VECTORS: {0: "n"}}, made)
        except Exception as error:  # torch, transformers and onnx have a dozen kinds between them
            cause = str(error).strip().splitlines()[:1] or [type(error).__name__]
            raise ModelError(f"torch {torch.__version__} cannot export this model: {cause[0]}") from error
        _store(onnx.load(made), path, half=half)


def _trace(tower: nn.Module, inputs: dict[str, Tensor], axes: dict[str, Any], path: Path) -> None:
    with torch.inference_mode(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what is no part of the graph; the vectors are compared later
        torch.onnx.export(
            tower.eval(),
            tuple(inputs.values()),
            str(path),
            input_names=list(inputs),
            output_names=[VECTORS],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )


def _store(model: onnx.ModelProto, path: Path, *, half: bool) -> None:
    """Write a graph, its weights in a file beside it if they are more than one can hold."""
    if half:
        _halve(model.graph)
    size = sum(len(tensor.raw_data) for tensor in model.graph.initializer)
    beside = f"{path.name}.data"
    onnx.save(model, str(path), save_as_external_data=size > LIMIT, location=beside if size > LIMIT else None)


def _halve(graph: onnx.GraphProto) -> None:
    """Keep large weights as float16. They become float32 when the graph is loaded: it computes as before."""
    kept, casts = [], []
    for tensor in graph.initializer:
        weights = numpy_helper.to_array(tensor)
        if weights.dtype != np.float32 or weights.size < _SMALL:
            kept.append(tensor)
            continue
        name = f"{tensor.name}/half"
        kept.append(numpy_helper.from_array(weights.astype(np.float16), name))
        casts.append(helper.make_node("Cast", [name], [tensor.name], to=onnx.TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)
