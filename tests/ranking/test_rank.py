"""Ranking: the algebra that makes scores comparable, and what may follow from them.

Most tests choose how probable each term is and look at what the ranking makes of it, see `Bench`.
"""

import zlib

import numpy as np
import pytest

from alttext.errors import ModelError
from alttext.ranking import calibration, rank, term_vectors
from alttext.ranking.calibration import UNKNOWN_CEILING, Calibration
from alttext.ranking.rank import (
    ALIKE,
    OWN_SCALE,
    PEOPLE_GATE,
    POSSIBLE,
    SENSITIVE_GATE,
    SHOWN,
    SHOWN_PER_FACET,
    STRANGENESS,
    TARGET,
    UNPROVEN_CEILING,
    Ranker,
)
from alttext.ranking.vocabulary import Vocabulary
from alttext.types import Ranking, Term

SURE = (1 + TARGET) / 2
SURER = (1 + SURE) / 2
LIKELY = (TARGET + POSSIBLE) / 2  # worth a suggestion, not true enough to be preferred to a parent
UNLIKELY = (POSSIBLE + SHOWN) / 2
NEVER = SHOWN / 50


def term(id: str, parent: str = "", facet: str = "object", emit: bool = True, risk: str = "") -> Term:
    return Term(id, facet, f"a {id}", (id,), parent, emit, (("risk", risk),) if risk else ())


ANIMAL, DOG, COLLIE, CAT = term("animal"), term("dog", "animal"), term("collie", "dog"), term("cat", "animal")
ANIMALS = (ANIMAL, DOG, COLLIE, CAT)
SOMEBODY = term("somebody", facet="people")
MONKEY = term("monkey", "animal", risk="people")
WEAPON = term("weapon", facet="sensitive", emit=False)
WARD = term("ward", facet="scene", risk="sensitive")
BEACH = term("beach", facet="scene")
RUNNING = term("running", facet="activity")
SCRAP = term("scrap", facet="distractor", emit=False)
MEDIA = (
    term("photograph", facet="medium"),
    term("graphic", facet="medium"),
    term("chart", "graphic", "medium"),
    term("bar-chart", "chart", "medium"),
    term("pie-chart", "chart", "medium"),
    term("map", "graphic", "medium"),
)
LEAVES = ("photograph", "bar-chart", "pie-chart", "map")


class Bench:
    """A ranker whose terms each have an axis of their own, so that a picture can be made to order.

    The logit of a term with labelled pictures (all of them, unless `measured` says which) is the figure that
    the picture was made with; other terms have the logit `offset`. The column score is the figure for both.
    `alike` gives pairs of terms the cosine that they shall have.
    """

    reach = 200.0  # figures together must be shorter than this

    def __init__(self, *terms, measured=None, offset=-5.0, ceiling=1.0, alike=()):
        measured = {each.id for each in terms} if measured is None else set(measured)
        self.axes = np.eye(len(terms), len(terms) + 1, dtype=np.float32)  # one more makes pictures unit rows
        rows = {each.id: row for row, each in enumerate(terms)}
        vectors = self.axes.copy()
        for one, other, cosine in alike:
            vectors[rows[other]] = (
                cosine * self.axes[rows[one]] + np.sqrt(1 - cosine**2) * self.axes[rows[other]]
            )
        corrections = {
            term_vectors.key_of(each, "bench"): (self.axes[row] * self.reach, -offset)
            for row, each in enumerate(terms)
            if each.id in measured
        }
        facets = {each.facet for each in terms if each.facet != "medium" or measured & set(LEAVES)}
        mean, covariance = np.zeros(len(terms) + 1), np.eye(len(terms) + 1) / self.reach**2
        lines = dict.fromkeys(facets, 0.0), dict.fromkeys(facets, offset)
        figures = Calibration(
            "bench", mean.astype(np.float32), covariance.astype(np.float32), *lines, corrections, ceiling
        )
        self.ranker = Ranker(Vocabulary(terms), vectors, figures)

    def picture(self, figures: dict[str, float], default: float) -> np.ndarray:
        """A unit row `(1, d)` that gives each term its figure."""
        given = [figures.get(each.id, default) for each in self.ranker.vocabulary.terms]
        row = np.array(given) / self.reach
        return np.array([[*row, np.sqrt(1 - row @ row)]], np.float32)

    def look(self, likely: dict[str, float]) -> Ranking:
        """The ranking of a picture on which the terms are as probable as that; the others are not."""
        picture = self.picture({name: logit(likely[name]) for name in likely}, logit(NEVER))
        return self.ranker.rank(picture)[0]

    def confidences(self, figures: dict[str, float], default: float = -5.0) -> dict[str, float]:
        """Probabilities by term of a picture with these figures."""
        picture = self.picture(figures, default)
        (row,) = self.ranker.confidences(picture, self.ranker.scores(picture))
        return dict(zip(self.ranker.vocabulary.row, row.tolist(), strict=True))


