import os
from dataclasses import replace
from pathlib import Path

import pytest

from alttext.reports.places import LINE_FEED, NEWLINE, Places, errors_of, from_root
from alttext.types import Edit, FileResult, Span

IMAGE = '<img src="a.jpg">'
PLACES = {
    "at the start": (IMAGE, NEWLINE, (0, 1, 1, 1)),
    "in the second line": (f"<p>\n {IMAGE}", NEWLINE, (5, 2, 2, 2)),
    "after a carriage return": (f"<p>\r{IMAGE}", NEWLINE, (4, 2, 1, 1)),
    "after both": (f"<p>\r\n{IMAGE}", NEWLINE, (5, 2, 1, 1)),
    "after a carriage return, as git sees it": (f"<p>\r{IMAGE}", LINE_FEED, (4, 1, 5, 5)),
    "after both, as git sees it": (f"<p>\r\n{IMAGE}", LINE_FEED, (5, 2, 1, 1)),
    "after a line separator": (f"\u2028{IMAGE}", NEWLINE, (1, 1, 2, 4)),
    "after characters of two to four bytes": (f"é日𐐀{IMAGE}", NEWLINE, (3, 1, 4, 10)),
    "after a byte that is no text": (f"\udce9{IMAGE}", NEWLINE, (1, 1, 2, 2)),
}


@pytest.mark.parametrize("case", PLACES)
def test_a_place_is_told_in_code_points_and_bytes(page, case):
    document, newline, expected = PLACES[case]
    result = page(document).review("a.jpg", "icon").result()
    start, end = Places(result, written=False, newline=newline).region(result.findings[0].image.span)
    assert start == expected
    assert end == tuple(
        place + (0 if name == "line" else len(IMAGE))
        for name, place in zip(start._fields, expected, strict=True)
    )


@pytest.mark.parametrize(("lines", "byte"), [("", 4), ("\n", 1)])
def test_a_byte_order_mark_is_bytes_of_the_first_line_only(page, lines, byte):
    result = page(lines + IMAGE, bom=b"\xef\xbb\xbf").review("a.jpg", "icon").result()
    start = Places(result, written=False).at(len(lines))
    assert (start.offset, start.column, start.byte) == (len(lines), 1, byte)


def test_half_a_character_of_utf_16_has_a_place(page):
    result = page(f"\ud800{IMAGE}", encoding="utf-16-le", bom=b"\xff\xfe").review("a.jpg", "icon").result()
    assert Places(result, written=False).at(1).column == 2
    assert errors_of(result) == "surrogatepass"


def test_after_the_edits_places_are_those_in_the_new_text(page):
    made = page('<img src="a.jpg"><img src="b.jpg">\n<img src="c.jpg"><img src="d.jpg">')
    result = (
        made.write("a.jpg", "A dog.")
        .review("b.jpg", "icon")
        .write("c.jpg", "x")
        .review("d.jpg", "icon")
        .result()
    )
    places = Places(result, written=True)
    for src in "bd":
        span = next(found.image.span for found in result.findings if found.image.src == f"{src}.jpg")
        start, end = places.region(span)
        assert result.text[start.offset : end.offset] == f'<img src="{src}.jpg">'
        assert result.text.split("\n")[start.line - 1][start.column - 1 :].startswith(
            f'<img src="{src}.jpg">'
        )
    assert Places(result, written=False).at(17).offset == 17


def test_a_place_inside_what_was_replaced_is_its_end(page):
    result = page('<img src="a.jpg" alt="x.jpg">').write("a.jpg", "A dog.").result()
    edited = replace(result.findings[0], edit=Edit(Span(22, 27), "A dog."))
    result = replace(result, findings=(edited,), text='<img src="a.jpg" alt="A dog.">')
    assert Places(result, written=True).at(24).offset == 28


FROM_ROOT = [
    ("a.html", "", "a.html"),
    ("a.html", "{here}", "a.html"),
    ("./b/../a.html", "{here}", "a.html"),
    ("a.html", "{above}", "site/a.html"),
    ("{here}/a.html", "{above}", "site/a.html"),
    ("../a.html", "{above}", "a.html"),
    ("../a.html", "{here}", "{above}/a.html"),
    ("..a.html", "{here}", "..a.html"),
    ("caf\udce9.html", "{above}", "site/caf\udce9.html"),
]


@pytest.mark.parametrize(("path", "root", "expected"), FROM_ROOT)
def test_paths_are_told_from_the_root_of_the_checkout(tmp_path, monkeypatch, path, root, expected):
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path / "site")
    names = {"here": (tmp_path / "site").as_posix(), "above": tmp_path.as_posix()}
    assert from_root(path.format(**names), root.format(**names)) == expected.format(**names)


def test_paths_on_another_drive_stay_absolute(monkeypatch):
    def relpath(*_):
        raise ValueError("path is on mount 'C:', start on mount 'D:'")

    monkeypatch.setattr(os.path, "relpath", relpath)
    assert from_root("a.html", "/elsewhere") == (Path.cwd() / "a.html").as_posix()


def test_the_end_of_a_document_has_a_place():
    assert Places(FileResult("a.html", before="a\n"), written=False).at(2) == (2, 2, 1, 1)
