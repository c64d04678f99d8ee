"""`alttext model calibrate` on grey pictures, by a model that only knows how bright they are."""

import json
import math
from pathlib import Path

import numpy as np
import platformdirs
import pytest
from click.testing import CliRunner
from PIL import Image

from alttext.cli import cli
from alttext.ranking import calibration, encode

COUNT = 60
THINGS = "[roots]\n" + "\n".join(f'thing-{number} = "a thing {number}"' for number in range(12))
MEDIA = '[roots]\nphotograph = "a photograph"\nmap = "a map"\n'
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><title>A mill</title></svg>'


class ClockEncoder:
    """Pictures and things are times of a clock: the brighter, and the higher the number, the later."""

    model_id, dim = "clock", 2

    def encode_images(self, images):
        return self._hands([np.asarray(image.convert("L"), float).mean() / 256 for image in images])

    def encode_texts(self, texts):
        return self._hands([int("".join(filter(str.isdigit, text)) or 0) / 12 for text in texts])

    @staticmethod
    def _hands(times):
        angles = 2 * np.pi * np.array(times)
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty working folder with a small vocabulary, and with the folders of a user."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(platformdirs, "user_data_path", lambda name: tmp_path / "data" / name)
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name: tmp_path / "cache" / name)
    monkeypatch.setattr(calibration, "SHIPPED", tmp_path / "shipped.npz")
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "object.toml").write_text(THINGS)
    (tmp_path / "words" / "medium.toml").write_text(MEDIA)
    (tmp_path / "alttext.toml").write_text('[vocabulary]\npath = "words"\n')
    return tmp_path


@pytest.fixture
def clock(monkeypatch):
    """Every model is the clock; the names that were asked for."""
    asked = []
    monkeypatch.setattr(encode, "load_encoder", lambda model=None, **_: asked.append(model) or ClockEncoder())
    return asked


def write_labels(home, count=COUNT, change=lambda line: line):
    """Grey pictures, of each of which the thing of its hour is true and all others are false."""
    (home / "photos").mkdir(exist_ok=True)
    lines = []
    for number in range(count):
        hour = number % 12
        Image.new("L", (40, 30), round(hour * 256 / 12)).save(home / "photos" / f"{number}.png")
        lines.append({"image": f"photos/{number}.png", "true": [f"thing-{hour}"], "complete": ["object"]})
    path = home / "labels.jsonl"
    path.write_text("\n".join(json.dumps(change(line)) for line in lines))
    return path


def calibrate(*arguments, **more):
    return CliRunner().invoke(cli, ["model", "calibrate", *map(str, arguments)], **more)


def row(output, facet):
    return next(line.split() for line in output.splitlines() if line.startswith(facet))


def test_a_calibrated_model_is_found_by_those_who_describe(home, clock):
    assert calibration.load("clock", 2).ceiling == calibration.UNKNOWN_CEILING
    result = calibrate(write_labels(home, 250))
    assert (result.exit_code, result.stderr) == (0, "")
    path = calibration.own_path("clock")
    assert path.is_relative_to(home / "data")
    assert result.stdout.endswith(f"\nWritten to {path}\n")
    found = calibration.load("clock", 2)
    assert set(found.scales) == {"object"}
    assert f"No confidence is above {found.ceiling:.2f}." in result.stdout
    assert found.ceiling > 0.9  # the model is always right


def test_the_report_counts_labels_and_shows_the_errors(home, clock):
    result = calibrate(write_labels(home, 250))
    facet, pictures, true, false, before, after = row(result.stdout, "object")
    assert (facet, pictures, true, false) == ("object", "250", "250", str(250 * 11))
    assert float(after) < 0.05 < float(before)
    page = (Path(__file__).parents[3] / "docs" / "calibration.md").read_text(encoding="utf-8")
    assert result.stdout.splitlines()[0].split() == page.split("```text\n")[1].splitlines()[0].split()


def test_a_facet_with_few_labels_says_so(home, clock):
    with_map = iter([["map"]] * 5 + [[]] * COUNT)
    path = write_labels(home, change=lambda line: line | {"true": line["true"] + next(with_map)})
    result = calibrate(path)
    assert result.exit_code == 0
    assert "not fitted: pictures of which something is true: 5, but it takes 20" in " ".join(
        row(result.stdout, "medium")
    )


def test_a_dry_run_writes_nothing(home, clock):
    result = calibrate(write_labels(home), "--dry-run")
    assert result.exit_code == 0
    assert row(result.stdout, "object")
    assert not (home / "data").exists()


def test_the_figures_can_go_elsewhere(home, clock):
    result = calibrate(write_labels(home), "--output", home / "mine" / "figures")
    assert result.exit_code == 0
    assert calibration.read(home / "mine" / "figures").model_id == "clock"
    assert f"Written to {home / 'mine' / 'figures'}" in result.stdout
    assert str(calibration.own_path("clock")) in result.stderr
    assert not (home / "data").exists()


def test_few_pictures_are_remarked_on(home, clock):
    assert f"{COUNT} pictures are few" in calibrate(write_labels(home)).stderr


