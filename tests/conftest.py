"""Fixtures that tests of several modules share."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Files that the tests compare with."""
    return Path(__file__).parent / "data"
