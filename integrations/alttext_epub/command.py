"""`alttext epub`: the commands."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from alttext import FileResult, Settings
from alttext.commands import DIFF, DRY_RUN, Options, Output, View, for_containers

Work = Callable[[Path, Settings], list[FileResult]]


@click.group(short_help="Check and fix EPUB books.")
def epub() -> None:
    """Check and fix the images of EPUB books, inside the container.

    Exit codes are those of `alttext`.
    """


@epub.command(short_help="Report images without an alternative.")
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@for_containers
def check(paths: tuple[str, ...], options: Options) -> None:
    """Report images of books without a text alternative; change nothing.

    PATHS are books, and folders in which all .epub files are meant.
    """
    from alttext_epub import work  # noqa: PLC0415 - lxml comes with it

    _report(paths, options, View(command="check", fixer="alttext epub fix"), work.check)


@epub.command(short_help="Write alternatives, and report what is left.")
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@DRY_RUN
@DIFF
@for_containers
def fix(paths: tuple[str, ...], dry_run: bool, diff: bool, options: Options) -> None:
    """Write the alternatives that are certain enough into books, and report what is left for a person.

    PATHS are books, and folders in which all .epub files are meant. In a book, only pages that change are
    replaced; every other file in it keeps its bytes, its place and its dates.
    """
    from alttext_epub import work  # noqa: PLC0415 - lxml comes with it

    writes = not (dry_run or diff)

    def fixed(path: Path, settings: Settings) -> list[FileResult]:
        return work.fix(path, settings, write=writes)

    _report(paths, options, View(command="fix", written=writes), fixed, diff=diff)


def _report(paths: tuple[str, ...], options: Options, view: View, work: Work, *, diff: bool = False) -> None:
    settings = options.settings(paths)
    summary = Output(options).report(_results(paths, settings, work), view, diff=diff)
    if not summary.files:
        click.echo(f"alttext: no books in {' '.join(paths)}", err=True)
    options.finish(summary.exit_code)


def _results(paths: tuple[str, ...], settings: Settings, work: Work) -> Iterator[FileResult]:
    from alttext_epub.work import books  # noqa: PLC0415 - lxml comes with it

    found = dict.fromkeys(book for path in paths for book in books(Path(path)))
    for book in found:
        yield from work(book, settings)
