import click
import pytest
from click.testing import CliRunner

from alttext.cli.options import SETTING_NAMES, Options, for_documents, for_images, for_model


def run(decorator, *arguments, env=None):
    """The options that a command gets."""
    got = []

    def callback(options):
        got.append(options)

    command = click.command()(decorator(callback))
    result = CliRunner().invoke(command, arguments, env=env, standalone_mode=False)
    assert result.exception is None, result.exception
    return got[0]


def flags(decorator):
    return {name: option for option in click.command()(decorator(print)).params for name in option.opts}


def test_without_options_no_setting_is_overridden():
    assert run(for_documents(writes=True)).overrides == {}


OVERRIDES = [
    (["--min-confidence", "0"], {"min_confidence": 0.0}),
    (["--select", "blank-alt", "--select", "missing-alt"], {"select": ("blank-alt", "missing-alt")}),
    (["--no-respect-gitignore"], {"respect_gitignore": False}),
    (["--respect-gitignore"], {"respect_gitignore": True}),
    (["--rewrite-placeholders"], {"rewrite_placeholders": True}),
    (["--keep-placeholders"], {"rewrite_placeholders": False}),
    (["--remote", "a.example", "--remote", "*.b.example"], {"remote": ("a.example", "*.b.example")}),
    (["-j", "3", "--model", "x/y"], {"jobs": 3, "model": "x/y"}),
    (["--include", "template", "--include", "noscript"], {"include": ("template", "noscript")}),
]


@pytest.mark.parametrize(("arguments", "overrides"), OVERRIDES)
def test_options_override_the_settings_of_their_names(arguments, overrides):
    assert run(for_documents(writes=True), *arguments).overrides == overrides


@pytest.mark.parametrize(
    ("arguments", "env", "overrides"),
    [
        ([], {}, {}),
        (["--model", "x/y"], {}, {"model": "x/y"}),
        ([], {"ALTTEXT_MODEL": "x/z"}, {"model": "x/z"}),
        (["--model", "x/y"], {"ALTTEXT_MODEL": "x/z"}, {"model": "x/y"}),
    ],
)
def test_a_command_may_take_a_model_and_no_other_setting(arguments, env, overrides):
    assert run(for_model, *arguments, env=env).overrides == overrides
    assert set(flags(for_model)) & {f"--{name.replace('_', '-')}" for name in SETTING_NAMES} == {"--model"}


ENVIRONMENT = [
    ("ALTTEXT_JOBS", "3", {"jobs": 3}),
    ("ALTTEXT_EXCLUDE", "a b", {"exclude": ("a", "b")}),
    ("ALTTEXT_RESPECT_GITIGNORE", "0", {"respect_gitignore": False}),
    ("ALTTEXT_MIN_CONFIDENCE", "0.5", {"min_confidence": 0.5}),
    ("ALTTEXT_REWRITE_PLACEHOLDERS", "1", {"rewrite_placeholders": True}),
]


@pytest.mark.parametrize(("name", "value", "overrides"), ENVIRONMENT)
def test_each_setting_has_a_variable(name, value, overrides):
    assert run(for_documents(writes=True), env={name: value}).overrides == overrides


def test_every_option_for_a_setting_has_the_variable_of_its_name():
    for name, option in flags(for_documents(writes=True)).items():
        if option.name in SETTING_NAMES and name.startswith("--"):
            assert option.envvar == f"ALTTEXT_{option.name.upper()}"


def test_commands_that_write_nothing_have_no_options_for_writing():
    assert not {"--min-confidence", "--rewrite-placeholders"} & set(flags(for_documents(writes=False)))
    assert "--exclude" not in flags(for_images)


@pytest.mark.parametrize(
    ("flag", "rule"), [("--images", "mismatched-alt"), ("--sensitive", "sensitive-image")]
)
def test_a_look_at_pictures_is_a_rule_that_is_selected_in_addition(flag, rule):
    assert rule not in run(for_documents(writes=False), "--isolated").settings().rules
    assert run(for_documents(writes=False), "--isolated", flag).settings().rules >= {rule, "missing-alt"}
    assert rule not in run(for_documents(writes=False), "--isolated", flag, "--ignore", rule).settings().rules


def test_the_other_options_are_told_by_their_names():
    options = run(for_documents(writes=False), "-q", "-o", "x.json", "--output-format", "json", "--exit-zero")
    assert options == Options(output_format="json", output="x.json", quiet=True, exit_zero=True)


def test_progress_needs_somebody_who_watches(monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert Options().shows_progress
    assert not Options(quiet=True).shows_progress
    assert not Options(output_format="json").shows_progress
    monkeypatch.setattr("sys.stderr.isatty", lambda: False, raising=False)
    assert not Options().shows_progress
