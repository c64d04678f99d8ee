"""A version is that of the distribution, or says that there is none."""

from importlib import metadata

import pytest

from alttext import version


def test_the_version_is_that_of_the_distribution():
    assert version.installed() == metadata.version("alttext-clip")
    assert version.installed("click") == metadata.version("click")


@pytest.mark.parametrize(("unknown", "said"), [({}, "0+source"), ({"unknown": ""}, "")])
def test_what_is_not_installed_has_none(unknown, said):
    assert version.installed("no-such-distribution", **unknown) == said
