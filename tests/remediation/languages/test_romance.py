"""What French and Spanish share."""

import pytest

from alttext.remediation.languages import romance
from alttext.remediation.languages.plan import plan
from alttext.types import Term

SITTING = Term("sitting", "activity", "assis", ("assis",),
    grammar=(("m", "assis"), ("f", "assise"), ("mp", "assis tous"), ("fp", "assises")))  # fmt: skip


def somebody(gender):
    return Term("somebody", "people", "quelqu'un", ("quelqu'un",), grammar=(("gender", gender),))


@pytest.mark.parametrize(
    ("gender", "expected"), [("m", "assis"), ("f", "assise"), ("mp", "assis tous"), ("fp", "assises")]
)
def test_participles_agree(gender, expected):
    parts = plan([somebody(gender), SITTING], romance.NAMING)
    assert romance.actor(parts, "") == f"quelqu'un {expected}"


def test_clothes_come_before_what_somebody_does():
    parts = plan([somebody("m"), SITTING], romance.NAMING)
    assert romance.actor(parts, "en costume") == "quelqu'un en costume, assis"
    assert romance.actor(plan([somebody("m")], romance.NAMING), "en costume") == "quelqu'un en costume"


def test_things_are_listed():
    things = [Term(name, "object", name, (name,)) for name in ("un", "deux", "trois")]
    assert romance.joined(things, "et") == "un, deux et trois"
    assert romance.joined(things[:1], "et") == "un"


def test_the_first_word_names_the_kind():
    assert "balle" in romance.NAMING.names(Term("x", "object", "une balle de golf", ("balle de golf",)))
