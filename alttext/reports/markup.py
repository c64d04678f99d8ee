"""Text for HTML and XML: escaped, without the characters that neither can hold."""

import re
from html import escape

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
# Source: https://infra.spec.whatwg.org/#noncharacter and #control, https://www.w3.org/TR/xml/#charsets
_IMPOSSIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr((plane << 16) + 0xFFFE) + chr((plane << 16) + 0xFFFF) for plane in range(17))
    + "]"
)


def escaped(text: str) -> str:
    """Return `text` as it stands between tags and in quoted attributes."""
    return escape(_IMPOSSIBLE.sub("\N{REPLACEMENT CHARACTER}", text))


def in_language(lang: str) -> str:
    """Return the attribute that says in which language an element is; nothing if it is unknown."""
    return f' lang="{lang}"' if _LANGUAGE.fullmatch(lang) else ""
