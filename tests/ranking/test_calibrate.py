"""Labels are drawn by a known relation, and calibration has to find it; where it cannot, it is careful."""

from dataclasses import replace

import numpy as np
import pytest

from alttext.errors import ModelError
from alttext.ranking import calibrate, calibration, term_vectors
from alttext.ranking.calibrate import CEILING, LEAST_OF_FACET, LEAST_PICTURES, Labelled, fit
from alttext.ranking.calibration import UNKNOWN_CEILING, UNKNOWN_OFFSET, UNKNOWN_SCALE, Calibration
from alttext.ranking.choose import TARGET
from alttext.ranking.rank import Ranker
from alttext.ranking.scores import sigmoid
from alttext.ranking.vocabulary import Vocabulary
from alttext.types import Term

DIM, MODEL = 24, "fake"


def term(id, facet="object", parent=""):
    return Term(id, facet, f"a {id}", (id,), parent)


THINGS = tuple(term(f"thing-{number}") for number in range(30))
PLACES = tuple(term(f"place-{number}", "scene") for number in range(10))
MEDIA = tuple(term(name, "medium") for name in ("photograph", "drawing", "map"))
WORDS = Vocabulary((*THINGS, *PLACES, *MEDIA))


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def vectors_of(words, seed=1):
    return unit(np.random.default_rng(seed).normal(size=(len(words.terms), DIM)))


VECTORS = vectors_of(WORDS)


def pictures(count, seed=2, words=WORDS):
    """Rows that lean to a few terms each, and away from the middle as those of real towers do."""
    random = np.random.default_rng(seed)
    shown = random.random((count, len(words.terms))) < 3 / len(words.terms)
    return unit(random.normal(0.5, 0.4, (count, DIM)) + 1.5 * shown @ vectors_of(words))


def ranker(rows, words=WORDS, **figures):
    """The ranker that the fit has to find: figures of an oracle on statistics of the pictures."""
    mean, covariance = calibrate.statistics(rows)
    known = {"scales": {}, "offsets": {}, "corrections": {}} | figures
    return Ranker(words, vectors_of(words), Calibration(MODEL, mean, covariance, **known))


def labelled(rows, scale=1.4, offset=-3.0, known=1.0, seed=3):
    """Labels that are as often true as that line through the scores says; of some terms nothing is said."""
    random = np.random.default_rng(seed)
    truth = random.random((len(rows), len(WORDS.terms))) < sigmoid(scale * ranker(rows).scores(rows) + offset)
    truth = np.where(random.random(truth.shape) < known, truth, -1).astype(np.int8)
    truth[:, [WORDS.row[each.id] for each in MEDIA]] = -1
    return Labelled(rows, truth, np.ones(len(rows), bool))


def only(data, *facets):
    """The same labels, but of these facets only."""
    kept = np.isin([each.facet for each in WORDS.terms], facets)
    return replace(data, truth=np.where(kept, data.truth, -1).astype(np.int8))


@pytest.fixture(autouse=True)
def shipped(tmp_path, monkeypatch):
    """Where the shipped figures would lie; there are none unless a test puts them there."""
    path = tmp_path / "shipped.npz"
    monkeypatch.setattr(calibration, "SHIPPED", path)
    return path


def ship(path, rows, **figures):
    """Put figures there that the model came with."""
    came_with = ranker(rows, **figures).calibration
    calibration.write(path, came_with)
    return came_with


@pytest.mark.parametrize(("scale", "offset"), [(1.4, -3.0), (0.8, -2.0), (2.0, -4.0)])
def test_the_relation_of_scores_and_truth_is_found(scale, offset):
    figures = fit(labelled(pictures(1500), scale, offset), WORDS, VECTORS, MODEL).figures
    assert figures.model_id == MODEL
    for facet in ("object", "scene"):
        assert figures.scales[facet] == pytest.approx(scale, rel=0.1)
        assert figures.offsets[facet] == pytest.approx(offset, rel=0.1)


