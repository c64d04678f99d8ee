"""The catalogue: every id that a finding can carry, with what it means and what to do about it.

`docs/rules.md` is made from it by `docs/write_rules.py`. Sources of the references: WCAG 2.2
https://www.w3.org/TR/WCAG22/ , ACT https://www.w3.org/WAI/standards-guidelines/act/rules/ , and axe-core
https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from alttext.rules import problems, reasons
from alttext.rules.rule import Rule

__all__ = ["OF_LEDGER", "OF_PICTURES", "RULES", "Rule", "explain"]


def _catalogue(*groups: Iterable[Rule]) -> Mapping[str, Rule]:
    return MappingProxyType({rule.id: rule for group in groups for rule in group})


RULES: Mapping[str, Rule] = _catalogue(
    problems.MISSING,
    problems.UNHELPFUL,
    problems.OF_LEDGER,
    problems.OF_PICTURES,
    reasons.PURPOSES,
    reasons.IMAGES,
    reasons.DECISIONS,
    reasons.PLACES,
)
OF_LEDGER = frozenset(rule.id for rule in problems.OF_LEDGER)  # problems that only the ledger can tell
OF_PICTURES = frozenset(rule.id for rule in problems.OF_PICTURES)  # that only a look at the picture can


def explain(rule: str) -> Rule:
    """Return what the id of a problem or reason means, and what to do about it. Raises KeyError."""
    return RULES[rule]
