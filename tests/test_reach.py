"""The settings say where pictures are looked for, and how large they may be."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from alttext import ImageError, Settings, find_images, reach
from alttext.ranking import locate
from alttext.types import Placed


@pytest.fixture
def site(tmp_path):
    """A folder of pages with the root of a site and a picture beside it."""
    for name in ("pages/a.png", "static/a.png", "outside.png"):
        file = tmp_path / "site" / name if name != "outside.png" else tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (80, 60)).save(file)
    return tmp_path / "site"


def ref_of(src, base=""):
    (ref,) = find_images(f"<base href='{base}'><img src='{src}'>" if base else f"<img src='{src}'>")
    return ref


def options(site, **given):
    return Settings(
        **{name: str(site / value) if name == "site_root" else value for name, value in given.items()}
    )


FOUND = {
    "beside the page": ("a.png", "", {}, "pages/a.png"),
    "below the address of its base": ("a.png", "../static/", {}, "static/a.png"),
    "from the root of the site": ("/a.png", "", {"site_root": "static"}, "static/a.png"),
    "outside, where that is allowed": (
        "../../outside.png",
        "",
        {"allow_outside_root": True},
        "../outside.png",
    ),
}


@pytest.mark.parametrize(("src", "base", "given", "name"), FOUND.values(), ids=FOUND)
def test_a_picture_is_found(site, src, base, given, name):
    ref, page, settings = ref_of(src, base), site / "pages" / "page.html", options(site, **given)
    file = (site / name).resolve()
    assert locate.find(src, reach.place(ref, page, site, settings)) == file
    assert reach.load(Placed(ref, page, site), reach.decode_options(settings)).path == file


def test_nothing_outside_of_the_root_is_read_unless_that_is_allowed(site):
    placed = Placed(ref_of("../../outside.png"), site / "pages" / "page.html", site)
    with pytest.raises(ImageError, match="outside"):
        reach.load(placed, reach.decode_options(Settings()))


@pytest.mark.parametrize("limit", [{"max_image_bytes": 10}, {"max_image_pixels": 10}])
def test_a_picture_beyond_a_limit_is_too_large(site, limit):
    placed = Placed(ref_of("a.png"), site / "pages" / "page.html", site)
    with pytest.raises(ImageError) as caught:
        reach.load(placed, reach.decode_options(Settings(**limit)))
    assert caught.value.reason == "image-too-large"


def test_a_picture_is_reduced_to_what_is_enough(site):
    placed = Placed(ref_of("a.png"), site / "pages" / "page.html", site)
    assert reach.load(placed, reach.decode_options(Settings())).pixels.size == (80, 60)
    assert reach.load(placed, reach.decode_options(Settings(), min_side=10)).pixels.size == (27, 20)


def test_looking_for_a_picture_loads_nothing_that_decodes_one():
    code = "import sys, alttext.reach; print('PIL' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    assert run.stdout.strip() == "False"
