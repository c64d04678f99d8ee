"""The job summary of the GitHub Action: the JSON report of alttext as Markdown."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import quote

from alttext import explain

MOST_ROWS = 50  # of a table; GitHub takes a megabyte for a step
LONGEST_CELL = 250  # code points
_MARKUP = re.compile(r"[!-,:-@\[-`{-~]")  # ASCII punctuation but - . /


class Blob(NamedTuple):
    """Where the documents of a commit can be looked at."""

    server: str
    repository: str
    commit: str

    def link(self, path: str, line: int) -> str:
        """Return a link to a line, or only its name where the document is not in the repository."""
        shown = f"{literal(path)}&#58;{line}"
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts:
            return shown
        url = f"{self.server}/{self.repository}/blob/{self.commit}/{quote(pure.as_posix())}?plain=1#L{line}"
        return f"[{shown}]({url})"


class _Row(NamedTuple):
    path: str
    finding: Mapping[str, Any]


def markdown(report: Mapping[str, Any], blob: Blob) -> str:
    """Return the summary of a report."""
    rows = [_Row(file["path"], finding) for file in report["files"] for finding in file["findings"]]
    found = [_found(row, blob) for row in rows if row.finding["edit"]]
    left = [_left(row, blob) for row in rows if row.finding["action"] != "keep" and not row.finding["edit"]]
    errors = [(literal(file["path"]), literal(file["error"])) for file in report["files"] if file["error"]]
    lines = [
        f"### alttext {literal(report['command'])}",
        "",
        _totals(report["summary"]),
        *_table("Words found", ("Where", "Image", "Alternative", "Confidence"), found),
        *_table("Left for a person", ("Where", "Image", "What", "Why", "Suggestion"), left),
        *_table("Not readable", ("Document", "Why"), errors),
    ]
    return "\n".join(lines) + "\n"


def literal(text: str) -> str:
    """Return Markdown for one line of text as it is: what a document holds is never markup here."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    cut = line if len(line) <= LONGEST_CELL else line[: LONGEST_CELL - 1] + "…"
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", cut)


def _totals(totals: Mapping[str, int]) -> str:
    documents = _number(totals["files"], "document")
    if not any(totals[name] for name in ("edits", "left", "unreadable")):
        return f"Nothing is left to do in {documents}."
    found = f"Words found for {_number(totals['edits'], 'image')}; " if totals["edits"] else ""
    return f"{found}{_number(totals['left'], 'image')} left for a person, in {documents}."


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"


def _found(row: _Row, blob: Blob) -> tuple[str, ...]:
    finding = row.finding
    confidence = "" if finding["confidence"] is None else f"{finding['confidence']:.2f}"
    return (*_place(row, blob), _alternative(finding["alt"]), confidence)


def _left(row: _Row, blob: Blob) -> tuple[str, ...]:
    finding = row.finding
    problem, reason = _said(finding["rule"]), _said(finding["reason"])
    why = "" if reason == problem else reason
    return (*_place(row, blob), problem, why, _alternative(finding["suggestion"]))


def _place(row: _Row, blob: Blob) -> tuple[str, str]:
    image = row.finding["image"]
    return blob.link(row.path, row.finding["line"]), literal(image["src"] or f"<{image['kind']}>")


def _said(identifier: str) -> str:
    """Return what an id of the report stands for; other versions may have others."""
    try:
        return literal(explain(identifier).summary)
    except KeyError:
        return literal(identifier)


def _alternative(text: str | None) -> str:
    if text is None:
        return ""
    return literal(text) if text else "(empty, which marks it as decorative)"


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if not rows:
        return
    yield from ("", f"#### {title}", "", _line(columns), _line(["---"] * len(columns)))
    yield from map(_line, rows[:MOST_ROWS])
    if len(rows) > MOST_ROWS:
        yield from ("", f"… and {len(rows) - MOST_ROWS} more.")


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
