"""The cache keeps, shares, forgets and survives."""

import logging
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from alttext.ranking import cache as module
from alttext.ranking.cache import FILE_NAME, Cache, of_remote


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "deep" / "cache"


def warnings_of(caplog) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


def test_what_was_put_is_found_again_in_this_run_and_the_next(folder):
    cache = Cache(folder)
    assert cache.get(b"key") is None
    cache.put(b"key", "facts", b"\x00value")
    assert cache.get(b"key") == b"\x00value"
    cache.close()
    assert cache.get(b"key") == b"\x00value"
    assert Cache(folder).get(b"key") == b"\x00value"


def test_the_last_value_of_a_key_counts(folder):
    cache = Cache(folder)
    cache.put(b"key", "facts", b"old")
    cache.put(b"key", "facts", b"new")
    assert cache.get(b"key") == b"new"
    assert cache.info().entries == {"facts": 1}


def test_nothing_is_opened_before_it_is_needed(folder):
    Cache(folder)
    assert not folder.exists()


def test_without_a_folder_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    cache = Cache(None)
    cache.put(b"key", "facts", b"value")
    assert cache.get(b"key") == b"value"
    assert Cache(None).get(b"key") is None
    assert list(tmp_path.iterdir()) == []


def test_entries_are_counted_by_kind(folder):
    cache = Cache(folder)
    for number in range(3):
        cache.put(b"f%d" % number, "facts", b"")
    cache.put(b"v", "vectors", b"\x00" * 10_000)
    info = cache.info()
    assert info.entries == {"facts": 3, "vectors": 1}
    assert 10_000 < info.size < 100_000


def test_clearing_forgets_everything_and_frees_the_disk(folder):
    cache = Cache(folder)
    for number in range(100):
        cache.put(b"%d" % number, "vectors", b"\x01" * 10_000)
    before = cache.info().size
    cache.clear()
    assert cache.info().entries == {}
    assert cache.info().size < before / 10
    assert cache.get(b"1") is None


@pytest.mark.parametrize("is_kept", [True, False])
def test_the_size_is_bounded_and_the_newest_are_kept(folder, is_kept):
    cache = Cache(folder if is_kept else None, limit=400_000)
    for number in range(2000):
        cache.put(b"%d" % number, "vectors", b"\x01" * 1000)
    assert cache.info().size < 400_000 + 256 * 2000  # what is put between two looks at the size
    assert cache.get(b"1999")
    assert cache.get(b"0") is None


def test_what_is_still_used_is_forgotten_last(folder, monkeypatch):
    cache = Cache(folder, limit=200_000)
    days = iter(range(1, 10_000))
    monkeypatch.setattr(module.time, "time", lambda: next(days) * 100_000.0)
    cache.put(b"used", "vectors", b"\x01" * 1000)
    for number in range(1000):
        cache.put(b"%d" % number, "vectors", b"\x01" * 1000)
        assert cache.get(b"used"), number
    assert cache.get(b"0") is None


DAMAGES = {
    "no database": lambda path: path.write_bytes(b"This is no database, but long enough for one." * 100),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:5000]),
    "overwritten": lambda path: path.write_bytes(path.read_bytes()[:100] + b"\xff" * 50_000),
    "another program's": lambda path: path.unlink() or create(path, "CREATE TABLE entries (a, b)"),
}


def create(path: Path, script: str) -> None:
    database = sqlite3.connect(path)
    database.executescript(script)
    database.close()


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_moved_aside_with_a_warning_and_a_fresh_one_serves(folder, damage, caplog):
    cache = Cache(folder)
    for number in range(50):
        cache.put(b"%d" % number, "vectors", b"\x01" * 1000)
    cache.close()
    damage(folder / FILE_NAME)
    fresh = Cache(folder)
    assert fresh.get(b"7") is None
    fresh.put(b"key", "facts", b"value")
    assert fresh.get(b"key") == b"value"
    (warning,) = warnings_of(caplog)
    assert FILE_NAME in warning
    assert "moved aside" in warning
    assert (folder / FILE_NAME).with_suffix(".damaged").is_file()
    assert Cache(folder).get(b"key") == b"value"


