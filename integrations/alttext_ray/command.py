"""`alttext ray`: the command; Ray is imported once it runs."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from alttext.commands import CONFIG_FILE, MODEL, QUIET, Options
from alttext_ray import SUGGESTIONS

if TYPE_CHECKING:  # imported once the command runs
    from alttext_ray.sites import Result


@click.command(short_help="Look at the pictures of many documents on a Ray cluster.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True), metavar="PATHS...")
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for Parquet files, which all machines can write into.",
)
@click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Folder that paths in suggestions are relative to; the default is the working folder.",
)
@click.option("--pictures", is_flag=True, help="Describe all picture files below PATHS; read no documents.")
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Load the model N times.")
@click.option("--gpus", type=click.FloatRange(min=0), default=0.0, metavar="N", help="GPUs of each of them.")
@click.option("--address", envvar="RAY_ADDRESS", help="A cluster that runs; else one is started here.")
@click.option("--shard", metavar="I/N", help="Work on the I-th of N parts only.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Read documents in N processes.")
@MODEL
@CONFIG_FILE
@QUIET
@click.pass_context
def ray(  # noqa: PLR0913 - its options
    context: click.Context,
    *,
    paths: tuple[str, ...],
    out: Path,
    site: Path,
    pictures: bool,
    workers: int | None,
    gpus: float,
    address: str | None,
    shard: str | None,
    jobs: int | None,
    model: str | None,
    config_file: str | None,
    quiet: bool,
) -> None:
    """Look at the pictures of documents on a Ray cluster; change no document.

    What is seen goes to OUT/pictures, and what follows for each image to OUT/suggestions.parquet: what
    `alttext fix` would write is accepted already, the rest is left for a person. Then run
    `alttext apply OUT/suggestions.parquet`. What is in OUT from a run that was cut off is not done again.

    Exits with 0 if nothing is left, 1 if something is left for a person, 2 if a document cannot be read.
    """
    from alttext_ray import sites  # noqa: PLC0415 - an extra
    from alttext_ray.run import Cluster  # noqa: PLC0415

    given = {"model": model, "shard": shard, "jobs": jobs}
    chosen = Options({name: value for name, value in given.items() if value}, config_file)
    settings = chosen.settings(paths)
    is_watched = sys.stderr.isatty() and not quiet
    cluster = Cluster(address, workers, gpus, shows_progress=is_watched)
    if pictures:
        result = sites.describe(paths, out, settings, cluster)
    else:
        result = sites.suggest(paths, out, settings, cluster, site=site)
    for line in _told(result, out, quiet=quiet):
        click.echo(line, err=True)
    context.exit(2 if result.unreadable else int(result.left > 0))


def _told(result: "Result", out: Path, *, quiet: bool) -> Iterator[str]:
    yield from (f"alttext: {each.path}: {each.error}" for each in result.unreadable)
    if quiet:
        return
    yield f"{result.seen} pictures, {result.unseen} of them cannot be looked at."
    if result.suggestions:
        yield (
            f"{result.suggestions} suggestions, {result.accepted} accepted already: {out / SUGGESTIONS}. "
            "`alttext apply` writes them."
        )
