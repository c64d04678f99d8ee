"""Findings made by hand, so that reports are tested without a parser or a model."""

from dataclasses import replace

import pytest

from alttext.types import (
    Action,
    Candidate,
    Classification,
    Decision,
    Description,
    Edit,
    FileResult,
    Finding,
    ImageKind,
    ImageRef,
    Purpose,
    Slot,
    Span,
    Term,
)


def candidate(facet, phrase, confidence):
    return Candidate(Term(phrase.replace(" ", "-"), facet, phrase, (phrase,)), 10 * confidence, confidence)


class Page:
    """One document, and findings on its images, which are told by their source."""

    def __init__(self, text, path="site/index.html", **more):
        self.text = text
        self.path = path
        self.more = more
        self.findings = []

    def _add(self, src, decision, description=None, edit=None, rule="missing-alt"):
        start = self.text.index(f'<img src="{src}"')
        span = Span(start, self.text.index(">", start) + 1)
        line_start = max(self.text.rfind(newline, 0, start) for newline in "\n\r") + 1
        line = len(self.text[:start].replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        verdict = Classification(Purpose.INFORMATIVE, "no-other-purpose")
        image = ImageRef(span, ImageKind.IMG, src, None, Slot(Span(span.end - 1, span.end - 1), "alt"))
        column = start - line_start + 1
        self.findings.append(Finding(image, rule, line, column, verdict, decision, description, edit))
        return self

    def write(self, src, alt, confidence=0.87, **more):
        end = self.text.index(">", self.text.index(f'src="{src}"'))
        edit = Edit(Span(end, end), f' alt="{alt}"')
        described = Description(alt, confidence, (), "photograph", review=False)
        return self._add(src, Decision(Action.WRITE, "described", alt), described, edit, **more)

    def review(self, src, reason, suggestion=None, confidence=0.0, candidates=(), **more):
        described = Description(suggestion, confidence, candidates, "photograph") if candidates else None
        return self._add(src, Decision(Action.REVIEW, reason, suggestion), described, **more)

    def keep(self, src, reason="suppressed"):
        return self._add(src, Decision(Action.KEEP, reason))

    def result(self):
        after = self.text
        for finding in sorted(self.findings, key=lambda finding: -finding.image.span.start):
            if finding.edit:
                after = after[: finding.edit.span.start] + finding.edit.text + after[finding.edit.span.end :]
        result = FileResult(self.path, after, tuple(self.findings), self.text)
        return replace(result, **self.more)


@pytest.fixture(name="page")
def fixture_page():
    return Page


@pytest.fixture(name="candidate")
def fixture_candidate():
    return candidate
