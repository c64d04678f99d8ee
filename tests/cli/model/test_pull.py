"""`alttext model pull`: only safetensors, and not before it was said how much."""

import sys

import pytest

from alttext.cli.model.hub import recommended

pytestmark = pytest.mark.usefixtures("nothing_calibrated")


@pytest.mark.parametrize("size", ["small", "default", "high"])
def test_a_recommended_model_is_pulled_by_its_size(alttext, hub, size):
    alttext("pull", size)
    assert {name for name, _ in hub.made} == {recommended()[size]["name"]}


def test_pull_says_what_it_downloads_before_it_does(alttext, hub):
    result = alttext("pull", "z/clip")
    assert (result.exit_code, result.stdout) == (0, "/cache/snapshots/aaaa\n")
    assert result.stderr.startswith("z/clip at aaaaaaaaaaaa: 2 files, 1.0 MB, to ")
    assert [options.get("dry_run", False) for _, options in hub.made] == [True, False]


def test_pull_takes_weights_as_safetensors_only(alttext, hub):
    alttext("pull", "z/clip", "--revision", "c" * 40)
    for name, options in hub.made:
        assert name == "z/clip"
        assert options["revision"] == "c" * 40
        assert "*.safetensors" in options["allow_patterns"]
        assert not any("bin" in pattern or pattern == "*" for pattern in options["allow_patterns"])


def test_pull_refuses_a_model_without_safetensors(alttext, hub_file, hub):
    hub.files = [hub_file("config.json")]
    result = alttext("pull", "z/clip")
    assert result.exit_code == 2
    assert "z/clip: has no safetensors weights" in result.stderr
    assert len(hub.made) == 1


def test_pull_can_only_say_what_it_would_download(alttext, hub):
    result = alttext("pull", "z/clip", "--dry-run")
    assert (result.exit_code, result.stdout) == (0, "")
    assert len(hub.made) == 1


def test_pull_of_what_is_there_says_so(alttext, hub_file, hub):
    hub.files = [hub_file("model.safetensors", download=False)]
    result = alttext("pull", "z/clip")
    assert result.stderr == "z/clip at aaaaaaaaaaaa: 1 file, all here\n"


FAILURES = {
    "no network": OSError("Connection refused"),
    "an impossible name": ValueError("Repo id must use alphanumeric chars"),
}


@pytest.mark.parametrize("case", FAILURES)
def test_pull_that_fails_exits_with_2_in_one_line_with_another_way(alttext, hub, case):
    hub.error = FAILURES[case]
    result = alttext("pull", "z/clip")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"alttext: z/clip: cannot be downloaded: {FAILURES[case]}; ")
    assert "--model FOLDER" in result.stderr
    assert result.stderr.count("\n") == 1


def test_pull_without_the_extra_says_what_to_install(alttext, monkeypatch):
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    result = alttext("pull", "z/clip")
    assert result.exit_code == 2
    assert "pip install 'alttext-clip[clip]'" in result.stderr
