"""Writes a checkpoint as a folder that `encode_exported` runs, and proves that both say the same.

The folder appears only if they do: of a picture, or of a text, both vectors have to have a cosine of
`LEAST_COSINE` at least, and no picture may be taken for another one.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from alttext import distribution
from alttext.errors import ModelError
from alttext.ranking import calibration as calibrations
from alttext.ranking import encode, frame, named, term_vectors, trial
from alttext.ranking import encode_exported as exported
from alttext.ranking.calibration import Calibration
from alttext.ranking.encode_exported import Exported, ExportedEncoder, Texts
from alttext.ranking.encode_transformers import TransformersEncoder
from alttext.types import Term

LEAST_COSINE = 0.999
CARD = "README.md"

Rows = NDArray[np.float32]
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to export, and how."""

    model: str  # folder or name of a checkpoint
    terms: Sequence[Term]  # whose vectors the folder shall have
    half: bool = False  # weights as float16
    texts: bool = True  # with the text tower


@dataclass(frozen=True, slots=True)
class Parity:
    """The least cosines between vectors of the checkpoint and of what was exported."""

    images: float
    texts: float | None  # None: without a text tower


def export(wanted: Wanted, destination: Path, tell: Tell) -> Parity:
    """Write the folder; `tell` is told what goes on. Raises ModelError, OSError; then there is no folder."""
    with _whole(destination) as folder:
        tell(f"Reading {wanted.model}")
        encoder = TransformersEncoder(wanted.model, device="cpu", exact=True)
        writer, expected = _Writer(folder, encoder, wanted, tell), _Expected(encoder, wanted)
        about = writer.write()
        tell("Comparing both")
        parity = expected.compared(ExportedEncoder(folder), about.texts is not None)
        facts = about.facts | {"least cosine": {"images": parity.images, "texts": parity.texts}}
        _describe(folder, msgspec.structs.replace(about, facts=facts))
    return parity


@contextmanager
def _whole(destination: Path) -> Iterator[Path]:
    """A folder that appears at its destination once the work is done; after an error there is none."""
    if destination.exists():
        raise ModelError(f"{destination}: there is something already; remove it, or choose another with -o")
    above = next(folder for folder in destination.absolute().parents if folder.is_dir())
    with tempfile.TemporaryDirectory(dir=above, prefix=".alttext-export-") as beside:
        made = Path(beside) / "model"
        made.mkdir()
        yield made
        destination.parent.mkdir(parents=True, exist_ok=True)
        made.rename(destination)


class _Expected:
    """What the checkpoint says of test pictures and texts, before anything is done to it."""

    def __init__(self, encoder: TransformersEncoder, wanted: Wanted) -> None:
        self._name = wanted.model
        self._texts = trial.texts([text for term in wanted.terms for text in term_vectors.texts_of(term)])
        self._image_rows = encoder.encode_images(trial.pictures())
        self._text_rows = encoder.encode_texts(self._texts)

    def compared(self, encoder: ExportedEncoder, with_texts: bool) -> Parity:
        """How well the exported towers agree. Raises ModelError if that is not well enough."""
        images = self._least("picture", encoder.encode_images(trial.pictures()), self._image_rows)
        texts = (
            self._least("text", encoder.encode_texts(self._texts), self._text_rows) if with_texts else None
        )
        return Parity(images, texts)

    def _least(self, noun: str, rows: Rows, expected: Rows) -> float:
        least = float((rows * expected).sum(axis=1).min())
        if not least >= LEAST_COSINE:  # it may be no number
            what = f"the least cosine of both vectors of a {noun} is {least:.4f}, it has to be {LEAST_COSINE}"
            raise ModelError(f"{self._name}: not exported: {what}; use it as it is, with the clip extra")
        if noun == "picture" and ((rows @ expected.T).argmax(axis=1) != np.arange(len(rows))).any():
            raise ModelError(f"{self._name}: not exported: pictures are taken for one another")
        return least


