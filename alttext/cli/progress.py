"""A progress bar on stderr, for people who watch."""

from collections.abc import Iterable, Iterator

from alttext.types import FileResult


def tracked(results: Iterable[FileResult], total: int) -> Iterator[FileResult]:
    """Pass `results` on under a progress bar on stderr."""
    from rich.console import Console  # noqa: PLC0415 - only for people who watch
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total)
        for result in results:
            progress.update(task, advance=1, description=result.path)
            yield result
