"""HTTP connections whose clients are slow: Uvicorn itself waits for the head of a request without end."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol


def protocol(seconds: float) -> type[H11Protocol]:
    """Return the protocol that drops connections on which nothing becomes of a request for some seconds.

    That is time to send a head, to take an answer, and to send the rest of a body that was refused.
    """
    return type("Protocol", (_Patient,), {"patience": seconds})


class _Patient(H11Protocol):
    patience: float
    _timer: asyncio.TimerHandle | None = None
    _unsent = 0  # bytes of answers, when the timer was set

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._unwatch()

    def _watch(self) -> None:
        """Keep the timer running from the end of one request to the whole head of the next."""
        if self.cycle is not None and not self.cycle.response_complete:
            self._unwatch()
        elif self._timer is None:
            self._set_timer()

    def _set_timer(self) -> None:
        self._unsent = self.transport.get_write_buffer_size()
        self._timer = self.loop.call_later(self.patience, self._expire)

    def _unwatch(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _expire(self) -> None:
        if self.transport.get_write_buffer_size() < self._unsent:
            self._set_timer()  # the answer is being taken
        else:
            self.transport.abort()
