"""`alttext model list`: which models are here, and which are worth a download."""

import sys
from types import SimpleNamespace

import huggingface_hub
import pytest

from alttext.cli.model.hub import recommended
from alttext.ranking import calibration

pytestmark = pytest.mark.usefixtures("nothing_calibrated")


def test_the_embedded_model_is_listed_with_its_size(alttext, embedded):
    result = alttext("list")
    assert result.exit_code == 0
    assert result.stdout == "embedded  tiny-1  2.0 MB  checksums verified  not calibrated\n"


def test_what_is_worth_a_download_is_told_beside_the_list(alttext, embedded):
    told = alttext("list").stderr
    for entry in recommended().values():
        assert entry["name"] in told
        assert f"{entry['megabytes']} MB" in told
        assert entry["license"] in told


def test_downloaded_models_are_listed_if_they_have_safetensors(alttext, write_figures, embedded, monkeypatch):
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


def test_without_a_cache_the_embedded_model_is_listed_alone(alttext, embedded, monkeypatch):
    def missing():
        raise huggingface_hub.CacheNotFound("none", cache_dir="none")

    monkeypatch.setattr(huggingface_hub, "scan_cache_dir", missing)
    assert alttext("list").stdout.startswith("embedded ")


def test_without_the_extra_the_embedded_model_is_listed_alone(alttext, embedded, monkeypatch):
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    assert alttext("list").stdout.startswith("embedded ")
