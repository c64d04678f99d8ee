"""What a picture shows besides its subject: whether people are there, in or out of doors, sky, ground.

Captions tell what is worth telling, and labels one thing, so neither says of a picture that no tree is in it.
`surroundings.jsonl` does, for pictures that were looked at one by one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

NOBODY, ONE, SEVERAL, OPEN = "none", "one", "several", "open"

# Terms that are true where something was seen; and terms that are false, with their kinds, where it was not.
SEEN: Mapping[str, tuple[str, ...]] = {
    "trees": ("trees",), "tree": ("tree",), "grass": ("grass",), "water": ("waterside",),
    "snow": ("snowfield",), "rocks": ("rock",), "hills": (), "road": (),
    "building": ("building-object",), "animal": ("animal",),
    "blue-sky": ("blue-sky",), "partly-cloudy": ("partly-cloudy",), "cloudy": ("cloudy",),
    "night": ("night",), "low-sun": ("low-sun",), "black-and-white": ("black-and-white",),
}  # fmt: skip
ABSENT: Mapping[str, tuple[str, ...]] = SEEN | {
    "hills": ("mountains",), "road": ("road", "street"),
}  # fmt: skip
# What is compatible with what was seen, though nobody said so.
BESIDE: Mapping[str, tuple[str, ...]] = {
    "trees": ("tree",), "blue-sky": ("partly-cloudy",), "partly-cloudy": ("blue-sky", "cloudy"),
    "cloudy": ("partly-cloudy",), "snow": ("mountains",), "hills": ("rock",),
}  # fmt: skip
UNTOLD = frozenset(
    {"tree", "trees", "grass", "rock", "building-object", "blue-sky", "partly-cloudy", "cloudy", "waterside",
     "snowfield", "black-and-white"}
)  # fmt: skip
"""Terms of which captions and labels tell too little: known only of pictures that were looked at."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What was seen in one picture; `open` is what may be there."""

    people: str
    setting: str
    seen: frozenset[str]
    open: frozenset[str]

    @property
    def true(self) -> frozenset[str]:
        """Ids of terms that are true."""
        return frozenset(name for thing in self.seen for name in SEEN[thing])

    @property
    def false(self) -> frozenset[str]:
        """Ids of terms that are false, with all their kinds."""
        absent = SEEN.keys() - self.seen - self.open
        spared = {
            name for thing in self.seen | self.open for name in (*ABSENT[thing], *BESIDE.get(thing, ()))
        }
        return frozenset(name for thing in absent for name in ABSENT[thing]) - spared


@cache
def load() -> Mapping[str, Surroundings]:
    """All that was seen, by the first 16 digits of the hash of the picture."""
    lines = Path(__file__).with_name("surroundings.jsonl").read_text(encoding="utf-8").splitlines()
    return {
        row["digest"]: Surroundings(
            row["people"], row["setting"], frozenset(row["seen"]), frozenset(row["open"])
        )
        for row in map(json.loads, lines)
    }
