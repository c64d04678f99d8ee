"""`alttext ledger`: what a machine wrote and nobody has agreed to yet, and agreeing to it."""

import os
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

import click

from alttext import ledger as ledgers
from alttext.cli.options import Options, for_settings
from alttext.config import Settings
from alttext.errors import ConfigError
from alttext.reports.paint import harmless
from alttext.reports.words import plural


@click.group(short_help="Agree to what alttext wrote, or count what waits.")
def ledger() -> None:
    """Agree to alternatives that alttext wrote, or see how many wait for that.

    `alttext check --stale --unreviewed` shows where they are. One that is corrected is agreed to as well.
    """


@ledger.command(short_help="Agree to what alttext wrote.")
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@click.option(
    "--image", "patterns", multiple=True, metavar="PATTERN", help="Only images with such a source, as *.jpg."
)
@for_settings
def accept(paths: tuple[str, ...], patterns: tuple[str, ...], options: Options) -> None:
    """Agree to the alternatives that alttext wrote into documents, as they stand there now.

    The same for alternatives whose picture has changed since: they are right for the new one. Alternatives
    that the ledger does not know are left alone. PATHS are files and folders.
    """
    settings = options.settings(paths)
    outcome = ledgers.accept(
        _path(paths[0], settings),
        paths,
        settings,
        lambda ref: not patterns or any(fnmatchcase(ref.src, pattern) for pattern in patterns),
    )
    _tell(outcome, "Accepted")


@ledger.command(short_help="Take what else is there for a person's.")
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@for_settings
def record(paths: tuple[str, ...], options: Options) -> None:
    """Take the alternatives that are in documents for a person's, so that it shows when pictures change.

    What alttext wrote still waits until it is accepted. What the ledger knows follows documents that were
    renamed, and is dropped with those that were deleted. PATHS are files and folders.
    """
    settings = options.settings(paths)
    _tell(ledgers.record_existing(_path(paths[0], settings), paths, settings), "Recorded")


@ledger.command(short_help="Count what waits for a person.")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@for_settings
def status(paths: tuple[str, ...], options: Options) -> None:
    """Count the alternatives that wait for a person, and those that do not.

    PATHS are files and folders; without them it is everything that the ledger is for.
    """
    settings = options.settings(paths)
    path = _path(paths[0] if paths else ".", settings)
    found = ledgers.status(path, paths or [ledgers.root_of(path)], settings)
    click.echo(harmless(os.path.relpath(path)))
    for name in ("unreviewed", "stale", "accepted", "gone"):
        click.echo(f"  {name:<10} {getattr(found, name):>6}  {_MEANINGS[name]}")
    _tell_errors(found.errors)


_MEANINGS = {
    "unreviewed": "alternatives by a machine that nobody has agreed to",
    "stale": "alternatives that were not touched when their picture changed",
    "accepted": "alternatives that a person wrote or agreed to",
    "gone": "documents that are not there any more (`alttext ledger record` forgets them)",
}


def tell_missing(start: str, settings: Settings) -> None:
    """Say on stderr that there is no ledger, where problems are asked for that only it can tell."""
    if not settings.ledger:
        click.echo("alttext: the settings say ledger = false, so nothing is known of alternatives", err=True)
        return
    path = ledgers.path_for(start, settings.ledger)
    if not path.exists():
        click.echo(
            f"alttext: no ledger at {os.path.relpath(path)}, so nothing is known of alternatives; "
            "`alttext fix` and `alttext ledger record` write one",
            err=True,
        )


def _path(start: str, settings: Settings) -> Path:
    if not settings.ledger:
        raise ConfigError("the settings say ledger = false; remove that to have a ledger")
    return ledgers.path_for(start, settings.ledger)


def _tell(outcome: ledgers.Outcome, done: str) -> None:
    alternatives = plural(outcome.alternatives, "alternative")
    click.echo(f"{done} {alternatives} in {plural(outcome.documents, 'document')}.")
    _tell_errors(outcome.errors)


def _tell_errors(errors: Iterable[str]) -> None:
    for error in errors:
        click.echo(f"alttext: {harmless(error)}", err=True)
    if errors:
        click.get_current_context().exit(2)
