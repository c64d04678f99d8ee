"""Stage 10: the report for code scanning, in SARIF 2.1.0.

Format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html ; what GitHub reads of it:
https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
GitHub takes suppressed results for open ones, so they are told only where kept images are asked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from alttext.reports import Summary, View, fingerprint, references
from alttext.reports.json import encode
from alttext.reports.places import Places, from_root
from alttext.reports.words import message, problem, proposal
from alttext.rules import RULES, Rule
from alttext.types import Action, Edit, FileResult, Finding, Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_PROBLEMS = tuple(rule for rule in RULES.values() if rule.kind == "problem")
_INDEX = {rule.id: index for index, rule in enumerate(_PROBLEMS)}


def render(results: Iterable[FileResult], view: View) -> Iterator[str]:
    """Yield the report piece by piece, with one line for each finding."""
    summary = Summary(applied=view.written)
    unreadable: list[dict[str, Any]] = []
    yield f'{{"$schema":"{_SCHEMA}","version":"2.1.0","runs":[{encode(_run(view))[:-1]},"results":['
    separator = "\n"
    for result in summary.count(results):
        if result.error:
            unreadable.append(_notification(result, view))
        for row in _rows(result, view):
            yield separator + encode(row)
            separator = ",\n"
    yield f'\n],"invocations":[{encode(_invocation(summary, unreadable))}]}}]}}\n'


def _run(view: View) -> dict[str, Any]:
    version = {"version": view.version} if view.version else {}
    return {
        "tool": {"driver": {"name": "alttext", **version, "rules": [_rule(rule) for rule in _PROBLEMS]}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the checkout."}}},
    }


def _rule(rule: Rule) -> dict[str, Any]:
    pages = "\n".join(f"- [{page.title}]({page.url})" for page in references.of(rule))
    text = f"{rule.summary}. {rule.advice}"
    return {
        "id": rule.id,
        "name": rule.id.title().replace("-", ""),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": text},
        "helpUri": references.help_url(rule),
        "help": {"text": text, "markdown": f"{text}\n\n{pages}"},
        "defaultConfiguration": {"level": references.severity(rule)},
        "properties": {"tags": references.tags(rule), "wcag": rule.wcag, "act": rule.act, "axe": rule.axe},
    }


def _rows(result: FileResult, view: View) -> Iterator[dict[str, Any]]:
    places = Places(result, written=view.written)
    names = fingerprint.of_findings(result.findings)
    told = [
        (finding, name)
        for finding, name in zip(result.findings, names, strict=True)
        if view.is_open(finding) or (view.verbose and finding.decision.action is Action.KEEP)
    ]
    lines = {places.at(finding.image.span.start).line for finding, _ in told}
    hashes = fingerprint.of_lines(fingerprint.on_disk(result, written=view.written), lines) if lines else {}
    for finding, name in told:
        prints = {"alttext/v1": name}
        if line_hash := hashes.get(places.at(finding.image.span.start).line):
            prints["primaryLocationLineHash"] = line_hash
        artifact = _artifact(result.path, view)
        fixes = _fixes(finding, view.proposal(result, finding), artifact, places)
        yield {**_result(finding, artifact, places), "partialFingerprints": prints, **fixes}


def _result(finding: Finding, artifact: Mapping[str, str], places: Places) -> dict[str, Any]:
    index = {"ruleIndex": _INDEX[finding.rule]} if finding.rule in _INDEX else {}
    region = _region(finding.image.span, places)
    return {
        "ruleId": finding.rule,
        **index,
        "level": references.severity(RULES.get(finding.rule)),
        "message": {"text": _plain(message(finding))},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "properties": _properties(finding),
        **_suppressions(finding),
    }


def _properties(finding: Finding) -> dict[str, Any]:
    described = finding.description
    return {
        "purpose": finding.classification.purpose.value,
        "reason": finding.decision.reason,
        "src": finding.image.src,
        **({"confidence": round(float(described.confidence), 6)} if described else {}),
    }


def _suppressions(finding: Finding) -> dict[str, Any]:
    if finding.decision.action is not Action.KEEP:
        return {}
    reason = finding.decision.reason
    why = {"justification": RULES[reason].summary} if reason in RULES else {}
    return {"suppressions": [{"kind": "inSource" if reason == "suppressed" else "external", **why}]}


def _fixes(
    finding: Finding, edit: Edit | None, artifact: Mapping[str, str], places: Places
) -> dict[str, Any]:
    if edit is None or finding.decision.action is Action.KEEP:
        return {}
    replacement = {"deletedRegion": _region(edit.span, places), "insertedContent": {"text": edit.text}}
    change = {"artifactLocation": artifact, "replacements": [replacement]}
    said = proposal(finding) or problem(finding)
    return {"fixes": [{"description": {"text": _plain(said)}, "artifactChanges": [change]}]}


def _plain(text: str) -> str:
    """Return a text as a message says it, in which braces are placeholders and brackets may be links."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _region(span: Span, places: Places) -> dict[str, int]:
    start, end = places.region(span)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "charOffset": start.offset,
        "charLength": end.offset - start.offset,
    }


def _artifact(path: str, view: View) -> dict[str, str]:
    where = PurePath(from_root(path, view.root))
    uri = quote(where.as_posix().encode("utf-8", "surrogateescape"))
    if not where.is_absolute():
        return {"uri": uri, "uriBaseId": _ROOT}
    return {"uri": f"file://{uri}" if uri.startswith("/") else f"file:///{uri}"}


def _notification(result: FileResult, view: View) -> dict[str, Any]:
    location = {"physicalLocation": {"artifactLocation": _artifact(result.path, view)}}
    return {"level": "error", "message": {"text": _plain(result.error)}, "locations": [location]}


def _invocation(summary: Summary, unreadable: list[dict[str, Any]]) -> dict[str, Any]:
    notifications = {"toolExecutionNotifications": unreadable} if unreadable else {}
    return {
        "executionSuccessful": not unreadable,
        "exitCode": summary.exit_code,
        **notifications,
    }
