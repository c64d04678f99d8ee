"""Ranking: which probabilities terms get.

Most tests choose how probable each term is for itself and look at what the ranking makes of it, see `Bench`.
"""

import zlib

import numpy as np
import pytest

from alttext.errors import ModelError
from alttext.ranking import calibration, rank, term_vectors
from alttext.ranking.calibration import UNKNOWN_CEILING, Calibration
from alttext.ranking.rank import OWN_SCALE, PEOPLE_GATE, UNPROVEN_CEILING
from alttext.ranking.vocabulary import Vocabulary
from tests.ranking.bench import (
    ANIMAL,
    ANIMALS,
    BEACH,
    DOG,
    LEAVES,
    LIKELY,
    MEDIA,
    MONKEY,
    NEVER,
    RUNNING,
    SCRAP,
    SOMEBODY,
    SURE,
    UNLIKELY,
    WEAPON,
    Bench,
    chosen,
    forest,
    listed,
    logit,
    term,
)


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


def test_how_sensitive_a_picture_may_be_is_the_score_of_the_term_that_it_is_most_like():
    bench = Bench(WEAPON, term("blood", facet="sensitive", emit=False), BEACH, DOG, ANIMAL)
    pictures = [bench.picture({"weapon": weapon, "blood": 1.0, "beach": 9}, 0) for weapon in (0.5, 3.2)]
    np.testing.assert_allclose(bench.ranker.sensitivity(np.concatenate(pictures)), [1.0, 3.2], atol=0.01)


@pytest.mark.parametrize("seed", range(4))
def test_media_exclude_each_other(seed):
    random = np.random.default_rng(seed)
    figures = {name: random.normal(0, 3) for name in LEAVES}
    found = Bench(*MEDIA, DOG, ANIMAL, measured=LEAVES).confidences(figures)
    assert sum(found[name] for name in LEAVES) == pytest.approx(1, abs=1e-4)
    assert max(LEAVES, key=found.__getitem__) == max(LEAVES, key=figures.__getitem__)
    assert found["graphic"] >= found["chart"] >= max(found["bar-chart"], found["pie-chart"])


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


@pytest.mark.parametrize("ceiling", [0.3, UNKNOWN_CEILING, 0.95])
def test_no_confidence_is_above_the_ceiling_of_the_model(ceiling):
    terms = (*ANIMALS, *MEDIA, BEACH)
    bench = Bench(*terms, ceiling=ceiling)
    ranking = bench.look({each.id: 0.9999 for each in terms})
    every = [each.confidence for each in (*ranking.candidates, *ranking.chosen)]
    assert max(every) == pytest.approx(ceiling)


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
