"""JPEGs of many scans and TIFFs of many strips are refused before they are decoded, and no others."""

import struct
from io import BytesIO

import pytest
from PIL import Image

from alttext.errors import ImageError
from alttext.ranking import costly, raster

SCAN, END = b"\xff\xda", b"\xff\xd9"


def saved(kind, **options):
    buffer = BytesIO()
    Image.effect_noise((64, 64), 80).convert("RGB").save(buffer, kind, **options)
    return buffer.getvalue()


def with_scans(number):
    """A JPEG whose last scan is there some times more."""
    whole = saved("JPEG", progressive=True)
    return whole[:-2] + whole[whole.rindex(SCAN) : -2] * number + END


def comment(data):
    return b"\xff\xfe" + struct.pack(">H", len(data) + 2) + data


def tiff(count, *, order="<", is_big=False, tag=273):
    """The first directory of a TIFF, which says how many strips there are."""
    mark = b"II" if order == "<" else b"MM"
    if is_big:
        head = mark + struct.pack(f"{order}HHHQQ", 43, 8, 0, 16, 2)
        entry = struct.Struct(f"{order}HHQQ")
    else:
        head = mark + struct.pack(f"{order}HIH", 42, 8, 2)
        entry = struct.Struct(f"{order}HHII")
    return head + entry.pack(256, 4, 1, 1) + entry.pack(tag, 4, count, 0)


def is_refused(data):
    try:
        costly.refuse(data, "a/b.jpg")
    except ImageError:
        return True
    return False


def test_the_reason_names_the_file_and_the_next_step():
    with pytest.raises(
        ImageError, match=r"^a/b\.jpg: a JPEG of more than 64 scans, .*; save it anew$"
    ) as caught:
        costly.refuse(with_scans(70), "a/b.jpg")
    assert caught.value.reason == "image-unreadable"


@pytest.mark.parametrize(("more", "expected"), [(0, False), (40, False), (70, True), (5000, True)])
def test_a_jpeg_is_refused_for_far_more_scans_than_programs_write(more, expected):
    assert is_refused(with_scans(more)) is expected


@pytest.mark.parametrize(
    "data",
    [
        saved("JPEG") + SCAN * 1000,
        with_scans(9)[:2] + comment(SCAN * 1000) + with_scans(9)[2:],
        with_scans(9)[:-2] + b"\xff\x00" * 200 + END + SCAN * 1000,
    ],
    ids=["behind the picture", "in a comment", "behind a picture of many scans"],
)
def test_what_only_looks_like_scans_does_not_count(data):
    assert not is_refused(data)
    assert raster.read(data, "x", 10**6).format == "JPEG"


@pytest.mark.parametrize("hidden", [b"\xff\x01", b"\xff\xd0", b"\xff" * 9, b"\xff\x00"])
def test_scans_do_not_hide_behind_marks_without_a_length(hidden):
    whole = with_scans(0)
    scan = whole[whole.rindex(SCAN) : -2]
    assert is_refused(whole[:-2] + (hidden + scan) * 200 + END)


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("is_big", [False, True])
@pytest.mark.parametrize("tag", [273, 324])
@pytest.mark.parametrize(("count", "expected"), [(1, False), (9000, False), (10**6, True), (2**32 - 1, True)])
def test_a_tiff_is_refused_for_far_more_strips_or_tiles_than_it_can_need(order, is_big, tag, count, expected):
    assert is_refused(tiff(count, order=order, is_big=is_big, tag=tag)) is expected


@pytest.mark.parametrize("count", [10**6])
@pytest.mark.parametrize("tag", [279, 700, 34735])
def test_other_values_of_a_tiff_may_be_many(tag, count):
    assert not is_refused(tiff(count, tag=tag))


@pytest.mark.parametrize(
    "data", [b"", b"II", b"MM\0*", tiff(10**6)[:12], tiff(1)[:-1], b"II+\0" + b"\xff" * 40]
)
def test_scraps_are_left_to_who_decodes(data):
    assert not is_refused(data)


@pytest.mark.parametrize("kind", raster.FORMATS)
def test_usual_pictures_are_not_refused(kind):
    assert not is_refused(saved(kind))
