"""Beside the ledger: nothing is written that could not be recorded, and what it knows comes with the rest."""

from contextlib import contextmanager
from dataclasses import replace

import pytest

from alttext import Decision, Settings, edits, recorded, survey
from alttext.errors import WriteError
from alttext.ledger import Author
from alttext.types import Action, Candidate, Description, Term

DOG = Candidate(Term("dog", "object", "a dog", ("dog",)), 0.3, 0.97)
MACHINE = Author(model="model-1")
SAID = Description("A dog.", 0.97, (DOG,), "photograph", review=False, reasons=("described",))


class Book:
    """A ledger that notes what it is asked to record; `failure` is raised instead."""

    def __init__(self, failure=None, accepted=None):
        self.failure, self.accepted = failure, accepted
        self.authors = []

    @contextmanager
    def recording(self, results, author):
        self.authors.append(author)
        if self.failure:
            raise self.failure
        yield

    def settle(self, found, refs):
        pass

    def accepted_elsewhere(self, problem, file):
        return self.accepted


class Watch:
    """Reports each image that has an alternative."""

    def findings(self, text, file, refs):
        for ref in refs:
            decision = Decision(Action.REVIEW, "stale-alt")
            yield replace(self.model, image=ref, rule="stale-alt", decision=decision)


def never():
    raise AssertionError("no model is needed for this")


@pytest.fixture
def page(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<img src=a.jpg>")
    return page


def fixed(page, description=None):
    """A document, and the result that writes "A dog." into it."""
    (surveyed,) = survey.paths([page], Settings())
    (problem,) = surveyed.problems
    decided = replace(
        problem, decision=Decision(Action.WRITE, "described", "A dog."), description=description
    )
    text, findings = edits.applied(surveyed.document, [edits.with_edit(decided, surveyed.document)])
    return surveyed, surveyed.result(text, findings)


def test_without_a_ledger_documents_are_written_all_the_same(page):
    surveyed, result = fixed(page)
    assert recorded.written([surveyed], [result], None, never) == [result]
    assert page.read_text() == '<img src=a.jpg alt="A dog.">'


def test_a_document_whose_alternatives_cannot_be_recorded_stays_as_it_is(page):
    surveyed, result = fixed(page)
    (told,) = recorded.written([surveyed], [result], Book(WriteError("the disk is full")), never)
    assert (told.path, told.error) == (result.path, "the disk is full")
    assert page.read_text() == "<img src=a.jpg>"


@pytest.mark.parametrize(("description", "author"), [(SAID, MACHINE), (None, Author())])
def test_the_model_is_told_of_only_where_it_described_something(page, description, author):
    surveyed, result = fixed(page, description)
    book = Book()
    recorded.written([surveyed], [result], book, lambda: MACHINE)
    assert book.authors == [author]


@pytest.mark.parametrize(
    ("accepted", "reason", "alt"), [("Rex", "accepted-elsewhere", "Rex"), (None, "no-other-purpose", None)]
)
def test_a_problem_is_solved_by_what_was_accepted_elsewhere(page, accepted, reason, alt):
    (surveyed,) = survey.paths([page], Settings())
    (problem,) = recorded.answered(surveyed, Book(accepted=accepted)).problems
    assert (problem.decision.reason, problem.decision.alt) == (reason, alt)
    assert bool(problem.edit) is bool(accepted)


def test_without_a_ledger_problems_stay(page):
    (surveyed,) = survey.paths([page], Settings())
    assert recorded.answered(surveyed, None) is surveyed


def test_what_the_ledger_knows_stands_among_the_other_problems_in_the_order_of_the_page(page):
    page.write_text('<img src=a.jpg alt="Rex"><img src=b.jpg>')
    (surveyed,) = survey.paths([page], Settings(), named=True)
    watch = Watch()
    watch.model = surveyed.problems[0]
    assert [each.rule for each in recorded.checked(surveyed, None).findings] == ["missing-alt"]
    assert [each.rule for each in recorded.checked(surveyed, watch).findings] == ["stale-alt", "missing-alt"]
