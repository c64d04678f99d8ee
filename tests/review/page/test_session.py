"""A review from its address in the terminal to its summary."""

import http.client
import re
import threading
from urllib.parse import urlsplit

import pytest

from alttext import Settings
from alttext.errors import ConfigError
from alttext.review.page import session
from alttext.review.page.desk import Progress
from alttext.review.page.previews import Previews
from alttext.review.page.server import LOOPBACK, Server
from alttext.types import FileResult


def progress(written=0, skipped=0, total=3, is_looking=False):
    return Progress(total, written, 0, skipped, is_looking=is_looking)


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (session.Outcome(progress(written=3)), 0),
        (session.Outcome(progress(total=0)), 0),
        (session.Outcome(progress(written=2)), 1),
        (session.Outcome(progress(written=2, skipped=1)), 1),
        (session.Outcome(progress(written=3, is_looking=True)), 1),
        (session.Outcome(progress(written=3), unreadable=1), 2),
        (session.Outcome(progress(written=3), failure="no model"), 2),
    ],
)
def test_the_exit_code_tells_whether_something_is_left(outcome, code):
    assert outcome.exit_code == code


def test_the_summary_tells_what_was_done_and_what_is_left():
    told = session.Outcome(Progress(9, 3, 2, 1, is_looking=True)).summary
    assert told == "3 written, 2 marked as decorative, 4 left (1 skipped); not all pictures were looked at"


@pytest.fixture(name="held")
def fixture_held(monkeypatch):
    """Holds a review in which Ctrl-C is pressed once `visit` has been there."""

    def hold(found, visit=lambda address: None, **options):
        told = []

        def serve(server, poll_interval=0.5):
            thread = threading.Thread(target=ThreadingVisit(visit, told, server))
            thread.start()
            serve_forever(server, 0.01)
            thread.join()
            raise KeyboardInterrupt

        serve_forever = Server.serve_forever
        monkeypatch.setattr(Server, "serve_forever", serve)
        outcome = session.hold(found, Previews(["."], Settings()), tell=told.append, **options)
        return outcome, told

    return hold


class ThreadingVisit:
    def __init__(self, visit, told, server):
        self.visit, self.told, self.server = visit, told, server

    def __call__(self):
        try:
            self.visit(re.search(r"http:\S+", self.told[0])[0])
        finally:
            self.server.shutdown()


def get(address, cookie=""):
    url = urlsplit(address)
    connection = http.client.HTTPConnection(LOOPBACK, url.port, timeout=20)
    connection.request("GET", f"{url.path}?{url.query}", headers={"Cookie": cookie} if cookie else {})
    response = connection.getresponse()
    response.content = response.read()
    connection.close()
    return response


def test_the_address_lets_a_browser_in_and_the_browser_is_opened_with_another(
    trips, asked, held, monkeypatch
):
    opened, seen = [], []
    monkeypatch.setattr(session.webbrowser, "open", opened.append)

    def visit(address):
        seen.append(address)
        cookie = get(address).headers["Set-Cookie"].split(";")[0]
        assert get(opened[0]).headers["Set-Cookie"].split(";")[0] == cookie
        assert get(urlsplit(address)._replace(path="/queue", query="").geturl(), cookie).status == 200

    outcome, told = held(asked("."), visit)
    assert (outcome.progress.total, outcome.exit_code) == (3, 1)
    assert "token=" not in opened[0]
    assert any("Ctrl-C" in line for line in told)


def test_no_browser_is_opened_where_none_is_wanted(held, monkeypatch):
    monkeypatch.setattr(session.webbrowser, "open", lambda _: pytest.fail("opened"))
    outcome, _ = held([FileResult("a.html", error="broken")], opens_browser=False)
    assert outcome.unreadable == 1


def test_a_port_that_is_taken_is_named(held):
    with Server() as other, pytest.raises(ConfigError, match=f"port {other.port}: .*--port"):
        held([], port=other.port, opens_browser=False)
