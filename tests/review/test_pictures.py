"""The picture of a task is the one that was described, and none from outside or from elsewhere."""

import os
from pathlib import Path

import pytest
from PIL import Image

from alttext import Settings, find_images
from alttext.review import pictures

FOUND = {
    "a relative path": ('<img src="a.png">', "a.png"),
    "a path from the root": ('<img src="/img/b.png">', "img/b.png"),
    "the picture and not its stand-in": ('<img src="tiny.png" data-src="a.png">', "a.png"),
    "the one of two that exists": ('<img src="gone.png" data-src="a.png">', "a.png"),
    "the first if none can be opened": ('<img src="broken.png" srcset="text.png 2x">', "broken.png"),
}
NOT_FOUND = {
    "another server": '<img src="https://example.com/a.png">',
    "a missing file": '<img src="gone.png">',
    "a file outside the root": '<img src="../../outside.png">',
    "a picture in the document": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    "a template": '<img src="{{ src }}">',
    "a folder": '<img src="img/">',
    "no source": "<img>",
}


@pytest.fixture
def folder(tmp_path) -> Path:
    root = tmp_path / "root"
    (root / "img").mkdir(parents=True)
    for name, side in {"a.png": 80, "img/b.png": 90, "tiny.png": 1, "../outside.png": 80}.items():
        Image.new("RGB", (side, side)).save(root / name)
    for name in ("broken.png", "text.png"):
        (root / name).write_text("no picture")
    return root


def found(markup: str, folder: Path) -> Path | None:
    (ref,) = find_images(markup)
    return pictures.find(ref, folder / "a.html", folder, Settings())


@pytest.mark.parametrize(("markup", "name"), FOUND.values(), ids=FOUND)
def test_the_picture_is(folder, markup, name):
    assert found(markup, folder) == folder / name


@pytest.mark.parametrize("markup", NOT_FOUND.values(), ids=NOT_FOUND)
def test_there_is_no_picture_for(folder, markup):
    assert found(markup, folder) is None


def test_the_digest_is_that_of_the_bytes(folder):
    (folder / "a.png").write_bytes(b"abc")
    assert pictures.digest(folder / "a.png").startswith("ba7816bf")
    assert pictures.digest(folder / "gone.png") == ""
    assert pictures.digest(None) == ""


def test_what_is_no_regular_file_is_not_read(folder):
    os.mkfifo(folder / "pipe.png")
    assert pictures.digest(folder / "pipe.png") == ""
    assert pictures.digest(folder) == ""
