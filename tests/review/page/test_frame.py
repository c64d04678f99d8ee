"""What all pages have: one look, no content from elsewhere, and what people without a mouse need."""

import re

import pytest
from bs4 import BeautifulSoup

from alttext.review.page import frame
from alttext.review.page.desk import Progress
from alttext.review.page.frame import Page

PAGE = Page("Image <1>", '<h1 id="task">Image</h1>\n', "task", '<nav aria-label="Queue"></nav>')
BUSY, DONE = Progress(12, 3, 1, 2, is_looking=True), Progress(0, 0, 0, 0, is_looking=False)


def shown(progress=BUSY):
    return BeautifulSoup(frame.document(PAGE, progress), "lxml")


def test_a_page_has_its_landmarks_its_language_and_a_way_past_the_banner():
    page = shown()
    assert page.html["lang"] == "en"
    assert page.title.text == "Image <1> – alttext review"
    assert [tag.name for tag in page.body.find_all(["header", "main", "nav", "footer"])] == [
        "header",
        "main",
        "nav",
        "footer",
    ]
    assert page.select_one("body > a:first-child")["href"] == "#task"
    assert page.main.select_one("[role=status]").text == ""


@pytest.mark.parametrize(
    ("progress", "said", "is_looking"),
    [(BUSY, "4 of 12 answered so far", True), (DONE, "0 of 0 answered", False)],
)
def test_the_progress_is_told(progress, said, is_looking):
    page = shown(progress)
    assert page.select_one("label[for=progress]").text == said
    assert page.progress["value"] == str(progress.answered)
    assert int(page.progress["max"]) > 0
    assert page.select_one("#looking").has_attr("hidden") is not is_looking


def test_nothing_is_inline_and_nothing_comes_from_elsewhere():
    page = shown()
    assert not page.find_all(style=True)
    assert not page.find_all("style")
    assert all(not script.text and script["src"].startswith("/") for script in page.find_all("script"))
    assert all(link["href"].startswith("/") for link in page.find_all("link"))
    assert b"url(" not in frame.style()
    assert b"@import" not in frame.style()
    fetched = re.findall(r"""["'`](https?:[^"'`]*)""", frame.script().decode())
    assert fetched == []


def test_all_keys_that_are_listened_to_are_told():
    told = {key for kbd in shown().find_all("kbd") for key in kbd.text.lower().split(", ") if len(key) == 1}
    heard = set(re.findall(r"^  ([a-z]): \(\) =>", frame.script().decode(), re.MULTILINE))
    assert told == heard


@pytest.mark.parametrize(
    "feature", ["prefers-color-scheme: dark", "prefers-reduced-motion", "forced-colors", "print"]
)
def test_the_style_minds_what_people_need(feature):
    assert feature in frame.style().decode()


def test_the_icon_is_a_drawing():
    assert BeautifulSoup(frame.icon(), "xml").svg
