"""Text in pictures: what the reader of the extra makes of drawn ones, and in which order lines are read."""

import importlib.util
import re
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from alttext.errors import ModelError
from alttext.ranking import read_text
from alttext.ranking.read_text import RapidReader, in_reading_order, is_wanted
from alttext.types import TextLine

INSTALLED = importlib.util.find_spec("rapidocr") is not None
needs_extra = pytest.mark.skipif(not INSTALLED, reason="the extra ocr is not installed")


def sign(*lines, size=(640, 320), high=48, ink="black", ground="white"):
    """Lines below each other; several words in a line stand side by side if given as a tuple."""
    picture = Image.new("RGB", size, ground)
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(high)
    for row, line in enumerate(lines):
        words = line if isinstance(line, tuple) else (line,)
        for column, word in enumerate(words):
            draw.text((40 + column * 300, 40 + row * high * 2), word, ink, font)
    return picture


def line(text, box):
    return TextLine(text, 1.0, box)


def shuffled(lines):
    return np.random.default_rng(3).permutation(np.array(lines, object)).tolist()


# Whether to read

AVAILABLE = {
    ("auto", True): True,
    ("on", True): True,
    ("off", True): False,
    ("auto", False): False,
    ("off", False): False,
}


@pytest.mark.parametrize(("setting", "installed"), AVAILABLE)
def test_pictures_are_read_if_the_extra_is_there_and_not_switched_off(monkeypatch, setting, installed):
    monkeypatch.setattr(read_text, "find_spec", lambda _: SimpleNamespace() if installed else None)
    assert is_wanted(setting) is AVAILABLE[setting, installed]


def test_asking_for_an_extra_that_is_missing_tells_how_to_get_it(monkeypatch):
    monkeypatch.setattr(read_text, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match=r"pip install 'alttext-clip\[ocr\]'"):
        is_wanted("on")


def test_an_extra_that_cannot_be_loaded_is_reported_with_its_cause(monkeypatch):
    def broken(params):
        raise OSError("libGL.so.1: cannot open shared object file")

    monkeypatch.setitem(sys.modules, "rapidocr", SimpleNamespace(RapidOCR=broken))
    with pytest.raises(ModelError, match=r"rapidocr cannot be loaded \(libGL\.so\.1"):
        read_text.load()


# The order of lines: named by their place, top to bottom and left to right

