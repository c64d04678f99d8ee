"""A describer that knows what others have seen, and the pipeline with it: it looks at what is left."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import msgspec
import PIL

from alttext import ledger
from alttext.config import Settings
from alttext.describer import Describer
from alttext.pipeline import Pipeline
from alttext.ranking import encode, read_text
from alttext.ranking.cache import Cache
from alttext.ranking.encode import Encoder
from alttext.ranking.picture_cache import PictureCache
from alttext.ranking.picture_vectors import CORNERS, WHOLE
from alttext.scale.seen import Seen
from alttext.scale.wanted import of_place
from alttext.types import Description, Placed

_ROOM = 1 << 40  # bytes: nothing that was seen is forgotten before it is asked for

# Settings that have no influence on what is seen of a picture.
_ELSEWHERE = {
    "jobs": None,
    "shard": None,
    "cache": True,
    "cache_dir": None,
    "ledger": True,
    "exclude": (),
    "device": "auto",  # other workers may have other ones
}


class Knowing(Describer):
    """A describer with a cache of its own, and a list of pictures that nobody can look at."""

    def __init__(
        self,
        settings: Settings,
        kept: PictureCache,
        unseen: dict[tuple[str, ...], str] | None = None,
        *,
        threads: int = 0,
    ) -> None:
        super().__init__(settings)
        self._cache = kept
        self._unseen = unseen or {}  # rule ids by the keys of pictures
        self._threads = threads

    @cached_property
    def encoder(self) -> Encoder:
        """The image-text model. Raises ModelError if it is missing or damaged."""
        return encode.load_encoder(self.settings.model, self._threads, self.settings.device)

    def describe_all(self, placed: Sequence[Placed]) -> list[Description]:
        """Describe the pictures of documents, in order, without those that cannot be looked at."""
        if not self._unseen:
            return super().describe_all(placed)
        reasons = [self._unseen.get(of_place(each, self.settings).key) for each in placed]
        seen = [each for each, reason in zip(placed, reasons, strict=True) if reason is None]
        described = iter(super().describe_all(seen))
        return [Description(None, reasons=(reason,)) if reason else next(described) for reason in reasons]


def joined(seen: Iterable[Seen], settings: Settings, folder: Path) -> Pipeline:
    """Return a pipeline that finds out about pictures what was `seen` of them, without looking.

    Only pictures that are missing there, or have changed since, are looked at. `folder` is for its cache.
    """
    kept = PictureCache(Cache(folder, _ROOM), Describer(settings).decode_options)
    unseen = {}
    for each in seen:
        if each.error:
            unseen[each.wanted.key] = each.error
        else:
            _keep(each, kept)
    return Pipeline(settings, describer=Knowing(settings, kept, unseen))


def identity(settings: Settings) -> str:
    """Return what stands for all that decides what is seen of a picture, besides its bytes.

    Raises ModelError.
    """
    describer = Describer(settings)
    parts = (
        describer.encoder.model_id,
        ledger.fingerprint(describer.ranker.vocabulary.terms),
        f"Pillow {PIL.__version__}",
        read_text.identity() if read_text.is_wanted(settings.ocr) else "",
        msgspec.json.encode(msgspec.structs.replace(settings, **_ELSEWHERE)).decode(),
    )
    return sha256("\0".join(parts).encode()).hexdigest()[:16]


def _keep(seen: Seen, kept: PictureCache) -> None:
    if seen.facts:
        kept.keep_facts(seen.sha256, seen.wanted.lang, seen.facts)
    if seen.vector is not None:
        kept.keep_vectors(seen.sha256, seen.model, WHOLE, seen.vector.reshape(1, -1))
    if seen.corners is not None:
        kept.keep_vectors(seen.sha256, seen.model, CORNERS, seen.corners)
    if seen.lines is not None:
        kept.keep_lines(seen.sha256, read_text.identity(), seen.lines)
