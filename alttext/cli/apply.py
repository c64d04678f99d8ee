"""`alttext apply`: write what people decided in a file of suggestions."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from alttext.cli.declared import DIFF, DRY_RUN, SITE
from alttext.cli.options import Options, for_answers
from alttext.cli.output import Output
from alttext.errors import ParseError
from alttext.reports import View
from alttext.reports import diff as patch
from alttext.reports.paint import harmless
from alttext.reports.words import plural
from alttext.review import suggestions
from alttext.review.apply import Applied, Outcome, Status
from alttext.review.apply import apply as apply_all
from alttext.review.suggestions import Suggestion

_STDIN = "-"


@click.command(short_help="Write what was decided in a file of suggestions.")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    metavar="FILE...",
)
@SITE
@DRY_RUN
@DIFF
@for_answers
def apply(files: tuple[str, ...], site: Path, dry_run: bool, diff: bool, options: Options) -> None:
    """Write what was decided in FILE, a file of `alttext suggest`, JSON lines or Parquet; - reads stdin.

    An image that has changed since, whose picture is another one or that cannot be found for certain is
    stale: it is listed and left as it is. Alternatives that an author has written are never replaced.
    """
    writes = not (dry_run or diff)
    rows = [row for file in files for row in _read(file)]
    applied = list(apply_all(rows, site, options.settings((str(site),)), write=writes))
    outcomes = [outcome for document in applied for outcome in document.outcomes]
    output = Output(options)
    if diff:
        view = View(color=output.is_colored, terminal=output.is_terminal)
        output.write_all(patch.render((each.result for each in applied), view))
    report = [*_lines(outcomes, options), *([] if options.quiet else [_closing(applied, outcomes, writes)])]
    if diff:
        click.echo("\n".join(report), err=True)
    else:
        output.write_all(f"{line}\n" for line in report)
    would_change = not writes and any(each.result.changed for each in applied)
    code = int(would_change or not all(outcome.status.is_done for outcome in outcomes))
    options.finish(code)


def _read(file: str) -> tuple[Suggestion, ...]:
    is_stdin = file == _STDIN
    data = sys.stdin.buffer.read() if is_stdin else Path(file).read_bytes()
    try:
        return suggestions.read(data, "<stdin>" if is_stdin else file)
    except ParseError as error:
        raise ParseError(f"{error}; mend it, or write it anew") from error


def _lines(outcomes: Iterable[Outcome], options: Options) -> Iterator[str]:
    """One line for each suggestion that is not written; with --verbose, for each."""
    for outcome in outcomes:
        if options.verbose or outcome.status in {Status.STALE, Status.REFUSED}:
            why = outcome.why.removeprefix(f"{outcome.row.path}: ")
            place = f"{outcome.row.path}:{outcome.row.line}"
            yield harmless(f"{place}: {outcome.status.value}{why and f': {why}'}")


def _closing(applied: Iterable[Applied], outcomes: Iterable[Outcome], writes: bool) -> str:
    counts = Counter(outcome.status for outcome in outcomes)
    documents = sum(each.result.changed for each in applied)
    done = "Wrote" if writes else "Would write"
    rest = ", ".join(
        f"{counts[status]} {status.value}" for status in Status if counts[status] and not status.is_done
    )
    again = f", {counts[Status.ALREADY]} written already" if counts[Status.ALREADY] else ""
    return (
        f"{done} {plural(counts[Status.WRITTEN], 'alternative')} in {plural(documents, 'document')}"
        f"{again}{rest and f'; {rest}'}."
    )
