import http.client
import socket
import threading
from http import HTTPStatus

import pytest

from alttext.review.page.exchange import POLICY, Refusal, Reply
from alttext.review.page.server import LOOPBACK, MOST_BYTES, Server

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Served:
    """A server that remembers what it was asked, and what failed."""

    def __init__(self):
        self.requests, self.failures = [], []
        self.reply = Reply(b"<p>Hello</p>")
        self.server = Server(on_failure=self.failures.append)
        self.server.answer = self.answer

    def answer(self, request):
        self.requests.append(request)
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    def ask(self, method="GET", path="/", body=None, headers=()):
        connection = http.client.HTTPConnection(LOOPBACK, self.server.port, timeout=20)
        connection.request(method, path, body, dict(headers))
        response = connection.getresponse()
        response.content = response.read()
        connection.close()
        return response

    def ask_raw(self, data):
        with socket.create_connection((LOOPBACK, self.server.port), timeout=20) as connection:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            with connection.makefile("rb") as file:
                return file.read()


@pytest.fixture(name="served")
def fixture_served():
    served = Served()
    thread = threading.Thread(target=served.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield served
    served.server.shutdown()
    thread.join()
    served.server.server_close()


def test_it_listens_on_the_loopback_device_only(served):
    assert served.server.socket.getsockname()[0] == "127.0.0.1"


def test_a_request_arrives_whole(served):
    served.ask("POST", "/task/1?a=b+c&d=", "text=A+dog%0D%0A%C3%BC&do=write", FORM | {"Origin": "http://x"})
    (request,) = served.requests
    assert (request.method, request.path) == ("POST", "/task/1")
    assert request.query == {"a": "b c", "d": ""}
    assert request.form == {"text": "A dog\r\nü", "do": "write"}
    assert request.header("origin") == "http://x"


def test_an_answer_arrives_with_headers_that_shut_everything_else_out(served):
    response = served.ask()
    assert (response.status, response.content) == (HTTPStatus.OK, b"<p>Hello</p>")
    assert response.headers["Content-Security-Policy"] == POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["Server"] == "alttext"


OTHER_FORM = {"Content-Type": "text/plain"}
METHOD, BAD = HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.BAD_REQUEST
KIND, LARGE, LENGTH = (
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.LENGTH_REQUIRED,
)
REFUSED = {
    "another method": (METHOD, "PUT", "/", None, FORM),
    "a method of a probe": (METHOD, "OPTIONS", "/", None, {}),
    "a method nobody knows": (METHOD, "SECRET", "/", None, {}),
    "a request to a proxy": (BAD, "GET", "http://secret.example/", None, {}),
    "too many fields": (BAD, "GET", "/?" + "&".join("secret=1" for _ in range(99)), None, {}),
    "a query that is not UTF-8": (BAD, "GET", "/?secret=%FF", None, {}),
    "a form that is not UTF-8": (BAD, "POST", "/", b"secret=\xff", FORM),
    "a form with an escape that is not UTF-8": (BAD, "POST", "/", b"secret=%FF", FORM),
    "a form of another kind": (KIND, "POST", "/", b"{}", OTHER_FORM),
    "a form of no kind": (KIND, "POST", "/", b"secret=1", {}),
    "a large form": (LARGE, "POST", "/", None, FORM | {"Content-Length": str(MOST_BYTES + 1)}),
    "a length that is cut easily": (LARGE, "POST", "/", None, FORM | {"Content-Length": "0" * 12 + "9" * 12}),
    "a length that is none": (LENGTH, "POST", "/", None, FORM | {"Content-Length": "-1"}),
    "a form in pieces": (
        LENGTH, "POST", "/", None, FORM | {"Transfer-Encoding": "chunked", "Content-Length": "0"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_browser_sends_is_refused_without_details(served, name):
    status, method, path, body, headers = REFUSED[name]
    response = served.ask(method, path, body, headers)
    assert response.status == status
    assert response.content == f"{status.phrase}.\n".encode()
    assert response.headers["Content-Type"].startswith("text/plain")
    assert not served.requests


@pytest.mark.parametrize(
    "data",  # no more of it than is read: what is left in a socket at its end resets the connection
    [
        b"SECRET\r\n\r\n",
        b"GET / SECRET/1.1\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: secret\r\n\r\n",
        b"GET /secret HTTP/1.1\r\n" + b"A: b\r\n" * 101,
        b"GET /secret HTTP/1.1\r\nA: " + b"b" * (MOST_BYTES - 2),
        b"GET /secret".ljust(MOST_BYTES + 1, b"t"),
    ],
    ids=["no request", "no protocol", "another version", "many headers", "a long header", "a long address"],
)
def test_what_is_no_request_is_refused_without_details(served, data):
    answer = served.ask_raw(data)
    status, _, rest = answer.partition(b"\r\n")
    assert status.startswith((b"HTTP/1.0 4", b"HTTP/1.0 505"))
    assert b"secret" not in answer.lower()
    assert b"Content-Security-Policy" in rest
    assert not served.requests


def test_a_browser_that_goes_away_does_no_harm(served):
    assert served.ask_raw(b"") == b""
    assert served.ask_raw(b"POST / HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n") != b"x"
    assert served.ask().status == HTTPStatus.OK
    assert not served.failures


def test_a_refusal_is_told(served):
    served.reply = Refusal(HTTPStatus.FORBIDDEN, "Not you.")
    response = served.ask()
    assert (response.status, response.content) == (HTTPStatus.FORBIDDEN, b"Not you.\n")


def test_a_failure_is_told_in_the_terminal_and_not_in_the_page(served):
    served.reply = KeyError("a secret")
    response = served.ask()
    assert response.status == HTTPStatus.INTERNAL_SERVER_ERROR
    assert b"secret" not in response.content
    assert b"KeyError" not in response.content
    assert served.failures == [served.reply]


def test_a_port_can_be_asked_for():
    with Server() as free:
        port = free.port
    with Server(port) as again:
        assert again.port == port
