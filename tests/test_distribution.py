"""A version is that of the distribution, or says that there is none; an extra is one that there is."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from alttext import distribution

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "alttext").rglob("*.py"))


def test_the_version_is_that_of_the_distribution():
    assert distribution.installed() == metadata.version("alttext-clip")
    assert distribution.installed("click") == metadata.version("click")


@pytest.mark.parametrize(("unknown", "said"), [({}, "0+source"), ({"unknown": ""}, "")])
def test_what_is_not_installed_has_none(unknown, said):
    assert distribution.installed("no-such-distribution", **unknown) == said


def test_every_extra_that_an_error_can_ask_for_is_there():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    asked = re.findall(r"to_install\(['\"](\w+)['\"]\)", "".join(each.read_text() for each in SOURCES))
    assert asked
    assert set(asked) <= extras.keys()


def test_an_extra_is_installed_with_one_command():
    assert distribution.to_install("ocr") == "pip install 'alttext-clip[ocr]'"
