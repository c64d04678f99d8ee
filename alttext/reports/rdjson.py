"""Stage 10: the report for reviewdog, which turns edits into suggestions that reviewers accept by a click.

Format: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf . It counts lines as git does and
columns in bytes, and puts a suggestion into the line as it stands in the patch, so that documents in
other encodings than UTF-8 get none.
"""

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any

from alttext.reports import View, references
from alttext.reports.json import encode
from alttext.reports.places import LINE_FEED, Places
from alttext.reports.words import message
from alttext.rules import RULES
from alttext.types import Edit, FileResult, Finding, Span


def render(results: Iterable[FileResult], view: View) -> Iterator[str]:
    """Yield the report piece by piece, with one line for each finding."""
    yield '{"source":{"name":"alttext"},"diagnostics":['
    separator = "\n"
    for result in results:
        for row in _rows(result, view):
            yield separator + encode(row)
            separator = ",\n"
    yield "\n]}\n"


def _rows(result: FileResult, view: View) -> Iterator[dict[str, Any]]:
    path = PurePath(result.path).as_posix()
    if result.error:
        yield {"message": result.error, "location": {"path": path}, "severity": "ERROR"}
    places = Places(result, written=view.written, newline=LINE_FEED)
    for finding in filter(view.is_open, result.findings):
        edit = view.proposal(result, finding)
        yield {
            "message": message(finding),
            "location": {"path": path, "range": _range(finding.image.span, places)},
            "severity": references.severity(RULES.get(finding.rule)).upper(),
            "code": _code(finding),
            "suggestions": [_suggestion(edit, places)] if edit and _is_safe(edit, result) else [],
        }


def _code(finding: Finding) -> dict[str, str]:
    url = references.help_url(RULES.get(finding.rule))
    return {"value": finding.rule, **({"url": url} if url else {})}


def _is_safe(edit: Edit, result: FileResult) -> bool:
    """Whether the edit can be put into the bytes of the document as UTF-8."""
    if result.encoding == "utf-8":
        return True
    return not result.encoding.startswith("utf-16") and (result.before + edit.text).isascii()


def _suggestion(edit: Edit, places: Places) -> dict[str, Any]:
    return {"range": _range(edit.span, places), "text": edit.text}


def _range(span: Span, places: Places) -> dict[str, dict[str, int]]:
    start, end = places.region(span)
    return {
        "start": {"line": start.line, "column": start.byte},
        "end": {"line": end.line, "column": end.byte},
    }
