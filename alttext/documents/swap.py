"""Two files that exchange their names in one step, where the system can do that.

Linux: https://man7.org/linux/man-pages/man2/rename.2.html , macOS: renamex_np. Python has neither.
"""

import ctypes
import os
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

_HERE, _EXCHANGE = -100, 2  # AT_FDCWD; RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS are the same


def is_possible() -> bool:
    """Whether the system has a way, if not on all of its disks."""
    return _rename() is not None


def exchange(one: Path, other: Path) -> bool:
    """Exchange two files of one folder; False, and nothing is done, where that is not possible."""
    rename = _rename()
    return rename is not None and rename(os.fsencode(one), os.fsencode(other)) == 0


@lru_cache(maxsize=1)
def _rename() -> Callable[[bytes, bytes], int] | None:
    if sys.platform not in {"linux", "darwin"}:
        return None
    system = ctypes.CDLL(None)
    if linux := getattr(system, "renameat2", None):  # not in every C library
        return lambda one, other: int(linux(_HERE, one, _HERE, other, _EXCHANGE))
    if macos := getattr(system, "renamex_np", None):
        return lambda one, other: int(macos(one, other, _EXCHANGE))
    return None
