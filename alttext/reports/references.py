"""Where the world has written down why a problem is one: WCAG, ACT and axe-core, as links and tags."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from alttext.rules import Rule


class Reference(NamedTuple):
    """A page to read on."""

    title: str
    url: str


class _Criterion(NamedTuple):
    name: str
    slug: str
    level: str


# Source: https://www.w3.org/TR/WCAG22/
_WCAG: Mapping[str, _Criterion] = {
    "1.1.1": _Criterion("Non-text Content", "non-text-content", "a"),
    "1.4.5": _Criterion("Images of Text", "images-of-text", "aa"),
    "2.4.4": _Criterion("Link Purpose (In Context)", "link-purpose-in-context", "a"),
    "4.1.2": _Criterion("Name, Role, Value", "name-role-value", "a"),
}
_UNDERSTANDING = "https://www.w3.org/WAI/WCAG22/Understanding/"
_ACT = "https://www.w3.org/WAI/standards-guidelines/act/rules/"
_AXE = "https://dequeuniversity.com/rules/axe/4.11/"


def of(rule: Rule) -> tuple[Reference, ...]:
    """Return the pages about a rule, the most authoritative first."""
    criteria = (
        Reference(f"WCAG {number} {_WCAG[number].name}", _UNDERSTANDING + _WCAG[number].slug)
        for number in rule.wcag
    )
    tests = (Reference(f"ACT {identifier}", f"{_ACT}{identifier}/") for identifier in rule.act)
    checks = (Reference(f"axe {identifier}", f"{_AXE}{identifier}") for identifier in rule.axe)
    return (*criteria, *tests, *checks)


def help_url(rule: Rule | None) -> str:
    """Return the first of these pages, "" if there is none."""
    return next((reference.url for reference in of(rule)), "") if rule else ""


def tags(rule: Rule) -> tuple[str, ...]:
    """Return words to filter by, those for criteria as axe-core spells them: wcag2a, wcag111."""
    levels = (f"wcag2{_WCAG[number].level}" for number in rule.wcag)
    numbers = (f"wcag{number.replace('.', '')}" for number in rule.wcag)
    return tuple(dict.fromkeys(("accessibility", *levels, *numbers)))


def severity(rule: Rule | None) -> Literal["error", "warning"]:
    """Return how bad a problem is: what fails a success criterion is an error."""
    return "error" if rule is None or rule.wcag else "warning"
