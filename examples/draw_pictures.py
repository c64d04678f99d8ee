# /// script
# requires-python = ">=3.11"
# dependencies = ["matplotlib>=3.9", "pillow>=12.3"]
# ///
"""Draw the pictures of the sample site that are no photographs: `pipx run examples/draw_pictures.py`."""

from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt
from PIL import Image, ImageDraw, ImageFont

IMAGES = Path(__file__).parent / "site" / "images"
INK, PAPER, SEA, SAND = "#22313f", "#ffffff", "#1f7a8c", "#e8c07d"


def chart_days() -> None:
    """Draw a bar chart with title, axes and values."""
    mpl.use("Agg")
    figure, axes = plt.subplots(figsize=(6.4, 4), dpi=100)
    bars = axes.bar(["Walking", "Trains", "Cities", "At home"], [34, 12, 21, 48], color=SEA)
    axes.bar_label(bars)
    axes.set(title="Days by what we did, 2026", ylabel="Days")
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(IMAGES / "chart-days.png", metadata={"Software": None})


def flow_diagram() -> None:
    """Draw four boxes, joined by arrows."""
    image, draw = canvas(760, 180)
    for number, text in enumerate(["Idea", "Map", "Train", "Notes"]):
        left = 20 + number * 190
        draw.rounded_rectangle((left, 60, left + 130, 120), 10, outline=INK, width=3, fill="#eef5f6")
        draw.text((left + 65, 90), text, INK, ImageFont.load_default(24), anchor="mm")
        if number < 3:
            draw.line((left + 134, 90, left + 176, 90), INK, 3)
            draw.polygon([(left + 186, 90), (left + 172, 82), (left + 172, 98)], INK)
    save(image, "flow-diagram.png")


def logo() -> None:
    """Draw a sail over a wave with the name of the site, on transparent ground."""
    image, draw = canvas(640, 160, (0, 0, 0, 0))
    draw.polygon([(80, 16), (80, 112), (20, 112)], SEA)
    draw.polygon([(90, 36), (90, 112), (134, 112)], SAND)
    draw.arc((10, 100, 150, 150), 20, 160, INK, 8)
    draw.text((180, 80), "windward", INK, ImageFont.load_default(84), anchor="lm")
    save(image.resize((320, 80), Image.Resampling.LANCZOS), "logo.png")


def search() -> None:
    """Draw a magnifier."""
    image, draw = canvas(128, 128, (0, 0, 0, 0))
    draw.ellipse((16, 16, 84, 84), outline=INK, width=12)
    draw.line((76, 76, 112, 112), INK, 16)
    save(image.resize((32, 32), Image.Resampling.LANCZOS), "search.png")


def divider() -> None:
    """Draw a thin line with a dot in its middle."""
    image, draw = canvas(600, 12)
    draw.line((0, 6, 600, 6), SAND, 2)
    draw.ellipse((294, 0, 306, 12), fill=SAND)
    save(image, "divider.png")


def spacer() -> None:
    """Write one transparent pixel."""
    Image.new("P", (1, 1), 0).save(IMAGES / "spacer.gif", transparency=0)


def screenshot() -> None:
    """Draw the settings window of a program that does not exist."""
    image, draw = canvas(800, 500, "#f3f4f6")
    small, large = ImageFont.load_default(18), ImageFont.load_default(24)
    draw.rectangle((0, 0, 800, 40), INK)
    draw.text((20, 20), "Trip planner - Settings", PAPER, small, anchor="lm")
    for column, colour in enumerate(("#e5534b", "#d8a12f", "#57ab5a")):
        draw.ellipse((710 + column * 26, 12, 726 + column * 26, 28), colour)
    draw.rectangle((0, 40, 200, 500), "#dfe4ea")
    for row, name in enumerate(("General", "Maps", "Trains", "Backup")):
        draw.text((24, 80 + row * 44), name, INK, small, anchor="lm")
    draw.text((236, 84), "Maps", INK, large, anchor="lm")
    choices = {
        "Keep maps on this computer": SEA,
        "Show walking times": SEA,
        "Warn before night trains": PAPER,
    }
    for row, (name, fill) in enumerate(choices.items()):
        top = 130 + row * 60
        draw.rounded_rectangle((236, top, 260, top + 24), 4, outline=INK, width=2, fill=fill)
        draw.text((280, top + 12), name, INK, small, anchor="lm")
    draw.rounded_rectangle((640, 430, 770, 470), 6, fill=SEA)
    draw.text((705, 450), "Save", PAPER, small, anchor="mm")
    save(image, "screenshot.png")


def canvas(width: int, height: int, ground: object = PAPER) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGBA" if isinstance(ground, tuple) else "RGB", (width, height), ground)
    return image, ImageDraw.Draw(image)


def save(image: Image.Image, name: str) -> None:
    image.save(IMAGES / name, optimize=True)


if __name__ == "__main__":
    for draw_picture in (chart_days, flow_diagram, logo, search, divider, spacer, screenshot):
        draw_picture()
