"""`alttext model verify`: whether a model is what it was when it was made, and works."""

from pathlib import Path

import click

from alttext.cli.model import whole
from alttext.cli.model.known import EMBEDDED, figures, files, folder_of, manifest
from alttext.errors import ModelError


@click.command()
@click.argument("name", default=EMBEDDED)
def verify(name: str) -> None:
    """Check that a model is complete and undamaged."""
    if name == EMBEDDED:
        about = manifest()
        click.echo(f"{about['id']}: {files(len(about['files']))}, checksums verified, {figures(about['id'])}")
        return
    folder = folder_of(name)
    from alttext.ranking.encode import load_encoder  # noqa: PLC0415 - loads what it verifies
    from alttext.ranking.encode_exported import is_exported  # noqa: PLC0415

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
    return f"{files(len(exported.read(folder).files))}, checksums verified"
