"""Fixtures that tests of several modules share."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)  # no test measures time
settings.load_profile("unhurried")

WORDS = ["<pad>", "<end>", "<start>", "<unk>", "a", "photo", "of", "dog", "cat", "the", "snow", "."]
SMALL = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4}
VISION = SMALL | {"image_size": 32, "patch_size": 8}


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Files that the tests compare with."""
    return Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def build_clip() -> Callable[..., Path]:
    """Writes a small CLIP checkpoint with random weights into a folder."""
    import torch
    from transformers import CLIPConfig, CLIPImageProcessor, CLIPModel

    def build(folder: Path, projection: int = 24) -> Path:
        torch.manual_seed(1)
        text = SMALL | {"vocab_size": len(WORDS), "max_position_embeddings": 16}
        text |= {"eos_token_id": 1, "bos_token_id": 2, "pad_token_id": 0}
        config = CLIPConfig(text_config=text, vision_config=VISION, projection_dim=projection)
        CLIPModel(config).save_pretrained(folder)
        size = {"size": {"shortest_edge": 32}, "crop_size": {"height": 32, "width": 32}}
        CLIPImageProcessor(**size).save_pretrained(folder)
        _tokenizer().save_pretrained(folder)
        return folder

    return build


@pytest.fixture(scope="session")
def build_siglip() -> Callable[..., Path]:
    """Writes a small SigLIP checkpoint with random weights into a folder."""
    import torch
    from transformers import SiglipConfig, SiglipImageProcessor, SiglipModel

    def build(folder: Path) -> Path:
        torch.manual_seed(2)
        text = SMALL | {"vocab_size": len(WORDS), "max_position_embeddings": 64, "projection_size": 32}
        config = SiglipConfig(text_config=text, vision_config=VISION)
        SiglipModel(config).save_pretrained(folder)
        SiglipImageProcessor(size={"height": 32, "width": 32}).save_pretrained(folder)
        _tokenizer().save_pretrained(folder)
        return folder

    return build


def _tokenizer():
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    plain = Tokenizer(models.WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="<unk>"))
    plain.pre_tokenizer = pre_tokenizers.Whitespace()
    plain.post_processor = processors.TemplateProcessing(
        single="<start> $A <end>", special_tokens=[("<start>", 2), ("<end>", 1)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=plain, pad_token="<pad>", eos_token="<end>", bos_token="<start>", unk_token="<unk>"
    )
