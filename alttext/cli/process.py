"""What the command asks of the libraries in its process: few threads that spin, and no memory for each."""

import ctypes
import os
import sys

# Threads of libraries would spin while they wait for work, on processors that decode pictures meanwhile: on a
# busy machine most of all, where that makes a checkpoint six times as slow. NumPy's matrices need none here.
_THREADS = {"OMP_WAIT_POLICY": "PASSIVE", "OPENBLAS_NUM_THREADS": "1"}
_ARENA_MAX = -8  # M_ARENA_MAX of <malloc.h>
_ARENAS = 2


def tune() -> None:
    """Set what the environment does not. Works for libraries that were not loaded before."""
    for name, value in _THREADS.items():
        os.environ.setdefault(name, value)
    if sys.platform == "linux" and "MALLOC_ARENA_MAX" not in os.environ:
        _share_memory()


def _share_memory() -> None:
    """Let threads allocate from few arenas: of glibc's many, each keeps what a thread needed at most."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
    if mallopt is not None:
        mallopt(_ARENA_MAX, _ARENAS)
