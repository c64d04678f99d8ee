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
from alttext.ranking import decode, encode, rank, read_text, translation, vocabulary
from alttext.ranking.decode import DecodedImage, DecodeOptions
from alttext.ranking.encode import Encoder
from alttext.ranking.pixels import corners
from alttext.ranking.rank import Ranker
from alttext.ranking.read_text import Reader
from alttext.remediation import describe, quote
from alttext.remediation.describe import Bounds
from alttext.types import ENGLISH, Context, Description, ImageRef, Purpose, Ranking, TextLine, Wording

_BATCH = 32  # pictures that are in memory at a time
_ENOUGH_SIDE = 256  # pixels; no model here sees more of a picture
_READABLE_SIDE = 512  # the same where text is to be read
_REMEMBERED = 50_000  # rankings, for pictures that many pages show


class Describer:
    """A model, its vocabulary, and what was found out about pictures so far in this run."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._rankings: dict[str, Ranking] = {}  # by hash of the file
        self._texts: dict[str, tuple[TextLine, ...]] = {}  # likewise
        self._wordings: dict[str, Wording] = {}  # by language

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

    @cached_property
    def reader(self) -> Reader:
        """What reads the text in pictures. Raises ModelError if the extra cannot be loaded."""
        return read_text.load()

    def describe(self, image: str | Path | Image.Image, context: Context) -> Description:
        """Describe one picture. Raises ImageError, and ModelError if the model cannot be loaded."""
        if isinstance(image, Image.Image):
            ranking = self._ranked([image])[0]
            lines = self._text(image, ranking, Purpose.INFORMATIVE)
            return self._composed(ranking, lines, context, Purpose.INFORMATIVE)
        loaded = decode.load_file(Path(image), self.decode_options, context.lang)
        return self._described([loaded], [context], [Purpose.INFORMATIVE])[0]

    def describe_all(
        self, refs: Sequence[ImageRef], document: Path | None, root: Path | None = None
    ) -> list[Description]:
        """Describe the pictures of one document, in order; the reason tells of one that cannot be loaded."""
        described: list[Description] = []
        options = replace(self.decode_options, root=root)
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            for some in _batches(refs):
                loaded = list(threads.map(lambda ref: _load(ref, document, options), some))
                contexts, purposes = [ref.context for ref in some], [ref.purpose for ref in some]
                described += self._described(loaded, contexts, purposes)
        return described

    @cached_property
    def _reads(self) -> bool:
        return read_text.is_wanted(self.settings.ocr)

    @property
    def decode_options(self) -> DecodeOptions:
        """How the settings want pictures to be read."""
        settings = self.settings
        return DecodeOptions(
            site_root=Path(settings.site_root) if settings.site_root else None,
            allow_outside_root=settings.allow_outside_root,
            max_bytes=settings.max_image_bytes,
            max_pixels=settings.max_image_pixels,
            min_side=_READABLE_SIDE if self._reads else _ENOUGH_SIDE,
        )

    def _described(
        self,
        loaded: Sequence[DecodedImage | ImageError],
        contexts: Sequence[Context],
        purposes: Sequence[Purpose],
    ) -> list[Description]:
        self._look(image for image in loaded if isinstance(image, DecodedImage))
        return [self._description(*each) for each in zip(loaded, contexts, purposes, strict=True)]

    def _look(self, images: Iterable[DecodedImage]) -> None:
        """Rank the pictures that were not seen before and whose author did not describe them."""
        if len(self._rankings) > _REMEMBERED:
            self._rankings.clear()
            self._texts.clear()
        unseen = {
            image.sha256: image.pixels
            for image in images
            if image.pixels and image.sha256 not in self._rankings and not image.author_text
        }
        self._rankings.update(zip(unseen, self._ranked(list(unseen.values())), strict=True))

    def _ranked(self, images: Sequence[Image.Image]) -> list[Ranking]:
        if not images:
            return []
        encode_images = self.encoder.encode_images
        parts = zip(*map(corners, images), strict=True) if self.settings.crops else ()
        return self.ranker.rank(encode_images(images), crops=[encode_images(part) for part in parts])

    def _description(
        self, image: DecodedImage | ImageError, context: Context, purpose: Purpose
    ) -> Description:
        if isinstance(image, ImageError):
            return Description(None, reasons=(image.reason,))
        if image.author_text:
            return describe.from_author(image.author_text.text, image.author_text.certain)
        ranking = self._rankings[image.sha256]
        lines = self._text(image.pixels, ranking, purpose, image.sha256)
        return self._composed(ranking, lines, context, purpose)

    def _text(
        self, pixels: Image.Image | None, ranking: Ranking, purpose: Purpose, sha256: str = ""
    ) -> tuple[TextLine, ...]:
        """The text in a picture where some may matter; read once, however many pages show the picture."""
        if pixels is None or not self._reads or not quote.is_worth_reading(ranking, purpose):
            return ()
        lines = self._texts.get(sha256)
        if lines is None:
            lines = self.reader.read(pixels)
            if sha256:
                self._texts[sha256] = lines
        return lines

    def _composed(
        self, ranking: Ranking, lines: Sequence[TextLine], context: Context, purpose: Purpose
    ) -> Description:
        if quoted := quote.compose(ranking, lines, purpose, context):
            return quoted
        true, wording = quote.undeceived(ranking, lines), self._wording(context.language)
        return describe.compose(true, context, wording, self._bounds)

    @property
    def _bounds(self) -> Bounds:
        least, mood = self.settings.min_confidence, self.settings.min_mood_confidence
        return Bounds(describe.LEAST if least is None else least, mood)

    def _wording(self, lang: str) -> Wording | None:
        """How a language says the terms; None is English, which they are in."""
        if lang == ENGLISH:
            return None
        if lang not in self._wordings:
            chosen = self.settings.vocabulary
            self._wordings[lang] = translation.load(lang, self.ranker.vocabulary, chosen.path, chosen.extend)
        return self._wordings[lang]


def _load(ref: ImageRef, document: Path | None, options: DecodeOptions) -> DecodedImage | ImageError:
    try:
        return decode.load(ref.sources or (ref.src,), document, options, ref.context.base, ref.context.lang)
    except ImageError as error:
        return error


def _batches(refs: Sequence[ImageRef]) -> Iterator[Sequence[ImageRef]]:
    return (refs[start : start + _BATCH] for start in range(0, len(refs), _BATCH))
