"""The file of pictures and alternatives that sites are built with."""

import json

import pytest
from click.testing import CliRunner

from alttext import pipeline
from alttext.cli import cli
from alttext.types import Description

SAID = {
    "dog.jpg": Description("A dog on a beach.", 0.9, review=False),
    "café & sea.jpg": Description("A café.", 0.9, review=False),
    "far.jpg": Description("A dog.", 0.4, review=True, reasons=("low-confidence",)),
    "chart.png": Description(None, reasons=("not-a-photograph",)),
}


@pytest.fixture(autouse=True)
def looked_at(monkeypatch, tmp_path):
    """The pictures that were looked at."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "alttext.toml").write_text("")
    paths = []

    def describe(_, path, *, context=None):
        paths.append(path)
        return SAID[path.rsplit("/", 1)[-1]]

    monkeypatch.setattr(pipeline.Pipeline, "describe", describe)
    return paths


def describe(*arguments):
    return CliRunner().invoke(cli, ["describe", "--map", "map.json", *arguments])


def content(folder):
    return json.loads((folder / "map.json").read_text(encoding="utf-8"))


def test_only_what_is_certain_enough_is_added(tmp_path):
    done = describe("static/dog.jpg", "static/far.jpg", "static/chart.png")
    assert done.exit_code == 1
    assert "static/far.jpg" in done.stdout
    assert content(tmp_path) == {"static/dog.jpg": "A dog on a beach."}


@pytest.mark.parametrize("words", ["Rex at the sea", ""])
def test_what_people_wrote_stays_and_is_not_looked_at(words, tmp_path, looked_at):
    (tmp_path / "map.json").write_text(json.dumps({"dog.jpg": words, "gone.jpg": "Gone"}), encoding="utf-8")
    done = describe("dog.jpg", "café & sea.jpg")
    assert (done.exit_code, looked_at) == (0, ["café & sea.jpg"])
    assert content(tmp_path) == {"dog.jpg": words, "gone.jpg": "Gone", "café & sea.jpg": "A café."}


def test_a_second_run_has_nothing_to_do(tmp_path):
    assert describe("dog.jpg").exit_code == 0
    before = (tmp_path / "map.json").read_bytes()
    again = describe("dog.jpg")
    assert (again.exit_code, again.stdout) == (0, "")
    assert (tmp_path / "map.json").read_bytes() == before


def test_paths_are_as_seen_from_the_working_folder_however_they_are_spelled(tmp_path):
    describe("./a/dog.jpg", str(tmp_path / "b" / "dog.jpg"), "c/../d/dog.jpg")
    assert list(content(tmp_path)) == ["a/dog.jpg", "b/dog.jpg", "d/dog.jpg"]


def test_the_file_can_be_read_by_people_and_ends_in_a_newline(tmp_path):
    describe("z/dog.jpg", "café & sea.jpg")
    assert (tmp_path / "map.json").read_text(encoding="utf-8") == (
        '{\n  "café & sea.jpg": "A café.",\n  "z/dog.jpg": "A dog on a beach."\n}\n'
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "map.json: is not JSON"),
        ("[]", "map.json: is not a map of paths and alternatives"),
        ('{"dog.jpg": null}', "map.json: is not a map of paths and alternatives"),
    ],
)
def test_a_file_of_something_else_is_left_alone(text, told, tmp_path, looked_at):
    (tmp_path / "map.json").write_text(text, encoding="utf-8")
    done = describe("far.jpg")
    assert done.exit_code == 2
    assert told in done.stderr
    assert (tmp_path / "map.json").read_text(encoding="utf-8") == text
    assert looked_at == []


def test_a_missing_folder_is_named(looked_at):
    done = CliRunner().invoke(cli, ["describe", "--map", "data/map.json", "dog.jpg"])
    assert (done.exit_code, looked_at) == (2, [])
    assert "data/map.json: there is no folder data; make it first" in done.stderr


def test_a_failure_on_the_way_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    (tmp_path / "map.json").write_text("{}", encoding="utf-8")

    def fail(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline.Pipeline, "describe", fail)
    assert describe("dog.jpg").exit_code != 0
    assert {path.name for path in tmp_path.iterdir()} == {"alttext.toml", "map.json"}
    assert content(tmp_path) == {}
