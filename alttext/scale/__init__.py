"""The work of one run in pieces that many machines can do, with the same result as on one.

Pictures are the pieces: `wanted` lists those that a run would look at, `load` and `Looker` look at them
wherever they are called, and `joined` is a pipeline that knows what came of it, so that it need not look;
`suggested` is what follows for each image of the documents.
No engine is named here; `alttext ray` is one that uses this.
"""

from alttext.ranking.decode import Facts
from alttext.review.suggestions import Suggestion, candidates_of, to_parquet
from alttext.scale.knowing import identity, joined
from alttext.scale.look import Loaded, Looker, load
from alttext.scale.seen import Seen, unseen
from alttext.scale.suggested import suggested
from alttext.scale.wanted import Wanted, digest, pictures, wanted
from alttext.types import TextLine

__all__ = [
    "Facts",
    "Loaded",
    "Looker",
    "Seen",
    "Suggestion",
    "TextLine",
    "Wanted",
    "candidates_of",
    "digest",
    "identity",
    "joined",
    "load",
    "pictures",
    "suggested",
    "to_parquet",
    "unseen",
    "wanted",
]
