"""A picture in a terminal: colours if there are some, else the file."""

from dataclasses import replace

from PIL import Image

from alttext.review.terminal_picture import drawn


def test_a_picture_is_drawn_in_colours(site, asked):
    root = site(files={"a.html": '<img src="a.png">'})
    picture = Image.new("RGB", (80, 40), (255, 0, 0))
    picture.paste((0, 0, 255), (0, 20, 80, 40))
    picture.save(root / "a.png")
    (task,) = asked("a.html")
    path, *rows = drawn(task, 40, color=True)
    assert path == f"  {root / 'a.png'}"
    assert len(rows) == 10
    assert rows[0].startswith("\x1b[38;2;255;0;0m\x1b[48;2;255;0;0m▀")
    assert rows[-1].startswith("\x1b[38;2;0;0;255m\x1b[48;2;0;0;255m▀")
    assert all(row.endswith("\x1b[0m") and row.count("▀") == 40 for row in rows)


def test_without_colours_only_the_file_is_told(site, asked):
    root = site("a.png", files={"a.html": '<img src="a.png">'})
    (task,) = asked("a.html")
    assert list(drawn(task, 40, color=False)) == [f"  {root / 'a.png'}"]


def test_a_picture_that_cannot_be_opened_is_told(site, asked):
    root = site(files={"a.html": '<img src="a.png">', "a.png": "no picture"})
    (task,) = asked("a.html")
    path, why = drawn(task, 40, color=True)
    assert path == f"  {root / 'a.png'}"
    assert "a.png" in why


def test_a_drawing_is_not_drawn(site, asked):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><path d="M0 0h9v9z"/></svg>'
    site(files={"a.html": '<img src="a.svg">', "a.svg": drawing})
    (task,) = asked("a.html")
    assert not any("\x1b" in line for line in drawn(task, 40, color=True))


def test_a_picture_without_a_file_is_named(site, asked):
    site("a.png", files={"a.html": '<img src="a.png">'})
    (task,) = asked("a.html")
    assert list(drawn(replace(task, picture=None), 40, color=True)) == ["  no file to show: a.png"]
