"""Vectors of vocabulary terms: shipped for the embedded model, else made once and kept.

A term's vector is the mean over its prompts in the templates of its facet. Each is found by a key made of the
model, the templates and the prompts, so a change costs only the terms that it touches.
"""

import hashlib
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import platformdirs
from numpy.typing import NDArray

from alttext.ranking.encode import Encoder
from alttext.ranking.english import with_article
from alttext.types import Term

TEMPLATES = {
    "medium": ("{a}", "{a} of something", "this is {a}"),
    "people": ("a photo of {a}", "{a}", "a picture of {a} outside"),
    "activity": ("a person {}", "people {}", "a photo of someone {}"),
    "animal-activity": ("a dog {}", "an animal {}"),
    "object": ("a photo of {a}", "{a}", "a close-up photo of {a}", "{a} in the picture"),
    "scene": ("a photo of {a}", "{a}", "a view of {a}"),
    "weather": ("a photo of {a}", "{a}", "a landscape in {}"),
    "light": ("a photo of {a}", "{a}", "a photo taken in {}"),
    "season": ("a photo of {}", "{}"),
    "composition": ("{a}", "a photo that is {a}"),
    "material": ("a photo of {}", "a texture of {}"),
    "mood": ("a photo of a {}", "{}"),
    "sensitive": ("a photo of {a}", "{a}"),
    "distractor": ("a photo of {a}", "{a}"),
}
SHIPPED = Path(__file__).parent / "model" / "vocabulary.npz"
_KEY_BYTES = 16


def load(
    terms: Sequence[Term], encoder: Encoder, folder: Path | None = None, model: Path | None = None
) -> NDArray[np.float32]:
    """Unit rows `(n, dim)` of `n` terms: shipped, from the cache in `folder`, or made now and kept there.

    `folder` defaults to the user's cache folder; `model` is where the model lies, which may bring vectors.
    A damaged cache is made anew; one that cannot be written is done without.
    """
    folder = folder or platformdirs.user_cache_path("alttext")
    path = folder / f"vocabulary-{_digest(encoder.model_id)}.npz"
    keys = [key_of(term, encoder.model_id) for term in terms]
    beside = read(model / SHIPPED.name) if model else {}
    known = read(SHIPPED) | beside | read(path)
    missing = [number for number, key in enumerate(keys) if key not in known]
    if missing:
        made = embed([terms[number] for number in missing], encoder).astype(np.float16)  # as they are kept
        known |= {keys[number]: vector for number, vector in zip(missing, made, strict=True)}
        write(path, {key: known[key] for key in keys})
    return unit(np.stack([known[key] for key in keys]).astype(np.float32))


def embed(terms: Sequence[Term], encoder: Encoder) -> NDArray[np.float32]:
    """Unit rows of the terms, straight from the encoder."""
    texts = [texts_of(term) for term in terms]
    rows = encoder.encode_texts([text for of_term in texts for text in of_term])
    starts = np.cumsum([0, *map(len, texts)][:-1])
    return (
        unit(np.add.reduceat(rows, starts, axis=0)) if len(starts) else np.empty((0, encoder.dim), np.float32)
    )


def texts_of(term: Term) -> list[str]:
    """Every prompt of a term in every template of its facet."""
    has_article = term.phrase.startswith(("a ", "an "))
    is_of_animals = dict(term.grammar).get("subject") == "animal"
    templates = TEMPLATES["animal-activity" if is_of_animals else term.facet]
    return [
        template.replace("{a}", with_article(prompt) if has_article else prompt).replace("{}", prompt)
        for prompt in term.prompts
        for template in templates
    ]


def key_of(term: Term, model_id: str) -> str:
    """What the vector of a term depends on, as a short digest."""
    return _digest("\0".join((model_id, *texts_of(term))))


def read(path: Path) -> dict[str, NDArray[np.float16]]:
    """Vectors by key; nothing if the file is absent or damaged."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            keys, vectors = stored["keys"], stored["vectors"]
            return dict(zip((str(key) for key in keys), vectors, strict=True))
    except Exception:  # for damaged bytes zipfile, zlib and numpy have a dozen kinds
        return {}


def write(path: Path, vectors: dict[str, NDArray[np.float16]]) -> None:
    """Keep the vectors, if that is possible."""
    with suppress(OSError):
        save(path, vectors)


def save(path: Path, vectors: dict[str, NDArray[np.float16]]) -> None:
    """Keep the vectors, in one step, so that nobody ever reads half a file. Raises OSError."""
    rows = np.stack(list(vectors.values())).astype(np.float16)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as beside:
        made = Path(beside) / path.name
        np.savez(made, keys=np.array(list(vectors)), vectors=rows)
        made.replace(path)


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows, each of length 1."""
    scaled: NDArray[np.float32] = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return scaled.astype(np.float32)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[: 2 * _KEY_BYTES]
