"""What was seen elsewhere becomes suggestions as on one machine, those that are certain accepted already."""

import pytest

from alttext import FileResult, Pipeline, Settings
from alttext.scale import Suggestion, suggested
from tests import making
from tests.describers import Doubting

PAGE = "<img src=certain.png><img src=cat.png><img src=certain.png {{ class }}>"


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    making.pictures(tmp_path, ["certain.png", "cat.png"])
    making.files(tmp_path, {"a.html": PAGE, "b.ipynb": "{ ![](certain.png)"})
    return tmp_path


def test_what_is_certain_is_accepted_and_the_rest_is_left(site):
    found = list(suggested(Pipeline(Settings(), describer=Doubting()), ["."], site))
    rows = [(each.alt, each.decision) for each in found if isinstance(each, Suggestion)]
    assert rows == [("A dog.", "accept"), ("A dog on a beach.", "pending")]


def test_what_cannot_be_answered_in_a_file_comes_as_it_is(site):
    found = list(suggested(Pipeline(Settings(), describer=Doubting()), ["."], site))
    blocked, unreadable = (each for each in found if not isinstance(each, Suggestion))
    assert (blocked.path, bool(blocked.blocked)) == ("a.html", True)
    assert isinstance(unreadable, FileResult)
    assert unreadable.error
