"""What a browser asks of the local server and what it is answered, and the headers of every answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

HTML = "text/html; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"
JSON = "application/json"

# Nothing from or to elsewhere, nothing inline, no frame around it, no text turned into markup.
POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
# A drawing is a document: opened by itself it would run its scripts. Its own style may be inline.
PICTURE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox"
)

HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cache-Control", "no-store"),
    # Not "no-referrer": with it browsers send "Origin: null" along with forms of our own, too.
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)


@dataclass(frozen=True, slots=True)
class Request:
    """One request, read whole."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # names in lower case
    form: Mapping[str, str] = field(default_factory=dict)

    def header(self, name: str) -> str:
        """The one value of a header; "" if there is none, or more than one."""
        values = self.headers.get(name, ())
        return values[0] if len(values) == 1 else ""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer."""

    body: bytes = b""
    kind: str = HTML
    status: HTTPStatus = HTTPStatus.OK
    headers: tuple[tuple[str, str], ...] = ()
    policy: str = POLICY


class Refusal(Exception):  # noqa: N818 - it is an answer rather than a fault
    """A request that gets no answer but its status; `said` tells a person what to do instead."""

    def __init__(self, status: HTTPStatus, said: str = "", **headers: str) -> None:
        super().__init__(said)
        self.status = status
        self.said = said or f"{status.phrase}."
        self.headers = tuple(headers.items())

    @property
    def reply(self) -> Reply:
        """The answer, in which nothing of the request comes back."""
        return Reply(f"{self.said}\n".encode(), PLAIN, self.status, self.headers)


def redirect(path: str, *headers: tuple[str, str]) -> Reply:
    """Send the browser on with a GET."""
    return Reply(b"", PLAIN, HTTPStatus.SEE_OTHER, (("Location", path), *headers))
