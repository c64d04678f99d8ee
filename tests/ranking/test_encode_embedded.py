"""The model that ships: it loads, it says what training said, and it notices damage."""

import json
import math
import shutil

import numpy as np
import pytest
from PIL import Image, ImageDraw

from alttext.errors import ModelError
from alttext.ranking.encode_embedded import FOLDER, EmbeddedEncoder, verified_manifest
from training.drawing import DRAWINGS, drawing


@pytest.fixture(scope="module")
def encoder() -> EmbeddedEncoder:
    return EmbeddedEncoder(threads=1)


def drawn(number: int) -> Image.Image:
    return drawing(number, json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["input_size"])


def test_the_shipped_graph_gives_what_the_trained_weights_gave(encoder, data_folder):
    trained = np.load(data_folder / "embedded_parity.npy")
    assert trained.shape == (DRAWINGS, encoder.dim)
    shipped = encoder.encode_images([drawn(number) for number in range(DRAWINGS)])
    assert (shipped * trained).sum(axis=1).min() >= 0.999


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
@pytest.mark.parametrize("size", [(1, 1), (640, 3), (224, 224)])
def test_images_of_any_mode_and_size_become_unit_rows(encoder, mode, size):
    rows = encoder.encode_images([Image.new(mode, size)])
    assert (rows.shape, rows.dtype) == ((1, encoder.dim), np.float32)
    assert math.isclose(np.linalg.norm(rows), 1, abs_tol=1e-5)


def test_nothing_becomes_no_rows(encoder):
    assert encoder.encode_images([]).shape == (0, encoder.dim)
    assert encoder.encode_texts([]).shape == (0, encoder.dim)


def test_a_batch_gives_what_single_images_give(encoder):
    images = [drawn(number) for number in range(7)]
    alone = np.concatenate([encoder.encode_images([image]) for image in images])
    assert np.allclose(encoder.encode_images(images), alone, atol=1e-4)


def test_a_batch_gives_what_single_texts_give_whatever_their_length(encoder):
    texts = ["snow", "", "A dog runs along the beach with a ball.", "rain " * 300, "東京"] * 8
    alone = np.concatenate([encoder.encode_texts([text]) for text in texts])
    assert np.allclose(encoder.encode_texts(texts), alone, atol=1e-4)


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("a dog on the beach", "a puppy at the seaside", "a bar chart"),
        ("a kitchen", "a room for cooking", "a mountain lake"),
        ("people riding bicycles", "cyclists", "a bowl of soup"),
    ],
)
def test_texts_of_like_meaning_are_near(encoder, text, near, far):
    first, second, third = encoder.encode_texts([text, near, far])
    assert first @ second > first @ third + 0.2


def test_a_ruled_page_is_no_photograph_and_a_sky_is(encoder):
    page = Image.new("RGB", (300, 400), "white")
    pen = ImageDraw.Draw(page)
    for top in range(40, 380, 12):
        for left in range(30, 260, 30):
            pen.rectangle((left, top, left + 8 + (top * left) % 18, top + 5), fill="black")
    picture = encoder.encode_images([page])[0]
    text, photograph = encoder.encode_texts(["a page of printed text", "a photograph of people outdoors"])
    assert picture @ text > picture @ photograph


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "model")


@pytest.mark.parametrize("name", ["image.onnx", "text.onnx", "vocabulary.txt"])
def test_a_changed_file_is_refused_by_its_name(copy, name):
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)
    with pytest.raises(ModelError, match=f"{name}.*reinstall"):
        EmbeddedEncoder(copy)


@pytest.mark.parametrize("name", ["image.onnx", "manifest.json"])
def test_a_missing_file_is_refused_by_its_name(copy, name):
    (copy / name).unlink()
    with pytest.raises(ModelError, match=f"{name}.*reinstall"):
        EmbeddedEncoder(copy)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": {}}', '{"files": 3}', "\x80"])
def test_a_manifest_that_is_none_is_refused(copy, text):
    (copy / "manifest.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(ModelError, match=r"manifest\.json.*reinstall"):
        EmbeddedEncoder(copy)


@pytest.mark.parametrize("key", ["id", "dim", "input_size", "files"])
def test_a_manifest_that_lacks_an_entry_is_refused_by_its_name(copy, key):
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    del manifest[key]
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError, match=rf"manifest\.json.* lacks {key}\b.*reinstall"):
        EmbeddedEncoder(copy)


def test_weights_of_another_folder_have_a_name_of_their_own(copy, encoder):
    """Or else figures and cached vectors of the shipped weights would be taken for theirs."""
    name = EmbeddedEncoder(copy).model_id
    assert name.startswith(f"{encoder.model_id}+")
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"].pop("text.onnx")
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert EmbeddedEncoder(copy).model_id != name


def test_a_graph_that_is_none_is_refused_when_it_is_first_needed(copy):
    (copy / "text.onnx").write_bytes(b"no graph")
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"].pop("text.onnx")
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError, match=r"text\.onnx"):
        EmbeddedEncoder(copy).encode_texts(["a dog"])


def test_all_files_together_stay_small():
    names = ["manifest.json", *verified_manifest(FOLDER)["files"]]
    assert sum((FOLDER / name).stat().st_size for name in names) <= 40e6
