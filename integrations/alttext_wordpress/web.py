"""HTTP by the standard library: JSON and pictures, no redirects, a password that stays with its site."""

import base64
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

import msgspec

from alttext import AlttextError

_SECONDS = 30  # of silence
_LONGEST_JSON = 32 << 20  # bytes
_AGENT = "alttext-wordpress"

Parameters = Mapping[str, str | int]


class SiteError(AlttextError):
    """The site cannot be talked to, or does not let us do what is needed."""


class RequestError(AlttextError):
    """One request failed; others may not."""

    def __init__(self, message: str, status: int = 0, code: str = "") -> None:
        """`status` is that of HTTP, `code` what WordPress calls the error."""
        super().__init__(message)
        self.status, self.code = status, code


@dataclass(frozen=True)
class Reply:
    """What was answered."""

    headers: Mapping[str, str]
    data: bytes

    @property
    def json(self) -> Any:
        """The body as JSON. Raises RequestError."""
        try:
            return msgspec.json.decode(self.data)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise RequestError("the answer is not JSON") from error


class _NoRedirect(HTTPRedirectHandler):
    """A redirect is told, not followed: a password would go along, or a POST would become a GET."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Web:
    """Sends requests; to the site at `url` with the password, elsewhere without."""

    def __init__(self, url: str, user: str, password: str) -> None:
        """Raises SiteError if the password could be read on the way."""
        self.url = url.rstrip("/")
        if not is_private(self.url):
            raise SiteError(
                f"{url}: not https, so that others could read the password; use the https address"
            )
        secret = base64.b64encode(f"{user}:{password}".encode()).decode()
        self._authorization = f"Basic {secret}"
        self._opener = _opener(self.url)

    def api(self, address: str, parameters: Parameters, body: Any = None) -> Reply:
        """Ask the site. Raises RequestError."""
        mark = "&" if "?" in address else "?"
        headers = {"Accept": "application/json", "Authorization": self._authorization}
        data = None
        if body is not None:
            data, headers["Content-Type"] = msgspec.json.encode(body), "application/json"
        return self._send(
            Request(f"{address}{mark}{urlencode(parameters)}", data, headers),  # noqa: S310 - http(s) only
            _LONGEST_JSON,
        )

    def picture(self, address: str, longest: int) -> bytes:
        """Download a picture, of any host. Raises RequestError."""
        if not is_private(address):
            raise RequestError(f"{address}: not https")
        return self._send(Request(address, headers={"Accept": "image/*"}), longest).data  # noqa: S310

    def _send(self, request: Request, longest: int) -> Reply:
        request.add_header("User-Agent", _AGENT)
        try:
            with self._opener.open(request, timeout=_SECONDS) as reply:
                data = reply.read(longest + 1)
                headers = {name.lower(): value for name, value in reply.headers.items()}
        except HTTPError as error:
            with error:
                raise _refused(error) from error
        except (OSError, URLError, HTTPException, ValueError) as error:
            raise RequestError(f"{request.host}: {getattr(error, 'reason', None) or error}") from error
        if len(data) > longest:
            raise RequestError(f"more than {longest} bytes")
        return Reply(headers, data)


def is_private(url: str) -> bool:
    """Whether nobody on the way reads what is sent: https, or http to this machine."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and is_local(url)))


def is_local(url: str) -> bool:
    """Whether an address is of this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _opener(url: str) -> OpenerDirector:
    opener = OpenerDirector()
    handlers = [HTTPHandler(), HTTPSHandler(), HTTPDefaultErrorHandler(), HTTPErrorProcessor(), _NoRedirect()]
    for handler in [*handlers, *([] if is_local(url) else [ProxyHandler()])]:
        opener.add_handler(handler)
    return opener


def _refused(error: HTTPError) -> RequestError:
    """What WordPress says of an error, else what HTTP says."""
    if target := error.headers.get("Location"):
        return RequestError(f"redirects to {target}; give the address that it redirects to", error.code)
    told = _told(error)
    message = str(told.get("message") or error.reason)
    return RequestError(f"{error.code} {message}", error.code, str(told.get("code", "")))


def _told(error: IO[bytes]) -> Mapping[str, Any]:
    try:
        told = msgspec.json.decode(error.read(1 << 16))
    except (msgspec.DecodeError, UnicodeDecodeError, OSError):
        return {}
    return told if isinstance(told, dict) else {}
