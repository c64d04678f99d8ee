"""Fits that are known beforehand are found again, and few labels move nothing far."""

import math

import numpy as np
import pytest

from alttext.ranking import platt
from alttext.ranking.calibration import UNKNOWN_OFFSET, UNKNOWN_SCALE


def sigmoid(logits):
    return 1 / (1 + np.exp(-logits))


def drawn(scale, offset, count, seed=1):
    """Scores as a ranking has them, and labels that are as often true as the line says."""
    random = np.random.default_rng(seed)
    scores = random.normal(size=count).astype(np.float32)
    return scores, random.random(count) < sigmoid(scale * scores + offset)


def missed(line, scores, is_true):
    """Negative log-likelihood of labels, in the plainest form."""
    right = np.where(is_true, sigmoid(line[0] * scores + line[1]), 1 - sigmoid(line[0] * scores + line[1]))
    return -np.log(right).sum()


@pytest.mark.parametrize(("scale", "offset"), [(1.2, -4.0), (2.5, -7.0), (0.3, -2.0), (1.0, 0.0), (3.0, 2.0)])
def test_a_line_is_found_again(scale, offset):
    found = platt.line(*drawn(scale, offset, 60_000))
    assert found == pytest.approx((scale, offset), rel=0.06, abs=0.06)


@pytest.mark.parametrize("seed", range(3))
def test_no_line_nearby_explains_many_labels_better(seed):
    scores, is_true = drawn(1.5, -3.0, 20_000, seed)
    scale, offset = platt.line(scores, is_true)
    at_best = missed((scale, offset), scores.astype(float), is_true)
    for change in ((0.05, 0), (-0.05, 0), (0, 0.05), (0, -0.05), (0.05, -0.05), (-0.05, 0.05)):
        assert missed((scale + change[0], offset + change[1]), scores.astype(float), is_true) > at_best


@pytest.mark.parametrize("prior", [(UNKNOWN_SCALE, UNKNOWN_OFFSET), (1.0, 0.0), (2.0, -3.0)])
def test_without_labels_the_prior_stays(prior):
    nothing = np.empty(0, np.float32)
    assert platt.line(nothing, nothing.astype(bool), prior) == pytest.approx(prior)


def test_labels_that_a_line_separates_do_not_make_it_certain():
    apart = np.repeat([4.0, -1.0], 10).astype(np.float32)
    scale, offset = platt.line(apart, apart > 0, prior=(0.6, -4.5))
    assert 0.5 < sigmoid(4 * scale + offset) < 0.99


def test_the_more_labels_agree_the_surer_they_are():
    sure = []
    for count in (2, 5, 20, 100, 1000):
        apart = np.repeat([4.0, -1.0], count).astype(np.float32)
        scale, offset = platt.line(apart, apart > 0)
        sure.append(sigmoid(4 * scale + offset))
    assert sure == sorted(sure)
    assert sure[0] < 0.5
    assert sure[-1] > 0.95


@pytest.mark.parametrize(
    ("scores", "is_true"),
    [
        (np.linspace(-3, 3, 500), np.linspace(-3, 3, 500) < 0),
        (np.linspace(-3, 3, 500), np.zeros(500)),
        (np.linspace(-3, 3, 500), np.ones(500)),
        (np.zeros(500), np.arange(500) % 2),
        (np.full(500, 40.0), np.arange(500) % 5 == 0),
        (np.repeat([-300.0, 300.0], 9), np.repeat([False, True], 9)),
    ],
    ids=["against the labels", "all false", "all true", "all scores alike", "far from zero", "huge"],
)
def test_a_better_score_never_makes_less_probable(scores, is_true):
    scale, offset = platt.line(scores.astype(np.float32), is_true.astype(bool))
    assert scale > 0
    assert math.isfinite(offset)


def test_scores_that_tell_nothing_give_the_share_that_is_true():
    scores, _ = drawn(1, 0, 5000)
    is_true = np.arange(5000) % 10 == 0
    scale, offset = platt.line(scores, is_true)
    assert sigmoid(scale * scores + offset) == pytest.approx(0.1, abs=0.05)


def competing(factor, count, seed=2):
    """Logits of five that exclude each other, and which was drawn with that sharpness."""
    random = np.random.default_rng(seed)
    logits = random.normal(0, 2, (count, 5))
    chosen = (logits * factor + random.gumbel(size=logits.shape)).argmax(axis=1)
    return logits.astype(np.float32), np.eye(5, dtype=bool)[chosen]


@pytest.mark.parametrize("factor", [0.25, 1.0, 3.0])
def test_a_temperature_is_found_again(factor):
    assert platt.temperature(*competing(factor, 8000)) == pytest.approx(factor, rel=0.08)


def test_without_labels_the_temperature_stays():
    assert platt.temperature(np.empty((0, 5), np.float32), np.empty((0, 5), bool)) == pytest.approx(1)


def test_one_label_changes_the_temperature_less_than_many():
    few, many = (platt.temperature(*competing(4, count)) for count in (1, 1000))
    assert 1 <= few < many


def test_it_is_enough_to_know_that_it_is_one_of_two():
    logits, is_true = competing(2, 8000)
    assert platt.temperature(logits, is_true | np.roll(is_true, 1, axis=1)) == pytest.approx(2, rel=0.1)


def test_confidences_that_are_as_often_true_as_they_say_have_no_error():
    random = np.random.default_rng(4)
    confidences = random.random(200_000).astype(np.float32)
    assert platt.calibration_error(confidences, random.random(200_000) < confidences) < 0.01


@pytest.mark.parametrize(
    ("confidence", "share", "error"), [(0.9, 0.5, 0.4), (0.1, 0.5, 0.4), (0.25, 0.25, 0.0), (0.0, 1.0, 1.0)]
)
def test_the_error_is_the_gap_to_the_truth(confidence, share, error):
    is_true = np.random.default_rng(5).permutation(1000) < share * 1000
    confidences = np.full(1000, confidence, np.float32)
    confidences += np.linspace(0, 1e-4, 1000, dtype=np.float32)  # so that bins are cut across labels
    assert platt.calibration_error(confidences, is_true) == pytest.approx(error, abs=0.03)


def test_too_high_and_too_low_do_not_make_up_for_each_other():
    confidences = np.repeat([0.9, 0.1], 500).astype(np.float32)
    assert platt.calibration_error(confidences, confidences < 0.5) == pytest.approx(0.9, abs=1e-6)


def test_of_nothing_there_is_no_error():
    assert math.isnan(platt.calibration_error(np.empty(0, np.float32), np.empty(0, bool)))
