"""Files replaced in one step: written beside their place under a name of their own, then moved onto it.

Who writes holds a lock that ends with the process. What a killed run left is known by its name and by nobody
holding its lock, so that the next run clears it away.
"""

import errno
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from alttext.documents import swap

_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EINVAL})  # as some shares have none
_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def beside(target: Path) -> Path:
    """Return the file in which what is to replace `target` is written."""
    digest = sha256(os.fsencode(target.name)).hexdigest()
    return target.with_name(f".{target.name[:60]}.{digest[:8]}.tmp")


def replace(target: Path, data: bytes, is_due: Callable[[Path], object]) -> None:
    """Replace the content of a file, which keeps its mode and owner.

    `is_due` is called last, with where the old content is, and raises if it is not to be replaced. Where the
    system can exchange two files, it is called once more afterwards: whatever an editor has saved in between
    is put back. Elsewhere next to no time is left for that.
    Raises OSError, too, BlockingIOError if another process is at the same: the file is as it was then.
    """
    path, before = beside(target), target.stat()
    with _claimed(path) as file, ExitStack() as held:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            _resemble(path, before)
            is_due(target)
            if sys.platform == "win32":  # nothing that is open can be moved there
                file.close()
            was_exchanged = _put(path, target, held)
        except BaseException:  # only then: once it is moved, the name may be somebody else's
            path.unlink(missing_ok=True)
            raise
        if was_exchanged:
            _settle(path, target, data, is_due)


def _put(path: Path, target: Path, held: ExitStack) -> bool:
    """Move a file onto its place. Return whether the other one has taken its place, with its lock held."""
    with suppress(OSError):
        if swap.is_possible():
            _lock(held.enter_context(target.open("rb")))
            if swap.exchange(path, target):
                return True
    path.replace(target)
    return False


def _settle(path: Path, target: Path, data: bytes, is_due: Callable[[Path], object]) -> None:
    """Let go of what was replaced, or put it back if it is not what was to be replaced."""
    try:
        is_due(path)
    except BaseException:
        _put_back(path, target, data)
        raise
    path.unlink()


def _put_back(path: Path, target: Path, ours: bytes) -> None:
    """Exchange until the content that comes out is the one that went in last: then nobody has saved since."""
    last = ours
    while True:
        newest = path.read_bytes()
        if not swap.exchange(path, target):  # it was possible a moment ago
            raise OSError(errno.EIO, f"what was saved meanwhile is in {path}")
        if path.read_bytes() == last:
            path.unlink()
            return
        last = newest


def tidy(target: Path) -> None:
    """Remove what a run has left beside `target` that was killed; raises nothing."""
    if os.path.lexists(beside(target)):
        with suppress(OSError):
            discard(beside(target))


def discard(path: Path) -> None:
    """Remove a file unless somebody holds its lock. Raises OSError, BlockingIOError if somebody does."""
    with suppress(FileNotFoundError), _opened(path, os.O_RDWR) as file:
        _lock(file)
        path.unlink()


def _claimed(path: Path) -> BinaryIO:
    try:
        file = _opened(path, _NEW)
    except FileExistsError:
        discard(path)
        file = _opened(path, _NEW)
    _lock(file)
    if os.fstat(file.fileno()).st_nlink == 0:  # taken for left over, before it could be locked
        file.close()
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    return file


def _opened(path: Path, flags: int) -> BinaryIO:
    """Open a file that is no link, for a link with a known name may lead anywhere."""
    return os.fdopen(os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o600), "wb")


def _lock(file: BinaryIO) -> None:
    """Hold the lock of a file until it is closed; Windows lets nobody remove an open file anyway."""
    if sys.platform == "win32":
        return
    import fcntl  # noqa: PLC0415 - not everywhere

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            file.close()
            raise


def _resemble(path: Path, before: os.stat_result) -> None:
    """Give a file the owner, as far as that is allowed, and the mode of another."""
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(path, before.st_uid, before.st_gid)
    path.chmod(before.st_mode & 0o7777)
