"""Who may use the local server: the browser that was given its address, and no page of another site.

Against pages that a browser shows at the same time: the `Host` has to be our own, since an attacker's name
can be made to point here (DNS rebinding), and whatever changes something has to come from a page of ours
(cross-site request forgery). Against other users of the machine: nothing is told without the token.
"""

import hmac
import secrets
from http import HTTPStatus

from alttext.review.page.exchange import Refusal, Reply, Request, redirect

NAMES = ("127.0.0.1", "localhost")
TOKEN_HEADER = "x-alttext-token"  # noqa: S105 - the name of a header

_ENTRANCE = "/"
_LOCKED = "Open the address that the terminal shows; it holds the key to this page."
_OWN_FETCHES = ("same-origin", "none")  # "none": typed, or opened by another program


class Guard:
    """Lets requests in, or raises what they are told instead."""

    def __init__(self, port: int, token: str = "") -> None:
        self.token = token or secrets.token_urlsafe(32)
        self.hosts = tuple(f"{name}:{port}" for name in NAMES)
        self._cookie = f"alttext-review-{port}"  # cookies of one host are shared by all its ports

    @property
    def address(self) -> str:
        """Where the browser is let in."""
        return f"http://{self.hosts[0]}{_ENTRANCE}?token={self.token}"

    def admit(self, request: Request) -> Reply | None:
        """Return None to go on, or the answer to whoever shows the key at the entrance. Raises Refusal."""
        self._check_host(request)
        if request.method == "POST":
            self._check_origin(request)
        if self._is_at_entrance(request):
            self._check_token(request.query["token"])
            cookie = f"{self._cookie}={self.token}; Path=/; HttpOnly; SameSite=Strict"
            return redirect(_ENTRANCE, ("Set-Cookie", cookie))
        if (request.header("sec-fetch-site") or "none") not in _OWN_FETCHES:
            raise Refusal(HTTPStatus.FORBIDDEN)
        self._check_token(request.header(TOKEN_HEADER) or self._cookie_of(request))
        return None

    def _check_host(self, request: Request) -> None:
        if request.header("host") not in self.hosts:
            raise Refusal(HTTPStatus.MISDIRECTED_REQUEST)

    def _check_origin(self, request: Request) -> None:
        if request.header("origin") != f"http://{request.header('host')}":
            raise Refusal(HTTPStatus.FORBIDDEN)

    def _is_at_entrance(self, request: Request) -> bool:
        return request.method == "GET" and request.path == _ENTRANCE and "token" in request.query

    def _check_token(self, token: str) -> None:
        if not hmac.compare_digest(token.encode("utf-8", "surrogateescape"), self.token.encode()):
            raise Refusal(HTTPStatus.FORBIDDEN, _LOCKED)

    def _cookie_of(self, request: Request) -> str:
        """Our cookie among those that other programs on this machine have set, well-formed or not."""
        for cookie in request.header("cookie").split(";"):
            name, _, value = cookie.strip().partition("=")
            if name == self._cookie:
                return value
        return ""
