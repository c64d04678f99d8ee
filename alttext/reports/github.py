"""Stage 10: the report as commands that GitHub's runners turn into annotations of a pull request.

Format: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands ; escaped as in
https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from alttext.reports import Summary, View, references
from alttext.reports.paint import harmless
from alttext.reports.places import LINE_FEED, Places, Position, from_root
from alttext.reports.text import closing
from alttext.reports.words import message
from alttext.rules import RULES
from alttext.types import FileResult, Finding

SHOWN = 10  # annotations of one severity that GitHub shows for a step

_CONTROL = dict.fromkeys((*range(32), *range(127, 160)), "\N{REPLACEMENT CHARACTER}")
_IN_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = _CONTROL | _IN_MESSAGES | str.maketrans({":": "%3A", ",": "%2C"})


def render(results: Iterable[FileResult], view: View) -> Iterator[str]:
    """Yield one line for each finding, then the summary for those who read the log."""
    summary = Summary(applied=view.written)
    severities: Counter[str] = Counter()
    for result in summary.count(results):
        if result.error:
            severities["error"] += 1
            yield _unreadable(result, view)
        places = Places(result, written=view.written, newline=LINE_FEED)
        for finding in filter(view.is_open, result.findings):
            severities[references.severity(RULES.get(finding.rule))] += 1
            yield _annotation(finding, result, places, view)
    if not view.quiet:
        yield closing(summary, view) + "\n"
        yield from _overflow(severities)


def _annotation(finding: Finding, result: FileResult, places: Places, view: View) -> str:
    start, end = places.region(finding.image.span)
    properties: dict[str, str | int] = {
        "title": f"alttext ({finding.rule})",
        "file": from_root(result.path, view.root),
        **_region(start, end),
    }
    said = f"{result.path}:{start.line}:{start.column}: {message(finding)}"
    return _command(references.severity(RULES.get(finding.rule)), properties, said)


def _region(start: Position, end: Position) -> dict[str, int]:
    if start.line != end.line:  # columns are for annotations of one line only
        return {"line": start.line, "endLine": end.line}
    return {"line": start.line, "col": start.column, "endLine": end.line, "endColumn": end.column}


def _unreadable(result: FileResult, view: View) -> str:
    properties = {"title": "alttext", "file": from_root(result.path, view.root)}
    return _command("error", properties, f"{result.path}: {result.error}")


def _command(name: str, properties: Mapping[str, str | int], said: str) -> str:
    """Return a command without escape sequences, which would steer the log, or a terminal."""
    options = ",".join(f"{key}={str(value).translate(_IN_PROPERTIES)}" for key, value in properties.items())
    return f"::{name} {options}::{harmless(said).translate(_IN_MESSAGES)}\n"


def _overflow(severities: Counter[str]) -> Iterator[str]:
    if max(severities.values(), default=0) > SHOWN:
        yield (
            f"GitHub shows {SHOWN} errors and {SHOWN} warnings of a step as annotations;"
            " --output-format sarif is for more.\n"
        )
