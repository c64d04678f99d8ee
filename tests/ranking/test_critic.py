"""Whether an alternative goes with a picture: the algebra on small vectors, the figures on real pictures."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from alttext.errors import ModelError
from alttext.ranking import critic
from alttext.ranking.critic import Critic
from alttext.ranking.encode_embedded import EmbeddedEncoder

DIM = 16
PICTURES = Path(__file__).parents[2] / "examples/site/images"
TRUE = {
    "cat.jpg": "A tabby cat looking up",
    "coffee.jpg": "A cup of espresso with a spoon",
    "path.jpg": "The path to the pass, snow still lying on its north side",
    "flower.jpg": "A flower",
    "stream.jpg": "A stream in a forest",
}


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def judge():
    """A critic for whom pictures are the first axes of a space, and captions of others are anywhere."""
    captions = unit(np.random.default_rng(1).normal(size=(64, DIM)))
    mean, covariance = np.zeros(DIM, np.float32), np.eye(DIM, dtype=np.float32)
    return Critic("axes", mean, covariance, captions, scale=2.0, offset=-3.0, threshold=0.9)


@pytest.fixture(scope="module")
def images():
    return np.eye(DIM, dtype=np.float32)[:6]


@pytest.fixture(scope="module")
def embedded():
    return EmbeddedEncoder()


@pytest.fixture(scope="module")
def shown(embedded):
    return embedded.encode_images([Image.open(PICTURES / name) for name in TRUE])


def test_its_own_text_fits_a_picture_best(judge, images):
    assert (judge.fits(images, images).argmax(axis=1) == np.arange(len(images))).all()


def test_fits_of_pairs_are_those_of_all_with_all(judge, images):
    texts = unit(np.random.default_rng(2).normal(size=(len(images), DIM)))
    expected = np.diagonal(judge.fits(images, texts))
    np.testing.assert_allclose(judge.own_fits(images, texts), expected, rtol=1e-4, atol=1e-4)


def test_captions_of_other_pictures_fit_by_nothing_on_average(judge, images):
    fits = judge.fits(images, judge.background)
    np.testing.assert_allclose(fits.mean(axis=1), 0, atol=1e-4)
    np.testing.assert_allclose(fits.std(axis=1), 1, atol=1e-4)


def test_what_fits_less_is_doubted_more(judge):
    doubts = judge.doubts(np.array([-4, 0, 1.5, 4], np.float32))
    assert (np.diff(doubts) < 0).all()
    assert doubts[2] == pytest.approx(0.5)


def test_no_caption_fits_better_than_the_picture_itself(judge, images):
    assert (judge.better(images, images) == 0).all()
    assert (judge.better(images, -images) > 32).all()


def test_exchanged_texts_are_named_both_ways(judge, images):
    texts = images[[1, 0, 2, 3, 4, 5]]
    assert judge.exchanged(images, texts) == {0: 1, 1: 0}


def test_they_are_found_among_more_pairs_than_are_compared_at_a_time(judge, images, monkeypatch):
    monkeypatch.setattr(critic, "_CHUNK", 4)
    assert judge.exchanged(images, images[[5, 1, 2, 3, 4, 0]]) == {0: 5, 5: 0}


def test_nothing_is_exchanged_where_everything_is_right(judge, images):
    assert judge.exchanged(images, images) == {}


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([1, 2, 0, 3, 4, 5], id="texts that went round in a circle"),
        pytest.param([1, 1, 2, 3, 4, 5], id="a text that is right elsewhere"),
    ],
)
def test_a_picture_without_a_counterpart_has_no_partner(judge, images, texts):
    assert judge.exchanged(images, images[texts]) == {}


def test_the_same_picture_is_no_partner_of_itself(judge, images):
    twice = images[[0, 0, 1]]
    assert judge.exchanged(twice, images[[1, 1, 1]]) == {}


def test_figures_are_kept_in_a_file(judge, embedded, tmp_path):
    file = tmp_path / "critic.npz"
    critic.write(file, replace(judge, model_id=embedded.model_id))
    read = critic.load(embedded.model_id, embedded.dim, file)
    assert (read.scale, read.offset, read.threshold) == (2.0, -3.0, 0.9)
    np.testing.assert_allclose(read.background, judge.background, atol=1e-3)


@pytest.mark.parametrize("file", [critic.SHIPPED, Path("nowhere.npz")])
def test_a_model_without_figures_is_refused_rather_than_guessed_about(file):
    with pytest.raises(ModelError, match=r"openai/clip: nobody measured.*embedded"):
        critic.load("openai/clip", 512, file)


def test_damaged_figures_are_an_error_with_the_next_step(embedded, tmp_path):
    file = tmp_path / "critic.npz"
    file.write_bytes(b"PK\x03\x04")
    with pytest.raises(ModelError, match=r"critic.npz: the figures are damaged .*reinstall"):
        critic.load(embedded.model_id, embedded.dim, file)


def test_true_alternatives_of_real_pictures_are_not_doubted(embedded, shown):
    shipped = critic.load(embedded.model_id, embedded.dim)
    fits = shipped.own_fits(shown, embedded.encode_texts(list(TRUE.values())))
    assert (shipped.doubts(fits) < shipped.threshold).all()


def test_alternatives_of_other_pictures_are_doubted_and_exchanges_named(embedded, shown):
    shipped = critic.load(embedded.model_id, embedded.dim)
    texts = embedded.encode_texts(list(TRUE.values()))[[2, 1, 0, 3, 4]]
    doubts = shipped.doubts(shipped.own_fits(shown, texts))
    assert set(np.flatnonzero(doubts >= shipped.threshold)) == {0, 2}
    assert shipped.exchanged(shown, texts) == {0: 2, 2: 0}