class _Writer:
    """Fills a folder."""

    def __init__(self, folder: Path, encoder: TransformersEncoder, wanted: Wanted, tell: Tell) -> None:
        self._folder, self._encoder, self._wanted, self._tell = folder, encoder, wanted, tell
        self._model, images, self._tokens = encoder.checkpoint
        found = frame.of_processor(images)
        if found is None:
            raise ModelError(
                f"{wanted.model}: its pictures are prepared in another way than squashed, or cut out of the "
                "middle, so it cannot be exported; use it as it is, with the clip extra"
            )
        self._frame, self._scaling = found
        self._towers = _towers()

    def write(self) -> Exported:
        """All but the card. Raises ModelError, OSError."""
        vectors = self._vectors()
        texts = self._write_towers()
        about = Exported(self._id(), self._encoder.dim, self._frame, texts, {}, self._facts())
        keys = [term_vectors.key_of(term, about.id) for term in self._wanted.terms]
        term_vectors.save(self._folder / exported.VOCABULARY, dict(zip(keys, vectors, strict=True)))
        files = {path.name: exported.file_of(path) for path in sorted(self._folder.iterdir())}
        if figures := self._figures(about.id):
            calibrations.write(self._folder / calibrations.BESIDE, figures)
        about = msgspec.structs.replace(about, files=files)
        _describe(self._folder, about)
        return about

    def _vectors(self) -> NDArray[np.float16]:
        """Vectors of the terms, as they are kept."""
        self._tell(f"Encoding {len(self._wanted.terms)} terms")
        return term_vectors.embed(self._wanted.terms, self._encoder).astype(np.float16)

    def _write_towers(self) -> Texts | None:
        self._model.set_attn_implementation("eager")  # of plain operations, which every exporter knows
        half = self._wanted.half
        self._tell("Exporting the image tower")
        self._towers.write_images(
            self._model, self._frame, self._scaling, self._folder / exported.IMAGE_TOWER, half=half
        )
        splitter = getattr(self._tokens, "backend_tokenizer", None)
        if not self._wanted.texts or splitter is None:
            return None
        self._tell("Exporting the text tower")
        example = self._encoder.read(["a photo of a dog", "snow"])
        self._towers.write_texts(self._model, example, self._folder / exported.TEXT_TOWER, half=half)
        splitter.save(str(self._folder / exported.TOKENIZER))
        return self._text_rules()

    def _text_rules(self) -> Texts:
        padding, tokens = self._encoder.padding, self._tokens
        return Texts(
            longest=padding["max_length"],
            is_filled=padding["padding"] == "max_length",
            pad_id=tokens.pad_token_id,
            pad_token=tokens.pad_token,
            pad_side=tokens.padding_side,
        )

    def _id(self) -> str:
        """The name of the checkpoint and what stands for its towers: no two that differ have one id."""
        digest = hashlib.sha256()
        for path in sorted(self._folder.iterdir()):
            digest.update(f"{path.name} {exported.file_of(path).sha256}\n".encode())
        return f"{name_of(self._wanted.model)}+{digest.hexdigest()[:8]}"

    def _facts(self) -> dict[str, Any]:
        return {
            "checkpoint": name_of(self._wanted.model),
            "revision": getattr(self._model.config, "_commit_hash", None) or "a folder",
            "family": self._model.config.model_type,
            "terms": len(self._wanted.terms),
            "weights": "float16" if self._wanted.half else "float32",
            "alttext": distribution.installed(),
        }

    def _figures(self, model_id: str) -> Calibration | None:
        """The figures that were fitted to the checkpoint, under the id and keys of what was exported."""
        old, folder = self._encoder.model_id, encode.folder_of(self._wanted.model)
        figures = calibrations.known(old, self._encoder.dim, model=folder)
        if figures is None:
            return None
        keys = {
            term_vectors.key_of(term, old): term_vectors.key_of(term, model_id) for term in self._wanted.terms
        }
        corrections = {keys[key]: each for key, each in figures.corrections.items() if key in keys}
        return replace(figures, model_id=model_id, corrections=corrections)


def _towers() -> Any:
    try:
        from alttext.ranking import export_towers  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ModelError(
            f"to export a model takes the package onnx: {distribution.to_install('clip')}"
        ) from error
    return export_towers


def name_of(model: str) -> str:
    """The name of a checkpoint, of whichever folder: that of its repository, if it was pulled."""
    path = Path(model).resolve()
    if not path.is_dir():
        return model
    is_pulled = path.parent.name == "snapshots"
    return path.parents[1].name.removeprefix("models--").replace("--", "/") if is_pulled else path.name


def _describe(folder: Path, about: Exported) -> None:
    (folder / named.ABOUT).write_bytes(msgspec.json.format(msgspec.json.encode(about)) + b"\n")
    (folder / CARD).write_text(_card(about), encoding="utf-8")


def _card(about: Exported) -> str:
    facts = [f"| {name} | {value} |" for name, value in _card_rows(about)]
    texts = "" if about.texts else "\nWithout a text tower, it knows only the terms of that vocabulary.\n"
    return f"""# {about.id}

Written by `alttext model export`; `alttext fix --model FOLDER` runs it with onnxruntime, without torch.
Terms of use are those of the checkpoint that it was made from.

| | |
|---|---|
{chr(10).join(facts)}
{texts}"""


def _card_rows(about: Exported) -> Iterator[tuple[str, object]]:
    yield "vectors", f"{about.dim} numbers"
    yield "pixels", f"{about.frame.width}x{about.frame.height}"
    for name, value in about.facts.items():
        if isinstance(value, dict):
            yield from ((f"{name}, {part}", number) for part, number in value.items() if number is not None)
        else:
            yield name, value
