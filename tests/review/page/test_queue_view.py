"""The queue shows where one is, what became of everything, and never more than fits on a page."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from alttext.review.page import queue_view
from alttext.review.page.desk import Desk
from alttext.types import FileResult


def page(desk, number=1):
    return BeautifulSoup(queue_view.page(desk, number).main, "lxml")


def listed(soup):
    return [name.text for name in soup.select("li .name")]


@pytest.fixture(name="many")
def fixture_many(trips, desk, asked):
    """Opens a desk with as many tasks as wanted."""

    def many(number):
        (task, *_) = asked(".")
        opened = Desk()
        opened.collect(replace(task, id=f"{at:016}") for at in range(1, number + 1))
        return opened

    return many


@pytest.mark.parametrize(
    ("total", "at", "first", "last"), [(3, 1, 1, 3), (50, 1, 1, 10), (50, 20, 17, 26), (50, 50, 41, 50)]
)
def test_beside_a_task_are_its_neighbours(many, total, at, first, last):
    opened = many(total)
    soup = BeautifulSoup(queue_view.beside(opened, opened.item(f"{at:016}")), "lxml")
    numbers = [int(link["href"].split("/")[2].split("#")[0]) for link in soup.select("li a")]
    assert numbers == list(range(first, last + 1))
    assert soup.ol["start"] == str(first)
    assert [link["href"] for link in soup.select('[aria-current="page"]')] == [f"/task/{at:016}#task"]


def test_what_became_of_a_task_is_told_in_words(trips, desk):
    opened = desk(".")
    dog, home, cat = opened.slice(1, 4)
    opened.answer(dog, "A dog.")
    opened.answer(home, "")
    opened.skip(cat)
    assert [badge.text for badge in page(opened).select(".badge")] == ["written", "decorative", "skipped"]


def test_documents_are_headings_and_their_images_are_below(site, desk):
    site(
        "dog.png",
        files={"a.html": '<img src="dog.png">', "b&c.html": '\n<img src="dog.png"><img src="dog.png">'},
    )
    sections = page(desk(".")).select("section")
    assert [section.h2.text for section in sections] == ["a.html", "b&c.html"]
    assert [len(section.select("li")) for section in sections] == [1, 2]
    assert sections[1].ol["start"] == "2"
    assert sections[1].select_one("li .quiet").text == "b&c.html, line 2"


def test_a_long_queue_has_pages(many):
    opened = many(queue_view.OF_A_PAGE * 2 + 1)
    for number, length, ways in (
        (1, queue_view.OF_A_PAGE, {"next"}),
        (2, queue_view.OF_A_PAGE, {"prev", "next"}),
        (3, 1, {"prev"}),
    ):
        soup = page(opened, number)
        assert len(soup.select("li")) == length
        assert {link["rel"][0] for link in soup.select(".pages a")} == ways
    assert listed(page(opened, 99)) == listed(page(opened, 3))
    assert not page(many(3)).select(".pages")


def test_while_nothing_is_found_yet_it_says_so():
    soup = page(Desk())
    assert soup.h1.text == "Looking at pictures …"
    assert soup.select_one('#waiting a[href="/"]')


def test_nothing_to_do_is_good_news():
    opened = Desk()
    opened.collect([])
    assert page(opened).h1.text == "Nothing to review"


@pytest.mark.parametrize("skips", [False, True])
def test_the_end_tells_whether_something_is_left(trips, desk, skips):
    opened = desk(".")
    *most, last = opened.slice(1, 4)
    for item in most:
        opened.answer(item, "")
    opened.skip(last) if skips else opened.answer(last, "A cat.")
    soup = page(opened)
    assert soup.h1.text == ("Queue" if skips else "All images are answered")
    assert ("1 skipped." in soup.select_one(".lead").text) is skips
    assert soup.select_one("#undo")  # of the last one


def test_what_could_not_be_read_is_told():
    opened = Desk()
    opened.collect([FileResult("a<b>.html", error="not a <page>")])
    opened.failure = "no model"
    errors = [error.text for error in page(opened).select(".error")]
    assert errors == ["No more images can be looked at: no model", "a<b>.html cannot be read: not a <page>"]
