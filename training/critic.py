"""Fits how well an alternative has to go with its picture, on alternatives that people wrote.

Half of the validation part fits: captions of Flickr8k and the alternatives of photographs and works of art
in the textbooks of OpenStax, each once with its own picture and once with another of the same set. The other
half judges, see `benchmarks/critic.py`. The background is from the training part.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from alttext.ranking import platt, telling
from alttext.ranking.calibration import Calibration
from alttext.ranking.critic import MEDIA, Critic
from alttext.ranking.encode import Encoder
from alttext.ranking.rank import Ranker
from training.archive import Example
from training.captions import tidy
from training.vectors import by_length

SETS = ("flickr8k", "openstax")
BACKGROUND = 128  # captions of each set
# On the half that fits. The textbooks have 75 pictures there: if 5 in 100 were doubted, this would be luck.
FALSE_ALARMS = 0.01

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Pairs:
    """Pictures with the texts that people wrote for them: row by row."""

    images: Array  # (n, d)
    texts: Array  # (n, d)
    examples: tuple[Example, ...]

    def part(self, is_wanted: NDArray[np.bool_]) -> "Pairs":
        """The pairs where a mask says so."""
        rows = np.flatnonzero(is_wanted)
        return Pairs(
            self.images[rows],
            self.texts[rows],
            tuple(self.examples[row] for row in rows),
        )

    def of(self, name: str) -> "Pairs":
        """The pairs of one set."""
        return self.part(np.array([example.set == name for example in self.examples]))

    def swapped(self, seed: int) -> "Pairs":
        """Each picture with a text of another one."""
        rng, digests = np.random.default_rng(seed), np.array([each.digest for each in self.examples])
        rows = rng.permutation(len(digests))
        while (same := digests[rows] == digests).any():
            rows[same] = rng.integers(0, len(digests), same.sum())
        return replace(self, texts=self.texts[rows])


def pairs(examples: Sequence[Example], vectors: Array, ranker: Ranker, encoder: Encoder) -> Pairs:
    """What would be judged of the examples; `vectors` are those of their pictures."""
    visible = telling.visible_words(ranker.vocabulary.terms)
    found = list(_judged(examples, vectors, ranker, visible))
    rows, words = [row for row, _ in found], [text for _, text in found]
    return Pairs(vectors[rows], _encoded(words, encoder), tuple(examples[row] for row in rows))


def _judged(
    examples: Sequence[Example], vectors: Array, ranker: Ranker, visible: frozenset[str]
) -> Iterator[tuple[int, str]]:
    rows = [row for row, example in enumerate(examples) if example.set in SETS]
    for row, ranking in zip(rows, ranker.rank(vectors[rows]), strict=True):
        if ranking.medium in MEDIA:
            said = (tidy(caption) for caption in examples[row].captions)
            yield from ((row, text) for text in said if telling.can_be_judged(text, visible))


def _encoded(texts: Sequence[str], encoder: Encoder) -> Array:
    order = by_length(texts)
    vectors = np.empty((len(texts), encoder.dim), np.float32)
    vectors[order] = encoder.encode_texts([texts[number] for number in order])
    return vectors


def background(trained: Pairs, seed: int) -> Array:
    """Captions of other pictures, as many of each set, one of a picture at most."""
    rng = np.random.default_rng(seed)
    firsts = trained.part(_is_first(trained))
    return np.concatenate([rng.permutation(firsts.of(name).texts)[:BACKGROUND] for name in SETS])


def _is_first(some: Pairs) -> NDArray[np.bool_]:
    digests = [example.digest for example in some.examples]
    return np.array([digest not in digests[max(0, row - 9) : row] for row, digest in enumerate(digests)])


def fit(trained: Pairs, unseen: Pairs, figures: Calibration, seed: int = 17) -> Critic:
    """Figures for one model: the background from what it was trained on, the rest from what it never saw."""
    mean, covariance = figures.mean, figures.covariance
    start = Critic(figures.model_id, mean, covariance, background(trained, seed), 1.0, 0.0, 1.0)
    right, wrong = (start.own_fits(each.images, each.texts) for each in (unseen, _all_swapped(unseen, seed)))
    fits, is_right = np.concatenate([right, wrong]), np.arange(len(right) * 2) < len(right)
    scale, offset = platt.line(fits, is_right, prior=(1.0, -2.0))
    fitted = replace(start, scale=scale, offset=offset)
    names = np.array([example.set for example in unseen.examples])
    least = min(float(np.quantile(right[names == name], FALSE_ALARMS)) for name in SETS)
    return replace(fitted, threshold=float(fitted.doubts(np.array([least], np.float32))[0]))


def _all_swapped(unseen: Pairs, seed: int) -> Pairs:
    """Each picture with a text of another one of its set."""
    parts = [unseen.of(name).swapped(seed) for name in SETS]
    return Pairs(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in ("images", "texts")),
        tuple(example for part in parts for example in part.examples),
    )
