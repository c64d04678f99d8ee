"""`alttext model export`, up to pages that say the same with what was exported as with the checkpoint."""

import re

import numpy as np
import pytest
import torch
from click.testing import CliRunner
from PIL import Image

from alttext.cli import cli
from alttext.ranking import calibration, trial
from alttext.ranking.calibration import Calibration
from alttext.ranking.encode import load_encoder

pytestmark = pytest.mark.usefixtures("nothing_calibrated")

WORDS = {
    "object.toml": '[roots]\nanimal = "an animal"\n[animal]\ndog = "a dog"\ncat = "a cat"\n',
    "weather.toml": '[roots]\nsnow = "snow"\n',
    "medium.toml": '[roots]\nphotograph = "a photograph"\n',
}


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A working folder with a small vocabulary, where all numbers are long ones."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(torch.cpu, "get_capabilities", dict, raising=False)
    (tmp_path / "words").mkdir()
    for name, text in WORDS.items():
        (tmp_path / "words" / name).write_text(text)
    (tmp_path / "alttext.toml").write_text('[vocabulary]\npath = "words"\n')
    return tmp_path


@pytest.fixture(params=["clip", "siglip"])
def checkpoint(request, home):
    return request.getfixturevalue(f"build_{request.param}")(home / request.param)


def site(home, name):
    folder = home / name
    folder.mkdir()
    for number, picture in enumerate(trial.pictures()):
        picture.convert("RGB").save(folder / f"{number}.png")
    images = "\n".join(f"<p>Text.</p><p><img src={number}.png></p>" for number in range(12))
    page = f"<!doctype html><html lang=en><title>Page</title><body>\n{images}\n</body></html>\n"
    (folder / "index.html").write_text(page)
    return folder


def fixed(home, name, model):
    """What is written with a model."""
    page = site(home, name) / "index.html"
    result = CliRunner().invoke(cli, ["fix", "--model", str(model), "--min-confidence", "0.7", str(page)])
    assert result.exit_code in (0, 1), result.output
    return page.read_text()


def calibrated(checkpoint):
    """The checkpoint with figures that make it sure of what it sees in some of the pictures."""
    encoder = load_encoder(str(checkpoint))
    rows = encoder.encode_images(trial.pictures())
    scales, offsets = dict.fromkeys(("object", "weather"), 4.0), dict.fromkeys(("object", "weather"), 0.0)
    spread = np.cov(rows.T).astype(np.float32) + 1e-6 * np.eye(encoder.dim, dtype=np.float32)
    figures = Calibration(encoder.model_id, rows.mean(axis=0), spread, scales, offsets, {})
    calibration.write(checkpoint / calibration.BESIDE, figures)


def test_pages_are_given_the_same_alternatives_as_with_the_checkpoint(alttext, home, checkpoint):
    calibrated(checkpoint)
    assert alttext("export", checkpoint, "-o", home / "out").exit_code == 0
    theirs, ours = fixed(home, "theirs", checkpoint), fixed(home, "ours", home / "out")
    assert ours == theirs
    alternatives = re.findall('alt="(.*?)"', ours)
    assert len(set(alternatives)) > 1


def test_the_folder_is_printed_and_the_parity_told(alttext, home, checkpoint):
    result = alttext("export", checkpoint, "-o", "out")
    assert (result.exit_code, result.stdout) == (0, "out\n")
    said = re.search("Least cosine of both vectors: pictures (.*), texts (.*)\n", result.stderr)
    assert min(map(float, said.groups())) > 0.9999
    assert f"\n{checkpoint.name}+" in result.stderr
    assert result.stderr.endswith("MB, not calibrated\n")


def test_without_a_place_it_is_put_where_it_is_listed(alttext, embedded, home, checkpoint):
    folder = alttext("export", checkpoint).stdout.strip()
    assert folder == str(home / "data" / "alttext" / "models" / checkpoint.name)
    (line,) = [line for line in alttext("list").stdout.splitlines() if line.startswith(folder)]
    assert "  exported " in line
    assert line.endswith("  not calibrated")
    (home / "data" / "alttext" / "models" / checkpoint.name / "image.onnx").unlink()
    (line,) = [line for line in alttext("list").stdout.splitlines() if line.startswith(folder)]
    assert line.split()[3:] == ["damaged", "export", "it", "again"]


def test_what_was_exported_is_verified_by_its_checksums(alttext, home, checkpoint):
    alttext("export", checkpoint, "-o", "out")
    said = alttext("verify", "out").stdout
    assert said.startswith("out: 4 files, checksums verified, vectors of ")
    assert said.endswith("numbers, not calibrated (out)\n")
    graph = home / "out" / "text.onnx"
    graph.write_bytes(graph.read_bytes()[:-1] + b"\xff")
    result = alttext("verify", "out")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "alttext: out/text.onnx: damaged, its checksum is another; export it again\n"


def test_a_checkpoint_that_was_calibrated_stays_so(alttext, home, checkpoint, write_figures):
    encoder = load_encoder(str(checkpoint))
    write_figures(checkpoint / "calibration.npz", encoder.model_id, encoder.dim)
    assert alttext("export", checkpoint, "-o", "out").stderr.endswith("MB, calibrated\n")
    assert ", calibrated (" in alttext("verify", "out").stdout


def test_texts_can_be_left_out_and_weights_be_short(alttext, home, checkpoint):
    result = alttext("export", checkpoint, "-o", "out", "--no-texts", "--half")
    assert ", no text tower\n" in result.stderr
    assert sorted(path.name for path in (home / "out").iterdir()) == [
        "README.md", "export.json", "image.onnx", "vocabulary.npz",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["embedded", "out"])
def test_what_needs_no_torch_is_not_exported(alttext, home, build_clip, name):
    alttext("export", build_clip(home / "clip"), "-o", "out")
    result = alttext("export", name, "-o", "again")
    assert result.exit_code == 2
    assert result.stderr == (
        f"alttext: {name}: runs without torch as it is; export a checkpoint of CLIP or SigLIP\n"
    )
    assert not (home / "again").exists()


def test_a_model_that_is_not_there_exits_with_2_and_the_command_to_run(alttext, home):
    result = alttext("export", "nobody/never-heard-of", "-o", "out")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "run `alttext model pull nobody/never-heard-of`" in result.stderr
    assert not (home / "out").exists()


def test_a_place_that_is_taken_exits_with_2(alttext, home, build_clip):
    Image.new("RGB", (9, 9)).save(home / "out.png")
    result = alttext("export", build_clip(home / "clip"), "-o", "out.png")
    assert result.exit_code == 2
    assert "out.png: there is something already" in result.stderr
