"""`alttext model path`: where a model lies."""

import click

from alttext.cli.model.known import folder_of
from alttext.ranking.named import EMBEDDED


@click.command()
@click.argument("name", default=EMBEDDED)
def path(name: str) -> None:
    """Print the folder of a model."""
    click.echo(folder_of(name))
