"""Write docs/rules.md from the catalogue in alttext/rules.py: `python docs/write_rules.py`."""

from collections.abc import Iterator
from pathlib import Path

from alttext.rules import RULES, Rule

PAGE = Path(__file__).with_name("rules.md")
_INTRODUCTION = """# Rules and reasons

Every finding names a *problem*, such as [`missing-alt`](#missing-alt), and the *reason* for what was
decided about it, such as [`sole-content-of-link`](#sole-content-of-link). `alttext rule ID` says the same
on the command line; `--select` and `--ignore` take the ids of problems. This page is written by
`docs/write_rules.py` from `alttext/rules.py`.
"""
_SECTIONS = {
    "problem": """## Problems

What is reported. An empty alternative (`alt=""`) is an author's decision and never a problem of an image;
words of an author are judged, but only replaced when you ask for it.
""",
    "reason": """## Reasons

Why an image got an alternative, waits for a person, or was left alone. The purpose of an image is decided
as in the [W3C alt decision tree](https://www.w3.org/WAI/tutorials/images/decision-tree/), from the
document alone.
""",
}
_WCAG = {
    "1.1.1": ("Non-text Content", "non-text-content"),
    "1.4.5": ("Images of Text", "images-of-text"),
    "2.4.4": ("Link Purpose (In Context)", "link-purpose-in-context"),
    "4.1.2": ("Name, Role, Value", "name-role-value"),
}
_ACT = "https://www.w3.org/WAI/standards-guidelines/act/rules/"
_AXE = "https://dequeuniversity.com/rules/axe/4.11/"


def page() -> str:
    """Return the whole page."""
    parts = [_INTRODUCTION]
    for kind, opening in _SECTIONS.items():
        parts.append(opening)
        parts.extend("\n".join(_section(rule)) for rule in RULES.values() if rule.kind == kind)
    return "\n".join(parts)


def _section(rule: Rule) -> Iterator[str]:
    yield f"### {rule.id}\n"
    yield f"{rule.summary}. {rule.advice}\n"
    if rule.opt_in:
        yield f'Reported only if asked for: `extend-select = ["{rule.id}"]`.\n'
    references = [*map(_criterion, rule.wcag), *map(_act_rule, rule.act), *map(_axe_rule, rule.axe)]
    if references:
        yield "".join(f"- {reference}\n" for reference in references)


def _criterion(number: str) -> str:
    name, slug = _WCAG[number]
    return f"[WCAG {number} {name}](https://www.w3.org/WAI/WCAG22/Understanding/{slug})"


def _act_rule(identifier: str) -> str:
    return f"[ACT {identifier}]({_ACT}{identifier}/)"


def _axe_rule(identifier: str) -> str:
    return f"[axe {identifier}]({_AXE}{identifier})"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
