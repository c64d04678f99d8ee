"""Fixtures of the tests of the service."""

import pytest

from tests.integrations.serve.serving import FakePipeline, command, serving


@pytest.fixture
def pipeline():
    """A pipeline that only remembers."""
    return FakePipeline()


@pytest.fixture(scope="session")
def shared():
    """A client of a service for all tests that change nothing of it."""
    with serving(FakePipeline()) as client:
        yield client


@pytest.fixture
def client(shared):
    """A client of the shared service, whose pipeline has forgotten what was asked before."""
    shared.pipeline.forget()
    return shared


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    """A client of the real command with the embedded model, started in an empty folder."""
    with command("--quiet") as (_, client):
        yield client