def test_labels_of_a_few_terms_are_enough():
    figures = fit(labelled(pictures(1500), known=0.2), WORDS, VECTORS, MODEL).figures
    assert figures.scales["object"] == pytest.approx(1.4, rel=0.15)
    assert figures.offsets["object"] == pytest.approx(-3.0, rel=0.15)


def test_the_report_says_what_was_learned_from_and_how_far_off_it_is():
    data = labelled(pictures(1000), known=0.5)
    fared = {each.facet: each for each in fit(data, WORDS, VECTORS, MODEL).facets}
    assert list(fared) == ["object", "scene"]
    known = data.truth[:, : len(THINGS)]
    assert (fared["object"].true, fared["object"].false) == ((known == 1).sum(), (known == 0).sum())
    assert fared["object"].pictures == (known >= 0).any(axis=1).sum()
    for each in fared.values():
        assert each.kept == ""
        assert each.after < 0.04 < 0.1 < each.before


def confidences(figures, rows):
    judge = Ranker(WORDS, VECTORS, figures)
    return judge.confidences(rows, judge.scores(rows))


def test_few_labels_are_more_careful_than_many():
    rows = pictures(1000)
    data = labelled(rows, scale=8.0, offset=-14.0)  # hardly ever otherwise than the scores say
    surest = []
    for count in (LEAST_PICTURES, 200, 1000):
        some = Labelled(rows[:count], data.truth[:count], np.ones(count, bool))
        surest.append(confidences(fit(some, WORDS, VECTORS, MODEL).figures, rows).max())
    assert surest == sorted(surest)
    assert TARGET < surest[0] < surest[-1] - 0.01


def test_labels_of_what_is_plainly_wrong_do_not_make_the_rest_true():
    """Of each picture the best things are known to be true, and the worst to be false."""
    rows = pictures(300)
    order = np.argsort(ranker(rows).scores(rows)[:, : len(THINGS)], axis=1)
    truth = np.full((300, len(WORDS.terms)), -1, np.int8)
    np.put_along_axis(truth, order[:, :4], 0, axis=1)
    np.put_along_axis(truth, order[:, -2:], 1, axis=1)
    with pytest.raises(ModelError, match="object: hardly any of its best candidates is labelled as false"):
        fit(Labelled(rows, truth, np.ones(300, bool)), WORDS, VECTORS, MODEL)


def test_what_is_plainly_wrong_changes_nothing():
    """Most terms are false of most pictures; how many of these are labelled must not matter."""
    rows = pictures(300)
    data = only(labelled(rows), "object")
    order = np.argsort(ranker(rows).scores(rows)[:, : len(THINGS)], axis=1)
    truth = data.truth.copy()
    np.put_along_axis(truth, order[:, :10], -1, axis=1)
    all_labels, fewer = (
        fit(replace(data, truth=each), WORDS, VECTORS, MODEL) for each in (data.truth, truth)
    )
    assert all_labels.figures.scales == fewer.figures.scales
    assert all_labels.facets[0].after == fewer.facets[0].after


def test_scores_that_tell_nothing_never_lead_to_writing():
    rows = pictures(400)
    truth = np.random.default_rng(4).random((400, len(WORDS.terms))) < 0.1
    truth = truth.astype(np.int8)
    truth[:, -len(MEDIA) :] = -1
    figures = fit(Labelled(rows, truth, np.ones(400, bool)), WORDS, VECTORS, MODEL).figures
    assert figures.ceiling == UNKNOWN_CEILING
    assert confidences(figures, rows).max() <= UNKNOWN_CEILING


@pytest.mark.parametrize("turned", [1, -1], ids=["as the scores say", "the other way round"])
def test_a_better_score_is_never_less_probable(turned):
    rows = pictures(300)
    scores = ranker(rows).scores(rows)
    truth = (turned * scores > 1.2).astype(np.int8)
    truth[:, -len(MEDIA) :] = -1
    figures = fit(Labelled(rows, truth, np.ones(300, bool)), WORDS, VECTORS, MODEL).figures
    assert all(scale > 0 for scale in figures.scales.values())
    order = np.argsort(scores[:, 0])
    assert (np.diff(confidences(figures, rows)[order, 0]) >= 0).all()


