"""Addresses of pictures on the network, and the list of hosts that they may be on.

An address is taken apart once. What is compared with the list, looked up and asked for are the same parts,
so that two readings of one address cannot differ: https://url.spec.whatwg.org/#concept-url-parser
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote, urljoin, urlsplit

from alttext.errors import ConfigError, ImageError

PORTS: Mapping[str, int] = MappingProxyType({"https": 443, "http": 80})
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_ENTRY = re.compile(
    r"(?:(?P<scheme>https?)://)?(?P<wildcard>\*\.)?(?P<host>[^/?#@:*\s]+)(?::(?P<port>\d{1,5}))?"
)
_KEPT = "%/:=&?~+!$,;'@()*[]|"  # what browsers leave as it is


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An http or https address, taken apart."""

    scheme: str
    host: str  # small ASCII letters, no dot at the end
    port: int
    target: str  # path and query, as they are sent

    @property
    def origin(self) -> str:
        """Scheme, host, and the port unless it is the usual one."""
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}"

    @property
    def url(self) -> str:
        """The address in one spelling."""
        return self.origin + self.target

    def joined(self, location: str) -> "WebAddress":
        """The address that `location` means on a page at this one. Raises as `parse` does."""
        try:
            return parse(urljoin(self.url, location))
        except ValueError as error:
            raise _refused(location, str(error)) from error


def parse(url: str) -> WebAddress:
    """Take an address apart. Raises ImageError, remote-refused, unless it is a plain one of the web."""
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme, _ascii(parts.hostname or ""), parts.port
    except ValueError as error:  # UnicodeError, from impossible names, is one
        raise _refused(url, str(error)) from error
    if scheme not in PORTS:
        raise _refused(url, "neither https nor http")
    if "@" in parts.netloc:
        raise _refused(url, "it holds a name or password")
    if not _HOST.fullmatch(host):
        raise _refused(url, "not the name of a host")
    query = f"?{parts.query}" if parts.query else ""
    target = quote((parts.path or "/") + query, safe=_KEPT)
    return WebAddress(scheme, host, PORTS[scheme] if port is None else port, target)


class Hosts:
    """The hosts that pictures may be fetched from: "cdn.example.org", "*.example.org", "http://example.org:8080".

    As in a content security policy, "*." stands for any subdomain, not for the domain itself. Without a
    scheme it is https, without a port the usual one.
    """

    def __init__(self, entries: Iterable[str]) -> None:
        """Raises ConfigError about an entry that is no host."""
        self._entries = [_entry(entry) for entry in entries]

    def allow(self, address: WebAddress) -> bool:
        """Whether an address is on one of the hosts."""
        return any(
            (address.scheme, address.port) == (scheme, port)
            and (address.host.endswith(f".{host}") if is_wildcard else address.host == host)
            for scheme, is_wildcard, host, port in self._entries
        )


def _entry(entry: str) -> tuple[str, bool, str, int]:
    found = _ENTRY.fullmatch(entry.lower())
    host = _named(found["host"]) if found else ""
    is_wildcard = bool(found and found["wildcard"])
    if not found or not _HOST.fullmatch(host) or (is_wildcard and "." not in host):
        raise ConfigError(
            f'remote: {entry} is not a host; write "cdn.example.org", "*.example.org" or "http://example.org:8080"'
        )
    scheme = found["scheme"] or "https"
    return scheme, is_wildcard, host, int(found["port"] or PORTS[scheme])


def _named(host: str) -> str:
    try:
        return _ascii(host)
    except ValueError:
        return ""


def _ascii(host: str) -> str:
    """The name as the domain name system has it, without the dot that says it is complete."""
    name = host.lower() if host.isascii() else host.encode("idna").decode("ascii").lower()
    return name.removesuffix(".")


def _refused(url: str, why: str) -> ImageError:
    return ImageError("remote-refused", f"{url}: {why}; correct the address")
