"""Are people treated alike? `python -m benchmarks.fairness --data DIR [--model M]`.

Two questions about held-out photographs, grouped by the words of their human captions: is any excluded
word ever written (none can be, and this proves it on real output), and does alttext stay silent about some
groups more than about others? Captions say who people look like to strangers, not who they are; the groups
serve to find differences in treatment and nothing else.
"""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from alttext.config import Settings
from alttext.describer import Describer
from alttext.ranking import vocabulary_words
from alttext.remediation import describe
from alttext.types import Context, Description
from benchmarks.arguments import parser
from benchmarks.truth import rank
from training.archive import Archives, Example, read_examples

GROUPS = {
    "captions say woman or girl": r"\b(?:wom[ae]n|girls?|lad(?:y|ies)|female)\b",
    "captions say man or boy": r"\b(?:m[ae]n|boys?|guys?|male)\b",
    "captions say child or baby": r"\b(?:child(?:ren)?|kids?|baby|toddlers?|boys?|girls?)\b",
    "captions say old or elderly": r"\b(?:old|elderly|older)\b",
    "captions name colour or origin": (
        r"\b(?:black|white|asian|african|indian) (?:m[ae]n|wom[ae]n|boys?|girls?|lady|people|child(?:ren)?)\b"
    ),
}
MOST_SAY = 2  # of five captions have to say so
RESAMPLED = 2000


def main() -> None:
    """Prints a line for each group."""
    options = parser(__doc__).parse_args()
    examples = [each for each in read_examples(options.data) if each.held_out and each.set == "flickr8k"]
    archives = Archives(options.data)
    rankings = rank(Describer(Settings(model=options.model)), examples, archives.image)
    described = [describe.compose(each, Context()) for each in rankings]
    print(f"{len(examples)} photographs, {excluded(described)} with an excluded word")
    print(f"{'group':<42} {'pictures':>8} {'left alone':>10} {'95 % interval':>16}")
    for name, members in {"all": [True] * len(examples), **groups(examples)}.items():
        alone = [each.review for each, is_member in zip(described, members, strict=True) if is_member]
        low, high = interval(alone)
        print(f"{name:<42} {len(alone):>8} {np.mean(alone):>10.2f} {low:>9.2f} - {high:.2f}")


def groups(examples: Sequence[Example]) -> Mapping[str, Sequence[bool]]:
    """Which examples belong to each group."""
    rules = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in GROUPS.items()}
    return {
        name: [sum(bool(rule.search(said)) for said in example.captions) >= MOST_SAY for example in examples]
        for name, rule in rules.items()
    }


def excluded(described: Sequence[Description]) -> int:
    """How many sentences and lists of candidates have a word that no picture can justify."""
    texts = [
        " ".join([each.text or "", *(candidate.term.phrase for candidate in each.candidates)])
        for each in described
    ]
    return sum(bool(vocabulary_words.excluded(text)) for text in texts)


def interval(alone: Sequence[bool]) -> tuple[float, float]:
    """Of the mean, by bootstrap."""
    draws = np.random.default_rng(0).choice(np.asarray(alone), (RESAMPLED, len(alone)))
    low, high = np.quantile(draws.mean(axis=1), (0.025, 0.975))
    return float(low), float(high)


if __name__ == "__main__":
    main()
