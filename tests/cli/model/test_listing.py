"""The model hub is faked: tests have no network."""

import hashlib
import json
import sys
from types import SimpleNamespace

import huggingface_hub
import numpy as np
import platformdirs
import pytest
from click.testing import CliRunner

from alttext.cli import cli
from alttext.cli.model import recommended
from alttext.ranking import calibration, encode, encode_embedded
from alttext.ranking.calibration import Calibration


def alttext(*arguments, **more):
    return CliRunner().invoke(cli, ["model", *arguments], **more)


@pytest.fixture(autouse=True)
def nothing_calibrated(tmp_path, monkeypatch):
    """No model has figures unless a test writes some."""
    monkeypatch.setattr(calibration, "SHIPPED", tmp_path / "shipped.npz")
    monkeypatch.setattr(platformdirs, "user_data_path", lambda name: tmp_path / "data" / name)


def write_figures(path, model_id):
    figures = Calibration(model_id, np.zeros(4, np.float32), np.eye(4, dtype=np.float32), {}, {}, {})
    calibration.write(path, figures)


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


def file(name, size=1_000_000, download=True):
    return SimpleNamespace(filename=name, file_size=size, will_download=download, commit_hash="a" * 40)


@pytest.fixture
def hub(monkeypatch):
    """The calls to the hub, which has one file after the other of `calls.files`."""
    calls = SimpleNamespace(files=[file("model.safetensors"), file("config.json", 1000)], made=[], error=None)

    def snapshot_download(repo_id, **options):
        calls.made.append((repo_id, options))
        if calls.error:
            raise calls.error
        return calls.files if options.get("dry_run") else "/cache/snapshots/aaaa"

    monkeypatch.setattr(huggingface_hub, "snapshot_download", snapshot_download)
    return calls


def test_the_embedded_model_is_listed_with_its_size(embedded):
    result = alttext("list")
    assert result.exit_code == 0
    assert result.stdout == "embedded  tiny-1  2.0 MB  checksums verified  not calibrated\n"


def test_what_is_worth_a_download_is_told_beside_the_list(embedded):
    told = alttext("list").stderr
    for entry in recommended().values():
        assert entry["name"] in told
        assert f"{entry['megabytes']} MB" in told
        assert entry["license"] in told


@pytest.mark.parametrize("size", ["small", "default", "high"])
def test_a_recommended_model_is_pulled_by_its_size(hub, size):
    alttext("pull", size)
    assert {name for name, _ in hub.made} == {recommended()[size]["name"]}


@pytest.mark.parametrize(
    ("shipped", "own", "said"),
    [
        ("tiny-1", "", "calibrated"),
        ("tiny-1", "tiny-1", "calibrated on your pictures"),
        ("", "tiny-1", "calibrated on your pictures"),
        ("tiny-2", "tiny-2", "not calibrated"),
    ],
)
@pytest.mark.parametrize(("command", "gap"), [("list", "  "), ("verify", ", ")])
def test_it_is_told_which_figures_a_model_has(embedded, shipped, own, said, command, gap):
    if shipped:
        write_figures(calibration.SHIPPED, shipped)
    if own:
        write_figures(calibration.own_path(own), own)
    assert alttext(command).stdout.endswith(f"checksums verified{gap}{said}\n")


def test_downloaded_models_are_listed_if_they_have_safetensors(embedded, monkeypatch):
    def repository(name, *files):
        revision = SimpleNamespace(
            commit_hash="b" * 40,
            size_on_disk=600e6,
            files=[SimpleNamespace(file_name=each) for each in files],
        )
        return SimpleNamespace(repo_id=name, revisions=[revision])

    repositories = [
        repository("z/clip", "model.safetensors"),
        repository("z/siglip", "model.safetensors"),
        repository("a/old", "pytorch_model.bin"),
    ]
    write_figures(calibration.own_path("z/clip@bbbbbbbbbbbb"), "z/clip@bbbbbbbbbbbb")
    monkeypatch.setattr(huggingface_hub, "scan_cache_dir", lambda: SimpleNamespace(repos=repositories))
    assert alttext("list").stdout.splitlines() == [
        "embedded  tiny-1          2.0 MB  checksums verified  not calibrated",
        "z/clip    bbbbbbbbbbbb  600.0 MB  downloaded          calibrated on your pictures",
        "z/siglip  bbbbbbbbbbbb  600.0 MB  downloaded          not calibrated",
    ]


def test_without_a_cache_the_embedded_model_is_listed_alone(embedded, monkeypatch):
    def missing():
        raise huggingface_hub.CacheNotFound("none", cache_dir="none")

    monkeypatch.setattr(huggingface_hub, "scan_cache_dir", missing)
    assert alttext("list").stdout.startswith("embedded ")


