"""Everything the loss needs about the examples, as tensors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import normalize

from training.archive import Example
from training.captions import medium_of, texts_of
from training.phrases import MEDIA, WEATHER, article, label_texts

NONE = -1
Embed = Callable[[Sequence[str]], Tensor]


@dataclass(frozen=True, slots=True)
class LabelSet:
    """The labels of one data set, and their vectors: one `(labels, dim)` per way of saying them."""

    names: tuple[str, ...]
    sayings: tuple[Tensor, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Examples as rows; `NONE` where an example has no label or medium."""

    sets: tuple[str, ...]
    set_of: Tensor
    held_out: Tensor
    texts: Tensor  # vectors of all captions
    choices: Tensor  # per example, rows of `texts`; only the first `counts` of them mean something
    counts: Tensor
    label_of: Tensor
    label_sets: dict[str, LabelSet]
    medium_of: Tensor
    medium_sayings: tuple[Tensor, ...]  # per medium, one row per way of saying it
    class_texts: Tensor  # vectors of ImageNet's 1000 names

    @property
    def weights(self) -> Tensor:
        """How often to draw each example: sets by the square root of their size, held out ones never."""
        sizes = torch.bincount(self.set_of[~self.held_out], minlength=len(self.sets)).float()
        return torch.where(self.held_out, torch.zeros(()), sizes[self.set_of].clamp(min=1) ** -0.5)


def gather(examples: Sequence[Example], embed: Embed) -> Corpus:
    """The corpus of the examples; `embed` gives unit vectors of texts."""
    sets = tuple(dict.fromkeys(example.set for example in examples))
    said = [texts_of(example) or ("a picture",) for example in examples]
    texts = sorted({text for some in said for text in some})
    row_of = {text: row for row, text in enumerate(texts)}
    choices = torch.zeros(len(said), max(map(len, said)), dtype=torch.long)
    for number, some in enumerate(said):
        choices[number, : len(some)] = torch.tensor([row_of[text] for text in some])
    label_sets = {name: _label_set(name, examples, embed) for name in sets if _is_labelled(name, examples)}
    return Corpus(
        sets=sets,
        set_of=torch.tensor([sets.index(example.set) for example in examples]),
        held_out=torch.tensor([example.held_out for example in examples]),
        texts=embed(texts),
        choices=choices,
        counts=torch.tensor([len(some) for some in said]),
        label_of=torch.tensor([_label_number(example, label_sets) for example in examples]),
        label_sets=label_sets,
        medium_of=torch.tensor([_medium_number(example) for example in examples]),
        medium_sayings=tuple(embed(sayings) for sayings in MEDIA.values()),
        class_texts=_imagenet_texts(embed),
    )


def _is_labelled(name: str, examples: Sequence[Example]) -> bool:
    return any(example.labels for example in examples if example.set == name)


def _label_set(name: str, examples: Sequence[Example], embed: Embed) -> LabelSet:
    names = tuple(sorted({label for example in examples if example.set == name for label in example.labels}))
    ways = [WEATHER.get(label) or label_texts(label) for label in names]
    count = min(map(len, ways))
    return LabelSet(names, tuple(embed([way[number] for way in ways]) for number in range(count)))


def _label_number(example: Example, label_sets: dict[str, LabelSet]) -> int:
    return label_sets[example.set].names.index(example.labels[0]) if example.labels else NONE


def _medium_number(example: Example) -> int:
    medium = medium_of(example)
    return list(MEDIA).index(medium) if medium else NONE


def imagenet_names() -> list[tuple[str, ...]]:
    """WordNet's lemmas of the 1000 classes, in the order of the classifier."""
    lines = (Path(__file__).parent / "imagenet_names.txt").read_text(encoding="utf-8").splitlines()
    return [tuple(line.split(", ")) for line in lines]


def _imagenet_texts(embed: Embed) -> Tensor:
    """The first lemma alone and in a sentence, and the mean of all lemmas."""
    names = imagenet_names()
    firsts = [lemmas[0] for lemmas in names]
    flat = [lemma for lemmas in names for lemma in lemmas]
    owner = torch.tensor([number for number, lemmas in enumerate(names) for _ in lemmas])
    vectors = embed(flat)
    sums = torch.zeros(len(names), vectors.shape[1]).index_add(0, owner, vectors)
    in_sentence = embed([f"a photo of {article(name)}" for name in firsts])
    return normalize(in_sentence + embed(firsts) + normalize(sums, dim=1), dim=1)
