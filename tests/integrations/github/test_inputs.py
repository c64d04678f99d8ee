"""What a workflow may ask of the GitHub Action."""

import pytest

from integrations.github.inputs import InputError, Inputs, as_error

DEFAULTS = {
    "INPUT_MODE": "check",
    "INPUT_PATHS": ".",
    "INPUT_ARGS": "",
    "INPUT_VERSION": "",
    "INPUT_SUMMARY": "true",
    "INPUT_SARIF": "false",
    "INPUT_SUGGESTIONS": "false",
}


def read(**given):
    return Inputs.read(DEFAULTS | {f"INPUT_{name.upper()}": value for name, value in given.items()})


def test_without_anything_said_all_of_the_checkout_is_checked():
    assert read() == Inputs("check", (".",), (), "", summary=True, sarif=False, suggestions=False)


PATHS = {
    "docs": ("docs",),
    "docs\nmy site/index.html\n": ("docs", "my site/index.html"),
    "\n  docs  \n\n\tblog\n": ("docs", "blog"),
    "$(whoami)": ("$(whoami)",),
    "*.md": ("*.md",),
}


@pytest.mark.parametrize("given", PATHS)
def test_each_line_is_a_path_as_it_stands(given):
    assert read(paths=given).paths == PATHS[given]


ARGS = {
    "--exit-zero": ("--exit-zero",),
    "--exclude 'old pages/' --verbose": ("--exclude", "old pages/", "--verbose"),
    "--ignore missing-alt\n--verbose": ("--ignore", "missing-alt", "--verbose"),
    "--exclude $HOME; `id`": ("--exclude", "$HOME;", "`id`"),
}


@pytest.mark.parametrize("given", ARGS)
def test_options_are_split_as_a_shell_does_and_expanded_as_none_does(given):
    assert read(args=given).args == ARGS[given]


@pytest.mark.parametrize("given", ["1.2.0", "2.0.0rc1", "1!0.3", "0.1.0+local"])
def test_a_version_may_be_named(given):
    assert read(version=given).version == given


WRONG = [
    ("mode", "Fix"),
    ("mode", "check; id"),
    ("mode", ""),
    ("paths", " \n "),
    ("args", "--exclude 'old pages"),
    ("version", "--index-url=evil"),
    ("version", "1.0 other-package"),
    ("version", "1.0\nkey=value"),
    ("version", "latest"),
    ("summary", "yes"),
    ("sarif", "True"),
    ("suggestions", ""),
]


@pytest.mark.parametrize(("name", "given"), WRONG)
def test_what_cannot_be_meant_is_refused_by_name(name, given):
    with pytest.raises(InputError, match=f"^{name}: "):
        read(**{name: given})


def test_suggestions_are_not_for_what_is_written_anyway():
    with pytest.raises(InputError, match=r"^suggestions: "):
        read(mode="fix", suggestions="true")


def test_an_error_is_one_command_whatever_was_given():
    command = as_error(InputError("mode: 100%\r\n::add-mask::x"))
    assert command == "::error title=alttext::input mode: 100%25%0D%0A::add-mask::x\n"
