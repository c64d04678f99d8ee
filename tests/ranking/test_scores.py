"""The algebra that makes similarities comparable between terms, and between pictures."""

import numpy as np
import pytest

from alttext.ranking import scores as algebra


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
        algebra.column_scores(images, terms, bank.mean(axis=0), covariance), deviations, atol=2e-3
    )


@pytest.mark.parametrize("seed", range(4))
def test_columns_keep_the_order_of_pictures_for_each_term(seed):
    random = np.random.default_rng(seed)
    bank, terms = unit_rows(random, 60, 16, lean=3), unit_rows(random, 20, 16, lean=1)
    scores = algebra.column_scores(bank, terms, bank.mean(axis=0), np.cov(bank.T).astype(np.float32))
    assert np.array_equal(scores.argsort(axis=0), (bank @ terms.T).argsort(axis=0))


def test_columns_take_out_that_a_term_is_like_every_picture():
    random = np.random.default_rng(0)
    bank, terms = unit_rows(random, 200, 16, lean=20), unit_rows(random, 30, 16)
    terms[0] = np.eye(16)[0]  # where all pictures lean to
    cosines = bank @ terms.T
    scores = algebra.column_scores(bank, terms, bank.mean(axis=0), np.cov(bank.T).astype(np.float32))
    assert (cosines.argmax(axis=1) == 0).all()
    assert (scores.argmax(axis=1) == 0).mean() < 0.2


@pytest.mark.parametrize("seed", range(4))
def test_rows_keep_the_order_of_terms_within_each_picture(seed):
    random = np.random.default_rng(seed)
    scores = random.normal(size=(12, 50)).astype(np.float32)
    shared = random.random(50) < 0.7
    assert np.array_equal(algebra.row_scores(scores, shared).argsort(axis=1), scores.argsort(axis=1))


def test_rows_take_out_that_a_picture_is_like_every_term():
    scores = np.random.default_rng(0).normal(size=(1, 40)).astype(np.float32)
    shared = np.arange(40) < 30
    pale, strong = algebra.row_scores(scores * 0.1, shared), algebra.row_scores(scores * 3 + 5, shared)
    assert np.allclose(pale, strong, atol=1e-4)
    assert np.allclose([pale[0, :30].mean(), pale[0, :30].std()], [0, 1], atol=1e-5)


@pytest.mark.parametrize(
    "scores", [np.zeros((2, 5)), np.full((2, 5), 7.0), np.zeros((2, 1)), np.zeros((0, 5))]
)
def test_rows_without_differences_are_zero(scores):
    standard = algebra.row_scores(scores.astype(np.float32), np.ones(scores.shape[1], bool))
    assert np.array_equal(standard, np.zeros_like(scores))


def test_a_term_that_never_varies_has_a_finite_score():
    images, terms = np.eye(3, dtype=np.float32), np.eye(3, dtype=np.float32)
    scores = algebra.column_scores(images, terms, np.zeros(3, np.float32), np.zeros((3, 3), np.float32))
    assert np.isfinite(scores).all()


def test_probabilities_of_logits_stay_finite_and_in_order():
    values = np.array([[-1e4, -3, 0, 3, 1e4]], np.float32)
    assert np.allclose(algebra.sigmoid(values), [[0, 0.0474, 0.5, 0.9526, 1]], atol=1e-4)
    assert np.allclose(algebra.softmax(values), [[0, 0, 0, 0, 1]])
    assert np.allclose(algebra.softmax(np.log([[1, 2, 5]])), [[0.125, 0.25, 0.625]])
