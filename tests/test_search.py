"""Pictures of documents by what they show."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from alttext import Settings
from alttext.describer import Describer
from alttext.search import TEMPLATES, Use, query_vector, search

IMAGES = Path(__file__).parents[1] / "examples" / "site" / "images"
PAGE = """<!DOCTYPE html><title>x</title>
<p><img src="cat.jpg" alt="Tom"></p>
<p><img src="coffee.jpg"></p>
<p><img src="mountain.jpg" alt=""></p>
<noscript><img src="stream.jpg"></noscript>
<p><img src="gone.jpg"> <img src="https://example.org/cat.jpg"></p>
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    return Settings(cache_dir=str(tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="module")
def describer(settings):
    return Describer(settings)


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("cat.jpg", "coffee.jpg", "mountain.jpg", "stream.jpg"):
        shutil.copy(IMAGES / name, tmp_path)
    (tmp_path / "index.html").write_text(PAGE)
    return tmp_path


@pytest.mark.parametrize(
    ("query", "best"),
    [("a cat", "cat.jpg"), ("cup of coffee", "coffee.jpg"), ("snowy mountains", "mountain.jpg")],
)
def test_what_is_asked_for_comes_first(site, describer, settings, query, best):
    found = search(query, ["."], describer, settings)
    assert found[0].path == best
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_pictures_that_are_shown_and_can_be_read_are_ranked(site, describer, settings):
    assert {each.path for each in search("cat", ["."], describer, settings)} == {
        "cat.jpg",
        "coffee.jpg",
        "mountain.jpg",
    }


def test_alternatives_are_told_as_they_are(site, describer, settings):
    found = {each.path: each.uses for each in search("cat", ["."], describer, settings)}
    assert found["cat.jpg"] == [Use("index.html", 2, "Tom")]
    assert found["coffee.jpg"] == [Use("index.html", 3, None)]
    assert found["mountain.jpg"] == [Use("index.html", 4, "")]


def test_what_is_inert_is_ranked_if_asked_for(site, describer, settings):
    included = Settings(include=("noscript",), cache_dir=settings.cache_dir)
    assert "stream.jpg" in {each.path for each in search("a river", ["."], describer, included)}


def test_a_picture_under_several_names_is_one(site, describer, settings):
    shutil.copy(site / "cat.jpg", site / "tom.jpg")
    (site / "posts.md").write_text("![Cat](tom.jpg)\n")
    (first, *_) = search("a cat", ["."], describer, settings)
    assert first.path == "cat.jpg"
    assert first.uses == [Use("index.html", 2, "Tom"), Use("posts.md", 1, "Cat")]


def test_a_document_that_cannot_be_read_is_passed_over(site, describer, settings):
    (site / "a.ipynb").write_text("{")
    assert search("a cat", ["."], describer, settings)[0].path == "cat.jpg"


def test_no_documents_have_no_pictures(tmp_path, describer, settings):
    assert search("a cat", [tmp_path], describer, settings) == []


def test_a_query_is_asked_in_every_way(describer):
    texts = describer.encoder.encode_texts([template.replace("{}", "{x} cat") for template in TEMPLATES])
    vector = query_vector(" {x} cat ", describer.encoder)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert ((texts @ vector) > 0.9).all()
