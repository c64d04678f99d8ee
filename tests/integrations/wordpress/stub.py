"""A stand-in for a WordPress site: the endpoints that alttext uses, as the handbook describes them.

https://developer.wordpress.org/rest-api/reference/media/ and /rest-api/using-the-rest-api/ . What a test
expects of it, it expects of the real one as well, where that is installed.
"""

import base64
import json
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import ceil
from typing import Any
from urllib.parse import parse_qs, urlsplit

USERS = {"editor": "abcd EFGH 1234 ijkl", "reader": "zyxw VUTS 9876 rqpo"}
PASSWORD = USERS["editor"]


@dataclass
class Item:
    """One attachment."""

    id: int
    name: str
    data: bytes
    kind: str
    alt: str = ""
    caption: str = ""


@dataclass
class Stub:
    """A site, what it was asked, and what tests do to it."""

    url: str = ""
    password: str = PASSWORD
    items: dict[int, Item] = field(default_factory=dict)
    log: list[tuple[str, str]] = field(default_factory=list)  # method and path of each request
    credentials: list[tuple[str, str | None]] = field(default_factory=list)  # path and Authorization
    hidden: set[int] = field(default_factory=set)  # ids that leave holes in pages
    has_permalinks: bool = True
    on_read: Any = None  # called before an item is given
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)  # instead, by path

    def add(self, name, data, kind="image/jpeg", alt="", caption=""):
        """Put a file into the library; return its id."""
        number = max(self.items, default=10) + 3  # ids have gaps: other posts have the rest
        self.items[number] = Item(number, name, data, kind, alt, caption)
        return number

    def alt(self, number):
        """The alternative that is stored."""
        return self.items[number].alt

    def set_permalinks(self, pretty):
        """Have routes below /wp-json, or in a parameter."""
        self.has_permalinks = pretty


class Refused(Exception):  # noqa: N818 - an answer
    """An error as WordPress tells it."""

    def __init__(self, status, code, message):
        super().__init__(message)
        self.status, self.code = status, code


def stored(text):
    """What WordPress makes of a text: no tags, no white space but single spaces, no backslashes."""
    return " ".join(re.sub(r"<(script)\b.*?</\1>|<[^>]*>", "", text).replace("\\", "").split())


