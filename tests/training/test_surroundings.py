"""What pictures show besides their subject, and what follows from it for terms."""

import numpy as np
import pytest

from alttext.ranking import vocabulary
from training import surroundings
from training.archive import Example
from training.surroundings import ABSENT, SEEN, Surroundings
from training.truth import Truth
from training.verdicts import FALSE, OPEN, TRUE

WORDS = vocabulary.load()
PLAIN = Example("flickr8k", "a.jpg", "0" * 64, captions=("A dog on grass under trees .",))
PLACE = Example("miniplaces", "b.jpg", "1" * 64, labels=("forest path",))


def looked_at(people="none", setting="outdoors", seen=(), may=()):
    return Surroundings(people, setting, frozenset(seen), frozenset(may))


@pytest.fixture(name="truth", scope="module")
def fixture_truth():
    return Truth(WORDS)


@pytest.fixture(name="verdict")
def fixture_verdict(truth, monkeypatch):
    def verdict(example, seen=None):
        monkeypatch.setattr(surroundings, "load", lambda: {example.digest[:16]: seen} if seen else {})
        row = truth.row(example)
        return lambda name: row[WORDS.row[name]]

    return verdict


def test_every_word_leads_to_terms_of_the_vocabulary():
    names = {name for table in (SEEN, ABSENT) for terms in table.values() for name in terms}
    assert names <= set(WORDS.by_id)


def test_every_picture_that_was_looked_at_speaks_the_same_words():
    for digest, each in surroundings.load().items():
        assert len(digest) == 16
        assert each.people in {"none", "one", "several", "open"}
        assert each.setting in {"indoors", "outdoors", "open"}
        assert each.seen | each.open <= SEEN.keys()
        assert not each.seen & each.open


@pytest.mark.parametrize(
    ("seen", "may", "true", "false", "left_open"),
    [
        ("trees", "", "trees tree", "grass rock", ""),
        ("tree", "", "tree", "trees", ""),
        ("", "trees", "", "grass", "trees tree"),
        (
            "",
            "",
            "",
            "trees tree pine-tree grass waterside lake mountains blue-sky night",
            "",
        ),
        ("blue-sky", "", "blue-sky clear-weather", "cloudy", "partly-cloudy"),
        ("partly-cloudy", "", "partly-cloudy", "", "blue-sky cloudy"),
        ("water", "", "waterside outdoors", "", ""),
        ("hills", "", "", "waterside", "mountains rock"),
        ("animal", "", "animal", "", ""),
    ],
)
def test_what_is_seen_is_true_and_what_is_not_is_false(verdict, seen, may, true, false, left_open):
    of = verdict(Example("openstax", "c.jpg", "2" * 64), looked_at(seen=seen.split(), may=may.split()))
    assert {name: of(name) for name in true.split()} == dict.fromkeys(true.split(), TRUE)
    assert {name: of(name) for name in false.split()} == dict.fromkeys(false.split(), FALSE)
    assert {name: of(name) for name in left_open.split()} == dict.fromkeys(left_open.split(), OPEN)


@pytest.mark.parametrize(
    ("people", "person", "several", "crowd"),
    [
        ("none", FALSE, FALSE, FALSE),
        ("one", TRUE, FALSE, FALSE),
        ("several", OPEN, TRUE, OPEN),
    ],
)
def test_people_are_nobody_one_or_several(verdict, people, person, several, crowd):
    of = verdict(PLACE, looked_at(people))
    assert (of("person"), of("people"), of("crowd")) == (person, several, crowd)


def test_captions_say_nothing_of_what_people_do_not_care_to_mention(verdict):
    of = verdict(PLAIN)
    assert (of("grass"), of("trees"), of("building-object")) == (OPEN, OPEN, OPEN)
    assert of("dog") == TRUE
    assert of("cat") == FALSE


def test_labels_and_captions_are_right_where_somebody_overlooked_something(verdict):
    assert verdict(PLAIN, looked_at(seen=()))("dog") == TRUE
    assert verdict(PLACE, looked_at(setting="indoors"))("forest-path") == TRUE


def test_water_indoors_is_no_waterside(verdict):
    of = verdict(Example("openstax", "d.jpg", "3" * 64), looked_at(setting="indoors", seen=["water"]))
    assert of("waterside") != TRUE
    assert of("outdoors") == FALSE


def test_rows_know_nothing_but_true_false_and_open(truth):
    assert set(np.unique(truth.rows([PLAIN, PLACE]))) <= {TRUE, FALSE, OPEN}
