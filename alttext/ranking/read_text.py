"""Stage 6: read the text in a picture of a kind that has some. Needs the `ocr` extra.

RapidOCR brings its networks in its wheel, so nothing is downloaded: https://github.com/RapidAI/RapidOCR .
They know the letters of Latin, Greek, Chinese and Japanese script; others come out as look-alikes of these.
"""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from math import ceil
from typing import TYPE_CHECKING, Any, Protocol

from alttext import distribution
from alttext.errors import ModelError
from alttext.ranking import runtime
from alttext.types import TextLine

if TYPE_CHECKING:  # the pipeline asks `is_wanted` before it loads anything
    from PIL.Image import Image

_LIBRARY = "rapidocr"
_EXTRA = distribution.to_install("ocr")
_SIDE = 960  # pixels that text is looked for in; small letters drown, large ones fall apart when enlarged
_OPTIONS = {
    "Global.log_level": "critical",
    "Global.text_score": 0.0,  # a line that is hard to read is still a line
    "Global.use_cls": False,  # it would turn a few upright words upside down; pages show upright pictures
    "Det.limit_type": "max",
    "Det.limit_side_len": _SIDE,
    "Rec.rec_batch_num": 1,  # several lines take no less time, and as many times the memory of the longest
}
_LEGIBLE = 18  # pixels; in lower lines letters are mistaken with much confidence
_GUESS = 0.9  # so sure one can be of those at most
_MOST_LINES = 32  # that are read, which takes longer than to find them; nobody wants to hear a page
_NARROWEST = 50  # times longer than wide: a rule or a divider, at which RapidOCR fails


_Found = tuple[str, float, Any]  # text, confidence, corners


class Reader(Protocol):
    """Reads pictures."""

    def read(self, picture: "Image") -> tuple[TextLine, ...]:
        """The lines of text in a picture in reading order; "" for one that is there but cannot be read."""
        ...


def is_wanted(setting: str) -> bool:
    """Whether the setting `ocr` has pictures read. Raises ModelError if it is "on" without the extra."""
    is_installed = find_spec(_LIBRARY) is not None
    if setting == "on" and not is_installed:
        raise ModelError(f'ocr = "on" needs {_LIBRARY}, which is not installed: {_EXTRA}')
    return is_installed and setting != "off"


def identity() -> str:
    """What read a text, for whoever keeps it: another version may read another one."""
    return f"{_LIBRARY} {distribution.installed(_LIBRARY, '')}".strip()


def load() -> Reader:
    """The reader of the extra. Raises ModelError if it cannot be loaded."""
    try:
        runtime.load()
        engine = import_module(_LIBRARY).RapidOCR(params=_OPTIONS)
    except Exception as error:  # whatever the libraries below it raise
        raise ModelError(f"{_LIBRARY} cannot be loaded ({error}); try: {_EXTRA}") from error
    return RapidReader(engine)


class RapidReader:
    """A RapidOCR engine: finds lines, then reads each."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def read(self, picture: "Image") -> tuple[TextLine, ...]:
        """The lines of text in a picture of any mode, in reading order."""
        import numpy as np  # noqa: PLC0415 - only reading needs it

        if max(picture.size) > _NARROWEST * min(picture.size):
            return ()
        pixels = np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])
        boxes = self._engine(pixels, use_rec=False).boxes
        if boxes is None:
            return ()
        is_page = len(boxes) > _MOST_LINES
        found = self._of_page(pixels, boxes) if is_page else self._of_few(pixels, boxes)
        return in_reading_order(_line(text, score, box, picture.size) for text, score, box in found)

    def _of_few(self, pixels: Any, boxes: Any) -> list[_Found]:
        """What all the lines say, which leaves out those of which nothing can be read."""
        lines = {_key(box): (text, score) for text, score, box in self._read(pixels)}
        return [(*lines.get(_key(box), ("", 0.0)), box) for box in boxes]

    def _of_page(self, pixels: Any, boxes: Any) -> list[_Found]:
        """What the first lines say, and that there are more."""
        end = _end_of_top(boxes)
        below = [("", 0.0, box) for box in boxes if box[:, 1].min() >= end]
        return [*self._read(pixels[:end]), *below]

    def _read(self, pixels: Any) -> list[_Found]:
        read = self._engine(pixels, use_rec=True)
        found = zip(read.txts, read.scores, read.boxes, strict=True) if read.txts else ()
        return [(text, float(score), box) for text, score, box in found]


def _end_of_top(boxes: Any) -> int:
    """Return the row of the picture where as many lines as are read have ended."""
    bottoms: list[float] = sorted(boxes[:, :, 1].max(axis=1).tolist())
    return ceil(bottoms[_MOST_LINES - 1])


def in_reading_order(lines: Iterable[TextLine]) -> tuple[TextLine, ...]:
    """From top to bottom and, where lines stand side by side, from left to right."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda each: each.middle):
        if rows and line.is_beside(rows[-1][-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return tuple(line for row in rows for line in sorted(row, key=lambda each: each.box[0]))


def _key(corners: Any) -> str:
    return str(corners.round().tolist())


def _line(text: str, score: float, corners: Any, size: tuple[int, int]) -> TextLine:
    (left, top), (right, bottom) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    width, height = size
    most = 1.0 if bottom - top >= _LEGIBLE else _GUESS
    box = (left / width, top / height, right / width, bottom / height)
    return TextLine(" ".join(text.split()), min(score, most), box)
