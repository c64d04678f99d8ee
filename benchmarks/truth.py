"""How true the descriptions are: `python -m benchmarks.truth --data DIR [--model M] [--show 50]`.

Every photograph that neither training nor calibration saw is described as `alttext describe` would, by the
encoder and the vocabulary as shipped. A term counts as right or wrong where labels or captions say so
(`training/truth.py`), otherwise not at all. Coverage is the share of photographs that get a sentence at that
confidence. `--labels FILE` judges pictures of your own, in the format of `alttext model calibrate`.
"""

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from alttext.config import Settings
from alttext.describer import Describer
from alttext.ranking import labels, platt
from alttext.ranking.vocabulary import Vocabulary
from alttext.remediation import describe
from alttext.types import Candidate, Context, Description, Ranking
from benchmarks.zero_shot import MEDIA_COUNT, MEDIA_SEED
from training.archive import Archives, Example, read_examples
from training.captions import medium_of
from training.media import media_examples
from training.pictures import opened
from training.truth import Truth
from training.vectors import of_pictures
from training.verdicts import FALSE, TRUE

LEVELS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Judged:
    """One picture: what is known of it, and what alttext made of it."""

    known: str  # in somebody's words
    medium: str  # "" if nobody told
    truth: NDArray[np.int8]  # of each term
    ranking: Ranking
    description: Description

    @property
    def said(self) -> Sequence[Candidate]:
        """The terms of the sentence; none where the picture is left for a person."""
        return describe.choose(self.ranking, Context())[0] if self.description.text else ()


@dataclass(frozen=True, slots=True)
class Row:
    """How all sentences of at least one confidence fare."""

    level: float
    coverage: float
    sentences: float  # share of those with a verdict in which nothing is wrong
    terms: float  # share of terms with a verdict that are right
    length: float  # terms a sentence


def main() -> None:
    """Prints the curve, the calibration error, who is left alone, and sentences that nobody selected."""
    options = _options()
    describer = Describer(Settings(model=options.model))
    judged = of_labels(describer, options.labels) if options.labels else of_data(describer, options.data)
    photographs = [each for each in judged if each.medium in ("photograph", "")]
    vocabulary = describer.ranker.vocabulary
    rows = [row(photographs, vocabulary, level) for level in LEVELS]
    print(f"{len(photographs)} photographs, calibration error of terms {error(photographs, vocabulary):.3f}")
    print("confidence  coverage  sentences right  terms right  terms a sentence")
    for each in rows:
        print(f"{each.level:10.2f}  {each.coverage:8.2f}  {each.sentences:15.3f}  {each.terms:11.3f}"
              f"  {each.length:16.2f}")  # fmt: skip
    _print_lengths(photographs)
    _print_media(judged)
    if options.curve:
        draw(rows, options.curve)
    show(photographs, options.show)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--data", type=Path, help="folder of data zips")
    source.add_argument("--labels", type=Path, help="labelled pictures of your own, as JSON Lines")
    parser.add_argument("--model", help="embedded (default), a folder, or the name of a pulled model")
    parser.add_argument("--show", type=int, default=0, help="print so many sentences beside what is known")
    parser.add_argument("--curve", type=Path, help="draw precision over coverage into this file")
    return parser.parse_args()


def of_data(describer: Describer, data: Path) -> list[Judged]:
    """The held-out pictures that do not calibrate, and drawings of their own."""
    judging = [each for each in read_examples(data) if each.judges]
    examples = [*judging, *media_examples(MEDIA_COUNT, MEDIA_SEED)]
    archives = Archives(data)
    rankings = rank(describer, examples, lambda each: opened(each, archives))
    truth = Truth(describer.ranker.vocabulary).rows(examples)
    return [
        Judged(_words(example), medium_of(example) or "unknown", row, ranking, _composed(ranking))
        for example, row, ranking in zip(examples, truth, rankings, strict=True)
    ]


def of_labels(describer: Describer, path: Path) -> list[Judged]:
    """The pictures of a file of labels."""
    vocabulary = describer.ranker.vocabulary
    pictures = labels.read(path, vocabulary).pictures
    media = {term.id for term in vocabulary.of_facet("medium") if not term.parent}
    rankings = rank(describer, pictures, lambda picture: Image.open(picture.path))
    return [
        Judged(picture.path.name, next(iter(picture.true & media), ""), row, ranking, _composed(ranking))
        for picture, row, ranking in zip(pictures, labels.truth(pictures, vocabulary), rankings, strict=True)
    ]


