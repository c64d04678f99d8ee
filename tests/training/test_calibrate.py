"""Figures of the shipped model: lines as good as any, and directions that find what lines cannot."""

import numpy as np
import pytest
import torch

from alttext.ranking import calibrate, platt, term_vectors
from alttext.ranking.calibration import Calibration
from alttext.ranking.rank import Ranker
from alttext.ranking.scores import sigmoid
from alttext.ranking.vocabulary import Vocabulary
from alttext.types import Term
from training.calibrate import ENOUGH, FACETS, Labelled, fit, fit_trained

DIM, COUNT, MODEL = 24, 2000, "fake"
WORDS = Vocabulary(
    tuple(
        Term(f"{facet}-{number}", facet, f"a {facet}", (f"{facet} {number}",))
        for facet in FACETS
        for number in range(6)
    )
)
OBJECTS = slice(FACETS.index("object") * 6, FACETS.index("object") * 6 + 6)


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


RANDOM = np.random.default_rng(1)
TERMS = unit(RANDOM.normal(size=(len(WORDS.terms), DIM)))
PICTURES = unit(RANDOM.normal(0.3, 1, (COUNT, DIM)))


def scores():
    mean, covariance = calibrate.statistics(PICTURES)
    return Ranker(WORDS, TERMS, Calibration(MODEL, mean, covariance, {}, {}, {})).scores(PICTURES)


@pytest.fixture(scope="module")
def data():
    """Truth that follows the scores, but for one object, which is true where pictures lean one way."""
    truth = np.random.default_rng(2).random((COUNT, len(WORDS.terms))) < sigmoid(1.4 * scores() - 3)
    truth[:, OBJECTS.start] = PICTURES[:, 0] > 0.2
    truth = truth.astype(np.int8)
    truth[::7] = -1
    truth[:, OBJECTS.start + 1] = np.where(
        np.cumsum(truth[:, OBJECTS.start + 1] == 1) < ENOUGH, truth[:, OBJECTS.start + 1], -1
    )
    return Labelled(PICTURES, truth, np.arange(COUNT) % 2 == 0)


@pytest.fixture(scope="module")
def figures(data):
    return fit_trained(data, WORDS, TERMS, MODEL)


def test_lines_are_those_that_truth_follows(figures):
    for facet in set(FACETS) - {"object"}:
        assert figures.scales[facet] == pytest.approx(1.4, rel=0.2)
        assert figures.offsets[facet] == pytest.approx(-3, rel=0.2)


def test_mean_and_covariance_are_those_of_photographs(figures):
    mean, covariance = calibrate.statistics(PICTURES[::2])
    assert np.array_equal(figures.mean, mean)
    assert np.array_equal(figures.covariance, covariance)


def test_lines_are_as_good_as_those_of_another_optimizer(data):
    known = data.truth[:, OBJECTS] >= 0
    x, y = scores()[:, OBJECTS][known], data.truth[:, OBJECTS][known] == 1

    def missed(line):
        logits = torch.tensor(x, dtype=torch.float64) * line[0] + line[1]
        target = torch.tensor(y, dtype=torch.float64)
        return torch.nn.functional.binary_cross_entropy_with_logits(logits, target, reduction="sum")

    line = torch.tensor([1.0, -4.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([line], max_iter=200, line_search_fn="strong_wolfe")

    def closure():
        optimizer.zero_grad()
        loss = missed(line)
        loss.backward()
        return loss

    optimizer.step(closure)
    found = torch.tensor(platt.line(x, y), dtype=torch.float64)
    assert missed(found) <= missed(line.detach()) + 0.5  # of thousands; the prior is worth a few labels


def test_only_terms_with_enough_labels_get_a_direction(figures):
    few = WORDS.terms[OBJECTS.start + 1]
    keys = {term_vectors.key_of(term, MODEL) for term in WORDS.terms if term != few}
    assert set(figures.corrections) == keys


def test_a_direction_finds_what_the_vector_of_the_term_does_not_know(data, figures):
    judge = Ranker(WORDS, TERMS, figures)
    found = judge.confidences(PICTURES, judge.scores(PICTURES))[:, OBJECTS.start]
    line = sigmoid(figures.scales["object"] * scores() + figures.offsets["object"])[:, OBJECTS.start]
    is_true = data.truth[:, OBJECTS.start] == 1
    apart, apart_by_line = (each[is_true].mean() - each[~is_true].mean() for each in (found, line))
    assert apart > apart_by_line + 0.02


def test_the_same_seed_gives_the_same_figures(data, figures):
    again = fit_trained(data, WORDS, TERMS, MODEL)
    assert again.scales == figures.scales
    for key, (direction, bias) in figures.corrections.items():
        assert np.allclose(again.corrections[key][0], direction, atol=1e-5)
        assert again.corrections[key][1] == pytest.approx(bias, abs=1e-5)


def test_pictures_that_training_never_saw_decide_how_sure_the_figures_are(data, figures):
    is_true = np.random.default_rng(3).random(data.truth.shape) < sigmoid(0.7 * scores() - 3)
    unseen = Labelled(PICTURES, is_true.astype(np.int8), data.is_photograph)
    moved = fit(data, unseen, WORDS, TERMS, MODEL)
    assert np.array_equal(moved.mean, figures.mean)
    assert set(moved.corrections) == set(figures.corrections)
    for facet in set(FACETS) - {"medium"}:
        assert moved.scales[facet] < figures.scales[facet]
