"""What each step of the ranking is worth: `python -m benchmarks.ablation --data DIR [--model M]`.

On photographs that neither training nor calibration saw. Within one picture, how often the best scene and the
best object are right; over all pictures, how well each term tells those that show it from those that do not
(mean average precision, as in SPARC, https://arxiv.org/abs/2502.16911); and how far probabilities are off.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from alttext.config import Settings
from alttext.describer import Describer
from alttext.ranking import platt
from alttext.ranking.pixels import corners
from alttext.ranking.rank import Ranker
from alttext.ranking.scores import column_scores, sigmoid
from benchmarks.arguments import parser
from training.archive import Archives, read_examples
from training.captions import PHOTOGRAPHIC
from training.truth import Truth
from training.vectors import BATCH
from training.verdicts import FALSE, TRUE

LEAST_TRUE = 5  # pictures of a term before its precision means something
FACETS = ("scene", "object", "activity")

Array = NDArray[np.float32]


def main() -> None:
    """Prints a line for each step, every one on top of the one before."""
    options = parser(__doc__).parse_args()
    examples = [each for each in read_examples(options.data) if each.judges and each.set in PHOTOGRAPHIC]
    describer, archives = Describer(Settings(model=options.model)), Archives(options.data)
    parts = [examples[start : start + BATCH] for start in range(0, len(examples), BATCH)]
    views = [_views(describer, [archives.image(each) for each in part]) for part in parts]
    images, *crops = (np.concatenate(rows) for rows in zip(*views, strict=True))
    truth = Truth(describer.ranker.vocabulary).rows(examples)
    print(f"{'':<34}{''.join(f'best {facet:<11}' for facet in FACETS)}mean AP  error of the best")
    for name, values, probable in steps(describer.ranker, images, crops):
        best = "".join(f"{of_best(describer.ranker, values, truth, facet):<16.3f}" for facet in FACETS)
        off = f"{error(describer.ranker, values, truth):.3f}" if probable else "-"
        print(f"{name:<34}{best}{precision(values, truth):<7.3f}  {off}")


def _views(describer: Describer, images: Sequence[Image.Image]) -> list[Array]:
    """Rows of the pictures, and of each of their corners."""
    return [
        describer.encoder.encode_images(each) for each in (images, *zip(*map(corners, images), strict=True))
    ]


def steps(ranker: Ranker, images: Array, crops: Sequence[Array]) -> Iterator[tuple[str, Array, bool]]:
    """Name and values `(n, terms)` of each step, and whether these are probabilities."""
    yield "cosine", images @ ranker.vectors.T, False
    figures = ranker.calibration
    yield "of each term", column_scores(images, ranker.vectors, figures.mean, figures.covariance), False
    scores = ranker.scores(images)
    yield "and of each picture standardised", scores, False
    yield "lines of the facets", sigmoid(ranker.lines(scores)), True
    yield "directions of the terms", sigmoid(ranker.logits(images, scores)), True
    yield "parents as probable as children", ranker.confidences(images, scores), True
    yield "corners (an option)", ranker.confidences(images, scores, crops), True


def of_best(ranker: Ranker, values: Array, truth: NDArray[np.int8], facet: str) -> float:
    """How often the best term of a facet is right, where anything is known to be true and this is known."""
    rows = _rows(ranker, facet)
    verdicts = truth[:, rows][np.arange(len(values)), values[:, rows].argmax(axis=1)]
    told = (truth[:, rows] == TRUE).any(axis=1) & (verdicts >= FALSE)
    return float((verdicts[told] == TRUE).mean())


def error(ranker: Ranker, values: Array, truth: NDArray[np.int8]) -> float:
    """Calibration error of the best term of each facet."""
    pairs = []
    for facet in FACETS:
        rows = _rows(ranker, facet)
        best = rows[values[:, rows].argmax(axis=1)]
        verdicts = truth[np.arange(len(values)), best]
        told = verdicts >= FALSE
        pairs.append((values[np.arange(len(values)), best][told], verdicts[told] == TRUE))
    return platt.calibration_error(*(np.concatenate(part) for part in zip(*pairs, strict=True)))


def precision(values: Array, truth: NDArray[np.int8]) -> float:
    """Mean average precision over the terms that enough pictures show."""
    columns = np.flatnonzero((truth == TRUE).sum(axis=0) >= LEAST_TRUE)
    return float(np.mean([_average_precision(values[:, each], truth[:, each]) for each in columns]))


def _average_precision(values: Array, truth: NDArray[np.int8]) -> float:
    known = np.flatnonzero(truth >= FALSE)
    is_true = truth[known][np.argsort(-values[known], kind="stable")] == TRUE
    return float((np.cumsum(is_true) / np.arange(1, len(known) + 1))[is_true].mean())


def _rows(ranker: Ranker, facet: str) -> NDArray[np.intp]:
    """Terms of a facet that say something: not its roots, which are nearly always true."""
    terms = ranker.vocabulary.terms
    return np.array([row for row, term in enumerate(terms) if term.facet == facet and term.parent])


if __name__ == "__main__":
    main()
