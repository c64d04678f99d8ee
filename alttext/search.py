"""Rank the pictures that documents use by what a query says is seen. Loads the model."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alttext import survey
from alttext.config import Settings
from alttext.describer import Describer
from alttext.documents import source
from alttext.ranking.decode import DecodedImage
from alttext.ranking.encode import Encoder
from alttext.ranking.term_vectors import unit
from alttext.survey import Document
from alttext.types import ImageRef, Placed

TEMPLATES = ("a photo of {}", "{}")

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a document shows a picture."""

    document: str
    line: int  # from 1
    alt: str | None  # None is missing, "" is decorative


@dataclass(slots=True)
class Found:
    """A picture with its likeness to the query."""

    path: str  # of the first file that holds it, as people know it
    score: float  # cosine
    placed: Placed  # from which it can be loaded again
    uses: list[Use] = field(default_factory=list)


def search(query: str, paths: Iterable[str | Path], describer: Describer, settings: Settings) -> list[Found]:
    """Every picture that documents below the paths use and that can be looked at, the most alike first.

    A picture that is there under several names is one. Documents that cannot be read are passed over. Raises
    ModelError.
    """
    wanted = query_vector(query, describer.encoder)
    found: dict[str, Found] = {}  # by hash of the file
    readable = (each.document for each in survey.paths(paths, settings) if not each.error)
    for document in readable:
        for use, placed, image, vector in _pictures(document, describer, settings):
            score = float(vector @ wanted)
            found.setdefault(image.sha256, Found(image.name, score, placed)).uses.append(use)
    return sorted(found.values(), key=lambda each: (-each.score, each.path))


def query_vector(query: str, encoder: Encoder) -> Array:
    """The unit vector of a query: the mean over what may be said of a picture that shows it."""
    texts = encoder.encode_texts([template.replace("{}", query.strip()) for template in TEMPLATES])
    vector: Array = unit(texts.mean(axis=0, keepdims=True))[0]
    return vector


def _pictures(
    document: Document, describer: Describer, settings: Settings
) -> Iterator[tuple[Use, Placed, DecodedImage, Array]]:
    live = (ref for ref in survey.references(document, settings) if not survey.is_inert(ref, settings))
    placed = [Placed(ref, document.file, document.root) for ref in live]
    for each, image, vector in describer.see(placed):
        line, _ = source.position(document.text, each.image.span.start)
        yield Use(document.path, line, _alt(each.image)), each, image, vector


def _alt(ref: ImageRef) -> str | None:
    if ref.alt is None:
        return ref.name or ("" if ref.decorative else None)
    return ref.alt
