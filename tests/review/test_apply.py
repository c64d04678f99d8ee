"""What was decided in a file ends up in the documents; what no longer fits does not."""

from pathlib import Path

import pytest
from msgspec import structs

from alttext import Settings
from alttext.errors import ParseError
from alttext.review import suggestions
from alttext.review.apply import Status, apply, still_fits

PAGE = '<p>One <img src="a.png"> two</p>\r\n<p><a href="/x"><img src=b.png></a></p>\r\n'


@pytest.fixture
def decide(site, asked):
    """Makes a page and decides on its images: (decision, alt) for each."""

    def make(*decisions, page=PAGE) -> list[suggestions.Suggestion]:
        root = site("a.png", "b.png", files={"pages/a.html": page.replace("a.png", "../a.png")})
        rows = [suggestions.of_task(task, root) for task in asked("pages")]
        assert len(rows) == len(decisions)
        return [
            structs.replace(row, decision=decision, alt=alt)
            for row, (decision, alt) in zip(rows, decisions, strict=True)
        ]

    return make


def statuses(applied):
    return [outcome.status for each in applied for outcome in each.outcomes]


def page() -> str:
    return Path("pages/a.html").read_bytes().decode().replace("../a.png", "a.png")


def test_what_was_accepted_is_written_and_nothing_else(decide):
    rows = decide(("accept", "A dog"), ("accept", "Home"))
    assert statuses(apply(rows, Path(), Settings())) == [Status.WRITTEN, Status.WRITTEN]
    expected = PAGE.replace('"a.png"', '"a.png" alt="A dog"').replace("b.png", 'b.png alt="Home"')
    assert page() == expected


def test_decorative_is_an_empty_alternative_whatever_was_suggested(decide):
    rows = decide(("decorative", "A dog"), ("skip", None))
    assert statuses(apply(rows, Path(), Settings())) == [Status.WRITTEN, Status.SKIPPED]
    assert page() == PAGE.replace('"a.png"', '"a.png" alt=""')


LEFT = {
    "pending": (("pending", "A dog"), Status.PENDING),
    "skipped": (("skip", "A dog"), Status.SKIPPED),
    "white space": (("accept", "  "), Status.REFUSED),
}


@pytest.mark.parametrize(("decision", "status"), LEFT.values(), ids=LEFT)
def test_nothing_is_written_for_what_is(decide, decision, status):
    rows = decide(decision, ("pending", None))
    assert statuses(apply(rows, Path(), Settings())) == [status, Status.PENDING]
    assert page() == PAGE


CHANGED = {
    "an author has written": lambda text: text.replace('a.png"', 'a.png" alt="Rex"'),
    "the tag has changed": lambda text: text.replace("<img src=", "<img id=x src="),
    "the image is gone": lambda text: text.replace('<img src="../a.png">', ""),
}


@pytest.mark.parametrize("change", CHANGED.values(), ids=CHANGED)
def test_stale_suggestions_are_told_and_not_written(decide, change):
    rows = decide(("accept", "A dog"), ("pending", None))
    path = Path("pages/a.html")
    path.write_bytes(change(path.read_bytes().decode()).encode())
    before = path.read_bytes()
    (applied,) = apply(rows, Path(), Settings())
    assert [outcome.status for outcome in applied.outcomes] == [Status.STALE, Status.PENDING]
    assert applied.outcomes[0].why
    assert path.read_bytes() == before


def test_a_picture_that_was_replaced_makes_its_suggestion_stale(decide):
    rows = decide(("accept", "A dog"), ("accept", "Home"))
    Path("a.png").write_bytes(Path("b.png").read_bytes())
    assert statuses(apply(rows, Path(), Settings())) == [Status.STALE, Status.WRITTEN]
    assert page() == PAGE.replace("b.png", 'b.png alt="Home"')


def test_a_document_that_is_gone_is_stale(decide):
    rows = decide(("accept", "A dog"), ("pending", None))
    Path("pages/a.html").unlink()
    assert statuses(apply(rows, Path(), Settings())) == [Status.STALE, Status.PENDING]
    assert not Path("pages/a.html").exists()


def test_applying_twice_changes_nothing_more(decide):
    rows = decide(("accept", "A dog"), ("accept", "Home"))
    assert set(statuses(apply(rows, Path(), Settings()))) == {Status.WRITTEN}
    once = page()
    assert set(statuses(apply(rows, Path(), Settings()))) == {Status.ALREADY}
    assert page() == once


def test_two_answers_to_one_image_are_not_both_written(decide):
    first, other = decide(("accept", "A dog"), ("pending", None))
    rows = [first, structs.replace(first, alt="A cat"), other]
    assert statuses(apply(rows, Path(), Settings())) == [Status.WRITTEN, Status.STALE, Status.PENDING]
    assert 'alt="A dog"' in page()


def test_a_dry_run_tells_the_same_and_writes_nothing(decide):
    rows = decide(("accept", "A dog"), ("accept", "Home"))
    (applied,) = apply(rows, Path(), Settings(), write=False)
    assert {outcome.status for outcome in applied.outcomes} == {Status.WRITTEN}
    assert applied.result.changed
    assert page() == PAGE


def test_a_read_only_document_is_refused_whole(decide):
    rows = decide(("accept", "A dog"), ("accept", "Home"))
    Path("pages/a.html").chmod(0o444)
    (applied,) = apply(rows, Path(), Settings())
    assert {outcome.status for outcome in applied.outcomes} == {Status.REFUSED}
    assert not applied.result.changed
    assert page() == PAGE


def test_nothing_is_written_if_one_document_is_outside_of_the_site(decide):
    rows = decide(("accept", "A dog"), ("accept", "Home"))
    rows[1] = structs.replace(rows[1], path="../a.html")
    with pytest.raises(ParseError):
        list(apply(rows, Path(), Settings()))
    assert page() == PAGE


def test_a_suggestion_fits_as_long_as_its_image_is_there(decide):
    first, _ = decide(("accept", "A dog"), ("pending", None))
    assert still_fits(first, Path(), Settings())
    list(apply([first], Path(), Settings()))
    assert not still_fits(first, Path(), Settings())
