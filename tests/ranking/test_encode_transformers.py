"""Small CLIP and SigLIP checkpoints, built here with random weights, load through the real path."""

import numpy as np
import pytest
import torch
from PIL import Image
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import (
    BertConfig,
    BertModel,
    CLIPConfig,
    CLIPImageProcessor,
    CLIPModel,
    PreTrainedTokenizerFast,
    SiglipConfig,
    SiglipImageProcessor,
    SiglipModel,
)

from alttext.errors import ModelError
from alttext.ranking.encode import load_encoder

WORDS = ["<pad>", "<end>", "<start>", "<unk>", "a", "photo", "of", "dog", "cat", "the", "snow", "."]
SMALL = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4}
VISION = SMALL | {"image_size": 32, "patch_size": 8}


def tokenizer() -> PreTrainedTokenizerFast:
    plain = Tokenizer(models.WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="<unk>"))
    plain.pre_tokenizer = pre_tokenizers.Whitespace()
    plain.post_processor = processors.TemplateProcessing(
        single="<start> $A <end>", special_tokens=[("<start>", 2), ("<end>", 1)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=plain, pad_token="<pad>", eos_token="<end>", bos_token="<start>", unk_token="<unk>"
    )


def build_clip(folder, projection=24):
    torch.manual_seed(1)
    text = SMALL | {"vocab_size": len(WORDS), "max_position_embeddings": 16}
    text |= {"eos_token_id": 1, "bos_token_id": 2, "pad_token_id": 0}
    config = CLIPConfig(text_config=text, vision_config=VISION, projection_dim=projection)
    CLIPModel(config).save_pretrained(folder)
    CLIPImageProcessor(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32}).save_pretrained(
        folder
    )
    tokenizer().save_pretrained(folder)
    return folder


def build_siglip(folder):
    torch.manual_seed(2)
    text = SMALL | {"vocab_size": len(WORDS), "max_position_embeddings": 64, "projection_size": 32}
    config = SiglipConfig(text_config=text, vision_config=VISION)
    SiglipModel(config).save_pretrained(folder)
    SiglipImageProcessor(size={"height": 32, "width": 32}).save_pretrained(folder)
    tokenizer().save_pretrained(folder)
    return folder


@pytest.fixture(scope="module", params=[build_clip, build_siglip], ids=["clip", "siglip"])
def checkpoint(request, tmp_path_factory):
    return request.param(tmp_path_factory.mktemp("checkpoint"))


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
    assert np.allclose(together, alone, atol=1e-5)


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


def test_the_name_of_the_weights_changes_with_the_weights(tmp_path):
    first = load_encoder(str(build_clip(tmp_path))).model_id
    assert load_encoder(str(tmp_path)).model_id == first
    assert load_encoder(str(build_clip(tmp_path, projection=8))).model_id != first


def test_weights_that_could_run_code_are_not_read(tmp_path):
    build_clip(tmp_path)
    torch.save(CLIPModel.from_pretrained(tmp_path).state_dict(), tmp_path / "pytorch_model.bin")
    (tmp_path / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="safetensors"):
        load_encoder(str(tmp_path))


def test_a_model_of_another_kind_is_refused_by_its_kind(tmp_path):
    BertModel(BertConfig(vocab_size=12, **SMALL)).save_pretrained(tmp_path)
    with pytest.raises(ModelError, match="bert"):
        load_encoder(str(tmp_path))


def test_damaged_weights_are_refused_by_the_folder_s_name(tmp_path):
    build_clip(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"\0" * 64)
    with pytest.raises(ModelError, match=str(tmp_path)):
        load_encoder(str(tmp_path))
