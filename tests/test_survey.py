"""Many documents are read in their order, by one process or several, and each tells what is wrong."""

import msgspec
import pytest

from alttext import Settings, survey
from alttext.errors import ParseError
from alttext.survey import Document

PAGES = 80


@pytest.fixture
def site(tmp_path):
    for number in range(PAGES):
        (tmp_path / f"page{number:03}.html").write_text(f"<p>{number}<img src=a{number}.jpg>")
    (tmp_path / "page000.html").write_text("<p>No image here")
    (tmp_path / "page001.ipynb").write_text("{ broken ![](a.jpg)")
    return tmp_path


def summary(surveyed):
    rows = [(item.document.path, [finding.image.src for finding in item.problems]) for item in surveyed]
    return rows, [bool(item.error) for item in surveyed]


def test_several_processes_tell_the_same_in_the_same_order(site):
    alone = list(survey.paths([site], Settings()))
    together = list(survey.paths([site], msgspec.structs.replace(Settings(), jobs=2)))
    assert summary(together) == summary(alone)
    assert len(alone) == PAGES + 1


def test_a_document_that_cannot_be_read_is_told_of_between_the_others(site):
    broken = [item for item in survey.paths([site], Settings()) if item.error]
    assert [item.document.path.rsplit("/", 1)[-1] for item in broken] == ["page001.ipynb"]
    assert broken[0].problems == ()


def test_a_single_text_that_cannot_be_read_raises():
    with pytest.raises(ParseError):
        survey.text(Document("{ broken ![](a.jpg)", "notebook"), Settings())


def test_problems_stand_in_the_order_of_the_document_with_line_and_column():
    surveyed = survey.text(Document("<img src=a>\r\n<p><img src=b alt=ok><img src=c>", "html"), Settings())
    assert [(item.line, item.column, item.image.src) for item in surveyed.problems] == [
        (1, 1, "a"),
        (2, 22, "c"),
    ]
