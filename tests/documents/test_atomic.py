"""What is written beside a file takes its place whole, alone, and never stays behind for good."""

import os
import stat
import subprocess
import sys

import pytest

from alttext.documents import atomic

WRITER = """
import sys, time
from pathlib import Path
from alttext.documents import atomic
atomic.replace(Path(sys.argv[1]), b"theirs", lambda: print("ready", flush=True) or time.sleep(60))
"""


@pytest.fixture(name="target")
def fixture_target(tmp_path):
    target = tmp_path / "page.html"
    target.write_bytes(b"before")
    return target


@pytest.fixture(name="writer")
def fixture_writer(target):
    """Another process that has written beside the target and is about to move it there."""
    run = subprocess.Popen([sys.executable, "-c", WRITER, str(target)], stdout=subprocess.PIPE, text=True)
    assert run.stdout.readline() == "ready\n"
    yield run
    run.kill()
    run.communicate()


def names(target):
    return sorted(path.name for path in target.parent.iterdir())


def always():
    pass


def test_the_content_is_replaced_and_the_mode_kept(target):
    target.chmod(0o640)
    atomic.replace(target, b"after", always)
    assert target.read_bytes() == b"after"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert names(target) == ["page.html"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_is_kept(target):
    os.chown(target, 65534, 65533)
    atomic.replace(target, b"after", always)
    assert (target.stat().st_uid, target.stat().st_gid) == (65534, 65533)


def test_a_refusal_at_the_last_moment_leaves_everything_as_it_was(target):
    def refuse():
        assert atomic.beside(target).read_bytes() == b"after"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        atomic.replace(target, b"after", refuse)
    assert target.read_bytes() == b"before"
    assert names(target) == ["page.html"]


def test_two_processes_do_not_write_the_same_file_at_once(target, writer):
    with pytest.raises(BlockingIOError):
        atomic.replace(target, b"ours", always)
    atomic.tidy(target)
    assert atomic.beside(target).read_bytes() == b"theirs"
    assert target.read_bytes() == b"before"


def test_what_a_killed_process_left_makes_room(target, writer):
    writer.kill()
    writer.wait()
    assert atomic.beside(target).exists()
    atomic.replace(target, b"after", always)
    assert target.read_bytes() == b"after"
    assert names(target) == ["page.html"]


def test_what_a_killed_process_left_is_tidied_up(target, writer):
    writer.kill()
    writer.wait()
    atomic.tidy(target)
    assert names(target) == ["page.html"]
    atomic.tidy(target)  # nothing to do


def test_a_link_in_the_way_is_not_followed(target, tmp_path):
    other = tmp_path / "other"
    other.write_bytes(b"other")
    atomic.beside(target).symlink_to(other)
    with pytest.raises(OSError, match="symbolic links"):
        atomic.replace(target, b"after", always)
    atomic.tidy(target)
    assert other.read_bytes() == b"other"
    assert target.read_bytes() == b"before"


@pytest.mark.parametrize("name", ["😀" * 60 + ".html", "a" * 250 + ".html"])
def test_names_of_any_length_that_a_disk_takes_have_one_of_their_own(tmp_path, name):
    target, like_it = tmp_path / name, tmp_path / (name[:-5] + ".htm")
    assert atomic.beside(target) != atomic.beside(like_it)
    target.write_bytes(b"before")
    atomic.replace(target, b"after", always)
    assert target.read_bytes() == b"after"
