"""The media library of one WordPress site."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from alttext_wordpress.web import Parameters, Reply, RequestError, SiteError, Web

_PER_PAGE = 100  # the most that WordPress gives
_LISTING: Parameters = {"media_type": "image", "orderby": "id", "order": "asc"}
_FIELDS = "id,alt_text,source_url,caption"
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture of the library."""

    id: int
    alt: str  # empty: missing or decorative, which WordPress does not tell apart
    src: str
    caption: str = ""

    @property
    def is_described(self) -> bool:
        """Whether somebody has given it an alternative."""
        return bool(self.alt.strip())


class Site:
    """Lists, reads and writes attachments; the password needs the right to edit them."""

    def __init__(self, web: Web) -> None:
        """Raises SiteError if there is no WordPress at the address."""
        self.web = web
        self._routes = self._discovered()

    def images(self) -> Iterator[Attachment]:
        """Yield all pictures of the library by their ids, page after page. Raises SiteError.

        A page may have holes or be empty, so only the number of pages tells the end.
        """
        page, pages = 1, 1
        while page <= pages:
            reply = self._page({**_LISTING, "page": page, "per_page": _PER_PAGE})
            pages = int(reply.headers.get("x-wp-totalpages", 0))
            yield from map(_attachment, reply.json)
            page += 1

    def read(self, attachment: int) -> Attachment:
        """Return a picture as it is now. Raises RequestError."""
        asked = {"context": "edit", "_fields": _FIELDS}
        return _attachment(self.web.api(self._route(f"media/{attachment}"), asked).json)

    def write(self, attachment: int, alt: str) -> None:
        """Give a picture an alternative. Raises RequestError if it has another one afterwards."""
        asked = {"_fields": "id,alt_text"}
        reply = self.web.api(self._route(f"media/{attachment}"), asked, {"alt_text": alt}).json
        if reply.get("alt_text") != alt:
            raise RequestError(f"the site stores {reply.get('alt_text')!r} instead of what was sent")

    def _page(self, asked: Parameters) -> Reply:
        try:
            return self.web.api(self._route("media"), {**asked, "context": "edit", "_fields": _FIELDS})
        except RequestError as error:
            if error.status == 400 and error.code == "rest_post_invalid_page_number":  # fewer than before
                return Reply({}, b"[]")
            raise SiteError(_advice(self.web.url, error)) from error

    def _route(self, path: str) -> str:
        return f"{self._routes}/wp/v2/{path}"

    def _discovered(self) -> str:
        """Where the routes are: below /wp-json, or in a parameter where permalinks are plain."""
        problem = None
        for start in (f"{self.web.url}/wp-json", f"{self.web.url}/?rest_route="):
            try:
                if "wp/v2" in _namespaces(self.web.api(f"{start}/", {"_fields": "namespaces"})):
                    return start
            except RequestError as error:
                problem = problem or error
        why = f" ({problem})" if problem else ""
        raise SiteError(
            f"{self.web.url}: no REST API of WordPress is there{why}; give the address of the site"
        )


def _namespaces(reply: Reply) -> list[Any]:
    told = reply.json
    return told.get("namespaces", []) if isinstance(told, dict) else []


def _attachment(row: Any) -> Attachment:
    caption = row.get("caption") or {}
    return Attachment(
        id=int(row["id"]),
        alt=row.get("alt_text") or "",
        src=row.get("source_url") or "",
        caption=" ".join(unescape(_TAG.sub(" ", caption.get("raw") or "")).split()),
    )


def _advice(url: str, error: RequestError) -> str:
    if error.status in {401, 403}:
        return (
            f"{url}: {error}; check the user name and the application password, which Users > Profile of the "
            "site makes, and that the user may edit media"
        )
    return f"{url}: the media library cannot be listed: {error}"
