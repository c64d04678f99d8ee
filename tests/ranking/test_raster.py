"""Every format, mode and limit of raster pictures, built with Pillow itself."""

import struct
import threading
import warnings
import zlib
from io import BytesIO

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from alttext.errors import ImageError
from alttext.ranking import raster

LIMIT = 80_000_000
RED, GREEN, WHITE = (255, 0, 0), (0, 128, 0), (255, 255, 255)


def saved(picture: Image.Image, kind: str, **options) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def halves(mode: str = "RGB", size: tuple[int, int] = (96, 64)) -> Image.Image:
    """A picture whose left half is red and whose right half is green."""
    picture = Image.new("RGB", size, RED)
    picture.paste(GREEN, (size[0] // 2, 0, *size))
    return picture.convert(mode)


def near(pixel, colour, tolerance=24) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(pixel, colour, strict=True))


def reason(data: bytes, limit: int = LIMIT) -> str:
    with pytest.raises(ImageError) as caught:
        raster.read(data, "a/b.png", limit)
    assert str(caught.value).startswith("a/b.png: ")
    return caught.value.reason


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *[(kind, "RGB") for kind in raster.FORMATS],
        ("PNG", "P"),
        ("GIF", "P"),
        ("TIFF", "CMYK"),
        ("JPEG", "CMYK"),
        ("TIFF", "LAB"),
        ("TIFF", "YCbCr"),
        ("PNG", "RGBA"),
        ("WEBP", "RGBA"),
        ("AVIF", "RGBA"),
    ],
)
def test_every_format_and_mode_gives_the_same_rgb_picture(kind, mode):
    picture = halves(mode) if mode != "LAB" else Image.new("LAB", (96, 64), (128, 128, 128))
    picture = raster.read(saved(picture, kind), "x", LIMIT)
    assert (picture.format, picture.animated, picture.pixels.mode) == (kind, False, "RGB")
    assert picture.pixels.size == (picture.width, picture.height)
    if mode != "LAB":
        assert near(picture.pixels.getpixel((picture.width // 4, 10)), RED, 60)
        assert near(picture.pixels.getpixel((picture.width * 3 // 4, 10)), GREEN, 60)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
@pytest.mark.parametrize("mode", ["1", "L", "LA"])
def test_grey_pictures_become_rgb(kind, mode):
    picture = raster.read(saved(Image.new(mode, (8, 8), 0 if mode != "LA" else (0, 255)), kind), "x", LIMIT)
    assert picture.pixels.getpixel((4, 4)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (np.array([[0, 65535 // 2, 65535]], np.uint16), [0, 127, 255]),
        (np.array([[0, 1, 255]], np.uint16), [0, 1, 255]),
        (np.array([[0, 1, 1]], np.uint16), [0, 1, 1]),
        (np.array([[0, 50_000, 100_000]], np.int32), [0, 127, 255]),
        (np.array([[-5, 100, 255]], np.int32), [0, 100, 255]),
        (np.array([[0.0, 0.5, 1.0]], np.float32), [0, 127, 255]),
        (np.array([[0.0, np.nan, np.inf]], np.float32), [0, 0, 0]),
        (np.array([[0.0, 0.0, 0.0]], np.float32), [0, 0, 0]),
    ],
)
def test_deep_grey_is_scaled_and_not_cut_off(values, expected):
    picture = raster.read(saved(Image.fromarray(values), "TIFF"), "x", LIMIT)
    assert [picture.pixels.getpixel((x, 0))[0] for x in range(3)] == expected


def test_sixteen_bit_png_is_scaled():
    data = saved(Image.fromarray(np.array([[0, 32768, 65535]], np.uint16)), "PNG")
    picture = raster.read(data, "x", LIMIT)
    assert [picture.pixels.getpixel((x, 0))[0] for x in range(3)] == [0, 127, 255]


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "TIFF"])
def test_transparent_parts_are_white(kind):
    picture = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    picture.paste((255, 0, 0, 255), (0, 0, 32, 64))
    picture = raster.read(saved(picture, kind), "x", LIMIT)
    assert near(picture.pixels.getpixel((8, 32)), RED)
    assert near(picture.pixels.getpixel((56, 32)), WHITE)


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_a_transparent_palette_entry_is_white(kind):
    picture = Image.new("P", (8, 8), 0)
    picture.putpalette([0, 0, 0, 255, 0, 0])
    picture.paste(1, (0, 0, 4, 8))
    picture = raster.read(saved(picture, kind, transparency=0), "x", LIMIT)
    assert picture.pixels.getpixel((1, 4)) == RED
    assert picture.pixels.getpixel((6, 4)) == WHITE


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_pictures_are_turned_upright(kind, orientation):
    # Source of how each orientation is stored: Exif 2.32, table of tag 0x0112.
    stored_from_upright = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    upright = halves()
    upright.paste((0, 0, 255), (0, 0, 48, 32))  # the top left quarter is blue
    stored = upright if stored_from_upright is None else upright.transpose(stored_from_upright)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    picture = raster.read(saved(stored, kind, exif=exif), "x", LIMIT)
    assert (picture.width, picture.height) == picture.pixels.size == (96, 64)
    assert near(picture.pixels.getpixel((12, 8)), (0, 0, 255), 60)
    assert near(picture.pixels.getpixel((12, 56)), RED, 60)
    assert near(picture.pixels.getpixel((84, 56)), GREEN, 60)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_every_frame_of_an_animation_is_turned_upright(kind):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    frames = [Image.new("RGB", (64, 96), "black"), halves().transpose(Image.Transpose.ROTATE_90)]
    data = saved(frames[0], kind, save_all=True, append_images=frames[1:], exif=exif)
    picture = raster.read(data, "x", LIMIT)
    assert (picture.width, picture.height) == picture.pixels.size == (96, 64)
    assert near(picture.pixels.getpixel((12, 32)), RED, 60)


def test_damaged_orientation_data_does_not_cost_the_picture():
    picture = raster.read(saved(halves(), "JPEG", exif=b"Exif\x00\x00MM\x00\x2a\xff\xff\xff\xff"), "x", LIMIT)
    assert picture.pixels.size == (96, 64)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize(
    "leading",
    [
        [],
        [Image.new("RGBA", (64, 64), "black")],
        [Image.new("RGBA", (64, 64), "white"), Image.new("RGBA", (64, 64), "black")],
    ],
)
def test_an_animation_shows_its_first_telling_frame(kind, leading):
    frames = [*leading, halves("RGBA", (64, 64)), Image.new("RGBA", (64, 64), "blue")]
    picture = raster.read(
        saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100), "x", LIMIT
    )
    assert picture.animated
    assert near(picture.pixels.getpixel((8, 8)), RED, 40)
    assert near(picture.pixels.getpixel((56, 8)), GREEN, 40)


def test_an_animation_that_starts_transparent_shows_its_first_telling_frame():
    frames = [Image.new("RGBA", (64, 64), (0, 0, 0, 0)), halves("RGBA", (64, 64))]
    picture = raster.read(
        saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True), "x", LIMIT
    )
    assert picture.pixels.getpixel((8, 8)) == RED


def test_an_animation_without_a_telling_frame_shows_its_first():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue", "lime")]
    picture = raster.read(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]), "x", LIMIT)
    assert picture.pixels.getpixel((4, 4)) == RED


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
@pytest.mark.parametrize(("most", "expected"), [(10 * 64 * 64, RED), (64 * 64, (0, 0, 0))])
def test_of_large_frames_fewer_are_looked_at(monkeypatch, kind, most, expected):
    monkeypatch.setattr(raster, "_MAX_FRAME_PIXELS", most)
    frames = [Image.new("RGB", (64, 64), (n, n, n)) for n in range(3)] + [halves(size=(64, 64))]
    data = saved(frames[0], kind, save_all=True, append_images=frames[1:], lossless=True)
    assert near(raster.read(data, "x", LIMIT).pixels.getpixel((8, 8)), expected)


def test_later_pages_of_a_tiff_and_views_of_a_jpeg_are_no_animation():
    pages = [halves(), Image.new("RGB", (96, 64), "blue")]
    for kind, expected in (("TIFF", "TIFF"), ("MPO", "JPEG")):
        picture = raster.read(saved(pages[0], kind, save_all=True, append_images=pages[1:]), "x", LIMIT)
        assert (picture.format, picture.animated) == (expected, False)
        assert near(picture.pixels.getpixel((8, 8)), RED)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(("side", "least"), [(0, 600), (100, 200), (200, 400), (300, 600), (5000, 600)])
def test_large_pictures_are_reduced_to_no_less_than_twice_the_needed_side(kind, side, least):
    picture = raster.read(saved(halves(size=(900, 600)), kind), "x", LIMIT, side)
    assert (picture.width, picture.height) == (900, 600)
    assert min(picture.pixels.size) >= least
    assert near(picture.pixels.getpixel((5, 5)), RED)


def test_a_large_jpeg_is_not_decoded_in_full():
    picture = raster.read(saved(halves(size=(1600, 1600)), "JPEG"), "x", LIMIT, 100)
    assert max(picture.pixels.size) < 1600


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "BMP", "TIFF"])
@pytest.mark.parametrize("keep", [0.5, 0.9])
def test_truncated_files_are_unreadable(kind, keep):
    noise = Image.effect_noise((128, 128), 80).convert("RGB")
    data = saved(noise, kind)
    assert reason(data[: int(len(data) * keep)]) == "image-unreadable"


@pytest.mark.parametrize(
    "data", [b"", b"\x00", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"not a picture"]
)
def test_scraps_are_unreadable(data):
    assert reason(data) == "image-unreadable"


@pytest.mark.parametrize("kind", ["EPS", "PPM", "TGA", "PCX", "PSD"])
def test_other_formats_that_pillow_reads_are_not_tried(kind):
    data = b"8BPS\x00\x01" if kind == "PSD" else saved(halves(), kind)
    assert reason(data) == "image-unreadable"


def png_header(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00"))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("limit", [LIMIT, 10**12])
@pytest.mark.parametrize("side", [10_000, 16_000, 60_000, 2_000_000_000])
def test_a_bomb_is_refused_by_its_header(side, limit):
    assert reason(png_header(side, side), limit) == "image-too-large"


def test_a_picture_of_just_the_limit_is_read():
    assert raster.read(saved(halves(), "PNG"), "x", 96 * 64).width == 96
    assert reason(saved(halves(), "PNG"), 96 * 64 - 1) == "image-too-large"


def test_warning_filters_are_as_before():
    before = list(warnings.filters)
    raster.read(saved(halves(), "PNG"), "x", LIMIT)
    assert reason(png_header(16_000, 16_000)) == "image-too-large"
    assert warnings.filters == before


def test_many_threads_read_at_once_and_leave_the_warning_filters_alone():
    before = list(warnings.filters)
    data = saved(Image.effect_noise((400, 400), 80), "PNG")
    sizes = []
    threads = [
        threading.Thread(target=lambda: sizes.append(raster.read(data, "x", LIMIT).width)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sizes == [400] * 8
    assert warnings.filters == before


def outcome(data: bytes) -> str:
    """The mode of the picture in `data`, or the reason why there is none."""
    try:
        return raster.read(data, "x", 1_000_000, 8).pixels.mode
    except ImageError as error:
        return error.reason


def small(kind: str, side: int = 24) -> bytes:
    frames = [Image.effect_noise((side, side), 80).convert("RGB") for _ in range(3)]
    more = {"save_all": True, "append_images": frames[1:]} if kind in {"GIF", "PNG", "WEBP", "TIFF"} else {}
    return saved(frames[0], kind, **more)


@pytest.mark.parametrize("kind", raster.FORMATS)
def test_a_picture_cut_anywhere_is_read_or_reported(kind):
    data = small(kind, 4)
    outcomes = {outcome(data[:length]) for length in range(len(data))}
    assert "image-unreadable" in outcomes
    assert outcomes <= {"RGB", "image-unreadable"}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    kind=st.sampled_from(raster.FORMATS),
    damage=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=20),
    keep=st.floats(0, 1),
)
def test_damage_of_any_kind_is_reported_as_such(kind, damage, keep):
    data = bytearray(small(kind))
    for where, value in damage:
        data[int(where * len(data))] = value
    assert outcome(bytes(data[: int(len(data) * keep)])) in {"RGB", "image-unreadable", "image-too-large"}
