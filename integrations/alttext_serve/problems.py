"""What is refused, and how that is told: problem details as in https://www.rfc-editor.org/rfc/rfc9457 .

Answers say what is wrong with the request, never what the machine is like: no path, no stack trace.
"""

from collections.abc import Mapping

import msgspec
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"

# Why a picture cannot be loaded, by the reason that alttext gives.
_OF_PICTURES: Mapping[str, tuple[int, str]] = {
    "image-too-large": (413, "the picture has too many bytes or pixels"),
    "unsupported-image": (415, "pictures of this kind are not looked at"),
    "image-unreadable": (422, "not a picture, or a damaged one"),
}


class Problem(Exception):  # noqa: N818 - an answer rather than a failure
    """An answer other than the one that was asked for."""

    def __init__(self, status: int, code: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        """`code` is for programs, `detail` for people."""
        super().__init__(detail)
        self.status, self.code, self.detail, self.headers = status, code, detail, headers

    @property
    def response(self) -> Response:
        """The answer as it is sent."""
        told = {"status": self.status, "code": self.code, "detail": self.detail}
        return Response(msgspec.json.encode(told), self.status, self.headers, MEDIA_TYPE)


def malformed(detail: str) -> Problem:
    """The body is not what its type says."""
    return Problem(400, "malformed", detail)


def too_large(limit: int) -> Problem:
    """The body has more bytes than are taken."""
    return Problem(413, "body-too-large", f"more than {limit} bytes")


def too_slow(seconds: float) -> Problem:
    """The body did not arrive in time."""
    return Problem(408, "body-too-slow", f"the body took longer than {seconds:g} seconds")


def wrong_type(wanted: str) -> Problem:
    """The body is of another type than the one that is taken."""
    return Problem(415, "wrong-content-type", f"send {wanted}", {"Accept": wanted})


def invalid(detail: str) -> Problem:
    """The request is well formed and says something that cannot be."""
    return Problem(422, "invalid", detail)


def busy(seconds: int, detail: str = "too much to do at the moment") -> Problem:
    """There is no room for another request just now."""
    return Problem(503, "busy", detail, {"Retry-After": str(seconds)})


def of_picture(reason: str) -> Problem | None:
    """Return the answer if a picture has no description because it cannot be loaded."""
    if reason not in _OF_PICTURES:
        return None
    status, detail = _OF_PICTURES[reason]
    return Problem(status, reason, detail)
