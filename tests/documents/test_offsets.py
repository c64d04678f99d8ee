import pytest
from hypothesis import given
from hypothesis import strategies as st

from alttext.documents.offsets import OffsetMap, normalised
from alttext.types import Span

TEXT = st.lists(
    st.sampled_from(["\r\n", "\r", "\n", "\0", "ab", "é", "😀", "\u2028", "\f"]), max_size=12
).map("".join)


def built(*pieces):
    offsets = OffsetMap()
    for piece in pieces:
        offsets.add(*piece)
    return offsets


@given(TEXT)
def test_normalised_texts_have_line_feeds_only_and_no_null(text):
    source, _ = normalised(text)
    assert source == text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


@given(TEXT, st.integers(0, 30), st.integers(0, 30))
def test_spans_of_normalised_texts_lead_back_to_the_same_characters(text, one, other):
    source, offsets = normalised(text)
    start, end = sorted((min(one, len(source)), min(other, len(source))))
    back = offsets.span(Span(start, end))
    assert normalised(text[back.start : back.end])[0] == source[start:end]


def test_an_indivisible_piece_is_taken_whole():
    offsets = built((0, 2, 0), (2, 1, 2, 6), (3, 2, 8))
    assert offsets.span(Span(2, 3)) == Span(2, 8)
    assert offsets.span(Span(1, 4)) == Span(1, 9)
    assert offsets.span(Span(3, 3)) == Span(8, 8)


def test_a_gap_belongs_to_the_span_that_ends_behind_it():
    offsets = built((0, 2, 10), (3, 2, 20))
    assert offsets.span(Span(0, 2)) == Span(10, 12)
    assert offsets.span(Span(0, 3)) == Span(10, 20)
    assert offsets.span(Span(2, 2)) == Span(12, 12)


def test_beyond_the_last_piece_its_end_is_meant():
    assert built((0, 2, 10)).span(Span(5, 5)) == Span(12, 12)


@pytest.mark.parametrize(
    ("start", "end", "pieces"),
    [
        (0, 5, [(0, 2, 10, 2), (3, 2, 20, 7)]),
        (1, 4, [(0, 1, 11, 1), (2, 1, 20, 7)]),
        (2, 3, []),
        (3, 9, [(0, 2, 20, 7)]),
    ],
)
def test_pieces_are_cut_to_a_part(start, end, pieces):
    assert list(built((0, 2, 10), (3, 2, 20, 7)).within(start, end)) == pieces


@pytest.mark.parametrize(
    ("inner", "outer", "joined"),
    [
        ([(0, 4, 1)], [(0, 9, 10)], [(0, 4, 11, 4)]),
        ([(0, 4, 1)], [(0, 3, 10), (3, 6, 20)], [(0, 2, 11, 2), (2, 2, 20, 2)]),
        ([(0, 4, 1)], [(0, 2, 10), (3, 6, 20)], [(0, 1, 11, 1), (2, 2, 20, 2)]),
        ([(0, 1, 2, 2)], [(0, 9, 10)], [(0, 1, 12, 2)]),
        ([(0, 4, 0)], [(0, 2, 10), (2, 1, 12, 6), (3, 9, 18)], [(0, 2, 10, 2), (2, 1, 12, 6), (3, 1, 18, 1)]),
        ([], [(0, 9, 10)], []),
    ],
)
def test_the_way_back_leads_through_a_text_between(inner, outer, joined):
    assert list(built(*inner).through(built(*outer)).within(0, 99)) == joined
