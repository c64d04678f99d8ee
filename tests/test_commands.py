"""A command of another package has the options, the reports and the exit codes of alttext."""

import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from alttext import FileResult, commands
from alttext.commands import CONFIG_FILE, DIFF, DRY_RUN, MODEL, QUIET, Options, Output, View, for_containers

RESULT = FileResult("book.zip", text="new", before="old")


@click.command()
@click.argument("paths", nargs=-1)
@DRY_RUN
@DIFF
@for_containers
def command(paths, dry_run, diff, options):
    """A command as integrations have it."""
    view = View(command="fix", written=not (dry_run or diff))
    summary = Output(options).report([RESULT], view, diff=diff)
    options.finish(summary.exit_code)


def run(*arguments):
    return CliRunner().invoke(command, arguments)


@pytest.mark.parametrize(
    ("arguments", "code"), [([], 0), (["--dry-run"], 1), (["--diff"], 1), (["--dry-run", "--exit-zero"], 0)]
)
def test_it_ends_as_alttext_does(arguments, code):
    assert run("--isolated", *arguments).exit_code == code


def test_it_reports_in_every_form(tmp_path):
    told = json.loads(run("--isolated", "--output-format", "json").stdout)
    assert [each["path"] for each in told["files"]] == ["book.zip"]
    assert told["tool"] == commands.installed()
    assert "-old\n" in run("--isolated", "--diff").stdout.replace("\\ No newline at end of file\n", "")


def test_its_settings_are_those_of_the_configuration_with_the_command_line_on_top(tmp_path):
    (tmp_path / "alttext.toml").write_text('model = "a/b"\nlanguage = "de"\n')
    settings = Options({"model": "c/d"}).settings((str(tmp_path),))
    assert (settings.model, settings.language) == ("c/d", "de")


def test_it_may_take_single_options_only():
    @click.command()
    @MODEL
    @CONFIG_FILE
    @QUIET
    def small(model, config_file, quiet):
        click.echo(f"{model} {config_file} {quiet}")

    assert CliRunner().invoke(small, ["--model", "a/b", "-q"]).output == "a/b None True\n"


def test_every_name_is_there():
    assert all(hasattr(commands, name) for name in commands.__all__)


PAGE = (Path(__file__).parents[1] / "docs" / "commands.md").read_text(encoding="utf-8")
LETTER = """From: ada@example.org
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<html lang=en><title>Hello</title>
<p>See:</p>
<img src="photo.jpg">
"""


def shown(language):
    return re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[1]


def test_the_command_of_the_documentation_does_what_it_is_shown_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("letter.eml").write_text(LETTER)
    package = {}
    exec(shown("python"), package)
    ran = CliRunner().invoke(package["mail"], ["--isolated", "letter.eml"])
    assert f"$ alttext mail letter.eml\n{ran.output}" == shown("console")
    assert ran.exit_code == 1


def test_the_documentation_speaks_of_every_name():
    assert set(commands.__all__) <= set(re.findall(r"\w+", PAGE))
