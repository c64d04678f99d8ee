"""Figures of models: kept without loss, never trusted when damaged, cautious when there are none."""

import re

import numpy as np
import pytest

from alttext.errors import ModelError
from alttext.ranking import calibration, choose
from alttext.ranking.calibration import UNKNOWN_CEILING, Calibration
from alttext.remediation import describe

DIM = 6
BARE = {"scales": {}, "offsets": {}, "corrections": {}}


def figures(model_id: str = "fake", **other) -> Calibration:
    random = np.random.default_rng(3)
    known = {
        "scales": {"object": 1.25, "scene": 0.1 + 0.2},
        "offsets": {"object": -4.5, "scene": -1 / 3},
        "corrections": {
            key: (random.normal(size=DIM).astype(np.float32), bias) for key, bias in [("k", 0.1), ("l", -2.0)]
        },
        "ceiling": 0.97,
    } | other
    covariance = np.cov(random.normal(size=(DIM, 50))).astype(np.float32)
    return Calibration(model_id, random.normal(size=DIM).astype(np.float32), covariance, **known)


@pytest.fixture(autouse=True)
def shipped(tmp_path, monkeypatch):
    """Where the shipped figures would lie; there are none unless a test puts them there."""
    path = tmp_path / "shipped.npz"
    monkeypatch.setattr(calibration, "SHIPPED", path)
    return path


@pytest.fixture
def own(tmp_path):
    """A folder for a user's figures."""
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    "kept",
    [figures(), figures("org/model@1f3a"), figures(corrections={}), figures(**BARE), figures(ceiling=1.0)],
    ids=["all", "another model", "no corrections", "nothing fitted", "no ceiling"],
)
def test_figures_come_back_as_they_were_kept(tmp_path, kept):
    calibration.write(tmp_path / "kept.npz", kept)
    found = calibration.read(tmp_path / "kept.npz")
    assert (found.model_id, found.ceiling) == (kept.model_id, kept.ceiling)
    assert (found.scales, found.offsets) == (kept.scales, kept.offsets)
    assert np.array_equal(found.mean, kept.mean)
    assert np.array_equal(found.covariance, kept.covariance)
    assert list(found.corrections) == list(kept.corrections)
    for key, (direction, bias) in kept.corrections.items():
        assert found.corrections[key][1] == bias
        assert np.allclose(found.corrections[key][0], direction, rtol=1e-3)  # half precision
    assert {found.mean.dtype, found.covariance.dtype} == {np.dtype(np.float32)}
    assert {direction.dtype for direction, _ in found.corrections.values()} <= {np.dtype(np.float32)}


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04"], ids=["empty", "text", "start only"])
def test_a_file_that_is_none_is_refused_by_its_name(own, content):
    path = own / calibration.file_name("fake")
    path.write_bytes(content)
    with pytest.raises(ModelError, match=f"{re.escape(str(path))}.*remove"):
        calibration.load("fake", DIM, own)


def test_a_damaged_shipped_file_is_refused_with_the_advice_to_install_again(shipped):
    shipped.write_bytes(b"no archive")
    with pytest.raises(ModelError, match=f"{re.escape(str(shipped))}.*reinstall"):
        calibration.load("fake", DIM, shipped.parent)


def test_a_file_with_one_bare_array_is_refused(tmp_path):
    np.save(tmp_path / "bare.npy", np.ones(3))
    with pytest.raises(ModelError, match=r"bare\.npy"):
        calibration.read(tmp_path / "bare.npy")


@pytest.mark.parametrize("bit", [0, 6])
def test_damage_anywhere_in_a_file_is_noticed(tmp_path, bit):
    path = tmp_path / "kept.npz"
    calibration.write(path, figures())
    whole, kept = path.read_bytes(), repr(calibration.read(path))
    refused = 0
    for at in range(0, len(whole), 11):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :])
        try:
            assert repr(calibration.read(path)) == kept  # not every byte of an archive matters
        except ModelError:
            refused += 1
        path.write_bytes(whole[:at])
        with pytest.raises(ModelError, match=r"kept\.npz"):
            calibration.read(path)
    assert refused


def altered(path, **arrays) -> None:
    """Write good figures, but for these arrays; None leaves one out."""
    calibration.write(path, figures())
    with np.load(path) as stored:
        together = dict(stored) | arrays
    np.savez(path, **{name: array for name, array in together.items() if array is not None})


@pytest.mark.parametrize(
    "name",
    [
        "model_id", "mean", "covariance", "facets", "scales", "offsets", "keys", "directions", "biases",
        "ceiling",
    ],
)  # fmt: skip
def test_a_file_without_one_of_the_arrays_is_refused(tmp_path, name):
    altered(tmp_path / "kept.npz", **{name: None})
    with pytest.raises(ModelError, match=rf"kept\.npz.*{name}"):
        calibration.read(tmp_path / "kept.npz")


