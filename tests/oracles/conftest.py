"""The site that the judges of source text share."""

import pytest

from tests.oracles import judging


@pytest.fixture(scope="session")
def fixed_site(tmp_path_factory) -> judging.Site:
    """Pages of all kinds and the example before and after `fix`."""
    return judging.fixed(tmp_path_factory.mktemp("judged"))
