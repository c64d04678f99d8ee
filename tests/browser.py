"""A headless Chromium that tests and the pictures in docs/ drive, over the pipe of the DevTools protocol.

Protocol: https://chromedevtools.github.io/devtools-protocol/ . Needs nothing but the browser itself.
"""

import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--remote-debugging-pipe", "--force-color-profile=srgb"),
)
# The browser reads commands from descriptor 3 and writes answers to 4; both are moved there before it starts.
_START = (
    "import os, sys; read, write = map(int, sys.argv[1:3]); read = os.dup(read); write = os.dup(write); "
    "os.dup2(read, 3); os.dup2(write, 4); os.set_inheritable(3, True); os.set_inheritable(4, True); "
    "os.execv(sys.argv[3], sys.argv[3:])"
)
_PATIENCE = 60  # seconds
_KEYS = {
    "Enter": ("Enter", 13, "\r"),
    "Tab": ("Tab", 9, ""),
    "Escape": ("Escape", 27, ""),
    " ": ("Space", 32, " "),
}
_MODIFIERS = {"Alt": 1, "Control": 2, "Meta": 4, "Shift": 8}


def find() -> str | None:
    """Return the path of a browser, if there is one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def opened(width: int = 1280, height: int = 900, scale: float = 1) -> Iterator["Page"]:
    """Start a browser of its own with one empty page; end it afterwards."""
    with tempfile.TemporaryDirectory(prefix="browser-", ignore_cleanup_errors=True) as profile:
        connection = _Connection(str(find()), profile)
        try:
            page = Page(connection)
            page.resize(width, height, scale)
            yield page
        finally:
            connection.close()


class _Connection:
    """Commands, answers and events of one browser."""

    def __init__(self, program: str, profile: str) -> None:
        its_input, self._write = os.pipe()
        self._read, its_output = os.pipe()
        command = [sys.executable, "-c", _START, str(its_input), str(its_output), program]
        self._process = subprocess.Popen(
            [*command, *_OPTIONS, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(its_input, its_output),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(its_input)
        os.close(its_output)
        self._rest, self._number = b"", 0
        self.events: list[dict] = []

    def call(self, method: str, session: str = "", **parameters: object) -> dict:
        """Return what the browser answers to a command."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        os.write(
            self._write, json.dumps(message | ({"sessionId": session} if session else {})).encode() + b"\0"
        )
        while (answer := self._next()).get("id") != self._number:
            self.events.append(answer)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def wait_for(self, name: str) -> dict:
        """Return the next event of a name that was not returned before."""
        while True:
            for event in self.events:
                if event.get("method") == name:
                    self.events.remove(event)
                    return event["params"]
            self.events.append(self._next())

    def _next(self) -> dict:
        deadline = time.monotonic() + _PATIENCE
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._read], [], [], deadline - time.monotonic())
            received = os.read(self._read, 1 << 20) if ready else b""
            if not received:
                raise RuntimeError("the browser says nothing")
            self._rest += received
        message, _, self._rest = self._rest.partition(b"\0")
        return json.loads(message)

    def close(self) -> None:
        """End the browser."""
        self._process.terminate()
        self._process.wait()
        os.close(self._write)
        os.close(self._read)


class Page:
    """One page, used as a person would: by keys, and by clicks on what is shown."""

    def __init__(self, connection: _Connection) -> None:
        self._connection = connection
        self._target = connection.call("Target.createTarget", url="about:blank")["targetId"]
        attached = connection.call("Target.attachToTarget", targetId=self._target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: object) -> dict:
        """Send a command of the protocol."""
        return self._connection.call(method, self._session, **parameters)

    def resize(self, width: int, height: int = 900, scale: float = 1) -> None:
        """Show the page in a window of this size."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=False,
        )

    def prefer(self, **features: str) -> None:
        """Set what the person prefers: `prefer(color_scheme="dark")`."""
        pairs = [
            {"name": f"prefers-{name.replace('_', '-')}", "value": value} for name, value in features.items()
        ]
        self.call("Emulation.setEmulatedMedia", features=pairs)

    def allow_scripts(self, allowed: bool) -> None:
        """Let the scripts of pages run, or not."""
        self.call("Emulation.setScriptExecutionDisabled", value=not allowed)

    def open(self, url: str) -> None:
        """Go to an address and wait until the page is there."""
        self._connection.events.clear()
        failed = self.call("Page.navigate", url=url).get("errorText")
        if failed:
            raise RuntimeError(f"{url}: {failed}")
        self.wait_until_loaded()

    def wait_until_loaded(self) -> None:
        """Wait for the end of a navigation that has begun or is about to."""
        self._connection.wait_for("Page.loadEventFired")

    def evaluate(self, expression: str) -> object:
        """Return the value of an expression of JavaScript; promises are waited for."""
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"].get("exception", {}).get("description", expression))
        return answer["result"].get("value")

    def wait_for(self, expression: str) -> object:
        """Wait until an expression is true, and return its value."""
        deadline = time.monotonic() + _PATIENCE
        while not (value := self.evaluate(expression)):
            if time.monotonic() > deadline:
                raise RuntimeError(f"never true: {expression}")
            time.sleep(0.02)
        return value

    def text(self, selector: str) -> str:
        """Return the text of the first element that is selected, white space collapsed."""
        return " ".join(
            str(self.evaluate(f"document.querySelector({json.dumps(selector)}).innerText")).split()
        )

    def press(self, key: str) -> None:
        """Press a key, such as `a`, `Tab` or `Control+Enter`."""
        *held, name = key.split("+") if len(key) > 1 else [key]
        modifiers = sum(_MODIFIERS[each] for each in held)
        code, number, text = _KEYS.get(name, (f"Key{name.upper()}", ord(name.upper()[0]), name))
        common = {"key": name, "code": code, "windowsVirtualKeyCode": number, "modifiers": modifiers}
        said = {"text": text} if text and modifiers & ~_MODIFIERS["Shift"] == 0 else {}
        self.call("Input.dispatchKeyEvent", type="keyDown" if said else "rawKeyDown", **common, **said)
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def type(self, text: str) -> None:
        """Type text where the focus is."""
        self.call("Input.insertText", text=text)

    def click(self, selector: str) -> None:
        """Click in the middle of an element, after scrolling it into view."""
        found = f"document.querySelector({json.dumps(selector)})"
        x, y = self.evaluate(
            f"(() => {{ const element = {found};"
            "element.scrollIntoView({block: 'center', behavior: 'instant'});"
            "const box = element.getBoundingClientRect();"
            "return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def screenshot(self) -> bytes:
        """Return what the window shows, as PNG."""
        return b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def problems(self) -> list[str]:
        """Return what the browser has complained about: blocked resources, errors of scripts."""
        self.evaluate("0")  # so that earlier events have arrived
        said = []
        for event in self._connection.events:
            if event.get("method") == "Log.entryAdded":
                said.append(event["params"]["entry"]["text"])
            if event.get("method") == "Runtime.exceptionThrown":
                said.append(event["params"]["exceptionDetails"]["text"])
        return said


def axe_core(root: Path) -> Path | None:
    """Return the script of axe-core, https://github.com/dequelabs/axe-core , if it is installed."""
    node = shutil.which("node")
    if node is None:
        return None
    asked = [node, "-p", "require.resolve('axe-core/axe.min.js')"]
    run = subprocess.run(asked, check=False, capture_output=True, text=True, cwd=root)
    return None if run.returncode else Path(run.stdout.strip())
