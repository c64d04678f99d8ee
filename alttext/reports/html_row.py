"""One image in the report as a page: its picture, its place, its alternative and the reason for it."""

from collections.abc import Iterable

from alttext.reports import View, is_edited
from alttext.reports.markup import escaped, in_language
from alttext.reports.words import confidence, problem, ranked, source
from alttext.rules import RULES
from alttext.rules.problems import SENSITIVE
from alttext.types import Action, Candidate, FileResult, Finding

ABOUT = "about-"  # ids of the explanations begin with it

_RANKED = 5  # terms of one facet that are shown
_HEAD, _TAIL = 120, 40  # code points of a start tag that are shown around what changes


class Rows:
    """Makes the rows of one page, and remembers which pictures it has shown."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._number = 0
        self._shown: dict[str, tuple[int, str]] = {}  # row and name by content

    def row(self, result: FileResult, finding: Finding) -> str:
        """Return the row of one image."""
        self._number += 1
        return (
            f'<tr id="image-{self._number}">\n<td class="picture">{self._picture(result, finding)}</td>\n'
            f'<th scope="row">Line {finding.line}, column {finding.column}'
            f'<code class="start-tag">{_start_tag(result, finding)}</code></th>\n'
            f"<td>{self._alternative(finding)}</td>\n<td>{_why(finding)}</td>\n</tr>\n"
        )

    def _picture(self, result: FileResult, finding: Finding) -> str:
        thumbnail = self._view.thumbnail(result, finding)
        if thumbnail is None:
            return '<span class="quiet">No preview</span>'
        if thumbnail.uri in self._shown:
            row, name = self._shown[thumbnail.uri]
            return f'<a href="#image-{row}">Same picture as {escaped(name)}</a>'
        name = _name(finding)
        self._shown[thumbnail.uri] = self._number, name
        shown = (
            f'<img src="{escaped(thumbnail.uri)}" width="{thumbnail.width}" height="{thumbnail.height}"'
            f' loading="lazy" decoding="async" alt="Thumbnail of {escaped(name)}">'
        )
        if SENSITIVE in {finding.rule, finding.decision.reason}:
            return f"<details><summary>It may be sensitive. Show it</summary>{shown}</details>"
        return shown

    def _alternative(self, finding: Finding) -> str:
        state, said = self._state(finding)
        sure = confidence(finding)
        parts = [f'<p><span class="badge {state}">{said}</span></p>', _quoted(finding)]
        parts += [f'<p class="quiet">{sure[0].upper()}{sure[1:]}</p>'] if sure else []
        return "".join((*parts, _ranked(finding.description.candidates if finding.description else ())))

    def _state(self, finding: Finding) -> tuple[str, str]:
        if finding.decision.action is Action.KEEP:
            return "kept", "Kept as it is"
        if is_edited(finding):
            return "done", "Written" if self._view.written else "Would be written"
        return ("ask", "Suggestion") if finding.decision.alt is not None else ("left", "Left for a person")


def _name(finding: Finding) -> str:
    if finding.image.src.lstrip()[:5].lower() == "data:":
        return "an embedded picture"
    return source(finding).rpartition("/")[2]


def _quoted(finding: Finding) -> str:
    alt = finding.decision.alt
    if alt is None or finding.decision.action is Action.KEEP:
        return ""
    if not alt:
        return "<p>Empty: decorative</p>"
    return f'<p><q{in_language(finding.image.context.lang)} dir="auto">{escaped(alt)}</q></p>'


def _ranked(candidates: Iterable[Candidate]) -> str:
    facets = ranked(candidates, _RANKED)
    rows = "".join(f"<li>{facet}: {escaped(', '.join(found))}</li>" for facet, found in facets.items())
    return f"<details><summary>Ranked terms</summary><ul>{rows}</ul></details>" if rows else ""


def _why(finding: Finding) -> str:
    reason = finding.decision.reason
    parts = [f"<p>{_link(finding.rule, problem(finding))}</p>"]
    if reason != finding.rule:
        parts.append(f"<p>{_link(reason, RULES[reason].summary if reason in RULES else reason)}</p>")
    parts += [f"<p>{escaped(finding.decision.note)}</p>"] if finding.decision.note else []
    parts.append(f'<p class="quiet">Purpose: {finding.classification.purpose.value}</p>')
    return "".join(parts)


def _link(name: str, said: str) -> str:
    return f'<a href="#{ABOUT}{name}">{escaped(said)}</a>' if name in RULES else escaped(said)


def _start_tag(result: FileResult, finding: Finding) -> str:
    """Return the markup of an image as it was, with what is written marked in it."""
    start, end = finding.image.span
    if finding.edit is None or not is_edited(finding):
        return escaped(_cut(result.before[start:end]))
    at, text = finding.edit.span, finding.edit.text
    removed = f"<del>{escaped(result.before[at.start : at.end])}</del>" if at.end > at.start else ""
    before, after = _cut(result.before[start : at.start]), _cut(result.before[at.end : end])
    return f"{escaped(before)}{removed}<ins>{escaped(text)}</ins>{escaped(after)}"


def _cut(markup: str) -> str:
    """Leave out the middle of long markup, such as that of an embedded picture."""
    return markup if len(markup) <= _HEAD + _TAIL else f"{markup[:_HEAD]}…{markup[-_TAIL:]}"
