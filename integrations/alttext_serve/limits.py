"""How much the service takes on."""

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request, and all of them together, may cost; what is above is refused, not kept waiting."""

    body: int = 20 * MIB  # bytes of one request
    text: int = 2_000_000  # characters of a document
    requests: int = 64  # at a time
    jobs: int = 32  # for the model, the one at work included
    job_bytes: int = 256 * MIB  # of these together
    batch: int = 16  # pictures that the model looks at together
    idle_seconds: float = 10  # for a client to send the head of a request, or to take some of its answer
    body_seconds: float = 30  # to send the body
    work_seconds: float = 60  # from the whole body to the answer
    stop_seconds: float = 30  # to finish what was begun, when the service is told to stop
    retry_after: int = 1  # seconds, told to who was refused for want of room
