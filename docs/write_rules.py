"""Write docs/rules.md from the catalogue in alttext/rules: `python docs/write_rules.py`."""

from collections.abc import Iterator
from pathlib import Path

from alttext.reports import references
from alttext.rules import RULES, Rule

PAGE = Path(__file__).with_name("rules.md")
_INTRODUCTION = """# Rules and reasons

Every finding names a *problem*, such as [`missing-alt`](#missing-alt), and the *reason* for what was
decided about it, such as [`sole-content-of-link`](#sole-content-of-link). `alttext rule ID` says the same
on the command line; `--select` and `--ignore` take the ids of problems. This page is written by
`docs/write_rules.py` from `alttext/rules`.
"""
_SECTIONS = {
    "problem": """## Problems

What is reported. An empty alternative (`alt=""`) is an author's decision and never a problem of an image;
words of an author are judged, but only replaced when you ask for it. A name from elsewhere is an answer,
too: `aria-label`, `aria-labelledby`, the label of a button, the title of a drawing. So is a `title` where
there is no `alt`, as browsers and axe-core have it, though few people get to see or hear one. Beside an empty
alternative no browser reads it, and that is what most renderers make of `![](lake.jpg "A lake")`: there the
title is only suggested.
""",
    "reason": """## Reasons

Why an image got an alternative, waits for a person, or was left alone. The purpose of an image is decided
as in the [W3C alt decision tree](https://www.w3.org/WAI/tutorials/images/decision-tree/), from the
document alone.
""",
}


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
    if pages := references.of(rule):
        yield "".join(f"- [{title}]({url})\n" for title, url in pages)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
