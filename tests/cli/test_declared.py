"""What is declared once means the same in every command."""

import click
import pytest

from alttext.cli import declared
from alttext.config import Settings

OVERRIDING = (
    declared.DESCRIBING,
    declared.RULES,
    declared.WHERE,
    declared.SHARD,
    declared.REWRITE,
    declared.CACHE,
    declared.REMOTE,
    declared.LEDGER,
)


OTHERS = (declared.CONFIG, declared.OUTPUT, declared.STDIN, declared.LISTING, declared.WATCHES)
SINGLE = (declared.DRY_RUN, declared.DIFF, declared.SITE)


def params(*options):
    command = click.command()(lambda: None)
    for option in options:
        option(command)
    return command.params


@pytest.mark.parametrize("option", [option for group in OVERRIDING for option in group])
def test_an_option_that_overrides_a_setting_has_its_name_and_a_variable(option):
    (param,) = params(option)
    assert param.name in Settings.__struct_fields__
    assert param.envvar == f"ALTTEXT_{param.name.upper()}"


@pytest.mark.parametrize(
    "option", [option for group in (declared.WATCHES, declared.LOOKS) for option in group]
)
def test_what_check_can_be_asked_for_is_a_flag_or_the_model_for_it(option):
    (param,) = params(option)
    assert param.is_flag or param.name == "model"


def test_no_two_options_of_all_have_the_same_spelling():
    groups = (
        *OVERRIDING,
        declared.CONFIG,
        declared.OUTPUT,
        declared.STDIN,
        declared.LISTING,
        declared.WATCHES,
    )
    found = params(
        *(option for group in groups for option in group), declared.DRY_RUN, declared.DIFF, declared.SITE
    )
    spelled = [name for param in found for name in (*param.opts, *param.secondary_opts)]
    assert len(spelled) == len(set(spelled))


@pytest.mark.parametrize("formats", [declared.FORMATS, declared.REPORT_FORMATS])
def test_the_form_of_a_report_is_one_of_the_formats_and_text_unless_asked_otherwise(formats):
    (param,) = params(*declared.form(formats))
    assert (tuple(param.type.choices), param.default) == (formats, "text")
