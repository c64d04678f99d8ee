"""Where a checkpoint computes, with a torch that finds whatever a test wants it to."""

from itertools import chain
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from alttext.errors import ModelError
from alttext.ranking import device
from alttext.ranking.device import CHUNKS, Batches


def machine(*devices, built=True):
    """A torch on a machine with these devices besides its processor."""
    return SimpleNamespace(
        __version__="2.13.0+cpu",
        cuda=SimpleNamespace(is_available=lambda: "cuda" in devices),
        backends=SimpleNamespace(
            mps=SimpleNamespace(is_available=lambda: "mps" in devices),
            cuda=SimpleNamespace(is_built=lambda: built),
        ),
    )


@pytest.mark.parametrize(
    ("wanted", "there", "chosen"),
    [
        ("auto", (), "cpu"),
        ("auto", ("cuda",), "cuda"),
        ("auto", ("mps",), "cpu"),
        ("cpu", ("cuda", "mps"), "cpu"),
        ("cuda", ("cuda", "mps"), "cuda"),
        ("mps", ("mps",), "mps"),
    ],
)
def test_the_device_is_the_one_that_is_wanted_and_a_gpu_of_cuda_by_itself(wanted, there, chosen):
    assert device.choose(machine(*there), wanted) == chosen


@pytest.mark.parametrize(
    ("wanted", "there", "built", "said"),
    [
        ("cuda", ("mps",), True, 'device = "cuda": torch 2.13.0+cpu finds none here; use device = "auto"'),
        ("cuda", (), False, "finds none here, and was built without it; use"),
        ("mps", ("cuda",), False, 'device = "mps": torch 2.13.0+cpu finds none here; use device = "auto"'),
    ],
)
def test_a_device_that_is_wanted_but_not_there_is_an_error(wanted, there, built, said):
    with pytest.raises(ModelError) as error:
        device.choose(machine(*there, built=built), wanted)
    assert said in str(error.value)


def rows(*numbers):
    return np.array([numbers, [1, 0]], np.float32)


@pytest.mark.parametrize(
    ("short", "is_short"),
    [(rows(0, 1), True), (rows(0.04, 0.9992), True), (rows(0.6, 0.8), False), (rows(np.nan, 1), False)],
    ids=["the same", "nearly the same", "another", "overflown"],
)
def test_a_gpu_computes_with_short_numbers_if_they_say_the_same_of_every_picture(short, is_short):
    made = {torch.float16: short, torch.float32: rows(0, 1)}
    assert device.precision(torch, "cuda", made.get) == (torch.float16 if is_short else torch.float32)


class Tensor:
    """Remembers what is done with it."""

    def __init__(self):
        self.done = []

    def pin_memory(self):
        self.done.append("pinned")
        return self

    def to(self, *where, **how):
        self.done.append((where, how))
        return self


@pytest.mark.parametrize(
    ("name", "done"),
    [
        ("cpu", [(("cpu",), {})]),
        ("mps", [(("mps",), {})]),
        ("cuda", ["pinned", (("cuda",), {"non_blocking": True})]),
    ],
)
def test_only_for_cuda_memory_is_pinned_so_that_nothing_waits_for_the_transfer(name, done):
    tensor = Tensor()
    assert device.moved({"ids": tensor}, name) == {"ids": tensor}
    assert tensor.done == done


def roomy(limit, sizes):
    """Work that has room for so many, and notes how many it was given."""

    def work(batch):
        sizes.append(len(batch))
        if len(batch) > limit:
            raise torch.cuda.OutOfMemoryError("CUDA out of memory")
        return batch

    return work


@pytest.mark.parametrize("count", [0, 1, 16, 40])
def test_batches_are_whole_while_there_is_room(count):
    sizes = []
    done = Batches(torch, "cpu").map(roomy(CHUNKS["cpu"], sizes), list(range(count)))
    assert list(chain.from_iterable(done)) == list(range(count))
    assert all(size == CHUNKS["cpu"] for size in sizes[:-1])


def test_batches_are_halved_until_they_fit_and_stay_so():
    batches, sizes = Batches(torch, "cpu"), []
    for _ in range(2):
        done = batches.map(roomy(5, sizes), list(range(10)))
        assert list(chain.from_iterable(done)) == list(range(10))
    assert sizes == [10, 8, 4, 4, 2, 4, 4, 2]


def test_no_room_for_a_single_one_is_an_error_that_names_a_way_out():
    with pytest.raises(ModelError, match=r'"mps": too little memory .* device = "cpu"'):
        Batches(torch, "mps").map(roomy(0, []), [1, 2, 3])


def test_other_errors_are_not_taken_for_a_lack_of_memory():
    def work(batch):
        raise RuntimeError("something else")

    with pytest.raises(RuntimeError, match="something else"):
        Batches(torch, "cpu").map(work, [1])
