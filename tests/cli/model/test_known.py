"""Where models lie, and which figures they have."""

import pytest

from alttext.cli.model import known
from alttext.errors import ModelError
from alttext.ranking import calibration

pytestmark = pytest.mark.usefixtures("nothing_calibrated")


def test_exported_models_are_in_the_data_folder_of_the_user(tmp_path):
    assert known.exported_folder() == tmp_path / "data" / "alttext" / "models"


@pytest.mark.parametrize(
    ("own", "beside", "said"),
    [
        (None, None, "not calibrated"),
        (None, "mine", "calibrated"),
        (None, "another", "not calibrated"),
        ("mine", None, "calibrated on your pictures"),
        ("mine", "mine", "calibrated on your pictures"),
    ],
)
def test_figures_beside_a_model_are_its_own_if_they_are_of_it(tmp_path, write_figures, own, beside, said):
    if own:
        write_figures(calibration.own_path(own), own)
    if beside:
        write_figures(tmp_path / "calibration.npz", beside)
    assert known.figures("mine", tmp_path) == said


def test_damaged_figures_beside_a_model_are_an_error(tmp_path):
    (tmp_path / "calibration.npz").write_bytes(b"none")
    with pytest.raises(ModelError, match=r"calibration\.npz: the calibration is damaged"):
        known.figures("mine", tmp_path)
