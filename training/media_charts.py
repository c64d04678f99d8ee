"""Charts with known types, drawn by matplotlib in many styles."""

import io
import random

import matplotlib as mpl
import matplotlib.style
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from training.media_sheet import Drawing
from training.media_words import phrase, title, word

mpl.use("Agg")

KINDS = {
    "bar": ("a bar chart", "a bar graph comparing categories"),
    "horizontal": ("a horizontal bar chart", "a bar chart"),
    "stacked": ("a stacked bar chart", "a bar chart with coloured segments"),
    "line": ("a line chart", "a line graph"),
    "area": ("an area chart", "a graph with filled areas"),
    "scatter": ("a scatter plot", "a scatter chart of points"),
    "pie": ("a pie chart", "a pie chart with labelled slices"),
    "donut": ("a donut chart", "a ring-shaped pie chart"),
    "histogram": ("a histogram", "a bar chart of a distribution"),
    "heat": ("a heat map", "a matrix of coloured cells"),
    "box": ("a box plot", "a chart of boxes and whiskers"),
    "curve": ("a graph of a function", "a curve on a coordinate grid"),
}
GENERAL = ("a chart", "a graph", "a chart with data")
_STYLES = (
    "default", "ggplot", "bmh", "classic", "fivethirtyeight", "grayscale", "seaborn-v0_8", "dark_background",
    "seaborn-v0_8-whitegrid", "Solarize_Light2",
)  # fmt: skip
_COLOURS = ("tab10", "Set2", "Set1", "Pastel1", "Dark2", "viridis", "Blues", "Greys", "plasma")


def draw(kind: str, chance: random.Random) -> Drawing:
    """A chart of that kind and what is true of it."""
    numbers = np.random.default_rng(chance.getrandbits(32))
    with mpl.style.context(chance.choice(_STYLES)):
        figure = Figure(figsize=(chance.uniform(3, 6), chance.uniform(2.2, 4.5)), dpi=72)
        axes = figure.add_subplot()
        _PLOTS[kind](axes, numbers, chance)
        _decorate(axes, kind, chance)
        return _picture(figure), (*KINDS[kind], *GENERAL)


def _decorate(axes: Axes, kind: str, chance: random.Random) -> None:
    if chance.random() < 0.6:
        axes.set_title(title(chance))
    if kind in ("pie", "donut"):
        return
    if chance.random() < 0.6:
        axes.set_xlabel(word(chance))
        axes.set_ylabel(word(chance))
    if kind != "heat" and chance.random() < 0.4:
        axes.grid(visible=True)
    if chance.random() < 0.3:
        axes.spines[["top", "right"]].set_visible(False)


def _picture(figure: Figure) -> Image.Image:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", bbox_inches="tight")
    return Image.open(buffer).convert("RGB")


def _colours(chance: random.Random, count: int) -> list[tuple[float, ...]]:
    return list(mpl.colormaps[chance.choice(_COLOURS)](np.linspace(0.15, 0.9, count)))


def _names(chance: random.Random, count: int) -> list[str]:
    if chance.random() < 0.4:
        first = chance.randint(1950, 2015)
        return [str(first + step) for step in range(count)]
    return [f"{word(chance)} {n}" if chance.random() < 0.1 else word(chance) + " " * n for n in range(count)]


def _bar(axes: Axes, numbers: np.random.Generator, chance: random.Random) -> None:
    count = chance.randint(3, 9)
    colour = _colours(chance, count) if chance.random() < 0.5 else _colours(chance, 3)[1]
    axes.bar(
        _names(chance, count), numbers.gamma(3, 10, count), color=colour, width=chance.uniform(0.4, 0.95)
    )
    axes.tick_params(axis="x", rotation=chance.choice((0, 0, 45, 90)))


def _horizontal(axes: Axes, numbers: np.random.Generator, chance: random.Random) -> None:
    count = chance.randint(3, 10)
    axes.barh(_names(chance, count), numbers.gamma(3, 10, count), color=_colours(chance, count))


def _stacked(axes: Axes, numbers: np.random.Generator, chance: random.Random) -> None:
    count, layers = chance.randint(3, 8), chance.randint(2, 4)
    names, floor = _names(chance, count), np.zeros(count)
    for colour in _colours(chance, layers):
        heights = numbers.gamma(3, 10, count)
        axes.bar(names, heights, bottom=floor, color=colour, label=word(chance))
        floor = floor + heights
    axes.legend()


