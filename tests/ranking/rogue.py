"""A server on this machine that answers byte for byte as a test wants, and the network to reach it by."""

import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from ipaddress import ip_address
from threading import Thread

from alttext.ranking.network import Network

Answer = bytes | Callable[[socket.socket], None]


def http(body: bytes = b"", status: str = "200 OK", **headers: str | None) -> bytes:
    """A whole answer; `content_type="text/html"` adds or replaces a header, None leaves it out."""
    usual = {"content_type": "image/png", "content_length": str(len(body))}
    lines = [
        f"{name.replace('_', '-')}: {value}" for name, value in (usual | headers).items() if value is not None
    ]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode("latin-1") + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return http(status=status, location=location)


def endless(start: bytes, more: bytes, pause: Callable[[], object] = lambda: None) -> Answer:
    """Sends until the client goes away."""

    def send(connection: socket.socket) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(more)
            pause()

    return send


class Rogue:
    """Answers each path as told; use it in a `with` statement."""

    def __init__(self, answers: Mapping[str, Answer], tls: ssl.SSLContext | None = None) -> None:
        self.answers = answers
        self.requests: list[str] = []  # as they came, head only
        self._tls = tls
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._threads = [Thread(target=self._accept, daemon=True)]

    def __enter__(self) -> "Rogue":
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for thread in self._threads:
            thread.join()

    @property
    def paths(self) -> list[str]:
        return [request.split(" ")[1] for request in self.requests]

    def host(self, name: str = "cdn.test") -> str:
        """As it is listed in settings."""
        return f"{'https' if self._tls else 'http'}://{name}:{self.port}"

    def network(self, **more) -> Network:
        """One in which every name is of this server, and nothing is open but loopback."""
        endpoint = (socket.AF_INET, ("127.0.0.1", self.port))
        usual = {"look_up": lambda *_: [endpoint], "is_open": lambda ip: ip_address(ip).is_loopback}
        return Network(**(usual | more))

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            thread = Thread(target=self._serve, args=[connection], daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, plain: socket.socket) -> None:
        with plain, suppress(OSError):
            plain.settimeout(20)
            if not self._tls:
                self._answer(plain)
                return
            with self._tls.wrap_socket(plain, server_side=True) as connection:
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            received = connection.recv(4096)
            if not received:
                return
            request += received
        self.requests.append(request.decode("latin-1"))
        answer = self.answers.get(request.split(b" ")[1].decode("latin-1"), http(status="404 Not Found"))
        if isinstance(answer, bytes):
            connection.sendall(answer)
        else:
            answer(connection)
