"""Addresses that a template only puts the place of the site before, so that the file is known all the same.

Sources: https://jekyllrb.com/docs/liquid/filters/ , https://jekyllrb.com/docs/variables/ and
https://gohugo.io/functions/urls/relurl/
"""

import re

_LITERAL_RE = re.compile(
    r"""\{\{-?\s*+ (?P<quote>["'])(?P<path>[^"'{}|]++)(?P=quote)
      (?:\s*+\|\s*+(?:relative_url|absolute_url|relURL|absURL|prepend:\s*+site\.(?:baseurl|url)))++
      \s*+-?\}\}""",
    re.VERBOSE,
)
_SITE_RE = re.compile(r"(?:\{\{-?\s*+site\.(?:baseurl|url)(?:\s*+\|\s*+relative_url)?\s*+-?\}\})++")


def known(address: str) -> str:
    """Return the path below the root of the site if the template adds no more, else the address as it is."""
    if literal := _LITERAL_RE.fullmatch(address):
        return _rooted(literal["path"])
    site = _SITE_RE.match(address)
    rest = address[site.end() :] if site else ""
    return _rooted(rest) if rest and "{" not in rest else address


def _rooted(path: str) -> str:
    return path if "://" in path else f"/{path.lstrip('/')}"
