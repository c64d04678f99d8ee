"""What was seen elsewhere becomes suggestions as on one machine, those that are certain accepted already."""

import pytest
from PIL import Image

from alttext import Description, FileResult, Pipeline, Settings
from alttext.scale import Suggestion, suggested

CERTAIN = Description("A dog.", 0.99, medium="photograph", review=False, reasons=("described",))
DOUBTFUL = Description("A cat.", 0.6, medium="photograph", review=True, reasons=("low-confidence",))


class Describer:
    """Is certain of dogs only."""

    def describe_all(self, placed):
        return [CERTAIN if "dog" in each.image.src else DOUBTFUL for each in placed]


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("dog.png", "cat.png"):
        Image.new("RGB", (80, 60)).save(tmp_path / name)
    (tmp_path / "a.html").write_text("<img src=dog.png><img src=cat.png><img src=dog.png {{ class }}>")
    (tmp_path / "b.ipynb").write_text("{ ![](dog.png)")
    return tmp_path


def test_what_is_certain_is_accepted_and_the_rest_is_left(site):
    found = list(suggested(Pipeline(Settings(), describer=Describer()), ["."], site))
    rows = [(each.alt, each.decision) for each in found if isinstance(each, Suggestion)]
    assert rows == [("A dog.", "accept"), ("A cat.", "pending")]


def test_what_cannot_be_answered_in_a_file_comes_as_it_is(site):
    found = list(suggested(Pipeline(Settings(), describer=Describer()), ["."], site))
    blocked, unreadable = (each for each in found if not isinstance(each, Suggestion))
    assert (blocked.path, bool(blocked.blocked)) == ("a.html", True)
    assert isinstance(unreadable, FileResult)
    assert unreadable.error
