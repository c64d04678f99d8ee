"""Small CLIP and SigLIP checkpoints with random weights load through the real path."""

import numpy as np
import pytest
import torch
from PIL import Image
from transformers import BertConfig, BertModel, CLIPModel

from alttext.errors import ModelError
from alttext.ranking import device
from alttext.ranking.encode import load_encoder
from alttext.ranking.encode_transformers import TransformersEncoder


@pytest.fixture(scope="module", params=["clip", "siglip"])
def checkpoint(request, tmp_path_factory):
    build = request.getfixturevalue(f"build_{request.param}")
    return build(tmp_path_factory.mktemp("checkpoint"))


@pytest.fixture(scope="module")
def encoder(checkpoint):
    return load_encoder(str(checkpoint))


def pictures() -> list[Image.Image]:
    noise = np.random.default_rng(3).integers(0, 255, (40, 60, 3), dtype=np.uint8)
    colour = Image.fromarray(noise)
    return [colour, colour.convert("L"), colour.convert("RGBA"), colour.convert("P"), Image.new("1", (1, 90))]


def test_images_become_unit_rows(encoder):
    rows = encoder.encode_images(pictures())
    assert (rows.shape, rows.dtype) == ((5, encoder.dim), np.float32)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_texts_become_unit_rows(encoder):
    rows = encoder.encode_texts(["a photo of a dog.", "snow"])
    assert (rows.shape, rows.dtype) == ((2, encoder.dim), np.float32)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_nothing_becomes_no_rows(encoder):
    assert encoder.encode_images([]).shape == (0, encoder.dim)
    assert encoder.encode_texts([]).shape == (0, encoder.dim)


def test_a_batch_gives_what_single_images_give(encoder):
    together = encoder.encode_images(pictures())
    alone = np.concatenate([encoder.encode_images([picture]) for picture in pictures()])
    assert (together * alone).sum(axis=1).min() >= 0.999


CAPABILITIES = [
    ({}, False),
    ({"avx512_bf16": False, "amx_bf16": False}, False),
    ({"avx512_bf16": True}, True),
    ({"avx512_bf16": False, "amx_bf16": True}, True),
]


@pytest.mark.parametrize(("capabilities", "is_short"), CAPABILITIES)
def test_short_numbers_are_used_where_the_processor_has_them_and_say_the_same(
    checkpoint, monkeypatch, capabilities, is_short
):
    def rows(found):
        monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: found, raising=False)
        encoder = load_encoder(str(checkpoint))
        return encoder.encode_images(pictures()), encoder.encode_texts(["a photo of a dog."])

    (images, texts), (long_images, long_texts) = rows(capabilities), rows({})
    assert np.array_equal(images, long_images) != is_short
    assert (images * long_images).sum(axis=1).min() >= 0.999
    assert np.array_equal(texts, long_texts)


def test_a_torch_that_cannot_tell_computes_with_long_numbers(checkpoint, encoder, monkeypatch):
    monkeypatch.delattr(torch.cpu, "get_capabilities", raising=False)
    rows = load_encoder(str(checkpoint)).encode_images(pictures())
    assert (rows * encoder.encode_images(pictures())).sum(axis=1).min() >= 0.999


def test_large_images_give_what_the_checkpoint_s_own_processor_makes_of_them(checkpoint, encoder):
    from transformers import AutoImageProcessor, AutoModel

    shades = np.linspace(0, 255, 900)
    large = Image.fromarray(np.stack([np.add.outer(shades, shades) / 2] * 3, axis=-1).astype(np.uint8))
    inputs = AutoImageProcessor.from_pretrained(checkpoint)([large], return_tensors="pt")
    with torch.inference_mode():
        expected = AutoModel.from_pretrained(checkpoint).eval().get_image_features(**inputs).pooler_output[0]
    assert encoder.encode_images([large])[0] @ (expected / expected.norm()).numpy() >= 0.999


def test_a_batch_gives_what_single_texts_give_whatever_their_length(encoder):
    texts = ["dog", "a photo of the snow", "a photo of a dog . the cat of the dog", "", "dog " * 100]
    together = encoder.encode_texts(texts)
    alone = np.concatenate([encoder.encode_texts([text]) for text in texts])
    assert np.allclose(together, alone, atol=1e-5)


def test_more_than_one_chunk_keeps_the_order(encoder):
    texts = ["dog", "cat", "snow"] * 12
    assert np.allclose(encoder.encode_texts(texts)[:3], encoder.encode_texts(texts)[-3:], atol=1e-5)


def test_vectors_are_the_model_s_own(checkpoint, encoder):
    from transformers import AutoModel

    model = AutoModel.from_pretrained(checkpoint).eval()
    ids = torch.tensor([[2, 7, 1]])
    if model.config.model_type == "siglip":
        ids = torch.nn.functional.pad(ids, (0, 61))
    with torch.inference_mode():
        expected = torch.nn.functional.normalize(model.get_text_features(input_ids=ids).pooler_output, dim=1)
    assert np.allclose(encoder.encode_texts(["dog"]), expected.numpy(), atol=1e-5)


