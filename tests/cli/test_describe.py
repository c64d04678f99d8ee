import json

import pytest
from click.testing import CliRunner

from alttext import pipeline
from alttext.cli import cli
from alttext.errors import ImageError, ModelError
from alttext.types import Candidate, Description, Term


def candidate(facet, phrase, confidence):
    return Candidate(Term(phrase.replace(" ", "-"), facet, phrase, (phrase,)), 10 * confidence, confidence)


RANKED = (
    candidate("object", "a dog", 0.9),
    candidate("scene", "a beach", 0.71),
    candidate("object", "a cat", 0.04),
    *(candidate("scene", f"place {n}", n / 100) for n in range(10)),
)
SAID = Description("A dog on a beach.", 0.87, RANKED, "photograph", False, ())
SUGGESTED = Description("A dog.", 0.41, (), "photograph", True, ("low-confidence",))
BY_ITS_AUTHOR = Description("Half a fig.", 1.0, (), "", False, ("author-text",))
SILENT = Description(None, 0.0, (), "chart", True, ("not-a-photograph",))


@pytest.fixture(autouse=True)
def described(monkeypatch, tmp_path):
    """What is said of images, by their names."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "alttext.toml").write_text("")
    by_name = {"dog.jpg": SAID, "far.jpg": SUGGESTED, "fig.jpg": BY_ITS_AUTHOR, "chart.png": SILENT}

    def describe(_, image, *, context=None):
        if image == "model.jpg":
            raise ModelError("model.onnx: missing from the model; reinstall alttext-clip")
        if image not in by_name:
            raise ImageError("image-not-found", f"{image}: no such file")
        return by_name[image]

    monkeypatch.setattr(pipeline.Pipeline, "describe", describe)


def describe(*arguments):
    return CliRunner().invoke(cli, ["describe", *arguments])


def test_what_is_said_is_shown_with_its_evidence():
    result = describe("dog.jpg")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "dog.jpg\n"
        '  "A dog on a beach."  confidence 0.87\n'
        "  medium  photograph\n"
        "  object  a dog 0.90, a cat 0.04\n"
        "  scene   a beach 0.71, place 9 0.09, place 8 0.08, place 7 0.07, place 6 0.06\n"
    )


def test_what_is_left_for_a_person_is_shown_with_the_reason():
    result = describe("far.jpg")
    assert result.exit_code == 1
    first, why, suggestion = result.stdout.splitlines()[:3]
    assert (first, suggestion) == ("far.jpg", '  suggestion: "A dog."  confidence 0.41')
    assert why == "  left for a person: No description was certain enough [low-confidence]"


def test_what_its_author_said_of_a_picture_is_shown_as_such():
    result = describe("fig.jpg")
    assert (result.exit_code, result.stdout) == (
        0,
        'fig.jpg\n  "Half a fig."  confidence 1.00\n'
        "  Its file or markup holds a description by its author [author-text]\n",
    )


def test_silence_is_shown_with_the_reason():
    result = describe("chart.png")
    assert result.exit_code == 1
    assert result.stdout.startswith("chart.png\n  left for a person: ")
    assert "[not-a-photograph]\n  medium  chart\n" in result.stdout


def test_an_image_that_cannot_be_read_exits_with_2_after_the_others():
    result = describe("gone.jpg", "dog.jpg")
    assert result.exit_code == 2
    assert result.stdout.startswith("gone.jpg\n  error: no such file\n\ndog.jpg\n")


@pytest.mark.parametrize(
    ("name", "help"),
    [
        ("page.html", "a document; use alttext fix"),
        ("photos", "a folder; name the pictures in it"),
        ("gone.html", "no such file"),
    ],
)
def test_a_path_of_another_kind_is_told_where_it_belongs(tmp_path, name, help):
    (tmp_path / "page.html").write_text("<p>")
    (tmp_path / "photos").mkdir()
    result = describe(name)
    assert result.exit_code == 2
    assert result.stdout.startswith(f"{name}\n  error: {help}")


def test_without_a_model_there_is_one_line_and_exit_code_2():
    result = describe("model.jpg")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "alttext: model.onnx: missing from the model; reinstall alttext-clip\n"


def test_exit_zero_forgives_silence_but_no_errors():
    assert describe("chart.png", "--exit-zero").exit_code == 0
    assert describe("gone.jpg", "--exit-zero").exit_code == 2


def test_json_tells_all_images_and_all_candidates():
    result = describe("dog.jpg", "chart.png", "gone.jpg", "--output-format", "json")
    report = json.loads(result.stdout)
    dog, chart, gone = report["images"]
    assert report["version"] == 1
    assert (dog["text"], dog["confidence"], dog["review"], dog["medium"]) == (
        "A dog on a beach.",
        0.87,
        False,
        "photograph",
    )
    assert len(dog["candidates"]) == len(RANKED)
    assert dog["candidates"][0] == {
        "id": "a-dog",
        "facet": "object",
        "phrase": "a dog",
        "score": 9.0,
        "confidence": 0.9,
    }
    assert (chart["text"], chart["review"], chart["reasons"]) == (None, True, ["not-a-photograph"])
    assert (gone["text"], gone["error"]) == (None, "gone.jpg: no such file")


def test_colour_is_an_option():
    assert "\x1b[" in describe("dog.jpg", "--color", "always").stdout
    assert "\x1b[" not in describe("dog.jpg", "--color", "never").stdout


def test_names_of_images_do_not_reach_the_terminal_as_commands():
    assert "\x1b" not in describe("\x1b[2J.jpg").stdout