def logit(probability: float) -> float:
    return float(np.log(probability / (1 - probability)))


def chosen(ranking: Ranking) -> list[str]:
    return [each.term.id for each in ranking.chosen]


def listed(ranking: Ranking) -> list[str]:
    return [each.term.id for each in ranking.candidates]


def unit_rows(random: np.random.Generator, count: int, dim: int, lean: float = 0.0) -> np.ndarray:
    """Directions that lean towards the first axes and are not equally spread, as those of real towers."""
    rows = random.normal(size=(count, dim)) * np.linspace(2, 0.2, dim)
    rows[:, 0] += lean
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize("seed", range(4))
def test_the_closed_form_is_the_deviation_over_a_bank_of_pictures(seed):
    random = np.random.default_rng(seed)
    bank, images = unit_rows(random, 300, 24, lean=4), unit_rows(random, 9, 24, lean=3)
    terms = unit_rows(random, 40, 24, lean=1)  # the bank has never seen any of them, as with users' terms
    covariance = np.cov(bank.T, bias=True).astype(np.float32)
    cosines = bank @ terms.T
    deviations = (images @ terms.T - cosines.mean(axis=0)) / cosines.std(axis=0)
    assert np.allclose(
        rank.column_scores(images, terms, bank.mean(axis=0), covariance), deviations, atol=2e-3
    )


@pytest.mark.parametrize("seed", range(4))
def test_columns_keep_the_order_of_pictures_for_each_term(seed):
    random = np.random.default_rng(seed)
    bank, terms = unit_rows(random, 60, 16, lean=3), unit_rows(random, 20, 16, lean=1)
    scores = rank.column_scores(bank, terms, bank.mean(axis=0), np.cov(bank.T).astype(np.float32))
    assert np.array_equal(scores.argsort(axis=0), (bank @ terms.T).argsort(axis=0))


def test_columns_take_out_that_a_term_is_like_every_picture():
    random = np.random.default_rng(0)
    bank, terms = unit_rows(random, 200, 16, lean=20), unit_rows(random, 30, 16)
    terms[0] = np.eye(16)[0]  # where all pictures lean to
    cosines = bank @ terms.T
    scores = rank.column_scores(bank, terms, bank.mean(axis=0), np.cov(bank.T).astype(np.float32))
    assert (cosines.argmax(axis=1) == 0).all()
    assert (scores.argmax(axis=1) == 0).mean() < 0.2


@pytest.mark.parametrize("seed", range(4))
def test_rows_keep_the_order_of_terms_within_each_picture(seed):
    random = np.random.default_rng(seed)
    scores = random.normal(size=(12, 50)).astype(np.float32)
    shared = random.random(50) < 0.7
    assert np.array_equal(rank.row_scores(scores, shared).argsort(axis=1), scores.argsort(axis=1))


def test_rows_take_out_that_a_picture_is_like_every_term():
    scores = np.random.default_rng(0).normal(size=(1, 40)).astype(np.float32)
    shared = np.arange(40) < 30
    pale, strong = rank.row_scores(scores * 0.1, shared), rank.row_scores(scores * 3 + 5, shared)
    assert np.allclose(pale, strong, atol=1e-4)
    assert np.allclose([pale[0, :30].mean(), pale[0, :30].std()], [0, 1], atol=1e-5)


