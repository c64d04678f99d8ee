import pytest
from bs4 import BeautifulSoup

from alttext.review.page import message


@pytest.fixture(name="about")
def fixture_about(trips, desk):
    opened = desk(".")
    (item, *_) = opened.slice(1, 2)

    def about(act):
        act(opened, item)
        return BeautifulSoup(message.about(item), "lxml"), item.task

    return about


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda desk, item: desk.answer(item, "A <dog> & I"), "WrittenA <dog> & I"),
        (lambda desk, item: desk.answer(item, ""), "Marked as decorative"),
        (lambda desk, item: desk.skip(item), "Skipped"),
    ],
)
def test_what_was_done_is_told_with_a_way_back(about, act, said):
    shown, task = about(act)
    text = shown.select_one(f"#{message.ID}").text.replace(": ", "")
    assert text == f"{said} (dog.png in a.html, line 4)"
    assert shown.form["action"] == f"/undo/{task.id}"
    assert shown.button.text == "Undo"


def test_what_was_taken_back_cannot_be_taken_back_again(about):
    shown, _ = about(lambda desk, item: (desk.answer(item, "A dog."), desk.undo(item)))
    assert shown.p.text.startswith("Taken back")
    assert shown.form is None
