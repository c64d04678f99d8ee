import os
import subprocess
import sys

import pytest

from alttext.cli import process

COMMAND = "from alttext.cli import main; import sys; sys.argv[1:] = ['--version']; main()"
TELL = "import atexit, os; atexit.register(lambda: print(os.environ['OMP_WAIT_POLICY']));"


@pytest.mark.parametrize(("given", "expected"), [({}, "PASSIVE"), ({"OMP_WAIT_POLICY": "ACTIVE"}, "ACTIVE")])
def test_threads_wait_without_work_unless_a_person_has_it_otherwise(given, expected):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OMP_")} | given
    run = subprocess.run(
        [sys.executable, "-c", TELL + COMMAND], capture_output=True, text=True, check=True, env=environment
    )
    assert run.stdout.splitlines()[1:] == [expected]


class Library:
    """A C library that remembers what was asked of its allocator."""

    def __init__(self):
        self.asked = []

    def mallopt(self, parameter, value):
        self.asked.append((parameter, value))


@pytest.mark.parametrize(
    ("platform", "given", "asked"),
    [
        ("linux", {}, [(-8, 2)]),
        ("linux", {"MALLOC_ARENA_MAX": "4"}, []),
        ("darwin", {}, []),
        ("win32", {}, []),
    ],
)
def test_memory_is_shared_by_threads_where_that_can_be_asked_for(monkeypatch, platform, given, asked):
    library = Library()
    monkeypatch.setattr(process.os, "environ", dict(given))
    monkeypatch.setattr(process.sys, "platform", platform)
    monkeypatch.setattr(process.ctypes, "CDLL", lambda _: library)
    process.tune()
    assert library.asked == asked


def test_a_c_library_that_cannot_be_asked_is_left_alone(monkeypatch):
    monkeypatch.setattr(process.os, "environ", {})
    monkeypatch.setattr(process.sys, "platform", "linux")
    monkeypatch.setattr(process.ctypes, "CDLL", lambda _: object())
    process.tune()