def test_the_folder_of_the_embedded_model_is_told(embedded):
    assert alttext("path").stdout == f"{embedded}\n"


def test_the_embedded_model_is_verified(embedded):
    assert alttext("verify").stdout == "tiny-1: 1 file, checksums verified, not calibrated\n"


def test_a_damaged_model_exits_with_2_and_the_next_step(embedded):
    (embedded / "image.onnx").write_bytes(b"\x01")
    for command in ("verify", "list"):
        result = alttext(command)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "image.onnx: damaged" in result.stderr
        assert "reinstall alttext-clip" in result.stderr


def test_another_model_is_verified_by_loading_it(tmp_path, monkeypatch):
    loaded = []

    def load_encoder(model):
        loaded.append(model)
        return SimpleNamespace(dim=512, model_id="mine")

    monkeypatch.setattr(encode, "load_encoder", load_encoder)
    result = alttext("verify", str(tmp_path))
    assert (result.exit_code, result.stdout) == (
        0,
        f"{tmp_path}: loads, vectors of 512 numbers, not calibrated ({tmp_path})\n",
    )
    assert loaded == [str(tmp_path)]


def test_a_checkpoint_of_ones_own_tells_whether_it_was_calibrated(tmp_path, build_clip):
    folder = build_clip(tmp_path / "clip")
    assert "numbers, not calibrated (" in alttext("verify", str(folder)).stdout
    model_id = encode.load_encoder(str(folder)).model_id
    write_figures(calibration.own_path(model_id), model_id)
    assert "numbers, calibrated on your pictures (" in alttext("verify", str(folder)).stdout


def test_the_folder_of_a_model_on_this_machine_is_told(tmp_path):
    assert alttext("path", str(tmp_path)).stdout == f"{tmp_path}\n"


def test_a_downloaded_model_is_found_without_network(hub):
    assert alttext("path", "z/clip").stdout == "/cache/snapshots/aaaa\n"
    assert hub.made[0][1]["local_files_only"] is True


def test_a_model_that_is_not_there_exits_with_2_and_the_command_to_run(hub):
    hub.error = FileNotFoundError("no snapshot")
    result = alttext("path", "z/clip")
    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        result.stderr == "alttext: z/clip: neither a folder nor downloaded; run `alttext model pull z/clip`\n"
    )


def test_pull_says_what_it_downloads_before_it_does(hub):
    result = alttext("pull", "z/clip")
    assert (result.exit_code, result.stdout) == (0, "/cache/snapshots/aaaa\n")
    assert result.stderr.startswith("z/clip at aaaaaaaaaaaa: 2 files, 1.0 MB, to ")
    assert [options.get("dry_run", False) for _, options in hub.made] == [True, False]


def test_pull_takes_weights_as_safetensors_only(hub):
    alttext("pull", "z/clip", "--revision", "c" * 40)
    for name, options in hub.made:
        assert name == "z/clip"
        assert options["revision"] == "c" * 40
        assert "*.safetensors" in options["allow_patterns"]
        assert not any("bin" in pattern or pattern == "*" for pattern in options["allow_patterns"])


def test_pull_refuses_a_model_without_safetensors(hub):
    hub.files = [file("config.json")]
    result = alttext("pull", "z/clip")
    assert result.exit_code == 2
    assert "z/clip: has no safetensors weights" in result.stderr
    assert len(hub.made) == 1


def test_pull_can_only_say_what_it_would_download(hub):
    result = alttext("pull", "z/clip", "--dry-run")
    assert (result.exit_code, result.stdout) == (0, "")
    assert len(hub.made) == 1


def test_pull_of_what_is_there_says_so(hub):
    hub.files = [file("model.safetensors", download=False)]
    result = alttext("pull", "z/clip")
    assert result.stderr == "z/clip at aaaaaaaaaaaa: 1 file, all here\n"


FAILURES = {
    "no network": OSError("Connection refused"),
    "an impossible name": ValueError("Repo id must use alphanumeric chars"),
}


@pytest.mark.parametrize("case", FAILURES)
def test_pull_that_fails_exits_with_2_in_one_line_with_another_way(hub, case):
    hub.error = FAILURES[case]
    result = alttext("pull", "z/clip")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"alttext: z/clip: cannot be downloaded: {FAILURES[case]}; ")
    assert "--model FOLDER" in result.stderr
    assert result.stderr.count("\n") == 1


def test_without_the_extra_the_embedded_model_is_listed_alone(embedded, monkeypatch):
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    assert alttext("list").stdout.startswith("embedded ")


def test_pull_without_the_extra_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    result = alttext("pull", "z/clip")
    assert result.exit_code == 2
    assert "pip install 'alttext-clip[clip]'" in result.stderr
