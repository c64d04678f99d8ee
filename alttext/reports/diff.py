"""Stage 10: what would change as a patch that `git apply` takes, byte for byte.

Format: https://git-scm.com/docs/diff-format. Lines end at line feeds only, as git sees them, so a
carriage return stays part of its line. Bytes that are not UTF-8 are lone surrogates, so that a patch
encoded as UTF-8 with the error handler surrogateescape holds the bytes of the document.
"""

from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import PurePath

from alttext.reports import View
from alttext.reports.paint import Paint, harmless, painter
from alttext.reports.places import errors_of
from alttext.types import FileResult

_STYLES = {"+": "green", "-": "red", "@": "cyan", " ": ""}
_NO_NEWLINE = "\\ No newline at end of file\n"


def render(results: Iterable[FileResult], view: View) -> Iterator[str]:
    """Yield one patch for each document that changes."""
    paint = painter(view.color)
    if view.color or view.terminal:
        paint = _harmlessly(paint)
    for result in results:
        if result.changed:
            yield "".join(_patch(result, paint))


def _harmlessly(paint: Paint) -> Paint:
    """A document must not steer a terminal; a patch for a program has to have its bytes."""
    return lambda content, style: paint(harmless(content), style)


def _patch(result: FileResult, paint: Paint) -> Iterator[str]:
    path = PurePath(result.path).as_posix()
    yield paint(f"--- {_title(f'a/{path}')}", "bold") + "\n"
    yield paint(f"+++ {_title(f'b/{path}')}", "bold") + "\n"
    old, new = _lines(result, result.before), _lines(result, result.text)
    for line in list(unified_diff(old, new))[2:]:
        content, newline, _ = line.partition("\n")
        yield paint(content, _STYLES[line[0]]) + "\n"
        if not newline:
            yield _NO_NEWLINE


def _title(path: str) -> str:
    """Spell a path as git does: a tab ends one with spaces, unusual characters put it into quotes."""
    if path.isprintable() and not {'"', "\\"} & set(path):
        return path + "\t" * (" " in path)
    escapes = {"\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
    return '"' + "".join(escapes.get(character) or _quoted(character) for character in path) + '"'


def _quoted(character: str) -> str:
    if character.isprintable():
        return character
    return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", "surrogateescape"))


def _lines(result: FileResult, text: str) -> list[str]:
    data = result.bom + text.encode(_ascii_compatible(result.encoding), errors_of(result))
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    return [line + "\n" for line in lines[:-1]] + [last for last in lines[-1:] if last]


def _ascii_compatible(encoding: str) -> str:
    """Return the encoding for a patch: git takes UTF-16 for binary, so people get to read UTF-8."""
    return "utf-8" if encoding.startswith("utf-16") else encoding
