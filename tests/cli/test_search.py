"""`alttext search`: options, forms and exit codes, with the embedded model on pictures of the sample site."""

import json
import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from alttext.cli import cli

IMAGES = Path(__file__).parents[2] / "examples" / "site" / "images"
PAGE = (
    '<p><img src="cat.jpg" alt="Tom"></p>\n<p><img src="coffee.jpg"></p>\n<p><img src="path.jpg" alt=""></p>'
)


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ALTTEXT_CACHE_DIR", str(tmp_path / "cache"))
    for name in ("cat.jpg", "coffee.jpg", "path.jpg"):
        shutil.copy(IMAGES / name, tmp_path)
    (tmp_path / "index.html").write_text(PAGE)
    return tmp_path


def search(*arguments):
    return CliRunner().invoke(cli, ["search", "--isolated", *arguments])


def test_the_best_are_listed_with_alternatives_and_places(site):
    run = search(".", "a cat", "--top", "1")
    assert run.exit_code == 0
    assert re.fullmatch(r"1  0\.\d\d  cat\.jpg\n         “Tom”\n         index\.html:1\n", run.stdout)
    assert run.stderr == "1 of 3 pictures.\n"


def test_json_tells_the_alternatives_as_they_are(site):
    run = search(".", "coffee", "--json", "-q")
    report = json.loads(run.stdout)
    assert (report["version"], report["query"], run.stderr) == (1, "coffee", "")
    assert report["images"][0]["path"] == "coffee.jpg"
    uses = {each["path"]: each["uses"] for each in report["images"]}
    assert uses["coffee.jpg"] == [{"document": "index.html", "line": 2, "alt": None}]
    assert uses["path.jpg"] == [{"document": "index.html", "line": 3, "alt": ""}]


def test_a_page_shows_the_best_side_by_side(site):
    run = search(".", "mountains", "--html", "sheet.html", "--top", "2")
    assert run.exit_code == 0
    page = BeautifulSoup((site / "sheet.html").read_text(encoding="utf-8"), "lxml")
    assert page.h2.string == "path.jpg"
    assert page.img["alt"] == "Thumbnail of path.jpg"
    assert all(image["src"].startswith("data:image/jpeg") for image in page.select("img"))
    assert len(page.select(".sheet > li")) == 2


def test_a_page_that_cannot_be_written_is_told_before_the_work(site):
    run = search(".", "a cat", "--html", "nowhere/sheet.html")
    assert (run.exit_code, run.stdout) == (2, "")
    assert "nowhere/sheet.html" in run.stderr


def test_without_a_picture_the_exit_code_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.html").write_text("<p>none</p>")
    run = search(".", "a cat")
    assert (run.exit_code, run.stdout) == (1, "")
    assert run.stderr == "alttext: no picture here can be looked at\n"
    assert search(".", "a cat", "--exit-zero").exit_code == 0


@pytest.mark.parametrize("arguments", [["a cat"], ["."], [".", " "]])
def test_both_where_and_what_are_asked_for(arguments):
    run = search(*arguments)
    assert run.exit_code == 2
    assert 'alttext search site/ "a blue dress"' in run.stderr


def test_no_picture_at_all_is_no_wish():
    assert search(".", "a cat", "--top", "0").exit_code == 2
