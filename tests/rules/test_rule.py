"""An entry of the catalogue says what it is about, and stays as it is."""

from dataclasses import FrozenInstanceError

import pytest

from alttext.rules.rule import LOOK, Rule


def test_an_entry_is_a_reason_without_references_unless_it_says_more():
    rule = Rule("low-light", "It is dark", LOOK)
    assert (rule.kind, rule.wcag, rule.act, rule.axe, rule.opt_in) == ("reason", (), (), (), False)


def test_an_entry_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Rule("low-light", "It is dark", LOOK).summary = "It is light"
