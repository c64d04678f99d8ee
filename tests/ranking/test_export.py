"""A checkpoint becomes a folder that says the same, or there is no folder."""

import sys
from dataclasses import replace

import numpy as np
import platformdirs
import pytest
import torch
from PIL import Image
from transformers import CLIPImageProcessor, PreTrainedTokenizerFast

from alttext.errors import ModelError
from alttext.ranking import calibration, export_towers, rank, term_vectors, trial
from alttext.ranking import vocabulary as vocabularies
from alttext.ranking.calibration import Calibration
from alttext.ranking.encode_exported import ExportedEncoder
from alttext.ranking.encode_transformers import TransformersEncoder
from alttext.ranking.export import LEAST_COSINE, Wanted, export, name_of
from alttext.ranking.frame import Scaling

WORDS = {"object.toml": '[roots]\ndog = "a dog"\ncat = "a cat"\n', "weather.toml": '[roots]\nsnow = "snow"\n'}


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The folders of a user, with a small vocabulary."""
    monkeypatch.setattr(platformdirs, "user_data_path", lambda name: tmp_path / "data" / name)
    monkeypatch.setattr(calibration, "SHIPPED", tmp_path / "shipped.npz")
    (tmp_path / "words").mkdir()
    for name, text in WORDS.items():
        (tmp_path / "words" / name).write_text(text)
    return tmp_path


@pytest.fixture
def clip(home, build_clip):
    return build_clip(home / "clip")


@pytest.fixture
def vocabulary(home):
    return vocabularies.load(str(home / "words"))


@pytest.fixture
def exported(clip, home, vocabulary):
    """Export the checkpoint into a folder that is named; the rest says how."""

    def into(name="out", **how):
        return export(Wanted(str(clip), vocabulary.terms, **how), home / name, lambda _: None)

    return into


def left(home):
    """What is in the folder of the test besides what was there."""
    return {path.name for path in home.iterdir()} - {"clip", "words", "data"}


def test_the_least_cosines_are_told_and_kept_with_the_folder(exported, home):
    parity = exported()
    assert min(parity.images, parity.texts) > 0.9999
    card = (home / "out" / "README.md").read_text(encoding="utf-8")
    assert f"| least cosine, images | {parity.images} |" in card
    assert f"| least cosine, texts | {parity.texts} |" in card


def test_what_goes_on_is_told(clip, home, vocabulary):
    told = []
    export(Wanted(str(clip), vocabulary.terms), home / "out", told.append)
    assert told[0] == f"Reading {clip}"
    assert "Encoding 3 terms" in told


def test_nothing_of_the_machine_is_told_in_the_folder(exported, home):
    """It may be published."""
    exported()
    for path in (home / "out").iterdir():
        assert str(home).encode() not in path.read_bytes(), path.name


def test_the_same_checkpoint_has_the_same_id_and_another_one_another(exported, home, build_clip, vocabulary):
    exported("first")
    exported("second")
    exported("half", half=True)
    other = build_clip(home / "other" / "clip", projection=8)
    export(Wanted(str(other), vocabulary.terms), home / "third", lambda _: None)
    ids = [ExportedEncoder(home / name).model_id for name in ("first", "second", "half", "third")]
    assert all(each.startswith("clip+") for each in ids)
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


def test_weights_in_half_precision_say_the_same_in_less_room(build_siglip, home, vocabulary):
    wanted = Wanted(str(build_siglip(home / "siglip")), vocabulary.terms)
    export(wanted, home / "whole", lambda _: None)
    parity = export(replace(wanted, half=True), home / "half", lambda _: None)
    assert min(parity.images, parity.texts) >= LEAST_COSINE
    sizes = [(home / name / "image.onnx").stat().st_size for name in ("half", "whole")]
    assert sizes[0] < sizes[1]


def test_terms_have_the_vectors_that_the_checkpoint_gives_them(exported, home, clip, vocabulary, monkeypatch):
    exported()
    expected = term_vectors.load(vocabulary.terms, TransformersEncoder(str(clip), exact=True))
    monkeypatch.setattr(ExportedEncoder, "encode_texts", lambda *_: pytest.fail("they are in the folder"))
    known = term_vectors.load(vocabulary.terms, ExportedEncoder(home / "out"), model=home / "out")
    assert np.array_equal(known, expected)


def figures(encoder, vocabulary):
    """Figures in which everything matters: mean, facets, and what a single term was corrected by."""
    random = np.random.default_rng(4)
    mean = random.normal(size=encoder.dim).astype(np.float32) / 10
    direction = random.normal(size=encoder.dim).astype(np.float16).astype(np.float32)
    key = term_vectors.key_of(vocabulary.by_id["dog"], encoder.model_id)
    return Calibration(
        encoder.model_id,
        mean,
        np.diag(random.uniform(0.5, 1.5, encoder.dim)).astype(np.float32),
        {"object": 0.9, "weather": 0.4},
        {"object": -0.5, "weather": 0.3},
        {key: (direction, 0.25)},
        0.9,
    )


@pytest.mark.parametrize("place", ["beside the checkpoint", "made by the user"])
def test_a_checkpoint_that_was_calibrated_is_as_sure_of_everything_afterwards(
    exported, home, clip, vocabulary, place
):
    original = TransformersEncoder(str(clip), exact=True)
    own = calibration.own_path(original.model_id)
    calibration.write(
        clip / "calibration.npz" if place.startswith("beside") else own, figures(original, vocabulary)
    )
    exported()
    rows = original.encode_images(trial.pictures())
    before = rank.load(original, vocabulary, model=clip)
    after = rank.load(ExportedEncoder(home / "out"), vocabulary, model=home / "out")
    assert before.calibration.corrections
    expected = before.confidences(rows, before.scores(rows))
    assert np.allclose(after.confidences(rows, after.scores(rows)), expected, atol=1e-6)
    assert expected.max() > calibration.UNKNOWN_CEILING


def test_a_checkpoint_that_was_not_calibrated_stays_so(exported, home):
    exported()
    assert not (home / "out" / "calibration.npz").exists()


def test_without_its_text_tower_a_model_knows_its_terms_and_no_other_text(exported, home, vocabulary):
    parity = exported(texts=False)
    assert parity.texts is None
    assert not {"text.onnx", "tokenizer.json"} & {path.name for path in (home / "out").iterdir()}
    encoder = ExportedEncoder(home / "out")
    assert len(term_vectors.load(vocabulary.terms, encoder, model=home / "out")) == 3
    with pytest.raises(ModelError, match=r"without a text tower.*export it again"):
        encoder.encode_texts(["a photo of a cat"])


def test_a_tokenizer_that_cannot_be_taken_along_leaves_the_text_tower_out(exported, home, monkeypatch):
    monkeypatch.setattr(PreTrainedTokenizerFast, "backend_tokenizer", None)
    assert exported().texts is None
    assert "Without a text tower" in (home / "out" / "README.md").read_text(encoding="utf-8")


def test_pictures_that_are_seen_otherwise_leave_nothing_behind(exported, home, monkeypatch):
    wrong = Scaling([255.0, 0.0, 255.0], [1.0, 90.0, 3.0])
    write = export_towers.write_images
    monkeypatch.setattr(
        export_towers,
        "write_images",
        lambda model, frame, _, path, half: write(model, frame, wrong, path, half=half),
    )
    with pytest.raises(ModelError, match=r"not exported: the least cosine of both vectors of a picture is"):
        exported("new/out")
    assert left(home) == set()


def test_texts_that_are_read_otherwise_leave_nothing_behind(exported, home, monkeypatch):
    write = export_towers.write_texts

    def shuffled(model, example, path, half):
        with torch.no_grad():
            weight = model.text_model.embeddings.token_embedding.weight
            weight.copy_(weight.flip(0))
        write(model, example, path, half=half)

    monkeypatch.setattr(export_towers, "write_texts", shuffled)
    with pytest.raises(ModelError, match=r"not exported: the least cosine of both vectors of a text is"):
        exported()
    assert left(home) == set()


def test_a_model_to_which_pictures_look_alike_is_not_exported(exported, home, monkeypatch):
    """A cosine alone may be high for every two pictures."""
    monkeypatch.setattr(trial, "pictures", lambda: [Image.new("RGB", (40, 30), "red")] * 2)
    with pytest.raises(ModelError, match="pictures are taken for one another"):
        exported()
    assert left(home) == set()


def test_what_torch_cannot_export_leaves_nothing_behind(exported, home, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("Unsupported: an operation\nof a new kind")

    monkeypatch.setattr(torch.onnx, "export", fail)
    with pytest.raises(ModelError, match=r"torch .* cannot export this model: Unsupported: an operation$"):
        exported()
    assert left(home) == set()


def test_what_is_there_is_not_overwritten(exported, home):
    (home / "out").mkdir()
    (home / "out" / "mine.txt").write_text("mine")
    with pytest.raises(ModelError, match="there is something already"):
        exported()
    assert [path.name for path in (home / "out").iterdir()] == ["mine.txt"]


def test_pictures_that_are_prepared_in_a_way_of_their_own_are_refused(exported, home, clip):
    CLIPImageProcessor(size={"shortest_edge": 32}, do_center_crop=False).save_pretrained(clip)
    with pytest.raises(ModelError, match="cannot be exported"):
        exported()
    assert left(home) == set()


def test_without_onnx_the_message_says_what_to_install(exported, home, monkeypatch):
    monkeypatch.delitem(sys.modules, "alttext.ranking.export_towers", raising=False)
    monkeypatch.delattr("alttext.ranking.export_towers", raising=False)
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(ModelError, match=r"package onnx: pip install 'alttext-clip\[clip\]'"):
        exported()
    assert left(home) == set()


def test_a_model_is_named_as_its_repository_or_its_folder(tmp_path):
    pulled = tmp_path / "models--openai--clip-vit" / "snapshots" / ("a" * 40)
    for folder in (pulled, tmp_path / "my-clip"):
        folder.mkdir(parents=True)
    assert name_of("openai/clip-vit") == "openai/clip-vit"
    assert name_of(str(pulled)) == "openai/clip-vit"
    assert name_of(str(tmp_path / "my-clip")) == "my-clip"