@pytest.mark.parametrize(
    "scores", [np.zeros((2, 5)), np.full((2, 5), 7.0), np.zeros((2, 1)), np.zeros((0, 5))]
)
def test_rows_without_differences_are_zero(scores):
    standard = rank.row_scores(scores.astype(np.float32), np.ones(scores.shape[1], bool))
    assert np.array_equal(standard, np.zeros_like(scores))


def test_a_term_that_never_varies_has_a_finite_score():
    images, terms = np.eye(3, dtype=np.float32), np.eye(3, dtype=np.float32)
    scores = rank.column_scores(images, terms, np.zeros(3, np.float32), np.zeros((3, 3), np.float32))
    assert np.isfinite(scores).all()


def test_probabilities_of_logits_stay_finite_and_in_order():
    values = np.array([[-1e4, -3, 0, 3, 1e4]], np.float32)
    assert np.allclose(rank.sigmoid(values), [[0, 0.0474, 0.5, 0.9526, 1]], atol=1e-4)
    assert np.allclose(rank.softmax(values), [[0, 0, 0, 0, 1]])
    assert np.allclose(rank.softmax(np.log([[1, 2, 5]])), [[0.125, 0.25, 0.625]])


@pytest.mark.parametrize("facet", ["object", "scene", "people", "weather", *sorted(OWN_SCALE)])
def test_a_term_of_a_user_moves_the_scores_of_others_only_where_terms_share_a_scale(facet):
    dog, own = term("dog", facet=facet), term("own")
    before, after = Bench(dog, BEACH, SCRAP), Bench(dog, BEACH, SCRAP, own)
    figures = {"dog": 4, "beach": 1, "own": 9}
    without = before.ranker.scores(before.picture(figures, 0))[0, 0]
    having = after.ranker.scores(after.picture(figures, 0))[0, 0]
    assert np.isclose(without, having, atol=1e-3) == (facet in OWN_SCALE)


def test_scores_of_terms_that_share_a_scale_keep_the_order_of_their_columns():
    bench = Bench(*ANIMALS, BEACH, SOMEBODY)
    figures = {"animal": 1, "dog": 5, "collie": 3, "cat": -2, "beach": 4, "somebody": 0}
    (scores,) = bench.ranker.scores(bench.picture(figures, 0))
    assert scores.argsort().tolist() == np.argsort(list(figures.values())).tolist()


def forest(random: np.random.Generator, count: int = 25) -> list[Term]:
    """Terms under each other at random, children before parents and after them."""
    terms = [term("t0")]
    for number in range(1, count):
        parent = random.integers(-2, number)
        terms.append(term(f"t{number}", f"t{parent}" if parent >= 0 else ""))
    return [terms[at] for at in random.permutation(count)]


@pytest.mark.parametrize("seed", range(8))
def test_a_parent_is_never_less_probable_than_its_child(seed):
    random = np.random.default_rng(seed)
    bench = Bench(*forest(random))
    terms = bench.ranker.vocabulary.terms
    figures = {each.id: random.normal(0, 4) for each in terms}
    found = bench.confidences(figures)
    assert all(found[each.parent] >= found[each.id] for each in terms if each.parent)
    leaves = {each.id for each in terms} - {each.parent for each in terms}
    for name in leaves:  # while nothing lifts those without children
        assert found[name] == pytest.approx(1 / (1 + np.exp(-figures[name])), abs=1e-3)


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


@pytest.mark.parametrize(("people", "said"), [(PEOPLE_GATE * 1.1, []), (PEOPLE_GATE * 0.9, ["monkey"])])
def test_terms_that_have_been_used_to_insult_are_held_back_where_people_may_be(people, said):
    ranking = Bench(ANIMAL, MONKEY, SOMEBODY).look({"monkey": SURE, "somebody": people})
    assert [name for name in chosen(ranking) if name != "somebody"] == said
    assert ("monkey" in listed(ranking)) == ("monkey" in said)