@pytest.mark.parametrize(
    "arrays",
    [
        {"mean": np.zeros(DIM + 1)},
        {"mean": np.zeros((1, DIM))},
        {"covariance": np.eye(DIM + 1)},
        {"covariance": np.ones(DIM)},
        {"directions": np.ones((2, DIM - 1))},
        {"directions": np.ones(2)},
        {"directions": np.ones((3, DIM))},
        {"biases": np.ones(1)},
        {"keys": np.array(["k"])},
        {"scales": np.ones(1)},
        {"offsets": np.ones(3)},
        {"facets": np.array(["object"])},
        {"ceiling": np.ones(2)},
        {"biases": np.array(["a", "b"])},
    ],
    ids=lambda arrays: " ".join(f"{name} {array.shape}" for name, array in arrays.items()),
)
def test_a_file_whose_arrays_do_not_go_together_is_refused(tmp_path, arrays):
    altered(tmp_path / "kept.npz", **arrays)
    with pytest.raises(ModelError, match=r"kept\.npz"):
        calibration.read(tmp_path / "kept.npz")


def test_figures_for_vectors_of_another_length_than_the_models_are_refused(own):
    path = own / calibration.file_name("fake")
    calibration.write(path, figures())
    with pytest.raises(ModelError, match=rf"{re.escape(str(path))}.*{DIM}.*{DIM + 1}"):
        calibration.load("fake", DIM + 1, own)


@pytest.mark.parametrize(
    ("owns", "ships", "ceiling"),
    [
        ("fake", "fake", 0.8),
        ("fake", "", 0.8),
        ("fake", "other", 0.8),
        ("", "fake", 0.9),
        ("", "other", UNKNOWN_CEILING),
        ("other", "fake", 0.9),
        ("other", "", UNKNOWN_CEILING),
        ("", "", UNKNOWN_CEILING),
    ],
)
def test_a_users_figures_win_over_shipped_ones_and_both_only_for_their_model(
    own, shipped, owns, ships, ceiling
):
    if owns:
        calibration.write(own / calibration.file_name("fake"), figures(owns, ceiling=0.8))
    if ships:
        calibration.write(shipped, figures(ships, ceiling=0.9))
    found = calibration.load("fake", DIM, own)
    assert (found.model_id, found.ceiling) == ("fake", ceiling)


@pytest.mark.parametrize(
    ("lies", "owns", "ceiling"),
    [("fake", "", 0.7), ("fake", "fake", 0.8), ("other", "", 0.9), ("", "", 0.9)],
)
def test_figures_beside_a_model_win_over_shipped_ones_and_a_users_over_both(
    own, shipped, tmp_path, lies, owns, ceiling
):
    model = tmp_path / "model"
    calibration.write(shipped, figures("fake", ceiling=0.9))
    if lies:
        calibration.write(model / "calibration.npz", figures(lies, ceiling=0.7))
    if owns:
        calibration.write(own / calibration.file_name("fake"), figures(owns, ceiling=0.8))
    assert calibration.load("fake", DIM, own, model).ceiling == ceiling


def test_without_a_folder_the_users_data_folder_is_searched(tmp_path, monkeypatch):
    monkeypatch.setattr(calibration.platformdirs, "user_data_path", lambda name: tmp_path / name)
    (tmp_path / "alttext").mkdir()
    calibration.write(tmp_path / "alttext" / calibration.file_name("fake"), figures(ceiling=0.8))
    assert calibration.load("fake", DIM).ceiling == 0.8


def test_an_unknown_model_has_figures_of_its_own_length_that_correct_nothing(own):
    found = calibration.load("nobody/knows", 3, own)
    assert (found.mean.tolist(), found.covariance.tolist()) == ([0, 0, 0], np.eye(3).tolist())
    assert (found.scales, found.offsets, found.corrections) == ({}, {}, {})


@pytest.mark.parametrize("least", [describe.LEAST, choose.TARGET])
def test_of_an_unknown_model_nothing_is_sure_enough_to_be_written(own, least):
    assert calibration.load("nobody/knows", 3, own).ceiling < least


def test_file_names_tell_models_apart_and_suit_every_file_system():
    models = ["fake", "Fake", "org/model@1", "org/model@2", "/a/folder@12.34", "模型"]
    names = {calibration.file_name(model) for model in models}
    assert len({name.lower() for name in names}) == len(models)
    assert all(re.fullmatch(r"[a-z0-9-]+\.npz", name) for name in names)
