"""`alttext review --terminal`: through a pipe and through a terminal."""

import os
import pty
import select
import subprocess
import sys

import pytest
from click.testing import CliRunner

from alttext.cli import cli

PAGE = '<p>One <a href="/"><img src="a.png"></a></p>\n'


def review(*arguments, **more):
    return CliRunner().invoke(cli, ["review", "--terminal", *arguments], **more)


def test_answers_can_come_from_a_pipe(folder):
    root = folder("a.png", files={"a.html": PAGE})
    result = review("a.html", input="Start\n\n")
    assert result.exit_code == 0
    assert (root / "a.html").read_text() == PAGE.replace('"a.png"', '"a.png" alt="Start"')
    assert result.stdout.endswith("1 written, 0 marked as decorative, 0 skipped.\n")


@pytest.mark.parametrize(("lines", "code"), [("", 1), ("q\n", 1), ("s\n\n", 1), ("Start\nu\ns\n\n", 1)])
def test_nothing_is_written_without_an_answer(folder, lines, code):
    root = folder("a.png", files={"a.html": PAGE})
    assert review("a.html", input=lines).exit_code == code
    assert (root / "a.html").read_text() == PAGE


def test_a_document_without_anything_left_exits_with_0(folder):
    folder(files={"a.html": '<img src="a.png" alt="Rex">'})
    result = review("a.html")
    assert (result.exit_code, result.stdout) == (0, "0 written, 0 marked as decorative, 0 skipped.\n")


def test_what_fix_would_write_is_asked_about_on_request(folder):
    root = folder("certain.png", files={"a.html": '<img src="certain.png">'})
    assert review("a.html", "--all", "--quiet", input="A cat\n\n").exit_code == 0
    assert (root / "a.html").read_text() == '<img src="certain.png" alt="A cat">'


def test_exit_zero_is_for_those_who_do_not_care(folder):
    folder("a.png", files={"a.html": PAGE})
    assert review("a.html", "--exit-zero", input="q\n").exit_code == 0


# Takes the terminal over, so that Ctrl-C is a signal.
IN_CONTROL = (
    "import fcntl, runpy, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "runpy.run_module('alttext', run_name='__main__', alter_sys=True)"
)


class Terminal:
    """A process at the other end of a pseudo-terminal."""

    def __init__(self, *arguments, cwd):
        self.end, other = pty.openpty()
        command = [sys.executable, "-c", IN_CONTROL, *arguments]
        environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            command,
            stdin=other,
            stdout=other,
            stderr=other,
            cwd=cwd,
            env=environment,
            start_new_session=True,
        )
        os.close(other)
        self.seen = ""

    def until(self, words, seconds=60):
        while words not in self.seen:
            assert select.select([self.end], [], [], seconds)[0], self.seen
            self.seen += os.read(self.end, 4096).decode(errors="replace")
        self.seen = self.seen.partition(words)[2]

    def type(self, text):
        os.write(self.end, text.encode())

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.end)


@pytest.fixture
def terminal(folder):
    opened = []

    def start(root):
        opened.append(Terminal("review", "--terminal", "a.html", cwd=root))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


def test_a_terminal_edits_the_suggestion_and_takes_it_back(folder, terminal):
    root = folder("a.png", files={"a.html": PAGE})
    session = terminal(root)
    session.until('suggestion:  "Home"')
    session.until("> ")
    session.type("e\r")
    session.until("> Home")
    session.type(" page\r")
    session.until("written")
    session.until("u undoes > ")
    assert (root / "a.html").read_text() == PAGE.replace('"a.png"', '"a.png" alt="Home page"')
    session.type("u\r")
    session.until("more keys")
    assert (root / "a.html").read_text() == PAGE


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_a_terminal_can_be_left_at_any_time(folder, terminal, key):
    root = folder("a.png", files={"a.html": PAGE + PAGE})
    session = terminal(root)
    session.until("more keys")
    session.until("> ")
    session.type("Start\r")
    session.until("Image 2")
    session.until("> ")
    session.type(key)
    session.until("not all images were asked about.")
    assert session.process.wait(60) == 1
    assert (root / "a.html").read_text() == PAGE.replace('"a.png"', '"a.png" alt="Start"') + PAGE
