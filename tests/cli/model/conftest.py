"""Models without their weights, and a hub that is faked: tests have no network."""

import hashlib
import json
from types import SimpleNamespace

import huggingface_hub
import numpy as np
import platformdirs
import pytest
from click.testing import CliRunner

from alttext.cli import cli
from alttext.ranking import calibration, encode_embedded
from alttext.ranking.calibration import Calibration


@pytest.fixture
def alttext():
    """Runs `alttext model` with arguments."""
    return lambda *arguments, **more: CliRunner().invoke(cli, ["model", *map(str, arguments)], **more)


@pytest.fixture
def nothing_calibrated(tmp_path, monkeypatch):
    """No model has figures unless a test writes some; the data of the user is in the folder of the test."""
    monkeypatch.setattr(calibration, "SHIPPED", tmp_path / "shipped.npz")
    monkeypatch.setattr(platformdirs, "user_data_path", lambda name: tmp_path / "data" / name)


@pytest.fixture
def write_figures():
    """Writes figures of a model that is named."""

    def write(path, model_id, dim=4):
        zeros, eye = np.zeros(dim, np.float32), np.eye(dim, dtype=np.float32)
        calibration.write(path, Calibration(model_id, zeros, eye, {}, {}, {}))

    return write


@pytest.fixture
def embedded(tmp_path, monkeypatch):
    """A folder with a manifest as the embedded model has it."""
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "image.onnx").write_bytes(b"\x00" * 2_000_000)
    digest = hashlib.sha256(b"\x00" * 2_000_000).hexdigest()
    (folder / "manifest.json").write_text(
        json.dumps({"id": "tiny-1", "dim": 4, "input_size": 8, "files": {"image.onnx": digest}})
    )
    monkeypatch.setattr(encode_embedded, "FOLDER", folder)
    monkeypatch.setattr(huggingface_hub, "scan_cache_dir", lambda: SimpleNamespace(repos=[]))
    return folder


@pytest.fixture
def hub_file():
    """Makes a file as the hub tells of it."""

    def file(name, size=1_000_000, download=True):
        return SimpleNamespace(filename=name, file_size=size, will_download=download, commit_hash="a" * 40)

    return file


@pytest.fixture
def hub(monkeypatch, hub_file):
    """The calls to the hub, which has one file after the other of `calls.files`."""
    calls = SimpleNamespace(
        files=[hub_file("model.safetensors"), hub_file("config.json", 1000)], made=[], error=None
    )

    def snapshot_download(repo_id, **options):
        calls.made.append((repo_id, options))
        if calls.error:
            raise calls.error
        return calls.files if options.get("dry_run") else "/cache/snapshots/aaaa"

    monkeypatch.setattr(huggingface_hub, "snapshot_download", snapshot_download)
    return calls
