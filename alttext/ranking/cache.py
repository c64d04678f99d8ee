"""Keep what was found out about pictures for later runs: blobs by key, in one file of limited size.

SQLite in WAL mode (https://www.sqlite.org/wal.html), so that several runs may use it at once. It is never
worth a failure: a damaged file is moved aside, and where nothing can be kept, memory has to do. Nor is it
worth a wrong answer: each blob has a checksum, because SQLite does not look at what it stores.
"""

import logging
import sqlite3
import time
import weakref
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TypeVar

import platformdirs

FILE_NAME = "pictures-1.sqlite3"  # another number where the tables become others
LIMIT = 512 << 20  # bytes; some 200,000 pictures
_REMOTE_NAME, _REMOTE_LIMIT = "remote-1.sqlite3", 256 << 20
_LIMIT_IN_MEMORY = 16 << 20
_DAY = 24 * 60 * 60  # seconds; more often than that, use is not noted
_SUM = 4  # bytes of a checksum
_SHRINK_EVERY = 256  # entries
_WAIT = 5  # seconds for another run to finish writing
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})
_TABLE = """CREATE TABLE IF NOT EXISTS entries
    (key BLOB PRIMARY KEY, kind TEXT NOT NULL, value BLOB NOT NULL, used INTEGER NOT NULL)"""
_SIZE = """SELECT (page_count - freelist_count) * page_size
    FROM pragma_page_count, pragma_freelist_count, pragma_page_size"""
_FORGET = """DELETE FROM entries WHERE rowid IN (SELECT rowid FROM entries ORDER BY used, rowid
    LIMIT (SELECT 1 + count(*) / 8 FROM entries))"""

T = TypeVar("T")
_log = logging.getLogger("alttext")


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """What a cache holds."""

    size: int  # bytes
    entries: Mapping[str, int] = field(default_factory=dict)  # their number by kind


def default_folder() -> Path:
    """Where the user's caches are."""
    return platformdirs.user_cache_path("alttext")


class Cache:
    """Blobs by key, safe for many threads and runs."""

    def __init__(self, folder: Path | None, limit: int = LIMIT, name: str = FILE_NAME) -> None:
        """Opens nothing yet. Without a `folder` all is forgotten in the end; `limit` is in bytes."""
        self.path = folder / name if folder else None
        self.limit = limit
        self._lock = Lock()
        self._database: sqlite3.Connection | None = None
        self._close: Callable[[], object] = lambda: None
        self._puts = self._added = 0

    def get(self, key: bytes) -> bytes | None:
        """The blob of a key, if there is one."""
        found = self._do(lambda database: _find(database, key))
        stored, used = found or (None, 0)
        value = _intact(key, stored)
        if value is not None and not (isinstance(used, int) and time.time() - used <= _DAY):
            self._do(lambda database: _note_use(database, key))
        return value

    def put(self, key: bytes, kind: str, value: bytes) -> None:
        """Keep a blob; the longest unused ones make room for it."""
        self._do(lambda database: _keep(database, key, kind, _checksum(key, value) + value))
        self._puts, self._added = self._puts + 1, self._added + len(value)
        if self._puts % _SHRINK_EVERY == 1 or self._added > self._most // 16:
            self._added = 0
            self._do(lambda database: _shrink(database, self._most))

    def info(self) -> CacheInfo:
        """What is in here."""
        return self._do(_info) or CacheInfo(0)

    def clear(self) -> None:
        """Forget everything."""
        self._do(lambda database: database.executescript("DELETE FROM entries; VACUUM;"))

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._lock:
            self._shut()

    @property
    def _most(self) -> int:
        return self.limit if self.path else min(self.limit, _LIMIT_IN_MEMORY)

    def _do(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """What `work` makes of the database; None if another run keeps it busy."""
        with self._lock:
            for _ in range(3):  # the file; a new file in place of a damaged one; memory
                try:
                    return work(self._opened())
                except (sqlite3.Error, OSError) as error:
                    if getattr(error, "sqlite_errorcode", 0) & 0xFF in _BUSY:
                        return None
                    self._recover(error)
        return None

    def _opened(self) -> sqlite3.Connection:
        if self._database is None:
            if self.path:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(
                self.path or ":memory:", timeout=_WAIT, isolation_level=None, check_same_thread=False
            )
            self._close = weakref.finalize(self, self._database.close)
            self._database.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; {_TABLE};")
        return self._database

    def _shut(self) -> None:
        self._close()
        self._database = None

    def _recover(self, error: Exception) -> None:
        """Make the next attempt another one: with a new file, or without a file."""
        self._shut()
        is_damaged = getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED
        if self.path and is_damaged and _set_aside(self.path):
            _log.warning("%s: damaged (%s), moved aside; pictures are looked at again", self.path, error)
        elif self.path:
            _log.warning("%s: cannot be used (%s); this run does without a cache", self.path, error)
            self.path = None


def of_remote(folder: Path | None) -> Cache:
    """The cache of pictures that were fetched, which must not push out what was found out about pictures."""
    return Cache(folder, _REMOTE_LIMIT, _REMOTE_NAME)


def _checksum(key: bytes, value: bytes) -> bytes:
    """What tells whether a blob is still that of the key."""
    return zlib.crc32(value, zlib.crc32(key)).to_bytes(_SUM)


def _intact(key: bytes, stored: object) -> bytes | None:
    """The blob in what was stored, None if that is damaged: then it may be of any type."""
    if not isinstance(stored, bytes) or stored[:_SUM] != _checksum(key, stored[_SUM:]):
        return None
    return stored[_SUM:]


def _find(database: sqlite3.Connection, key: bytes) -> tuple[object, object] | None:
    found: tuple[object, object] | None = database.execute(
        "SELECT value, used FROM entries WHERE key = ?", (key,)
    ).fetchone()
    return found


def _note_use(database: sqlite3.Connection, key: bytes) -> None:
    database.execute("UPDATE entries SET used = ? WHERE key = ?", (int(time.time()), key))


def _keep(database: sqlite3.Connection, key: bytes, kind: str, value: bytes) -> None:
    row = (key, kind, value, int(time.time()))
    database.execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)", row)


def _shrink(database: sqlite3.Connection, most: int) -> None:
    while _size(database) > most and database.execute(_FORGET).rowcount:
        pass


def _size(database: sqlite3.Connection) -> int:
    size: int = database.execute(_SIZE).fetchone()[0]
    return size


def _info(database: sqlite3.Connection) -> CacheInfo:
    counts = database.execute("SELECT kind, count(*) FROM entries GROUP BY kind ORDER BY kind")
    return CacheInfo(_size(database), dict(counts.fetchall()))


def _set_aside(path: Path) -> bool:
    """Whether the database could be moved out of the way, without the logs that belong to it."""
    try:
        path.replace(path.with_suffix(".damaged"))
        for log in ("-wal", "-shm"):
            path.with_name(path.name + log).unlink(missing_ok=True)
    except OSError:
        return False
    return True
