"""How true the sentences are: `python -m benchmarks.truth --data DIR [--model M] [--show 50]`.

Every photograph that training held out is described as `alttext describe` would, by the encoder and the
vocabulary as shipped. A term counts as right or wrong where labels or captions say so (`training/truth.py`),
otherwise not at all. Coverage is the share of photographs that get a sentence at that confidence.
"""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alttext.config import Settings
from alttext.describer import Describer
from alttext.ranking.vocabulary import Vocabulary
from alttext.remediation import describe
from alttext.types import Candidate, Context, Ranking
from training.archive import Archives, Example, read_examples
from training.captions import PHOTOGRAPHIC
from training.truth import FALSE, TRUE, Truth

LEVELS = (0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95)
BINS = 10
CHUNK = 64


def main() -> None:
    """Prints the curve, the calibration error and some sentences that nobody selected."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of data zips")
    parser.add_argument("--model", help="embedded (default), a folder, or the name of a pulled model")
    parser.add_argument("--show", type=int, default=0, help="print so many sentences beside what is known")
    options = parser.parse_args()
    examples = [each for each in read_examples(options.data) if each.held_out and each.set in PHOTOGRAPHIC]
    describer = Describer(Settings(model=options.model))
    rankings = rank(describer, examples, options.data)
    vocabulary = describer.ranker.vocabulary
    truth = Truth(vocabulary).rows(examples)
    print(f"{len(examples)} photographs, calibration error of terms {error(rankings, truth, vocabulary):.3f}")
    print("confidence  coverage  sentences right  terms right  terms a sentence")
    for level in LEVELS:
        print(
            "{:10.2f}  {:8.2f}  {:15.3f}  {:11.3f}  {:16.2f}".format(*row(rankings, truth, vocabulary, level))
        )
    show(examples, rankings, options.show)


def rank(describer: Describer, examples: Sequence[Example], data: Path) -> list[Ranking]:
    """The ranking of every example's picture."""
    archives = Archives(data)
    rankings: list[Ranking] = []
    for start in range(0, len(examples), CHUNK):
        images = [archives.image(example) for example in examples[start : start + CHUNK]]
        rankings += describer.ranker.rank(describer.encoder.encode_images(images))
    return rankings


def row(
    rankings: Sequence[Ranking], truth: NDArray[np.int8], vocabulary: Vocabulary, level: float
) -> tuple[float, ...]:
    """Level, coverage, share of right sentences and of right terms, terms in a sentence."""
    covered = sentences = right_sentences = terms = right_terms = said_terms = 0
    for ranking, known in zip(rankings, truth, strict=True):
        said, confidence = chosen(ranking)
        if not said or confidence < level:
            continue
        covered += 1
        said_terms += len(said)
        verdicts = [known[vocabulary.row[each.term.id]] for each in said]
        terms += sum(verdict in (TRUE, FALSE) for verdict in verdicts)
        right_terms += sum(verdict == TRUE for verdict in verdicts)
        sentences += TRUE in verdicts or FALSE in verdicts
        right_sentences += TRUE in verdicts and FALSE not in verdicts
    return (
        level,
        covered / len(rankings),
        right_sentences / max(sentences, 1),
        right_terms / max(terms, 1),
        said_terms / max(covered, 1),
    )


def chosen(ranking: Ranking) -> tuple[Sequence[Candidate], float]:
    """The terms of the sentence with its confidence; nothing where the picture is left for a person."""
    description = describe.compose(ranking, Context())
    if description.text is None:
        return (), 0.0
    return describe.choose(ranking, Context())


def error(rankings: Sequence[Ranking], truth: NDArray[np.int8], vocabulary: Vocabulary) -> float:
    """Expected calibration error of the terms that are said, in bins of equal size (Guo et al. 2017)."""
    pairs = [
        (each.confidence, float(known[vocabulary.row[each.term.id]]))
        for ranking, known in zip(rankings, truth, strict=True)
        for each in chosen(ranking)[0]
        if known[vocabulary.row[each.term.id]] in (TRUE, FALSE)
    ]
    bins = np.array_split(np.array(sorted(pairs)), BINS)
    return float(sum(len(each) * abs(each[:, 0].mean() - each[:, 1].mean()) for each in bins) / len(pairs))


def show(examples: Sequence[Example], rankings: Sequence[Ranking], count: int) -> None:
    """Sentences as they come, beside the first thing that people said of the picture."""
    for number in random.Random(0).sample(range(len(examples)), min(count, len(examples))):
        described = describe.compose(rankings[number], Context())
        said = (
            described.text
            if described.text and not described.review
            else f"- ({', '.join(described.reasons)})"
        )
        known = (examples[number].labels or examples[number].captions)[0]
        print(f"{described.confidence:.2f}  {said}\n      {examples[number].set}: {known}")


if __name__ == "__main__":
    main()
