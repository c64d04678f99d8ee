"""A review from its beginning to its end: look for tasks, serve the page, tell what came of it."""

import webbrowser
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread
from typing import Literal

from alttext.errors import ConfigError
from alttext.reports.paint import harmless
from alttext.review.page.desk import Desk, Progress
from alttext.review.page.guard import Guard
from alttext.review.page.previews import Previews
from alttext.review.page.routes import Routes
from alttext.review.page.server import Server
from alttext.review.tasks import Task
from alttext.types import FileResult

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a review."""

    progress: Progress
    unreadable: int = 0
    failure: str = ""

    @property
    def exit_code(self) -> Literal[0, 1, 2]:
        """0: nothing left to do. 1: something needs a person. 2: something could not be read or looked at."""
        if self.failure or self.unreadable:
            return 2
        return 1 if self.progress.left or self.progress.is_looking else 0

    @property
    def summary(self) -> str:
        """What was done and what is left, in a line."""
        progress = self.progress
        done = f"{progress.written} written, {progress.decorative} marked as decorative"
        rest = "; not all pictures were looked at" if progress.is_looking else ""
        return f"{done}, {progress.left} left ({progress.skipped} skipped){rest}"


def hold(
    found: Iterable[Task | FileResult],
    previews: Previews,
    *,
    port: int = 0,
    opens_browser: bool = True,
    tell: Tell = print,
) -> Outcome:
    """Serve the page until Ctrl-C; return what came of it.

    `found` is gone through meanwhile. `port` 0 takes a free one. `tell` is given what belongs on the
    terminal, line by line. Raises ConfigError if the port cannot be had.
    """
    desk = Desk()
    with _served(port, tell) as server:
        guard = Guard(server.port)
        server.answer = Routes(guard, desk, previews).answer
        Thread(target=desk.collect, args=(found,), daemon=True).start()
        tell(f"review at {guard.address}")
        tell("Ctrl-C ends it; what was answered is written already")
        if opens_browser:
            webbrowser.open(guard.ticket())
        with suppress(KeyboardInterrupt):
            server.serve_forever()
        desk.close()
    return Outcome(desk.progress, len(desk.unreadable), desk.failure)


def _served(port: int, tell: Tell) -> Server:
    try:
        return Server(
            port, lambda error: tell(f"internal error, {type(error).__name__}: {harmless(str(error))}")
        )
    except OSError as error:
        raise ConfigError(f"port {port}: {error.strerror}; choose another with --port") from error
