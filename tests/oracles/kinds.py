"""Pages of images of many kinds, which judges and alttext look at."""

from bisect import bisect_right
from collections.abc import Mapping
from types import ModuleType
from typing import NamedTuple

from tests.oracles import html_kinds, markdown_kinds


class Page(NamedTuple):
    """A page with one image of each kind, and where each begins."""

    text: str
    names: tuple[str, ...]  # such as "unsaid: an image"
    starts: tuple[int, ...]

    def name_at(self, offset: int) -> str:
        """The name of the kind that stands at a place in the text."""
        return self.names[bisect_right(self.starts, offset) - 1]

    def group(self, *names: str) -> frozenset[str]:
        """The names of the kinds in some groups."""
        return frozenset(name for name in self.names if name.partition(": ")[0] in names)


def _page(beginning: str, around: tuple[str, str], groups: Mapping[str, Mapping[str, str]]) -> Page:
    text, names, starts = beginning, [], []
    for group, kinds in groups.items():
        for name, markup in kinds.items():
            starts.append(len(text))
            text += "".join((around[0], markup, around[1])).replace("@", str(len(names)))
            names.append(f"{group}: {name}")
    return Page(text, tuple(names), tuple(starts))


def _groups(tables: ModuleType) -> Mapping[str, Mapping[str, str]]:
    return {name: getattr(tables, name.upper()) for name in ("unsaid", "poor", "sound", "kept")}


_HEAD = '<!DOCTYPE html><html lang="en"><head><title>Cases</title></head><body>\n'
_DIV = ('<div id="@">', "</div>\n")
HTML = _page(_HEAD, _DIV, _groups(html_kinds))
MARKDOWN = _page("# Cases\n", ("\n", "\n\n***\n"), _groups(markdown_kinds))
TEMPLATES = _page(
    _HEAD,
    _DIV,
    {"template, unsaid": html_kinds.UNSAID_TEMPLATES, "template, sound": html_kinds.SOUND_TEMPLATES},
)