LAYOUTS = {
    "one below the other": [("1", (0.1, 0.1, 0.9, 0.2)), ("2", (0.1, 0.3, 0.9, 0.4))],
    "side by side": [("1", (0.1, 0.1, 0.4, 0.2)), ("2", (0.5, 0.1, 0.9, 0.2))],
    "side by side, the right one a little higher": [
        ("1", (0.1, 0.12, 0.4, 0.22)),
        ("2", (0.5, 0.1, 0.9, 0.2)),
    ],
    "a table": [
        ("1", (0.1, 0.1, 0.3, 0.2)), ("2", (0.4, 0.1, 0.6, 0.2)),
        ("3", (0.1, 0.3, 0.3, 0.4)), ("4", (0.4, 0.3, 0.6, 0.4)),
    ],
    "close lines whose boxes overlap": [("1", (0.1, 0.1, 0.9, 0.22)), ("2", (0.05, 0.2, 0.9, 0.32))],
    "a large word beside two small lines": [
        ("1", (0.5, 0.1, 0.9, 0.2)), ("2", (0.1, 0.1, 0.4, 0.4)), ("3", (0.5, 0.3, 0.9, 0.4)),
    ],
    "nothing": [],
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_lines_are_read_from_top_to_bottom_and_from_left_to_right(layout):
    lines = in_reading_order(shuffled([line(text, box) for text, box in layout]))
    assert [each.text for each in lines] == [text for text, _ in layout]


# What a reader makes of what its engine says


class Engine:
    """Sees the given lines, and reads those that have a text."""

    def __init__(self, *lines):
        self.lines = lines
        self.pictures = []

    def __call__(self, pixels, use_rec):
        self.pictures.append(pixels)
        if not use_rec:
            return SimpleNamespace(boxes=np.array([corners for _, _, corners in self.lines] or None))
        end = pixels.shape[0]
        read = [each for each in self.lines if each[0] and each[2][0][1] < end]
        if not read:
            return SimpleNamespace(boxes=None, txts=None, scores=None)
        texts, scores, boxes = zip(*read, strict=True)
        return SimpleNamespace(boxes=np.array(boxes), txts=texts, scores=scores)


class BlindEngine:
    def __call__(self, pixels, use_rec):
        return SimpleNamespace(boxes=None)


def corners(left, top, right, bottom, tilt=0.0):
    return [[left, top], [right, top + tilt], [right, bottom + tilt], [left, bottom]]


def read(*lines, size=(200, 100)):
    return RapidReader(Engine(*lines)).read(Image.new("RGB", size))


def test_boxes_are_shares_of_the_picture():
    assert read(("Exit", 0.99, corners(20, 10, 180, 60))) == (TextLine("Exit", 0.99, (0.1, 0.1, 0.9, 0.6)),)


def test_the_box_of_a_tilted_line_is_what_it_fits_into():
    (tilted,) = read(("Exit", 0.99, corners(20, 10, 180, 60, tilt=20.0)))
    assert tilted.box == (0.1, 0.1, 0.9, 0.8)


def test_white_space_is_collapsed():
    (spaced,) = read((" I'll be \t back ", 0.99, corners(20, 10, 180, 60)))
    assert spaced.text == "I'll be back"


def test_a_line_that_cannot_be_read_is_still_there():
    lines = read(("EXIT", 1.0, corners(20, 10, 180, 40)), ("", 0.0, corners(20, 50, 180, 80)))
    assert [(each.text, each.confidence) for each in lines] == [("EXIT", 1.0), ("", 0.0)]


def test_a_picture_of_which_nothing_can_be_read_has_lines_without_text():
    assert [each.text for each in read(("", 0.0, corners(20, 50, 180, 80)))] == [""]


def page(lines):
    return [(f"Line {row}", 0.99, corners(20, 10 * row, 180, 10 * row + 8)) for row in range(lines)]


def test_of_a_page_the_first_lines_are_read_and_the_others_counted():
    lines = read(*page(90), size=(200, 900))
    assert [each.text for each in lines] == [f"Line {row}" for row in range(32)] + [""] * 58
    assert lines[-1].box == pytest.approx((0.1, 890 / 900, 0.9, 898 / 900))


def test_the_engine_does_not_get_the_lines_of_a_page_that_are_not_read():
    few, many = Engine(*page(32)), Engine(*page(33))
    for engine in (few, many):
        RapidReader(engine).read(Image.new("RGB", (200, 900)))
    assert [len(each) for each in few.pictures] == [900, 900]
    assert [len(each) for each in many.pictures] == [900, 318]


def test_a_page_of_which_nothing_can_be_read_has_lines_without_text():
    unread = [("", 0.0, corners) for _, _, corners in page(40)]
    assert [each.text for each in read(*unread, size=(200, 900))] == [""] * 8


@pytest.mark.parametrize(("high", "sure"), [(17, False), (18, True), (60, True)])
def test_small_letters_are_never_read_surely(high, sure):
    (small,) = read(("Exit", 0.999, corners(20, 10, 180, 10 + high)))
    assert (small.confidence == 0.999) is sure
    assert small.confidence >= 0.9


def test_what_is_unsure_does_not_become_surer_by_being_small():
    (small,) = read(("Exit", 0.4, corners(20, 10, 180, 20)))
    assert small.confidence == 0.4


def test_a_picture_without_text_has_no_lines():
    assert RapidReader(BlindEngine()).read(Image.new("RGB", (200, 100))) == ()


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "1", "RGBA", "CMYK"])
def test_engines_get_blue_green_and_red_bytes_whatever_the_mode(mode):
    engine = Engine(("Exit", 1.0, corners(0, 0, 100, 40)))
    RapidReader(engine).read(Image.new("RGB", (200, 100), "blue").convert(mode))
    shapes = {(each.shape, each.dtype) for each in engine.pictures}
    assert shapes == {((100, 200, 3), np.dtype(np.uint8))}
    if mode == "RGB":
        assert engine.pictures[0][0, 0].tolist() == [255, 0, 0]


