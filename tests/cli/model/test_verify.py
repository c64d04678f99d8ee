"""`alttext model verify`: damage is told by the name of the file."""

from types import SimpleNamespace

import pytest

from alttext.ranking import calibration, encode

pytestmark = pytest.mark.usefixtures("nothing_calibrated")


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
def test_it_is_told_which_figures_a_model_has(
    alttext, write_figures, embedded, shipped, own, said, command, gap
):
    if shipped:
        write_figures(calibration.SHIPPED, shipped)
    if own:
        write_figures(calibration.own_path(own), own)
    assert alttext(command).stdout.endswith(f"checksums verified{gap}{said}\n")


def test_the_embedded_model_is_verified(alttext, embedded):
    assert alttext("verify").stdout == "tiny-1: 1 file, checksums verified, not calibrated\n"


def test_a_damaged_model_exits_with_2_and_the_next_step(alttext, embedded):
    (embedded / "image.onnx").write_bytes(b"\x01")
    for command in ("verify", "list"):
        result = alttext(command)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "image.onnx: damaged" in result.stderr
        assert "reinstall alttext-clip" in result.stderr


def test_another_model_is_verified_by_loading_it(alttext, tmp_path, monkeypatch):
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


def test_a_checkpoint_of_ones_own_tells_whether_it_was_calibrated(
    alttext, write_figures, tmp_path, build_clip
):
    folder = build_clip(tmp_path / "clip")
    assert "numbers, not calibrated (" in alttext("verify", str(folder)).stdout
    model_id = encode.load_encoder(str(folder)).model_id
    write_figures(calibration.own_path(model_id), model_id)
    assert "numbers, calibrated on your pictures (" in alttext("verify", str(folder)).stdout
