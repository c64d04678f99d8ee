"""HTTP on the loopback device, by the standard library: reads requests whole and small, sends answers.

What is answered is up to the `Answer` that the server is given; whatever fails in it is told in the
terminal, not in the page.
"""

import os
import socketserver
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from alttext.review.page.exchange import HEADERS, Refusal, Reply, Request

Answer = Callable[[Request], Reply]

LOOPBACK = "127.0.0.1"
MOST_BYTES = 65_536  # of a form

_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 32
_PATIENCE = 30  # seconds for one request
_METHODS = ("GET", "POST")


class Server(ThreadingHTTPServer):
    """Listens on the loopback device only; each request has a thread that ends with the program."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = os.name != "nt"  # there it would let other programs take the port over
    answer: Answer

    def __init__(self, port: int = 0, on_failure: Callable[[Exception], None] = lambda _: None) -> None:
        self.on_failure = on_failure
        super().__init__((LOOPBACK, port), _Handler)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return self.socket.getsockname()[1]  # type: ignore[no-any-return]

    def server_bind(self) -> None:
        """Bind without asking for the full name of the host, which can take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = LOOPBACK, self.port

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: this is a browser that has gone away; see `_Handler.answered` for the rest."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    timeout = _PATIENCE

    def handle_one_request(self) -> None:
        """Read one request and answer it, whatever its method, and close the connection."""
        self.close_connection = True
        try:
            self.raw_requestline = self.rfile.readline(MOST_BYTES + 1)
            if not self.raw_requestline or not self._is_legible():
                return
            self._send(self._answered())
        except (TimeoutError, ConnectionError):
            return

    def _is_legible(self) -> bool:
        if len(self.raw_requestline) > MOST_BYTES:
            self.requestline, self.request_version, self.command = "", "", ""
            self.send_error(HTTPStatus.REQUEST_URI_TOO_LONG)
            return False
        return self.parse_request()  # sends an error if it cannot

    def _answered(self) -> Reply:
        try:
            return self.server.answer(self._request())
        except Refusal as refusal:
            return refusal.reply
        except Exception as error:
            self.server.on_failure(error)
            return Refusal(
                HTTPStatus.INTERNAL_SERVER_ERROR, "This did not work; the terminal says why."
            ).reply

    def _request(self) -> Request:
        if self.command not in _METHODS:
            raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED, Allow=", ".join(_METHODS))
        if not self.path.startswith("/"):  # the form of requests to a proxy
            raise Refusal(HTTPStatus.BAD_REQUEST)
        try:
            url = urlsplit(self.path)
            query = _fields(url.query)
        except ValueError:
            raise Refusal(HTTPStatus.BAD_REQUEST) from None
        form = self._form() if self.command == "POST" else {}
        names = {name.lower() for name in self.headers}
        headers = {name: tuple(self.headers.get_all(name, ())) for name in names}
        return Request(self.command, url.path, query, headers, form)

    def _form(self) -> Mapping[str, str]:
        length = self.headers.get("Content-Length", "")
        if "Transfer-Encoding" in self.headers or not (length.isascii() and length.isdigit()):
            raise Refusal(HTTPStatus.LENGTH_REQUIRED)
        if len(length) > len(str(MOST_BYTES)) or int(length) > MOST_BYTES:
            raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if self.headers.get_content_type() != _FORM:
            raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        try:
            return _fields(self.rfile.read(int(length)).decode())
        except ValueError:
            raise Refusal(HTTPStatus.BAD_REQUEST) from None

    def _send(self, reply: Reply) -> None:
        self.request_version = self.protocol_version  # or what is no request would get no headers
        self.send_response(reply.status)
        fixed = (
            ("Content-Type", reply.kind),
            ("Content-Length", str(len(reply.body))),
            ("Content-Security-Policy", reply.policy),
            ("Connection", "close"),
        )
        for name, value in (*fixed, *HEADERS, *reply.headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """Answer what cannot be read, without the words of the request that http.server repeats."""
        self._send(Refusal(HTTPStatus(code)).reply)

    def version_string(self) -> str:
        """Name the program, not the versions of what it is made of."""
        return "alttext"

    def log_message(self, *_: object) -> None:
        """Write no log: the first request has the token in it."""


def _fields(text: str) -> dict[str, str]:
    """Return the fields of a form or a query; the last one of a name counts. Raises ValueError."""
    pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    return dict(pairs)
