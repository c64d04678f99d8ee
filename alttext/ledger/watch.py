"""What `check` reports from the ledger: findings about alternatives that are there."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from alttext import purpose
from alttext.config import Settings
from alttext.documents import source
from alttext.ledger import judge
from alttext.ledger.file import load, path_for, root_of
from alttext.ledger.judge import Index, Use
from alttext.ledger.site import Site
from alttext.purpose import evidence
from alttext.rules import OF_LEDGER
from alttext.rules.problems import CONTRADICTORY
from alttext.types import Action, Decision, Finding, ImageRef


class Watch:
    """Judges the alternatives of one run by the ledger at `path`. Raises ParseError if it cannot be read."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self._wanted = settings.rules & OF_LEDGER
        self._index = Index(load(path) if settings.ledger else ())
        self._site = Site(root_of(path), settings)
        self._said: dict[Use, Counter[str]] = defaultdict(Counter)  # on the whole site

    @property
    def compares(self) -> bool:
        """Whether all documents have to be learnt before one of them can be judged."""
        return CONTRADICTORY in self._wanted

    def learn(self, file: Path, refs: Iterable[ImageRef]) -> None:
        """Take note of what a document says about its images."""
        for ref in filter(_speaks, refs):
            if use := self._site.use(ref, file):
                self._said[use][ref.alt or ""] += 1

    def findings(self, text: str, file: Path, refs: Iterable[ImageRef]) -> Iterator[Finding]:
        """Yield what is wrong with the alternatives of a document, the gravest for each image."""
        for ref in refs:
            if ref.suppressed or ref.context.hidden:
                continue
            if rule := self._recorded(ref, file):
                yield _finding(ref, rule, text)
            elif self.compares and (other := self._contradiction(ref, file)):
                yield _finding(ref, CONTRADICTORY, text, other)

    def _recorded(self, ref: ImageRef, file: Path) -> str:
        found = judge.problems(
            self._index, self._site.place(ref, file), lambda: self._site.picture(ref, file)
        )
        return next((rule for rule in found if rule in self._wanted), "")

    def _contradiction(self, ref: ImageRef, file: Path) -> str:
        """What is said of an image elsewhere: what was accepted, else what is said most often."""
        use = self._site.use(ref, file) if _speaks(ref) else None
        if use is None:
            return ""
        said, accepted = self._said[use], self._index.accepted_texts(use)
        if any(_agree(text, ref) for text in accepted):
            return ""
        others = [text for text in accepted or said if not _agree(text, ref)]
        return min(others, key=lambda text: (-said[text], text), default="")


def watch_for(start: str | Path, settings: Settings) -> Watch | None:
    """Return what judges the documents at `start`; None if the settings do not ask for it."""
    return Watch(path_for(start, settings.ledger), settings) if settings.rules & OF_LEDGER else None


def _finding(ref: ImageRef, rule: str, text: str, suggestion: str | None = None) -> Finding:
    verdict = purpose.classify(ref)
    line, column = source.position(text, ref.span.start)
    shown = replace(ref, purpose=verdict.purpose, reason=verdict.reason)
    return Finding(shown, rule, line, column, verdict, Decision(Action.REVIEW, rule, suggestion))


def _agree(text: str, ref: ImageRef) -> bool:
    """Whether two alternatives may both be true: they say the same, or one of them says more."""
    one, other = {*evidence.spoken(text)}, {*evidence.spoken(ref.alt or "")}
    return one <= other or other <= one


def _speaks(ref: ImageRef) -> bool:
    """Whether an image has words that can contradict others."""
    return bool(ref.alt) and not evidence.is_template(ref.alt or "") and not purpose.problem(ref)
