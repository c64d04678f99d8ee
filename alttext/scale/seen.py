"""What was seen of one picture: all that a later run would ask the cache for, and a description."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alttext.ranking.decode import Facts
from alttext.scale.wanted import Wanted
from alttext.types import Description, TextLine

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Seen:
    """A picture that was looked at; without `facts` it is a drawing, or could not be looked at."""

    wanted: Wanted
    description: Description  # as informative content of a page that says nothing about it
    file: str = ""  # of its sources, the one that was looked at
    sha256: str = ""
    facts: Facts | None = None
    model: str = ""  # whose vectors these are
    vector: Array | None = None  # unit row of the whole picture
    corners: Array | None = None  # unit rows, where the settings ask for them
    lines: tuple[TextLine, ...] | None = None  # its text, where that was read
    error: str = ""  # rule id of why it cannot be looked at
    message: str = ""


def unseen(wanted: Wanted, error: str, message: str) -> Seen:
    """Return what is to be said of a picture that cannot be looked at."""
    return Seen(wanted, Description(None, reasons=(error,)), error=error, message=message)
