"""Which kind of model a name stands for."""

import pytest

from alttext.ranking import named


@pytest.mark.parametrize(
    ("model", "expected"),
    [(None, True), ("embedded", True), ("openai/clip-vit-base-patch32", False), ("", False)],
)
def test_the_embedded_model_is_meant_by_its_name_or_by_none(model, expected):
    assert named.is_embedded(model) is expected


@pytest.mark.parametrize(
    ("file", "trained", "exported"),
    [("manifest.json", True, False), ("export.json", False, True), ("config.json", False, False)],
)
def test_a_folder_has_the_model_that_its_file_speaks_of(tmp_path, file, trained, exported):
    (tmp_path / file).touch()
    assert (named.is_trained(tmp_path), named.is_exported(tmp_path)) == (trained, exported)
