import numpy as np
import pytest

from alttext.ranking.vocabulary_check import problems
from alttext.types import Term


def term(name="dog", facet="object", phrase=None, **fields):
    grammar = {key: fields.pop(key) for key in FORMS if key in fields}
    phrase = phrase or f"a {name}"
    if facet == "object" and phrase.startswith(("a ", "an ")):
        grammar.setdefault("plural", f"{phrase.partition(' ')[2]}s")
    fields.setdefault("prompts", (name,))
    if facet == "distractor":
        fields.setdefault("emit", False)
    return Term(
        name, facet, phrase, grammar=tuple((key, form) for key, form in grammar.items() if form), **fields
    )


FORMS = ("plural", "number", "subject", "role", "risk", "alone", "preposition")


@pytest.mark.parametrize(
    "good",
    [
        term(),
        term("owl", phrase="an owl"),
        term("uniform"),
        term("hourglass", phrase="an hourglass", plural="hourglasses"),
        term("x-ray", phrase="an X-ray"),
        term("snow", phrase="snow"),
        term("moon", phrase="the moon"),
        term("scissors", phrase="scissors", number="plural"),
        term("t-shirt", phrase="a T-shirt"),
        term("cafe-table", phrase="a café table"),
        term("bird-nest", phrase="a bird's nest", plural="birds' nests"),
        term("beach", "scene", "a beach", preposition="on"),
        term("indoors", "scene", "indoors", alone="an indoor scene"),
        term("sea", "scene", "the sea", preposition="by"),
        term("people", "people", "people", number="plural"),
        term("crowd", "people", "a crowd of people", number="plural"),
        term("walking", "activity", "walking"),
        term("riding", "activity", "riding a horse", subject="people"),
        term("soldiers", "sensitive", "war", prompts=("soldiers",), emit=False),
        term("fractal", "distractor", "fractal"),
    ],
    ids=lambda good: good.id,
)
def test_a_good_term_has_no_problems(good):
    assert problems([good]) == []


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (term("owl"), '"a owl" has the wrong article'),
        (term("uniform", phrase="an uniform"), '"an uniform" has the wrong article'),
        (
            term("sea", "scene", "sea", preposition="by", alone="a open sea"),
            '"a open sea" has the wrong article',
        ),
        (term("Dog_1", phrase="a dog"), "ids are lower-case words joined by hyphens"),
        (term("a--b", phrase="a dog"), "ids are lower-case words joined by hyphens"),
        (term(phrase="a  dog"), '"a  dog" would not be safe'),
        (term(phrase='a "dog"'), "would not be safe"),
        (term(phrase="a <b>dog"), "would not be safe"),
        (term(phrase="a cat & dog"), "would not be safe"),
        (term(phrase="a dog\n"), "would not be safe"),
        (term(phrase="a dog.", plural="dogs."), "would not be safe"),
        (term("sea", "scene", "the sea", preposition="by", alone="<sea>"), '"<sea>" would not be safe'),
        (term(plural="dog"), '"dog" is no plural of "a dog"'),
        (term(plural="dogs of war"), 'is no plural of "a dog"'),
        (term(plural=""), 'write the plural after the phrase: "a dog / ..."'),
        (term(number="plural"), "a plural has no indefinite article"),
        (term(number="several"), "number cannot be several"),
        (term(role="hero"), "role cannot be hero"),
        (term(risk="high"), "risk cannot be high"),
        (term("eating", "activity", "eating", subject="dogs"), "subject cannot be dogs"),
        (term(prompts=()), "a term needs at least one prompt"),
        (term(prompts=("dog", " ")), "a term needs at least one prompt"),
        (term(prompts=("old  dog",)), 'the prompt "old  dog" has needless spaces'),
        (term(prompts=("a dog",)), 'the prompt "a dog" needs no article'),
        (term("beach", "scene", "a beach", preposition=""), "begins with its preposition"),
        (term("rain", "weather", "heavy rain"), "begins with its preposition"),
        (term("sea", "scene", "mountains", preposition="in"), "needs the form `alone`"),
        (term("rider", "activity", "on a horse"), "an activity is said in its -ing form"),
        (term("fractal", "distractor", "fractal", emit=True), "terms of the facet distractor are never said"),
    ],
)
def test_a_slip_in_a_term_is_told_with_its_facet_and_id(bad, problem):
    told = [each for each in problems([bad]) if problem in each]
    assert told
    assert all(each.startswith(f"{bad.facet}: {bad.id}: ") for each in told)


@pytest.mark.parametrize("where", ["phrase", "prompts", "plural", "alone"])
def test_an_excluded_word_is_refused_wherever_it_stands(where):
    word = {"prompts": ("nurse",)}.get(where, "a nurse")
    assert '"nurse" is excluded: an occupation cannot be seen' in "\n".join(problems([term(**{where: word})]))