@pytest.mark.parametrize("actor", [SOMEBODY, ANIMAL])
def test_nothing_is_done_more_probably_than_somebody_is_there(actor):
    bench = Bench(*ANIMALS, SOMEBODY, RUNNING)
    alone = bench.confidences({RUNNING.id: logit(SURE), actor.id: logit(UNLIKELY)})
    assert alone[RUNNING.id] == pytest.approx(UNLIKELY, abs=1e-3)
    sure = bench.confidences({RUNNING.id: logit(LIKELY), actor.id: logit(SURE)})
    assert sure[RUNNING.id] == pytest.approx(LIKELY, abs=1e-3)


def test_a_vocabulary_without_actors_has_actions_all_the_same():
    confidences = Bench(BEACH, RUNNING).confidences({RUNNING.id: logit(SURE)})
    assert confidences[RUNNING.id] == pytest.approx(SURE, abs=1e-3)


def test_people_may_be_there_even_if_the_term_for_them_is_never_said():
    face = term("face", facet="people", emit=False)
    assert chosen(Bench(ANIMAL, MONKEY, face).look({"monkey": SURE, "face": SURE})) == []


def test_a_term_that_is_held_back_makes_nothing_more_general_true_either():
    bench = Bench(ANIMAL, MONKEY, DOG, SOMEBODY)
    assert "animal" not in listed(bench.look({"monkey": SURE, "somebody": SURE}))
    assert "animal" in listed(bench.look({"dog": SURE, "somebody": SURE}))


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


def test_how_sensitive_a_picture_may_be_is_the_score_of_the_term_that_it_is_most_like():
    bench = Bench(WEAPON, term("blood", facet="sensitive", emit=False), BEACH, DOG, ANIMAL)
    pictures = [bench.picture({"weapon": weapon, "blood": 1.0, "beach": 9}, 0) for weapon in (0.5, 3.2)]
    np.testing.assert_allclose(bench.ranker.sensitivity(np.concatenate(pictures)), [1.0, 3.2], atol=0.01)


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


@pytest.mark.parametrize("seed", range(4))
def test_media_exclude_each_other(seed):
    random = np.random.default_rng(seed)
    figures = {name: random.normal(0, 3) for name in LEAVES}
    found = Bench(*MEDIA, DOG, ANIMAL, measured=LEAVES).confidences(figures)
    assert sum(found[name] for name in LEAVES) == pytest.approx(1, abs=1e-4)
    assert max(LEAVES, key=found.__getitem__) == max(LEAVES, key=figures.__getitem__)
    assert found["graphic"] >= found["chart"] >= max(found["bar-chart"], found["pie-chart"])


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


def test_a_medium_that_was_never_measured_stays_out_where_others_were():
    found = Bench(*MEDIA, measured=["photograph", "map"]).confidences({"bar-chart": 9, "map": 2})
    assert (found["bar-chart"], found["chart"]) == (0, 0)
    assert found["map"] > 0.9


@pytest.mark.parametrize(
    ("measured", "confidence"),
    [(["dog", "collie"], None), (["dog"], UNPROVEN_CEILING), ([], None), (["animal"], None)],
)
def test_a_kind_that_no_label_told_from_its_parent_has_a_ceiling(measured, confidence):
    bench = Bench(*ANIMALS, measured=measured, offset=6)
    found = bench.confidences({"dog": 6, "collie": 6, "animal": 6})["collie"]
    assert found == pytest.approx(confidence or 1 / (1 + np.exp(-6)), abs=1e-3)


def test_the_parent_is_said_instead_of_a_kind_that_no_label_told_from_it():
    bench = Bench(*ANIMALS, measured=["dog", "animal", "cat"], offset=6)
    ranking = bench.ranker.rank(bench.picture({"dog": logit(SURE)}, logit(NEVER)))[0]
    assert chosen(ranking) == ["dog"]
    assert ranking.chosen[0].confidence == pytest.approx(SURE, abs=1e-4)


