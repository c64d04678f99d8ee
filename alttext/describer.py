"""Stages 4 to 7 for pictures: load, encode, rank, compose. Loaded only when there is something to look at."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property
from itertools import chain, pairwise
from pathlib import Path
from typing import TypeGuard, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from alttext import reach
from alttext.config import Settings
from alttext.errors import ImageError
from alttext.ranking import author_text, decode, encode, locate, rank, read_text, translation, vocabulary
from alttext.ranking.cache import Cache, default_folder, of_remote
from alttext.ranking.decode import DecodedImage, DecodeOptions, Fetcher
from alttext.ranking.encode import Encoder
from alttext.ranking.picture_cache import PictureCache
from alttext.ranking.picture_vectors import CORNERS, WHOLE, PictureVectors, pixels_of
from alttext.ranking.rank import Ranker
from alttext.ranking.read_text import Reader
from alttext.remediation import describe, quote
from alttext.remediation.describe import Bounds
from alttext.types import ENGLISH, Context, Description, Placed, Purpose, Ranking, TextLine, Wording

Array = NDArray[np.float32]
Item = TypeVar("Item")

_BATCH = 32  # pictures that are in memory at a time
_WAITING = 8  # threads that wait for servers
_READABLE_SIDE = 512  # pixels; pictures whose text is read are reduced to no less than twice that
# Reasons that leave open which file it was, or what is wrong with it.
_SPECIAL = frozenset({
    "image-not-found", "image-outside-root", "image-unreadable", "image-too-large", "unsupported-image",
    "remote-unavailable", "remote-refused",
})  # fmt: skip
_REMEMBERED = 500  # rankings, of some 15 kB; to rank what the cache has again takes a millisecond


class Describer:
    """A model, its vocabulary, and what was found out about pictures in this run and, by a cache, before."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._rankings: dict[str, Ranking] = {}  # by hash of the file
        self._wordings: dict[str, Wording] = {}  # by language

    @cached_property
    def encoder(self) -> Encoder:
        """The image-text model. Raises ModelError if it is missing or damaged."""
        return encode.load_encoder(self.settings.model, device=self.settings.device)

    @cached_property
    def ranker(self) -> Ranker:
        """The vocabulary with its vectors. Raises ModelError."""
        chosen = self.settings.vocabulary
        terms = vocabulary.load(chosen.path, chosen.extend, chosen.veto)
        return rank.load(self.encoder, terms, model=encode.folder_of(self.settings.model))

    @cached_property
    def reader(self) -> Reader:
        """What reads the text in pictures. Raises ModelError if the extra cannot be loaded."""
        return read_text.load()

    def describe(self, image: str | Path | bytes | Image.Image, context: Context) -> Description:
        """Describe one picture. Raises ImageError, and ModelError if the model cannot be loaded."""
        if isinstance(image, Image.Image):
            ranking = self._ranking(image)
            lines = self.reader.read(image) if self._is_read(ranking, Purpose.INFORMATIVE) else ()
            return self._composed(ranking, lines, context, Purpose.INFORMATIVE)
        return self._described([self._opened(image, context)], [context], [Purpose.INFORMATIVE])[0]

    def describe_several(
        self, images: Sequence[str | Path | bytes], contexts: Sequence[Context]
    ) -> list[Description]:
        """Describe pictures, in order, each in its context; the reason tells of one that cannot be loaded."""
        asked = list(zip(images, contexts, strict=True))
        return [
            description
            for some, loaded in _loaded(asked, lambda each: self._opened(*each))
            for description in self._described(
                loaded, [context for _, context in some], [Purpose.INFORMATIVE] * len(some)
            )
        ]

    def describe_all(self, placed: Sequence[Placed]) -> list[Description]:
        """Describe the pictures of documents, in order; the reason tells of one that cannot be loaded."""
        options = self._fetching_options
        waiting = _WAITING if options.remote else 0
        return [
            description
            for some, loaded in _loaded(placed, lambda each: reach.load(each, options), waiting)
            for description in self._described(
                loaded, [each.image.context for each in some], [each.image.purpose for each in some]
            )
        ]

    def see(self, placed: Sequence[Placed]) -> Iterator[tuple[Placed, DecodedImage, Array]]:
        """Yield pictures of documents with their unit rows, in order, without those that cannot be loaded.

        Nothing is fetched: `check` looks by this.
        """
        options = self.remembering_options
        for some, loaded in _loaded(placed, lambda each: reach.load(each, options)):
            pairs = [(each, image) for each, image in zip(some, loaded, strict=True) if self._shows(image)]
            pictures = [image for _, image in pairs if isinstance(image, DecodedImage)]
            for (each, _), image, row in zip(pairs, pictures, self.vectors(pictures), strict=True):
                yield each, image, row

    def _shows(self, image: DecodedImage | ImageError) -> bool:
        """Whether there is something to see: no drawing, and no picture that turns out to be damaged."""
        if isinstance(image, ImageError) or image.decode is None:
            return False
        try:
            return self._vectors.knows(image) or pixels_of(image) is not None
        except ImageError:
            return False

    def _opened(self, image: str | Path | bytes, context: Context) -> DecodedImage:
        if isinstance(image, bytes):
            return decode.load_bytes(image, self.remembering_options, context.lang)
        if isinstance(image, str) and locate.is_remote(image):
            return decode.load([image], None, self._fetching_options, lang=context.lang)
        return decode.load_file(Path(image), self.remembering_options, context.lang)

    @cached_property
    def _reads(self) -> bool:
        return read_text.is_wanted(self.settings.ocr)

    @property
    def decode_options(self) -> DecodeOptions:
        """How the settings want pictures to be read."""
        return reach.decode_options(self.settings, encode.enough_side(self.settings.model))

    @property
    def remembering_options(self) -> DecodeOptions:
        """The same, for pictures whose pixels are wanted only if the cache knows nothing of them."""
        return replace(self.decode_options, memory=self._cache)

    @property
    def _fetching_options(self) -> DecodeOptions:
        """The same, with pictures on the network as far as the settings allow them."""
        return replace(self.remembering_options, remote=self._remote)

    @cached_property
    def _remote(self) -> Fetcher | None:
        """What fetches pictures, if the settings list hosts. Raises ConfigError."""
        settings = self.settings
        if not settings.remote:
            return None
        from alttext.ranking import remote  # noqa: PLC0415 - brings ssl, and few want it

        limits = remote.Limits(
            min(settings.max_remote_bytes, settings.max_image_bytes), settings.remote_seconds
        )
        return remote.Remote(settings.remote, of_remote(self._cache_folder), limits)

    @cached_property
    def _cache(self) -> PictureCache:
        return PictureCache(Cache(self._cache_folder), self.decode_options)

    @property
    def _cache_folder(self) -> Path | None:
        """Where to keep what was found out; None: only in memory."""
        settings = self.settings
        folder = Path(settings.cache_dir) if settings.cache_dir else default_folder()
        return folder if settings.cache else None

    @cached_property
    def _vectors(self) -> PictureVectors:
        return PictureVectors(self.encoder, self._cache)

    def vectors(self, images: Sequence[DecodedImage]) -> Array:
        """Unit rows `(n, dim)` of loaded pictures, each file encoded once for all runs that share a cache.

        An SVG has none: ValueError.
        """
        return self._vectors.of(images)[:, 0]

    def _described(
        self,
        loaded: Sequence[DecodedImage | ImageError],
        contexts: Sequence[Context],
        purposes: Sequence[Purpose],
    ) -> list[Description]:
        if len(self._rankings) > _REMEMBERED:
            self._rankings.clear()
        ready = [self._ready(each) for each in loaded]
        self._look(each for each in ready if self._is_unseen(each))
        return [self._description(*each) for each in zip(ready, contexts, purposes, strict=True)]

    def _ready(self, image: DecodedImage | ImageError) -> DecodedImage | ImageError:
        """The picture, decoded if it has to be looked at, or why it cannot be."""
        if not self._is_unseen(image):
            return image
        views = (WHOLE, CORNERS) if self.settings.crops else (WHOLE,)
        try:
            if not all(self._vectors.knows(image, view) for view in views):
                pixels_of(image)
        except ImageError as error:
            return error
        return image

    def _is_unseen(self, image: DecodedImage | ImageError) -> TypeGuard[DecodedImage]:
        """Whether a picture has to be ranked: nobody did, and its author did not describe it."""
        if isinstance(image, ImageError) or image.decode is None or image.author_text:
            return False
        return image.sha256 not in self._rankings

    def _look(self, images: Iterable[DecodedImage]) -> None:
        """Rank the pictures."""
        unseen = list({image.sha256: image for image in images}.values())
        if unseen:
            corners = self._vectors.of(unseen, CORNERS).swapaxes(0, 1) if self.settings.crops else ()
            rankings = self.ranker.rank(self.vectors(unseen), crops=list(corners))
            self._rankings.update(zip((image.sha256 for image in unseen), rankings, strict=True))

    def _ranking(self, pixels: Image.Image) -> Ranking:
        """The ranking of a picture that is in no file."""
        vectors = self._vectors.of_pixels
        corners = vectors([pixels], CORNERS).swapaxes(0, 1) if self.settings.crops else ()
        return self.ranker.rank(vectors([pixels])[:, 0], crops=list(corners))[0]

    def _description(
        self, image: DecodedImage | ImageError, context: Context, purpose: Purpose
    ) -> Description:
        if isinstance(image, ImageError):
            return _unseen(image)
        if said := image.author_text:
            is_foreign = not author_text.may_serve(said.lang, context.lang)
            return describe.from_author(said.text, said.certain, foreign=is_foreign)
        ranking = self._rankings[image.sha256]
        try:
            lines = self._text(image) if self._is_read(ranking, purpose) else ()
        except ImageError as error:  # it was seen in an earlier run, and cannot be decoded now
            return _unseen(error)
        return self._composed(ranking, lines, context, purpose)

    def _is_read(self, ranking: Ranking, purpose: Purpose) -> bool:
        """Whether the text in a picture may matter."""
        return self._reads and quote.is_worth_reading(ranking, purpose)

    def _text(self, image: DecodedImage) -> tuple[TextLine, ...]:
        """The text in a picture, read once however many pages and runs show the picture."""
        lines = self._cache.lines(image.sha256, read_text.identity())
        if lines is None:
            lines = self.reader.read(pixels_of(image, _READABLE_SIDE))
            self._cache.keep_lines(image.sha256, read_text.identity(), lines)
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


def _unseen(error: ImageError) -> Description:
    """Why nothing is said of a picture; most reasons say it all, the others need to know of which file."""
    return Description(None, reasons=(error.reason,), note=error.cause if error.reason in _SPECIAL else "")


def _loaded(
    items: Sequence[Item], load: Callable[[Item], DecodedImage], waiting: int = 0
) -> Iterator[tuple[Sequence[Item], list[DecodedImage | ImageError]]]:
    """Yield batches of items with their pictures, of which the next are loaded while these are looked at.

    `waiting` is how many more of them may be loaded at a time than there are processors.
    """

    def attempt(item: Item) -> DecodedImage | ImageError:
        try:
            return load(item)
        except ImageError as error:
            return error

    batches = (items[start : start + _BATCH] for start in range(0, len(items), _BATCH))
    with ThreadPoolExecutor((os.cpu_count() or 1) + waiting) as threads:
        started = ((some, threads.map(attempt, some)) for some in batches)
        for (some, loaded), _ in pairwise(chain(started, [(items[:0], iter(()))])):
            yield some, list(loaded)
