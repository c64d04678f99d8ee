"""An editor that saves without a pause while documents are fixed: each word that it saved stays."""

import subprocess
import sys
import threading
import time

import pytest

from alttext.documents import source, swap
from alttext.errors import ParseError, WriteError

pytestmark = pytest.mark.skipif(not swap.is_possible(), reason="this system cannot exchange files")
BODY = "".join(f'<p><a href="{n}.html"><img src="arrow.png"> Page {n}</a></p>\n' for n in range(20))
FIXED = ' alt=""'
PAUSE = 0.0005  # seconds; an editor that saves again has looked at nothing


def in_place(page, text):
    page.write_text(text, encoding="utf-8")


def moved(page, text):
    beside = page.with_suffix(".edited")
    beside.write_text(text, encoding="utf-8")
    beside.replace(page)


class Editor(threading.Thread):
    """Saves another text each time, and notes each one that does not stay."""

    def __init__(self, page, save) -> None:
        super().__init__()
        self.page, self.save = page, save
        self.saved, self.lost, self.has_to_end = 0, [], threading.Event()

    def run(self) -> None:
        while not self.has_to_end.is_set():
            self.saved += 1
            text = f"<p>Version {self.saved}</p>\n{BODY}"
            self.save(self.page, text)
            time.sleep(PAUSE)
            if not self._is_there(text):
                self.lost.append(self.saved)

    def _is_there(self, text: str) -> bool:
        """Whether a text stands there, at the latest once it was put back."""
        for _ in range(400):
            if self.page.read_text(encoding="utf-8").replace(FIXED, "") == text:
                return True
            time.sleep(0.005)
        return False


@pytest.fixture(name="editor", params=[in_place, moved])
def fixture_editor(request, tmp_path):
    page = tmp_path / "page.html"
    page.write_text(BODY, encoding="utf-8")
    editor = Editor(page, request.param)
    editor.start()
    yield editor
    editor.has_to_end.set()
    editor.join()


def assert_nothing_lost(editor):
    editor.has_to_end.set()
    editor.join()
    assert editor.saved > 1
    assert editor.lost == []
    assert [path.name for path in editor.page.parent.glob(".*.tmp")] == []


def written(page) -> bool:
    """Whether a document was fixed; it may have been fixed before, or be changed meanwhile."""
    try:
        opened = source.read(page)
        fixed = opened.text.replace('"arrow.png">', f'"arrow.png"{FIXED}>')
        if fixed == opened.text:
            return False
        source.write(page, opened, fixed)
    except (ParseError, WriteError):
        return False
    return True


@pytest.mark.parametrize("times", [200, pytest.param(10_000, marks=pytest.mark.slow)])
def test_what_is_saved_while_a_document_is_written_is_never_lost(editor, times):
    count = 0
    while count < times:
        count += written(editor.page)
    assert_nothing_lost(editor)


@pytest.mark.parametrize("times", [1, pytest.param(30, marks=pytest.mark.slow)])
def test_what_is_saved_while_the_real_command_runs_is_never_lost(editor, times):
    command = [sys.executable, "-m", "alttext", "fix", "--no-cache", "--quiet", editor.page.name]
    for _ in range(times):
        run = subprocess.run(command, check=False, cwd=editor.page.parent, capture_output=True, text=True)
        assert run.returncode in {0, 1, 2}
        assert "Traceback" not in run.stderr
    assert_nothing_lost(editor)
