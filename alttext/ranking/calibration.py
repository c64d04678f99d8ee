"""What makes scores of one model comparable and turns them into probabilities: figures, not code.

Made by `python -m training` for the embedded model and by `alttext model calibrate` for any other. A model
without such figures still ranks, but never with the confidence that writing needs.
"""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
from numpy.typing import NDArray

from alttext.errors import ModelError

SHIPPED = Path(__file__).parent / "model" / "calibration.npz"
BESIDE = "calibration.npz"  # in the folder of a model that brings its own
UNKNOWN_SCALE, UNKNOWN_OFFSET = 0.6, -4.5  # a term 7.5 deviations above the others gets 1/2
UNKNOWN_CEILING = 0.5  # below every sensible threshold for writing
UNKNOWN_MEDIUM_SCALE = 100.0  # the temperature that CLIP was trained to
_ARRAYS = (
    "model_id", "mean", "covariance", "facets", "scales", "offsets", "keys", "directions", "biases",
    "ceiling",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logit of a term: `scale * z + offset`, plus `(x - mean) . direction + bias` for terms with labels.

    `z` is the score of the term among all terms of the image; `x` the vector of the image `(d,)`. Where media
    have no directions, their logit is `scale` times the cosine.
    """

    model_id: str
    mean: NDArray[np.float32]  # (d,) of the vectors of photographs
    covariance: NDArray[np.float32]  # (d, d)
    scales: dict[str, float]  # by facet
    offsets: dict[str, float]
    corrections: dict[str, tuple[NDArray[np.float32], float]]  # direction and bias by key of the term
    ceiling: float = 1.0  # no confidence is above it


def load(model_id: str, dim: int, folder: Path | None = None, model: Path | None = None) -> Calibration:
    """Figures for a model: made by the user (in `folder`), beside the model, shipped, or cautious ones.

    `folder` defaults to the user's data folder; `model` is where the model lies, if it lies in a folder.
    Cautious figures know nothing. Raises ModelError if a file is damaged or of another shape.
    """
    return known(model_id, dim, folder, model) or unknown(model_id, dim)


def known(
    model_id: str, dim: int, folder: Path | None = None, model: Path | None = None
) -> Calibration | None:
    """The same, but None instead of cautious figures. Raises ModelError."""
    return own(model_id, dim, folder) or beside(model_id, dim, model) or shipped(model_id, dim)


def beside(model_id: str, dim: int, model: Path | None) -> Calibration | None:
    """The figures in the folder of a model, if it lies in one and they are of it. Raises ModelError."""
    return _of_model(model / BESIDE, model_id, dim) if model else None


def own(model_id: str, dim: int, folder: Path | None = None) -> Calibration | None:
    """The figures that the user made for a model. Raises ModelError."""
    return _of_model(own_path(model_id, folder), model_id, dim)


def own_path(model_id: str, folder: Path | None = None) -> Path:
    """Where the figures that a user makes for a model are kept."""
    return (folder or platformdirs.user_data_path("alttext")) / file_name(model_id)


def shipped(model_id: str, dim: int) -> Calibration | None:
    """The figures that came with the package, if they are of this model. Raises ModelError."""
    return _of_model(SHIPPED, model_id, dim)


def is_shipped(model_id: str) -> bool:
    """Whether the package has figures of this model. Raises ModelError if they are damaged."""
    return SHIPPED.exists() and read(SHIPPED).model_id == model_id


def is_beside(model_id: str, model: Path | None) -> bool:
    """Whether a model lies in a folder with figures of it. Raises ModelError if they are damaged."""
    path = model / BESIDE if model else None
    return path is not None and path.exists() and read(path).model_id == model_id


def unknown(model_id: str, dim: int) -> Calibration:
    """Figures for a model of which nothing is known."""
    mean, covariance = np.zeros(dim, np.float32), np.eye(dim, dtype=np.float32)
    return Calibration(model_id, mean, covariance, {}, {}, {}, UNKNOWN_CEILING)


def read(path: Path) -> Calibration:
    """Figures from a file. Raises ModelError."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return _figures({name: stored[name] for name in _ARRAYS})
    except Exception as error:  # for damaged bytes zipfile, zlib and numpy have a dozen kinds
        raise ModelError(f"{path}: the calibration is damaged ({error}); {_remedy(path)}") from error


def _figures(arrays: dict[str, NDArray[Any]]) -> Calibration:
    """Figures of the arrays in a file. Raises ValueError if they do not go together."""
    facets = [str(facet) for facet in arrays["facets"]]
    mean, covariance, directions = (
        arrays[name].astype(np.float32) for name in ("mean", "covariance", "directions")
    )
    if covariance.shape != mean.shape * 2 or directions.shape[1:] != mean.shape:
        raise ValueError("its arrays are of different dimensions")
    corrections = zip(arrays["keys"], directions, arrays["biases"], strict=True)
    return Calibration(
        model_id=str(arrays["model_id"]),
        mean=mean,
        covariance=covariance,
        scales=dict(zip(facets, arrays["scales"].tolist(), strict=True)),
        offsets=dict(zip(facets, arrays["offsets"].tolist(), strict=True)),
        corrections={str(key): (direction, float(bias)) for key, direction, bias in corrections},
        ceiling=float(arrays["ceiling"]),
    )


def _of_model(path: Path, model_id: str, dim: int) -> Calibration | None:
    figures = read(path) if path.exists() else None
    if figures is None or figures.model_id != model_id:
        return None
    if len(figures.mean) != dim:
        what = f"it is for vectors of {len(figures.mean)} numbers, those of the model have {dim}"
        raise ModelError(f"{path}: the calibration does not fit the model ({what}); {_remedy(path)}")
    return figures


def _remedy(path: Path) -> str:
    return "reinstall alttext-clip" if path == SHIPPED else "remove the file or make it again"


def write(path: Path, calibration: Calibration) -> None:
    """Keep figures in a file, in one step; directions in half precision. Raises OSError."""
    corrections = calibration.corrections
    directions = [direction for direction, _ in corrections.values()]
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as beside:
        made = Path(beside) / "made.npz"
        np.savez_compressed(
            made,
            model_id=np.array(calibration.model_id),
            mean=calibration.mean.astype(np.float32),
            covariance=calibration.covariance.astype(np.float32),
            facets=np.array(list(calibration.scales), dtype=np.str_),
            scales=np.array(list(calibration.scales.values()), np.float64),
            offsets=np.array([calibration.offsets[facet] for facet in calibration.scales], np.float64),
            keys=np.array(list(corrections), dtype=np.str_),
            directions=np.array(directions, np.float16).reshape(len(directions), len(calibration.mean)),
            biases=np.array([bias for _, bias in corrections.values()], np.float64),
            ceiling=np.array(calibration.ceiling),
        )
        made.replace(path)


def file_name(model_id: str) -> str:
    """Name of the file with a user's own figures for a model."""
    return f"calibration-{hashlib.sha256(model_id.encode()).hexdigest()[:16]}.npz"
