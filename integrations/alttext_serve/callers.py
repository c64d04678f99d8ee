"""Who may call: programs of this machine, whoever has the token, and pages of sites that are allowed.

Any page that a browser shows can send requests to this machine. So a request with the `Origin` of a page that
is not allowed is refused (cross-site request forgery), and without a token, `Host` has to be a name of ours:
a name of an attacker's can be made to point here, and what it is asked counts as its own (DNS rebinding).
"""

import hmac
import ipaddress
import re
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from alttext_serve.problems import Problem

_LOCALHOST = "localhost"
_NAME = re.compile(r"[^\s:/?#@*\[\]]+")
_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.%]+)\]|(?P<name>[^\s:/?#@\[\]]+))(?::\d+)?", re.IGNORECASE)
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^\s/?#@*]+", re.IGNORECASE)
_OF_OTHER_SITES = frozenset({"cross-site", "same-site"})


@dataclass(frozen=True, slots=True)
class Callers:
    """What a request has to show."""

    token: str = ""
    hosts: frozenset[str] = frozenset()  # names besides localhost, in lower case
    origins: frozenset[str] = frozenset()  # of pages that may call, such as https://cms.example.org
    is_local: bool = True  # nobody else than this machine reaches the service

    def check(self, headers: Headers) -> None:
        """Raise Problem unless whoever sends these headers may talk to the service at all."""
        named = headers.getlist("host")
        if not self.token and not (len(named) == 1 and self._is_ours(named[0])):
            raise Problem(421, "unknown-host", "address the service by localhost, or have its name allowed")
        if not self._may_be_from(headers, "".join(named)):
            raise Problem(403, "foreign-origin", "pages of this site may not use the service")

    def check_token(self, headers: Headers) -> None:
        """Raise Problem unless the token is shown, if there is one."""
        if not self.token:
            return
        scheme, _, given = headers.get("authorization", "").partition(" ")
        is_right = hmac.compare_digest(given.strip().encode(), self.token.encode())
        if scheme.lower() != "bearer" or not is_right:
            raise Problem(401, "unauthorized", "send the bearer token", {"WWW-Authenticate": "Bearer"})

    def _is_ours(self, host: str) -> bool:
        found = _HOST.fullmatch(host)
        if not found:
            return False
        name = (found["six"] or found["name"]).lower()
        return name == _LOCALHOST or name in self.hosts or self._is_ours_as_address(name)

    def _is_ours_as_address(self, name: str) -> bool:
        """An address points nowhere but to itself; where others reach us, we do not know all of ours."""
        try:
            return ipaddress.ip_address(name).is_loopback or not self.is_local
        except ValueError:
            return False

    def _may_be_from(self, headers: Headers, host: str) -> bool:
        origins = headers.getlist("origin")
        if not origins:  # no page, or a browser that loads something for one
            return headers.get("sec-fetch-site") not in _OF_OTHER_SITES
        return len(origins) == 1 and (origins[0] in self.origins or origins[0] == f"http://{host}")


class Guard:
    """The part of the application that all requests pass first."""

    def __init__(self, app: ASGIApp, callers: Callers) -> None:
        self._app, self._callers = app, callers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer why not."""
        try:
            if scope["type"] == "http":
                self._callers.check(Headers(scope=scope))
        except Problem as problem:
            await problem.response(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def host(value: str) -> str:
    """Return the name of a host as it is compared. Raises ValueError."""
    if not _NAME.fullmatch(value):
        raise ValueError(f"{value!r} is not the name of a host, such as alttext.example.org")
    return value.lower()


def origin(value: str) -> str:
    """Return the origin of a page as browsers send it. Raises ValueError."""
    bare = value.removesuffix("/")
    if not _ORIGIN.fullmatch(bare):
        raise ValueError(f"{value!r} is not an origin, such as https://cms.example.org")
    return bare.lower()