@pytest.mark.parametrize("ceiling", [0.3, UNKNOWN_CEILING, 0.95])
def test_no_confidence_is_above_the_ceiling_of_the_model(ceiling):
    terms = (*ANIMALS, *MEDIA, BEACH)
    bench = Bench(*terms, ceiling=ceiling)
    ranking = bench.look({each.id: 0.9999 for each in terms})
    every = [each.confidence for each in (*ranking.candidates, *ranking.chosen)]
    assert max(every) == pytest.approx(ceiling)


def test_candidates_are_the_best_few_of_each_facet_best_first():
    objects = [term(f"o{number}") for number in range(SHOWN_PER_FACET + 3)]
    likely = {each.id: SHOWN + 0.05 * (number + 1) for number, each in enumerate(objects)}
    ranking = Bench(BEACH, *objects, DOG, ANIMAL).look({**likely, "beach": 0.3, "dog": SHOWN * 0.9})
    best = sorted(likely, key=likely.__getitem__, reverse=True)[:SHOWN_PER_FACET]
    assert listed(ranking) == ["beach", *best]
    assert [each.confidence for each in ranking.candidates[1:]] == pytest.approx(
        [likely[name] for name in best], abs=1e-4
    )


def test_an_image_ranks_the_same_alone_again_and_among_others():
    random = np.random.default_rng(0)
    bench = Bench(*ANIMALS, *MEDIA, BEACH, SOMEBODY, SCRAP, WEAPON)
    terms = bench.ranker.vocabulary.terms
    rows = np.concatenate(
        [bench.picture({each.id: random.normal(0, 3) for each in terms}, 0) for _ in range(20)]
    )
    together = bench.ranker.rank(rows)
    assert bench.ranker.rank(rows) == together
    for row, among in zip(rows, together, strict=True):
        (alone,) = bench.ranker.rank(row[None])
        assert (chosen(alone), alone.medium, alone.held) == (chosen(among), among.medium, among.held)
        assert [each.confidence for each in alone.candidates] == pytest.approx(
            [each.confidence for each in among.candidates], abs=1e-4
        )


def test_no_images_have_no_rankings():
    bench = Bench(*ANIMALS, *MEDIA)
    assert bench.ranker.rank(np.empty((0, bench.axes.shape[1]), np.float32)) == []


class Words:
    """An encoder of bags of words. Each word also leans, more or less, to where all pictures are."""

    model_id = "words"
    dim = 384

    def __init__(self) -> None:
        self._known: dict[str, np.ndarray] = {}

    def encode_images(self, images):
        raise AssertionError("the tests make their own")

    def encode_texts(self, texts):
        rows = [sum(self._word(word) for word in text.split()) for text in texts]
        return term_vectors.unit(np.array(rows, np.float32).reshape(len(texts), self.dim))

    def pictures(self, random: np.random.Generator, things) -> np.ndarray:
        """A picture of each set of things, with noise."""
        texts = [self.encode_texts([f"a photo of a {name}" for name in sorted(names)]) for names in things]
        rows = np.array([of_things.sum(axis=0) for of_things in texts])
        rows += 1.5 * self._common() + 0.02 * random.normal(size=rows.shape)
        return term_vectors.unit(rows.astype(np.float32))

    def _word(self, word: str) -> np.ndarray:
        if word not in self._known:
            random = np.random.default_rng(zlib.crc32(word.encode()))
            direction = random.normal(size=self.dim)
            strength = 1.0 if word in NAMES else 0.3  # there is less in "a photo of a" than in what it is of
            lean = random.uniform(-0.6, 0.6) * self._common()
            self._known[word] = strength * direction / np.linalg.norm(direction) + lean
        return self._known[word]

    def _common(self) -> np.ndarray:
        return np.eye(self.dim)[0]


THINGS = [term(f"thing-{number}", facet=("object", "scene")[number % 2]) for number in range(60)]
NAMES = [each.id for each in THINGS]


def some_things(random: np.random.Generator, count: int, times: int) -> list[set[str]]:
    return [set(random.choice(NAMES, count, replace=False).tolist()) for _ in range(times)]


