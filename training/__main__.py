"""Rebuilds the embedded model with one command: `python -m training --data DIR --out DIR`."""

import argparse
import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from alttext.ranking import calibration, critic, rank, term_vectors, vocabulary
from alttext.ranking.calibrate import Labelled
from alttext.ranking.encode_embedded import EmbeddedEncoder, TextTower
from training import critic as judging
from training import export, pictures
from training.adapter import Adapter
from training.archive import Example, read_examples
from training.calibrate import fit
from training.captions import PHOTOGRAPHIC
from training.corpus import Corpus, gather
from training.drawing import DRAWINGS, drawing
from training.features import extract
from training.finetune import Pace, finetune
from training.fit import Schedule, new_head, train_head
from training.head import Head, HeadOptions
from training.media import MEDIA_SET, media_examples
from training.objective import Weights
from training.text import DIM, load_text_tower
from training.tower import LiteTower, load_tower
from training.truth import Truth
from training.vectors import embed, of_pictures
from training.views import VIEWS

VERSION = "2.0"
SIZE = 224  # pixels
MEDIA_COUNT = 360  # rendered pictures of each medium
STEPS = ("train", "export", "calibrate", "critic")


def main() -> None:
    """Train, export and fit the figures, each from what the step before left in `--cache` or `--out`."""
    options = _options()
    torch.set_num_threads(options.threads)
    for folder in (options.out, options.cache):
        folder.mkdir(parents=True, exist_ok=True)
    examples = [*read_examples(options.data), *media_examples(MEDIA_COUNT, options.seed)]
    for step, work in zip(STEPS, (_train, _export, _calibrate, _critic), strict=True):
        if step in options.steps:
            work(options, examples)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the data zips")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model")
    parser.add_argument("--cache", type=Path, default=Path("training/runs"), help="folder for what is kept")
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=STEPS, help="all, unless named")
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def _train(options: argparse.Namespace, examples: Sequence[Example]) -> None:
    """The head alone on published features, then the last blocks with it; the weights are kept."""
    export.export_text(*load_text_tower(), options.cache)
    corpus = _corpus(options, examples)
    tower, adapter = load_tower(), Adapter(DIM)
    views = range(len(VIEWS))
    groups = [[each for each in examples if (each.set == MEDIA_SET) is flag] for flag in (False, True)]
    stored = [extract(each, options.data, options.cache, SIZE, views, options.seed) for each in groups]
    features = torch.from_numpy(np.concatenate(stored))
    head = new_head(corpus, features, tower, HeadOptions())
    train_head(corpus, features, head, adapter, Weights(), Schedule(), options.seed)
    pixels = pictures.load(examples, options.data, options.cache, SIZE)
    finetune(corpus, pixels, tower, head, adapter, Pace(), options.seed)
    with torch.inference_mode():
        head.class_texts.copy_(adapter(corpus.class_texts))
    torch.save([part.state_dict() for part in (tower, head, adapter)], options.cache / "weights.pt")


def _corpus(options: argparse.Namespace, examples: Sequence[Example]) -> Corpus:
    texts = TextTower(options.cache / "text.onnx", options.cache / "vocabulary.txt", options.threads)
    return gather(examples, lambda said: torch.from_numpy(embed(texts, list(said), options.cache)))


def _export(options: argparse.Namespace, _examples: Sequence[Example]) -> None:
    """The two graphs with their manifest, and proof that they say what was trained."""
    tower, head, adapter = _trained(options.cache)
    export.export_text(*load_text_tower(), options.out, adapter)
    export.export_image(tower, head, SIZE, options.out / "image.onnx")
    export.write_manifest(options.out, VERSION, SIZE, {"seed": options.seed})
    pixels = np.stack([np.asarray(drawing(number, SIZE)) for number in range(DRAWINGS)])
    with torch.inference_mode():
        trained = export.ImageModel(tower, head).eval()(torch.from_numpy(pixels)).numpy()
    np.save(options.cache / "embedded_parity.npy", trained)
    shipped = EmbeddedEncoder(options.out).encode_images([Image.fromarray(each) for each in pixels])
    print(f"parity: smallest cosine {(shipped * trained).sum(1).min():.6f}")


def _trained(cache: Path) -> tuple[LiteTower, Head, Adapter]:
    tower, adapter = load_tower(), Adapter(DIM)
    weights = torch.load(cache / "weights.pt", weights_only=True)
    mean, texts = weights[1]["mean"], weights[1]["class_texts"]
    head = Head(mean, torch.ones_like(mean), tower.classifier(), texts, HeadOptions())
    for part, state in zip((tower, head, adapter), weights, strict=True):
        part.load_state_dict(state)
    return tower.eval(), head.eval(), adapter.eval()


def _calibrate(options: argparse.Namespace, examples: Sequence[Example]) -> None:
    """Vectors of the vocabulary, and the figures that turn scores of the shipped model into probabilities."""
    encoder, words = EmbeddedEncoder(options.out), vocabulary.load()
    terms = term_vectors.embed(words.terms, encoder)
    keys = [term_vectors.key_of(term, encoder.model_id) for term in words.terms]
    term_vectors.write(options.out / "vocabulary.npz", dict(zip(keys, terms.astype(np.float16), strict=True)))
    vectors, truth = _vectors(options, examples, encoder), Truth(words).rows(examples)
    photographs = np.array([example.set in PHOTOGRAPHIC for example in examples])
    parts = [
        Labelled(vectors[rows], truth[rows], photographs[rows])
        for rows in (
            np.array([not example.held_out for example in examples]),
            np.array([example.calibrates for example in examples]),
        )
    ]
    figures = fit(*parts, words, terms, encoder.model_id)
    calibration.write(options.out / "calibration.npz", figures)


def _critic(options: argparse.Namespace, examples: Sequence[Example]) -> None:
    """The figures that tell alternatives of other pictures from right ones."""
    encoder = EmbeddedEncoder(options.out)
    figures = calibration.read(options.out / "calibration.npz")
    words = vocabulary.load()
    ranker = rank.Ranker(words, term_vectors.load(words.terms, encoder), figures)
    said = judging.pairs(examples, _vectors(options, examples, encoder), ranker, encoder)
    trained = said.part(np.array([not example.held_out for example in said.examples]))
    unseen = said.part(np.array([example.calibrates for example in said.examples]))
    critic.write(options.out / "critic.npz", judging.fit(trained, unseen, figures, options.seed))


def _vectors(
    options: argparse.Namespace, examples: Sequence[Example], encoder: EmbeddedEncoder
) -> NDArray[np.float32]:
    """What the shipped model makes of every example, from the squares of the training; kept in the cache."""
    graph = hashlib.sha256((options.out / "image.onnx").read_bytes()).hexdigest()[:16]
    path = options.cache / f"vectors-{graph}-{pictures.key_of(examples)}.npy"
    if not path.exists():
        pixels = pictures.load(examples, options.data, options.cache, SIZE)
        np.save(path, of_pictures(encoder, pixels, Image.fromarray))
    vectors: NDArray[np.float32] = np.load(path)
    return vectors


if __name__ == "__main__":
    main()
