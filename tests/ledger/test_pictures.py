"""A picture is known by its bytes, whatever the document calls it."""

import os
from base64 import b64encode
from hashlib import sha256

import pytest

import alttext
from alttext.config import Settings
from alttext.ledger.pictures import Pictures

BYTES = b"a picture"
DIGEST = sha256(BYTES).hexdigest()
EMBEDDED = f"data:image/png;base64,{b64encode(BYTES).decode()}"

SOURCES = {
    "a file beside the document": ("a.jpg", DIGEST),
    "a file below the root of the site": ("/blog/a.jpg", DIGEST),
    "a file with a query": ("a.jpg?v=2", DIGEST),
    "the same bytes under another name": ("copy.jpg", DIGEST),
    "bytes in the document": (EMBEDDED, DIGEST),
    "a file that is missing": ("b.jpg", ""),
    "a file on another server": ("https://example.org/a.jpg", ""),
    "a template": ("{{ image }}", ""),
    "a folder": (".", ""),
    "something outside of the project": ("../../outside.jpg", ""),
    "broken bytes in the document": ("data:image/png;base64,!", ""),
    "nothing": ("", ""),
}


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "site" / "blog"
    folder.mkdir(parents=True)
    (tmp_path / "outside.jpg").write_bytes(BYTES)
    for name in ("a.jpg", "copy.jpg"):
        (folder / name).write_bytes(BYTES)
    return folder


def digest(folder, markup, **settings):
    (ref,) = alttext.find_images(markup)
    return Pictures(folder.parent, Settings(**settings)).digest(ref, folder / "page.html")


@pytest.mark.parametrize(("source", "expected"), SOURCES.values(), ids=SOURCES)
def test_the_hash_is_that_of(folder, source, expected):
    assert digest(folder, f'<img src="{source}" alt="A dog">') == expected


def test_pictures_outside_are_read_where_that_is_allowed(folder):
    markup = '<img src="../../outside.jpg">'
    assert digest(folder, markup, allow_outside_root=True) == DIGEST


def test_of_a_lazy_picture_what_stands_in_for_it_does_not_count(folder):
    stand_in = f"data:image/gif;base64,{b64encode(b'dot').decode()}"
    assert digest(folder, f'<img src="{stand_in}" data-src="a.jpg">') == DIGEST


def test_a_document_outside_of_the_ledger_still_finds_its_pictures(folder, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (ref,) = alttext.find_images('<img src="a.jpg">')
    assert Pictures(elsewhere, Settings()).digest(ref, folder / "page.html") == DIGEST


def test_a_picture_that_git_lfs_has_not_fetched_is_known_all_the_same(folder):
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{DIGEST}\nsize 9\n"
    (folder / "a.jpg").write_bytes(pointer.encode())
    assert digest(folder, '<img src="a.jpg">') == DIGEST


@pytest.mark.parametrize(("content", "same"), [(b"<svg>\r\n</svg>", True), (b"\x89PNG\r\n\x1a\n\0", False)])
def test_a_drawing_may_end_its_lines_as_the_machine_does_and_a_photograph_may_not(folder, content, same):
    (folder / "a.jpg").write_bytes(content)
    (folder / "copy.jpg").write_bytes(content.replace(b"\r\n", b"\n"))
    pair = {digest(folder, f'<img src="{name}">') for name in ("a.jpg", "copy.jpg")}
    assert len(pair) == (1 if same else 2)


def test_a_large_picture_is_read_to_its_end(folder):
    (folder / "a.jpg").write_bytes(b"\0" * 100_000 + b"end")
    assert digest(folder, '<img src="a.jpg">') == sha256(b"\0" * 100_000 + b"end").hexdigest()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_is_not_waited_for(folder):
    os.mkfifo(folder / "pipe.jpg")
    assert digest(folder, '<img src="pipe.jpg">') == ""


def test_a_file_is_read_once_in_a_run(folder):
    pictures = Pictures(folder.parent, Settings())
    (ref,) = alttext.find_images('<img src="a.jpg">')
    assert pictures.digest(ref, folder / "page.html") == DIGEST
    (folder / "a.jpg").write_bytes(b"changed meanwhile")
    assert pictures.digest(ref, folder / "other.html") == DIGEST
