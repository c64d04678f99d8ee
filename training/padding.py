"""Lets convolutions pad pictures themselves instead of separate nodes before them.

The tower pads as TensorFlow does, more on one side than on the other, which torch has no convolution for.
ONNX has; without the nodes in between, the runtime keeps the maps in the layout that it computes in.
"""

from collections.abc import Mapping, Sequence

import onnx
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, helper
from onnx.reference import ReferenceEvaluator


def fold_padding(model: ModelProto) -> ModelProto:
    """`model` without the padding of zeros that is done for one convolution: the same figures, sooner."""
    pads = {node.output[0]: node for node in model.graph.node if _is_of_zeros(node)}
    amounts = _constants(model, [node.input[1] for node in pads.values()])
    for conv in (node for node in model.graph.node if node.op_type == "Conv"):
        if pad := pads.get(conv.input[0]):
            _pad_itself(conv, pad, amounts[pad.input[1]])
    _remove_unused(model.graph)
    onnx.checker.check_model(model, full_check=True)
    return model


def _is_of_zeros(node: NodeProto) -> bool:
    modes = [attribute.s for attribute in node.attribute if attribute.name == "mode"]
    return node.op_type == "Pad" and modes in ([], [b"constant"]) and not any(node.input[2:])


def _constants(model: ModelProto, names: Sequence[str]) -> Mapping[str, Sequence[int]]:
    """Values that the graph computes from nothing but constants."""
    part = ModelProto()
    part.CopyFrom(model)
    del part.graph.input[:], part.graph.output[:]
    part.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.INT64, None) for name in names)
    _remove_unused(part.graph)
    values = ReferenceEvaluator(part).run(None, {})
    return {name: value.tolist() for name, value in zip(names, values, strict=True)}


def _pad_itself(conv: NodeProto, pad: NodeProto, amounts: Sequence[int]) -> None:
    """Move padding of height and width, (n, c, top, left, n, c, bottom, right), into the convolution."""
    own = next(attribute for attribute in conv.attribute if attribute.name == "pads")
    amounts = [*amounts[2:4], *amounts[6:8]]
    total = [before + more for before, more in zip(own.ints, amounts, strict=True)]
    conv.attribute.remove(own)
    conv.attribute.append(helper.make_attribute("pads", total))
    conv.input[0] = pad.input[0]


def _remove_unused(graph: GraphProto) -> None:
    """Remove nodes and initialisers that no output depends on."""
    needed = {output.name for output in graph.output}
    nodes = []
    for node in reversed(graph.node):
        if needed.intersection(node.output):
            needed.update(node.input)
            nodes.append(node)
    kept = [tensor for tensor in graph.initializer if tensor.name in needed]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(reversed(nodes))
    graph.initializer.extend(kept)
