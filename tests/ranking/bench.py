"""Pictures made to order: each term of a bench is as probable as a test wants it to be."""

import numpy as np

from alttext.ranking import term_vectors
from alttext.ranking.calibration import Calibration
from alttext.ranking.choose import POSSIBLE, SHOWN, TARGET
from alttext.ranking.rank import Ranker
from alttext.ranking.vocabulary import Vocabulary
from alttext.types import Ranking, Term

SURE = (1 + TARGET) / 2
SURER = (1 + SURE) / 2
LIKELY = (TARGET + POSSIBLE) / 2  # worth a suggestion, not true enough to be preferred to a parent
UNLIKELY = (POSSIBLE + SHOWN) / 2
NEVER = SHOWN / 50


def term(id: str, parent: str = "", facet: str = "object", emit: bool = True, risk: str = "") -> Term:
    return Term(id, facet, f"a {id}", (id,), parent, emit, (("risk", risk),) if risk else ())


ANIMAL, DOG, COLLIE, CAT = term("animal"), term("dog", "animal"), term("collie", "dog"), term("cat", "animal")
ANIMALS = (ANIMAL, DOG, COLLIE, CAT)
SOMEBODY = term("somebody", facet="people")
MONKEY = term("monkey", "animal", risk="people")
WEAPON = term("weapon", facet="sensitive", emit=False)
WARD = term("ward", facet="scene", risk="sensitive")
BEACH = term("beach", facet="scene")
RUNNING = term("running", facet="activity")
SCRAP = term("scrap", facet="distractor", emit=False)
MEDIA = (
    term("photograph", facet="medium"),
    term("graphic", facet="medium"),
    term("chart", "graphic", "medium"),
    term("bar-chart", "chart", "medium"),
    term("pie-chart", "chart", "medium"),
    term("map", "graphic", "medium"),
)
LEAVES = ("photograph", "bar-chart", "pie-chart", "map")


class Bench:
    """A ranker whose terms each have an axis of their own, so that a picture can be made to order.

    The logit of a term with labelled pictures (all of them, unless `measured` says which) is the figure that
    the picture was made with; other terms have the logit `offset`. The column score is the figure for both.
    `alike` gives pairs of terms the cosine that they shall have.
    """

    reach = 200.0  # figures together must be shorter than this

    def __init__(self, *terms, measured=None, offset=-5.0, ceiling=1.0, alike=()):
        measured = {each.id for each in terms} if measured is None else set(measured)
        self.axes = np.eye(len(terms), len(terms) + 1, dtype=np.float32)  # one more makes pictures unit rows
        rows = {each.id: row for row, each in enumerate(terms)}
        vectors = self.axes.copy()
        for one, other, cosine in alike:
            vectors[rows[other]] = (
                cosine * self.axes[rows[one]] + np.sqrt(1 - cosine**2) * self.axes[rows[other]]
            )
        corrections = {
            term_vectors.key_of(each, "bench"): (self.axes[row] * self.reach, -offset)
            for row, each in enumerate(terms)
            if each.id in measured
        }
        facets = {each.facet for each in terms if each.facet != "medium" or measured & set(LEAVES)}
        mean, covariance = np.zeros(len(terms) + 1), np.eye(len(terms) + 1) / self.reach**2
        lines = dict.fromkeys(facets, 0.0), dict.fromkeys(facets, offset)
        figures = Calibration(
            "bench", mean.astype(np.float32), covariance.astype(np.float32), *lines, corrections, ceiling
        )
        self.ranker = Ranker(Vocabulary(terms), vectors, figures)

    def picture(self, figures: dict[str, float], default: float) -> np.ndarray:
        """A unit row `(1, d)` that gives each term its figure."""
        given = [figures.get(each.id, default) for each in self.ranker.vocabulary.terms]
        row = np.array(given) / self.reach
        return np.array([[*row, np.sqrt(1 - row @ row)]], np.float32)

    def look(self, likely: dict[str, float]) -> Ranking:
        """The ranking of a picture on which the terms are as probable as that; the others are not."""
        picture = self.picture({name: logit(likely[name]) for name in likely}, logit(NEVER))
        return self.ranker.rank(picture)[0]

    def confidences(self, figures: dict[str, float], default: float = -5.0) -> dict[str, float]:
        """Probabilities by term of a picture with these figures."""
        picture = self.picture(figures, default)
        (row,) = self.ranker.confidences(picture, self.ranker.scores(picture))
        return dict(zip(self.ranker.vocabulary.row, row.tolist(), strict=True))


def logit(probability: float) -> float:
    return float(np.log(probability / (1 - probability)))


def chosen(ranking: Ranking) -> list[str]:
    return [each.term.id for each in ranking.chosen]


def listed(ranking: Ranking) -> list[str]:
    return [each.term.id for each in ranking.candidates]


def forest(random: np.random.Generator, count: int = 25) -> list[Term]:
    """Terms under each other at random, children before parents and after them."""
    terms = [term("t0")]
    for number in range(1, count):
        parent = random.integers(-2, number)
        terms.append(term(f"t{number}", f"t{parent}" if parent >= 0 else ""))
    return [terms[at] for at in random.permutation(count)]
