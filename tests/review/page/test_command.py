"""`alttext review` as people start it: an address, answers, Ctrl-C, a summary."""

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest

PAGE = '<a href="/"><img src="a.png"></a>\n'  # nothing that a model has to look at


class Running:
    """The command, with a cookie for its page."""

    def __init__(self, process):
        self.process = process
        address = process.stderr.readline()
        self.host = re.search(r"review at http://([^/]+)/", address)[1]
        welcome = self.ask("GET", f"/?{re.search(r'token=.*', address)[0]}")
        self.cookie = welcome.headers["Set-Cookie"].split(";")[0]

    cookie = ""

    def ask(self, method, path, **form):
        headers = {"Cookie": self.cookie, "Origin": f"http://{self.host}"}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        connection = HTTPConnection(self.host, timeout=60)
        connection.request(method, path, urlencode(form) or None, headers)
        response = connection.getresponse()
        response.read()
        connection.close()
        return response

    def first(self):
        """The path of the first image, once it is found."""
        while (path := self.ask("GET", "/").headers["Location"]).startswith("/queue"):
            pass
        return path.partition("#")[0]

    def interrupt(self):
        """Press Ctrl-C; return what is said then, and the exit code."""
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=60)
        return said, self.process.returncode


@contextmanager
def running(*arguments):
    command = [sys.executable, "-m", "alttext", "review", "--no-browser", *arguments]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, **streams) as process:
        try:
            yield Running(process)
        finally:
            process.kill()


@pytest.mark.skipif(os.name == "nt", reason="signals are other ones there")
def test_what_is_answered_is_written_and_ctrl_c_tells_what_was_done(site):
    root = site("a.png", files={"a.html": PAGE})
    with running("a.html") as review:
        assert review.ask("POST", review.first(), text="Home", do="write").status == 303
        said, code = review.interrupt()
    assert (root / "a.html").read_text() == PAGE.replace('"a.png"', '"a.png" alt="Home"')
    assert said == "1 written, 0 marked as decorative, 0 left (0 skipped)\n"
    assert code == 0


@pytest.mark.skipif(os.name == "nt", reason="signals are other ones there")
def test_what_is_left_is_told_by_the_exit_code(site):
    root = site("a.png", files={"a.html": PAGE})
    with running("a.html") as review:
        review.first()
        said, code = review.interrupt()
    assert (root / "a.html").read_text() == PAGE
    assert said == "0 written, 0 marked as decorative, 1 left (0 skipped)\n"
    assert code == 1


def test_a_port_that_is_taken_ends_the_command(site):
    site(files={"a.html": PAGE})
    with running("a.html") as review:
        port = review.host.rpartition(":")[2]
        command = [sys.executable, "-m", "alttext", "review", "--no-browser", "--port", port, "a.html"]
        again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert again.returncode == 2
    assert again.stderr.startswith(f"alttext: port {port}: ")
