"""Sites to talk to: a stand-in, and, where it is installed, WordPress itself."""

import pytest

from tests.integrations.wordpress import host, stub


@pytest.fixture
def stand_in():
    """A stand-in with an empty library."""
    with stub.running() as site:
        yield site


@pytest.fixture(scope="session")
def real(tmp_path_factory):
    """WordPress itself."""
    folder = tmp_path_factory.mktemp("wordpress")
    for each in (folder, *folder.parents[:2]):
        each.chmod(0o755)  # its database runs as another user
    with host.running(folder) as site:
        yield site


@pytest.fixture(params=["stand_in", pytest.param("real", marks=pytest.mark.slow)])
def site(request):
    """Each of the two, with an empty library."""
    found = request.getfixturevalue(request.param)
    if request.param == "real":
        found.clear()
    return found
