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


def shaped(*sizes):
    """Documents of so many problems and characters."""
    problem = survey.text(Document("<img src=a.jpg>", "html"), Settings()).problems[0]
    return [
        survey.Surveyed(Document("x" * characters, "html", str(number)), (problem,) * problems)
        for number, (problems, characters) in enumerate(sizes)
    ]


@pytest.mark.parametrize(
    ("sizes", "groups"),
    [
        ([], []),
        ([(0, 10)] * 3, [3]),
        ([(300, 10), (1, 10), (1, 10)], [1, 2]),
        ([(100, 10)] * 5, [2, 2, 1]),
        ([(0, 3_000_000)] * 3, [2, 1]),
    ],
    ids=["none", "small", "one with many problems", "some problems", "large"],
)
def test_documents_are_worked_on_together_until_they_hold_much(sizes, groups):
    given = shaped(*sizes)
    found = list(survey.grouped(given))
    assert [len(group) for group in found] == groups
    assert [each for group in found for each in group] == given


def test_documents_are_read_only_as_they_are_needed():
    read = []
    groups = survey.grouped(read.append(each.document.path) or each for each in shaped(*[(200, 1)] * 4))
    next(groups)
    assert read == ["0"]
