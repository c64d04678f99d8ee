"""A model hub on 127.0.0.1 that serves one model, and each of its files as badly as a test wants.

Routes: https://huggingface.co/docs/hub/api ; what huggingface_hub asks for to download a snapshot.
"""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NAME = "tests/tiny"
COMMIT = "c" * 40


class Hub(ThreadingHTTPServer):
    """Serves `files`; what is to go wrong with some of them stands in `faults`."""

    daemon_threads = True

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files, self.faults = files, {}
        self.sent: list[str] = []  # names of files whose content was asked for
        self.is_half_way, self.may_go_on = threading.Event(), threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Hub
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def _answer(self, *, with_body: bool) -> None:
        path = self.path.partition("?")[0]
        if path.startswith(f"/api/models/{NAME}/tree/"):
            self._tell([_entry(name, data) for name, data in self.server.files.items()])
        elif path.startswith(f"/api/models/{NAME}"):
            siblings = [{"rfilename": name} for name in self.server.files]
            self._tell({"id": NAME, "sha": COMMIT, "siblings": siblings})
        elif (name := path.partition(f"/{NAME}/resolve/{COMMIT}/")[2]) in self.server.files:
            self._send(name, with_body=with_body)
        else:
            self._head(404, 0, {})

    def _tell(self, value: object) -> None:
        body = json.dumps(value).encode()
        self._head(200, len(body), {"Content-Type": "application/json"})
        self.wfile.write(body)

    def _send(self, name: str, *, with_body: bool) -> None:
        data = self.server.files[name]
        self._head(200, len(data), {"ETag": f'"{_etag(name, data)}"', "X-Repo-Commit": COMMIT})
        if with_body:
            self.server.sent.append(name)
            fault = self.server.faults.get(name, "")
            if fault.endswith("once"):
                del self.server.faults[name]
            self._send_badly(data, fault)

    def _send_badly(self, data: bytes, fault: str) -> None:
        half = len(data) // 2
        match fault:
            case "cut":
                self.wfile.write(data[:half])
                self.close_connection = True
            case "stalled":
                self.wfile.write(data[:half])
                self.server.is_half_way.set()
                self.server.may_go_on.wait(60)
                self.close_connection = True
            case "changed" | "changed once":
                self.wfile.write(data[:half] + bytes([data[half] ^ 1]) + data[half + 1 :])
            case _:
                self.wfile.write(data)

    def _head(self, status: int, length: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for key, value in {"Content-Length": str(length), **headers}.items():
            self.send_header(key, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def _etag(name: str, data: bytes) -> str:
    """As the hub names contents: large files by their SHA-256, small ones as git does."""
    if name.endswith(".safetensors"):
        return hashlib.sha256(data).hexdigest()
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _entry(name: str, data: bytes) -> dict:
    entry = {"type": "file", "path": name, "size": len(data), "oid": _etag(name, data)}
    if name.endswith(".safetensors"):
        entry["lfs"] = {"oid": _etag(name, data), "size": len(data), "pointerSize": 134}
    return entry


@contextmanager
def serving(files: dict[str, bytes]) -> Iterator[Hub]:
    """Serve in a thread of this process."""
    with Hub(files) as hub:
        thread = threading.Thread(target=hub.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield hub
        finally:
            hub.may_go_on.set()
            hub.shutdown()
            thread.join()