def test_a_parent_is_judged_by_what_its_kinds_give_it():
    words = Vocabulary((term("animal"), *(each._replace(parent="animal") for each in THINGS)))
    rows = pictures(3000, words=words)
    best = ranker(rows, words).scores(rows).max(axis=1)
    truth = np.full((3000, len(words.terms)), -1, np.int8)
    truth[:, 0] = np.random.default_rng(6).random(3000) < sigmoid(1.4 * best - 4)
    figures = fit(Labelled(rows, truth, np.ones(3000, bool)), words, vectors_of(words), MODEL).figures
    assert (figures.scales["object"], figures.offsets["object"]) == pytest.approx((1.4, -4), rel=0.15)


@pytest.mark.parametrize("count", [0, 1, LEAST_PICTURES - 1])
def test_too_few_pictures_are_refused_with_how_many_it_takes(count):
    truth, is_photograph = np.zeros((count, len(WORDS.terms)), np.int8), np.ones(count, bool)
    with pytest.raises(ModelError, match=f": {count}; label {LEAST_PICTURES} at least, better 200"):
        fit(Labelled(pictures(60)[:count], truth, is_photograph), WORDS, VECTORS, MODEL)


def test_the_least_number_of_pictures_is_enough():
    assert fit(labelled(pictures(LEAST_PICTURES)), WORDS, VECTORS, MODEL).figures.scales


def test_a_facet_with_few_labels_keeps_the_figures_it_had():
    data = labelled(pictures(300))
    truth = data.truth.copy()
    places = slice(len(THINGS), len(THINGS) + len(PLACES))
    truth[LEAST_OF_FACET - 1 :, places] = -1
    fitted = fit(replace(data, truth=truth), WORDS, VECTORS, MODEL)
    scene = next(each for each in fitted.facets if each.facet == "scene")
    assert f"it takes {LEAST_OF_FACET}" in scene.kept
    assert set(fitted.figures.scales) == {"object"}


def test_a_facet_of_which_hardly_anything_is_false_keeps_the_figures_it_had():
    data = labelled(pictures(300))
    truth = data.truth.copy()
    places = truth[:, len(THINGS) : len(THINGS) + len(PLACES)]
    places[places == 0] = -1
    fitted = fit(replace(data, truth=truth), WORDS, VECTORS, MODEL)
    assert "false" in next(each.kept for each in fitted.facets if each.facet == "scene")
    assert set(fitted.figures.scales) == {"object"}


def test_if_no_facet_can_be_fitted_it_is_said_why_of_each():
    data = labelled(pictures(300))
    truth = np.where(data.truth == 1, -1, data.truth).astype(np.int8)
    with pytest.raises(
        ModelError, match=r"object: pictures of which something is true: 0, .*scene: "
    ) as refused:
        fit(replace(data, truth=truth), WORDS, VECTORS, MODEL)
    assert "medium" not in str(refused.value)


def test_mean_and_covariance_are_those_of_photographs():
    rows = pictures(300)
    rows[200:] = unit(np.random.default_rng(7).normal(size=(100, DIM)))
    data = replace(labelled(rows), is_photograph=np.arange(300) < 200)
    mean, covariance = calibrate.statistics(rows[:200])
    figures = fit(data, WORDS, VECTORS, MODEL).figures
    assert np.allclose(figures.mean, mean, atol=1e-6)
    assert np.allclose(figures.covariance, covariance, atol=1e-6)


@pytest.mark.parametrize("photographs", [0, LEAST_PICTURES - 1])
def test_too_few_photographs_to_tell_count_no_more_than_other_pictures(photographs):
    rows = pictures(200)
    data = replace(labelled(rows), is_photograph=np.arange(200) < photographs)
    assert np.allclose(fit(data, WORDS, VECTORS, MODEL).figures.mean, rows.mean(axis=0), atol=1e-6)


