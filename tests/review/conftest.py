"""A describer without a model, and documents with their pictures in a folder."""

from pathlib import Path

import pytest

from alttext import Pipeline, Settings
from alttext.review.tasks import Task, tasks
from tests import making
from tests.describers import Doubting


@pytest.fixture
def pipeline() -> Pipeline:
    return Pipeline(Settings(), describer=Doubting())


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Makes files, given as names and texts or bytes, in the working folder; pictures by name alone."""
    monkeypatch.chdir(tmp_path)

    def make(*pictures, files=None) -> Path:
        making.pictures(tmp_path, pictures)
        making.files(tmp_path, files or {})
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
