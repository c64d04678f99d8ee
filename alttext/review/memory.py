"""The ledger as answers use it: what a person says is recorded, and forgotten when it is taken back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from msgspec import structs

from alttext import ledger, purpose
from alttext.config import Settings
from alttext.ledger.entry import Entry
from alttext.ledger.file import update
from alttext.rules.problems import STALE, UNREVIEWED
from alttext.types import Action, Decision, Edit, FileResult, Finding, ImageRef

IN_DOUBT = (UNREVIEWED, STALE)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an answer has changed in the ledger at `path`."""

    path: Path
    added: tuple[Entry, ...] = ()
    dropped: tuple[Entry, ...] = ()


def asking(settings: Settings) -> Settings:
    """Return settings by which `check` reports nothing but what the ledger has doubts about."""
    return structs.replace(settings, select=IN_DOUBT, extend_select=())


def doubts(text: str, file: Path, refs: Iterable[ImageRef], settings: Settings) -> Iterator[Finding]:
    """Yield what no person has agreed to yet, or not for the picture as it is. Raises ParseError."""
    watch = ledger.watch_for(file, asking(settings))
    return watch.findings(text, file, refs) if watch else iter(())


def record(file: Path, said: Sequence[tuple[ImageRef, str]], settings: Settings) -> Recorded | None:
    """Record what a person says of images of a document, before it is written there.

    Returns None without a ledger. Raises ParseError and WriteError about it.
    """
    if not settings.ledger or not said:
        return None
    path = ledger.path_for(file, settings.ledger)
    before = ledger.load(path)
    ledger.record_answers(path, file, said, settings)
    return _difference(path, before)


def record_machine(file: Path, said: Sequence[tuple[ImageRef, str]], settings: Settings) -> Recorded | None:
    """The same for what nobody has read yet."""
    if not settings.ledger or not said:
        return None
    path = ledger.path_for(file, settings.ledger)
    before = ledger.load(path)
    findings = tuple(_decided(ref, alt) for ref, alt in said)
    ledger.record_written(path, [FileResult(str(file), findings=findings)], settings)
    return _difference(path, before)


def forget(recorded: Recorded | None) -> None:
    """Take an entry back, unless somebody has changed it since. Raises ParseError and WriteError."""
    if recorded and recorded.path.exists():
        gone = set(recorded.added)
        update(recorded.path, lambda now: (*(each for each in now if each not in gone), *recorded.dropped))


def together(made: Sequence[Recorded]) -> Recorded | None:
    """Return changes of one ledger as one change."""
    if not made:
        return None
    added = tuple(entry for each in made for entry in each.added)
    return Recorded(made[0].path, added, tuple(entry for each in made for entry in each.dropped))


def _difference(path: Path, before: Sequence[Entry]) -> Recorded:
    after = ledger.load(path)
    added = tuple(entry for entry in after if entry not in before)
    return Recorded(path, added, tuple(entry for entry in before if entry not in after))


def _decided(ref: ImageRef, alt: str) -> Finding:
    verdict = purpose.classify(replace(ref, alt=None))
    edit = Edit(ref.slot.at, alt) if ref.slot else None  # only that there is one matters
    return Finding(ref, "missing-alt", 1, 1, verdict, Decision(Action.WRITE, "described", alt), edit=edit)
