"""Makes a ViT-B/32 with random weights, whose speed is that of a trained one."""

from collections.abc import Iterable
from pathlib import Path

FOLDER = "clip-vit-base-patch32"
_PUNCTUATION = ".,()'-"


def vit_b_32(folder: Path, texts: Iterable[str]) -> Path:
    """A checkpoint of the size of openai/clip-vit-base-patch32, with the words of `texts` as its tokens."""
    folder = folder / FOLDER
    if not (folder / "config.json").exists():
        import torch
        from transformers import CLIPConfig, CLIPImageProcessor, CLIPModel

        torch.manual_seed(1)
        CLIPModel(CLIPConfig()).save_pretrained(folder)
        CLIPImageProcessor().save_pretrained(folder)
        _tokenizer(texts).save_pretrained(folder)
    return folder


def _tokenizer(texts: Iterable[str]):  # type: ignore[no-untyped-def]
    """One token a word: about what byte pairs make of common words."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    words = sorted({word for text in texts for word in text.lower().replace("-", " ").split()})
    ends = {"<unk>": 0, "<|startoftext|>": 49406, "<|endoftext|>": 49407}  # as CLIPConfig has them
    tokens = ends | {word: number for number, word in enumerate((*_PUNCTUATION, *words), 1)}
    plain = Tokenizer(models.WordLevel(tokens, unk_token="<unk>"))
    plain.normalizer = normalizers.Lowercase()
    plain.pre_tokenizer = pre_tokenizers.Whitespace()
    plain.post_processor = processors.TemplateProcessing(
        single="<|startoftext|> $A <|endoftext|>",
        special_tokens=[(name, ends[name]) for name in ("<|startoftext|>", "<|endoftext|>")],
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=plain,
        model_max_length=77,
        unk_token="<unk>",
        bos_token="<|startoftext|>",
        eos_token="<|endoftext|>",
        pad_token="<|endoftext|>",
    )
