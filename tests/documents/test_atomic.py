"""What is written beside a file takes its place whole, alone, and never stays behind for good."""

import os
import stat
import subprocess
import sys

import pytest

from alttext.documents import atomic, swap

WRITER = """
import sys, time
from pathlib import Path
from alttext.documents import atomic
atomic.replace(Path(sys.argv[1]), b"theirs", lambda _: print("ready", flush=True) or time.sleep(60))
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


def always(_):
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
    def refuse(_):
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


# What an editor saves while a file is replaced


def in_place(target, text):
    target.write_bytes(text)


def moved(target, text):
    target.with_suffix(".new").write_bytes(text)
    target.with_suffix(".new").replace(target)


def due_if_before(found):
    if found.read_bytes() != b"before":
        raise ValueError("has changed")


exchanges = pytest.mark.skipif(not swap.is_possible(), reason="this system cannot exchange files")


@exchanges
@pytest.mark.parametrize("save", [in_place, moved])
def test_what_is_saved_after_the_last_look_is_put_back(target, save):
    def saved_after_the_look(found):
        due_if_before(found)
        if found == target:
            save(target, b"saved")

    with pytest.raises(ValueError, match="has changed"):
        atomic.replace(target, b"after", saved_after_the_look)
    assert target.read_bytes() == b"saved"
    assert names(target) == ["page.html"]


@exchanges
@pytest.mark.parametrize("times", [1, 2, 3])
def test_what_is_saved_while_that_is_put_back_is_the_last_word(monkeypatch, target, times):
    real, texts = swap.exchange, [b"saved %d" % number for number in range(times + 1)]

    def exchange(path, other):
        if texts:
            moved(target, texts.pop(0))
        return real(path, other)

    monkeypatch.setattr(swap, "exchange", exchange)
    with pytest.raises(ValueError, match="has changed"):
        atomic.replace(target, b"after", due_if_before)
    assert target.read_bytes() == b"saved %d" % times
    assert names(target) == ["page.html"]


@pytest.mark.parametrize(
    ("name", "stand_in"),
    [("exchange", lambda *_: False), ("_rename", lambda: None)],
    ids=["on this disk", "on this system"],
)
def test_where_files_cannot_be_exchanged_they_are_replaced(monkeypatch, target, name, stand_in):
    monkeypatch.setattr(swap, name, stand_in)
    atomic.replace(target, b"after", due_if_before)
    assert target.read_bytes() == b"after"
    assert names(target) == ["page.html"]


@exchanges
def test_nobody_takes_what_was_replaced_for_left_over_while_it_is_looked_at(target):
    looks = []

    def look(found):
        looks.append(found)
        if found != target:
            with pytest.raises(BlockingIOError):
                atomic.discard(found)

    atomic.replace(target, b"after", look)
    assert looks == [target, atomic.beside(target)]
