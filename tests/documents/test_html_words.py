import pytest
from hypothesis import given
from hypothesis import strategies as st

from alttext.documents.html_words import Surroundings, Words, squeeze


def words(*parts, limit=500):
    found = Words(limit)
    for part in parts:
        found.add(part)
    return found


def surroundings(*parts):
    found = Surroundings()
    for part in parts:
        found.add(part)
    return found


def test_parts_are_joined_as_they_stand():
    assert words("One ", "and", "a", " ", "half").text() == "One anda half"


def test_white_space_is_not_collected_twice():
    assert words("a", " ", " ", " ").parts == ["a", " "]
    assert surroundings("a ", "\n  ", "\t", "", "b").parts == ["a ", "b"]


def test_text_ends_at_the_limit():
    found = words("abc", "defg", "hij", limit=5)
    assert found.parts == ["abc", "defg"]


def test_before_and_after_divide_at_the_mark():
    found = surroundings("One ", "two ", "three")
    assert (found.before(2), found.after(2)) == ("One two", "three")
    assert (found.before(0), found.after(3)) == ("", "")


def test_white_space_takes_nothing_from_what_is_near():
    found = surroundings("far", " " * 1000, "near", "\n" * 1000, "and\n\n   far")
    assert (found.before(3), found.after(3)) == ("far near", "and far")


@pytest.mark.parametrize(
    ("part", "squeezed"),
    [("", ""), (" ", " "), ("\n\t ", " "), ("a", "a"), (" a", " a"), ("a\n", "a "), ("\na  b\n ", " a b ")],
)
def test_white_space_becomes_one_space(part, squeezed):
    assert squeeze(part) == squeezed


@given(st.lists(st.text("ab \n", min_size=1), max_size=60), st.integers(0, 60))
def test_neighbours_are_ends_of_the_whole(parts, mark):
    found = surroundings(*parts)
    mark = min(mark, len(found.parts))
    before = " ".join("".join(found.parts[:mark]).split())
    after = " ".join("".join(found.parts[mark:]).split())
    assert before.endswith(found.before(mark))
    assert after.startswith(found.after(mark))
    assert max(len(found.before(mark)), len(found.after(mark))) <= 200
