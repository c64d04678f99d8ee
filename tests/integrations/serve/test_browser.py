"""Pages in a real browser that ask the service on the same machine."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from alttext_serve.callers import Callers
from tests.integrations.serve.serving import serving

# What a page may send without asking whether it may, and then with asking.
SILENT = """
const form = new FormData(); form.append("image", new Blob(["x"]), "a.png");
fetch("TARGET/v1/describe", {method: "POST", mode: "no-cors", body: form}).then(
  (answer) => { document.title = answer.type }, () => { document.title = "nothing" });
"""
OPEN = """
fetch("TARGET/v1/fix", {method: "POST", headers: {"Content-Type": "application/json"}, body: '{"text": "a"}'})
  .then((answer) => answer.json()).then(
    (answer) => { document.title = answer.text }, () => { document.title = "nothing" });
"""
READING = """
fetch("TARGET/openapi.json").then((answer) => answer.text()).then(
  (answer) => { document.title = answer.slice(0, 9) }, () => { document.title = "nothing" });
"""


class Site(BaseHTTPRequestHandler):
    """Shows the one page of its server."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.server.page.encode())

    def log_message(self, *_):
        pass


@pytest.fixture(name="site")
def fixture_site():
    """A server on another port, which is another origin."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        server.origin = f"http://127.0.0.1:{server.server_port}"
        yield server
        server.shutdown()
        thread.join()


def outcome(window, site, script, client):
    site.page = f"<title></title><script>{script.replace('TARGET', client.url)}</script>"
    window.open(f"{site.origin}/")
    return window.wait_for("document.title")


@pytest.mark.parametrize(
    ("script", "expected"), [(SILENT, "opaque"), (OPEN, "nothing"), (READING, "nothing")]
)
def test_a_page_can_neither_make_it_work_nor_read_what_it_tells(window, site, client, script, expected):
    assert outcome(window, site, script, client) == expected
    assert client.pipeline.batches == client.pipeline.documents == []


@pytest.mark.parametrize(("script", "expected"), [(SILENT, "opaque"), (OPEN, "A"), (READING, '{"openapi')])
def test_a_page_that_is_allowed_can(window, site, pipeline, script, expected):
    with serving(pipeline, Callers(origins=frozenset({site.origin}))) as client:
        assert outcome(window, site, script, client) == expected
    assert bool(pipeline.batches or pipeline.documents) == (script != READING)
