"""The text side's part of the training: a small correction of what the text tower says."""

from torch import Tensor, nn
from torch.nn.functional import gelu, normalize

WIDTH = 512


class Adapter(nn.Module):
    """Unit rows `(n, dim)` to unit rows. At first it changes nothing.

    Sentences that mean alike do not always look alike ("a sunny day" and "a rainy day" are near each other in
    a space of meaning), so a residual moves texts towards what pictures can tell apart. The loss keeps it
    near the published vectors, for most words of the vocabulary were never trained on.
    """

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.straight = nn.Linear(dim, dim)
        self.up, self.down = nn.Linear(dim, WIDTH), nn.Linear(WIDTH, dim)
        for layer in (self.straight, self.down):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, texts: Tensor) -> Tensor:
        return normalize(texts + self.straight(texts) + self.down(gelu(self.up(texts))), dim=-1)
