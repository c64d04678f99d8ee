import numpy as np
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

from training.padding import fold_padding

ASYMMETRIC = [0, 0, 0, 1, 0, 0, 1, 2]  # top and left, then bottom and right, after those of n and c


def model(*, own=(0, 0, 0, 0), convolutions=1, mode="constant"):
    """A graph that pads by amounts worked out from constants, as torch exports them, and convolves."""
    rng = np.random.default_rng(1)
    constants = {
        "halves": np.array(ASYMMETRIC[:4]),
        "rest": np.array(ASYMMETRIC[4:]),
        "weights": rng.standard_normal((2, 3, 3, 3)).astype(np.float32),
        "unused": np.zeros(7, np.float32),
    }
    nodes = [
        helper.make_node("Concat", ["halves", "rest"], ["amounts"], axis=0),
        helper.make_node("Pad", ["pixels", "amounts"], ["padded"], mode=mode),
        *(
            helper.make_node("Conv", ["padded", "weights"], [f"map{n}"], pads=list(own), strides=[2, 2])
            for n in range(convolutions)
        ),
    ]
    graph = helper.make_graph(
        nodes,
        "tower",
        [helper.make_tensor_value_info("pixels", TensorProto.FLOAT, [1, 3, 8, 9])],
        [
            helper.make_tensor_value_info(f"map{n}", TensorProto.FLOAT, [1, 2, None, None])
            for n in range(convolutions)
        ],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])


def maps(made):
    pixels = np.random.default_rng(2).standard_normal((1, 3, 8, 9)).astype(np.float32)
    return ReferenceEvaluator(made).run(None, {"pixels": pixels})


def kinds(made):
    return [node.op_type for node in made.graph.node]


@pytest.mark.parametrize("own", [(0, 0, 0, 0), (1, 0, 2, 1)])
@pytest.mark.parametrize("convolutions", [1, 2])
def test_convolutions_pad_themselves_and_compute_the_same(own, convolutions):
    before = maps(model(own=own, convolutions=convolutions))
    folded = fold_padding(model(own=own, convolutions=convolutions))
    assert kinds(folded) == ["Conv"] * convolutions
    assert [tensor.name for tensor in folded.graph.initializer] == ["weights"]
    for old, new in zip(before, maps(folded), strict=True):
        np.testing.assert_allclose(new, old, rtol=1e-5, atol=1e-6)


def test_padding_with_anything_but_zeros_stays():
    assert kinds(fold_padding(model(mode="reflect"))) == ["Concat", "Pad", "Conv"]
