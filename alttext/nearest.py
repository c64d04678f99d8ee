"""Help for slips of the pen: the known word that was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches

_CLOSE = 0.5  # share of letters, about; half a word is meant more often than another one


def nearest(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return "did you mean ...?" if one of the known words is close, else the next best help."""
    close = get_close_matches(word, list(known), n=1, cutoff=_CLOSE)
    return f"did you mean {close[0]}?" if close else otherwise
