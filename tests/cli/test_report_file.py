import os
import stat
import threading

import pytest

from alttext.cli.report_file import ReportFile
from alttext.errors import AlttextError

ONLY_POSIX = pytest.mark.skipif(os.name == "nt", reason="there are no such files")


def test_a_report_appears_when_it_is_complete(tmp_path):
    path = tmp_path / "report.txt"
    report = ReportFile(str(path))
    report.write(b"one\n")
    report.flush()
    assert not path.exists()
    report.write(b"two\n")
    report.finish()
    assert path.read_bytes() == b"one\ntwo\n"
    assert [each.name for each in tmp_path.iterdir()] == ["report.txt"]


def test_a_report_that_is_not_complete_leaves_the_old_one_and_nothing_else(tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes(b"old")
    report = ReportFile(str(path))
    report.write(b"new")
    report.close()
    report.close()
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["report.txt"]


def test_closing_after_the_report_is_complete_keeps_it(tmp_path):
    report = ReportFile(str(tmp_path / "report.txt"))
    report.finish()
    report.close()
    assert (tmp_path / "report.txt").read_bytes() == b""


@pytest.mark.parametrize("path", ["gone/report.txt", "file/report.txt"])
def test_a_place_that_cannot_be_written_is_told_at_once(tmp_path, path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(AlttextError, match="--output needs a file that can be written"):
        ReportFile(str(tmp_path / path))


@ONLY_POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="the superuser may write everything")
def test_a_read_only_report_is_not_replaced(tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(AlttextError, match="Permission denied"):
        ReportFile(str(path))
    assert [each.name for each in tmp_path.iterdir()] == ["report.txt"]


@ONLY_POSIX
def test_permissions_stay_and_new_ones_are_those_of_new_files(tmp_path):
    old, new, usual = (tmp_path / name for name in ("old", "new", "usual"))
    old.write_bytes(b"")
    old.chmod(0o640)
    usual.write_bytes(b"")
    for path in (old, new):
        ReportFile(str(path)).finish()
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert new.stat().st_mode == usual.stat().st_mode


@ONLY_POSIX
def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "folder" / "report.txt")
    report = ReportFile(str(tmp_path / "link"))
    report.write(b"new")
    report.finish()
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "folder" / "report.txt").read_bytes() == b"new"


@ONLY_POSIX
def test_a_pipe_is_written_to_as_the_report_comes(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    seen = []
    reader = threading.Thread(target=lambda: seen.append(path.read_bytes()))
    reader.start()
    report = ReportFile(str(path))
    report.write(b"line\n")
    report.finish()
    reader.join()
    assert seen == [b"line\n"]
    assert stat.S_ISFIFO(path.stat().st_mode)
