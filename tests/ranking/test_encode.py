"""Which encoder a model's name leads to, and what is said when it leads nowhere."""

import builtins
import json
import shutil
import subprocess
import sys

import numpy as np
import pytest

from alttext.errors import ModelError
from alttext.ranking.encode import enough_side, folder_of, load_encoder
from alttext.ranking.encode_embedded import FOLDER, EmbeddedEncoder, verified_manifest


@pytest.mark.parametrize("model", [None, "embedded"])
def test_no_name_means_the_embedded_model(model):
    assert isinstance(load_encoder(model), EmbeddedEncoder)


def test_the_embedded_model_needs_neither_torch_nor_transformers():
    code = (
        "import sys; from alttext.ranking.encode import load_encoder; load_encoder().encode_texts(['a dog']);"
        "import json; print(json.dumps([n for n in ('torch', 'transformers') if n in sys.modules]))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == []


def test_a_folder_that_training_wrote_is_a_model_too(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "mine")
    assert np.array_equal(
        load_encoder(str(folder)).encode_texts(["snow"]), load_encoder().encode_texts(["snow"])
    )


@pytest.mark.parametrize(("model", "is_folder"), [(None, 0), ("embedded", 0), ("no/such", 0), ("mine", 1)])
def test_a_model_lies_in_a_folder_of_its_own_or_not(tmp_path, monkeypatch, model, is_folder):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "embedded").mkdir()
    assert (folder_of(model) is not None) is bool(is_folder)


@pytest.mark.parametrize("model", [None, "embedded", "some/checkpoint", "folder"])
def test_pictures_keep_at_least_the_pixels_that_a_model_sees(model):
    largest = verified_manifest(FOLDER)["input_size"] if model in (None, "embedded") else 512
    assert 2 * enough_side(model) >= largest


def test_a_model_that_was_never_pulled_names_the_command_to_pull_it():
    with pytest.raises(ModelError, match="alttext model pull nobody/never-heard-of"):
        load_encoder("nobody/never-heard-of")


def test_a_folder_without_a_checkpoint_is_refused_by_name(tmp_path):
    with pytest.raises(ModelError, match=str(tmp_path)):
        load_encoder(str(tmp_path))


def test_without_the_extra_the_message_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def without_torch(name, *rest):
        if name == "torch":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_torch)
    with pytest.raises(ModelError, match=r"pip install 'alttext-clip\[clip\]'"):
        load_encoder("some/model")
