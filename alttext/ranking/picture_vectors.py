"""Vectors of pictures: each view of a file encoded once, for all runs that share a cache."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from alttext.ranking.decode import DecodedImage
from alttext.ranking.encode import Encoder
from alttext.ranking.picture_cache import PictureCache
from alttext.ranking.pixels import corners

Array = NDArray[np.float32]

WHOLE, CORNERS = "whole", "corners"
_VIEWS: Mapping[str, Callable[[Image.Image], list[Image.Image]]] = {
    WHOLE: lambda picture: [picture],
    CORNERS: corners,
}


class PictureVectors:
    """The image tower of a model with a cache of what came out of it."""

    def __init__(self, encoder: Encoder, cache: PictureCache) -> None:
        self._encoder = encoder
        self._cache = cache

    def of(self, images: Sequence[DecodedImage], view: str = WHOLE) -> Array:
        """Unit rows `(n, parts, dim)` of a view of loaded pictures. Raises as `pixels_of` does."""
        rows = {image.sha256: self._kept(image, view) for image in images}
        fresh = {image.sha256: image for image in images if rows[image.sha256] is None}
        made = self.of_pixels([pixels_of(image) for image in fresh.values()], view)
        for digest, parts in zip(fresh, made, strict=True):
            rows[digest] = parts
            self._cache.keep_vectors(digest, self._encoder.model_id, view, parts)
        found = [parts for image in images if (parts := rows[image.sha256]) is not None]
        return np.stack(found) if found else np.empty((0, 1, self._encoder.dim), np.float32)

    def of_pixels(self, pictures: Sequence[Image.Image], view: str = WHOLE) -> Array:
        """The same of pictures in memory, straight from the encoder."""
        if not pictures:
            return np.empty((0, 1, self._encoder.dim), np.float32)
        parts = [part for picture in pictures for part in _VIEWS[view](picture)]
        return self._encoder.encode_images(parts).reshape(len(pictures), -1, self._encoder.dim)

    def knows(self, image: DecodedImage, view: str = WHOLE) -> bool:
        """Whether the vectors of a picture are kept, so that nobody needs its pixels."""
        return self._kept(image, view) is not None

    def _kept(self, image: DecodedImage, view: str) -> Array | None:
        return self._cache.vectors(image.sha256, self._encoder.model_id, view, self._encoder.dim)


def pixels_of(image: DecodedImage, min_side: int | None = None) -> Image.Image:
    """The pixels of a loaded picture, reduced as it was loaded or as `min_side` says.

    Raises ValueError for an SVG, ImageError for a damaged file.
    """
    pixels = image.pixels if min_side is None else image.reduced(min_side)
    if pixels is None:
        raise ValueError(f"{image.source}: an SVG, which has no pixels")
    return pixels
