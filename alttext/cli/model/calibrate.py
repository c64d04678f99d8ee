"""`alttext model calibrate`: fit the confidences of a model to pictures that a person labelled."""

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from alttext.cli.options import Options, for_model
from alttext.errors import ImageError, ParseError
from alttext.ranking import vocabulary
from alttext.reports.paint import harmless
from alttext.reports.words import plural

if TYPE_CHECKING:  # names for the type checker only; importing them would load numpy
    from PIL.Image import Image

    from alttext.describer import Describer
    from alttext.ranking.calibrate import Array, Fitted
    from alttext.ranking.labels import LabelledPicture

_BATCH = 32  # pictures that are in memory at a time


@click.command(short_help="Fit confidences to pictures that you labelled.")
@click.argument("labels", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="LABELS")
@click.option(
    "-o",
    "--output",
    "destination",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the figures to FILE instead of to where alttext looks for them.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing; only report.")
@for_model
def calibrate(labels: Path, destination: Path | None, dry_run: bool, options: Options) -> None:
    """Fit the confidences of a model to pictures that you labelled.

    LABELS has one JSON object in each line, such as {"image": "a.jpg", "true": ["dog"], "complete":
    ["scene"]}. It takes 50 pictures, better 200; docs/calibration.md tells how to label them.

    Prints how far confidences are from the truth on average: before, and after on pictures that were
    left out of the fit.
    """
    from alttext.describer import Describer  # noqa: PLC0415 - numpy, Pillow and a model come with it
    from alttext.ranking import calibration  # noqa: PLC0415

    fitted = _fit(Describer(options.settings()), labels)
    click.echo("\n".join(_table(fitted)))
    if dry_run:
        click.echo("Nothing is written.")
        return
    used = calibration.own_path(fitted.figures.model_id)
    calibration.write(destination or used, fitted.figures)
    click.echo(f"Written to {destination or used}")
    if destination:
        click.echo(f"alttext uses it once it is at {used}", err=True)


def _fit(describer: "Describer", path: Path) -> "Fitted":
    from alttext.ranking import calibrate as fitting  # noqa: PLC0415
    from alttext.ranking import calibration, encode, labels, term_vectors  # noqa: PLC0415

    chosen = describer.settings.vocabulary
    words = vocabulary.load(chosen.path, chosen.extend, chosen.veto)
    read = labels.read(path, words)
    _refuse(read.problems, path, "wrong line")
    truth = labels.truth(read.pictures, words)
    fitting.facets_of(truth, words)  # before minutes of looking
    if len(truth) < fitting.SENSIBLE_PICTURES:
        click.echo(f"{len(truth)} pictures are few, so confidences stay cautious", err=True)
    data = fitting.Labelled(
        _vectors(describer, read.pictures, path), truth, labels.photographs(read.pictures, words)
    )
    encoder, folder = describer.encoder, encode.folder_of(describer.settings.model)
    vectors = term_vectors.load(words.terms, encoder, model=folder)
    came_with = calibration.beside(encoder.model_id, encoder.dim, folder)
    return fitting.fit(data, words, vectors, encoder.model_id, came_with)


def _vectors(describer: "Describer", pictures: Sequence["LabelledPicture"], path: Path) -> "Array":
    """Vectors of the pictures. Raises ParseError after it has named all that cannot be read."""
    import numpy as np  # noqa: PLC0415

    rows, problems = [], []
    for batch in _watched([pictures[start : start + _BATCH] for start in range(0, len(pictures), _BATCH)]):
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            loaded = list(threads.map(lambda picture: _pixels(describer, picture.path), batch))
        problems += [str(each) for each in loaded if isinstance(each, ImageError)]
        if not problems:
            images = [each for each in loaded if not isinstance(each, ImageError)]
            rows.append(describer.encoder.encode_images(images))
    _refuse(problems, path, "unreadable picture")
    return np.concatenate(rows)


def _pixels(describer: "Describer", path: Path) -> "Image | ImageError":
    from alttext.ranking import decode  # noqa: PLC0415

    try:
        pixels = decode.load_file(path, describer.decode_options).pixels
    except ImageError as error:
        return error
    return pixels or ImageError("unsupported-image", f"{path}: an SVG is not looked at; remove its line")


def _refuse(problems: Sequence[str], path: Path, noun: str) -> None:
    for problem in problems:
        click.echo(harmless(problem), err=True)
    if problems:
        count = plural(len(problems), noun)
        raise ParseError(f"{path}: {count}, nothing was calibrated; correct or remove what is named above")


def _watched(batches: list[Any]) -> Iterator[Any]:
    if not sys.stderr.isatty():
        yield from batches
        return
    with click.progressbar(batches, label="Looking", file=sys.stderr) as watched:
        yield from watched


def _table(fitted: "Fitted") -> Iterator[str]:
    room = max(len(facet.facet) for facet in fitted.facets)
    yield f"{'facet':<{room}}  pictures    true   false  error before  after"
    for facet in fitted.facets:
        start = f"{facet.facet:<{room}}  {facet.pictures:>8}  {facet.true:>6}  {facet.false:>6}"
        kept = f"  not fitted: {facet.kept}" if facet.kept else ""
        yield f"{start}  {_number(facet.before):>12}  {_number(facet.after):>5}{kept}"
    yield f"No confidence is above {fitted.figures.ceiling:.2f}."


def _number(error: float) -> str:
    return "-" if isnan(error) else f"{error:.3f}"
