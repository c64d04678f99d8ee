"""Rebuilds the embedded model with one command: `python -m training --data DIR --out DIR`."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from alttext.ranking import calibration, term_vectors, vocabulary
from alttext.ranking.encode_embedded import EmbeddedEncoder, TextTower
from training import export
from training.archive import Example, read_examples
from training.calibrate import Labelled, fit
from training.captions import PHOTOGRAPHIC
from training.corpus import gather
from training.drawing import DRAWINGS, drawing
from training.features import extract
from training.fit import Schedule, new_head, train_head
from training.head import Head, HeadOptions
from training.media import MEDIA_SET, media_examples
from training.objective import Weights
from training.text import load_text_tower
from training.tower import LiteTower, load_tower
from training.truth import Truth
from training.vectors import embed
from training.views import VIEWS

VERSION = "1.0"
SIZE = 224  # pixels
MEDIA_COUNT = 360  # rendered pictures of each medium


def main() -> None:
    """Train, export, calibrate and check, each from what the step before left in `--out`."""
    options = _options()
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    export.export_text(*load_text_tower(), options.out / "text.onnx", options.out / "vocabulary.txt")
    examples = [*read_examples(options.data), *media_examples(MEDIA_COUNT, options.seed)]
    head, features = _train(options, examples)
    tower = load_tower()
    export.export_image(tower, head, SIZE, options.out / "image.onnx")
    export.write_manifest(options.out, VERSION, SIZE, {"seed": options.seed})
    _prove(tower, head, options)
    _calibrate(options, examples, head, features)


def _prove(tower: LiteTower, head: Head, options: argparse.Namespace) -> None:
    """What the trained weights make of a few drawings, kept for the tests; the graph must say the same."""
    pixels = np.stack([np.asarray(drawing(number, SIZE)) for number in range(DRAWINGS)])
    with torch.inference_mode():
        trained = export.ImageModel(tower, head).eval()(torch.from_numpy(pixels)).numpy()
    np.save(options.cache / "embedded_parity.npy", trained)
    shipped = EmbeddedEncoder(options.out).encode_images([Image.fromarray(each) for each in pixels])
    print(f"parity: smallest cosine {(shipped * trained).sum(1).min():.6f}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the data zips")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model")
    parser.add_argument("--cache", type=Path, default=Path("training/runs"), help="folder for features")
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def _train(options: argparse.Namespace, examples: Sequence[Example]) -> tuple[Head, Tensor]:
    """The trained head, and the features of the plain view of all examples."""
    texts = TextTower(options.out / "text.onnx", options.out / "vocabulary.txt", options.threads)
    corpus = gather(examples, lambda said: torch.from_numpy(embed(texts, list(said), options.cache)))
    views = range(len(VIEWS))
    groups = [[each for each in examples if (each.set == MEDIA_SET) is flag] for flag in (False, True)]
    stored = [extract(each, options.data, options.cache, SIZE, views, options.seed) for each in groups]
    features = torch.from_numpy(np.concatenate(stored))
    head = new_head(corpus, features, load_tower(), HeadOptions())
    return train_head(corpus, features, head, Weights(), Schedule(), options.seed), features[:, 0]


def _calibrate(
    options: argparse.Namespace, examples: Sequence[Example], head: Head, features: Tensor
) -> None:
    with torch.inference_mode():
        vectors = head(features.float()).numpy()
    encoder, words = EmbeddedEncoder(options.out), vocabulary.load()
    terms = term_vectors.embed(words.terms, encoder)
    keys = [term_vectors.key_of(term, encoder.model_id) for term in words.terms]
    term_vectors.write(options.out / "vocabulary.npz", dict(zip(keys, terms.astype(np.float16), strict=True)))
    training = np.array([not example.held_out for example in examples])
    photographs = np.array([example.set in PHOTOGRAPHIC for example in examples])
    labelled = Labelled(vectors[training], Truth(words).rows(examples)[training], photographs[training])
    figures = fit(labelled, words, terms, encoder.model_id, options.seed)
    calibration.write(options.out / "calibration.npz", figures)


if __name__ == "__main__":
    main()
