"""`alttext model`: the models that can describe, and what can be done with them; one module a subcommand."""

import click

from alttext.cli.model.calibrate import calibrate
from alttext.cli.model.export import export
from alttext.cli.model.listing import list_models
from alttext.cli.model.path import path
from alttext.cli.model.pull import pull
from alttext.cli.model.verify import verify


@click.group()
def model() -> None:
    """List, verify, download, calibrate and export models."""


for command in (calibrate, export, list_models, path, pull, verify):
    model.add_command(command)
