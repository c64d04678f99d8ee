"""A describer without a model: of a picture that is named certain it is, of all others it is not."""

from alttext.types import Candidate, Description, Term

CANDIDATES = (
    Candidate(Term("dog", "object", "a dog", ("dog",)), 0.31, 0.7),
    Candidate(Term("cat", "object", "a cat", ("cat",)), 0.22, 0.2),
    Candidate(Term("beach", "scene", "a beach", ("beach",)), 0.29, 0.6),
)
DOUBTFUL = Description("A dog on a beach.", 0.6, CANDIDATES, "photograph", True, ("low-confidence",))
CERTAIN = Description("A dog.", 0.99, CANDIDATES, "photograph", False, ("described",))


class Doubting:
    """Doubts every picture but those that are named certain."""

    def describe_all(self, placed):
        return [CERTAIN if "certain" in each.image.src else DOUBTFUL for each in placed]
