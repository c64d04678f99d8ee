"""A checkpoint that `alttext model export` wrote, run by onnxruntime: needs neither torch nor transformers.

Its folder has the image tower, the vectors of the vocabulary, and the text tower for all other texts if its
tokenizer could be taken along. That one is read by the package `tokenizers`, so only other texts need it.
"""

import hashlib
from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from PIL import Image

from alttext import distribution
from alttext.errors import ModelError
from alttext.ranking.frame import Frame
from alttext.ranking.named import ABOUT
from alttext.ranking.towers import in_batches, session

IMAGE_TOWER, TEXT_TOWER, TOKENIZER, VOCABULARY = "image.onnx", "text.onnx", "tokenizer.json", "vocabulary.npz"
PIXELS, VECTORS = "pixels", "vectors"  # what goes into the image tower, and what comes out of both
REMEDY = "export it again"
_IMAGE_CHUNK, _TEXT_CHUNK = 4, 32


class Texts(Struct, frozen=True, forbid_unknown_fields=True):
    """How texts become what the text tower reads."""

    longest: int  # tokens; longer texts are cut
    is_filled: bool  # every text is padded to the longest there may be, not to the longest of its batch
    pad_id: int
    pad_token: str
    pad_side: str = "right"


class File(Struct, frozen=True, forbid_unknown_fields=True):
    """What a file of the folder has to be."""

    size: int
    sha256: str


class Exported(Struct, frozen=True, forbid_unknown_fields=True):
    """What `export.json` says."""

    id: str
    dim: int
    frame: Frame
    texts: Texts | None
    files: dict[str, File]
    facts: dict[str, Any] = {}  # how it was made; for people


class ExportedEncoder:
    """Both towers of a checkpoint as ONNX graphs."""

    def __init__(self, folder: Path, threads: int = 0) -> None:
        """Read what the folder says of itself; `threads` 0 means one per core. Raises ModelError."""
        self._folder = folder
        self._threads = threads
        self._about = read(folder)
        self.model_id: str = self._about.id
        self.dim: int = self._about.dim

    def encode_images(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        """Unit rows `(n, dim)` of `n` images of any mode and size."""
        rows_of = partial(self._image_rows, self._images)
        return in_batches(rows_of, images, _IMAGE_CHUNK, self.dim, self._threads)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit rows `(n, dim)` of `n` texts, each cut to what the checkpoint can read. Raises ModelError."""
        return in_batches(self._text_rows, texts, _TEXT_CHUNK, self.dim)

    def _image_rows(self, tower: Any, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        rows: NDArray[np.float32] = tower.run(None, {PIXELS: self._about.frame.pixels(images)})[0]
        return rows

    def _text_rows(self, texts: Sequence[str]) -> NDArray[np.float32]:
        read = self._tokens.encode_batch(list(texts))
        tensors = {
            "input_ids": np.array([each.ids for each in read], np.int64),
            "attention_mask": np.array([each.attention_mask for each in read], np.int64),
        }
        needed = {each.name: tensors[each.name] for each in self._texts.get_inputs()}
        rows: NDArray[np.float32] = self._texts.run(None, needed)[0]
        return rows

    @cached_property
    def _images(self) -> Any:
        return session(self._folder / IMAGE_TOWER, 1, REMEDY)

    @cached_property
    def _texts(self) -> Any:
        return session(self._folder / TEXT_TOWER, self._threads, REMEDY)

    @cached_property
    def _tokens(self) -> Any:
        """What turns texts into numbers. Raises ModelError if the folder, or this machine, has nothing."""
        if self._about.texts is None:
            raise ModelError(
                f"{self._folder}: it was exported without a text tower and knows only the terms of its "
                "vocabulary; export it again with the configuration that names yours"
            )
        try:
            from tokenizers import Tokenizer  # noqa: PLC0415 - an extra
        except ImportError as error:
            what = "texts that are not of its vocabulary need the package tokenizers"
            raise ModelError(f"{self._folder}: {what}: {distribution.to_install('tokenizers')}") from error
        path = self._folder / TOKENIZER
        try:
            return _with_rules(Tokenizer.from_file(str(path)), self._about.texts)
        except Exception as error:  # it has no kind of its own
            raise ModelError(f"{path}: not a tokenizer ({error}); {REMEDY}") from error


def _with_rules(tokens: Any, rules: Texts) -> Any:
    tokens.enable_truncation(rules.longest)
    tokens.enable_padding(
        direction=rules.pad_side,
        pad_id=rules.pad_id,
        pad_token=rules.pad_token,
        length=rules.longest if rules.is_filled else None,
    )
    return tokens


def read(folder: Path) -> Exported:
    """What a folder says of itself. Raises ModelError if that, or one of its files, is damaged or missing.

    Of the files only the sizes are looked at, since a checkpoint may be gigabytes; see `damaged`.
    """
    path = folder / ABOUT
    try:
        about = msgspec.json.decode(path.read_bytes(), type=Exported)
        for name, file in about.files.items():
            if (folder / name).stat().st_size != file.size:
                raise ModelError(f"{folder / name}: damaged, its size is another; {REMEDY}")
    except OSError as error:
        raise ModelError(f"{error.filename}: missing from the model; {REMEDY}") from error
    except msgspec.DecodeError as error:
        raise ModelError(f"{path}: not the description of an exported model ({error}); {REMEDY}") from error
    return about


def damaged(folder: Path) -> list[str]:
    """Names of files that are not what was exported. Raises ModelError if one is missing."""
    return [name for name, file in read(folder).files.items() if file_of(folder / name) != file]


def file_of(path: Path) -> File:
    """The size and checksum of a file."""
    with path.open("rb") as file:
        return File(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())
