"""Connections to public addresses only, each to the very address that was checked.

A name is looked up once. Its addresses are checked, and the connection goes to one of them, not to the name:
what a second lookup would say does not matter (DNS rebinding). No proxy is ever used: through one, nobody
here would know the address. Special addresses: https://www.iana.org/assignments/iana-ipv4-special-registry ,
https://www.iana.org/assignments/iana-ipv6-special-registry
"""

import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from alttext.errors import ImageError
from alttext.ranking.web_address import WebAddress

# Whatever the version of Python thinks of them: private, shared, loopback, link-local (with the metadata
# services of clouds), special, documentation, relays, multicast, reserved, and a service of Azure.
_CLOSED_V4 = tuple(
    ip_network(block)
    for block in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"),
    )
)
# Of IPv6, only global unicast is open, and of that not what has an address of IPv4 inside or is special.
_OPEN_V6 = ip_network("2000::/3")
_CLOSED_V6 = tuple(map(ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
_NAT64 = ip_network("64:ff9b::/96")  # how networks without IPv4 reach it; its end is the address there

Endpoint = tuple[socket.AddressFamily, tuple[Any, ...]]  # as getaddrinfo has them


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found in _NAT64:
        found = IPv4Address(int(found) & 0xFFFF_FFFF)
    if isinstance(found, IPv4Address):
        is_open = not any(found in block for block in _CLOSED_V4)
    else:
        is_open = found in _OPEN_V6 and not any(found in block for block in _CLOSED_V6)
    return is_open and found.is_global and not found.is_multicast


def seconds_left(deadline: float) -> float:
    """Seconds until a time of the monotonic clock. Raises TimeoutError if it has come."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("it took too long")
    return left


def _looked_up(host: str, port: int) -> list[Endpoint]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(family, address) for family, _, _, _, address in found]


@cache
def _trust() -> ssl.SSLContext:
    """Certificates that the operating system trusts, where the extra `remote` is installed, else OpenSSL."""
    try:
        import truststore  # noqa: PLC0415 - an extra
    except ImportError:
        return ssl.create_default_context()
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@dataclass(frozen=True, slots=True)
class Network:
    """The way to other machines. Tests put another one in its place; no setting can."""

    look_up: Callable[[str, int], Sequence[Endpoint]] = _looked_up
    is_open: Callable[[str], bool] = is_public
    trust: Callable[[], ssl.SSLContext] = _trust

    def connect(self, address: WebAddress, deadline: float) -> socket.socket:
        """A connection to the host of an address, encrypted if its scheme says so.

        Raises ImageError, remote-refused, if any address of the host is not public, and OSError.
        """
        endpoints = self.look_up(address.host, address.port)
        for _, (ip, *_) in endpoints:
            if not self.is_open(str(ip)):
                message = f"{address.url}: {address.host} is {ip}, which is not a public address"
                raise ImageError("remote-refused", f"{message}; nothing is fetched from there")
        connection = _connected(endpoints, deadline)
        if address.scheme == "http":
            return connection
        try:
            return self._encrypted(connection, address.host, deadline)
        except BaseException:
            connection.close()
            raise

    def _encrypted(self, connection: socket.socket, host: str, deadline: float) -> socket.socket:
        connection.settimeout(seconds_left(deadline))
        return self.trust().wrap_socket(connection, server_hostname=host)


def _connected(endpoints: Sequence[Endpoint], deadline: float) -> socket.socket:
    """A connection to the first of the endpoints that answers. Raises OSError."""
    failure = OSError("no address")
    for family, address in endpoints:
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(seconds_left(deadline))
            connection.connect(address)
        except OSError as error:
            connection.close()
            failure = error
        else:
            return connection
    raise failure
