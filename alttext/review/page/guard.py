"""Who may use the local server: the browser that was given its address, and no page of another site.

Against pages that a browser shows at the same time: the `Host` has to be our own, since an attacker's name
can be made to point here (DNS rebinding), and whatever changes something has to come from a page of ours
(cross-site request forgery). Against other users of the machine: nothing is told without the token.
"""

import hmac
import secrets
from http import HTTPStatus

from alttext.review.page.exchange import Refusal, Reply, Request

NAMES = ("127.0.0.1", "localhost")
TOKEN_HEADER = "x-alttext-token"  # noqa: S105 - the name of a header

_ENTRANCE = "/"
_LOCKED = "Open the address that the terminal shows; it holds the key to this page."
# Not a redirect: after a click on another site (a terminal in a browser) the cookie would not go with it.
_WELCOME = (
    b'<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<title>alttext review</title>\n'
    b'<link rel="icon" href="/icon.svg">\n<meta http-equiv="refresh" content="0; url=/">\n'
    b'<p><a href="/">Open the review</a></p>\n</html>\n'
)
_OWN_FETCHES = ("same-origin", "none")  # "none": typed, or opened by another program


class Guard:
    """Lets requests in, or raises what they are told instead."""

    def __init__(self, port: int, token: str = "") -> None:
        self.token = token or secrets.token_urlsafe(32)
        self.hosts = tuple(f"{name}:{port}" for name in NAMES)
        self._cookie = f"alttext-review-{port}"  # cookies of one host are shared by all its ports
        self._ticket = ""

    @property
    def address(self) -> str:
        """Where a browser is let in."""
        return f"http://{self.hosts[0]}{_ENTRANCE}?token={self.token}"

    def ticket(self) -> str:
        """Return an address that lets one browser in once: other users see how programs were started."""
        self._ticket = secrets.token_urlsafe(32)
        return f"http://{self.hosts[0]}{_ENTRANCE}?ticket={self._ticket}"

    def admit(self, request: Request) -> Reply | None:
        """Return None to go on, or the answer to whoever shows the key at the entrance. Raises Refusal."""
        self._check_host(request)
        if request.method == "POST":
            self._check_origin(request)
        if request.method == "GET" and request.path == _ENTRANCE and request.query:
            self._check_entrance(request)
            cookie = f"{self._cookie}={self.token}; Path=/; HttpOnly; SameSite=Strict"
            return Reply(_WELCOME, headers=(("Set-Cookie", cookie),))
        if (request.header("sec-fetch-site") or "none") not in _OWN_FETCHES:
            raise Refusal(HTTPStatus.FORBIDDEN)
        self._check(request.header(TOKEN_HEADER) or self._cookie_of(request), self.token)
        return None

    def _check_entrance(self, request: Request) -> None:
        if "ticket" in request.query:
            ticket, self._ticket = self._ticket, ""
            self._check(request.query["ticket"], ticket)
        else:
            self._check(request.query.get("token", ""), self.token)

    def _check_host(self, request: Request) -> None:
        if request.header("host") not in self.hosts:
            raise Refusal(HTTPStatus.MISDIRECTED_REQUEST)

    def _check_origin(self, request: Request) -> None:
        if request.header("origin") != f"http://{request.header('host')}":
            raise Refusal(HTTPStatus.FORBIDDEN)

    def _check(self, shown: str, key: str) -> None:
        is_right = hmac.compare_digest(shown.encode("utf-8", "surrogateescape"), key.encode())
        if not (key and is_right):
            raise Refusal(HTTPStatus.FORBIDDEN, _LOCKED)

    def _cookie_of(self, request: Request) -> str:
        """Our cookie among those that other programs on this machine have set, well-formed or not."""
        for cookie in request.header("cookie").split(";"):
            name, _, value = cookie.strip().partition("=")
            if name == self._cookie:
                return value
        return ""
