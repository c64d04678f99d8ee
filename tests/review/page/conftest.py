"""Reviews of small sites: their state, their pages, and a server that runs."""

import http.client
import threading
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

from alttext import Settings
from alttext.review.page.desk import Desk
from alttext.review.page.exchange import Request
from alttext.review.page.guard import Guard
from alttext.review.page.previews import Previews
from alttext.review.page.routes import Routes
from alttext.review.page.server import LOOPBACK, Server

TOKEN = "correct-horse"
PAGE = """<!DOCTYPE html>
<html lang="en"><title>Trips &amp; more</title>
<h1>Trips</h1>
<p>We met <img src="dog.png"> at <em>noon</em>.</p>
<a href="/about"><img src="home.png"></a>
<figure><img src="cat.png"><figcaption>Our guide.</figcaption></figure>
</html>
"""


@pytest.fixture
def desk(asked):
    """Opens a desk with all tasks of documents on it."""

    def open_desk(*paths, **options) -> Desk:
        desk = Desk()
        desk.collect(asked(*paths, **options))
        return desk

    return open_desk


@pytest.fixture
def trips(site):
    """A folder with one page of three images, each of its own purpose."""
    return site("dog.png", "home.png", "cat.png", files={"a.html": PAGE})


class Review:
    """What a browser that was let in sees of a review."""

    def __init__(self, desk, paths=(".",)):
        self.desk = desk
        self.guard = Guard(8123, TOKEN)
        self.routes = Routes(self.guard, desk, Previews(paths, Settings()))

    @property
    def items(self):
        return self.desk.slice(1, 1 + self.desk.progress.total)

    def ask(self, method, path, query="", form=None):
        headers = {
            "host": ("127.0.0.1:8123",),
            "origin": ("http://127.0.0.1:8123",),
            "cookie": (f"alttext-review-8123={TOKEN}",),
        }
        fields = dict(pair.split("=") for pair in query.split("&") if pair)
        return self.routes.answer(Request(method, path, fields, headers, form or {}))

    def get(self, path, query=""):
        return self.ask("GET", path, query)

    def post(self, path, **form):
        return self.ask("POST", path, form=form)

    def page(self, path, query=""):
        return soup(self.get(path, query))


def soup(reply):
    """The page of a reply, to look around in."""
    return BeautifulSoup(reply.body, "lxml")


@pytest.fixture
def review(desk):
    """Opens the review of documents."""

    def open_review(*paths) -> Review:
        return Review(desk(*paths), paths or (".",))

    return open_review


class Served:
    """A review that listens, asked by what is not always a well-meant browser."""

    def __init__(self, desk):
        self.desk, self.failures = desk, []
        self.server = Server(on_failure=self.failures.append)
        self.guard = Guard(self.server.port)
        self.host = self.guard.hosts[0]
        self.server.answer = Routes(self.guard, desk, Previews(["."], Settings())).answer
        self.cookie = f"alttext-review-{self.server.port}={self.guard.token}"

    def ask(self, method="GET", path="/", form=None, **headers):
        body = None if form is None else urlencode(form)
        sent = {"Host": self.host, "Cookie": self.cookie, "Origin": f"http://{self.host}"}
        sent |= {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection(LOOPBACK, self.server.port, timeout=20)
        connection.request(method, path, body, {name: value for name, value in sent.items() if value})
        response = connection.getresponse()
        response.content = response.read()
        connection.close()
        return response


@pytest.fixture
def served(desk):
    """Starts the review of documents, and ends it after the test."""
    started = []

    def start(*paths) -> Served:
        review = Served(desk(*paths))
        thread = threading.Thread(target=review.server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        started.append((review, thread))
        return review

    yield start
    for review, thread in started:
        review.server.shutdown()
        thread.join()
        review.server.server_close()
        assert not review.failures
