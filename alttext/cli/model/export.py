"""`alttext model export`: a checkpoint as a folder that runs without torch."""

from pathlib import Path

import click

from alttext.cli.model.known import exported_folder, figures
from alttext.cli.options import Options, for_settings
from alttext.errors import ModelError
from alttext.ranking import vocabulary
from alttext.ranking.named import is_embedded, is_exported, is_trained
from alttext.reports.words import megabytes


@click.command(short_help="Write a model as a folder that runs without torch.")
@click.argument("name", metavar="NAME|FOLDER")
@click.option(
    "-o",
    "--output",
    "destination",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Folder to make; the default is one in the data folder of the user.",
)
@click.option("--half", is_flag=True, help="Keep weights in half precision: half of the size.")
@click.option("--no-texts", is_flag=True, help="Leave out the text tower: only the terms are known.")
@for_settings
def export(name: str, destination: Path | None, half: bool, no_texts: bool, options: Options) -> None:
    """Write a CLIP or SigLIP checkpoint as a folder that runs without torch, as the embedded model does.

    NAME is that of a model that was pulled. The folder has both towers for ONNX Runtime, the vectors of the
    terms of the vocabulary, and the figures of the model if it was calibrated. It is only made if the vectors
    of test pictures and texts are those of the checkpoint; their least cosine is told.

    Prints the folder, which --model takes.
    """
    _refuse_what_runs_anyway(name)
    from alttext.ranking import export as exporting  # noqa: PLC0415 - numpy, and torch, come with it

    folder = destination or exported_folder() / exporting.name_of(name)
    chosen = options.settings().vocabulary
    terms = vocabulary.load(chosen.path, chosen.extend).terms
    wanted = exporting.Wanted(name, terms, half=half, texts=not no_texts)
    parity = exporting.export(wanted, folder, lambda what: click.echo(what, err=True))
    for line in _said(folder, parity.images, parity.texts):
        click.echo(line, err=True)
    click.echo(folder)


def _refuse_what_runs_anyway(name: str) -> None:
    if is_embedded(name) or is_trained(Path(name)) or is_exported(Path(name)):
        raise ModelError(f"{name}: runs without torch as it is; export a checkpoint of CLIP or SigLIP")


def _said(folder: Path, images: float, texts: float | None) -> list[str]:
    from alttext.ranking import encode_exported as exported  # noqa: PLC0415 - brings numpy

    about = exported.read(folder)
    size = megabytes(sum(file.size for file in about.files.values()))
    of_texts = f"texts {texts:.6f}" if texts is not None else "no text tower"
    return [
        f"Least cosine of both vectors: pictures {images:.6f}, {of_texts}",
        f"{about.id}: {size}, {figures(about.id, folder)}",
    ]
