"""Stage 10: the report for people at a terminal.

One head line per finding as compilers write it, `path:line:column: rule message [reason]`, so that
editors and terminals can jump there. What can be said once is said once: an image that comes back
on other pages takes one line, and the advice for a reason stands at the end.
"""

import posixpath
import textwrap
from collections.abc import Iterable, Iterator

from rich.cells import cell_len

from alttext.reports import Summary, View, is_edited
from alttext.reports.paint import Paint, harmless, painter
from alttext.reports.words import confidence, plural, problem, quoted, ranked, source
from alttext.rules import RULES
from alttext.types import Action, Candidate, FileResult, Finding

RANKED_PER_FACET = 3
LEAST = 0.2  # of confidence; what is less likely helps nobody who reads, and is in the other reports


def render(results: Iterable[FileResult], view: View) -> Iterator[str]:
    """Yield the report piece by piece: one for each document with something to say, then the summary."""
    summary = Summary(applied=view.written)
    page = _Page(view)
    said = 0  # lines of the last document that had any
    for result in summary.count(results):
        lines = list(page.document(result))
        if lines:
            stands_apart = said and max(said, len(lines)) > 1
            yield ("\n" if stands_apart else "") + "\n".join(lines) + "\n"
            said = len(lines)
    if not view.quiet:
        yield ("\n" if said else "") + "\n".join(page.summary(summary)) + "\n"