def test_an_excluded_word_is_refused_even_of_what_is_only_ranked():
    assert problems([term("nurse", emit=False)]) != []
    assert problems([term("nurse", "distractor", "nurse")]) != []


def test_an_excluded_word_is_told_once_for_each_term():
    assert len(problems([term("nurse", prompts=("nurse", "nurse at work"))])) == 1


def test_a_parent_has_to_be_there():
    assert problems([term("dog", parent="animal")]) == ["object: dog: there is no term animal"]


def test_a_parent_has_to_be_of_the_same_facet():
    found = problems([term("park", "scene", "a park", preposition="in"), term("dog", parent="park")])
    assert found == ["object: dog: its parent park is of the facet scene"]


def test_no_term_is_its_own_ancestor():
    loop = [term("dog", parent="cat"), term("cat", parent="dog"), term("pug", parent="cat")]
    assert problems(loop) == [
        "object: dog: it is its own ancestor",
        "object: cat: it is its own ancestor",
    ]
    assert problems([term("dog", parent="dog")]) == ["object: dog: it is its own ancestor"]


def test_three_levels_below_a_root_are_enough():
    names = ("root", "one", "two", "three", "four")
    line = [
        term(name, phrase=f"a big {name}", parent=above)
        for name, above in zip(names, ("", *names), strict=False)
    ]
    assert problems(line[:4]) == []
    assert problems(line) == ["object: four: it is 4 levels below root; 3 are enough"]


def test_an_id_is_used_once():
    assert "dog: this id is used 2 times" in problems([term(), term(phrase="a hound", prompts=("hound",))])


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (term("dog"), term("hound", phrase="a dog", prompts=("hound",))),
        (
            term("brick", phrase="a brick wall", plural="brick walls"),
            term("bricks", "material", "a brick wall"),
        ),
        (
            term("sea", "scene", "the sea", preposition="by"),
            term("ocean", "scene", "the sea", preposition="by"),
        ),
    ],
)
def test_no_two_terms_say_the_same(one, two):
    assert [each for each in problems([one, two]) if "is said by 2 terms" in each]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (term("dog"), term("hound", phrase="a dog", prompts=("hound",), emit=False)),
        (term("stadium"), term("in-stadium", "scene", "a stadium", preposition="in")),
        (
            term("by-sea", "scene", "the sea", preposition="by"),
            term("at-sea", "scene", "the sea", preposition="at"),
        ),
    ],
)
def test_the_same_words_may_stand_in_different_places(one, two):
    assert problems([one, two]) == []


@pytest.mark.parametrize("other", ["puppy", "Puppy"])
def test_a_prompt_belongs_to_one_term(other):
    found = problems([term("dog", prompts=("dog", "puppy")), term("pup", prompts=(other,))])
    assert found == ['object: the prompt "puppy" is used 2 times']


def test_a_prompt_may_mean_something_else_in_another_facet():
    assert (
        problems(
            [term("garden"), term("in-garden", "scene", "a garden", prompts=("garden",), preposition="in")]
        )
        == []
    )


@pytest.mark.parametrize(
    "name",
    ["dog", "Dog", "dogs", "haunted dog", "toy dogs", "guide dog with a lead", "hound", "bloody hounds"],
)
def test_a_distractor_is_no_kind_of_what_can_be_said(name):
    known = term("dog", prompts=("dog", "hound"))
    assert problems([known, term("strange", "distractor", name, prompts=(name,))]) == [
        "distractor: strange: it is a kind of dog, which can be said"
    ]


@pytest.mark.parametrize("name", ["dog food", "drawing of a dog", "dogma", "fractal"])
def test_a_distractor_may_only_mention_what_can_be_said(name):
    assert problems([term(), term("strange", "distractor", name, prompts=(name,))]) == []


def test_a_distractor_may_be_a_kind_of_what_is_never_said():
    assert (
        problems([term(emit=False), term("strange", "distractor", "guide dog", prompts=("guide dog",))]) == []
    )


def vectors(cosine):
    return np.array([[1, 0], [cosine, np.sqrt(1 - cosine**2)]], np.float32)


@pytest.mark.parametrize(
    ("one", "two"),
    [(term("dog"), term("cat")), (term("dog"), term("fractal", "distractor", "fractal"))],
)
def test_terms_that_no_picture_tells_apart_are_near_synonyms(one, two):
    assert problems([one, two], vectors(0.96)) == [f"object: {one.id} and {two.id} are near-synonyms (0.96)"]
    assert problems([one, two], vectors(0.94)) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (term("dog"), term("cat", emit=False)),
        (term("park"), term("in-park", "scene", "a park", preposition="in")),
        (term("fractal", "distractor", "fractal"), term("spiral", "distractor", "spiral")),
    ],
)
def test_terms_that_do_not_compete_may_be_alike(one, two):
    assert problems([one, two], vectors(0.99)) == []


def test_without_vectors_no_term_is_a_near_synonym():
    assert problems([term("dog"), term("hound")]) == []
