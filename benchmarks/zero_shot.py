"""Zero-shot figures of any model on any data zips: `python -m benchmarks.zero_shot --data DIR [--model M]`.

Everything is ranked by text through the public encoder: no class heads, one setting. By default only
the images that training holds out are used; `--all` uses every image (for zips never trained on).
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from alttext.ranking.encode import Encoder, load_encoder
from benchmarks.arguments import parser
from training import pictures
from training.archive import Archives, Example, read_examples
from training.captions import medium_of, tidy
from training.corpus import imagenet_names
from training.media import media_examples
from training.phrases import MEDIA, WEATHER, article
from training.vectors import of_pictures

Vectors = NDArray[np.float32]
Figures = dict[str, float]
View = Callable[[Image.Image], Image.Image]

GALLERY = 1000
MEDIA_COUNT, MEDIA_SEED = 60, 4711  # drawings of their own, none of which training sees
_ALBUMS = ("flickr8k", "miniplaces")


def main() -> None:
    """Prints the table of figures, or writes it as JSON."""
    asked = parser(__doc__)
    asked.add_argument("--all", action="store_true", help="use training images too")
    asked.add_argument("--letterbox", action="store_true", help="put every image between bars first")
    asked.add_argument("--json", type=Path, help="write the figures here as well")
    options = asked.parse_args()
    view = letterboxed if options.letterbox else unchanged
    figures = measure(load_encoder(options.model), options.data, use_all=options.all, view=view)
    for name, value in figures.items():
        print(f"{name:<44} {value:6.1f}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def unchanged(image: Image.Image) -> Image.Image:
    """The image as it is."""
    return image


def letterboxed(image: Image.Image) -> Image.Image:
    """The image on a grey square, after a square one was given the shape of a photograph."""
    wide = image.resize((image.width, image.height * 3 // 4)) if image.width == image.height else image
    return ImageOps.pad(wide, (max(wide.size),) * 2, color=(127, 127, 127))


def measure(encoder: Encoder, data: Path, *, use_all: bool = False, view: View = unchanged) -> Figures:
    """Percentages by name of the task, each on the images of the zips that the task is about."""
    examples = read_examples(data)
    chosen = [example for example in examples if use_all or example.held_out]
    bench = _Bench(encoder, Archives(data), view)
    figures: Figures = {}
    for name, title in (
        ("miniplaces", "100 scenes"),
        ("caltech101", "100 objects"),
        ("pacs", "7 objects in 4 media"),
        ("clothing", "10 garments"),
        ("flowers5", "5 flowers"),
        ("weather4", "4 kinds of weather"),
    ):
        figures |= bench.labels(title, [example for example in chosen if example.set == name])
    figures |= bench.imagenet([example for example in chosen if example.set == "caltech101"])
    figures |= bench.captions(chosen, examples)
    figures |= bench.media([example for example in chosen if medium_of(example)])
    return figures


class _Bench:
    def __init__(self, encoder: Encoder, archives: Archives, view: View) -> None:
        self._encoder, self._archives, self._view = encoder, archives, view

    def labels(self, title: str, examples: Sequence[Example]) -> Figures:
        """Top-1 (and top-5 of many) among the labels of the set."""
        if not examples:
            return {}
        names = sorted({label for example in examples for label in example.labels})
        scores = self._images(examples) @ self._named(names).T
        truth = [names.index(example.labels[0]) for example in examples]
        top5 = {f"{title}, top-5": _top(scores, truth, 5)} if len(names) > 20 else {}
        return {f"{title}, top-1": _top(scores, truth, 1)} | top5

    def imagenet(self, examples: Sequence[Example]) -> Figures:
        """Objects whose label is a name of an ImageNet class, among all 1000 names: a proxy."""
        names = imagenet_names()
        number_of = {lemma.lower(): number for number, lemmas in enumerate(names) for lemma in lemmas}
        known = [example for example in examples if example.labels[0] in number_of]
        if not known:
            return {}
        scores = self._images(known) @ self._named([lemmas[0] for lemmas in names]).T
        truth = [number_of[example.labels[0]] for example in known]
        title = f"1000 ImageNet names, {len(known)} objects"
        return {f"{title}, top-{k}": _top(scores, truth, k) for k in (1, 5)}

    def captions(self, chosen: Sequence[Example], examples: Sequence[Example]) -> Figures:
        """The first caption of an image among 1000, filled up with captions of other images."""
        mine = [example for example in chosen if example.set == "flickr8k"][:GALLERY]
        if not mine:
            return {}
        taken = {example.digest for example in mine}
        others = [e for e in examples if e.set == "flickr8k" and e.digest not in taken][: GALLERY - len(mine)]
        texts = self._encoder.encode_texts([tidy(example.captions[0]) for example in [*mine, *others]])
        scores = self._images(mine) @ texts.T
        truth = range(len(mine))
        return {f"caption among {len(texts)}, R@{k}": _top(scores, truth, k) for k in (1, 5)}

    def media(self, examples: Sequence[Example]) -> Figures:
        """The medium among twelve; a chart or page taken for a photograph is the worst error."""
        drawn = media_examples(MEDIA_COUNT, MEDIA_SEED)
        names = list(MEDIA)
        texts = self._encoder.encode_texts([text for phrases in MEDIA.values() for text in phrases])
        ends = np.cumsum([len(phrases) for phrases in MEDIA.values()])[:-1]
        means = np.stack([part.mean(axis=0) for part in np.split(texts, ends)])
        means /= np.linalg.norm(means, axis=1, keepdims=True)
        figures = {}
        for title, some in (
            ("medium, photographs", [e for e in examples if e.set in _ALBUMS]),
            ("medium, PACS", [e for e in examples if e.set == "pacs"]),
            ("medium, textbook figures", [e for e in examples if e.set == "openstax"]),
            ("medium, rendered", drawn),
        ):
            if some:
                scores = self._images(some) @ means.T
                truth = [names.index(medium_of(example)) for example in some]
                figures[title] = _top(scores, truth, 1)
                figures |= _taken_for_photograph(title, scores, truth)
        return figures

    def _images(self, examples: Sequence[Example]) -> Vectors:
        return of_pictures(
            self._encoder, examples, lambda each: self._view(pictures.opened(each, self._archives))
        )

    def _named(self, names: Sequence[str]) -> Vectors:
        """Vectors of names: the bare name and one sentence, averaged."""
        ways = [
            WEATHER[name][:2] if name in WEATHER else (name, f"a photo of {article(name)}") for name in names
        ]
        first, second = (self._encoder.encode_texts([way[number] for way in ways]) for number in range(2))
        mean = first + second
        return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True), dtype=np.float32)


def _top(scores: Vectors, truth: Sequence[int], count: int) -> float:
    best = np.argsort(-scores, axis=1)[:, :count]
    return 100 * float((best == np.asarray(truth)[:, None]).any(axis=1).mean())


def _taken_for_photograph(title: str, scores: Vectors, truth: Sequence[int]) -> Figures:
    drawn = np.asarray(truth) != 0
    if not drawn.any():
        return {}
    return {f"{title}, drawn taken for photograph": 100 * float((scores[drawn].argmax(axis=1) == 0).mean())}


if __name__ == "__main__":
    main()
