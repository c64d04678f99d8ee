import threading

import numpy as np
import pytest

from alttext.errors import ModelError
from alttext.ranking import towers


def numbered(inputs):
    return np.array([[each, 2 * each] for each in inputs], np.float32)


@pytest.mark.parametrize("threads", [0, 1, 3])
@pytest.mark.parametrize("count", [0, 1, 4, 5, 9])
def test_every_input_has_its_row_in_order(count, threads):
    rows = towers.in_batches(numbered, range(count), 4, 2, threads)
    assert (rows.shape, rows.dtype) == ((count, 2), np.float32)
    assert rows[:, 0].tolist() == list(range(count))


def test_no_batch_is_larger_than_asked_for():
    seen = []

    def note(inputs):
        seen.append(len(inputs))
        return numbered(inputs)

    towers.in_batches(note, range(10), 4, 2)
    assert seen == [4, 4, 2]


def test_batches_are_encoded_at_a_time_by_as_many_threads_as_there_may_be():
    both = threading.Barrier(2, timeout=60)  # which one alone would wait at for the other

    def meet(inputs):
        both.wait()
        return numbered(inputs)

    assert len(towers.in_batches(meet, range(2), 1, 2, 2)) == 2


def test_what_cannot_be_loaded_is_named_with_a_remedy(tmp_path):
    graph = tmp_path / "image.onnx"
    graph.write_bytes(b"no graph")
    with pytest.raises(ModelError, match=r"image\.onnx: onnxruntime cannot load it .*; export it again$"):
        towers.session(graph, 1, "export it again")
