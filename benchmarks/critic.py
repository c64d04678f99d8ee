"""How often right alternatives are doubted and wrong ones noticed: `python -m benchmarks.critic --data DIR`.

The half of the validation part that fitted nothing judges: captions of Flickr8k, and the alternatives of
photographs and works of art in textbooks. Wrong ones are those of other pictures of the same set. Pages of 12
pictures with their own alternatives, two of them exchanged, tell how often both are named. `--write FILE`
puts the table into a page of the documentation, between its two marks.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alttext.config import Settings
from alttext.describer import Describer
from alttext.ranking import critic, telling
from alttext.ranking.critic import Critic
from benchmarks import arguments
from training.archive import Archives, Example, read_examples
from training.critic import SETS, Pairs, pairs
from training.vectors import of_pictures

MARKS = "<!-- figures: python -m benchmarks.critic -->", "<!-- end of figures -->"
NAMES = {"flickr8k": "captions of Flickr8k", "openstax": "alternatives in OpenStax's textbooks"}
LABELLED = ("caltech101", "clothing", "flowers5", "miniplaces", "weather4")
ROUNDS = 5  # of wrong alternatives for each picture
PAGES, PAGE = 300, 12


@dataclass(frozen=True, slots=True)
class Fared:
    """How the alternatives of one source fare."""

    name: str
    pictures: int
    texts: int
    false_alarms: float
    noticed: float | None  # None where another text is not certainly wrong


def main() -> None:
    """Prints the tables."""
    options = _options()
    describer = Describer(Settings(model=options.model))
    judge = critic.load(describer.encoder.model_id, describer.encoder.dim)
    examples = [each for each in read_examples(options.data) if each.judges]
    vectors = of_pictures(describer.encoder, examples, Archives(options.data).image)
    said = pairs(examples, vectors, describer.ranker, describer.encoder)
    rows = [_of_set(judge, said.of(name), name) for name in SETS]
    rows.append(_of_labels(judge, examples, vectors, describer))
    text = "\n".join([*_table(rows), "", _pages(judge, said.of("flickr8k"))])
    print(text)
    if options.write:
        _put(text, options.write)


def _options() -> argparse.Namespace:
    parser = arguments.parser(__doc__)
    parser.add_argument("--write", type=Path, help="page to put the table into")
    return parser.parse_args()


def _of_set(judge: Critic, said: Pairs, name: str) -> Fared:
    right = _doubted(judge, said)
    wrong = [_doubted(judge, said.swapped(seed)).mean() for seed in range(ROUNDS)]
    pictures = len({example.digest for example in said.examples})
    return Fared(NAMES[name], pictures, len(right), float(right.mean()), float(np.mean(wrong)))


def _of_labels(
    judge: Critic, examples: list[Example], vectors: NDArray[np.float32], describer: Describer
) -> Fared:
    """Names of classes as very short alternatives; another class may be true of a picture as well."""
    visible = telling.visible_words(describer.ranker.vocabulary.terms)
    names = {row: _label(each) for row, each in enumerate(examples) if each.set in LABELLED}
    rows = [row for row, name in names.items() if telling.can_be_judged(name, visible)]
    texts = describer.encoder.encode_texts([names[row] for row in rows])
    doubted = judge.doubts(judge.own_fits(vectors[rows], texts)) >= judge.threshold
    return Fared("labels of one or two words", len(rows), len(rows), float(doubted.mean()), None)


def _label(example: Example) -> str:
    return example.labels[0].replace("_", " ").replace("/", " ")


def _doubted(judge: Critic, said: Pairs) -> NDArray[np.bool_]:
    return np.asarray(judge.doubts(judge.own_fits(said.images, said.texts)) >= judge.threshold, np.bool_)


def _pages(judge: Critic, said: Pairs) -> str:
    """What becomes of two pictures whose alternatives are exchanged on a page of several."""
    rng = np.random.default_rng(0)
    firsts = np.unique([each.digest for each in said.examples], return_index=True)[1]
    noticed = named = mistaken = 0
    for _ in range(PAGES):
        page = said.part(np.isin(np.arange(len(said.examples)), rng.permutation(firsts)[:PAGE]))
        texts = page.texts.copy()
        texts[[0, 1]] = texts[[1, 0]]
        swapped = replace(page, texts=texts)
        found = judge.exchanged(page.images, texts)
        pair = {(0, 1), (1, 0)}
        noticed += bool({0, 1}.intersection((*np.flatnonzero(_doubted(judge, swapped)), *found)))
        named += bool(pair.intersection(found.items()))
        mistaken += bool(found.items() - pair)
    return (
        f"Of {PAGES} pages of {PAGE} pictures, two of which had each other's caption: one of the two or both "
        f"were reported on {_percent(noticed / PAGES)}, and the exchange was named on "
        f"{_percent(named / PAGES)}; another exchange was named wrongly on {_percent(mistaken / PAGES)}."
    )


def _table(rows: list[Fared]) -> Iterator[str]:
    yield "| alternatives | pictures | texts | right ones doubted | wrong ones noticed |"
    yield "|---|---|---|---|---|"
    for row in rows:
        noticed = "-" if row.noticed is None else _percent(row.noticed)
        yield f"| {row.name} | {row.pictures} | {row.texts} | {_percent(row.false_alarms)} | {noticed} |"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _put(text: str, page: Path) -> None:
    before, _, rest = page.read_text(encoding="utf-8").partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    page.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{after}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
