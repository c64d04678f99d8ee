"""Makes pictures and pages to measure with: the same ones on every machine."""

import os
import random
from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

PHOTOGRAPH = (1632, 1224)  # 2 megapixels
THUMBNAIL = (320, 240)
_DISTINCT = 16  # pictures that are drawn; all others differ from these by what follows their last byte
_STEEPNESS = 1.2  # of the spectrum: amplitudes of natural images fall with about 1 / frequency
_QUALITY = 80  # with it, 2 bits a pixel, as photographs on the web have
_HEAD = (
    "<!doctype html>\n<html lang=en><head><meta charset=utf-8><title>TITLE</title>\n"
    '<meta name=viewport content="width=device-width"><link rel=stylesheet href="/style.css">\n'
    f"<style>{'.note { margin: 1em; color: #333 } ' * 20}</style>\n"
    f"<script>{'window.visits = (window.visits || 0) + 1; ' * 15}</script></head>\n<body>\n"
)
_SENTENCES = (
    "The path follows the river for two miles, then climbs through old beech woods to the ridge.",
    "Tickets are sold at the gate; children under six and residents of the parish go free.",
    "A winter path along the wall is steeper and drier, and shorter by half an hour.",
    "We tested four glues on wet oak, and only one of them held for longer than a winter.",
)


def photographs(folder: Path, count: int, size: tuple[int, int] = PHOTOGRAPH) -> list[Path]:
    """`count` JPEG files of different content, with the detail of photographs."""
    folder = folder / f"{size[0]}x{size[1]}"
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{number:06}.jpg" for number in range(count)]
    for number, file in enumerate(files):
        if not file.exists():
            file.write_bytes(_photograph(number % _DISTINCT, size) + b"%d" % number)
    return files


@lru_cache(maxsize=_DISTINCT)
def _photograph(seed: int, size: tuple[int, int]) -> bytes:
    """Noise with the spectrum of natural images, mostly in brightness, as JPEG."""
    rng = np.random.default_rng(seed)
    light, *colours = (_noise(rng, size) for _ in range(3))
    channels = [light, *(0.85 * light + 0.25 * colour for colour in colours)]
    pixels = np.clip(np.stack(channels, axis=-1) * 45 + 120, 0, 255).astype(np.uint8)
    written = BytesIO()
    Image.fromarray(pixels).save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()


def _noise(rng: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    width, height = size
    frequency = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None])
    spectrum = np.fft.rfft2(rng.standard_normal((height, width)))
    field = np.fft.irfft2(spectrum / np.maximum(frequency, 1 / width) ** _STEEPNESS, (height, width))
    return field / field.std()


def site(folder: Path, pictures: Sequence[Path], a_page: int = 10) -> Path:
    """Pages of which each shows `a_page` of the pictures, none with an alternative."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "alttext.toml").write_text("", encoding="utf-8")
    for start in range(0, len(pictures), a_page):
        shown = "".join(
            f"<p>{_SENTENCES[number % 4]}</p>\n<p><img src='{_relative(picture, folder)}'></p>\n"
            for number, picture in enumerate(pictures[start : start + a_page])
        )
        page = f"<!doctype html><html lang=en><title>Page {start}</title><body>\n{shown}</body></html>\n"
        (folder / f"page{start:06}.html").write_text(page, encoding="utf-8")
    return folder


def _relative(picture: Path, folder: Path) -> str:
    return os.path.relpath(picture.absolute(), folder.absolute()).replace(os.sep, "/")


def pages(folder: Path, count: int, size: int = 10_000) -> Path:
    """`count` HTML pages of `size` bytes with three images; every other page lacks one alternative."""
    folder = folder / f"pages-{count}-{size}"
    if not folder.exists():
        folder.mkdir(parents=True)
        for number in range(count):
            (folder / f"{number:06}.html").write_text(_page(number, size), encoding="utf-8")
    return folder


def _page(number: int, size: int) -> str:
    """A page of a site about walks: one element for about 130 bytes, as pages of documentation have."""
    rng = random.Random(number)
    links = "".join(f'<li><a href="/walks/{rng.randrange(9999)}.html">Walk</a>' for _ in range(8))
    parts = [_HEAD.replace("TITLE", f"Walk {number}"), f"<nav><ul>{links}</ul></nav>\n<main>\n"]
    blocks = _blocks(rng, number % 2 == 0)
    while sum(map(len, parts)) < size - 100:
        parts.append(next(blocks))
    return "".join(parts)[: size - 20] + "\n</body></html>\n"


def _blocks(rng: random.Random, lacks: bool) -> Iterator[str]:
    for number in range(3):
        alt = "" if lacks and number == 1 else ' alt="Beeches above the river"'
        yield f'<figure><img src="walk{rng.randrange(999)}.jpg" width=640 height=480{alt}></figure>\n'
        yield f"<h2>Part {number}</h2>\n<p>{' '.join(rng.sample(_SENTENCES, 4))}</p>\n"
    while True:
        words = " ".join(rng.sample(_SENTENCES, 4))
        yield f'<p class="text">{words} <a href="#top">Back to the top</a></p>\n'