@pytest.fixture(scope="module")
def fitted_folder(tmp_path_factory):
    """A folder with figures for `Words` from a bank of pictures, as a user has it who made some."""
    folder, random = tmp_path_factory.mktemp("figures"), np.random.default_rng(1)
    bank = Words().pictures(random, some_things(random, count=3, times=400))
    lines = dict.fromkeys(("object", "scene"), 8.0), dict.fromkeys(("object", "scene"), -15.5)
    figures = Calibration("words", bank.mean(axis=0), np.cov(bank.T).astype(np.float32), *lines, {}, 0.99)
    calibration.write(folder / calibration.file_name("words"), figures)
    return folder


@pytest.mark.parametrize("count", [1, 2, 3])
def test_planted_terms_are_found_again_whatever_each_leans_to(fitted_folder, count):
    encoder, random = Words(), np.random.default_rng(count)
    ranker = rank.load(encoder, Vocabulary(tuple(THINGS)), fitted_folder)
    planted = some_things(random, count, times=25)
    pictures = encoder.pictures(random, planted)
    assert [set(chosen(ranking)) for ranking in ranker.rank(pictures)] == planted
    nearest = (pictures @ ranker.vectors.T).argsort(axis=1)[:, -count:]
    by_cosine = [{NAMES[row] for row in rows} for rows in nearest]
    found = sum(names == others for names, others in zip(planted, by_cosine, strict=True))
    assert found < 0.8 * len(planted)  # the cosine alone would not do


def test_of_a_model_without_figures_nothing_is_sure_but_terms_are_in_order(tmp_path):
    encoder, random = Words(), np.random.default_rng(0)
    ranker = rank.load(encoder, Vocabulary((*THINGS, *MEDIA)), tmp_path)
    pictures = encoder.pictures(random, [{name} for name in NAMES])
    every = [each for found in ranker.rank(pictures) for each in (*found.candidates, *found.chosen)]
    assert every
    assert all(each.confidence <= UNKNOWN_CEILING for each in every)
    best = ranker.scores(pictures)[:, : len(NAMES)].argmax(axis=1)
    assert (best == np.arange(len(NAMES))).mean() > 0.25


def test_damaged_figures_are_not_ranked_with(tmp_path):
    (tmp_path / calibration.file_name("words")).write_bytes(b"no archive")
    with pytest.raises(ModelError, match="calibration-"):
        rank.load(Words(), Vocabulary(tuple(THINGS[:2])), tmp_path)


# Crops


def closer(bench, whole, part):
    """Probabilities of a picture of which a part shows something else than the whole."""
    image, crop = (
        bench.picture({name: logit(value) for name, value in each.items()}, logit(NEVER))
        for each in (whole, part)
    )
    found = bench.ranker.rank(image, crops=[image, crop])[0]
    return {each.term.id: each.confidence for each in found.candidates}


def test_what_a_part_shows_better_than_the_whole_becomes_more_probable_but_not_as_sure():
    seen = closer(Bench(*ANIMALS), {"cat": 0.3}, {"cat": 0.99})
    assert 0.3 < seen["cat"] < 0.99


def test_what_no_part_shows_stays_as_the_whole_has_it():
    bench = Bench(*ANIMALS)
    assert closer(bench, {"cat": 0.9}, {"cat": 0.01})["cat"] == pytest.approx(0.9, abs=1e-3)


def test_a_part_never_tells_what_kind_of_picture_the_whole_is():
    chart, photograph = term("chart", facet="medium"), term("photograph", facet="medium")
    bench = Bench(chart, photograph, BEACH)
    seen = closer(bench, {"photograph": 0.9, "chart": 0.05}, {"photograph": 0.05, "chart": 0.99})
    assert seen["photograph"] > seen.get("chart", 0)


def test_people_in_the_whole_hold_back_what_has_been_used_to_insult_in_a_part():
    seen = closer(Bench(ANIMAL, MONKEY, SOMEBODY), {"somebody": SURE}, {"monkey": SURE})
    assert not {"monkey", "animal"} & set(seen)
