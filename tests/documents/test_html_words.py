from hypothesis import given
from hypothesis import strategies as st

from alttext.documents.html_words import Words


def words(*parts, limit=500):
    found = Words(limit)
    for part in parts:
        found.add(part)
    return found


def test_parts_are_joined_as_they_stand():
    assert words("One ", "and", "a", " ", "half").text() == "One anda half"


def test_white_space_is_not_collected_twice():
    assert words("a", " ", " ", " ").parts == ["a", " "]


def test_text_ends_at_the_limit():
    found = words("abc", "defg", "hij", limit=5)
    assert found.parts == ["abc", "defg"]


def test_before_and_after_divide_at_the_mark():
    found = words("One ", "two ", "three")
    assert (found.before(2), found.after(2)) == ("One two", "three")
    assert (found.before(0), found.after(3)) == ("", "")


@given(st.lists(st.text("ab ", min_size=1), max_size=60), st.integers(0, 60))
def test_neighbours_are_ends_of_the_whole(parts, mark):
    found = words(*parts, limit=10**9)
    mark = min(mark, len(found.parts))
    before = " ".join("".join(found.parts[:mark]).split())
    after = " ".join("".join(found.parts[mark:]).split())
    assert before.endswith(found.before(mark))
    assert after.startswith(found.after(mark))
    assert max(len(found.before(mark)), len(found.after(mark))) <= 200
