"""Colour for terminals, and none for everything else; and text that cannot steer a terminal."""

from collections.abc import Callable

Paint = Callable[[str, str], str]


def painter(color: bool) -> Paint:
    """Return a function that paints text in a style of rich's words ("bold red"), or leaves it alone."""
    if not color:
        return lambda text, _style: text
    from rich.color import ColorSystem  # noqa: PLC0415 - most runs are without colour
    from rich.style import Style  # noqa: PLC0415

    return lambda text, style: Style.parse(style).render(text, color_system=ColorSystem.STANDARD)


def harmless(text: str) -> str:
    """`text` on one line: tabs as spaces, and control characters shown instead of obeyed."""
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character == "\t":
        return "    "
    if character.isprintable() or character == "\u00a0":
        return character
    return " " if character.isspace() else "\N{REPLACEMENT CHARACTER}"
