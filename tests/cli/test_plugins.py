"""Commands of integrations: found when they are asked for, and never in the way of the others."""

import subprocess
import sys
from importlib.metadata import EntryPoint

import click
import pytest
from click.testing import CliRunner

from alttext.cli import cli

CLEAN = '<p><img src="dog.jpg" alt="A dog on a beach."></p>\n'
EXTRA = "pip install 'alttext-clip[serve]'"


@click.command(short_help="Say hello.")
@click.option("--name", default="you")
def greet(name):
    click.echo(f"hello {name}")


@click.command(short_help="Need something.")
def needy():
    import module_that_nobody_has  # noqa: F401


class Distribution:
    """What an entry point knows of the distribution that it is from."""

    def __init__(self, name, *extras):
        self.name, self.extras, self.metadata = name, extras, self

    def get_all(self, field):
        return list(self.extras) if field == "Provides-Extra" else None


@pytest.fixture
def installed(monkeypatch):
    """Installs commands: names, where they are, and the distribution."""

    def install(name, target, distribution=None):
        entry = EntryPoint(name, target, "alttext.commands")
        found = distribution or Distribution("alttext-clip", "serve")
        vars(entry).update(dist=found)
        monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [entry])

    monkeypatch.setitem(sys.modules, "test_plugins_commands", sys.modules[__name__])
    return install


def alttext(*arguments):
    return CliRunner().invoke(cli, arguments)


def test_a_command_of_an_integration_runs_with_its_options(installed):
    installed("greet", "test_plugins_commands:greet")
    assert alttext("greet", "--name", "Ada").output == "hello Ada\n"


def test_the_help_lists_it_between_the_built_in_ones(installed):
    installed("greet", "test_plugins_commands:greet")
    listed = alttext("--help").output.partition("Commands:")[2]
    assert [line.split()[0] for line in listed.splitlines() if "hello" in line] == ["greet"]
    assert listed.index("fix ") < listed.index("greet ") < listed.index("model ")


def test_a_built_in_command_is_never_replaced(installed, tmp_path):
    installed("check", "test_plugins_commands:greet")
    page = tmp_path / "page.html"
    page.write_text(CLEAN)
    assert alttext("check", str(page)).output == "Found no problems in 1 file.\n"
    assert alttext("--help").output.count("  check ") == 1


def test_a_name_that_nobody_has_is_wrong_usage(installed):
    installed("greet", "test_plugins_commands:greet")
    result = alttext("great")
    assert result.exit_code == 2
    assert "No such command 'great'" in result.output


@pytest.mark.parametrize(
    ("target", "distribution", "advice"),
    [
        ("test_plugins_commands:needy", None, EXTRA),
        ("module_that_nobody_has:serve", None, EXTRA),
        ("test_plugins_commands:needy", Distribution("alttext-other"), "pip install alttext-other"),
    ],
)
def test_what_is_missing_is_told_with_the_command_that_installs_it(installed, target, distribution, advice):
    installed("serve", target, distribution)
    result = alttext("serve")
    assert result.exit_code == 2
    assert result.output == f"alttext: `alttext serve` cannot import module_that_nobody_has; {advice}\n"


def test_a_broken_integration_does_not_break_the_help(installed):
    installed("serve", "module_that_nobody_has:serve")
    result = alttext("--help")
    assert result.exit_code == 0
    assert "check" in result.output
    assert "serve" in result.output


def test_built_in_commands_do_not_look_for_others(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(CLEAN)
    code = (
        "import importlib.metadata, sys\n"
        "importlib.metadata.entry_points = lambda **_: sys.exit('looked')\n"
        "from alttext.cli import main\n"
        f"sys.argv = ['alttext', 'check', {str(page)!r}]\n"
        "main()"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "Found no problems in 1 file.\n"), run.stderr


def test_the_help_of_the_commands_loads_nothing_heavy():
    heavy = ("starlette", "uvicorn", "numpy", "PIL", "onnxruntime")
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom alttext.cli import cli\n"
        "CliRunner().invoke(cli, ['--help'])\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
