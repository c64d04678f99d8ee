"""A describer without a model and a working folder, for commands about what is left for a person."""

import os

import pytest
from PIL import Image

from alttext import pipeline
from alttext.types import Candidate, Description, Term

CANDIDATES = (
    Candidate(Term("dog", "object", "a dog", ("dog",)), 0.31, 0.7),
    Candidate(Term("cat", "object", "a cat", ("cat",)), 0.22, 0.2),
    Candidate(Term("beach", "scene", "a beach", ("beach",)), 0.29, 0.6),
)
DOUBTFUL = Description("A dog on a beach.", 0.6, CANDIDATES, "photograph", True, ("low-confidence",))
CERTAIN = Description("A dog.", 0.99, CANDIDATES, "photograph", False, ("described",))


class Doubting:
    """Doubts every picture but those that are named certain."""

    def describe_all(self, placed):
        return [CERTAIN if "certain" in each.image.src else DOUBTFUL for each in placed]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Make files in the working folder: names and texts, and pictures by their names alone."""
    monkeypatch.setattr(pipeline.Pipeline, "describer", Doubting())
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("ALTTEXT_")]:
        monkeypatch.delenv(name)

    def make(*pictures, files):
        for name, content in {"alttext.toml": "", **files}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        for number, name in enumerate(pictures):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            Image.new("RGB", (80, 60), (number * 40, 80, 120)).save(tmp_path / name)
        return tmp_path

    return make
