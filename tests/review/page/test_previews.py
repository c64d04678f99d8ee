"""Pictures are made anew for the page, from inside the root of their document and nowhere else."""

import gzip
from base64 import b64encode
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from alttext import Settings
from alttext.review.page.exchange import PICTURE_POLICY
from alttext.review.page.previews import SIDES, Previews

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'


def picture_of(task, size="medium", veiled=False, **settings):
    return Previews(["."], Settings(**settings)).reply(task, size, veiled=veiled)


def opened(reply):
    return Image.open(BytesIO(reply.body))


@pytest.fixture(name="task_for")
def fixture_task_for(site, asked):
    """The task of the one image of a page."""

    def task_for(src, **files):
        site(files={"a.html": f'<img src="{src}">'} | files)
        return asked("a.html")[0]

    return task_for


def png(width, height, mode="RGB", **colors):
    data = BytesIO()
    image = Image.new(mode, (width, height), colors.get("color", 0))
    image.save(data, "PNG")
    return data.getvalue()


@pytest.mark.parametrize("size", SIDES)
def test_a_picture_is_as_large_as_it_is_shown_and_keeps_its_shape(task_for, size):
    reply = picture_of(task_for("a.png", **{"a.png": png(5000, 2500)}), size)
    assert reply.kind == "image/jpeg"
    assert opened(reply).size == (SIDES[size], SIDES[size] // 2)


def test_a_small_picture_stays_as_it_is(task_for):
    assert opened(picture_of(task_for("a.png", **{"a.png": png(30, 20)}), "medium")).size == (30, 20)


def test_transparent_parts_are_white(task_for):
    reply = picture_of(task_for("a.png", **{"a.png": png(40, 40, "RGBA", color=(0, 0, 0, 0))}))
    assert opened(reply).getpixel((20, 20)) == (255, 255, 255)


def test_what_an_author_hid_in_a_picture_is_not_passed_on(task_for):
    data = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "a secret"
    Image.new("RGB", (40, 40)).save(data, "JPEG", exif=exif)
    assert b"a secret" not in picture_of(task_for("a.jpg", **{"a.jpg": data.getvalue()})).body


def test_a_picture_in_the_document_is_shown(task_for):
    source = "data:image/png;base64," + b64encode(png(30, 20)).decode()
    assert opened(picture_of(task_for(source))).size == (30, 20)


def test_a_veiled_picture_has_hardly_anything_left_of_it(task_for):
    data = BytesIO()
    board = Image.new("RGB", (640, 640), "white")
    board.paste("black", (0, 0, 320, 640))
    for x in range(0, 640, 4):
        board.paste("red", (x, 0, x + 2, 640))
    board.save(data, "PNG")
    shown = opened(picture_of(task_for("a.png", **{"a.png": data.getvalue()}), veiled=True)).convert("RGB")
    row = [shown.getpixel((x, 100)) for x in range(60, 100)]
    steps = [abs(a - b) for left, right in pairwise(row) for a, b in zip(left, right, strict=True)]
    assert max(steps) < 24  # no stripe is left


@pytest.mark.parametrize("data", [DRAWING, gzip.compress(DRAWING)], ids=["plain", "packed"])
def test_a_drawing_is_sent_as_it_is_and_cannot_run(task_for, data):
    reply = picture_of(task_for("a.svg", **{"a.svg": data}))
    assert (reply.kind, reply.body) == ("image/svg+xml", DRAWING)
    assert reply.policy == PICTURE_POLICY


def test_a_drawing_in_the_document_is_sent_too(task_for):
    source = "data:image/svg+xml;base64," + b64encode(DRAWING).decode()
    assert picture_of(task_for(source)).body == DRAWING


NOT_SHOWN = {
    "a remote picture": ("https://example.com/a.png", {}),
    "a missing picture": ("missing.png", {}),
    "a page": ("b.html", {"b.html": "<p>A secret</p>"}),
    "a text": ("notes.txt", {"notes.txt": "A secret"}),
    "a damaged picture": ("a.png", {"a.png": png(30, 20)[:40]}),
    "no source": ("", {}),
}


@pytest.mark.parametrize(("src", "files"), NOT_SHOWN.values(), ids=NOT_SHOWN)
@pytest.mark.parametrize("veiled", [False, True])
def test_nothing_is_shown_of(task_for, src, files, veiled):
    assert picture_of(task_for(src, **files), veiled=veiled) is None


def test_nothing_is_shown_from_outside_of_the_root(site, asked, tmp_path, monkeypatch):
    site(
        files={
            "inside/.git/HEAD": "",
            "inside/a.html": '<img src="../secret.png">',
            "secret.png": png(30, 20),
        }
    )
    monkeypatch.chdir(tmp_path / "inside")
    (task,) = asked("a.html")
    assert picture_of(task) is None
    assert picture_of(replace(task, picture=None)) is None


def test_too_large_a_drawing_is_not_sent(task_for):
    task = task_for("a.svg", **{"a.svg": DRAWING + b" " * 100})
    assert picture_of(task, max_image_bytes=50) is None
