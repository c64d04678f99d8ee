"""`alttext cache`: what is kept of images between runs, and how to get rid of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from alttext.cli.options import Options, for_cache
from alttext.reports.words import megabytes

if TYPE_CHECKING:
    from alttext.ranking.cache import Cache


@click.group(short_help="Show or clear what is kept of images between runs.")
def cache() -> None:
    """Show or clear what is kept of images between runs.

    Nothing in it is needed: a run without it only takes longer.
    """


@cache.command()
@for_cache
def info(options: Options) -> None:
    """Show where the cache is, and how much is in it."""
    for opened in _caches(options):
        click.echo(opened.path)
        found = opened.info()
        for kind, number in found.entries.items():
            click.echo(f"  {kind:<9} {number:>9,}")
        click.echo(f"  size      {megabytes(found.size)} of at most {opened.limit / 1e6:.0f} MB")


@cache.command()
@for_cache
def clear(options: Options) -> None:
    """Forget everything that is kept of images."""
    for opened in _caches(options):
        before = opened.info().size
        opened.clear()
        click.echo(f"{opened.path}: cleared, {megabytes(before - opened.info().size)} freed")


def _caches(options: Options) -> "Iterator[Cache]":
    """The cache of what was found out and, if anything was ever fetched, that of remote pictures."""
    from alttext.ranking.cache import Cache, default_folder, of_remote  # noqa: PLC0415 - brings SQLite

    named = options.settings().cache_dir
    folder = Path(named) if named else default_folder()
    yield Cache(folder)
    fetched = of_remote(folder)
    if fetched.path and fetched.path.exists():
        yield fetched
