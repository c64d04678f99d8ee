"""`alttext preview`: a page as it sounds, as text and as JSON."""

import json

import pytest
from click.testing import CliRunner

from alttext.cli import cli

PAGE = """<img src="certain.png">
<a href="/"><img src="home.png"></a>
<img src="x.png" alt="Rex">
<img src="y.png" alt="">"""


def preview(*arguments):
    return CliRunner().invoke(cli, ["preview", *arguments])


def test_a_page_is_told_as_it_sounds_and_not_changed(folder):
    root = folder("certain.png", "home.png", files={"a.html": PAGE})
    result = preview("a.html")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "a.html:1:1: certain.png",
        '    before:  "unlabelled graphic; some screen readers read the file name, certain.png"',
        '    after:   "graphic, A dog."',
        "a.html:2:13: home.png",
        '    before:  "link, graphic, home.png"',
        "    after:   the same",
        "    left:    for a person: It is all that a link contains [sole-content-of-link]",
        '    or:      "link, graphic, Home", with the suggestion',
        "a.html:3:1: x.png",
        '    now:     "graphic, Rex"',
        "a.html:4:1: y.png",
        "    now:     nothing",
    ]
    assert (root / "a.html").read_text() == PAGE


def test_a_page_can_be_told_as_json(folder):
    root = folder("certain.png", "home.png", files={"a.html": PAGE})
    (page,) = json.loads(preview("a.html", "--json").stdout)["pages"]
    assert page["path"] == "a.html"
    assert page["error"] is None
    fixed, left, kept, decorative = page["images"]
    assert (fixed["action"], fixed["after"]) == ("write", "graphic, A dog.")
    assert (left["action"], left["suggested"]) == ("review", "link, graphic, Home")
    assert (kept["action"], kept["before"], kept["after"]) == (None, "graphic, Rex", "graphic, Rex")
    assert decorative["after"] == ""
    assert (root / "a.html").read_text() == PAGE


@pytest.mark.parametrize("text", ['<img src="x.png" alt="Rex">', "<p>Nothing</p>"])
def test_a_page_that_is_well_exits_with_0(folder, text):
    folder(files={"a.html": text})
    assert preview("a.html").exit_code == 0


def test_a_page_without_images_says_so(folder):
    folder(files={"a.html": "<p>Nothing</p>"})
    assert preview("a.html").stdout == "a.html: no images\n"


def test_a_page_that_cannot_be_read_exits_with_2(folder):
    folder(files={"a.ipynb": "{"})
    result = preview("a.ipynb")
    assert result.exit_code == 2
    assert result.stdout.startswith("a.ipynb: error: ")


def test_words_of_a_page_cannot_steer_a_terminal(folder):
    folder(files={"a.html": '<img src="x.png" alt="Rex \x1b[31m">'})
    assert "\x1b" not in preview("a.html").stdout
