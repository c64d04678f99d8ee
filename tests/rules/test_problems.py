"""Problems cite where the world calls them so, and are reported by default if markup alone tells them."""

import pytest

from alttext.rules import OF_LEDGER, OF_PICTURES, RULES, problems

PROBLEMS = [rule for rule in RULES.values() if rule.kind == "problem"]


@pytest.mark.parametrize("rule", PROBLEMS, ids=lambda rule: rule.id)
def test_a_problem_cites_where_it_is_one(rule):
    assert rule.act or rule.axe


@pytest.mark.parametrize("rule", PROBLEMS, ids=lambda rule: rule.id)
def test_what_the_ledger_or_the_pictures_have_to_tell_is_reported_only_if_asked_for(rule):
    assert rule.opt_in or rule.id not in OF_LEDGER | OF_PICTURES


@pytest.mark.parametrize("rule", problems.MISSING, ids=lambda rule: rule.id)
def test_a_missing_alternative_is_always_a_failure_of_non_text_content(rule):
    assert "1.1.1" in rule.wcag
    assert not rule.opt_in
