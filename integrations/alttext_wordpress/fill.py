"""Describe the pictures without an alternative, and write what is certain enough."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from alttext import Context, Description, Pipeline
from alttext_wordpress.site import Attachment, Site
from alttext_wordpress.web import RequestError, SiteError

_BATCH = 8  # pictures that are in memory at a time
_FORBIDDEN = frozenset({401, 403})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one picture without an alternative."""

    id: int
    src: str
    action: Literal["written", "would-write", "review", "kept", "failed"]
    alt: str | None = None  # what was or would be written, or a proposal for who reviews it
    reason: str = ""
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Filler:
    """Fills the media library of a site."""

    site: Site
    pipeline: Pipeline
    lang: str = ""  # of the alternatives; empty: the one of the settings
    writes: bool = True

    def fill(self, most: int | None = None) -> Iterator[Outcome]:
        """Yield what becomes of the pictures without an alternative, of `most` of them at most.

        Raises SiteError and ModelError.
        """
        empty = islice((each for each in self.site.images() if not each.is_described), most)
        while batch := list(islice(empty, _BATCH)):
            yield from self._outcomes(batch)

    def _outcomes(self, batch: Sequence[Attachment]) -> Iterator[Outcome]:
        loaded = [(each, self._download(each)) for each in batch]
        pictures = [(each, data) for each, data in loaded if isinstance(data, bytes)]
        contexts = [Context(lang=self.lang, caption=each.caption) for each, _ in pictures]
        described = self.pipeline.describe_all([data for _, data in pictures], contexts=contexts)
        said = dict(zip((each.id for each, _ in pictures), described, strict=True))
        for each, data in loaded:
            yield data if isinstance(data, Outcome) else self._outcome(each, said[each.id])

    def _download(self, each: Attachment) -> bytes | Outcome:
        try:
            return self.site.web.picture(each.src, self.pipeline.settings.max_image_bytes)
        except RequestError as error:
            return Outcome(each.id, each.src, "failed", reason=str(error))

    def _outcome(self, each: Attachment, said: Description) -> Outcome:
        told = (said.text, " ".join(said.reasons), float(said.confidence))
        if said.text is None or said.review:
            return Outcome(each.id, each.src, "review", *told)
        if not self.writes:
            return Outcome(each.id, each.src, "would-write", *told)
        try:
            return self._written(each, said.text, told)
        except RequestError as error:
            if error.status in _FORBIDDEN:
                raise SiteError(f"{self.site.web.url}: may not write: {error}") from error
            return Outcome(each.id, each.src, "failed", said.text, str(error))

    def _written(self, each: Attachment, alt: str, told: tuple[str | None, str, float]) -> Outcome:
        """Write, unless a person was faster: the library is read again just before."""
        now = self.site.read(each.id)
        if now.is_described:
            return Outcome(each.id, each.src, "kept", now.alt, "described meanwhile")
        self.site.write(each.id, alt)
        return Outcome(each.id, each.src, "written", *told)
