"""A page while a host builds it, as alttext sees it: what the integrations of such hosts share.

The host keeps its own tree of the page. It hands the page over as HTML, in pieces that each know which part
of that tree they stand for, and is told what is wrong with which part and what to write there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import accumulate, groupby
from os.path import normpath, relpath
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple
from urllib.parse import unquote

from msgspec.structs import replace

import alttext
from alttext import Action, Finding, Pipeline, Settings

__all__ = ["Page", "Piece", "Problem", "Site", "by_piece", "rewritten"]

_LONGEST_NAME = 80  # characters of a source in a message; some hold the whole picture
_RELATIVE_RE = re.compile(r"(?![a-z][a-z0-9+.-]*:|/|[?#]|$)", re.IGNORECASE)
_ONE_AT_A_TIME = Lock()  # hosts may build pages in threads, and a model should load once


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages of one build have in common."""

    folder: Path  # of the sources: what "/" means; nothing outside of it and of a page's folder is read
    config: Path | None = None  # None: the closest configuration file
    language: str = ""  # that the host declares for all pages

    def settings(self) -> Settings:
        """The settings of the configuration, for pages of this site. Raises ConfigError."""
        found = alttext.load(config=self.config).settings
        return replace(found, site_root=str(self.folder.absolute()), rewrite_placeholders=False)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a page."""

    html: str
    origin: Any = None  # what the host knows it as; None: it is there for the context only
    is_bare: bool = False  # made of empty brackets, which is how Markdown spells an empty alternative, too


class Problem(NamedTuple):
    """An image that something is wrong with, and what to write if that is certain."""

    piece: Piece
    start: int  # of the piece in the page that `finding` is about
    finding: Finding

    @property
    def alt(self) -> str | None:
        """The alternative to write, None if the image is left for a person."""
        return self.finding.decision.alt if self.finding.edit else None


class Page:
    """One page in pieces."""

    def __init__(self, site: Site, folder: Path, title: str = "") -> None:
        """`folder`: what the sources of images are relative to; it need not exist. Raises ConfigError."""
        self.site, self.folder = site, folder.absolute()
        self.settings = site.settings()
        self.pieces = [Piece(_head(site.language, title))]

    @property
    def takes_empty_brackets_for_missing(self) -> bool:
        """Whether the configuration takes empty brackets for an alternative that nobody wrote."""
        return self.settings.empty_markdown_alt == "missing"

    def add(self, html: str, origin: Any = None, *, is_bare: bool = False) -> None:
        """Append a piece."""
        self.pieces.append(Piece(html, origin, is_bare))

    def problems(self, *, fix: bool) -> list[Problem]:
        """Say what is wrong, in order; with `fix` also look at the pictures for what could be written.

        Raises AlttextError.
        """
        html = "".join(piece.html for piece in self.pieces)
        with _ONE_AT_A_TIME:
            pipeline = _pipeline(self.settings)
            result = pipeline.fix_text(html, base=self.folder) if fix else pipeline.check_text(html)
        return [problem for problem in self._placed(result.findings) if _is_open(problem)]

    def _placed(self, findings: Iterable[Finding]) -> Iterator[Problem]:
        ends = list(accumulate(len(piece.html) for piece in self.pieces))
        at = 0
        for finding in sorted(findings, key=lambda each: each.image.span):
            while ends[at] <= finding.image.span.start:
                at += 1
            yield Problem(self.pieces[at], ends[at] - len(self.pieces[at].html), finding)

    def message(self, problem: Problem) -> str:
        """Return one line: which image it is, what is wrong, why it was left, and what is suggested."""
        finding = problem.finding
        ids = dict.fromkeys((finding.rule, finding.decision.reason))
        said = "; ".join(f"{_lowered(alttext.explain(each).summary)} [{each}]" for each in ids)
        return f"{self._name(finding.image.src)}: {said}{_suggestion(finding.decision.alt)}"

    def _name(self, source: str) -> str:
        """The source of an image, seen from the folder of the sources: the same on whichever page it is."""
        path = Path(normpath(self.folder / unquote(re.split("[?#]", source)[0])))
        if _RELATIVE_RE.match(source) and path.is_relative_to(self.site.folder.absolute()):
            return Path(relpath(path, self.site.folder)).as_posix()
        name = source or "image without a source"
        return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


@lru_cache(maxsize=4)
def _pipeline(settings: Settings) -> Pipeline:
    """One pipeline, and so one model, for all pages with the same settings."""
    return alttext.load(config=settings)


def _head(language: str, title: str) -> str:
    """What the built page says before its content. Where nobody chose a language, hosts say English."""
    is_chosen = language and not language.lower().startswith("en")
    lang = f' lang="{escape(language)}"' if is_chosen else ""
    return f"<!DOCTYPE html><html{lang}><title>{escape(title)}</title><body>\n"


def _is_open(problem: Problem) -> bool:
    """Whether there is something to do, which is not so for empty brackets that are right as they are."""
    verdict = problem.finding.classification
    is_right = problem.piece.is_bare and verdict.certain and verdict.alternative == ""
    return problem.finding.decision.action is not Action.KEEP and not is_right


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _suggestion(alt: str | None) -> str:
    if alt is None:
        return ""
    return f'; suggestion: "{alt}"' if alt else "; suggestion: mark it as decorative"


def by_piece(problems: Iterable[Problem]) -> Iterator[tuple[Piece, list[Problem]]]:
    """Group the problems of a page by the piece that they are in."""
    for _, some in groupby(problems, key=lambda problem: problem.start):
        group = list(some)
        yield group[0].piece, group


def rewritten(problems: Sequence[Problem]) -> str:
    """Return the HTML of the piece that all these problems are in, with what is certain enough written."""
    html, start = problems[0].piece.html, problems[0].start
    edits = [problem.finding.edit for problem in problems if problem.finding.edit]
    for edit in sorted(edits, key=lambda each: each.span, reverse=True):
        html = html[: edit.span.start - start] + edit.text + html[edit.span.end - start :]
    return html
