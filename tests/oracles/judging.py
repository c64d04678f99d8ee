"""A site before and after `fix`: what other judges say of both, and what alttext says of that."""

import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

import alttext
from alttext.types import Edit
from tests.oracles import kinds

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "site"
PACKAGES = ROOT / "build" / "browser" / "node_modules"
PAGES = {"kinds.html": kinds.HTML, "kinds.md": kinds.MARKDOWN, "templates.html": kinds.TEMPLATES}
# Rules by which an element lacks what an image in it could say, with the end of that element.
ABOUT_CONTENT = {"wcag/h30": "</a", "text-content": "</button"}


class Seen(NamedTuple):
    """What a judge complains of; lines and columns count from 1."""

    page: str
    rule: str
    line: int
    column: int


Judge = Callable[[Path], Iterable[Seen]]  # of the pages in a folder


class Complaint(NamedTuple):
    """The same at its place in the page as it was before."""

    page: str
    rule: str
    start: int


class Site(NamedTuple):
    """Two folders of pages in UTF-8, and what alttext did between the two."""

    before: Path
    after: Path
    results: Mapping[str, alttext.FileResult]


class Judged(NamedTuple):
    """What a judge has to say of a site; `rules` are those about missing alternatives."""

    site: Site
    rules: frozenset[str]
    before: frozenset[Complaint]
    after: frozenset[Complaint]

    def missed(self) -> set[str]:
        """Where it missed an alternative before the fix."""
        return {self._name(each) for each in self.before if each.rule in self.rules}

    def satisfied(self) -> set[str]:
        """Where it does not any more."""
        return {self._name(each) for each in self.before - self.after if each.rule in self.rules}

    def overlooked(self) -> set[str]:
        """Where it missed an alternative and alttext found nothing to report."""
        return {
            self._name(each) for each in self.before if each.rule in self.rules and not self._findings(each)
        }

    def unexplained(self) -> set[str]:
        """Where it still misses an alternative, and alttext does not say that a person is needed."""
        left = [each for each in self.after if each.rule in self.rules]
        return {self._name(each) for each in left if not any(map(_needs_a_person, self._findings(each)))}

    def new_rules(self) -> set[str]:
        """The rules, whatever they are about, of complaints that the fix has caused."""
        return {each.rule for each in self.after - self.before}

    def _findings(self, complaint: Complaint) -> list[alttext.Finding]:
        """What alttext found of the images that a complaint is about."""
        result = self.site.results[complaint.page]
        end = complaint.start + 1
        if complaint.rule in ABOUT_CONTENT:
            end = result.before.lower().index(ABOUT_CONTENT[complaint.rule], complaint.start)
        spans = ((finding.image.span, finding) for finding in result.findings)
        return [finding for span, finding in spans if span.start < end and complaint.start < span.end]

    def _name(self, complaint: Complaint) -> str:
        """The kind that stands there, on a page of kinds, else page and line."""
        if complaint.page in PAGES:
            return PAGES[complaint.page].name_at(complaint.start)
        before = self.site.results[complaint.page].before
        line = before.count("\n", 0, complaint.start) + 1
        return f"{complaint.page}:{line}"


def _needs_a_person(finding: alttext.Finding) -> bool:
    return finding.decision.action is alttext.Action.REVIEW


def fixed(folder: Path) -> Site:
    """Make a site of the example and the pages of kinds, fix it, and keep both states."""
    site = folder / "site"
    shutil.copytree(EXAMPLE, site)
    shutil.copy(EXAMPLE / "images" / "dogs.jpg", site / "dot.png")  # certain enough to be described
    for name, page in PAGES.items():
        (site / name).write_text(page.text, encoding="utf-8")
    settings = alttext.Settings(extend_select=("link-without-name",), cache=False)
    results = {
        Path(result.path).relative_to(site).as_posix(): result
        for result in alttext.Pipeline(settings).fix_paths([site])
    }
    _write(folder / "before", {name: result.before for name, result in results.items()})
    _write(folder / "after", {name: result.text for name, result in results.items()})
    return Site(folder / "before", folder / "after", results)


def _write(folder: Path, pages: Mapping[str, str]) -> None:
    for name, text in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())


def judged(site: Site, judge: Judge, *rules: str) -> Judged:
    """Ask a judge about both states; `rules` are those about missing alternatives."""
    return Judged(site, frozenset(rules), frozenset(_before(site, judge)), frozenset(_after(site, judge)))


def _before(site: Site, judge: Judge) -> Iterable[Complaint]:
    for seen in judge(site.before):
        yield Complaint(seen.page, seen.rule, _offset(site.results[seen.page].before, seen))


def _after(site: Site, judge: Judge) -> Iterable[Complaint]:
    for seen in judge(site.after):
        result = site.results[seen.page]
        edits = [finding.edit for finding in result.findings if finding.edit]
        yield Complaint(seen.page, seen.rule, _led_back(_offset(result.text, seen), edits))


def _offset(text: str, seen: Seen) -> int:
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: seen.line - 1]) + seen.column - 1


def _led_back(offset: int, edits: Sequence[Edit]) -> int:
    """Where something stood before the edits were made."""
    for span, text in sorted((edit.span, edit.text) for edit in edits):
        if offset <= span.start:
            break
        offset = max(span.start, offset - len(text) + span.end - span.start)
    return offset


def run(package: str, program: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess:
    """Run a program of an npm package, which ends with 1 if it complains; skip the test without it."""
    path, node = PACKAGES / package / program, shutil.which("node")
    if node is None or not path.exists():
        pytest.skip(f"no {package}: .ci/run installs it, and it needs Node")
    done = subprocess.run([node, path, *arguments], check=False, cwd=cwd, capture_output=True, text=True)
    assert done.returncode in {0, 1}, done.stderr
    return done
