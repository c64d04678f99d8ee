"""Pictures that are on other servers: only of hosts that the settings list, and each only once.

What was fetched is kept by what it is: an address points to a hash, the hash to the bytes, so that a picture
under many addresses is kept once, and bytes that changed in the cache are noticed.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock, Semaphore

import msgspec

from alttext.errors import ImageError
from alttext.ranking import web_address
from alttext.ranking.cache import Cache
from alttext.ranking.http_get import NoAnswerError, get
from alttext.ranking.network import Network
from alttext.ranking.web_address import Hosts, WebAddress

FRESH_SECONDS = 7 * 24 * 60 * 60  # then a picture is fetched again
AT_ONCE = 4  # requests to one host
REDIRECTS = 3
PATIENCE = 3  # times in a row that a host may not answer; then it is not asked again in this run


class _Kept(msgspec.Struct, frozen=True):
    """What the cache knows of an address."""

    digest: str  # of the picture
    fetched: float  # when


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long a fetch may take, redirects included."""

    max_bytes: int = 16 << 20
    seconds: float = 10.0


class Remote:
    """Fetches pictures, for many threads."""

    def __init__(
        self, hosts: Sequence[str], cache: Cache, limits: Limits, network: Network | None = None
    ) -> None:
        """`hosts` are as in `web_address.Hosts`. Raises ConfigError about one that is none."""
        self._hosts = Hosts(hosts)
        self._cache = cache
        self._limits = limits
        self._network = network or Network()
        self._turns: dict[str, Lock] = {}  # by address
        self._slots: dict[str, Semaphore] = {}  # by host
        self._failures: dict[str, ImageError] = {}  # by address
        self._silences: dict[str, int] = {}  # by host: how often in a row there was no answer

    def fetch(self, url: str) -> bytes:
        """The bytes of the picture at an address, from the cache if it was fetched in the last days.

        Raises ImageError: remote-image (its host is not listed), remote-refused, remote-unavailable,
        image-too-large, image-unreadable. What failed is not tried again.
        """
        address = web_address.parse(url)
        if not self._hosts.allow(address):
            message = f"{address.url}: on the network, and `remote` does not list {address.origin}"
            raise ImageError("remote-image", f"{message}; nothing is fetched")
        with self._turns.setdefault(address.url, Lock()):
            kept = self._kept(address)
            return self._fetched(address) if kept is None else kept

    def _kept(self, address: WebAddress) -> bytes | None:
        """The picture, if the cache has it, whole and fresh."""
        note = self._cache.get(_key(address))
        try:
            kept = msgspec.json.decode(note or b"", type=_Kept)
            digest = bytes.fromhex(kept.digest)
        except ValueError:
            return None
        data = self._cache.get(digest) if 0 <= time.time() - kept.fetched < FRESH_SECONDS else None
        return data if data is not None and sha256(data).digest() == digest else None

    def _fetched(self, address: WebAddress) -> bytes:
        if failure := self._failures.get(address.url):
            raise ImageError(failure.reason, str(failure))
        try:
            with self._slots.setdefault(address.host, Semaphore(AT_ONCE)):
                data = self._asked(address)
        except ImageError as error:
            self._failures[address.url] = error
            raise
        digest = sha256(data)
        self._cache.put(digest.digest(), "pictures", data)
        note = msgspec.json.encode(_Kept(digest.hexdigest(), time.time()))
        self._cache.put(_key(address), "addresses", note)
        return data

    def _asked(self, address: WebAddress) -> bytes:
        """What the host answers, unless it was silent too often."""
        if self._silences.get(address.host, 0) >= PATIENCE:
            message = f"{address.url}: {address.host} did not answer {PATIENCE} times, so it is not asked"
            raise ImageError("remote-unavailable", f"{message}; try again later")
        try:
            data = self._followed(address)
        except NoAnswerError:
            self._silences[address.host] = self._silences.get(address.host, 0) + 1
            raise
        self._silences[address.host] = 0
        return data

    def _followed(self, address: WebAddress) -> bytes:
        """The picture, wherever a few redirects lead; each of them is as free as the address was."""
        deadline = time.monotonic() + self._limits.seconds
        for _ in range(1 + REDIRECTS):
            answer = get(address, self._network, self._limits.max_bytes, deadline)
            if not answer.location:
                return answer.data
            address, origin = address.joined(answer.location), address
            if not self._hosts.allow(address):
                message = f"{origin.url}: redirects to {address.origin}, which `remote` does not list"
                raise ImageError("remote-refused", f"{message}; nothing is fetched from there")
        raise ImageError("remote-unavailable", f"{address.url}: more than {REDIRECTS} redirects")


def _key(address: WebAddress) -> bytes:
    return sha256(f"address\0{address.url}".encode()).digest()
