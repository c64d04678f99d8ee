"""Read a picture that is written into the document itself: https://www.rfc-editor.org/rfc/rfc2397 ."""

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

from alttext.errors import ImageError

_PREFIX = re.compile(r"\s*data:", re.IGNORECASE)


def is_data_uri(source: str) -> bool:
    """Whether `source` is a data: URI."""
    return bool(_PREFIX.match(source))


def shortened(source: str) -> str:
    """Return a data: URI as messages show it: media type and length instead of its content."""
    media_type = _PREFIX.sub("", source[:200], count=1).partition(",")[0]
    return f"data:{media_type[:60]},... ({len(source)} characters)"


def read(source: str, max_bytes: int) -> bytes:
    """Return the bytes that a data: URI holds.

    Raises ImageError: image-too-large above `max_bytes`, image-unreadable when it is malformed.
    """
    header, comma, body = _PREFIX.sub("", source, count=1).partition(",")
    if not comma:
        raise ImageError(
            "image-unreadable", f"{shortened(source)}: has no comma before its content; write it anew"
        )
    is_base64 = header.rstrip().lower().endswith(";base64")
    if (
        len(body) * 3 // 4 if is_base64 else len(body)
    ) > 3 * max_bytes:  # percent-encoding takes up to 3 for 1
        raise _too_large(source, max_bytes)
    data = unquote_to_bytes(body)
    data = _forgiving_base64(data, source) if is_base64 else data
    if len(data) > max_bytes:
        raise _too_large(source, max_bytes)
    return data


def _forgiving_base64(data: bytes, source: str) -> bytes:
    """Decode as browsers do: white space and missing padding are no faults."""
    # Source: https://infra.spec.whatwg.org/#forgiving-base64
    packed = re.sub(rb"[\t\n\f\r ]", b"", data).rstrip(b"=")
    try:
        return base64.b64decode(packed + b"=" * (-len(packed) % 4), validate=True)
    except binascii.Error as error:
        message = f"{shortened(source)}: not valid base64 ({error}); encode the picture anew"
        raise ImageError("image-unreadable", message) from error


def _too_large(source: str, max_bytes: int) -> ImageError:
    return ImageError(
        "image-too-large",
        f"{shortened(source)}: above the limit of {max_bytes} bytes; shrink it or raise the limit",
    )
