"""A task shows its picture and its place, and hides what may be hard to look at."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from alttext.review.page import task_view
from alttext.review.page.answer_view import Entry
from alttext.review.page.desk import Desk


def shown(desk, item, done=None):
    page = task_view.page(desk, item, Entry(), done)
    return BeautifulSoup(page.main + page.aside, "lxml")


def facts(soup):
    return {row.dt.text: row.dd.text for row in soup.select(".facts div")}


@pytest.fixture(name="first")
def fixture_first(site, desk):
    """The page of the first image of a document."""

    def first(text, change=lambda task: task):
        site("dog.png", files={"a.html": text})
        opened = Desk()
        opened.collect(change(item.task) for item in desk("a.html", certain=True).slice(1, 9))
        return shown(opened, opened.slice(1, 2)[0])

    return first


def test_the_heading_tells_which_image_it_is_and_gets_the_focus(trips, desk):
    opened = desk(".")
    soup = shown(opened, opened.slice(2, 3)[0])
    assert " ".join(soup.h1.text.split()) == "Image 2 of 3: home.png"
    assert (soup.h1["id"], soup.h1["tabindex"]) == ("task", "-1")
    assert not soup.h1.has_attr("aria-describedby")
    assert [link["rel"] for link in soup.select(".steps a")] == [["prev"], ["next"]]


def test_what_was_done_before_is_read_with_the_heading(trips, desk):
    opened = desk(".")
    dog, home = opened.slice(1, 3)
    opened.answer(dog, "A dog.")
    soup = shown(opened, home, dog)
    assert soup.find(id=soup.h1["aria-describedby"]).text.startswith("Written: A dog.")


def test_what_is_around_the_image_is_told(first):
    soup = first(
        '<html lang="en"><title>Trips</title><h1>Dogs</h1>'
        '<figure><a href="/rex">We met <img src="dog.png"> at noon</a><figcaption>Rex</figcaption></figure>'
    )
    told = facts(soup)
    assert (told["Page"], told["Heading"], told["Caption"]) == ("Trips", "Dogs", "Rex")
    assert told["Text"] == "We met picture at noon"
    assert told["Link"].startswith("to /rex, We met")
    assert told["Markup"] == '<img src="dog.png">'


def test_what_is_not_there_is_not_told(first):
    assert set(facts(first('<img src="dog.png">'))) == {"Markup"}


def test_what_is_wrong_and_why_is_told(first):
    soup = first('<a href="/"><img src="dog.png"></a>')
    assert "Image without a text alternative" in soup.select_one(".place").text
    assert "Write where the link leads" in soup.select_one(".asked").text


@pytest.mark.parametrize(
    "text",
    [
        '<title><script>alert(1)</script></title><h1>&lt;script>alert(2)&lt;/script></h1><img src="dog.png">',
        '<p>&lt;script>alert(1)&lt;/script> <img src="<script>alert(3)</script>.png"></p>',
        '<a href="javascript:alert(1)" aria-label="<script>"><img src="dog.png"></a>',
        '<img src="dog.png" alt="image" title="<script>alert(1)</script>">',
        "<img src='dog.png' onerror='alert(1)'>",
    ],
)
def test_a_hostile_page_stays_text(first, text):
    soup = first(text)
    assert not soup.find("script")
    assert not [tag for tag in soup.find_all() if any(name.startswith("on") for name in tag.attrs)]
    assert all(link["href"].startswith("/") for link in soup.find_all("a"))


def test_long_markup_is_cut(first):
    assert len(facts(first(f'<img src="dog.png" class="{"x" * 9_000}">'))["Markup"]) < 400


def test_a_picture_is_asked_for_by_the_name_of_its_task(first):
    soup = first('<img src="dog.png">')
    task_id = soup.form["data-task"]
    assert soup.select_one("#picture")["src"] == f"/picture/{task_id}?size=medium"
    assert soup.select_one("#picture")["alt"] == "The picture to describe, dog.png"


@pytest.mark.parametrize(
    ("src", "said"),
    [
        ("https://example.com/a.png", "The picture is not on this computer, and nothing is fetched here."),
        ("missing.png", "No picture can be shown."),
    ],
)
def test_a_picture_that_cannot_be_shown_is_explained(first, src, said):
    soup = first(f'<img src="{src}">')
    assert soup.select_one(".missing").text == said
    assert soup.select_one("#picture") is None


def test_a_sensitive_picture_is_veiled_until_somebody_asks(first):
    def sensitive(task):
        return replace(
            task,
            finding=replace(task.finding, decision=replace(task.finding.decision, reason="sensitive-image")),
        )

    soup = first('<img src="dog.png">', sensitive)
    assert not soup.details.has_attr("open")
    assert soup.details.find(id="picture")
    others = [image["src"] for image in soup.find_all("img") if image.get("id") != "picture"]
    assert others
    assert all("veiled=1" in src for src in others)
