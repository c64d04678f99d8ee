"""Look at pictures: `load` where there are processors, `Looker` where the model is."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from msgspec import Struct
from PIL import Image

from alttext.config import Settings
from alttext.describer import Describer
from alttext.errors import ImageError
from alttext.ranking import decode, read_text
from alttext.ranking.cache import Cache
from alttext.ranking.decode import DecodedImage, Facts
from alttext.ranking.picture_cache import PictureCache
from alttext.ranking.picture_vectors import CORNERS, WHOLE
from alttext.scale.knowing import Knowing
from alttext.scale.seen import Seen, unseen
from alttext.scale.wanted import Wanted
from alttext.types import Description


class Loaded(Struct, frozen=True, kw_only=True):
    """A picture as it is sent from where it is decoded to where the model is."""

    wanted: Wanted
    file: str = ""
    sha256: str = ""
    facts: Facts | None = None  # None for a drawing
    pixels: bytes = b""  # RGB; none if nobody has to see them
    size: tuple[int, int] = (0, 0)
    error: str = ""
    message: str = ""


def load(wanted: Wanted, settings: Settings) -> Loaded:
    """Read and decode a picture; what is wrong with one that cannot be is told in the record."""
    options = replace(Describer(settings).decode_options, root=Path(wanted.root))
    try:
        image = decode.load(wanted.sources, Path(wanted.document), options, wanted.base, wanted.lang)
        pixels = None if image.author_text else image.pixels
    except ImageError as error:
        return Loaded(wanted=wanted, error=error.reason, message=str(error))
    return Loaded(
        wanted=wanted,
        file=str(image.path or ""),
        sha256=image.sha256,
        facts=_facts(image),
        pixels=pixels.tobytes() if pixels else b"",
        size=pixels.size if pixels else (0, 0),
    )


class Looker:
    """A model in a process of its own, which is loaded once."""

    def __init__(self, settings: Settings, threads: int = 0) -> None:
        """`threads` for the model, 0 for one per core."""
        self._kept = PictureCache(Cache(None), Describer(settings).decode_options)
        self._describer = Knowing(settings, self._kept, threads=threads)

    def look(self, loaded: Sequence[Loaded]) -> list[Seen]:
        """Describe pictures, in order. Raises ModelError."""
        for each in loaded:
            if each.facts:
                self._kept.keep_facts(each.sha256, each.wanted.lang, each.facts)
        self._describer.vectors([_image(each) for each in loaded if each.pixels])
        described = [each for each in loaded if not each.error]
        descriptions = iter(self._describer.describe_all([each.wanted.placed for each in described]))
        return [
            unseen(each.wanted, each.error, each.message)
            if each.error
            else self._seen(each, next(descriptions))
            for each in loaded
        ]

    def _seen(self, loaded: Loaded, description: Description) -> Seen:
        encoder, digest = self._describer.encoder, loaded.sha256
        whole, corners = (
            self._kept.vectors(digest, encoder.model_id, view, encoder.dim) if loaded.pixels else None
            for view in (WHOLE, CORNERS)
        )
        return Seen(
            wanted=loaded.wanted,
            description=description,
            file=loaded.file,
            sha256=digest,
            facts=loaded.facts,
            model=encoder.model_id,
            vector=whole[0] if whole is not None else None,
            corners=corners,
            lines=self._kept.lines(digest, read_text.identity()),
        )


def _facts(image: DecodedImage) -> Facts | None:
    if image.decode is None:
        return None
    return Facts(image.width, image.height, image.format, image.animated, image.author_text)


def _image(loaded: Loaded) -> DecodedImage:
    """The picture as if it had been decoded here."""
    facts = loaded.facts or Facts(0, 0, "")
    pixels = Image.frombytes("RGB", loaded.size, loaded.pixels)
    return DecodedImage(
        facts.width, facts.height, facts.format, loaded.sha256, loaded.file, decode=lambda _: pixels
    )
