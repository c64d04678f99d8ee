"""`alttext suggest`: what is left for a person as a file, to be finished offline or in a pull request."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from msgspec import structs

from alttext import distribution
from alttext.cli.declared import SITE
from alttext.cli.options import Options, for_tasks
from alttext.cli.output import Output
from alttext.cli.wanted import Wanted, left_tasks, which
from alttext.config import Settings
from alttext.errors import AlttextError
from alttext.reports.paint import harmless
from alttext.review import apply, suggestions
from alttext.review.suggestions import Suggestion
from alttext.review.tasks import Task
from alttext.types import FileResult

_LINES = (".jsonl", ".ndjson")


@click.command(short_help="Put what is left for a person into a file.")
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@SITE
@click.option(
    "--accept",
    "accepts",
    is_flag=True,
    help="Also what `alttext fix` would write by itself, accepted already: `alttext apply` writes it.",
)
@which
@for_tasks
def suggest(paths: tuple[str, ...], site: Path, accepts: bool, wanted: Wanted, options: Options) -> None:
    """Put what is left for a person into a file of suggestions; change no document.

    Edit "alt" and "decision" there (accept, decorative or skip), then run `alttext apply`. What was decided
    in a FILE that exists already is kept. A FILE named .jsonl gets one suggestion in each line.
    """
    before = _before(options.output)
    output = Output(options)
    left = _Left(site, options.settings(paths), accepts)
    wanted = wanted._replace(certain=wanted.certain or accepts)
    rows = left.rows(left_tasks(paths, options, wanted, watches=True))
    rows = _with_decisions(rows, before, left)
    output.write_all(suggestions.encode(rows, distribution.installed(), lines=_is_lines(options.output)))
    if not options.quiet:
        click.echo(left.summary(len(rows)), err=True)
        if rows and options.output:
            click.echo(_what_next(options.output, site), err=True)
    code = 2 if left.unreadable else int(bool(rows or left.blocked))
    options.finish(code)


class _Left:
    """Sorts out what cannot be answered in a file, and says so."""

    def __init__(self, site: Path, settings: Settings, accepts: bool) -> None:
        self.site, self.settings, self.accepts = site, settings, accepts
        self.unreadable = 0
        self.blocked = 0

    def rows(self, found: Iterable[Task | FileResult]) -> list[Suggestion]:
        rows: list[Suggestion] = []
        for each in suggestions.of_tasks(found, self.site, self.settings, accepts=self.accepts):
            if isinstance(each, Suggestion):
                rows.append(each)
            else:
                self._tell(each)
        return rows

    def _tell(self, each: Task | FileResult) -> None:
        if isinstance(each, FileResult):
            self.unreadable += 1
            click.echo(f"alttext: {harmless(each.path)}: {harmless(each.error)}", err=True)
        else:
            self.blocked += 1
            click.echo(f"{harmless(each.path)}:{each.finding.line}: {each.blocked}", err=True)

    def summary(self, number: int) -> str:
        by_hand = f"; {self.blocked} can only be edited in the document" if self.blocked else ""
        return f"{number} {'image is' if number == 1 else 'images are'} left for a person{by_hand}."


def _what_next(file: str, site: Path) -> str:
    again = "" if site == Path() else f" --site {site}"
    return f"Decide about them in {file}, then run `alttext apply {file}{again}`."


def _is_lines(output: str | None) -> bool:
    return bool(output) and Path(output or "").suffix.lower() in _LINES


def _before(output: str | None) -> tuple[Suggestion, ...]:
    """The suggestions that the file holds already. Raises AlttextError rather than lose them."""
    path = Path(output) if output else None
    if path is None or not path.is_file() or not path.stat().st_size:
        return ()
    try:
        return suggestions.read(path.read_bytes(), str(path))
    except AlttextError as error:
        raise AlttextError(f"{error}; name another file, or remove this one") from error


def _with_decisions(
    rows: Sequence[Suggestion], before: Iterable[Suggestion], left: _Left
) -> list[Suggestion]:
    """The suggestions with what people have said of them, and what they said of images left out this time."""
    touched = {row.id: row for row in before if row.is_touched}
    merged = [_decided(row, touched.pop(row.id, None)) for row in rows]
    return [*merged, *(row for row in touched.values() if apply.still_fits(row, left.site, left.settings))]


def _decided(row: Suggestion, before: Suggestion | None) -> Suggestion:
    if before is None or before.picture_sha256 != row.picture_sha256:
        return row
    return structs.replace(row, alt=before.alt, decision=before.decision, reviewed=before.reviewed)
