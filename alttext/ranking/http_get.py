"""One request for one picture: no cookies, no redirects, no encodings, a limit to bytes and to time.

The limits are on the connection itself, so that they also hold for headers, for the framing of chunks, and
for servers that send a byte a second.
"""

import io
import socket
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any

from alttext import distribution
from alttext.errors import ImageError
from alttext.ranking.network import Network, seconds_left
from alttext.ranking.web_address import PORTS, WebAddress

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OVERHEAD = 256 << 10  # bytes; headers, and what chunks add


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: a picture, or where it is."""

    data: bytes = b""
    location: str = ""


class NoAnswerError(ImageError):
    """The server cannot be reached, or does not speak HTTP in time."""


class TooMuchError(OSError):
    """The server sends more than it may."""


def get(address: WebAddress, network: Network, max_bytes: int, deadline: float) -> Answer:
    """Ask for a picture. `deadline` is a time of the monotonic clock.

    Raises ImageError: remote-refused, remote-unavailable (as NoAnswerError if the whole server seems to be),
    image-too-large, image-unreadable.
    """
    connection = _Connection(address, network, max_bytes, deadline)
    try:
        connection.request("GET", address.target, headers=_headers())
        with connection.getresponse() as response:
            return _answer(response, address, max_bytes)
    except TooMuchError as error:
        raise _too_large(address, max_bytes) from error
    except (OSError, HTTPException, ValueError) as error:
        why = str(error) or type(error).__name__
        raise NoAnswerError(
            "remote-unavailable", f"{address.url}: no answer ({why}); try again later"
        ) from error
    finally:
        connection.close()


def _answer(response: HTTPResponse, address: WebAddress, max_bytes: int) -> Answer:
    location = response.headers.get("Location")
    if response.status in _REDIRECTS and location:
        return Answer(location=location)
    if response.status != 200:
        message = f"{address.url}: the server answers {response.status}; correct the address"
        raise ImageError("remote-unavailable", message)
    _refuse_what_is_no_picture(response, address)
    if (response.length or 0) > max_bytes:
        raise _too_large(address, max_bytes)
    data = response.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise _too_large(address, max_bytes)
    if response.length:  # http.client takes an early end for the end
        raise NoAnswerError(
            "remote-unavailable", f"{address.url}: the server stopped in the middle; try again later"
        )
    return Answer(data)


def _refuse_what_is_no_picture(response: HTTPResponse, address: WebAddress) -> None:
    if response.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        message = f"{address.url}: packed, although that was not asked for; correct the server"
        raise ImageError("remote-unavailable", message)
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if not kind.startswith("image/"):
        message = (
            f"{address.url}: {kind or 'something'} instead of a picture; correct the address or the server"
        )
        raise ImageError("image-unreadable", message)


def _too_large(address: WebAddress, max_bytes: int) -> ImageError:
    message = f"{address.url}: more than {max_bytes} bytes; shrink the picture or raise the limit"
    return ImageError("image-too-large", message)


@cache
def _headers() -> dict[str, str]:
    agent = f"{distribution.OURS}/{distribution.installed()}"
    return {"User-Agent": agent, "Accept": "image/*", "Connection": "close"}


class _Connection(HTTPConnection):
    """A connection that the network makes, with limits."""

    def __init__(self, address: WebAddress, network: Network, max_bytes: int, deadline: float) -> None:
        self.default_port = PORTS[address.scheme]  # so that the Host header is right
        super().__init__(address.host, address.port)
        self._address, self._network = address, network
        self._max_bytes, self._deadline = max_bytes, deadline

    def connect(self) -> None:
        connection = self._network.connect(self._address, self._deadline)
        self.sock: Any = _Wire(connection, self._max_bytes + self._max_bytes // 8 + _OVERHEAD, self._deadline)


class _Wire:
    """What http.client needs of a socket, until a deadline and for so many bytes."""

    def __init__(self, connection: socket.socket, max_bytes: int, deadline: float) -> None:
        self._socket, self._max_bytes, self._deadline = connection, max_bytes, deadline

    def sendall(self, data: bytes) -> None:
        self._socket.settimeout(seconds_left(self._deadline))
        self._socket.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Incoming(self._socket, self._max_bytes, self._deadline))

    def close(self) -> None:
        self._socket.close()  # once what makefile returned is closed, too


class _Incoming(io.RawIOBase):
    """The bytes that come in. Raises TimeoutError and TooMuchError."""

    def __init__(self, connection: socket.socket, max_bytes: int, deadline: float) -> None:
        self._socket, self._left, self._deadline = connection, max_bytes, deadline
        self._file = connection.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._socket.settimeout(seconds_left(self._deadline))
        count = self._file.readinto(buffer)
        self._left -= count or 0
        if self._left < 0:
            raise TooMuchError("it sends too much")
        return count

    def close(self) -> None:
        self._file.close()
        super().close()
