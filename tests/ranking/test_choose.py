"""What may be said of a picture, what is listed, and what leaves it to a person, as terms are probable."""

import numpy as np
import pytest

from alttext.ranking.choose import (
    ALIKE,
    POSSIBLE,
    SENSITIVE_GATE,
    SHOWN,
    SHOWN_PER_FACET,
    STRANGENESS,
    TARGET,
)
from tests.ranking.bench import (
    ANIMAL,
    ANIMALS,
    BEACH,
    CAT,
    DOG,
    LEAVES,
    LIKELY,
    MEDIA,
    NEVER,
    SCRAP,
    SOMEBODY,
    SURE,
    SURER,
    UNLIKELY,
    WARD,
    WEAPON,
    Bench,
    chosen,
    forest,
    listed,
    logit,
    term,
)


@pytest.mark.parametrize("seed", range(8))
def test_of_chosen_terms_none_is_above_another_and_each_is_possible(seed):
    random = np.random.default_rng(seed)
    bench = Bench(*forest(random))
    words = bench.ranker.vocabulary
    ranking = bench.look({each.id: random.uniform(0.01, 0.99) for each in words.terms})
    above = {up.id for each in ranking.chosen for up in words.ancestors(each.term)}
    assert ranking.chosen
    assert not above & set(chosen(ranking))
    assert all(each.confidence >= POSSIBLE for each in ranking.chosen)


@pytest.mark.parametrize(
    ("likely", "said"),
    [
        ({"collie": SURE, "dog": SURER}, ["collie"]),
        ({"collie": SURE}, ["collie"]),  # which makes it a dog and an animal too
        ({"collie": LIKELY, "dog": SURE}, ["dog"]),
        ({"collie": LIKELY, "dog": LIKELY, "animal": SURE}, ["animal"]),
        ({"collie": LIKELY, "dog": LIKELY, "animal": LIKELY}, ["collie"]),
        ({"collie": UNLIKELY, "dog": UNLIKELY, "animal": LIKELY}, ["animal"]),
        ({"collie": UNLIKELY, "dog": UNLIKELY, "animal": UNLIKELY}, []),
        ({"cat": SURE, "collie": SURER}, ["collie", "cat"]),
        ({"cat": SURE, "collie": LIKELY, "dog": SURER}, ["dog", "cat"]),
        ({"cat": LIKELY, "dog": SURE}, ["dog"]),  # the animal is a dog; what else it may be is not said
        ({"cat": LIKELY, "dog": LIKELY, "animal": SURE}, ["animal"]),
        ({}, []),
    ],
)
def test_the_most_specific_term_that_is_true_enough_is_chosen(likely, said):
    assert chosen(Bench(*ANIMALS).look(likely)) == said


def test_what_is_only_possible_comes_after_all_that_is_true_enough():
    bench = Bench(DOG._replace(parent=""), BEACH, CAT._replace(parent=""))
    ranking = bench.look({"dog": TARGET - 0.01, "beach": TARGET + 0.01, "cat": SURE})
    assert chosen(ranking) == ["cat", "beach", "dog"]


@pytest.mark.parametrize(
    ("cosine", "said"),
    [(ALIKE + 0.01, ["sea"]), (ALIKE - 0.01, ["sea", "beach"]), (0.0, ["sea", "beach"])],
)
def test_of_terms_that_are_much_alike_only_the_better_is_chosen(cosine, said):
    bench = Bench(BEACH, term("sea", facet="scene"), alike=[("beach", "sea", cosine)])
    assert chosen(bench.look({"beach": SURE, "sea": SURER})) == said


def test_terms_of_different_facets_may_be_alike():
    bench = Bench(BEACH, term("sand"), alike=[("beach", "sand", 0.99)])
    assert chosen(bench.look({"beach": SURE, "sand": SURER})) == ["sand", "beach"]


def test_a_medium_that_may_be_none_is_not_named_and_leaves_the_picture_to_a_person():
    chart, photograph = term("chart", facet="medium"), term("photograph", facet="medium")
    others = [term(f"graphic-{number}", facet="medium") for number in range(4)]
    bench = Bench(chart, photograph, *others, BEACH)
    in_doubt = bench.look({"beach": SURE, "chart": NEVER, "photograph": NEVER})
    assert (in_doubt.medium, in_doubt.held) == ("", ("low-confidence",))
    clear = bench.look({"beach": SURE, "photograph": SURE})
    assert (clear.medium, clear.held) == ("photograph", ())


@pytest.mark.parametrize("likely", [LIKELY, SURE])
def test_silent_terms_are_ranked_and_lift_their_parents_but_are_never_said_or_shown(likely):
    child = term("child", "somebody", "people", emit=False)
    ranking = Bench(SOMEBODY, child).look({"child": likely})
    assert (chosen(ranking), listed(ranking)) == (["somebody"], ["somebody"])
    assert ranking.chosen[0].confidence == pytest.approx(likely, abs=1e-4)


