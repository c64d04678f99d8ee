"""Stage 10: pictures side by side on one page without scripts, with what is said of them and where."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources

from alttext.reports import Thumbnail
from alttext.reports.markup import escaped

_STYLES = ("html.css", "contact_sheet.css")
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True)
class Tile:
    """One picture."""

    path: str
    score: float
    thumbnail: Thumbnail | None
    alts: Sequence[str | None]  # None is missing, "" is decorative
    places: Sequence[str]  # documents with line numbers


def render(query: str, tiles: Iterable[Tile], version: str = "") -> Iterator[str]:
    """Yield the page about what a query found, the best first."""
    found = list(tiles)
    yield from _head(f"Pictures like “{query}”")
    yield f'<p class="lead">{_count(len(found))}, the most alike first.</p>\n</header>\n<main>\n'
    yield '<ol class="sheet">\n'
    for tile in found:
        yield _item(tile)
    made_by = f" {escaped(version)}" if version else ""
    yield f'</ol>\n</main>\n<footer class="quiet">Made by alttext{made_by}.</footer>\n</body>\n</html>\n'


def said(alt: str | None) -> str:
    """Return an alternative in words."""
    if alt is None:
        return "no alternative"
    return f"“{alt}”" if alt.strip() else "marked as decorative"


def _head(title: str) -> Iterator[str]:
    folder = resources.files("alttext.reports")
    style = "".join(folder.joinpath(name).read_text(encoding="utf-8") for name in _STYLES)
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f"<header>\n<h1>{escaped(title)}</h1>\n"
    )


def _count(number: int) -> str:
    return "One picture" if number == 1 else f"{number or 'No'} pictures"


def _item(tile: Tile) -> str:
    name = escaped(tile.path)
    alts = "".join(f"<p>{escaped(said(alt))}</p>\n" for alt in tile.alts)
    places = "".join(f"<li>{escaped(place)}</li>" for place in tile.places)
    count = "one place" if len(tile.places) == 1 else f"{len(tile.places)} places"
    return (
        f'<li>\n<div class="picture">{_picture(tile)}</div>\n<h2>{name}</h2>\n{alts}'
        f'<p class="quiet">Likeness {tile.score:.2f}</p>\n'
        f"<details><summary>Used in {count}</summary><ul>{places}</ul></details>\n</li>\n"
    )


def _picture(tile: Tile) -> str:
    thumbnail = tile.thumbnail
    if thumbnail is None:
        return '<span class="quiet">No preview</span>'
    name = escaped(tile.path.rpartition("/")[2])
    size = f'width="{thumbnail.width}" height="{thumbnail.height}"'
    return f'<img src="{escaped(thumbnail.uri)}" {size} loading="lazy" alt="Thumbnail of {name}">'
