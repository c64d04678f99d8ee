"""What the figures of speed are made of; how fast anything is, no test asks."""

import argparse

import pytest
import torch
from PIL import Image

from alttext import find_images
from benchmarks.speed import gpu, memory, samples, second
from benchmarks.speed.timing import alttext, heading, in_turn


@pytest.fixture
def small(monkeypatch):
    """Photographs that are drawn in no time."""
    monkeypatch.setattr(samples, "PHOTOGRAPH", (120, 90))
    monkeypatch.setattr(samples.photographs, "__defaults__", ((120, 90),))


def test_photographs_are_of_different_content_and_made_once(tmp_path):
    files = samples.photographs(tmp_path, 20, (96, 64))
    for file in files:
        with Image.open(file) as photograph:
            assert photograph.size == (96, 64)
    assert len({file.read_bytes() for file in files}) == 20
    before = [file.stat().st_mtime_ns for file in files]
    assert [file.stat().st_mtime_ns for file in samples.photographs(tmp_path, 20, (96, 64))] == before


def test_a_site_shows_every_picture_once_without_an_alternative(tmp_path):
    pictures = samples.photographs(tmp_path, 7, (96, 64))
    site = samples.site(tmp_path / "site", pictures, a_page=3)
    refs = [ref for page in sorted(site.glob("*.html")) for ref in find_images(page.read_text())]
    assert [(site / ref.src).resolve() for ref in refs] == [file.resolve() for file in pictures]
    assert all(ref.missing for ref in refs)


def test_pages_have_their_size_and_every_other_one_lacks_an_alternative(tmp_path):
    pages = sorted(samples.pages(tmp_path, 4, 6000).glob("*.html"))
    assert all(abs(page.stat().st_size - 6000) < 100 for page in pages)
    assert [sum(ref.missing for ref in find_images(page.read_text())) for page in pages] == [1, 0, 1, 0]


def test_works_are_done_in_turn_and_measured_by_piece():
    done = []
    works = {"a": lambda: done.append("a") or 2, "b": lambda: done.append("b") or 1}
    times = in_turn(works, rounds=2)
    assert done == ["a", "b"] * 3  # the first round warms up
    assert {name: len(each.seconds) for name, each in times.items()} == {"a": 2, "b": 2}
    assert "ms of processor each" in times["a"].rate()


def test_a_run_that_fails_is_no_figure():
    with pytest.raises(SystemExit, match="exit code 2"):
        alttext("check", "no/such/folder")


def test_the_second_run_is_counted_and_needs_neither_decoder_nor_model(tmp_path, small):
    first, again = second.measure(argparse.Namespace(samples=tmp_path, images=5))
    assert "5 images" in first
    assert "5 decoded, 1 calls" in first
    assert "5 images" in again
    assert "0 decoded, 0 calls" in again


def test_memory_is_told_for_each_number_of_images(tmp_path, small):
    lines = list(memory.measure(argparse.Namespace(samples=tmp_path, images=[2, 3])))
    assert [line.split()[0] for line in lines] == ["2", "3"]


def test_figures_say_when_and_where_they_were_made():
    assert "cores" in heading()


def gpu_options(tmp_path, device):
    return argparse.Namespace(samples=tmp_path, images=5, rounds=1, device=device)


def test_without_a_gpu_it_is_said_that_nothing_is_measured(tmp_path, small, build_clip, monkeypatch):
    monkeypatch.setattr(gpu, "vit_b_32", lambda folder, _: build_clip(folder / "clip"))
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    (line,) = gpu.measure(gpu_options(tmp_path, "cuda"))
    assert line.startswith('nothing is measured: device = "cuda": ')


def test_the_rates_of_a_device_are_told_from_files_and_of_the_tower(tmp_path, small, build_clip, monkeypatch):
    monkeypatch.setattr(gpu, "vit_b_32", lambda folder, _: build_clip(folder / "clip"))
    monkeypatch.setattr(gpu, "_BATCH", 2)
    lines = list(gpu.measure(gpu_options(tmp_path, "cpu")))
    assert "5 photographs, cpu" in lines[0]
    assert [line[:22].strip() for line in lines[1:-1]] == [
        "from files", "tower alone, float16", "tower alone, bfloat16", "tower alone, float32",
    ]  # fmt: skip
    assert float(lines[-1].rpartition(" ")[2]) >= 0.999
