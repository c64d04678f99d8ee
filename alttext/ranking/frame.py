"""From an image of any mode and size to the pixels that a checkpoint sees, as its processor makes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from alttext.ranking.pixels import fitted, opaque


@dataclass(frozen=True, slots=True)
class Frame:
    """What is made of an image: squashed to a size, or made smaller and its middle cut out."""

    width: int
    height: int
    shorter: int  # length of the shorter side before the middle is cut out; 0 squashes
    resample: int  # filter, by Pillow's number

    def pixels(self, images: Sequence[Image.Image]) -> NDArray[np.uint8]:
        """`(n, height, width, 3)` of `n` images, transparency on white."""
        return np.stack([np.asarray(self._cut(image)) for image in images])

    def _cut(self, image: Image.Image) -> Image.Image:
        small = fitted(opaque(image), self.shorter or min(self.width, self.height))
        size, filter_ = (self.width, self.height), Image.Resampling(self.resample)
        return small.resize(size, filter_, self._middle(*small.size) if self.shorter else None)

    def _middle(self, width: int, height: int) -> tuple[float, float, float, float]:
        """The part of an image that is seen: nothing else is resized, however long the image is."""
        shorter = min(width, height)
        scaled = int(self.shorter * width / shorter), int(self.shorter * height / shorter)
        left, top = (scaled[0] - self.width) // 2, (scaled[1] - self.height) // 2
        x, y = width / scaled[0], height / scaled[1]
        right, bottom = min((left + self.width) * x, width), min((top + self.height) * y, height)
        return left * x, top * y, right, bottom


@dataclass(frozen=True, slots=True)
class Scaling:
    """What makes numbers that a tower reads of pixels from 0 to 255; for red, green and blue."""

    mean: Sequence[float]
    deviation: Sequence[float]

    def of(self, pixels: Any) -> Any:
        """Numbers `(n, 3, height, width)` of a torch tensor of pixels `(n, height, width, 3)`."""
        numbers = pixels.float()
        mean, deviation = (numbers.new_tensor(list(each)) for each in (self.mean, self.deviation))
        return ((numbers - mean) / deviation).permute(0, 3, 1, 2)


def of_processor(processor: Any) -> tuple[Frame, Scaling] | None:
    """What an image processor of transformers does; None if that is something else than squash or cut out."""
    if not getattr(processor, "do_resize", False) or getattr(processor, "do_pad", False):
        return None
    size = dict(getattr(processor, "size", None) or {})
    is_cut = bool(getattr(processor, "do_center_crop", False))
    seen = dict(getattr(processor, "crop_size", None) or {}) if is_cut else size
    frame = _frame(size, seen, processor.resample) if isinstance(processor.resample, int) else None
    return (frame, _scaling(processor)) if frame else None


def _frame(size: dict[str, Any], seen: dict[str, Any], resample: int) -> Frame | None:
    shorter = int(size.get("shortest_edge") or 0)
    width, height = int(seen.get("width") or 0), int(seen.get("height") or 0)
    is_squashed = not shorter and seen == size
    is_cut = max(width, height) <= shorter and not size.get("longest_edge")
    return Frame(width, height, shorter, resample) if width and height and (is_squashed or is_cut) else None


def _scaling(processor: Any) -> Scaling:
    unit = 1 / processor.rescale_factor if getattr(processor, "do_rescale", True) else 1.0
    if not getattr(processor, "do_normalize", True):
        return Scaling([0.0] * 3, [unit] * 3)
    mean, deviation = (
        np.broadcast_to(np.float64(each), 3) for each in (processor.image_mean, processor.image_std)
    )
    return Scaling((mean * unit).tolist(), (deviation * unit).tolist())