def test_calibrating_again_starts_afresh(home, clock):
    path = write_labels(home)
    first, second = calibrate(path), calibrate(path)
    assert first.stdout == second.stdout


def test_a_damaged_file_of_figures_is_replaced(home, clock):
    path = calibration.own_path("clock")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"damaged")
    assert calibrate(write_labels(home)).exit_code == 0
    assert calibration.load("clock", 2).scales


@pytest.mark.parametrize(
    ("arguments", "config", "model"),
    [
        ([], "", None),
        (["--model", "z/clip"], "", "z/clip"),
        ([], 'model = "z/siglip"\n', "z/siglip"),
        (["--model", "z/clip"], 'model = "z/siglip"\n', "z/clip"),
    ],
)
def test_the_model_is_that_of_the_option_or_of_the_settings(home, clock, arguments, config, model):
    settings = home / "alttext.toml"
    settings.write_text(config + settings.read_text())
    assert calibrate(write_labels(home), "--dry-run", *arguments).exit_code == 0
    assert set(clock) == {model}


REFUSED = {
    "an unknown term": ({"true": ["thing-99"]}, "unknown term thing-99; did you mean thing-9?"),
    "an unknown facet": ({"complete": ["objects"]}, "unknown facet objects; did you mean object?"),
    "an unknown key": ({"label": "thing-1"}, "unknown field `label`"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_wrong_lines_are_all_listed_before_anything_is_looked_at(home, clock, case):
    wrong, message = REFUSED[case]
    path = write_labels(
        home, change=lambda line: line | (wrong if line["image"][7:] in ("3.png", "9.png") else {})
    )
    result = calibrate(path)
    assert (result.exit_code, result.stdout, clock) == (2, "", [])
    first, second, last = result.stderr.splitlines()
    assert first.startswith(f"{path}:4: ")
    assert second.startswith(f"{path}:10: ")
    assert message in first
    assert message in second
    assert (
        last
        == f"alttext: {path}: 2 wrong lines, nothing was calibrated; correct or remove what is named above"
    )


def test_pictures_that_cannot_be_read_are_all_listed_and_nothing_is_written(home, clock):
    path = write_labels(home)
    (home / "photos" / "5.png").unlink()
    (home / "photos" / "50.png").write_bytes(b"no picture")
    (home / "photos" / "7.png").write_text(SVG)
    result = calibrate(path)
    assert (result.exit_code, result.stdout) == (2, "")
    *named, last = result.stderr.splitlines()[1:]
    assert [line.split(":")[0] for line in named] == [str(home / "photos" / f"{n}.png") for n in (5, 7, 50)]
    assert "3 unreadable pictures, nothing was calibrated" in last
    assert not (home / "data").exists()


@pytest.mark.parametrize("count", [1, 49])
def test_too_few_pictures_exit_with_2_before_anything_is_looked_at(home, clock, count):
    result = calibrate(write_labels(home, count))
    assert (result.exit_code, result.stdout, clock) == (2, "", [])
    assert result.stderr == (
        f"alttext: too few labelled pictures to calibrate with: {count}; label 50 at least, better 200\n"
    )


def test_only_true_labels_exit_with_2_and_the_reason(home, clock):
    path = write_labels(home, change=lambda line: {"image": line["image"], "true": line["true"]})
    result = calibrate(path)
    assert (result.exit_code, result.stdout, clock) == (2, "", [])
    assert "object: fewer labels are false than true" in result.stderr


def test_no_file_of_labels_is_wrong_usage(home):
    assert calibrate(home / "none.jsonl").exit_code == 2


def test_a_checkpoint_is_calibrated_by_its_own_weights(home, build_clip):
    folder = build_clip(home / "clip")
    path = write_labels(home)
    assert calibrate("--model", folder, path).exit_code == 0
    encoder = encode.load_encoder(str(folder))
    assert math.isfinite(calibration.load(encoder.model_id, encoder.dim).scales["object"])
    described = CliRunner().invoke(
        cli, ["describe", "--model", str(folder), "--output-format", "json", str(home / "photos" / "1.png")]
    )
    ceiling = calibration.load(encoder.model_id, encoder.dim).ceiling
    candidates = json.loads(described.stdout)["images"][0]["candidates"]
    assert 0 < max(each["confidence"] for each in candidates) <= ceiling + 1e-6
    build_clip(folder, projection=8)  # other weights in the same place are another model
    other = encode.load_encoder(str(folder))
    assert calibration.load(other.model_id, other.dim).ceiling == calibration.UNKNOWN_CEILING


def test_figures_beside_a_model_are_what_is_started_from(home, build_clip):
    """They are what the model came with: the report compares with them, not with those of a stranger."""
    folder = build_clip(home / "clip")
    path = write_labels(home)
    before = row(calibrate("--model", folder, "--dry-run", path).stdout, "object")
    calibrate("--model", folder, "-o", folder / "calibration.npz", path)
    again = row(calibrate("--model", folder, "--dry-run", path).stdout, "object")
    assert again[:4] == before[:4]
    assert again[4] != before[4]
