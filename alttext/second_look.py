"""A second look: whether an alternative is about its picture, and whether a picture may be sensitive.

Reports, and never changes anything. Loaded only when one of its rules is asked for, since it needs the model.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from alttext import purpose, survey
from alttext.config import Settings
from alttext.describer import Describer
from alttext.documents import source
from alttext.purpose import evidence
from alttext.ranking import critic, telling
from alttext.ranking.critic import MEDIA, Critic
from alttext.rules.problems import MISMATCHED, SENSITIVE
from alttext.survey import Document, Surveyed
from alttext.types import (
    ENGLISH,
    Action,
    Classification,
    Decision,
    Description,
    Finding,
    ImageRef,
    Placed,
    Purpose,
    Ranking,
)

_EXCHANGED = "exchanged-alt"
# Deviations from what is usual. Lower than where descriptions stop: a list may rather hold too much, and with
# this one 3 of 100 ordinary photographs are on it.
_LISTED = 3.0

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Seen:
    """An image reference whose picture was looked at."""

    image: ImageRef
    digest: str  # of the file
    ranking: Ranking
    is_sensitive: bool = False
    words: str = ""  # to compare with the picture, if they can be compared


@dataclass(frozen=True, slots=True)
class _Pair:
    """A picture and what is said of it, on one or many pages."""

    name: str  # of the picture, for people
    words: str
    vector: Array


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Why an alternative seems to be of another picture."""

    better: int  # captions of other pictures that fit better
    exchanged: (
        _Pair | None
    )  # the picture that it seems to be of, and whose alternative seems to be of this one


def look(surveyed: Iterable[Surveyed], describer: Describer, settings: Settings) -> Iterator[Surveyed]:
    """The documents, in order, with what their pictures tell.

    All are looked at before the first is returned: two pages may have each other's alternatives. Raises
    ModelError if the model cannot judge.
    """
    eyes = _Eyes(describer, settings)
    looked_at = [(each, list(eyes.seen(each.document)) if not each.error else []) for each in surveyed]
    doubts = eyes.doubts()
    for each, seen in looked_at:
        found = (finding for one in seen for finding in eyes.findings(one, each.document, doubts))
        problems = sorted([*each.problems, *found], key=lambda finding: finding.image.span.start)
        yield replace(each, problems=tuple(survey.heeded(problems, settings)))


