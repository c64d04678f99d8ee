"""Two files exchange their names, or nothing happens."""

import pytest

from alttext.documents import swap


@pytest.fixture(name="files")
def fixture_files(tmp_path):
    one, other = tmp_path / "é.html", tmp_path / "b.html"
    one.write_bytes(b"one")
    other.write_bytes(b"other")
    return one, other


@pytest.mark.skipif(not swap.is_possible(), reason="this system cannot exchange files")
def test_two_files_exchange_their_names(files):
    one, other = files
    assert swap.exchange(one, other)
    assert (one.read_bytes(), other.read_bytes()) == (b"other", b"one")


def test_with_a_file_that_is_not_there_nothing_happens(files):
    one, _ = files
    assert not swap.exchange(one, one.with_name("gone.html"))
    assert one.read_bytes() == b"one"


def test_where_the_system_has_no_way_nothing_happens(files, monkeypatch):
    monkeypatch.setattr(swap, "_rename", lambda: None)
    one, other = files
    assert not swap.is_possible()
    assert not swap.exchange(one, other)
    assert (one.read_bytes(), other.read_bytes()) == (b"one", b"other")