@pytest.mark.parametrize("size", [(9000, 40), (1, 500), (500, 1)])
def test_rules_and_dividers_are_not_given_to_the_engine(size):
    engine = Engine(("Exit", 1.0, corners(0, 0, 100, 40)))
    assert RapidReader(engine).read(Image.new("RGB", size)) == ()
    assert engine.pictures == []


# The reader of the extra


@pytest.fixture(scope="module")
def reader():
    return read_text.load()


def said(lines):
    return " ".join(each.text for each in lines)


# In the letters that the font of Pillow has.
SIGNS = {
    "one line": ["Closed for the season"],
    "two lines": ["Mind the gap", "between train and platform"],
    "capitals": ["STAFF ONLY"],
    "digits and marks": ["Open 9-17 h, Sale: 50% off!"],
}


@needs_extra
@pytest.mark.parametrize("lines", SIGNS.values(), ids=SIGNS)
@pytest.mark.parametrize("colours", [("black", "white"), ("white", "darkgreen")])
def test_signs_are_read_exactly_and_surely(reader, lines, colours):
    ink, ground = colours
    read = reader.read(sign(*lines, size=(760, 240), ink=ink, ground=ground))
    assert said(read) == " ".join(lines)
    assert min(each.confidence for each in read) > 0.95


@needs_extra
def test_the_lines_of_a_page_are_read_in_order(reader):
    page = [
        "It was a bright cold day in", "April, and the clocks were", "striking thirteen. The hall",
        "smelt of boiled cabbage and", "old rag mats. At one end of",
    ]  # fmt: skip
    read = reader.read(sign(*page, size=(560, 420), high=32))
    assert said(read) == " ".join(page)


@needs_extra
def test_words_side_by_side_are_read_from_left_to_right(reader):
    read = reader.read(sign(("Trains", "Buses"), ("Tickets", "Taxis")))
    assert said(read) == "Trains Buses Tickets Taxis"


@needs_extra
def test_the_box_of_a_line_is_where_it_was_drawn(reader):
    (read,) = reader.read(sign("Mind the gap", size=(640, 320)))
    left, top, right, bottom = read.box
    assert left == pytest.approx(40 / 640, abs=0.03)
    assert top == pytest.approx(45 / 320, abs=0.05)
    assert 0.3 < right < 0.7
    assert 0.2 < bottom < 0.4


@needs_extra
@pytest.mark.parametrize("picture", [Image.new("RGB", (300, 200), "white"), Image.new("L", (1, 1))])
def test_pictures_without_text_are_read_without_a_line(reader, picture):
    assert reader.read(picture) == ()


@needs_extra
def test_the_reader_opens_no_connection_and_says_nothing(monkeypatch, capfd):
    def refuse(*_):
        raise AssertionError("a connection")

    monkeypatch.setattr("socket.socket.connect", refuse)
    assert said(read_text.load().read(sign("STAFF ONLY"))) == "STAFF ONLY"
    assert capfd.readouterr() == ("", "")


def test_who_read_a_text_is_known_with_its_version(monkeypatch):
    pytest.importorskip("rapidocr")
    assert re.fullmatch(r"rapidocr \d+\.\d+.*", read_text.identity())
    monkeypatch.setattr(read_text, "_LIBRARY", "no-such-library")
    assert read_text.identity() == "no-such-library"
