"""Stores the large weights of an ONNX graph in fewer bytes; computing stays in float32.

Weights are kept as int8 with a scale per output channel, or as float16, and turned back into float32
by nodes that the runtime folds away when it loads the graph. So the figures are the same on every
processor, unlike with quantised arithmetic.
"""

from collections.abc import Callable

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

SMALL = 2048  # weights of fewer elements stay as they are


def compact(model: onnx.ModelProto, use_int8: Callable[[str, tuple[int, ...]], bool]) -> onnx.ModelProto:
    """`model` with each large float32 initialiser stored as int8, if `use_int8` says so, or float16."""
    graph = model.graph
    kept, nodes = [], []
    for tensor in graph.initializer:
        array = numpy_helper.to_array(tensor)
        if array.dtype != np.float32 or array.size < SMALL:
            kept.append(tensor)
        elif use_int8(tensor.name, array.shape):
            tensors, made = _as_int8(tensor.name, array, _channel_axis(graph, tensor.name))
            kept, nodes = kept + tensors, nodes + made
        else:
            kept.append(numpy_helper.from_array(array.astype(np.float16), f"{tensor.name}/half"))
            nodes.append(_cast(f"{tensor.name}/half", tensor.name))
    all_nodes = [*nodes, *graph.node]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(all_nodes)
    onnx.checker.check_model(model, full_check=True)
    return model


def _cast(source: str, target: str) -> NodeProto:
    return helper.make_node("Cast", [source], [target], to=TensorProto.FLOAT, name=f"{target}/cast")


def _as_int8(name: str, array: NDArray[np.float32], axis: int) -> tuple[list[TensorProto], list[NodeProto]]:
    others = tuple(number for number in range(array.ndim) if number != axis)
    scale = np.maximum(np.abs(array).max(axis=others, keepdims=True), 1e-12) / 127
    whole = np.round(array / scale).astype(np.int8)
    tensors = [
        numpy_helper.from_array(whole, f"{name}/int8"),
        numpy_helper.from_array(scale.astype(np.float32), f"{name}/scale"),
    ]
    nodes = [
        _cast(f"{name}/int8", f"{name}/whole"),
        helper.make_node("Mul", [f"{name}/whole", f"{name}/scale"], [name], name=f"{name}/mul"),
    ]
    return tensors, nodes


def _channel_axis(graph: onnx.GraphProto, name: str) -> int:
    """The axis along which weights of one output lie together: 1 for `x @ w`, else 0."""
    user = next(node for node in graph.node if name in node.input)
    return 1 if user.op_type == "MatMul" else 0
