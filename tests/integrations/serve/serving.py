"""Servers that listen on 127.0.0.1, and a client that sends exactly what a test says."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import urlsplit

from PIL import Image

from alttext import Candidate, Description, FileResult
from alttext.types import Term
from alttext_serve import server
from alttext_serve.limits import Limits

BOUNDARY = "a-boundary"
FORM = f"multipart/form-data; boundary={BOUNDARY}"
DOG = Term("dog", "object", "a dog", ("dog",))
DESCRIPTION = Description("A dog.", 0.97, (Candidate(DOG, 1.5, 0.97),), "photograph", False, ("described",))


def part(name, data, filename=None):
    """One part of a form; with a filename it is a file."""
    named = f'; filename="{filename}"' if filename else ""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
    return head.encode() + (data if isinstance(data, bytes) else data.encode()) + b"\r\n"


def form(*parts):
    """The body of a form."""
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def upload(data, **fields):
    """The body of a form with a picture."""
    return form(*(part(name, value) for name, value in fields.items()), part("image", data, "a.png"))


def head_of(body, *lines):
    """The head of a request that sends a form."""
    length = f"Content-Length: {len(body)}"
    head = ["POST /v1/describe HTTP/1.1", "Host: localhost", f"Content-Type: {FORM}", length, *lines]
    return "\r\n".join([*head, "", ""]).encode()


def picture(colour="red", size=(120, 90), kind="PNG"):
    buffer = BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind)
    return buffer.getvalue()


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def told(self):
        """Status and code of a refusal."""
        assert self.headers["content-type"] == "application/problem+json"
        assert self.json.keys() == {"status", "code", "detail"}
        assert self.json["status"] == self.status
        return self.status, self.json["code"]


@dataclass
class Client:
    """Talks to one server."""

    url: str
    pipeline: Any = None  # of the server, if it is in this process
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def address(self):
        return urlsplit(self.url).hostname, urlsplit(self.url).port

    def send(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection(*self.address, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, self.headers | named)
            got = connection.getresponse()
            return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read())
        finally:
            connection.close()

    def get(self, path, **headers):
        return self.send("GET", path, **headers)

    def describe(self, data, **fields):
        return self.send("POST", "/v1/describe", upload(data, **fields), content_type=FORM)

    def fix(self, **asked):
        return self.send("POST", "/v1/fix", json.dumps(asked), content_type="application/json")

    def connect(self):
        """A bare connection, for what no client library sends."""
        return socket.create_connection(self.address, timeout=60)


class FakePipeline:
    """Says the same of every picture, once it may; remembers what it was asked."""

    def __init__(self, description=DESCRIPTION):
        self.description = description
        self.forget()
        self.may_work = threading.Event()
        self.may_work.set()
        self.is_asked = threading.Event()

    def forget(self):
        """Be as new."""
        self.batches, self.contexts, self.documents = [], [], []

    def describe_all(self, images, *, contexts=()):
        self._work()
        self.batches.append(list(images))
        self.contexts += contexts
        if b"fault" in images:
            raise RuntimeError("/secret/place")
        return [self.description for _ in images]

    def fix_text(self, text, *, format, base):
        self._work()
        self.documents.append((text, format))
        return FileResult("", text.upper(), (), text)

    def _work(self):
        self.is_asked.set()
        assert self.may_work.wait(60)


@contextmanager
def serving(pipeline, callers=None, **limits):
    """Serve in a thread of this process."""
    listening = server.listen("127.0.0.1", 0)
    made = server.prepare(pipeline, Limits(**limits), callers, quiet=True)
    thread = threading.Thread(target=made.run, args=([listening],), daemon=True)
    thread.start()
    try:
        yield Client(server.address(listening)[0], pipeline)
    finally:
        made.should_exit = True
        thread.join(60)


@contextmanager
def command(*options, **environment):
    """Run `alttext serve`; give its process, which has a `log`, and a client once it listens."""
    with NamedTemporaryFile("r", encoding="utf-8") as log:
        started = [sys.executable, "-m", "alttext", "serve", "--port", "0", *options]
        process = subprocess.Popen(started, env=os.environ | environment, stderr=log.fileno())
        process.log = Path(log.name).read_text
        try:
            until(lambda: "serving on" in process.log() or process.poll() is not None)
            yield process, Client(re.search(r"http://\S+", process.log())[0])
        finally:
            process.kill()
            process.wait()


def until(condition):
    """Wait for something that happens elsewhere."""
    for _ in range(6000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it never happened")
