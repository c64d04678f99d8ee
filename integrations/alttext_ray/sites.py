"""Whole runs: from documents to suggestions, and from picture files to descriptions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from alttext import FileResult, Settings
from alttext.scale import Suggestion, identity, joined, suggested, to_parquet, wanted
from alttext.scale import pictures as picture_files
from alttext_ray import SUGGESTIONS
from alttext_ray.run import Cluster, Groups, failures, look
from alttext_ray.store import Store


@dataclass(frozen=True)
class Result:
    """What came of a run."""

    seen: int  # different pictures
    unseen: int  # of them, those that nobody could look at
    suggestions: int = 0
    accepted: int = 0
    left: int = 0  # images for a person
    unreadable: tuple[FileResult, ...] = ()  # documents


def suggest(
    paths: Sequence[str | Path],
    out: Path,
    settings: Settings,
    cluster: Cluster | None = None,
    *,
    site: Path = Path(),
) -> Result:
    """Look at the pictures that documents below the paths show, and write suggestions for `alttext apply`.

    What `fix` would write by itself is accepted. Raises AlttextError, and what Ray raises.
    """
    store = Store(out, identity(settings))
    groups = look(wanted(paths, settings), store, settings, cluster)
    with TemporaryDirectory() as folder:
        pipeline = joined(failures(groups, store.seen()), settings, Path(folder))
        answers = _Answers()
        rows = answers.rows(suggested(pipeline, paths, site))
        _replace(out / SUGGESTIONS, to_parquet(rows))
    seen, unseen = _counted(groups, store)
    return Result(seen, unseen, answers.number, answers.accepted, answers.left, tuple(answers.unreadable))


def describe(
    paths: Sequence[str | Path], out: Path, settings: Settings, cluster: Cluster | None = None
) -> Result:
    """Describe all picture files below the paths. Raises AlttextError, and what Ray raises."""
    store = Store(out, identity(settings))
    groups = look(picture_files(paths, settings), store, settings, cluster)
    seen, unseen = _counted(groups, store)
    return Result(seen, unseen, left=unseen)


class _Answers:
    """Passes suggestions on, one at a time, and counts them and the rest."""

    def __init__(self) -> None:
        self.number = self.accepted = self.left = 0
        self.unreadable: list[FileResult] = []

    def rows(self, found: Iterable[object]) -> Iterator[Suggestion]:
        for each in found:
            if isinstance(each, Suggestion):
                self.number += 1
                self.accepted += each.decision != "pending"
                self.left += each.decision == "pending"
                yield each
            elif isinstance(each, FileResult):
                self.unreadable.append(each)
            else:  # nothing can be written at this image
                self.left += 1


def _counted(groups: Groups, store: Store) -> tuple[int, int]:
    known = dict(store.errors())
    return len(groups), sum(bool(known.get(digest)) for digest in groups)


def _replace(file: Path, data: bytes) -> None:
    """Write a file that is there as a whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    made = file.with_name(f".{file.name}.part")
    made.write_bytes(data)
    made.replace(file)
