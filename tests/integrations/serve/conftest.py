"""Fixtures of the tests of the service."""

import pytest

from tests.integrations.serve.serving import FakePipeline, command, serving


@pytest.fixture
def pipeline():
    return FakePipeline()


@pytest.fixture
def client(pipeline):
    """A client of a service that uses the pipeline of the test."""
    with serving(pipeline) as running:
        yield running


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    """A client of the real command with the embedded model, started in an empty folder."""
    with command("--quiet") as (_, client):
        yield client
