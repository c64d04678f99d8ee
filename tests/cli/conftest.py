"""A describer without a model and a working folder, for commands about what is left for a person."""

import pytest

from alttext import pipeline
from tests import making
from tests.describers import Doubting


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Make files in the working folder: names and texts, and pictures by their names alone."""
    monkeypatch.setattr(pipeline.Pipeline, "describer", Doubting())
    monkeypatch.chdir(tmp_path)

    def make(*pictures, files):
        making.files(tmp_path, {"alttext.toml": "", **files})
        making.pictures(tmp_path, pictures)
        return tmp_path

    return make
