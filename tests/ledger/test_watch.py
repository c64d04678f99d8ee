"""What `check` tells of alternatives that are there, once it is asked to."""

import pytest

from alttext import Pipeline, Settings, ledger
from alttext.types import Action

ALL = ("stale-alt", "unreviewed-alt", "contradictory-alt")
DOG = '<img src=a.jpg alt="A dog">'


@pytest.fixture
def pages(small):
    """A site whose only page has an alternative that was accepted."""
    small.write(a_jpg=b"a dog", b_jpg=b"a house", copy_jpg=b"a dog")
    page = small.write(page_html=DOG)
    ledger.record_existing(small.path, [page], small.settings)
    return small


def found(pages, *rules, **settings):
    """Document, rule, alternative and suggestion of each finding."""
    checked = Pipeline(Settings(select=rules or ALL, **settings)).check_paths([pages.folder])
    return [
        (result.path.rpartition("/")[2], finding.rule, finding.image.alt, finding.decision.alt)
        for result in checked
        for finding in result.findings
    ]


def test_nothing_is_wrong_with_what_a_person_wrote(pages):
    assert found(pages) == []


def test_a_picture_that_was_replaced_under_its_name_makes_the_alternative_stale(pages):
    pages.write(a_jpg=b"a cat")
    assert found(pages) == [("page.html", "stale-alt", "A dog", None)]


def test_a_stale_alternative_that_is_corrected_is_fine(pages):
    pages.write(a_jpg=b"a cat", page_html='<img src=a.jpg alt="A cat">')
    assert found(pages) == []


def test_findings_are_only_reported_if_they_are_asked_for(pages):
    pages.write(a_jpg=b"a cat")
    assert found(pages, "unreviewed-alt", "contradictory-alt") == []
    assert [each for each in Pipeline().check_paths([pages.folder]) if each.findings] == []


def test_without_a_ledger_nothing_is_known_of_the_past(pages):
    pages.write(a_jpg=b"a cat")
    assert found(pages, ledger=False) == []


SILENT = {
    "by a comment": "<!-- alttext: ignore -->" + DOG,
    "because nobody perceives it": f"<p hidden>{DOG}</p>",
}


@pytest.mark.parametrize("markup", SILENT.values(), ids=SILENT)
def test_an_image_is_left_alone(pages, markup):
    pages.write(a_jpg=b"a cat", page_html=markup)
    assert found(pages) == []


CONTRADICTIONS = {
    "the same picture on two pages": ('<img src=b.jpg alt="A house">', '<img src=b.jpg alt="A barn">', True),
    "the same words": ('<img src=b.jpg alt="A house">', '<img src=b.jpg alt="a  house.">', False),
    "one says more": ('<img src=b.jpg alt="A house">', '<img src=b.jpg alt="A house in snow">', False),
    "one is decorative there": ('<img src=b.jpg alt="A house">', '<img src=b.jpg alt="">', False),
    "one says nothing": ('<img src=b.jpg alt="A house">', '<img src=b.jpg alt="b.jpg">', False),
    "two languages": (
        '<p lang=en><img src=b.jpg alt="A house">',
        '<p lang=de><img src=b.jpg alt="Ein Haus">',
        False,
    ),
    "two links": (
        '<a href=/1><img src=b.jpg alt="Home"></a>',
        '<a href=/2><img src=b.jpg alt="Contact"></a>',
        False,
    ),
    "a template": ('<img src=b.jpg alt="A house">', '<img src=b.jpg alt="{{ page.title }}">', False),
    "pictures that are missing": ('<img src=x.jpg alt="A house">', '<img src=x.jpg alt="A barn">', False),
}


@pytest.mark.parametrize(("one", "other", "expected"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_alternatives_contradict_each_other_for(pages, one, other, expected):
    pages.write(one_html=one, two_html=other)
    both = [("one.html", "contradictory-alt"), ("two.html", "contradictory-alt")]
    assert [each[:2] for each in found(pages)] == (both if expected else [])


def test_what_contradicts_an_accepted_alternative_is_told_what_that_is(pages):
    pages.write(other_html='<img src=copy.jpg alt="A wolf">')
    assert found(pages) == [("other.html", "contradictory-alt", "A wolf", "A dog")]


def test_else_what_is_said_most_often_is_suggested(pages):
    pages.write(
        one_html='<img src=b.jpg alt="A house"><img src=b.jpg alt="A house"><img src=b.jpg alt="A shed">',
        two_html='<img src=b.jpg alt="A barn">',
    )
    told = [(alt, other) for _, _, alt, other in found(pages)]
    assert told == [("A house", "A barn")] * 2 + [("A shed", "A house"), ("A barn", "A house")]


def test_findings_stand_in_order_with_others_and_are_for_a_person(pages):
    pages.write(a_jpg=b"a cat", page_html=f"<img src=b.jpg>\n{DOG}\n<img src=b.jpg>")
    (result,) = Pipeline(Settings(extend_select=ALL)).check_paths([pages.folder])
    assert [(each.line, each.rule) for each in result.findings] == [
        (1, "missing-alt"),
        (2, "stale-alt"),
        (3, "missing-alt"),
    ]
    assert {each.decision.action for each in result.findings} == {Action.REVIEW}


def test_a_text_with_a_path_is_judged_too(pages, monkeypatch):
    monkeypatch.chdir(pages.folder)
    pages.write(a_jpg=b"a cat")
    pipeline = Pipeline(Settings(select=ALL))
    assert [each.rule for each in pipeline.check_text(DOG, path="page.html").findings] == ["stale-alt"]
    assert pipeline.check_text(DOG).findings == ()


def test_several_processes_tell_the_same(pages):
    for number in range(80):
        pages.write(**{f"p{number:02}_html": f'<img src=b.jpg alt="House {number % 2}">'})
    assert found(pages, jobs=2) == found(pages)
    assert len(found(pages)) == 80
