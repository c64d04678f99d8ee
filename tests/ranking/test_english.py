import pytest

from alttext.ranking.english import has_right_article, is_plural_of, with_article

A = (
    "dog", "uniform", "unicycle", "union", "university", "user", "utensil", "useful tool", "ukulele", "ewer",
    "European robin", "eucalyptus", "one-way street", "once common bird", "ubiquitous sign", "UFO",
    "USB stick", "T-shirt", "CT scan", "3D rendering", "110-metre hurdle", "hotel", "house", "herd", "year",
)  # fmt: skip
AN = (
    "apple", "hour", "hourglass", "honest answer", "heirloom", "umbrella", "unmade bed", "uninhabited island",
    "unidentified object", "urn", "onion", "ostrich", "eel", "X-ray", "MRI scan", "SUV", "LED", "ATV",
    "8-bit picture", "11-storey tower", "18-hole course", "ice cream",
)  # fmt: skip


@pytest.mark.parametrize("noun", A)
def test_a_stands_before_the_sound_of_a_consonant(noun):
    assert with_article(noun) == f"a {noun}"
    assert has_right_article(f"a {noun}")
    assert not has_right_article(f"an {noun}")


@pytest.mark.parametrize("noun", AN)
def test_an_stands_before_the_sound_of_a_vowel(noun):
    assert with_article(noun) == f"an {noun}"
    assert has_right_article(f"an {noun}")
    assert not has_right_article(f"a {noun}")


@pytest.mark.parametrize("phrase", ["the moon", "snow", "people", "another dog", "", "apples"])
def test_without_an_indefinite_article_nothing_is_wrong(phrase):
    assert has_right_article(phrase)


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("dog", "dogs"),
        ("bus", "buses"),
        ("box", "boxes"),
        ("bench", "benches"),
        ("berry", "berries"),
        ("donkey", "donkeys"),
        ("piano", "pianos"),
        ("tomato", "tomatoes"),
        ("wolf", "wolves"),
        ("roof", "roofs"),
        ("computer mouse", "computer mice"),
        ("goose", "geese"),
        ("snowman", "snowmen"),
        ("sheep", "sheep"),
        ("goldfish", "goldfish"),
        ("aircraft", "aircraft"),
        ("squid", "squid"),
        ("shrimp", "shrimps"),
        ("cactus", "cacti"),
        ("octopus", "octopuses"),
        ("bird of prey", "birds of prey"),
        ("cup of tea", "cups of tea"),
        ("code to scan", "codes to scan"),
        ("bird's nest", "birds' nests"),
        ("bow and arrow", "bows and arrows"),
        ("llama or alpaca", "llamas or alpacas"),
        ("bull or ox", "bulls or oxen"),
        ("head of cabbage or lettuce", "heads of cabbage or lettuce"),
    ],
)
def test_plurals_are_known(singular, plural):
    assert is_plural_of(plural, singular)


@pytest.mark.parametrize(
    ("singular", "wrong"),
    [
        ("dog", "dog"),
        ("dog", "cats"),
        ("dog", ""),
        ("berry", "berrys"),
        ("bench", "benchs"),
        ("wolf", "wolfs"),
        ("mouse", "mouses"),
        ("sheep", "sheeps"),
        ("bird of prey", "bird of preys"),
        ("cup of tea", "cups of coffee"),
        ("llama or alpaca", "llamas"),
        ("llama or alpaca", "llama or alpacas"),
    ],
)
def test_slips_in_plurals_are_found(singular, wrong):
    assert not is_plural_of(wrong, singular)
