"""A page is known by its first heading, else by its title."""

import os

import pytest

from alttext.documents import page_title

NAMED = {
    "a heading": ("<title>About - Site</title><h1>About us</h1>", "About us"),
    "the first of several headings": ("<h1>One</h1><h1>Two</h1>", "One"),
    "a heading with markup": ("<h1>\n  About <em>us</em>\n</h1>", "About us"),
    "a title where there is no heading": ("<title>About us</title><p>Text", "About us"),
    "a title where the heading is empty": ("<title>About us</title><h1><img src=x></h1>", "About us"),
    "broken markup": ("<h1>About us<p><table></h1", "About us"),
    "a declared encoding": ('<meta charset="iso-8859-1"><h1>Caf\xe9</h1>', "Caf\xe9"),
}
NAMELESS = {
    "nothing": "",
    "no heading and no title": "<h2>About us</h2><p>Text",
    "a heading that is a text of its own": f"<h1>{'word ' * 40}</h1>",
}


@pytest.mark.parametrize(("markup", "name"), NAMED.values(), ids=NAMED)
def test_a_page_is_named_by(tmp_path, markup, name):
    (tmp_path / "page.html").write_bytes(markup.encode("latin-1"))
    assert page_title.of(tmp_path / "page.html") == name


@pytest.mark.parametrize("markup", NAMELESS.values(), ids=NAMELESS)
def test_a_page_has_no_name_with(tmp_path, markup):
    (tmp_path / "page.html").write_text(markup)
    assert page_title.of(tmp_path / "page.html") == ""


def test_a_folder_is_its_index_page(tmp_path):
    (tmp_path / "index.html").write_text("<h1>Start</h1>")
    assert page_title.of(tmp_path) == "Start"


def test_what_is_no_page_has_no_name(tmp_path):
    (tmp_path / "picture.jpg").write_bytes(b"<h1>Start</h1>")
    assert page_title.of(tmp_path / "picture.jpg") == ""
    assert page_title.of(tmp_path / "missing.html") == ""
    assert page_title.of(tmp_path) == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.html")
    assert page_title.of(tmp_path / "pipe.html") == ""
