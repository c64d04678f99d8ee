"""`alttext search`: the pictures of a site that look like what is asked for."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from alttext import distribution
from alttext.cli.options import Options, for_search
from alttext.cli.output import Output
from alttext.cli.report_file import ReportFile
from alttext.cli.thumbnails import Thumbnails
from alttext.config import Settings
from alttext.pipeline import Pipeline
from alttext.reports import contact_sheet
from alttext.reports.contact_sheet import Tile
from alttext.reports.json import encode
from alttext.reports.paint import Paint, harmless, painter
from alttext.reports.words import plural

if TYPE_CHECKING:  # numpy, Pillow and a model come with it
    from alttext.search import Found


@click.command(short_help="Find pictures by what they show.")
@click.argument("paths", nargs=-1, metavar="PATHS...")
@click.argument("query", metavar="QUERY")
@click.option(
    "--top", type=click.IntRange(min=1), default=10, show_default=True, metavar="N", help="Show the N best."
)
@click.option("--json", "is_json", is_flag=True, help="Write JSON.")
@click.option(
    "--html", "sheet", type=click.Path(dir_okay=False), metavar="FILE",
    help="Write a page with the pictures side by side into FILE.",
)  # fmt: skip
@for_search
def search(  # noqa: PLR0913, PLR0917 - one for each option
    paths: tuple[str, ...], query: str, top: int, is_json: bool, sheet: str | None, options: Options
) -> None:
    """Rank the pictures that documents below PATHS use by how much they look like QUERY.

    QUERY is in English, such as "blue dress". Exits with 1 if there is no picture that can be looked at.
    """
    if not (paths and query.strip()):
        raise click.UsageError('say where, and what to look for, as in: alttext search site/ "a blue dress"')
    output, page = Output(options), ReportFile(sheet) if sheet else None
    settings = options.settings(paths)
    found = _search(query, paths, settings)
    best = found[:top]
    paint = painter(output.is_colored)
    output.write_all([_as_json(query, best)] if is_json else _as_text(best, paint))
    if page:
        _write_sheet(page, query, best, Thumbnails(paths, settings))
    if not options.quiet:
        click.echo(_summary(len(found), len(best)), err=True)
    options.finish(int(not found))


def _search(query: str, paths: Sequence[str], settings: Settings) -> "list[Found]":
    from alttext.search import search as ranked  # noqa: PLC0415 - numpy, Pillow and a model come with it

    return ranked(query, paths, Pipeline(settings).describer, settings)


def _summary(found: int, shown: int) -> str:
    if not found:
        return "alttext: no picture here can be looked at"
    return f"{shown} of {plural(found, 'picture')}."


def _as_text(found: "Sequence[Found]", paint: Paint) -> Iterator[str]:
    room = len(str(len(found)))
    for number, each in enumerate(found, start=1):
        score = paint(f"{each.score:.2f}", "dim")
        yield f"{number:>{room}}  {score}  {paint(harmless(each.path), 'bold')}\n"
        for alt in _alts(each):
            yield f"{' ' * (room + 8)}{harmless(contact_sheet.said(alt))}\n"
        yield f"{' ' * (room + 8)}{paint(harmless(', '.join(_places(each))), 'dim')}\n"


def _as_json(query: str, found: "Sequence[Found]") -> str:
    rows = [
        {
            "path": each.path,
            "score": round(each.score, 6),
            "uses": [{"document": use.document, "line": use.line, "alt": use.alt} for use in each.uses],
        }
        for each in found
    ]
    return encode({"version": 1, "query": query, "images": rows}) + "\n"


def _write_sheet(page: ReportFile, query: str, found: "Sequence[Found]", thumbnails: Thumbnails) -> None:
    tiles = (
        Tile(each.path, each.score, thumbnails.of(each.placed), _alts(each), _places(each)) for each in found
    )
    try:
        for piece in contact_sheet.render(query, tiles, distribution.installed()):
            page.write(piece.encode("utf-8", "backslashreplace"))
        page.finish()
    finally:
        page.close()


def _alts(found: "Found") -> list[str | None]:
    """The alternatives of a picture, each once, those in words first."""
    return sorted({use.alt for use in found.uses}, key=lambda alt: (not alt, alt is None, alt or ""))


def _places(found: "Found") -> list[str]:
    return [f"{use.document}:{use.line}" for use in found.uses]
