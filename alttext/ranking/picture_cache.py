"""What is kept of pictures, by the hash of their file: facts, vectors and the text in them.

With it, a picture that was seen before is neither decoded nor encoded nor read again. A key names everything
that the value depends on, so nothing in here ever has to be declared invalid.
"""

from collections.abc import Sequence
from hashlib import sha256

import msgspec
import numpy as np
import PIL
from numpy.typing import NDArray

from alttext.ranking.cache import Cache
from alttext.ranking.decode import DecodeOptions, Facts
from alttext.types import TextLine

Array = NDArray[np.float32]

_FACTS = "facts-1"  # another number where the code that finds them out says something else
_VECTORS = "vectors-1"
_LINES = "lines-1"
_NEARLY = 1e-3  # how far from 1 the length of a vector may be
_LINES_OF = msgspec.json.Decoder(tuple[TextLine, ...])
_FACTS_OF = msgspec.json.Decoder(Facts)


class PictureCache:
    """A cache of what pictures are found to be when decoded with certain options."""

    def __init__(self, cache: Cache, options: DecodeOptions) -> None:
        self._cache = cache
        self._limit = str(options.max_pixels)
        self._decoding = f"Pillow {PIL.__version__}, {options.min_side}"

    def facts(self, digest: str, lang: str) -> Facts | None:
        """What is known of a picture besides its pixels, for a page in `lang`."""
        found = self._cache.get(_key(_FACTS, digest, lang, self._limit))
        try:
            return None if found is None else _FACTS_OF.decode(found)
        except msgspec.DecodeError:
            return None

    def keep_facts(self, digest: str, lang: str, facts: Facts) -> None:
        """Keep what was found out."""
        self._cache.put(_key(_FACTS, digest, lang, self._limit), "facts", msgspec.json.encode(facts))

    def vectors(self, digest: str, model_id: str, view: str, dim: int) -> Array | None:
        """Unit rows `(parts, dim)` of the parts of a picture that a view of it shows."""
        found = self._cache.get(_key(_VECTORS, digest, model_id, view, self._decoding))
        if not found or len(found) % (4 * dim):
            return None
        rows = np.frombuffer(found, "<f4").reshape(-1, dim)
        return rows if np.allclose(np.linalg.norm(rows, axis=1), 1, atol=_NEARLY) else None

    def keep_vectors(self, digest: str, model_id: str, view: str, rows: Array) -> None:
        """Keep the unit rows of a view."""
        key = _key(_VECTORS, digest, model_id, view, self._decoding)
        self._cache.put(key, "vectors", rows.astype("<f4").tobytes())

    def lines(self, digest: str, reader: str) -> tuple[TextLine, ...] | None:
        """The text that a reader found in a picture."""
        found = self._cache.get(_key(_LINES, digest, reader, self._decoding))
        try:
            return None if found is None else _LINES_OF.decode(found)
        except msgspec.DecodeError:
            return None

    def keep_lines(self, digest: str, reader: str, lines: Sequence[TextLine]) -> None:
        """Keep the text that was read."""
        key = _key(_LINES, digest, reader, self._decoding)
        self._cache.put(key, "texts", msgspec.json.encode(tuple(lines)))


def _key(*parts: str) -> bytes:
    return sha256("\0".join(parts).encode()).digest()
