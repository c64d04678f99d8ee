"""Tasks come while answers are given; every answer can be taken back, in any order."""

import pytest

from alttext.errors import ModelError, StaleError, WriteError
from alttext.review.page.desk import Desk, Progress, State
from alttext.types import FileResult

TWO = '<img src="a.png">\n<img src="b.png">\n'


@pytest.fixture(name="two")
def fixture_two(site, desk):
    """A desk with two tasks of one document, and the document."""
    root = site("a.png", "b.png", files={"a.html": TWO})
    opened = desk("a.html")
    return opened, *opened.slice(1, 3), root / "a.html"


def test_a_desk_without_anything_on_it_is_looking():
    assert Desk().progress == Progress(0, 0, 0, 0, is_looking=True)


def test_tasks_are_numbered_in_the_order_of_the_documents(trips, desk):
    opened = desk(".")
    items = opened.slice(1, 9)
    assert [(item.number, item.task.ref.src) for item in items] == [
        (1, "dog.png"),
        (2, "home.png"),
        (3, "cat.png"),
    ]
    assert [opened.item(item.task.id) for item in items] == items
    assert opened.progress == Progress(3, 0, 0, 0, is_looking=False)
    assert opened.item("unknown") is None


@pytest.mark.parametrize(
    ("start", "stop", "expected"), [(1, 3, [1, 2]), (-5, 2, [1]), (3, 9, [3]), (4, 9, []), (0, 1, [])]
)
def test_a_part_of_the_queue_has_the_numbers_that_were_asked_for(trips, desk, start, stop, expected):
    assert [item.number for item in desk(".").slice(start, stop)] == expected


def test_the_same_image_is_asked_about_once(trips, desk, asked):
    opened = desk(".")
    opened.collect(asked("."))
    assert opened.progress.total == 3


def test_documents_that_cannot_be_read_are_kept_apart():
    opened, broken = Desk(), FileResult("a.html", error="broken")
    opened.collect([broken])
    assert opened.unreadable == [broken]
    assert opened.progress.total == 0


def test_a_failure_ends_the_search_and_is_told(trips, asked):
    def found():
        yield from asked(".")[:1]
        raise ModelError("no model; install one")

    opened = Desk()
    opened.collect(found())
    assert opened.progress == Progress(1, 0, 0, 0, is_looking=False)
    assert opened.failure == "no model; install one"


def test_a_closed_desk_takes_nothing_more_and_ends_the_search(trips, asked):
    ended = []

    def found():
        try:
            for task in asked("."):
                yield task
                opened.close()
        finally:
            ended.append(True)

    opened = Desk()
    opened.collect(found())
    assert opened.progress.total == 1
    assert ended


class TestAnswering:
    @pytest.mark.parametrize(("alt", "state"), [("A dog.", State.WRITTEN), ("", State.DECORATIVE)])
    def test_an_answer_is_in_the_document_at_once(self, two, alt, state):
        desk, first, _, page = two
        desk.answer(first, alt)
        assert page.read_text() == TWO.replace('"a.png"', f'"a.png" alt="{alt}"')
        assert (first.state, desk.last) == (state, first)
        assert desk.progress.answered == 1
        assert desk.progress.left == 1

    def test_another_answer_takes_the_place_of_the_first(self, two):
        desk, first, _, page = two
        desk.answer(first, "A dog.")
        desk.answer(first, "A cat.")
        assert page.read_text() == TWO.replace('"a.png"', '"a.png" alt="A cat."')
        assert desk.progress.written == 1

    def test_an_answer_that_cannot_be_written_leaves_the_one_before(self, two):
        desk, first, second, page = two
        desk.answer(first, "A dog.")
        desk.answer(second, "A cat.")
        before = page.read_text()
        with pytest.raises(WriteError):
            desk.answer(first, " ")
        assert sorted(page.read_text()) == sorted(before)
        assert page.read_text() == before
        assert first.state is State.WRITTEN

    def test_a_document_that_has_changed_at_the_image_is_left_alone(self, two):
        desk, first, _, page = two
        page.write_text("<p>All new</p>")
        with pytest.raises(StaleError):
            desk.answer(first, "A dog.")
        assert page.read_text() == "<p>All new</p>"
        assert (first.state, desk.last) == (State.OPEN, None)


class TestTakingBack:
    @pytest.mark.parametrize("alt", ["A dog.", ""])
    def test_the_bytes_are_as_before(self, two, alt):
        desk, first, _, page = two
        desk.answer(first, alt)
        assert desk.undo(first) == []
        assert page.read_text() == TWO
        assert (first.state, desk.last) == (State.OPEN, None)

    def test_later_answers_to_the_document_stay(self, two):
        desk, first, second, page = two
        desk.answer(first, "A dog.")
        desk.answer(second, "")
        assert desk.undo(first) == []
        assert page.read_text() == TWO.replace('"b.png"', '"b.png" alt=""')
        assert (first.state, second.state) == (State.OPEN, State.DECORATIVE)
        desk.undo(second)
        assert page.read_text() == TWO

    def test_nothing_is_taken_back_if_somebody_else_has_changed_the_document(self, two):
        desk, first, second, page = two
        desk.answer(first, "A dog.")
        desk.answer(second, "A cat.")
        changed = page.read_text() + "<p>New</p>"
        page.write_text(changed)
        with pytest.raises(StaleError):
            desk.undo(first)
        assert page.read_text() == changed
        assert (first.state, second.state) == (State.WRITTEN, State.WRITTEN)

    def test_what_was_skipped_is_open_again(self, two):
        desk, first, _, _ = two
        desk.skip(first)
        assert (first.state, desk.last, desk.progress.skipped) == (State.SKIPPED, first, 1)
        desk.undo(first)
        assert (first.state, desk.progress.skipped) == (State.OPEN, 0)


def test_what_is_answered_cannot_be_skipped(two):
    desk, first, _, _ = two
    desk.answer(first, "A dog.")
    desk.skip(first)
    assert first.state is State.WRITTEN


class TestTheWay:
    def test_neighbours_are_those_in_the_queue(self, two):
        desk, first, second, _ = two
        assert (desk.beside(first, -1), desk.beside(first, 1)) == (None, second)
        assert (desk.beside(second, -1), desk.beside(second, 1)) == (first, None)

    def test_the_next_one_is_open_and_after_the_last_comes_the_first(self, two):
        desk, first, second, _ = two
        assert desk.next_open() is first
        assert desk.next_open(first) is second
        assert desk.next_open(second) is first
        desk.skip(first)
        assert desk.next_open(second) is second
        desk.answer(second, "A cat.")
        assert desk.next_open() is None


def test_a_task_knows_what_was_written_for_its_picture_until_that_is_taken_back(site, desk):
    site("dog.png", files={"a.html": '<img src="dog.png">', "b.html": '<img src="dog.png">'})
    opened = desk("a.html", "b.html")
    first, second = opened.slice(1, 3)
    opened.answer(first, "Rex")
    assert opened.item(second.task.id).task.earlier == "Rex"
    opened.undo(first)
    assert opened.item(second.task.id).task.earlier == ""
