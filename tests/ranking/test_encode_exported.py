"""A checkpoint that was exported says what it said, with neither torch nor transformers."""

import json
import shutil
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from alttext.errors import ModelError
from alttext.ranking import encode_exported, term_vectors
from alttext.ranking.encode import load_encoder
from alttext.ranking.encode_exported import ABOUT, ExportedEncoder
from alttext.ranking.encode_transformers import TransformersEncoder
from alttext.ranking.export import Wanted, export
from alttext.types import Term

TERMS = (
    Term("dog", "object", "a dog", ("dog",)),
    Term("cat", "object", "a cat", ("cat",)),
    Term("snow", "weather", "snow", ("snow",)),
)
TEXTS = [
    "dog",
    "a photo of the snow",
    "a photo of a dog . the cat of the dog",
    "",
    "Dog, cat & SNOW!",
    "dog " * 100,
]


@pytest.fixture(scope="module", params=["clip", "siglip"])
def checkpoint(request, tmp_path_factory):
    return request.getfixturevalue(f"build_{request.param}")(tmp_path_factory.mktemp("checkpoint"))


@pytest.fixture(scope="module")
def folder(checkpoint, tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported") / "model"
    export(Wanted(str(checkpoint), TERMS), folder, lambda _: None)
    return folder


@pytest.fixture(scope="module")
def encoder(folder):
    return load_encoder(str(folder))


@pytest.fixture(scope="module")
def original(checkpoint):
    return TransformersEncoder(str(checkpoint), device="cpu", exact=True)


def pictures() -> list[Image.Image]:
    noise = np.random.default_rng(3).integers(0, 255, (40, 60, 3), dtype=np.uint8)
    colour = Image.fromarray(noise)
    modes = [colour.convert(mode) for mode in ("L", "RGBA", "P", "CMYK")]
    return [colour, *modes, Image.new("1", (1, 90)), colour.resize((32, 32)), colour.resize((700, 33))]


def test_pictures_of_any_mode_and_size_are_seen_as_the_checkpoint_sees_them(encoder, original):
    ours, theirs = encoder.encode_images(pictures()), original.encode_images(pictures())
    assert (ours.shape, ours.dtype) == (theirs.shape, np.float32)
    assert np.allclose(ours, theirs, atol=1e-3)
    assert np.allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)


def test_texts_of_any_length_are_read_as_the_checkpoint_reads_them(encoder, original):
    assert np.allclose(encoder.encode_texts(TEXTS), original.encode_texts(TEXTS), atol=1e-4)


def test_a_batch_gives_what_single_ones_give(encoder):
    images = np.concatenate([encoder.encode_images([picture]) for picture in pictures()])
    assert np.allclose(encoder.encode_images(pictures()), images, atol=1e-5)
    texts = np.concatenate([encoder.encode_texts([text]) for text in TEXTS * 7])
    assert np.allclose(encoder.encode_texts(TEXTS * 7), texts, atol=1e-5)


def test_nothing_becomes_no_rows(encoder):
    assert encoder.encode_images([]).shape == (0, encoder.dim)
    assert encoder.encode_texts([]).shape == (0, encoder.dim)


WITHOUT = """
import json, sys
from pathlib import Path
absent = set(sys.argv[2].split())
sys.modules.update({name: None for name in absent})  # to import them is an error
from PIL import Image
from alttext.errors import ModelError
from alttext.ranking import term_vectors
from alttext.ranking.encode import load_encoder
from alttext.types import Term
encoder = load_encoder(sys.argv[1])
term = Term("dog", "object", "a dog", ("dog",))
said = {
    "image": encoder.encode_images([Image.new("RGB", (60, 40), "red")]).tolist(),
    "term": term_vectors.load([term], encoder, Path(sys.argv[3]), Path(sys.argv[1])).tolist(),
}
try:
    said["text"] = encoder.encode_texts(["a photo of a cat"]).tolist()
except ModelError as error:
    said["error"] = str(error)
said["loaded"] = sorted(name for name in ("torch", "transformers", "onnx") if sys.modules.get(name))
print(json.dumps(said))
"""


def without(packages, folder, tmp_path):
    command = [sys.executable, "-c", WITHOUT, str(folder), packages, str(tmp_path)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def test_neither_torch_nor_transformers_are_needed(folder, encoder, tmp_path):
    said = without("torch transformers onnx safetensors", folder, tmp_path)
    assert said["loaded"] == []
    expected = encoder.encode_images([Image.new("RGB", (60, 40), "red")])
    assert np.allclose(said["image"], expected, atol=1e-5)
    assert np.allclose(said["text"], encoder.encode_texts(["a photo of a cat"]), atol=1e-5)


def test_without_tokenizers_the_terms_are_known_and_other_texts_name_the_extra(folder, encoder, tmp_path):
    said = without("torch transformers tokenizers", folder, tmp_path)
    assert np.allclose(said["term"], term_vectors.load(TERMS[:1], encoder), atol=1e-3)
    assert "pip install 'alttext-clip[tokenizers]'" in said["error"]
    assert str(folder) in said["error"]


@pytest.fixture
def copy(folder, tmp_path):
    return shutil.copytree(folder, tmp_path / "copy")


@pytest.mark.parametrize("name", ["image.onnx", "text.onnx", "tokenizer.json", "vocabulary.npz"])
def test_a_file_of_another_size_or_none_is_refused_by_its_name(copy, name):
    with (copy / name).open("ab") as file:
        file.write(b"more")
    with pytest.raises(ModelError, match=rf"{name}: damaged.*export it again"):
        ExportedEncoder(copy)
    (copy / name).unlink()
    with pytest.raises(ModelError, match=rf"{name}: missing.*export it again"):
        ExportedEncoder(copy)


@pytest.mark.parametrize("name", ["image.onnx", "text.onnx", "tokenizer.json", "vocabulary.npz"])
def test_checksums_tell_which_file_was_changed(copy, name):
    assert encode_exported.damaged(copy) == []
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)
    assert encode_exported.damaged(copy) == [name]


@pytest.mark.parametrize("text", ["", "[]", "{}", "\x80", '{"id": "a", "dim": "many"}'])
def test_a_description_that_is_none_is_refused(copy, text):
    (copy / ABOUT).write_bytes(text.encode("latin-1"))
    with pytest.raises(ModelError, match=rf"{ABOUT}: not the description.*export it again"):
        load_encoder(str(copy))


def test_a_graph_that_is_none_is_refused_when_it_is_needed(copy):
    for name in ("image.onnx", "text.onnx"):
        size = (copy / name).stat().st_size
        (copy / name).write_bytes(b"\0" * size)
    encoder = ExportedEncoder(copy)
    with pytest.raises(ModelError, match=r"image\.onnx.*export it again"):
        encoder.encode_images([Image.new("RGB", (9, 9))])
    with pytest.raises(ModelError, match=r"text\.onnx.*export it again"):
        encoder.encode_texts(["dog"])


def test_a_tokenizer_that_is_none_is_refused_when_it_is_needed(copy):
    size = (copy / "tokenizer.json").stat().st_size
    (copy / "tokenizer.json").write_bytes(b"{" * size)
    with pytest.raises(ModelError, match=r"tokenizer\.json.*export it again"):
        ExportedEncoder(copy).encode_texts(["dog"])