def _line(axes: Axes, numbers: np.random.Generator, chance: random.Random) -> None:
    count = chance.randint(5, 60)
    for colour in _colours(chance, chance.randint(1, 5)):
        marker = chance.choice(("", "", "o", "s", "^"))
        axes.plot(numbers.normal(0.2, 1, count).cumsum(), color=colour, marker=marker, label=word(chance))
    if chance.random() < 0.5:
        axes.legend()


def _area(axes: Axes, numbers: np.random.Generator, chance: random.Random) -> None:
    count, layers = chance.randint(6, 40), chance.randint(1, 4)
    values = np.abs(numbers.normal(0.1, 1, (layers, count)).cumsum(1)) + 1
    axes.stackplot(range(count), values, colors=_colours(chance, layers), alpha=0.8)


def _scatter(axes: Axes, numbers: np.random.Generator, chance: random.Random) -> None:
    for colour in _colours(chance, chance.randint(1, 3)):
        x = numbers.normal(numbers.uniform(-3, 3), 1, chance.randint(15, 150))
        y = x * numbers.uniform(-1, 1) + numbers.normal(0, 1, x.size)
        axes.scatter(x, y, s=chance.uniform(5, 40), color=colour, alpha=0.7)


def _pie(axes: Axes, numbers: np.random.Generator, chance: random.Random, hole: float = 0.0) -> None:
    count = chance.randint(2, 7)
    labels = _names(chance, count) if chance.random() < 0.7 else None
    percent = "%1.0f%%" if chance.random() < 0.5 else None
    wedge = {"width": 1 - hole} if hole else {}
    axes.pie(
        numbers.gamma(3, 1, count),
        labels=labels,
        autopct=percent,
        colors=_colours(chance, count),
        wedgeprops=wedge,
    )


def _donut(axes: Axes, numbers: np.random.Generator, chance: random.Random) -> None:
    _pie(axes, numbers, chance, hole=chance.uniform(0.4, 0.75))


def _histogram(axes: Axes, numbers: np.random.Generator, chance: random.Random) -> None:
    sample = numbers.normal(50, 12, 400) if chance.random() < 0.6 else numbers.gamma(2, 10, 400)
    axes.hist(
        sample,
        bins=chance.randint(8, 40),
        color=_colours(chance, 3)[1],
        edgecolor=chance.choice(("white", "black", None)),
    )


def _heat(axes: Axes, numbers: np.random.Generator, chance: random.Random) -> None:
    values = numbers.random((chance.randint(4, 14), chance.randint(4, 14)))
    drawn = axes.imshow(
        values, cmap=chance.choice(("viridis", "Reds", "Blues", "coolwarm", "Greys", "YlGn")), aspect="auto"
    )
    if chance.random() < 0.6:
        axes.figure.colorbar(drawn)


def _box(axes: Axes, numbers: np.random.Generator, chance: random.Random) -> None:
    count = chance.randint(2, 7)
    drawn = axes.boxplot(
        list(numbers.normal(numbers.uniform(0, 5, (count, 1)), 1, (count, 60))), patch_artist=True
    )
    for box, colour in zip(drawn["boxes"], _colours(chance, count), strict=True):
        box.set_facecolor(colour)


def _curve(axes: Axes, numbers: np.random.Generator, chance: random.Random) -> None:
    x = np.linspace(-5, 5, 200)
    for colour in _colours(chance, chance.randint(1, 2)):
        axes.plot(
            x,
            np.polyval(numbers.normal(0, 1, chance.randint(2, 5)) / 9, x) + numbers.normal() * np.sin(x),
            color=colour,
        )
    axes.axhline(0, color="black", linewidth=1)
    axes.axvline(0, color="black", linewidth=1)
    if chance.random() < 0.4:
        axes.annotate(phrase(chance, 2), (0, 0))


_PLOTS = {
    "bar": _bar, "horizontal": _horizontal, "stacked": _stacked, "line": _line, "area": _area,
    "scatter": _scatter, "pie": _pie, "donut": _donut, "histogram": _histogram,
    "heat": _heat, "box": _box, "curve": _curve,
}  # fmt: skip
