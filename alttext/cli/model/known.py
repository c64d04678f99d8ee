"""What is known of the models on this machine."""

from pathlib import Path
from typing import Any

import platformdirs

from alttext.cli.model.hub import downloaded
from alttext.errors import ModelError
from alttext.ranking.named import is_embedded


def exported_folder() -> Path:
    """Where exported models are put, unless another place is named."""
    return platformdirs.user_data_path("alttext") / "models"


def folder_of(name: str) -> Path:
    """Where a model lies. Raises ModelError."""
    if is_embedded(name):
        return embedded_folder()
    if Path(name).is_dir():
        return Path(name)
    try:
        return downloaded(name)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{name}: neither a folder nor downloaded; run `alttext model pull {name}`"
        ) from error


def embedded_folder() -> Path:
    """Where the embedded model lies."""
    from alttext.ranking.encode_embedded import FOLDER  # noqa: PLC0415 - brings numpy

    return FOLDER


def manifest() -> dict[str, Any]:
    """What the embedded model says of itself. Raises ModelError if one of its files is damaged."""
    from alttext.ranking.encode_embedded import verified_manifest  # noqa: PLC0415 - brings numpy

    return verified_manifest(embedded_folder())


def figures(model_id: str, folder: Path | None = None) -> str:
    """Which figures turn the scores of a model, which may lie in a folder, into confidences."""
    from alttext.ranking import calibration  # noqa: PLC0415 - brings numpy

    if calibration.own_path(model_id).exists():
        return "calibrated on your pictures"
    is_calibrated = calibration.is_shipped(model_id) or calibration.is_beside(model_id, folder)
    return "calibrated" if is_calibrated else "not calibrated"
