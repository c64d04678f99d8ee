"""The middleware: https://asgi.readthedocs.io/en/latest/specs/www.html . Needs nothing but alttext."""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from hashlib import sha256
from typing import Any

import alttext
from alttext import AlttextError
from alttext_asgi.alternatives import Alternatives

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

# The charset is None where the page itself may tell it.
_PAGE = re.compile(rb"""text/html\s*(?:;\s*charset\s*=\s*["']?(?P<charset>utf-?8)["']?\s*)?""", re.IGNORECASE)
_IMAGE = re.compile(rb"<(?:img|input|image)\b", re.IGNORECASE)
_OF_THE_BYTES = frozenset({b"content-md5", b"digest", b"content-digest", b"repr-digest", b"etag"})
_ASIDE = frozenset({"http.response.debug", "http.response.early_hint", "http.response.push"})
_LONGEST = 2 << 20  # bytes of a page
_REMEMBERED = 64  # pages


class AltTextMiddleware:
    """Writes alternatives into HTML pages; all else, and every page in doubt, passes as it is."""

    def __init__(
        self,
        app: App,
        alternatives: Alternatives | Mapping[str, str],
        *,
        longest: int = _LONGEST,
        remembered: int = _REMEMBERED,
    ) -> None:
        """Pages above `longest` bytes pass; results for as many pages as `remembered` are kept in memory."""
        self.app, self.longest = app, longest
        self.alternatives = _alternatives(alternatives)
        self._pages = _Pages(remembered)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] == "HEAD" or not self.alternatives:
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Response(self, scope["path"], send).send)

    async def page(self, path: str, body: bytes, *, is_utf_8: bool) -> bytes:
        """Return a page with its alternatives; the same bytes where nothing is to be written.

        `is_utf_8` says that the header tells the encoding, which then counts more than what the page says.
        """
        if not _IMAGE.search(body):
            return body
        key = sha256(b"%s\n%d\n%s" % (path.encode("utf-8", "replace"), is_utf_8, body)).digest()
        if (known := self._pages.get(key)) is not None:
            return known
        written = await _in_a_thread(self._written, path, body, is_utf_8)
        self._pages.keep(key, written)
        return written

    def _written(self, path: str, body: bytes, is_utf_8: bool) -> bytes:
        alternative = self.alternatives.on(path)
        try:
            if is_utf_8:
                return alttext.rewrite(body.decode(), "html", alternative).encode()
            return alttext.rewrite(body, "html", alternative)
        except (AlttextError, UnicodeError):
            return body


def _alternatives(given: Alternatives | Mapping[str, str]) -> Alternatives:
    return given if isinstance(given, Alternatives) else Alternatives(given)


async def _in_a_thread(work: Callable[..., bytes], *given: object) -> bytes:
    """Do what takes a while beside other requests; not every server runs on asyncio."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return work(*given)
    return await asyncio.to_thread(work, *given)


class _Pages(OrderedDict[bytes, bytes]):
    """The pages that were made last."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def keep(self, key: bytes, page: bytes) -> None:
        self[key] = page
        while len(self) > self.most:
            self.popitem(last=False)


class _Response:
    """One answer on its way: held back while it may be a page to write into."""

    def __init__(self, middleware: AltTextMiddleware, path: str, send: Send) -> None:
        self.middleware, self.path, self._send = middleware, path, send
        self._start: Message | None = None  # as long as it is held back
        self._is_utf_8 = False
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        """What the application calls."""
        if message["type"] == "http.response.start" and (page := _page_type(message)):
            self._start, self._is_utf_8 = message, bool(page["charset"])
        elif self._start is not None and message["type"] == "http.response.body":
            await self._gather(message)
        else:
            if message["type"] not in _ASIDE:  # such as a file that the server sends by itself
                await self._let_go(more=True)
            await self._send(message)

    async def _gather(self, message: Message) -> None:
        self._body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(self._body) > self.middleware.longest:
            await self._let_go(more=more)
        elif not more:
            await self._finish()

    async def _let_go(self, *, more: bool) -> None:
        """Send what was held back as it is."""
        start, self._start = self._start, None
        if start is not None:
            await self._send(start)
        if self._body or not more:
            await self._send({"type": "http.response.body", "body": bytes(self._body), "more_body": more})
        self._body.clear()

    async def _finish(self) -> None:
        before = bytes(self._body)
        after = await self.middleware.page(self.path, before, is_utf_8=self._is_utf_8)
        if self._start is not None and after != before:
            self._start = {**self._start, "headers": _for(after, self._start["headers"])}
            self._body[:] = after
        await self._let_go(more=False)


def _page_type(start: Message) -> re.Match[bytes] | None:
    """The type of an answer that is a whole page of HTML, not compressed, in UTF-8 if the header tells."""
    headers = {bytes(name).lower(): bytes(value).strip() for name, value in start.get("headers", ())}
    is_whole = start["status"] not in {204, 206, 304} and b"content-range" not in headers
    is_plain = headers.get(b"content-encoding", b"identity").lower() == b"identity"
    return _PAGE.fullmatch(headers.get(b"content-type", b"")) if is_whole and is_plain else None


def _for(body: bytes, headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Headers of the changed page: with its length, without what was said of the other bytes."""
    kept = [(name, value) for name, value in headers if bytes(name).lower() not in _OF_THE_BYTES]
    length = str(len(body)).encode()
    return [(name, length if bytes(name).lower() == b"content-length" else value) for name, value in kept]
