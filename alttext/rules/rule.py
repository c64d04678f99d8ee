"""One entry of the catalogue, and the advice that several entries give."""

from dataclasses import dataclass
from typing import Literal

WRITE_ONE = "Write what the image tells, or mark it as decorative with an empty alternative."
LOOK = "Look at the image and write what it is there for."


@dataclass(frozen=True, slots=True)
class Rule:
    """A problem that is reported, or a reason for what was decided about it. Reads well after "allow"."""

    id: str
    summary: str  # what is the case
    advice: str  # what a person can do next
    kind: Literal["problem", "reason"] = "reason"
    wcag: tuple[str, ...] = ()  # success criteria
    act: tuple[str, ...] = ()  # ids of ACT rules
    axe: tuple[str, ...] = ()  # ids of axe-core rules
    opt_in: bool = False  # reported only when asked for
