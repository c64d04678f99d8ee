import io
import os
from base64 import b64decode
from dataclasses import replace

import pytest
from PIL import Image

from alttext.cli.thumbnails import Thumbnails
from alttext.config import Settings
from alttext.pipeline import Pipeline


@pytest.fixture(name="site")
def fixture_site(tmp_path, monkeypatch):
    """A folder that is a checkout of its own, and the working folder."""
    site = tmp_path / "site"
    (site / ".git").mkdir(parents=True)
    monkeypatch.chdir(site)
    return site


def thumbnail(source, paths=(), document="index.html", **settings):
    result = Pipeline(Settings()).check_text(f'<img src="{source}">')
    made = Thumbnails(paths, Settings(**settings))
    return made(replace(result, path=document), result.findings[0])


def draw(path, size=(640, 320), mode="RGB"):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new(mode, size, "teal").save(path)


def opened(made):
    head, _, body = made.uri.partition(",")
    assert head == "data:image/jpeg;base64"
    return Image.open(io.BytesIO(b64decode(body)))


@pytest.mark.parametrize(
    ("size", "pixels", "shown"),
    [
        ((640, 320), (192, 96), (96, 48)),
        ((100, 50), (100, 50), (50, 25)),
        ((1, 1), (1, 1), (1, 1)),
        ((4000, 2), (192, 1), (96, 1)),
    ],
)
def test_a_thumbnail_keeps_proportions_and_is_small(site, size, pixels, shown):
    draw(site / "a.png", size)
    made = thumbnail("a.png")
    assert (opened(made).size, (made.width, made.height)) == (pixels, shown)


def test_noise_does_not_make_a_report_large(site):
    Image.frombytes("RGB", (512, 512), os.urandom(512 * 512 * 3)).save(site / "a.png")
    assert len(thumbnail("a.png").uri) < 44_000


def test_transparency_is_white_as_on_a_page(site):
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(site / "a.png")
    assert min(opened(thumbnail("a.png")).convert("RGB").getpixel((4, 4))) > 250


def test_a_path_from_the_root_of_the_site_is_followed(site):
    draw(site / "static" / "a.png")
    assert thumbnail("/a.png", document="posts/a.md")
    assert thumbnail("/a.png", document="posts/a.md", site_root=str(site / "static"))


NO_PICTURES = {
    "missing": "gone.jpg",
    "remote": "https://example.org/a.jpg",
    "outside": "../outside.jpg",
    "a drawing": "a.svg",
    "damaged": "damaged.jpg",
    "a template": "{{ page.image }}",
    "without a source": "",
}


@pytest.mark.parametrize("case", NO_PICTURES)
def test_other_pictures_have_none(site, case):
    draw(site.parent / "outside.jpg")
    (site / "damaged.jpg").write_bytes(b"\xff\xd8\xff\xe0 not more")
    (site / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><title>Chart</title></svg>')
    assert thumbnail(NO_PICTURES[case]) is None


def test_pictures_outside_stay_out_of_the_report_even_if_they_may_be_described(site):
    draw(site.parent / "outside.jpg")
    assert thumbnail("../outside.jpg", allow_outside_root=True) is None


def test_a_folder_that_was_named_is_the_root_of_its_documents(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    draw(tmp_path / "site" / "images" / "a.jpg")
    document = str(tmp_path / "site" / "posts" / "a.html")
    assert thumbnail("../images/a.jpg", [str(tmp_path / "site")], document)
    assert thumbnail("../images/a.jpg", [], document) is None


def test_a_picture_above_the_limits_is_not_opened(site):
    draw(site / "a.png")
    assert thumbnail("a.png", max_image_pixels=640 * 320 - 1) is None
    assert thumbnail("a.png", max_image_bytes=10) is None
