from pathlib import Path

import pytest

from alttext.reports import references
from alttext.rules import RULES

PROBLEMS = [rule for rule in RULES.values() if rule.kind == "problem"]
PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


@pytest.mark.parametrize("rule", PROBLEMS, ids=lambda rule: rule.id)
def test_every_problem_has_a_page_to_read_on(rule):
    assert references.help_url(rule).startswith(("https://www.w3.org/WAI/", "https://dequeuniversity.com/"))


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_the_documentation_names_the_same_pages(rule):
    page = PAGE.read_text(encoding="utf-8")
    section = page[page.index(f"### {rule.id}\n") :].split("\n### ")[0]
    assert section.count("\n- [") == len(references.of(rule))
    assert all(f"[{title}]({url})" in section for title, url in references.of(rule))


def test_the_most_authoritative_page_comes_first():
    titles = [page.title for page in references.of(RULES["missing-area-alt"])]
    assert titles == [
        "WCAG 1.1.1 Non-text Content",
        "WCAG 2.4.4 Link Purpose (In Context)",
        "WCAG 4.1.2 Name, Role, Value",
        "ACT c487ae",
        "axe area-alt",
    ]
    assert references.help_url(RULES["missing-alt"]).endswith("/WCAG22/Understanding/non-text-content")


@pytest.mark.parametrize("rule", [None, RULES["low-confidence"]])
def test_what_nobody_has_written_about_has_no_page(rule):
    assert references.help_url(rule) == ""


@pytest.mark.parametrize(
    ("rule", "tags"),
    [
        ("missing-alt", ("accessibility", "wcag2a", "wcag111")),
        ("missing-input-alt", ("accessibility", "wcag2a", "wcag111", "wcag412")),
        ("image-of-text", ("accessibility", "wcag2a", "wcag2aa", "wcag111", "wcag145")),
        ("redundant-alt", ("accessibility",)),
    ],
)
def test_tags_are_those_of_axe(rule, tags):
    assert references.tags(RULES[rule]) == tags


@pytest.mark.parametrize(
    ("rule", "severity"),
    [("missing-alt", "error"), ("filename-alt", "error"), ("redundant-alt", "warning"), ("new", "error")],
)
def test_what_fails_a_success_criterion_is_an_error(rule, severity):
    assert references.severity(RULES.get(rule)) == severity
