"""XHTML made readable for an HTML parser, with every character that matters where it was.

Source: https://html.spec.whatwg.org/multipage/xhtml.html
"""

import re
from functools import lru_cache

from lxml import etree

_DECLARED_RE = re.compile(r"\ufeff?<\?xml\s")
# Documents may leave the declaration out; then they are XHTML if they could not be read otherwise.
_NAMESPACE_RE = re.compile(r"""<html\s[^<>]*?\bxmlns\s*=\s*["']http://www\.w3\.org/1999/xhtml["']""")
_HEAD = 2000
_CDATA_RE = re.compile(r"<!\[CDATA\[(?:(?!\]\]>).)*+", re.DOTALL)
# Those with a role may be images; those that HTML knows to be empty are read as such.
_EMPTY_RE = re.compile(
    r"""<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|object|param|source|track|wbr)[\s/])
    [A-Za-z][\w.-]*+(?![^<>]*\srole\s*=)(?:\s[^<>]*)?/>""",
    re.VERBOSE,
)


@lru_cache(maxsize=1)  # asked for again with every edit
def as_html(text: str) -> str:
    """Blank out, at equal length, what an XML document spells in a way that HTML would misread.

    Sections of character data are comments to HTML, and empty elements are open ones.
    """
    if not _is_xml(text):
        return text
    text = _CDATA_RE.sub(lambda match: match[0].replace("<", "_"), text)
    return _EMPTY_RE.sub(lambda match: " " * len(match[0]), text)


def _is_xml(text: str) -> bool:
    if _DECLARED_RE.match(text):
        return True
    return _NAMESPACE_RE.search(text, 0, _HEAD) is not None and _is_well_formed(text)


def _is_well_formed(text: str) -> bool:
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, huge_tree=False)
    try:
        etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return False
    return True
