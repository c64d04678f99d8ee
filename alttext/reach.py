"""Which pictures the settings let a run reach: where they are looked for, and how they are read."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from alttext.config import Settings
from alttext.ranking import locate
from alttext.types import ImageRef, Placed

if TYPE_CHECKING:  # names for the type checker only; importing them would load Pillow
    from alttext.ranking.decode import DecodedImage, DecodeOptions


def place(ref: ImageRef, document: Path, root: Path, settings: Settings) -> locate.Place:
    """Where the sources of an image of a document are looked up: within `root`, unless more is allowed."""
    return locate.Place(
        document.parent, root, _site_root(settings), ref.context.base, settings.allow_outside_root
    )


def decode_options(settings: Settings, min_side: int = 0) -> "DecodeOptions":
    """How pictures are read; large ones reduced to no less than twice `min_side` pixels, 0: not at all."""
    from alttext.ranking.decode import DecodeOptions  # noqa: PLC0415 - loads Pillow

    return DecodeOptions(
        site_root=_site_root(settings),
        allow_outside_root=settings.allow_outside_root,
        max_bytes=settings.max_image_bytes,
        max_pixels=settings.max_image_pixels,
        min_side=min_side,
    )


def load(placed: Placed, options: "DecodeOptions") -> "DecodedImage":
    """The picture that an image shows in its place. Raises ImageError, see `decode.load`."""
    from alttext.ranking import decode  # noqa: PLC0415 - loads Pillow

    ref, file, root = placed
    context = ref.context
    return decode.load(
        ref.sources or (ref.src,), file, replace(options, root=root), context.base, context.lang
    )


def _site_root(settings: Settings) -> Path | None:
    return Path(settings.site_root) if settings.site_root else None
