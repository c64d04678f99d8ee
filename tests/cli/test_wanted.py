"""The options that say what is asked about, too."""

import click
import pytest
from click.testing import CliRunner

from alttext.cli.wanted import Wanted, which


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ([], Wanted()),
        (["--all"], Wanted(certain=True)),
        (["--unreviewed"], Wanted(unreviewed=True)),
        (["--all", "--unreviewed"], Wanted(certain=True, unreviewed=True)),
    ],
)
def test_options_say_what_is_wanted(arguments, wanted):
    got = []

    def callback(wanted):
        got.append(wanted)

    command = click.command()(which(callback))
    assert CliRunner().invoke(command, arguments).exit_code == 0
    assert got == [wanted]
