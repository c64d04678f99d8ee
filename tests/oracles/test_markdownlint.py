"""Judged by markdownlint, which reads Markdown with a parser of its own: both miss the same alternatives.

Its rule MD045: https://github.com/DavidAnson/markdownlint/blob/main/doc/md045.md
"""

import re

import pytest

from tests.oracles import judging, kinds

ONLY_MARKDOWNLINT = {
    # HTML that is named, marked as decorative or hidden by other attributes than alt and aria-hidden.
    "sound: HTML with a title",
    "sound: HTML with a label",
    "sound: HTML with a decorative role",
    "sound: HTML that is not shown",
    # Lists of attributes, which not all dialects have.
    "sound: an alternative in a list of attributes",
    "sound: a decorative class",
    "posts/coffee.md:35",
    # Empty brackets are the only way to say that words beside an image say it all.
    "sound: beside the words of a link",
}
LEFT_ALONE = {
    # Not shown as long as scripts run; `include` asks for it.
    "kept: a template",
    # The author has asked for it, in words that markdownlint does not know.
    "kept: a request to ignore it",
}
ONLY_ALTTEXT = {
    # Other elements than img, of which the rule does not speak.
    "unsaid: an image by its old name",
    "unsaid: an image button",
    "unsaid: an area",
    "unsaid: a drawing",
    "unsaid: a role",
    "unsaid: an object",
    "unsaid: an embedded image",
    # Words to it.
    "unsaid: a shortcode",
    # The alternative is there, and what it says is not looked at.
    *kinds.MARKDOWN.group("poor"),
}
NEW = {
    # Words make lines longer.
    "MD013",
    # Words move the columns of tables that are aligned, and no other byte is changed.
    "MD060",
}
KNOWN = kinds.MARKDOWN.group("unsaid", "poor", "kept")
_COMPLAINT_RE = re.compile(r"(?P<page>.+?):(?P<line>\d+)(?::(?P<column>\d+))? error (?P<rule>MD\d+)/.*")


def judge(folder):
    done = judging.run("markdownlint-cli2", "markdownlint-cli2-bin.mjs", "**/*.md", cwd=folder)
    for told in map(_COMPLAINT_RE.fullmatch, done.stderr.splitlines()):
        yield judging.Seen(told["page"], told["rule"], int(told["line"]), int(told["column"] or 1))


@pytest.fixture(name="judged", scope="module")
def fixture_judged(fixed_site):
    return judging.judged(fixed_site, judge, "MD045")


@pytest.mark.parametrize("name", kinds.MARKDOWN.names)
def test_markdownlint_and_alttext_agree_or_differ_for_a_reason(judged, name):
    assert (name in judged.missed()) is (name in (KNOWN - ONLY_ALTTEXT) | ONLY_MARKDOWNLINT)


def test_every_alternative_that_markdownlint_misses_was_found_to_be_missing(judged):
    assert judged.overlooked() == ONLY_MARKDOWNLINT


def test_what_markdownlint_still_misses_was_left_for_a_person(judged):
    assert judged.unexplained() == ONLY_MARKDOWNLINT | LEFT_ALONE


def test_descriptions_satisfy_markdownlint(judged):
    assert judged.satisfied() >= {"unsaid: a paragraph", "unsaid: HTML", "posts/coffee.md:11"}


def test_markdownlint_complains_of_nothing_new_but_of_what_has_a_reason(judged):
    assert judged.new_rules() == NEW
