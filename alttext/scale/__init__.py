"""The work of one run in pieces that many machines can do, with the same result as on one.

Pictures are the pieces: `wanted` lists those that a run would look at, `load` and `Looker` look at them
wherever they are called, and `joined` is a pipeline that knows what came of it, so that it need not look.
No engine is named here; `alttext ray` is one that uses this.
"""

from alttext.scale.knowing import identity, joined
from alttext.scale.look import Loaded, Looker, load
from alttext.scale.seen import Seen, unseen
from alttext.scale.wanted import Wanted, digest, pictures, wanted

__all__ = [
    "Loaded",
    "Looker",
    "Seen",
    "Wanted",
    "digest",
    "identity",
    "joined",
    "load",
    "pictures",
    "unseen",
    "wanted",
]
