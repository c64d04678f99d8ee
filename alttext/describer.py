"""Stages 4 to 7 for pictures: load, encode, rank, compose. Loaded only when there is something to look at."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from PIL import Image

from alttext.config import Settings
from alttext.errors import ImageError
from alttext.ranking import decode, encode, rank, vocabulary
from alttext.ranking.decode import DecodedImage, DecodeOptions
from alttext.ranking.encode import Encoder
from alttext.ranking.rank import Ranker
from alttext.remediation import describe
from alttext.types import Context, Description, ImageRef, Ranking

_BATCH = 32  # pictures that are in memory at a time
_ENOUGH_SIDE = 256  # pixels; no model here sees more of a picture
_REMEMBERED = 50_000  # rankings, for pictures that many pages show


class Describer:
    """A model, its vocabulary, and what was found out about pictures so far in this run."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._rankings: dict[str, Ranking] = {}  # by hash of the file

    @cached_property
    def encoder(self) -> Encoder:
        """The image-text model. Raises ModelError if it is missing or damaged."""
        return encode.load_encoder(self.settings.model)

    @cached_property
    def ranker(self) -> Ranker:
        """The vocabulary with its vectors. Raises ModelError."""
        chosen = self.settings.vocabulary
        terms = vocabulary.load(chosen.path, chosen.extend, chosen.veto)
        return rank.load(self.encoder, terms)

    def describe(self, image: str | Path | Image.Image, context: Context) -> Description:
        """Describe one picture. Raises ImageError, and ModelError if the model cannot be loaded."""
        if isinstance(image, Image.Image):
            return describe.compose(self._ranked([image])[0], context)
        loaded = decode.load_file(Path(image), self.decode_options, context.lang)
        return self._described([loaded], [context])[0]

    def describe_all(
        self, refs: Sequence[ImageRef], document: Path | None, root: Path | None = None
    ) -> list[Description]:
        """Describe the pictures of one document, in order; the reason tells of one that cannot be loaded."""
        described: list[Description] = []
        options = replace(self.decode_options, root=root)
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            for some in _batches(refs):
                loaded = list(threads.map(lambda ref: _load(ref, document, options), some))
                described += self._described(loaded, [ref.context for ref in some])
        return described

    @property
    def decode_options(self) -> DecodeOptions:
        """How the settings want pictures to be read."""
        settings = self.settings
        return DecodeOptions(
            site_root=Path(settings.site_root) if settings.site_root else None,
            allow_outside_root=settings.allow_outside_root,
            max_bytes=settings.max_image_bytes,
            max_pixels=settings.max_image_pixels,
            min_side=_ENOUGH_SIDE,
        )

    def _described(
        self, loaded: Sequence[DecodedImage | ImageError], contexts: Sequence[Context]
    ) -> list[Description]:
        self._look(image for image in loaded if isinstance(image, DecodedImage))
        return [self._description(*pair) for pair in zip(loaded, contexts, strict=True)]

    def _look(self, images: Iterable[DecodedImage]) -> None:
        """Rank the pictures that were not seen before and whose author did not describe them."""
        if len(self._rankings) > _REMEMBERED:
            self._rankings.clear()
        unseen = {
            image.sha256: image.pixels
            for image in images
            if image.pixels and image.sha256 not in self._rankings and not image.author_text
        }
        self._rankings.update(zip(unseen, self._ranked(list(unseen.values())), strict=True))

    def _ranked(self, images: Sequence[Image.Image]) -> list[Ranking]:
        return self.ranker.rank(self.encoder.encode_images(images)) if images else []

    def _description(self, image: DecodedImage | ImageError, context: Context) -> Description:
        if isinstance(image, ImageError):
            return Description(None, reasons=(image.reason,))
        if image.author_text:
            return describe.from_author(image.author_text.text, image.author_text.certain)
        return describe.compose(self._rankings[image.sha256], context)


def _load(ref: ImageRef, document: Path | None, options: DecodeOptions) -> DecodedImage | ImageError:
    try:
        return decode.load(ref.sources or (ref.src,), document, options, ref.context.base, ref.context.lang)
    except ImageError as error:
        return error


def _batches(refs: Sequence[ImageRef]) -> Iterator[Sequence[ImageRef]]:
    return (refs[start : start + _BATCH] for start in range(0, len(refs), _BATCH))