class _Page:
    """What a report has said already, and how it speaks."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.paint: Paint = painter(view.color)
        self.told: set[tuple[str, ...]] = set()

    def document(self, result: FileResult) -> Iterator[str]:
        if result.error:
            path = self.paint(f"{harmless(result.path)}:", "bold")
            yield f"{path} {self.paint('error:', 'bold red')} {harmless(result.error)}"
        for finding in result.findings:
            if self.view.verbose or finding.decision.action is not Action.KEEP:
                yield from self._finding(finding, result)

    def _finding(self, finding: Finding, result: FileResult) -> Iterator[str]:
        place = self.paint(f"{harmless(result.path)}:{finding.line}:{finding.column}:", "bold")
        reason = self.paint(f"[{finding.decision.reason}]", "dim")
        if finding.decision.action is Action.KEEP:
            yield f"{place} kept {_picture(finding)} {reason}"
        elif is_edited(finding):
            done = f"{'fixed' if self.view.written else 'would fix'} {self.paint(finding.rule, 'green')}"
            yield f"{place} {done} of {_picture(finding)} {reason}"
            yield self._edit(finding)
        else:
            is_news = self._is_news(finding, result.path)
            again = "" if is_news else self.paint(f" {_picture(finding)}, as above", "dim")
            why = "" if finding.decision.reason == finding.rule else f" {reason}"
            yield f"{place} {self.paint(finding.rule, 'red')} {problem(finding)}{why}{again}"
            yield from self._evidence(finding, result.before) if is_news else ()

    def _edit(self, finding: Finding) -> str:
        text = harmless(finding.edit.text.strip()) if finding.edit else ""
        sure = confidence(finding)
        return f"    {self.paint('+ ' + text, 'green')}{sure and '  '}{self.paint(sure, 'dim')}"

    def _is_news(self, finding: Finding, path: str) -> bool:
        picture = posixpath.normpath(posixpath.join(posixpath.dirname(path), finding.image.src))
        key = (finding.rule, finding.decision.reason, picture, finding.decision.alt or "")
        is_news = not finding.image.src or key not in self.told
        self.told.add(key)
        return is_news

    def _source_line(self, finding: Finding, text: str) -> Iterator[str]:
        number = str(finding.line)
        gutter = " " * len(number)
        before, marked, after = _excerpt(text, finding, self.view.width - len(number) - 4)
        caret = " " * cell_len(before) + self.paint("^" * max(1, cell_len(marked)), "red")
        bar = self.paint("|", "cyan")
        yield f" {self.paint(number, 'cyan')} {bar} {before}{marked}{after}"
        yield f" {gutter} {bar} {caret}"

    def _evidence(self, finding: Finding, text: str) -> Iterator[str]:
        yield from self._source_line(finding, text)
        indent = " " * (len(str(finding.line)) + 2)
        if finding.decision.alt is not None:
            suggestion = f"{self.paint('=', 'cyan')} suggestion: {harmless(quoted(finding.decision.alt))}"
            yield f"{indent}{suggestion}  {self.paint(confidence(finding), 'dim')}".rstrip()
        yield from self._said(harmless(finding.decision.note), indent)
        ranked = _ranked(finding.description.candidates if finding.description else ())
        yield from self._said(ranked and f"ranked: {ranked}", indent)

    def _said(self, text: str, indent: str) -> Iterator[str]:
        for number, line in enumerate(_wrapped(text, self.view.width - len(indent) - 2)):
            yield f"{indent}{self.paint(' ' if number else '=', 'cyan')} {self.paint(line, 'dim')}"

    def summary(self, summary: Summary) -> Iterator[str]:
        if summary.reviews:
            yield self.paint(self._title(), "bold")
            yield from self._advice(summary)
            yield ""
        if summary.describable and self.view.command == "check" and self.view.fixer:
            yield f"`{self.view.fixer}` can look at up to {summary.describable} of these images."
        if summary.replaceable and self.view.command == "fix" and not self.view.replaces:
            looks = "--rewrite-placeholders also looks at alternatives that say nothing"
            hint = f"{looks}, {summary.replaceable} here."
            yield from _wrapped(hint, self.view.width)
        yield self.paint(closing(summary, self.view), "bold")

    def _title(self) -> str:
        return "Left for a person, by reason:" if self.view.command == "fix" else "Found, by reason:"

    def _advice(self, summary: Summary) -> Iterator[str]:
        width = len(str(max(summary.reviews.values())))
        for reason, number in summary.reviews.most_common():
            known = RULES.get(reason)
            means = f": {known.summary}" if known else ""
            yield f"  {number:>{width}}  {self.paint(reason, 'red')}{means}"
            advice = known.advice if known else ""
            yield from _wrapped(advice, self.view.width, " " * (width + 4))


def _picture(finding: Finding) -> str:
    return harmless(source(finding))


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _ranked(candidates: Iterable[Candidate]) -> str:
    likely = (candidate for candidate in candidates if candidate.confidence >= LEAST)
    facets = ranked(likely, RANKED_PER_FACET)
    return "; ".join(f"{facet} {', '.join(found)}" for facet, found in facets.items())


def _excerpt(text: str, finding: Finding, width: int) -> tuple[str, str, str]:
    """Return the line around an image, cut to `width` cells: before it, of it, and after it."""
    start, end = finding.image.span
    low, high = max(0, start - width - 1), end + width + 1
    line_start = max(text.rfind("\n", low, start) + 1, text.rfind("\r", low, start) + 1, low)
    line_end = min(at for at in (text.find("\n", start), text.find("\r", start), len(text)) if at >= 0)
    before = harmless(text[line_start:start])
    marked = harmless(text[start : min(end, line_end, start + width + 1)])
    after = harmless(text[min(end, line_end) : min(line_end, high)])
    before = _fit(before[::-1], max(width // 4, width - cell_len(marked + after)))[::-1]
    marked = _fit(marked, width - cell_len(before))
    return before, marked, _fit(after, width - cell_len(before + marked))


def _fit(text: str, cells: int) -> str:
    """Cut `text` with an ellipsis if it is wider than `cells`."""
    if cell_len(text) <= cells:
        return text
    while text and cell_len(text) > cells - 1:
        text = text[:-1]
    return text + "…" if cells > 0 else ""


def closing(summary: Summary, view: View) -> str:
    """Return the sentence that says how it went."""
    if summary.unreadable == summary.files > 0:
        return f"Nothing was read: {plural(summary.unreadable, 'file')} unreadable."
    files = plural(summary.files - summary.unreadable, "file")
    parts = []
    if view.command == "fix":
        done = "Fixed" if view.written else "Would fix"
        parts.append(f"{done} {plural(summary.edits, 'image')} in {summary.changed} of {files}")
        parts.append(f"{summary.left or 'none'} left for a person")
    elif summary.problems:
        parts.append(f"Found {plural(summary.problems.total(), 'problem')} in {summary.affected} of {files}")
    else:
        parts.append(f"Found no problems in {files}")
    if summary.kept:
        shown = "" if view.verbose else " (-v shows)"
        parts.append(f"{summary.kept} kept as {'it is' if summary.kept == 1 else 'they are'}{shown}")
    if summary.unreadable:
        parts.append(f"{plural(summary.unreadable, 'file')} unreadable")
    return ", ".join(parts) + "."
