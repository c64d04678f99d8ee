"""The figures of scale are of every stage, for one picture."""

import pytest

from alttext import Settings
from benchmarks import scale
from benchmarks.scale import Stage
from benchmarks.speed import samples

pytest.importorskip("pyarrow", reason="Parquet is measured, too")

SETTINGS = Settings(allow_outside_root=True, ocr="off", ledger=False)


def test_every_stage_is_measured_for_one_picture(tmp_path):
    photographs = samples.photographs(tmp_path, 4, (96, 64))
    site = samples.site(tmp_path / "site", photographs, a_page=2)
    stages = {each.name: each for each in scale.measure(site, tmp_path, SETTINGS, 1)}
    assert list(stages) == [
        "find in documents",
        "hash",
        "decode",
        "send to the model",
        "encode, rank, describe",
        "write Parquet",
        "fill a cache",
        "join with documents",
        "apply",
    ]
    read = sum(each.stat().st_size for each in photographs) / 4
    assert stages["find in documents"].size == read
    assert stages["send to the model"].size > 96 * 64 * 3
    assert stages["write Parquet"].size > 384 * 4  # a vector, which nothing makes smaller
    assert all(each.milliseconds >= 0 for each in stages.values())


def test_a_corpus_costs_as_much_as_its_pictures():
    lines = list(scale.table([Stage("decode", 3.6, 500), Stage("look", 7.2)], 1e6))
    assert lines[1].split() == ["decode", "3.60", "ms", "500", "bytes", "1", "h", "0.00", "TB"]
    assert lines[-1].split()[:5] == ["together", "10.80", "ms", "3", "h"]


def test_no_two_of_the_photographs_are_alike(tmp_path):
    made = scale.photographs(tmp_path, 18)
    assert len({each.read_bytes() for each in made}) == 18
