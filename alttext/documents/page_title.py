"""What a page of the site calls itself, to suggest it for images that link there.

BeautifulSoup over lxml reads any page, however broken, and only the two elements that matter.
"""

from pathlib import Path

from alttext.documents import format_of
from alttext.documents.html_names import collapse

_INDEXES = ("index.html", "index.htm", "index.xhtml")
_ENOUGH = 200_000  # bytes; a page that has not named itself by then will not
_LONGEST = 120  # characters; longer headings are no names


def of(path: Path) -> str:
    """The first heading of an HTML page, else its title; "" if it is no HTML page or has neither.

    `path` may be a folder with an index page. Raises nothing: a page that cannot be read has no title.
    """
    try:
        page = next((path / name for name in _INDEXES if (path / name).is_file()), path)
        if format_of(page) != "html" or not page.is_file():  # a pipe would be waited for
            return ""
        with page.open("rb") as file:
            markup = file.read(_ENOUGH)
    except OSError:
        return ""
    from bs4 import BeautifulSoup  # noqa: PLC0415 - rarely needed, and slow to import
    from bs4.filter import SoupStrainer  # noqa: PLC0415

    found = BeautifulSoup(markup, "lxml", parse_only=SoupStrainer(["title", "h1"]))
    names = (collapse(element.get_text(" ")) for name in ("h1", "title") for element in found.find_all(name))
    return next((name for name in names if name and len(name) <= _LONGEST), "")
