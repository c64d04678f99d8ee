"""The model that ships with the package, run by onnxruntime: no network, no extra, no surprise."""

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from alttext.errors import ModelError
from alttext.ranking import named
from alttext.ranking.pixels import batch
from alttext.ranking.towers import in_batches, session
from alttext.ranking.wordpiece import WordPiece

FOLDER = Path(__file__).parent / "model"
TEXT_LIMIT = 128  # tokens, as the text tower was exported
_IMAGE_CHUNK = 2  # more at a time is slower on a CPU: the maps leave its cache
_TEXT_CHUNK = 32
_REMEDY = "reinstall alttext-clip"


class EmbeddedEncoder:
    """EfficientNet-Lite2 aligned with MiniLM. See `model/README.md` for data, terms and figures."""

    def __init__(self, folder: Path = FOLDER, threads: int = 0) -> None:
        """Reads the manifest and verifies the files; `threads` 0 means one per core."""
        self._folder = folder
        self._threads = threads
        self._manifest = verified_manifest(folder)
        self.model_id: str = _identity(self._manifest, folder)
        self.dim: int = self._manifest["dim"]

    def encode_images(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        """Unit rows `(n, dim)` of `n` images of any mode and size."""
        rows_of = partial(self._rows, self._images)
        return in_batches(rows_of, images, _IMAGE_CHUNK, self.dim, self._threads)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit rows `(n, dim)` of `n` texts; beyond 128 word pieces a text is cut."""
        return in_batches(self._text_rows, texts, _TEXT_CHUNK, self.dim)

    def _rows(self, tower: Any, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        pixels = batch(images, self._manifest["input_size"])
        rows: NDArray[np.float32] = tower.run(None, {"pixels": pixels})[0]
        return rows

    def _text_rows(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._texts.encode(texts)

    @cached_property
    def _images(self) -> Any:
        return session(self._folder / "image.onnx", 1, _REMEDY)

    @cached_property
    def _texts(self) -> "TextTower":
        return TextTower(self._folder / "text.onnx", self._folder / "vocabulary.txt", self._threads)


class TextTower:
    """The text half alone."""

    def __init__(self, graph: Path, vocabulary: Path, threads: int = 0) -> None:
        self._session = session(graph, threads, _REMEDY)
        self._pieces = WordPiece(vocabulary.read_text(encoding="utf-8").split("\n")[:-1])
        self.dim: int = self._session.get_outputs()[0].shape[1]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit rows of the texts, padded to the longest of them."""
        rows = [self._pieces.encode(text, TEXT_LIMIT) for text in texts]
        ids = np.full((len(rows), max(map(len, rows))), self._pieces.pad, np.int64)
        mask = np.zeros_like(ids)
        for number, row in enumerate(rows):
            ids[number, : len(row)] = row
            mask[number, : len(row)] = 1
        vectors: NDArray[np.float32] = self._session.run(None, {"ids": ids, "mask": mask})[0]
        return vectors


def _identity(manifest: dict[str, Any], folder: Path) -> str:
    """The name of the weights. Those of another folder may have been trained anew under the same name."""
    if folder.resolve() == FOLDER.resolve():
        return str(manifest["id"])
    files = json.dumps(manifest["files"], sort_keys=True).encode()
    return f"{manifest['id']}+{hashlib.sha256(files).hexdigest()[:8]}"


def verified_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a model folder whose files are all there and unchanged.

    Raises `ModelError` that names the file and the next step.
    """
    path = folder / named.MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        _check_entries(manifest)
        for name, digest in manifest["files"].items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
                raise ModelError(f"{folder / name}: damaged, its checksum is another; {_REMEDY}")
    except OSError as error:
        raise ModelError(f"{error.filename}: missing from the model; {_REMEDY}") from error
    except ValueError as error:
        raise ModelError(f"{path}: not the manifest of a model ({error}); {_REMEDY}") from error
    return manifest


def _check_entries(manifest: Any) -> None:
    """Raises ValueError unless all that is read from a manifest is there, of its kind and not empty."""
    kinds = {"id": str, "dim": int, "input_size": int, "files": dict}
    found = manifest if isinstance(manifest, dict) else {}
    lacking = [key for key, kind in kinds.items() if not (found.get(key) and isinstance(found[key], kind))]
    if lacking:
        raise ValueError(f"it lacks {', '.join(lacking)}")
