"""`alttext model verify`: whether a model is what it was when it was made, and works."""

from pathlib import Path

import click

from alttext.cli.model import whole
from alttext.cli.model.known import figures, folder_of, manifest
from alttext.errors import ModelError
from alttext.ranking.named import EMBEDDED, is_embedded, is_exported
from alttext.reports.words import plural


@click.command()
@click.argument("name", default=EMBEDDED)
def verify(name: str) -> None:
    """Check that a model is complete and undamaged."""
    if is_embedded(name):
        about = manifest()
        files = plural(len(about["files"]), "file")
        click.echo(f"{about['id']}: {files}, checksums verified, {figures(about['id'])}")
        return
    folder = folder_of(name)
    from alttext.ranking.encode import load_encoder  # noqa: PLC0415 - loads what it verifies

    if lost := whole.damaged(folder):
        names = ", ".join(path.name for path in lost)
        raise ModelError(
            f"{name}: damaged, not what was downloaded: {names}; run `alttext model pull {name}`"
        )
    state = _of_exported(folder) if is_exported(folder) else "loads"
    encoder = load_encoder(str(folder))
    known = figures(encoder.model_id, folder)
    click.echo(f"{name}: {state}, vectors of {encoder.dim} numbers, {known} ({folder})")


def _of_exported(folder: Path) -> str:
    """Look at the checksums, and let it see a picture. Raises ModelError."""
    from alttext.ranking import encode_exported as exported  # noqa: PLC0415 - brings numpy
    from alttext.ranking import trial  # noqa: PLC0415

    if damaged := exported.damaged(folder):
        what = f"damaged, {'its checksum is another' if len(damaged) == 1 else 'their checksums are others'}"
        raise ModelError(f"{', '.join(str(folder / name) for name in damaged)}: {what}; {exported.REMEDY}")
    exported.ExportedEncoder(folder).encode_images(trial.pictures()[:1])
    return f"{plural(len(exported.read(folder).files), 'file')}, checksums verified"
