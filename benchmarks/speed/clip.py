"""A ViT-B/32 through the `clip` extra, beside `transformers.pipeline` on the same pictures and labels."""

import argparse
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch

from alttext.ranking import decode, vocabulary
from alttext.ranking.decode import DecodeOptions
from alttext.ranking.encode import Encoder, enough_side, load_encoder
from benchmarks.speed import samples
from benchmarks.speed.checkpoint import vit_b_32
from benchmarks.speed.timing import in_turn

LABELS = (50, 1200)
_BATCH = 32


def add_options(parser: argparse.ArgumentParser) -> None:
    """How much."""
    parser.add_argument("--images", type=int, default=64, help="for all but the pipeline on many labels")
    parser.add_argument("--rounds", type=int, default=3)


def measure(options: argparse.Namespace) -> Iterator[str]:
    """From files to similarities of labels: ours, theirs one by one and in batches, and the tower alone."""
    warnings.filterwarnings("ignore")
    labels = names_of_labels()
    checkpoint = vit_b_32(options.samples, labels)
    files = samples.photographs(options.samples, options.images)
    ours = from_files(load_encoder(str(checkpoint)), files, labels)
    works = {f"alttext, {max(LABELS)} labels": ours, **_tower(checkpoint)}
    theirs = _theirs(checkpoint)
    for count in LABELS:
        few = files[: 2 if count == max(LABELS) else len(files)]
        works[f"pipeline, {count} labels"] = theirs(few, labels[:count], 1)
        works[f"pipeline, {count} labels, batches of {_BATCH}"] = theirs(few, labels[:count], _BATCH)
    times = in_turn(works, options.rounds)
    yield f"ViT-B/32 with random weights, {len(files)} photographs, torch {torch.__version__}"
    for name, each in times.items():
        yield f"{name:<38} {each.rate()}"
    best = times[f"alttext, {max(LABELS)} labels"]
    for name, each in times.items():
        if name.startswith("pipeline"):
            factors = f"{each.median / best.median:.1f} x the time, {each.work / best.work:.1f} x the work"
            yield f"{name:<38} {factors}"
    tower = next(each for name, each in times.items() if name.startswith("tower"))
    yield f"share of the tower kept                {tower.median / best.median:.0%}"


def names_of_labels() -> list[str]:
    """What the vocabulary could be taken for by somebody who has no templates."""
    names = dict.fromkeys(term.prompts[0] for term in vocabulary.load().terms)
    return [f"a photo of {name}." for name in names][: max(LABELS)]


def from_files(encoder: Encoder, files: list[Path], labels: list[str]) -> Callable[[], float]:
    """As `alttext fix` does: pictures decoded in threads while those before them are encoded."""
    texts = encoder.encode_texts(labels)  # once for all pictures and runs: they are kept
    options = DecodeOptions(min_side=enough_side("checkpoint"))
    batches = [files[start : start + _BATCH] for start in range(0, len(files), _BATCH)]

    def work() -> float:
        with ThreadPoolExecutor() as threads:
            loaded = [
                threads.map(lambda file: decode.load_file(file, options).pixels, some) for some in batches
            ]
            scores = [encoder.encode_images(list(some)) @ texts.T for some in loaded]
        return len(np.concatenate(scores))

    return work


def _tower(checkpoint: Path) -> dict[str, Callable[[], float]]:
    """The vision model alone, on pixels that are ready, as our encoder has it."""
    from transformers import CLIPModel

    model = CLIPModel.from_pretrained(checkpoint).eval()
    precision = next(load_encoder(str(checkpoint)).checkpoint.model.vision_model.parameters()).dtype
    model.to(precision)
    pixels = torch.randn(16, 3, 224, 224, dtype=precision)

    def work() -> float:
        with torch.inference_mode():
            for _ in range(4):
                model.get_image_features(pixel_values=pixels)
        return 4 * len(pixels)

    return {f"tower alone, {str(precision).removeprefix('torch.')}": work}


def _theirs(checkpoint: Path) -> Callable[[list[Path], list[str], int], Callable[[], float]]:
    from transformers import pipeline

    classify = pipeline("zero-shot-image-classification", model=str(checkpoint), device="cpu")

    def on(files: list[Path], labels: list[str], batch: int) -> Callable[[], float]:
        def work() -> float:
            names = [str(file) for file in files]
            found = classify(names, candidate_labels=labels, batch_size=batch, hypothesis_template="{}")
            return len(found)

        return work

    return on
