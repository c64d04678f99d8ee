"""Stage 10: the report for continuous integration: documents are tests, and their problems failures.

Format: https://github.com/testmoapp/junitxml . Some readers look at the first failure of a test only, so
the output of the test tells all of them once more.
"""

from collections.abc import Iterable, Iterator

from alttext.reports import View
from alttext.reports.markup import escaped
from alttext.reports.places import Places
from alttext.reports.words import headline, message
from alttext.types import FileResult


def render(results: Iterable[FileResult], view: View) -> Iterator[str]:
    """Yield the report; its counts come first, so that nothing is yielded before the last result."""
    cases: list[str] = []
    failures = errors = 0
    for result in results:
        said = list(_problems(result, view))
        failures += bool(said)
        errors += bool(result.error)
        cases.append(_case(result, said))
    counts = f'tests="{len(cases)}" failures="{failures}" errors="{errors}"'
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="alttext" {counts}>\n'
    yield f'<testsuite name="alttext {view.command}" {counts} skipped="0">\n'
    yield from cases
    yield "</testsuite>\n</testsuites>\n"


def _problems(result: FileResult, view: View) -> Iterator[tuple[str, str, str]]:
    """Yield rule, headline and message of what is left to do."""
    places = Places(result, written=view.written)
    for finding in filter(view.is_open, result.findings):
        start = places.at(finding.image.span.start)
        where = f"{result.path}:{start.line}:{start.column}"
        yield finding.rule, f"{headline(finding)} (line {start.line})", f"{where}: {message(finding)}"


def _case(result: FileResult, said: list[tuple[str, str, str]]) -> str:
    parts = [
        f'<failure type="{escaped(rule)}" message="{_on_one_line(title)}">{_exactly(text)}</failure>\n'
        for rule, title, text in said
    ]
    if len(said) > 1:
        parts.append("<system-out>" + _exactly("\n".join(text for _, _, text in said)) + "</system-out>\n")
    if result.error:
        parts.append(f'<error type="unreadable" message="{_on_one_line(result.error)}"/>\n')
    start = f'<testcase classname="alttext" name="{_on_one_line(result.path)}"'
    return "".join((f"{start}>\n", *parts, "</testcase>\n")) if parts else f"{start}/>\n"


def _exactly(text: str) -> str:
    """Escape so that XML keeps carriage returns."""
    return escaped(text).replace("\r", "&#13;")


def _on_one_line(text: str) -> str:
    """Escape for an attribute, in which XML takes line breaks for spaces."""
    return _exactly(text).replace("\n", "&#10;").replace("\t", "&#9;")
