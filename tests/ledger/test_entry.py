"""Entries merge like sets: order, repetition and grouping make no difference."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alttext.ledger.entry import Entry, alt_hash, from_line, line, merge, plain

FEW = st.sampled_from(["", "a", "b"])
ENTRIES = st.builds(
    Entry,
    document=st.sampled_from(["a.html", "b.md"]),
    source=FEW,
    image=FEW,
    alt=FEW,
    state=st.sampled_from(["unreviewed", "accepted"]),
    origin=st.sampled_from(["machine", "person"]),
    confidence=st.sampled_from([None, 0.9, 0.95]),
    text=FEW,
)
LEDGERS = st.lists(ENTRIES, max_size=6)


def entry(**facts):
    basic = {"document": "a.html", "source": "a.jpg", "image": "1", "alt": "2"}
    return Entry(**{**basic, "state": "unreviewed", "origin": "machine", **facts})


@given(LEDGERS, LEDGERS)
def test_it_does_not_matter_who_merges_with_whom(one, other):
    assert merge(one, other) == merge(other, one)


@given(LEDGERS, LEDGERS, LEDGERS)
def test_it_does_not_matter_what_is_merged_first(one, two, three):
    assert merge(merge(one, two), three) == merge(one, merge(two, three))


@given(LEDGERS)
def test_merging_again_changes_nothing(ledger):
    assert merge(ledger, ledger) == merge(ledger) == merge(merge(ledger))


@given(LEDGERS, LEDGERS)
def test_nothing_is_lost_and_nothing_made_up(one, other):
    merged = merge(one, other)
    assert {each.key for each in merged} == {each.key for each in (*one, *other)}
    assert set(map(line, merged)) <= set(map(line, (*one, *other)))


@given(LEDGERS, LEDGERS)
def test_what_one_side_accepted_stays_accepted(one, other):
    accepted = {each.key for each in (*one, *other) if each.is_accepted}
    assert {each.key for each in merge(one, other) if each.is_accepted} == accepted


@given(ENTRIES)
def test_a_line_holds_all_of_an_entry(made):
    assert from_line(line(made)) == made
    assert b"\n" not in line(made)


def test_lines_are_compact_and_leave_out_what_is_not_known():
    assert line(entry()) == (
        b'{"document":"a.html","source":"a.jpg","image":"1","alt":"2","state":"unreviewed","origin":"machine"}'
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b'{"document":"a.html","source":"a.jpg"',
        line(entry()).replace(b"unreviewed", b"maybe"),
        line(entry()).replace(b"}", b',"from-a-later-version":1}'),
    ],
)
def test_what_is_no_entry_is_refused_and_not_guessed(data):
    with pytest.raises(msgspec.MsgspecError):
        from_line(data)


SAME = [
    ("A dog", "A dog"),
    ("A dog ", "A  dog"),
    ("A dog on\n  a beach", "A dog on a beach"),
    ("é", "e\u0301"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_an_alternative_that_is_only_laid_out_anew_is_the_same(one, other):
    assert alt_hash(one) == alt_hash(other)


@pytest.mark.parametrize("other", ["", "a dog", "A dog.", "A cat"])
def test_an_alternative_that_says_something_else_is_another(other):
    assert alt_hash(other) != alt_hash("A dog")


def test_bytes_that_are_no_text_can_be_held():
    broken = b"caf\xe9.jpg".decode("utf-8", "surrogateescape")
    assert plain("café.jpg") == "café.jpg"
    made = entry(source=plain(broken))
    assert from_line(line(made)) == made
    assert alt_hash(broken)
