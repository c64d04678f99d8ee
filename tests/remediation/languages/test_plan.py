"""Which term gets which part, and what is left out because another part says it."""

import pytest

from alttext.remediation.languages.plan import Naming, form, is_worn, plan
from alttext.types import Term


def term(name, facet="object", parent="", **forms):
    return Term(name, facet, name, (name,), parent, grammar=tuple(forms.items()))


NAMING = Naming(
    names=lambda term: term.prompts,
    echo=lambda term: term.phrase.split()[-1:],
    said=lambda term: term.phrase,
    kind=lambda term: term.parent,
)
PERSON = term("person", "people")
CROWD = term("crowd", "people")
WALKING = term("walking a dog", "activity")
DOG = term("dog", parent="animal")
POODLE = term("poodle", parent="dog")
BALL = term("ball")
HAT = term("hat", role="worn")
TREE = term("tree", role="background")
PARK = term("park", "scene")
DOG_PARK = term("dog park", "scene")
SNOW = term("the snow", "scene")
SNOWFALL = term("falling snow", "weather")
NIGHT = term("night", "light")


def ids(terms):
    return [each.id for each in terms]


def test_everything_gets_its_part():
    parts = plan([NIGHT, TREE, BALL, HAT, SNOWFALL, PARK, WALKING, PERSON], NAMING)
    assert (parts.who, parts.doing, parts.place) == (PERSON, WALKING, PARK)
    assert (parts.worn, parts.main, parts.background) == ((HAT,), (BALL,), (TREE,))
    assert parts.around == (SNOWFALL, NIGHT)
    assert parts.is_busy


def test_nobody_is_busy_who_is_only_there():
    assert not plan([PERSON, BALL, PARK], NAMING).is_busy
    assert plan([PERSON, HAT], NAMING).is_busy


def test_the_surest_of_the_people_is_meant():
    assert plan([CROWD, PERSON], NAMING).who is CROWD


def test_without_people_a_thing_acts_and_clothes_are_things():
    parts = plan([BALL, HAT, TREE, term("rolling", "activity")], NAMING)
    assert (parts.who, parts.main, parts.background) == (BALL, (), (TREE,))
    parts = plan([TREE, HAT], NAMING)
    assert (parts.who, parts.worn, parts.main, parts.background) == (None, (), (HAT,), (TREE,))


@pytest.mark.parametrize(
    ("terms", "main"),
    [
        ([PERSON, WALKING, DOG], []),
        ([PERSON, WALKING, POODLE], []),
        ([PERSON, WALKING, BALL], ["ball"]),
        ([DOG, DOG_PARK], []),
        ([POODLE, DOG_PARK], ["poodle"]),
        ([term("do"), DOG_PARK], ["do"]),
    ],
)
def test_a_thing_that_was_named_is_left_out(terms, main):
    """A kind of the thing, too, where an activity names it: who walks a dog may walk a poodle."""
    assert ids(plan(terms, NAMING).main) == main


@pytest.mark.parametrize(
    ("terms", "place", "around"),
    [
        ([DOG, SNOW, SNOWFALL], SNOW, []),
        ([DOG, SNOWFALL, NIGHT], None, ["falling snow", "night"]),
        ([PERSON, term("playing in the snow", "activity"), SNOW, SNOWFALL], None, []),
    ],
)
def test_a_setting_that_would_repeat_is_left_out(terms, place, around):
    parts = plan(terms, NAMING)
    assert (parts.place, ids(parts.around)) == (place, around)


def test_the_place_leads_unless_what_stands_in_it_is_surer():
    assert plan([PARK, TREE], NAMING).place_leads
    assert not plan([TREE, PARK], NAMING).place_leads
    assert plan([BALL, PARK], NAMING).place_leads


def test_forms_are_read_from_the_entry():
    assert (form(HAT, "role"), form(HAT, "plural")) == ("worn", "")
    assert is_worn(HAT)
    assert not is_worn(TREE)