class _Eyes:
    """What was seen on the pages of one run."""

    def __init__(self, describer: Describer, settings: Settings) -> None:
        self._describer = describer
        self._settings = settings
        self._wanted = settings.rules
        self._rankings: dict[str, Ranking] = {}  # by hash of the file
        self._sensitive: set[str] = set()  # likewise
        self._pairs: dict[tuple[str, str], _Pair] = {}  # by that and the words
        if MISMATCHED in self._wanted:
            self._critic  # noqa: B018 - rather fails now than after the work

    def seen(self, document: Document) -> Iterator[_Seen]:
        """Look at the pictures of a document that some rule is about."""
        placed = [Placed(ref, document.file, document.root) for ref in self._refs(document)]
        found = [
            (each.image, image.sha256, image.name, row) for each, image, row in self._describer.see(placed)
        ]
        self._rank({digest: row for _, digest, _, row in found})
        for ref, digest, name, row in found:
            ranking = self._rankings[digest]
            words = self._words(ref) if ranking.medium in MEDIA else ""
            if words:
                self._pairs.setdefault((digest, words), _Pair(name, words, row))
            yield _Seen(ref, digest, ranking, digest in self._sensitive, words)

    def doubts(self) -> dict[tuple[str, str], _Doubt]:
        """Pairs whose words seem to be of another picture, by hash and words."""
        pairs = list(self._pairs.values())
        if not pairs:
            return {}
        images = np.stack([pair.vector for pair in pairs])
        texts = self._describer.encoder.encode_texts([pair.words for pair in pairs])
        fits = self._critic.own_fits(images, texts)
        doubted = np.flatnonzero(self._critic.doubts(fits) >= self._critic.threshold).tolist()
        exchanged = self._critic.exchanged(images, texts)
        rows = sorted({*doubted, *exchanged})
        better = dict(zip(rows, self._critic.better(images[rows], texts[rows]).tolist(), strict=True))
        keys = list(self._pairs)
        return {
            keys[row]: _Doubt(better[row], pairs[exchanged[row]] if row in exchanged else None)
            for row in rows
        }

    def findings(
        self, seen: _Seen, document: Document, doubts: dict[tuple[str, str], _Doubt]
    ) -> Iterator[Finding]:
        """What is to be said of one image."""
        doubt = doubts.get((seen.digest, seen.words))
        if doubt:
            yield _finding(seen, MISMATCHED, document, self._decision(doubt))
        if seen.is_sensitive:
            yield _finding(seen, SENSITIVE, document, Decision(Action.REVIEW, SENSITIVE))

    def _decision(self, doubt: _Doubt) -> Decision:
        count = len(self._critic.background)
        note = f"Of {count} captions of other pictures, {doubt.better} fit the picture better."
        if doubt.exchanged is None:
            return Decision(Action.REVIEW, MISMATCHED, note=note)
        name = doubt.exchanged.name
        note = f"It seems to belong to {name}, and that of {name} here. {note}"
        return Decision(Action.REVIEW, _EXCHANGED, doubt.exchanged.words, note)

    def _refs(self, document: Document) -> Iterator[ImageRef]:
        """Images of a document to look at, with their purpose."""
        settings = self._settings
        refs = survey.references(document, settings)
        for ref in (survey.with_purpose(ref, purpose.classify(ref)) for ref in refs):
            is_wanted = SENSITIVE in self._wanted or self._words(ref)
            if is_wanted and not survey.is_inert(ref, settings) and not ref.suppressed:
                yield ref

    def _words(self, ref: ImageRef) -> str:
        """What an image is said to show, if pictures can confirm or refute it."""
        is_labelled = ref.name_from.startswith("aria-")
        words = " ".join((ref.alt or (ref.name if is_labelled else "")).split())
        lang = survey.spoken(ref.context, self._settings).language
        is_about_picture = ref.purpose is Purpose.INFORMATIVE and not ref.context.hidden
        if MISMATCHED not in self._wanted or not is_about_picture or lang != ENGLISH or purpose.problem(ref):
            return ""
        if evidence.is_template(words) or not telling.can_be_judged(words, self._visible):
            return ""
        return words

    def _rank(self, vectors: dict[str, Array]) -> None:
        fresh = [digest for digest in vectors if digest not in self._rankings]
        if not fresh:
            return
        rows, ranker = np.stack([vectors[digest] for digest in fresh]), self._describer.ranker
        rankings = ranker.rank(rows)
        self._rankings.update(zip(fresh, rankings, strict=True))
        if SENSITIVE in self._wanted:
            likeness = ranker.sensitivity(rows)
            self._sensitive.update(
                digest
                for digest, ranking, score in zip(fresh, rankings, likeness, strict=True)
                if score >= _LISTED or SENSITIVE in ranking.held
            )

    @cached_property
    def _critic(self) -> Critic:
        encoder = self._describer.encoder
        return critic.load(encoder.model_id, encoder.dim)

    @cached_property
    def _visible(self) -> frozenset[str]:
        return telling.visible_words(self._describer.ranker.vocabulary.terms)


def _finding(seen: _Seen, rule: str, document: Document, decision: Decision) -> Finding:
    ref, ranking = seen.image, seen.ranking
    line, column = source.position(document.text, ref.span.start)
    verdict = Classification(ref.purpose, ref.reason)
    shown = Description(
        None, candidates=ranking.candidates, medium=ranking.medium, reasons=(decision.reason,)
    )
    return Finding(ref, rule, line, column, verdict, decision, shown)
