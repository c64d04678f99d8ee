"""Turn the bytes of a raster picture into upright RGB pixels on white, within limits."""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from PIL import ExifTags, Image, UnidentifiedImageError

from alttext.errors import ImageError
from alttext.ranking import costly
from alttext.ranking.flat import flat

# What browsers show. Nothing else is tried: some of Pillow's other readers start programs.
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "TIFF", "ICO")

_ANIMATED_FORMATS = frozenset({"PNG", "GIF", "WEBP", "AVIF"})
_MAX_FRAMES = 16  # how far to look for the first frame that shows something
_MAX_FRAME_PIXELS = 1 << 25  # in these frames together
_BLANK_RANGE = 8  # of 255; less contrast than this shows nothing

# Source: Exif 2.32, tag 0x0112. ImageOps.exif_transpose would rewrite the EXIF data too and trip over damage.
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LIES_ON_ITS_SIDE = frozenset({5, 6, 7, 8})

# Everything that Pillow's readers raise on damaged files.
DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    ArithmeticError,
    RuntimeError,
    AttributeError,
    EOFError,
    MemoryError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture's pixels and what its file says of it."""

    pixels: Image.Image  # RGB, upright
    width: int  # as shown, before any reduction
    height: int
    format: str
    animated: bool
    opened: Image.Image  # as Pillow opened it, for its metadata


def read(data: bytes, name: str, max_pixels: int, min_side: int = 0) -> Raster:
    """Return the pixels of a raster picture: of the first frame that shows anything, if it is animated.

    With `min_side`, pictures far larger are reduced while decoding, to sides of at least twice that.
    Raises ImageError: image-too-large above `max_pixels`, image-unreadable when damaged, costly or
    of no known kind.
    """
    costly.refuse(data, name)
    with quiet_pillow():
        try:
            return _read(data, name, max_pixels, min_side)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise _too_large(name, max_pixels) from error
        except UnidentifiedImageError as error:
            raise ImageError(
                "image-unreadable", f"{name}: not a picture of a known kind; replace the file"
            ) from error
        except DAMAGED as error:
            message = f"{name}: damaged or incomplete picture ({error}); replace the file"
            raise ImageError("image-unreadable", message) from error


def _read(data: bytes, name: str, max_pixels: int, min_side: int) -> Raster:
    picture = Image.open(BytesIO(data), formats=FORMATS)
    width, height = picture.size
    if width * height > max_pixels:
        raise _too_large(name, max_pixels)
    kind = "JPEG" if picture.format == "MPO" else picture.format or ""  # MPO: a JPEG with a second view
    animated = kind in _ANIMATED_FORMATS and bool(getattr(picture, "is_animated", False))
    if min_side:
        picture.draft("", (2 * min_side, 2 * min_side))
    picture.load()
    orientation = _orientation(picture)  # after loading: the TIFF reader turns pictures itself
    if orientation in _LIES_ON_ITS_SIDE:
        width, height = height, width
    pixels = _first_telling_frame(picture, 2 * min_side) if animated else flat(picture, 2 * min_side)
    if orientation in _UPRIGHT:
        pixels = pixels.transpose(_UPRIGHT[orientation])
    return Raster(pixels, width, height, kind, animated, picture)


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except DAMAGED:  # damaged metadata does not cost the picture
        return 1


def _first_telling_frame(picture: Image.Image, side: int) -> Image.Image:
    """Return the first frame that is not blank, else the first; many animations fade in."""
    first = flat(picture, side)
    frame = first
    for number in range(1, min(_MAX_FRAMES, _MAX_FRAME_PIXELS // (picture.width * picture.height))):
        if not _is_blank(frame):
            return frame
        try:
            picture.seek(number)
            frame = flat(picture, side)
        except DAMAGED:  # the last frame, or a damaged one
            break
    return first if _is_blank(frame) else frame


def _is_blank(frame: Image.Image) -> bool:
    extrema = frame.getextrema()
    return all(high - low < _BLANK_RANGE for low, high in extrema)  # type: ignore[misc]


def _too_large(name: str, max_pixels: int) -> ImageError:
    return ImageError(
        "image-too-large", f"{name}: more than {max_pixels} pixels; shrink the picture or raise the limit"
    )


class _Quiet:
    """How many threads are decoding, and what to undo after the last."""

    lock = Lock()
    depth = 0
    undo = ExitStack()


@contextmanager
def quiet_pillow() -> Iterator[None]:
    """Turn Pillow's bomb warning into an error and drop its grumbling about metadata.

    Warning filters belong to the whole process: the first thread in sets them, the last one out resets them.
    """
    with _Quiet.lock:
        _Quiet.depth += 1
        if _Quiet.depth == 1:
            _Quiet.undo.enter_context(warnings.catch_warnings())
            warnings.filterwarnings("ignore", module=r"PIL\.")
            warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
    try:
        yield
    finally:
        with _Quiet.lock:
            _Quiet.depth -= 1
            if _Quiet.depth == 0:
                _Quiet.undo.close()