def test_statistics_are_mean_and_covariance():
    rows = pictures(5000)
    mean, covariance = calibrate.statistics(rows)
    assert np.allclose(mean, rows.mean(axis=0), atol=1e-6)
    assert np.allclose(np.diag(covariance), rows.var(axis=0), rtol=1e-2)
    plain = np.cov(rows.T)
    off = ~np.eye(DIM, dtype=bool)
    assert np.allclose(covariance[off], (1 - calibrate.SHRINK) * plain[off], atol=1e-6)
    assert (np.linalg.eigvalsh(calibrate.statistics(rows[:8])[1]) > 0).all()  # fewer pictures than numbers


@pytest.mark.parametrize(
    ("right", "wrong", "prior", "expected"),
    [
        (0, 0, UNKNOWN_CEILING, UNKNOWN_CEILING),
        (0, 0, 0.99, 0.99),
        (8, 0, 0.5, 0.9),
        (6, 2, 0.5, 0.7),
        (0, 8, 0.5, UNKNOWN_CEILING),
        (0, 8, 0.99, UNKNOWN_CEILING),
        (200, 0, 0.99, CEILING),
        (100_000, 0, 0.5, CEILING),
    ],
)
def test_the_ceiling_is_how_often_sure_is_right(right, wrong, prior, expected):
    is_true = np.arange(right + wrong) < right
    sure = np.full(right + wrong, (1 + TARGET) / 2, np.float32)
    assert calibrate.ceiling(sure, np.random.default_rng(1).permutation(is_true), prior) == pytest.approx(
        expected
    )


def test_the_ceiling_heeds_only_what_is_sure():
    sure, doubtful = np.full(18, TARGET + 0.1, np.float32), np.full(500, TARGET - 0.1, np.float32)
    is_true = np.arange(518) < 18
    assert calibrate.ceiling(np.concatenate([sure, doubtful]), is_true, 0.5) == pytest.approx(19 / 20)


def test_the_ceiling_is_that_of_the_surest_if_there_are_many():
    found = np.linspace(TARGET + 0.01, 0.999, 5000, dtype=np.float32)
    assert calibrate.ceiling(found, found > 0.95, 0.5) > 0.98
    assert calibrate.ceiling(found, found < 0.95, 0.5) < TARGET


def test_a_handful_of_the_surest_is_not_enough_for_a_high_ceiling():
    found = np.linspace(TARGET + 0.01, 0.999, 200, dtype=np.float32)
    assert calibrate.ceiling(found, found >= found[-5], 0.5) < TARGET


FIGURES = {"scales": {"object": 1.1, "scene": 0.7}, "offsets": {"object": -2.0, "scene": -2.5}}


def corrected(*terms):
    """Directions of some terms, as training makes them."""
    random = np.random.default_rng(8)
    return {
        term_vectors.key_of(each, MODEL): (
            random.normal(0, 2, DIM).astype(np.float16).astype(np.float32),
            -0.5,
        )
        for each in terms
    }


def test_figures_that_came_with_the_model_are_kept_where_labels_agree(shipped):
    rows = pictures(1500)
    came_with = ship(shipped, rows, **FIGURES, corrections=corrected(*THINGS[:20]))
    judge = Ranker(WORDS, VECTORS, came_with)
    truth = np.random.default_rng(9).random((1500, len(WORDS.terms))) < judge.confidences(
        rows, judge.scores(rows)
    )
    truth = truth.astype(np.int8)
    truth[:, -len(MEDIA) :] = -1
    fitted = fit(Labelled(rows, truth, np.ones(1500, bool)), WORDS, VECTORS, MODEL)
    for facet in FIGURES["scales"]:
        assert fitted.figures.scales[facet] == pytest.approx(FIGURES["scales"][facet], rel=0.1)
        assert fitted.figures.offsets[facet] == pytest.approx(FIGURES["offsets"][facet], abs=0.2)
    assert all(each.before < 0.04 and each.after < 0.04 for each in fitted.facets)


