"""Stage 10: the report as a page for people: one file without scripts, that needs nothing beside it.

The page keeps the rules that it reports on. It tells what was found and what became of it, document by
document, and explains each reason that occurs. Rows are made by `html_row`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib import resources

from alttext.reports import Summary, View, references
from alttext.reports.html_row import ABOUT, Rows
from alttext.reports.markup import escaped
from alttext.reports.text import closing
from alttext.rules import RULES
from alttext.types import Action, FileResult, Finding

_NAVIGATION = 4  # documents from which on a list of them helps


@dataclass
class _Tally:
    """What the tables at the top count, and whatever is explained at the end."""

    problems: Counter[str] = field(default_factory=Counter)  # by rule
    purposes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    explained: set[str] = field(default_factory=set)

    def add(self, finding: Finding) -> None:
        """Count one finding that is shown."""
        self.explained |= {finding.rule, finding.decision.reason}
        if finding.decision.action is not Action.KEEP:
            self.problems[finding.rule] += 1
            self.purposes[finding.classification.purpose.value] += 1
            self.reasons[finding.decision.reason] += 1


def render(results: Iterable[FileResult], view: View) -> Iterator[str]:
    """Yield the page; its totals come first, so that nothing is yielded before the last result."""
    summary, tally, rows = Summary(applied=view.written), _Tally(), Rows(view)
    sections: list[str] = []
    paths: list[str] = []
    for result in summary.count(results):
        shown = [finding for finding in result.findings if _is_shown(finding, view)]
        if not shown and not result.error:
            continue
        for finding in shown:
            tally.add(finding)
        paths.append(result.path)
        sections.append(_document(len(paths), result, shown, rows))
    yield from _head(summary, view)
    yield from _totals(summary, tally, view)
    yield from _documents(paths, sections)
    yield from _explanations(tally.explained)
    yield _foot(view)


def _is_shown(finding: Finding, view: View) -> bool:
    return view.verbose or finding.decision.action is not Action.KEEP


def _head(summary: Summary, view: View) -> Iterator[str]:
    style = resources.files("alttext.reports").joinpath("html.css").read_text(encoding="utf-8")
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Alt text report</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#documents">Skip to the documents</a>\n<header>\n<h1>Alt text report</h1>\n'
    )
    said = closing(summary, replace(view, verbose=True))  # without a hint at options
    yield f'<p class="lead">{escaped(said)}</p>\n</header>\n<main>\n'


def _totals(summary: Summary, tally: _Tally, view: View) -> Iterator[str]:
    yield '<section aria-labelledby="totals">\n<h2 id="totals">Totals</h2>\n<dl class="cards">\n'
    for title, number in _cards(summary, view):
        yield f"<div><dt>{title}</dt><dd>{number}</dd></div>\n"
    yield "</dl>\n"
    if tally.problems:
        yield '<div class="tables">\n'
        yield _counts("By problem", "Problem", tally.problems, ABOUT)
        yield _counts("By purpose", "Purpose", tally.purposes)
        yield _counts("By reason", "Reason", tally.reasons, ABOUT)
        yield "</div>\n"
    yield "</section>\n"


def _cards(summary: Summary, view: View) -> Iterator[tuple[str, int]]:
    yield "Documents", summary.files
    yield "Problems", summary.problems.total()
    if view.command == "fix":
        yield "Written" if view.written else "Would be written", summary.edits
    yield "Left for a person", summary.left
    yield "Kept as they are", summary.kept
    if summary.unreadable:
        yield "Unreadable documents", summary.unreadable


def _counts(title: str, what: str, numbers: Mapping[str, int], anchor: str = "") -> str:
    rows = "".join(
        f'<tr><th scope="row">{_counted(name, anchor)}</th><td class="number">{number}</td></tr>\n'
        for name, number in Counter(numbers).most_common()
    )
    return (
        f'<div class="wide"><table>\n<caption>{title}</caption>\n<thead><tr><th scope="col">{what}</th>'
        f'<th scope="col" class="number">Images</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n'
    )


def _counted(name: str, anchor: str) -> str:
    if not anchor:
        return escaped(name.capitalize())
    said = RULES[name].summary if name in RULES else name
    return f'<a href="#{anchor}{escaped(name)}">{escaped(said)}</a>'


def _documents(paths: list[str], sections: list[str]) -> Iterator[str]:
    yield '<section aria-labelledby="documents">\n<h2 id="documents">Documents</h2>\n'
    if not sections:
        yield "<p>No document has a problem.</p>\n"
    if len(paths) >= _NAVIGATION:
        yield f'<nav aria-label="Documents"><details><summary>List of {len(paths)} documents</summary><ul>\n'
        for number, path in enumerate(paths, start=1):
            yield f'<li><a href="#document-{number}">{escaped(path)}</a></li>\n'
        yield "</ul></details></nav>\n"
    yield from sections
    yield "</section>\n"


def _document(number: int, result: FileResult, shown: list[Finding], rows: Rows) -> str:
    title = f"document-{number}"
    parts = [
        f'<section aria-labelledby="{title}">\n<h3 id="{title}" class="path">{escaped(result.path)}</h3>\n'
    ]
    if result.error:
        parts.append(f'<p class="error">Cannot be read: {escaped(result.error)}</p>\n')
    if shown:
        heads = "".join(
            f'<th scope="col" class="{name}">{said}</th>'
            for name, said in (
                ("picture", "Picture"),
                ("place", "In the document"),
                ("alternative", "Alternative"),
                ("why", "Problem and reason"),
            )
        )
        parts.append(
            f'<div class="wide" tabindex="0" role="group" aria-labelledby="{title}">'
            f'<table class="images" aria-labelledby="{title}">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n'
        )
        parts += [rows.row(result, finding) for finding in shown]
        parts.append("</tbody>\n</table></div>\n")
    return "".join((*parts, "</section>\n"))


def _explanations(names: Iterable[str]) -> Iterator[str]:
    known = sorted((RULES[name] for name in names if name in RULES), key=lambda rule: (rule.kind, rule.id))
    if not known:
        return
    yield '<section aria-labelledby="reasons">\n<h2 id="reasons">What the problems and reasons mean</h2>\n'
    yield '<dl class="reasons">\n'
    for rule in known:
        yield f'<dt id="{ABOUT}{rule.id}">{escaped(rule.summary)} <code class="quiet">{rule.id}</code></dt>\n'
        yield f"<dd>{escaped(rule.advice)}"
        pages = [f'<a href="{escaped(page.url)}">{escaped(page.title)}</a>' for page in references.of(rule)]
        yield f"<br>More: {', '.join(pages)}</dd>\n" if pages else "</dd>\n"
    yield "</dl>\n</section>\n"


def _foot(view: View) -> str:
    version = f" {view.version}" if view.version else ""
    return f'</main>\n<footer class="quiet">Made by alttext{escaped(version)}.</footer>\n</body>\n</html>\n'
