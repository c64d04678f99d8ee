"""The catalogue holds every id that the package uses, and each of them is documented."""

import ast
import importlib.util
import re
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from alttext.rules import RULES

ROOT = Path(__file__).parents[2]
PROBLEMS = [rule for rule in RULES.values() if rule.kind == "problem"]
# Which argument of a call is an id.
ID_ARGUMENT = {"Classification": 1, "Decision": 1, "ImageError": 0}
MODULES = [path for path in sorted((ROOT / "alttext").rglob("*.py")) if path.parent.name != "rules"]


def used_ids(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        at = ID_ARGUMENT.get(node.func.id)
        if at is not None and at < len(node.args) and isinstance(node.args[at], ast.Constant):
            yield node.args[at].value
        for keyword in node.keywords:
            if keyword.arg in {"blocked", "reason"} and isinstance(keyword.value, ast.Constant):
                yield keyword.value.value


def page():
    spec = importlib.util.spec_from_file_location("write_rules", ROOT / "docs" / "write_rules.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.page()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_every_id_that_the_package_names_is_in_the_catalogue(path):
    assert set(used_ids(path)) - {""} <= set(RULES)


def test_ids_are_found_where_they_are_used():
    found = {name for path in MODULES for name in used_ids(path)}
    assert {"no-other-purpose", "image-not-found", "not-encodable", "low-confidence"} <= found


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_reads_well(rule):
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", rule.id)
    assert rule.summary[0].isupper()
    assert not rule.summary.endswith(".")
    assert rule.advice[0].isupper()
    assert rule.advice.endswith(".")


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_references_are_well_formed(rule):
    assert all(re.fullmatch(r"[1-4]\.\d\.\d{1,2}", criterion) for criterion in rule.wcag)
    assert all(re.fullmatch(r"[0-9a-z]{6}", act) for act in rule.act)
    assert all(re.fullmatch(r"[a-z]+(?:-[a-z]+)+", axe) for axe in rule.axe)


def test_the_catalogue_cannot_be_changed():
    with pytest.raises(TypeError):
        RULES["new"] = RULES["chart"]
    with pytest.raises(FrozenInstanceError):
        RULES["chart"].summary = "It is a chart"


def test_the_page_of_rules_is_up_to_date():
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == page(), "run `python docs/write_rules.py`"


def test_every_rule_has_one_heading():
    assert re.findall(r"^### (.*)$", page(), re.MULTILINE) == [
        *(rule.id for rule in PROBLEMS),
        *(rule.id for rule in RULES.values() if rule.kind == "reason"),
    ]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_the_page_says_what_a_rule_means_and_what_to_do(rule):
    section = re.split(r"\n##", page().partition(f"### {rule.id}\n")[2], maxsplit=1)[0]
    assert f"{rule.summary}. {rule.advice}" in section
    assert ("extend-select" in section) is rule.opt_in
    references = (*rule.wcag, *rule.act, *rule.axe)
    assert section.count("](https://") == len(references)
    assert all(f"{reference}" in section for reference in references)
