"""What users import is exactly what is promised."""

import inspect
from importlib.resources import files

import pytest

import alttext

PROMISED = {
    "Action", "AlttextError", "Candidate", "Classification", "ConfigError", "Context", "Decision",
    "Description", "FileResult", "Finding", "ImageError", "ImageKind", "ImageRef", "Link", "ModelError",
    "ParseError", "Pipeline", "Purpose", "Rule", "Settings", "Span", "VerificationError",
    "explain", "find_images", "load", "rewrite",
}  # fmt: skip


def test_the_public_names_are_the_promised_ones():
    assert set(alttext.__all__) == PROMISED
    assert all(hasattr(alttext, name) for name in PROMISED)


def test_type_checkers_are_told_that_the_package_is_typed():
    assert files("alttext").joinpath("py.typed").is_file()


def test_the_signatures_that_plugins_call_stay():
    def names(function):
        return list(inspect.signature(function).parameters)

    assert names(alttext.load) == ["model", "config"]
    assert names(alttext.find_images) == ["text", "format"]
    assert names(alttext.rewrite) == ["text", "format", "alt_for", "on_refused"]
    assert names(alttext.Pipeline.describe) == ["self", "image", "context"]
    assert names(alttext.Pipeline.fix_text) == ["self", "text", "format", "base"]
    assert names(alttext.Pipeline.fix_paths)[:2] == ["self", "paths"]


def test_every_public_name_explains_itself():
    for name in PROMISED:
        assert inspect.getdoc(getattr(alttext, name)), f"{name} has no docstring"


def test_what_findings_carry_can_be_explained():
    rule = alttext.explain("missing-alt")
    assert isinstance(rule, alttext.Rule)
    assert (rule.id, rule.kind) == ("missing-alt", "problem")
    assert rule.summary
    assert rule.advice
    with pytest.raises(KeyError):
        alttext.explain("no-such-rule")
