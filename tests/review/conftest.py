"""A describer without a model, and documents with their pictures in a folder."""

from pathlib import Path

import pytest
from PIL import Image

from alttext import Pipeline, Settings
from alttext.review.tasks import Task, tasks
from alttext.types import Candidate, Description, Term

CANDIDATES = (
    Candidate(Term("dog", "object", "a dog", ("dog",)), 0.31, 0.7),
    Candidate(Term("cat", "object", "a cat", ("cat",)), 0.22, 0.2),
    Candidate(Term("beach", "scene", "a beach", ("beach",)), 0.29, 0.6),
)
DOUBTFUL = Description("A dog on a beach.", 0.6, CANDIDATES, "photograph", True, ("low-confidence",))
CERTAIN = Description("A dog.", 0.99, CANDIDATES, "photograph", False, ("described",))


class Describer:
    """Doubts every picture but those that are named certain."""

    def describe_all(self, placed):
        return [CERTAIN if "certain" in each.image.src else DOUBTFUL for each in placed]


@pytest.fixture
def pipeline() -> Pipeline:
    return Pipeline(Settings(), describer=Describer())


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Makes files, given as names and texts or bytes, in the working folder; pictures by name alone."""
    monkeypatch.chdir(tmp_path)

    def make(*pictures, **files) -> Path:
        for number, name in enumerate(pictures):
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.new("RGB", (80, 60), (number * 40, 80, 120)).save(path)
        for name, content in files.pop("files", {}).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return make


@pytest.fixture
def asked(pipeline):
    """The tasks of documents; fails if one of these cannot be read."""

    def ask(*paths, **options) -> list[Task]:
        found = list(tasks(pipeline, paths or ["."], **options))
        assert all(isinstance(each, Task) for each in found)
        return found

    return ask