def test_distractors_and_sensitive_terms_are_never_said_however_true():
    ranking = Bench(SCRAP, WEAPON, BEACH).look({"scrap": SURER, "weapon": SURER, "beach": SURE})
    assert (chosen(ranking), listed(ranking)) == (["beach"], ["beach"])


@pytest.mark.parametrize(
    ("likely", "held"),
    [
        ({"weapon": (1 + POSSIBLE) / 2}, ("sensitive-image",)),
        ({"ward": (1 + POSSIBLE) / 2}, ("sensitive-image",)),
        ({"weapon": UNLIKELY, "ward": UNLIKELY}, ()),
        ({"beach": SURER}, ()),
    ],
)
def test_a_picture_that_may_be_sensitive_is_held(likely, held):
    ranking = Bench(WEAPON, WARD, BEACH, DOG, ANIMAL).look({"dog": SURER, **likely})
    assert ranking.held == held
    assert "dog" in chosen(ranking)  # for the person who decides


@pytest.mark.parametrize(
    ("score", "held"), [(SENSITIVE_GATE + 0.1, ("sensitive-image",)), (SENSITIVE_GATE - 0.1, ())]
)
def test_an_unusual_score_of_a_sensitive_term_is_enough(score, held):
    bench = Bench(WEAPON, BEACH, DOG, ANIMAL, measured=["beach"], offset=-9)
    picture = bench.picture({"weapon": score, "beach": 9}, 0)
    assert bench.ranker.rank(picture)[0].held == held


@pytest.mark.parametrize("content", [BEACH, SOMEBODY, ANIMAL, term("wood", facet="material")])
@pytest.mark.parametrize(
    ("lead", "held"), [(STRANGENESS + 0.2, ("low-confidence",)), (STRANGENESS - 0.2, ()), (-1, ())]
)
def test_a_picture_that_is_more_like_a_distractor_than_like_any_content_is_held(content, lead, held):
    fillers = [term(f"filler-{number}", facet="mood") for number in range(3)]  # of another scale
    others = [term(f"other-{number}", facet="season") for number in range(40)]
    bench = Bench(content, SCRAP, *fillers, *others)
    noise = np.random.default_rng(0).normal(size=40)
    figures = {other.id: value for other, value in zip(others, noise, strict=True)}
    spread = spread_for(lead, noise)
    ranking = bench.ranker.rank(bench.picture({**figures, content.id: 4, "scrap": 4 + spread}, 0))[0]
    assert ranking.held == held


def spread_for(lead: float, noise: np.ndarray, base: float = 4.0) -> float:
    """How far above `base` a figure must be to lead by so many deviations over all figures."""
    gap = 0.0
    for _ in range(100):
        gap = lead * np.array([*noise, base, base + gap]).std()
    return gap


def test_without_people_distractors_or_content_nothing_is_held():
    ranking = Bench(term("wet", facet="weather"), term("dusk", facet="light")).look({"dusk": SURE})
    assert (ranking.held, chosen(ranking), ranking.medium) == ((), ["dusk"], "")


@pytest.mark.parametrize(
    ("best", "medium"),
    [("photograph", "photograph"), ("bar-chart", "chart"), ("pie-chart", "chart"), ("map", "map")],
)
@pytest.mark.parametrize("measured", [LEAVES, ()], ids=["measured", "not measured"])
@pytest.mark.parametrize("media", [MEDIA, MEDIA[::-1]], ids=["parents first", "parents last"])
def test_the_medium_is_named_in_general_terms(best, medium, measured, media):
    bench = Bench(*media, BEACH, measured=[*measured, "beach"])
    ranking = bench.ranker.rank(bench.picture({best: 6, "beach": 6}, 0))[0]
    assert ranking.medium == medium
    assert chosen(ranking) == ["beach"]  # a medium is not content


def test_the_parent_is_said_instead_of_a_kind_that_no_label_told_from_it():
    bench = Bench(*ANIMALS, measured=["dog", "animal", "cat"], offset=6)
    ranking = bench.ranker.rank(bench.picture({"dog": logit(SURE)}, logit(NEVER)))[0]
    assert chosen(ranking) == ["dog"]
    assert ranking.chosen[0].confidence == pytest.approx(SURE, abs=1e-4)


def test_candidates_are_the_best_few_of_each_facet_best_first():
    objects = [term(f"o{number}") for number in range(SHOWN_PER_FACET + 3)]
    likely = {each.id: SHOWN + 0.05 * (number + 1) for number, each in enumerate(objects)}
    ranking = Bench(BEACH, *objects, DOG, ANIMAL).look({**likely, "beach": 0.3, "dog": SHOWN * 0.9})
    best = sorted(likely, key=likely.__getitem__, reverse=True)[:SHOWN_PER_FACET]
    assert listed(ranking) == ["beach", *best]
    assert [each.confidence for each in ranking.candidates[1:]] == pytest.approx(
        [likely[name] for name in best], abs=1e-4
    )
