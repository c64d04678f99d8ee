"""The form asks before it proposes, and tells what there is to say about a text."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from alttext.review.page import answer_view
from alttext.review.page.answer_view import Entry, look


@pytest.fixture(name="item_for")
def fixture_item_for(site, desk):
    def item_for(markup):
        site("dog.png", files={"a.html": markup})
        return desk("a.html", certain=True).slice(1, 2)[0]

    return item_for


def form(item, text="", error=""):
    parts = answer_view.phrases(item.task), answer_view.form(item, Entry(text, error))
    return BeautifulSoup("".join(parts), "lxml")


def test_the_edit_box_is_empty_at_first_and_the_suggestion_is_one_choice_of_many(item_for):
    shown = form(item_for('<img src="dog.png">'))
    assert shown.textarea.text.strip() == ""
    phrases = {button["data-phrase"] for button in shown.select(f"button.choice[form={shown.form['id']}]")}
    assert phrases == {"A dog on a beach.", "a dog", "a cat", "a beach"}
    assert [prompt.strong.text for prompt in shown.select(".prompts li")] == [
        "Subject",
        "Action",
        "Setting",
        "Point",
    ]


def test_words_that_were_written_for_the_picture_before_are_a_choice_that_says_so(item_for):
    item = item_for('<img src="dog.png">')
    item.task = replace(item.task, earlier="Rex at the lake")
    button = form(item).select_one('[data-phrase="Rex at the lake"]')
    assert " ".join(button.text.split()) == "Rex at the lake you wrote this before"


def test_every_group_and_field_has_a_name(item_for):
    shown = form(item_for('<img src="dog.png">'))
    named = [*shown.select("[aria-labelledby]"), *shown.select("[aria-describedby]")]
    for each in named:
        for attribute in ("aria-labelledby", "aria-describedby"):
            assert all(shown.find(id=name) for name in each.get(attribute, "").split())
    assert shown.find("label", attrs={"for": shown.textarea["id"]})


def test_what_was_typed_comes_back_as_it_was(item_for):
    text = '</textarea><script>alert("1")</script>'
    shown = form(item_for('<img src="dog.png">'), text)
    assert shown.textarea.text.removeprefix("\n") == text
    assert not shown.find("script")


def test_an_error_is_at_the_box(item_for):
    shown = form(item_for('<img src="dog.png">'), error="Too <bold>")
    assert shown.find(id="error").text == "Too <bold>"
    assert "error" in shown.textarea["aria-describedby"].split()
    assert shown.textarea["aria-invalid"] == "true"


def test_before_and_after_are_told(item_for):
    shown = form(item_for('<a href="/x"><img src="dog.png"></a>'), "To the dogs")
    now, then = (row.text for row in shown.select(".heard dd"))
    assert now == "link, graphic, dog.png"
    assert then == "link, graphic, To the dogs"


def test_a_mark_as_decorative_can_be_the_suggestion(item_for):
    shown = form(item_for('<a href="/x"><img src="icon-dog.svg" class="icon"> Dogs</a>'))
    assert shown.select_one(".hint").text == "Suggestion: mark it as decorative."


@pytest.mark.parametrize(
    ("markup", "offered"),
    [
        ('<img src="dog.png">', True),
        ('<input type="image" src="dog.png">', False),
        ('<div role="img" style="background: url(dog.png)"></div>', False),
    ],
)
def test_the_mark_as_decorative_is_offered_where_it_can_be_written(item_for, markup, offered):
    assert bool(form(item_for(markup)).select("#decorative")) is offered


def test_where_nothing_can_be_written_nothing_is_asked(item_for):
    shown = form(item_for('<img src="dog.png" {{ attributes }}>'))
    assert "A template decides about this image." in shown.text
    assert [button["value"] for button in shown.select("button")] == ["skip"]
    assert shown.textarea is None


def test_the_words_of_the_page_and_of_the_vocabulary_are_in_their_languages(item_for):
    shown = form(item_for('<html lang="de"><img src="dog.png">'))
    assert shown.textarea["lang"] == "de"
    assert {button.span["lang"] for button in shown.select("button.choice[value=dog]")} == {"en"}


@pytest.mark.parametrize(
    ("text", "length", "heard"),
    [
        ("", "0 characters", answer_view.NOT_YET),
        (" \n", "0 characters", answer_view.NOT_YET),
        ("X", "1 character", "graphic, X"),
        (" Rex \r\n at  home ", "11 characters", "graphic, Rex at home"),
    ],
)
def test_a_text_is_looked_at_as_it_would_be_written(item_for, text, length, heard):
    seen = look(item_for('<img src="dog.png">').task, text)
    assert (seen.length, seen.heard) == (length, heard)


def test_a_text_is_remarked_on(item_for):
    task = item_for('<img src="dog.png">').task
    assert any("Begin with what it shows" in remark for remark in look(task, "Picture of a dog").remarks)
    assert look(task, "A dog digs for a bone").remarks == ()
