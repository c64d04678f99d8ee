"""Judge whether an alternative goes with a picture, by how it compares with captions of other pictures.

A cosine alone tells little, so it is standardised twice, as terms are in `scores`: over photographs, because
some texts are like every picture, and over captions of other pictures, because some pictures are like every
text. What is left becomes a probability by figures that were fitted on alternatives that people wrote, each
beside one that was taken from another picture. Made by `python -m training --steps critic`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alttext.errors import ModelError
from alttext.ranking import calibration as calibrations
from alttext.ranking.scores import column_scores, sigmoid, spreads

Array = NDArray[np.float32]

SHIPPED = Path(__file__).parent / "model" / "critic.npz"
# Kinds of pictures whose alternatives say what is seen; of charts and screenshots they tell what is meant.
MEDIA = frozenset(
    "photograph artwork painting drawing sketch cartoon illustration print rendering".split()  # noqa: SIM905
)
# Deviations by which two alternatives have to fit better the other way round: among 436 pictures with their
# own captions, no two are so.
EXCHANGED = 1.5
_EVEN = 0.5
_CHUNK = 256  # rows that are compared with all others at a time
_ARRAYS = ("model_id", "background", "scale", "offset", "threshold")


@dataclass(frozen=True)
class Critic:
    """The figures of one model, and what it makes of pictures and alternatives as unit rows."""

    model_id: str
    mean: Array  # (d,) of the vectors of photographs
    covariance: Array  # (d, d)
    background: Array  # (b, d) captions of other pictures
    scale: float  # a text that fits by z deviations is wrong with the logit -(scale * z + offset)
    offset: float
    threshold: float  # probability of being wrong from which an alternative is doubted

    def fits(self, images: Array, texts: Array) -> Array:
        """How much better each text fits each picture than captions of others do, in deviations `(n, m)`."""
        usual, spread = self._usual(images)
        fits: Array = (self._scores(images, texts) - usual[:, None]) / spread[:, None]
        return fits

    def own_fits(self, images: Array, texts: Array) -> Array:
        """The same for pairs: each text with the picture of its row `(n,)`."""
        usual, spread = self._usual(images)
        own = ((images - self.mean) * texts).sum(axis=1) / spreads(texts, self.covariance)
        fits: Array = (own - usual) / spread
        return fits

    def doubts(self, fits: Array) -> Array:
        """Probabilities that texts which fit so well are of other pictures, if every second one were."""
        return sigmoid(-(np.float32(self.scale) * fits + np.float32(self.offset)))

    def better(self, images: Array, texts: Array) -> NDArray[np.int64]:
        """How many captions of other pictures fit each picture better than its own text `(n,)`."""
        own = self.own_fits(images, texts)[:, None]
        return np.asarray((self.fits(images, self.background) > own).sum(axis=1), np.int64)

    def exchanged(self, images: Array, texts: Array) -> dict[int, int]:
        """Rows of pairs that seem to have exchanged their texts, each with the row of the other one.

        Both texts fit far better the other way round, and well enough that it is probably right so.
        """
        own, count = self.own_fits(images, texts), len(images)
        chunks = (np.arange(start, min(start + _CHUNK, count)) for start in range(0, count, _CHUNK))
        return {row: other for rows in chunks for row, other in self._partners(images, texts, own, rows)}

    def _partners(
        self, images: Array, texts: Array, own: Array, rows: NDArray[np.intp]
    ) -> Iterator[tuple[int, int]]:
        theirs = self.fits(images[rows], texts)  # all texts, with the pictures of these rows
        ours = self.fits(images, texts[rows]).T  # the texts of these rows, with all pictures
        gains = np.minimum(theirs - own[rows, None], ours - own)
        gains[self.doubts(np.minimum(theirs, ours)) >= _EVEN] = 0
        for row, of_row in zip(rows.tolist(), gains, strict=True):
            if of_row.max() >= EXCHANGED:
                yield row, int(of_row.argmax())

    def _usual(self, images: Array) -> tuple[Array, Array]:
        """Mean and deviation of what captions of other pictures score on each picture."""
        among = self._scores(images, self.background)
        return among.mean(axis=1), among.std(axis=1)

    def _scores(self, images: Array, texts: Array) -> Array:
        return column_scores(images, texts, self.mean, self.covariance)


def load(model_id: str, dim: int, path: Path = SHIPPED) -> Critic:
    """The figures of a model. Raises ModelError if there are none, or if they are damaged."""
    figures = calibrations.shipped(model_id, dim)
    stored = _read(path) if path.exists() else {}
    if figures is None or str(stored.get("model_id")) != model_id:
        raise ModelError(
            f"{model_id}: nobody measured how well this model tells a right alternative from a wrong one; "
            'compare alternatives with model = "embedded"'
        )
    return Critic(
        model_id=model_id,
        mean=figures.mean,
        covariance=figures.covariance,
        background=stored["background"].astype(np.float32),
        scale=float(stored["scale"]),
        offset=float(stored["offset"]),
        threshold=float(stored["threshold"]),
    )


def write(path: Path, critic: Critic) -> None:
    """Keep what is not in the calibration of the model; vectors in half precision. Raises OSError."""
    np.savez_compressed(
        path,
        model_id=np.array(critic.model_id),
        background=critic.background.astype(np.float16),
        scale=np.array(critic.scale),
        offset=np.array(critic.offset),
        threshold=np.array(critic.threshold),
    )


def _read(path: Path) -> dict[str, NDArray[np.generic]]:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return {name: stored[name] for name in _ARRAYS}
    except Exception as error:  # for damaged bytes zipfile, zlib and numpy have a dozen kinds
        raise ModelError(f"{path}: the figures are damaged ({error}); reinstall alttext-clip") from error