def test_the_name_of_the_weights_changes_with_the_weights(build_clip, tmp_path):
    first = load_encoder(str(build_clip(tmp_path))).model_id
    assert load_encoder(str(tmp_path)).model_id == first
    assert load_encoder(str(build_clip(tmp_path, projection=8))).model_id != first


def test_weights_that_could_run_code_are_not_read(build_clip, tmp_path):
    build_clip(tmp_path)
    torch.save(CLIPModel.from_pretrained(tmp_path).state_dict(), tmp_path / "pytorch_model.bin")
    (tmp_path / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="safetensors"):
        load_encoder(str(tmp_path))


def test_a_model_of_another_kind_is_refused_by_its_kind(tmp_path):
    BertModel(
        BertConfig(vocab_size=12, hidden_size=32, num_hidden_layers=1, num_attention_heads=4)
    ).save_pretrained(tmp_path)
    with pytest.raises(ModelError, match="bert"):
        load_encoder(str(tmp_path))


def test_damaged_weights_are_refused_by_the_folder_s_name(build_clip, tmp_path):
    build_clip(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"\0" * 64)
    with pytest.raises(ModelError, match=str(tmp_path)):
        load_encoder(str(tmp_path))


def test_pictures_are_seen_as_the_checkpoint_s_own_code_sees_them(checkpoint, encoder):
    exact = TransformersEncoder(str(checkpoint), exact=True)
    assert (exact.encode_images(pictures()) * encoder.encode_images(pictures())).sum(axis=1).min() >= 0.999
    assert np.array_equal(exact.encode_texts(["a photo"]), encoder.encode_texts(["a photo"]))
    assert exact.model_id == encoder.model_id


def test_weights_that_are_kept_in_half_precision_give_the_vectors_of_long_numbers(build_clip, tmp_path):
    build_clip(tmp_path)
    whole = TransformersEncoder(str(tmp_path), exact=True)
    rows = whole.encode_images(pictures()), whole.encode_texts(["dog"])
    CLIPModel.from_pretrained(tmp_path).half().save_pretrained(tmp_path)
    half = TransformersEncoder(str(tmp_path), exact=True)
    for before, after in zip(rows, (half.encode_images(pictures()), half.encode_texts(["dog"])), strict=True):
        assert (before * after).sum(axis=1).min() >= 0.9999


def test_a_checkpoint_that_cannot_stand_short_numbers_keeps_its_long_ones(checkpoint, monkeypatch):
    """What was cut off must not be missing afterwards."""

    def tried_in_vain(torch, name, rows_in):
        assert len(rows_in(torch.float16)) == len(rows_in(torch.bfloat16)) > 0
        return torch.float32

    exact = TransformersEncoder(str(checkpoint), exact=True).encode_images(pictures())
    monkeypatch.setattr(device, "precision", tried_in_vain)
    assert np.allclose(load_encoder(str(checkpoint)).encode_images(pictures()), exact, atol=1e-6)


@pytest.mark.parametrize("kind", ["image", "text"])
def test_too_little_memory_for_a_batch_changes_no_vector(build_clip, tmp_path, monkeypatch, kind):
    encoder = TransformersEncoder(str(build_clip(tmp_path)), exact=True)
    inputs = pictures() * 2 if kind == "image" else ["dog", "snow", "a cat", "the", "photo"] * 2
    encode = getattr(encoder, f"encode_{kind}s")
    expected, name = encode(inputs), f"get_{kind}_features"
    whole, counts = getattr(CLIPModel, name), []

    def narrow(model, **tensors):
        counts.append(len(next(iter(tensors.values()))))
        if counts[-1] > 3:
            raise torch.cuda.OutOfMemoryError("CUDA out of memory")
        return whole(model, **tensors)

    monkeypatch.setattr(CLIPModel, name, narrow)
    assert np.allclose(encode(inputs), expected, atol=1e-5)
    assert max(counts) > 3 >= counts[-1]


def test_a_gpu_that_is_asked_for_but_not_there_is_an_error_before_anything_is_loaded(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(ModelError, match=r'device = "cuda": torch .* finds none here'):
        load_encoder("no/such/model", device="cuda")


@pytest.mark.skipif(not torch.cuda.is_available(), reason="torch finds no GPU of CUDA on this machine")
def test_a_gpu_gives_what_the_processor_gives(checkpoint):
    exact = TransformersEncoder(str(checkpoint), device="cpu", exact=True)
    gpu = load_encoder(str(checkpoint), device="cuda")
    many = pictures() * 60  # more than one batch
    assert (gpu.encode_images(many) * exact.encode_images(many)).sum(axis=1).min() >= 0.999
    texts = ["dog", "a photo of the snow", ""]
    assert (gpu.encode_texts(texts) * exact.encode_texts(texts)).sum(axis=1).min() >= 0.9999