def test_a_file_that_is_damaged_while_it_is_open_costs_no_run(folder, caplog):
    cache = Cache(folder)
    for number in range(200):
        cache.put(b"%d" % number, "vectors", b"\x01" * 1000)
    checkpoint(cache.path)
    with cache.path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 200_000)
    for number in range(200, 400):
        cache.put(b"%d" % number, "vectors", b"\x01" * 1000)
        cache.get(b"%d" % (number - 200))
    assert cache.get(b"399") is not None
    assert len(warnings_of(caplog)) <= 1


def checkpoint(path: Path) -> None:
    create(path, "PRAGMA wal_checkpoint(TRUNCATE)")


def test_a_folder_that_cannot_be_made_costs_one_warning(tmp_path, caplog):
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "cache")
    assert cache.get(b"key") is None
    cache.put(b"key", "facts", b"value")
    assert cache.get(b"key") == b"value"
    assert cache.path is None
    (warning,) = warnings_of(caplog)
    assert "does without a cache" in warning


def test_a_database_that_cannot_be_written_costs_one_warning(folder, caplog, monkeypatch):
    Cache(folder).put(b"old", "facts", b"value")
    connect = sqlite3.connect

    def read_only(path, **options):
        database = connect(path, **options)
        if path != ":memory:":
            database.execute("PRAGMA query_only = ON")  # for root, permissions do not bind
        return database

    monkeypatch.setattr(module.sqlite3, "connect", read_only)
    cache = Cache(folder)
    for number in range(3):
        cache.put(b"%d" % number, "facts", b"value")
        assert cache.get(b"%d" % number) == b"value"
    (warning,) = warnings_of(caplog)
    assert "does without a cache" in warning


def test_a_full_disk_costs_one_warning(folder, caplog, monkeypatch):
    connect = sqlite3.connect

    def nearly_full(path, **options):
        database = connect(path, **options)
        if path != ":memory:":
            database.execute("PRAGMA max_page_count = 10")
        return database

    monkeypatch.setattr(module.sqlite3, "connect", nearly_full)
    cache = Cache(folder)
    for number in range(100):
        cache.put(b"%d" % number, "vectors", b"\x01" * 2000)
    assert cache.get(b"99") == b"\x01" * 2000
    (warning,) = warnings_of(caplog)
    assert "full" in warning


def test_while_another_run_writes_for_long_nothing_is_found_and_nothing_fails(folder, caplog, monkeypatch):
    monkeypatch.setattr(module, "_WAIT", 0.01)
    cache = Cache(folder)
    cache.put(b"before", "facts", b"value")
    other = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    cache.put(b"during", "facts", b"value")
    other.execute("COMMIT")
    other.close()
    assert cache.get(b"before") == b"value"
    assert cache.get(b"during") is None
    assert cache.path is not None
    assert warnings_of(caplog) == []


WRITER = """
import sys
from pathlib import Path
from alttext.ranking.cache import Cache
cache = Cache(Path(sys.argv[1]))
for number in range(300):
    cache.put(f"{sys.argv[2]}-{number}".encode(), "facts", b"x" * 500)
    cache.put(f"shared-{number}".encode(), "facts", b"y" * 500)
assert all(cache.get(f"{sys.argv[2]}-{number}".encode()) for number in range(300))
"""


def test_runs_at_the_same_time_share_one_file(folder):
    runs = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(folder), name], stderr=subprocess.PIPE)
        for name in ("a", "b", "c")
    ]
    errors = [run.communicate()[1].decode() for run in runs]
    assert errors == [""] * 3
    cache = Cache(folder)
    assert cache.info().entries == {"facts": 4 * 300}
    assert all(cache.get(f"{name}-{n}".encode()) for name in "abc" for n in range(300))


def test_a_few_large_blobs_are_enough_for_room_to_be_made(folder):
    cache = Cache(folder, limit=1 << 20)
    for number in range(40):
        cache.put(b"%d" % number, "pictures", b"\x00" * 100_000)
    assert cache.info().size <= cache.limit
    assert cache.get(b"39") is not None
    assert cache.get(b"0") is None


def test_what_was_fetched_has_a_file_of_its_own_and_a_limit(folder):
    fetched, found_out = of_remote(folder), Cache(folder)
    fetched.put(b"key", "pictures", b"bytes")
    found_out.put(b"key", "facts", b"{}")
    assert (fetched.get(b"key"), found_out.get(b"key")) == (b"bytes", b"{}")
    assert 0 < fetched.limit < 1 << 30
    assert of_remote(None).path is None
