"""Reasons explain a decision; they are no problems, and nobody can ask for them."""

import pytest

from alttext.rules import reasons

REASONS = [
    rule for group in (reasons.PURPOSES, reasons.IMAGES, reasons.DECISIONS, reasons.PLACES) for rule in group
]


@pytest.mark.parametrize("rule", REASONS, ids=lambda rule: rule.id)
def test_a_reason_is_none_of_the_problems(rule):
    assert rule.kind == "reason"
    assert not rule.opt_in


def test_every_reason_is_there_once():
    ids = [rule.id for rule in REASONS]
    assert len(ids) == len(set(ids))