def _words(example: Example) -> str:
    return f"{example.set}: {(*example.labels, *example.captions, example.name)[0]}"


def _composed(ranking: Ranking) -> Description:
    return describe.compose(ranking, Context())


def rank(describer: Describer, pictures: Sequence[T], load: Callable[[T], Image.Image]) -> Sequence[Ranking]:
    """The ranking of every picture."""
    return describer.ranker.rank(of_pictures(describer.encoder, pictures, load))


def row(judged: Sequence[Judged], vocabulary: Vocabulary, level: float) -> Row:
    """What is written when at least this confidence is asked for."""
    written = [each for each in judged if each.said and each.description.confidence >= level]
    verdicts = [[value for _, value in _verdicts(each, vocabulary)] for each in written]
    told = [some for some in verdicts if some]
    flat = [value for some in told for value in some]
    return Row(
        level,
        len(written) / max(len(judged), 1),
        sum(FALSE not in some for some in told) / max(len(told), 1),
        sum(value == TRUE for value in flat) / max(len(flat), 1),
        sum(len(each.said) for each in written) / max(len(written), 1),
    )


def error(judged: Sequence[Judged], vocabulary: Vocabulary) -> float:
    """Expected calibration error of the terms that are said."""
    pairs = [pair for each in judged for pair in _verdicts(each, vocabulary)]
    confidences, values = np.array(pairs, np.float32).reshape(-1, 2).T
    return platt.calibration_error(confidences, values == TRUE)


def _verdicts(judged: Judged, vocabulary: Vocabulary) -> Iterator[tuple[float, int]]:
    """Confidence and truth of each said term of which something is known."""
    for each in judged.said:
        value = int(judged.truth[vocabulary.row[each.term.id]])
        if value in (TRUE, FALSE):
            yield each.confidence, value


def _print_lengths(judged: Sequence[Judged]) -> None:
    lengths = [len(each.description.text) for each in judged if each.description.text and _is_written(each)]
    if lengths:
        low, middle, high = np.quantile(lengths, (0.1, 0.5, 0.9))
        print(f"\n{len(lengths)} written; characters: 10 % {low:.0f}, half {middle:.0f}, 90 % {high:.0f}")


def _print_media(judged: Sequence[Judged]) -> None:
    """For each medium, how many pictures are left for a person; of drawings, that should be all."""
    counts = Counter(each.medium for each in judged)
    alone = Counter(each.medium for each in judged if not _is_written(each))
    print("\nmedium            pictures  left for a person")
    for medium, count in counts.most_common():
        print(f"{medium or '-':<16}  {count:>8}  {alone[medium] / count:>17.2f}")


def _is_written(judged: Judged) -> bool:
    described = judged.description
    return not described.review and described.confidence >= describe.LEAST


def draw(rows: Sequence[Row], path: Path) -> None:
    """Precision over coverage as a picture."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams["svg.hashsalt"] = "alttext"  # so that equal figures make equal files
    figure = Figure(figsize=(6.4, 3.6), layout="constrained")
    axes = figure.add_subplot()
    coverage = [100 * each.coverage for each in rows]
    axes.plot(coverage, [100 * each.terms for each in rows], "o-", label="terms")
    axes.plot(coverage, [100 * each.sentences for each in rows], "s--", label="whole sentences")
    for each in rows[::2]:
        at = (100 * each.coverage, 100 * each.terms)
        axes.annotate(f"{each.level:.2f}", at, textcoords="offset points", xytext=(4, 6), fontsize=8)
    axes.set(xlabel="photographs that get a sentence, %", ylabel="right, %", ylim=(50, 100), xlim=(0, 100))
    axes.set_title("Right over coverage, by least confidence", fontsize=10)
    axes.grid(alpha=0.3)
    axes.legend(loc="lower left")
    figure.savefig(path, dpi=160, metadata={"Date": None} if path.suffix == ".svg" else None)


def show(judged: Sequence[Judged], count: int) -> None:
    """Sentences as they come, beside the first thing that people said of the picture."""
    for each in random.Random(0).sample(list(judged), min(count, len(judged))):
        text = each.description.text if _is_written(each) else f"- ({', '.join(each.description.reasons)})"
        print(f"{each.description.confidence:.2f}  {text}\n      {each.known}")


if __name__ == "__main__":
    main()
