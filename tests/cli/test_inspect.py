import os
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from alttext.cli import cli
from alttext.rules import RULES


def alttext(*arguments):
    return CliRunner().invoke(cli, arguments)


@pytest.mark.parametrize("name", RULES)
def test_every_rule_is_explained(name):
    result = alttext("rule", name)
    assert (result.exit_code, result.stderr) == (0, "")
    words = " ".join(result.stdout.split())
    assert words.startswith(f"{name} ({RULES[name].kind}")
    assert RULES[name].summary in words
    assert RULES[name].advice in words
    assert all(reference in words for reference in (*RULES[name].wcag, *RULES[name].act, *RULES[name].axe))


def test_without_an_id_all_rules_are_listed():
    result = alttext("rule")
    assert result.exit_code == 0
    assert {line.split()[0] for line in result.stdout.splitlines() if line[2:3].strip()} >= set(RULES)


def test_several_rules_are_explained_in_the_order_given():
    lines = alttext("rule", "low-confidence", "missing-alt").stdout.splitlines()
    assert [line.split()[0] for line in lines if line[:1].strip()] == ["low-confidence", "missing-alt"]


def test_an_unknown_rule_is_wrong_usage_with_the_nearest_one():
    result = alttext("rule", "missing-alts")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "unknown rule missing-alts; did you mean missing-alt?" in result.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_for_a_shell(shell):
    result = alttext("completion", shell)
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"_ALTTEXT_COMPLETE={shell}_complete" in result.stdout


def test_the_script_for_bash_is_valid(tmp_path):
    script = tmp_path / "alttext.bash"
    script.write_text(alttext("completion", "bash").stdout)
    subprocess.run(["bash", "-n", str(script)], check=True)


def test_the_shell_is_told_which_commands_there_are():
    environment = {
        **os.environ,
        "_ALTTEXT_COMPLETE": "bash_complete",
        "COMP_WORDS": "alttext ",
        "COMP_CWORD": "1",
    }
    run = subprocess.run(
        [sys.executable, "-m", "alttext"], env=environment, capture_output=True, text=True, check=True
    )
    assert set(run.stdout.split()) == {f"plain,{name}" for name in cli.list_commands(click.Context(cli))}


def test_a_shell_without_completion_is_wrong_usage():
    assert alttext("completion", "tcsh").exit_code == 2