class Handler(BaseHTTPRequestHandler):
    """Answers for the stub of its server."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.answer(None)

    def do_POST(self):
        self.answer(self.rfile.read(int(self.headers["Content-Length"])))

    def answer(self, body):
        stub, parts = self.server.stub, urlsplit(self.path)
        stub.log.append((self.command, parts.path))
        stub.credentials.append((parts.path, self.headers["Authorization"]))
        if parts.path in stub.answers:
            self.send(*stub.answers[parts.path])
        elif parts.path.startswith("/wp-content/uploads/"):
            self.file(parts.path.rpartition("/")[2])
        else:
            self.rest(parts, {name: values[-1] for name, values in parse_qs(parts.query).items()}, body)

    def file(self, name):
        found = [item for item in self.server.stub.items.values() if item.name == name]
        if found:
            self.send(200, {"Content-Type": found[0].kind}, found[0].data)
        else:
            self.send(404, {"Content-Type": "text/html"}, b"<title>Not found</title>")

    def rest(self, parts, asked, body):
        route = asked.get("rest_route")
        if self.server.stub.has_permalinks and parts.path.startswith("/wp-json"):
            route = parts.path.removeprefix("/wp-json")
        if route is None:
            self.send(
                404 if parts.path != "/" else 200, {"Content-Type": "text/html"}, b"<title>A site</title>"
            )
            return
        try:
            headers, value = self.routed(route, asked, body)
        except Refused as refusal:
            told = {"code": refusal.code, "message": str(refusal), "data": {"status": refusal.status}}
            self.send_json(refusal.status, {}, told)
        else:
            self.send_json(200, headers, self.chosen(value, asked))

    def routed(self, route, asked, body):
        user = self.user()
        if route.strip("/") == "":
            return {}, {"name": "A site", "namespaces": ["oembed/1.0", "wp/v2"], "authentication": {}}
        if route == "/wp/v2/media":
            return self.listed(user, asked)
        number = route.removeprefix("/wp/v2/media/")
        if number == route or not number.isdecimal():
            raise Refused(404, "rest_no_route", "No route was found matching the URL and request method.")
        item = self.server.stub.items.get(int(number))
        if item is None:
            raise Refused(404, "rest_post_invalid_id", "Invalid post ID.")
        return self.edited(user, item, body) if body is not None else self.given(user, item, asked)

    def user(self):
        given = self.headers["Authorization"]
        if given is None:
            return None
        name, _, password = base64.b64decode(given.removeprefix("Basic ")).decode().partition(":")
        if name not in USERS:
            raise Refused(401, "invalid_username", "Unknown username.")
        if password.replace(" ", "") != USERS[name].replace(" ", ""):
            raise Refused(
                401, "incorrect_password", "The provided password is an invalid application password."
            )
        return name

    def listed(self, user, asked):
        if asked.get("context") == "edit" and user != "editor":
            raise Refused(
                401 if user is None else 403,
                "rest_forbidden_context",
                "Sorry, you are not allowed to edit posts in this post type.",
            )
        page, size = int(asked.get("page", 1)), int(asked.get("per_page", 10))
        if not 1 <= size <= 100:
            raise Refused(400, "rest_invalid_param", "Invalid parameter(s): per_page")
        wanted = [item for item in self.server.stub.items.values() if item.kind.startswith("image/")]
        ordered = sorted(wanted, key=lambda item: item.id, reverse=asked.get("order", "desc") == "desc")
        pages = ceil(len(ordered) / size)
        if page > max(pages, 1):
            raise Refused(
                400, "rest_post_invalid_page_number", "The page number requested is larger than ..."
            )
        shown = [
            item
            for item in ordered[(page - 1) * size : page * size]
            if item.id not in self.server.stub.hidden
        ]
        totals = {"X-WP-Total": str(len(ordered)), "X-WP-TotalPages": str(pages)}
        return totals, [self.row(item, asked) for item in shown]

    def given(self, user, item, asked):
        if self.server.stub.on_read:
            self.server.stub.on_read(item)
        if asked.get("context") == "edit" and user != "editor":
            raise Refused(403, "rest_forbidden_context", "Sorry, you are not allowed to edit this post.")
        return {}, self.row(item, asked)

    def edited(self, user, item, body):
        if user != "editor":
            raise Refused(
                403 if user else 401, "rest_cannot_edit", "Sorry, you are not allowed to edit this post."
            )
        given = json.loads(body)
        if "alt_text" in given:
            item.alt = stored(given["alt_text"])
        return {}, self.row(item, {"context": "edit"})

    def row(self, item, asked):
        caption = {"rendered": f"<p>{item.caption}</p>\n" if item.caption else ""}
        if asked.get("context") == "edit":
            caption["raw"] = item.caption
        return {
            "id": item.id,
            "alt_text": item.alt,
            "caption": caption,
            "media_type": "image",
            "mime_type": item.kind,
            "source_url": f"{self.server.stub.url}/wp-content/uploads/2026/11/{item.name}",
        }

    def chosen(self, value, asked):
        if "_fields" not in asked:
            return value
        names = asked["_fields"].split(",")
        keep = lambda row: {name: row[name] for name in names if name in row}  # noqa: E731
        return [keep(row) for row in value] if isinstance(value, list) else keep(value)

    def send_json(self, status, headers, value):
        self.send(
            status, {"Content-Type": "application/json; charset=UTF-8", **headers}, json.dumps(value).encode()
        )

    def send(self, status, headers, data):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def running():
    """Serve a stub on 127.0.0.1."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.stub = Stub(f"http://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.stub
        server.shutdown()