def test_mean_and_directions_that_came_with_the_model_survive(shipped):
    bank = pictures(500, seed=11)
    came_with = ship(shipped, bank, **FIGURES, corrections=corrected(*THINGS[:20]))
    figures = fit(only(labelled(pictures(300)), "object"), WORDS, VECTORS, MODEL).figures
    assert np.array_equal(figures.mean, came_with.mean)
    assert np.array_equal(figures.covariance, came_with.covariance)
    factor = figures.scales["object"] / came_with.scales["object"]
    assert factor != pytest.approx(1, abs=0.01)
    assert figures.scales["scene"] == came_with.scales["scene"]
    for key, (direction, bias) in came_with.corrections.items():
        assert np.allclose(figures.corrections[key][0], factor * direction, rtol=1e-5)
        assert figures.corrections[key][1] == pytest.approx(factor * bias)


def test_figures_of_another_model_are_no_start(shipped):
    ship(shipped, pictures(500, seed=11), **FIGURES)
    rows = pictures(200)
    figures = fit(labelled(rows), WORDS, VECTORS, "another").figures
    assert np.allclose(figures.mean, rows.mean(axis=0), atol=1e-6)


def with_media(rows, is_best):
    """Labels of the medium: the nearest by cosine, or any."""
    best = (rows @ VECTORS[-len(MEDIA) :].T).argmax(axis=1)
    named = best if is_best else np.random.default_rng(10).permutation(best)
    truth = np.full((len(rows), len(WORDS.terms)), -1, np.int8)
    truth[:, -len(MEDIA) :] = np.arange(len(MEDIA)) == named[:, None]
    return Labelled(rows, truth, named == 0)


@pytest.mark.parametrize("is_best", [True, False], ids=["as it ranks them", "at random"])
def test_media_keep_their_order_and_become_as_sure_as_they_are_right(is_best):
    rows = pictures(400)
    data = with_media(rows, is_best)
    fitted = fit(data, WORDS, VECTORS, MODEL)
    found = confidences(replace(fitted.figures, ceiling=1.0), rows)[:, -len(MEDIA) :]
    assert (found.argmax(axis=1) == (rows @ VECTORS[-len(MEDIA) :].T).argmax(axis=1)).all()
    right = (data.truth[:, -len(MEDIA) :] == 1)[np.arange(400), found.argmax(axis=1)].mean()
    assert found.max(axis=1).mean() == pytest.approx(right, abs=0.12)


def test_media_alone_do_not_raise_the_ceiling():
    assert fit(with_media(pictures(400), True), WORDS, VECTORS, MODEL).figures.ceiling == UNKNOWN_CEILING


def test_figures_come_back_from_their_file(tmp_path):
    figures = fit(labelled(pictures(200)), WORDS, VECTORS, MODEL).figures
    calibration.write(calibration.own_path(MODEL, tmp_path), figures)
    found = calibration.load(MODEL, DIM, tmp_path)
    assert (found.scales, found.offsets, found.ceiling) == (figures.scales, figures.offsets, figures.ceiling)


def test_unlabelled_facets_are_as_careful_as_those_of_an_unknown_model():
    rows = pictures(400)
    figures = fit(only(labelled(rows), "object"), WORDS, VECTORS, MODEL).figures
    places = slice(len(THINGS), len(THINGS) + len(PLACES))
    scores = ranker(rows).scores(rows)[:, places]
    expected = np.minimum(sigmoid(UNKNOWN_SCALE * scores + UNKNOWN_OFFSET), figures.ceiling)
    assert np.allclose(confidences(figures, rows)[:, places], expected, atol=1e-4)


def test_the_same_labels_give_the_same_figures():
    data = labelled(pictures(200))
    first, second = (fit(data, WORDS, VECTORS, MODEL) for _ in range(2))
    assert first.facets == second.facets
    assert (first.figures.scales, first.figures.ceiling) == (second.figures.scales, second.figures.ceiling)
