"""Words in pictures: quoted exactly where nothing speaks against it, else only suggested."""

from dataclasses import replace

import pytest

from alttext.remediation import describe, quote
from alttext.remediation.quote import MOST_CHARACTERS, MOST_WORDS, SHOWN, SURE, compose, undeceived
from alttext.rules import RULES
from alttext.types import Candidate, Context, Purpose, Ranking, Term, TextLine

ENGLISH = Context(lang="en")


def medium(name, parent="graphic", confidence=0.9):
    return Candidate(Term(name, "medium", f"a {name}", (name.replace("-", " "),), parent), 1.0, confidence)


def thing(name, *names, parent="animal"):
    return Candidate(Term(name, "object", f"a {name}", (name, *names), parent), 1.0, 0.95)


def ranking(of, *chosen, more=(), held=()):
    return Ranking(of, (medium(of), *more, *chosen), chosen, held)


def rows(*texts, confidence=0.995, left=0.1, right=0.9, high=0.1):
    """Lines one below the other, from the top."""
    return [
        TextLine(text, confidence, (left, 0.05 + row * 1.5 * high, right, 0.05 + row * 1.5 * high + high))
        for row, text in enumerate(texts)
    ]


def said(lines, of="text", purpose=Purpose.INFORMATIVE, lang="en", **more):
    return compose(ranking(of, **more), lines, purpose, Context(lang=lang))


# What may be written

EXACT = {
    "a word": (["Exit"], "Exit"),
    "lines": (["Closed for", "the season"], "Closed for the season"),
    "capitals as they are": (["STAFF ONLY"], "STAFF ONLY"),
    "small letters as they are": (["all you need is love"], "all you need is love"),
    "digits and marks": (["Sale: 50% off, today (9-17 h)!"], "Sale: 50% off, today (9-17 h)!"),
    "letters with marks": (["Café fermé", "à 18 h"], "Café fermé à 18 h"),
    "a hyphen within a line": (["Half-price", "tickets"], "Half-price tickets"),
    "a price": (["Only $9.99"], "Only $9.99"),
    "an address": (["www.example.org"], "www.example.org"),
    "as many words as may be": (["word " * 4] * (MOST_WORDS // 4), " ".join(["word"] * MOST_WORDS)),
    "as many characters as may be": (["I" * MOST_CHARACTERS], "I" * MOST_CHARACTERS),
}


@pytest.mark.parametrize(("texts", "words"), EXACT.values(), ids=EXACT)
def test_the_words_of_a_picture_of_text_are_its_alternative(texts, words):
    described = said(rows(*map(str.strip, texts)))
    assert described.text == words
    assert described.reasons == ("text-read",)
    assert not described.review


@pytest.mark.parametrize("purpose", [Purpose.INFORMATIVE, Purpose.TEXT])
@pytest.mark.parametrize("lang", ["", "en", "en-GB", "de", "de_AT", "FR", "pl"])
def test_words_are_quoted_as_they_are_whatever_the_language_of_the_page(purpose, lang):
    described = said(rows("Closed for", "the season"), purpose=purpose, lang=lang)
    assert (described.text, described.review) == ("Closed for the season", False)


def test_the_confidence_is_that_of_the_least_sure_line():
    lines = [*rows("Closed for", confidence=1.0), *rows("", "the season", confidence=0.99)[1:]]
    assert said(lines).confidence == 0.99


# What is only suggested

DOUBTS = {
    "a line that is not quite sure": [*rows("Closed"), *rows("", "today", confidence=SURE - 0.01)[1:]],
    "a line that cannot be read": [*rows("EXIT"), *rows("", "", confidence=0.0)[1:]],
    "noise": [*rows("EXIT"), *rows("", "~", confidence=0.3)[1:]],
    "words side by side": [*rows("Mon 9-17", right=0.4), *rows("Tue 9-18", left=0.6)],
    "a word that is cut at the left": rows("osed for the season", left=0.0),
    "a word that is cut at the right": rows("Closed for the sea", right=1.0),
    "a word that goes on in the next line": rows("Closed for reno-", "vation"),
    "a label in a large picture": rows("Exit", left=0.4, right=0.5),
    "bullets": rows("• Closed"),
    "letters of another script": rows("KΛEIΣTO"),
    "letters that all have twins in another script": rows("MOCKBA"),
    "small letters that all have twins in another script": rows("pecypc"),
    "words that have lost the space between them": rows("Platform No.10"),
    "a single letter": rows("I"),
    "digits without a word": rows("1984"),
}  # fmt: skip


@pytest.mark.parametrize("lines", DOUBTS.values(), ids=DOUBTS)
def test_what_may_not_be_exact_is_left_for_a_person_with_the_words(lines):
    described = said(lines)
    assert described.review
    assert described.reasons == ("text-uncertain",)
    assert described.text == " ".join(line.text for line in lines if line.confidence > 0.5)


@pytest.mark.parametrize("lang", ["es", "vi", "ru", "el", "ja", "ar", "zh-Hant"])
def test_on_pages_in_languages_with_letters_that_readers_do_not_know_words_are_only_suggested(lang):
    described = said(rows("Cuidado!"), lang=lang)
    assert (described.text, described.review, described.reasons) == ("Cuidado!", True, ("text-uncertain",))


@pytest.mark.parametrize("of", ["logo", "photograph", "painting", "screenshot", ""])
def test_text_by_markup_alone_is_only_suggested(of):
    described = said(rows("Stop"), of=of, purpose=Purpose.TEXT)
    assert (described.text, described.review, described.reasons) == ("Stop", True, ("text-uncertain",))


def test_the_words_of_a_logo_are_only_suggested():
    described = said(rows("Windward"), of="logo")
    assert (described.text, described.review) == ("Windward", True)


LONG = {
    "words": ["word"] * (MOST_WORDS + 1),
    "characters": ["I" * (MOST_CHARACTERS + 1)],
}


@pytest.mark.parametrize("texts", LONG.values(), ids=LONG)
def test_too_many_words_are_left_for_a_person(texts):
    described = said(rows(*texts, high=0.04))
    assert described.review
    assert described.reasons == ("text-too-long",)
    assert described.text == " ".join(texts)


def test_of_a_whole_page_the_beginning_is_suggested():
    described = said(rows(*["a page of many words"] * 40, high=0.01))
    assert described.reasons == ("text-too-long",)
    assert described.text.endswith(" …")
    assert len(described.text) <= SHOWN + 2
    assert " ".join(["a page of many words"] * 40).startswith(described.text.removesuffix(" …"))


# Charts, diagrams, maps, screenshots: the kind and a title, never more

TITLES = {
    "a chart": ("chart", rows("Visitors per month", "80", "60", "Monday"), 'Chart: "Visitors per month"'),
    "a title of one word": ("chart", rows("Visitors", "80", "60"), 'Chart: "Visitors"'),
    "a title with a year": ("chart", rows("Sales 2024", "80", "60"), 'Chart: "Sales 2024"'),
    "a chart with nothing but a title": ("chart", rows("Visitors"), 'Chart: "Visitors"'),
    "a map with a large title": (
        "map", [*rows("Roads of Norway", high=0.1), *rows(*[""] * 4, "Oslo", "Bergen", high=0.05)[4:]],
        'Map: "Roads of Norway"',
    ),
    "a screenshot with a large heading below a small bar": (
        "screenshot", [*rows("www.example.org", high=0.04), *rows("", "Edit file", "", high=0.08)[1:2],
                       *rows(*[""] * 5, "open for people", "river and message", high=0.04)[5:]],
        'Screenshot: "Edit file"',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("of", "lines", "text"), TITLES.values(), ids=TITLES)
def test_kind_and_title_are_suggested(of, lines, text):
    described = said(lines, of=of)
    assert described.text == text
    assert described.review
    assert described.reasons == ("title-read",)


UNTITLED = {
    "a chart that begins with numbers": ("chart", rows("80", "60", "Visitors")),
    "a chart that begins with a year": ("chart", rows("2024 Q1", "60")),
    "a chart that begins with a legend": ("chart", [*rows("north", right=0.4), *rows("south", left=0.6)]),
    "a chart with its only words at the bottom": ("chart", rows(*[""] * 8, "Visitors per month")[8:]),
    "a diagram of words that are equally large": ("diagram", rows("Idea", "Map", "Train")),
    "a map whose largest word is in the middle": (
        "map",
        [
            *rows("Oslo", high=0.04),
            *rows("", "", "NORWAY", high=0.2)[2:],
            *rows(*[""] * 15, "Rome", high=0.04),
        ],
    ),
    "a screenshot without text": ("screenshot", []),
}


@pytest.mark.parametrize(("of", "lines"), UNTITLED.values(), ids=UNTITLED)
def test_without_a_title_nothing_is_suggested(of, lines):
    described = said(lines, of=of, purpose=Purpose.COMPLEX)
    assert described.text is None
    assert described.review


KINDS = {
    "the kind of chart": ([medium("bar-chart", "chart")], "Bar chart"),
    "the likelier of two kinds": (
        [medium("line-chart", "chart", 0.82), medium("bar-chart", "chart", 0.88)], "Bar chart",
    ),
    "no kind that is doubtful": ([medium("bar-chart", "chart", 0.5)], "Chart"),
    "no kind of something else": ([medium("flow-chart", "diagram")], "Chart"),
    "a name that begins with a capital": ([medium("Gantt-chart", "chart")], "Gantt chart"),
}  # fmt: skip


@pytest.mark.parametrize(("more", "kind"), KINDS.values(), ids=KINDS)
def test_the_kind_is_told_as_far_as_it_is_known(more, kind):
    assert said(rows("Visitors"), of="chart", more=more).text == f'{kind}: "Visitors"'


def test_on_pages_in_other_languages_the_title_stands_alone():
    assert said(rows("Besucher pro Monat"), of="chart", lang="de").text == '"Besucher pro Monat"'


def test_what_markup_calls_a_chart_is_not_named_by_what_pixels_take_it_for():
    lines = [*rows("Visitors per month"), *rows(*[""] * 4, "80", "60", "40", high=0.05)[4:]]
    described = said(lines, of="photograph", purpose=Purpose.COMPLEX)
    assert described.text == '"Visitors per month"'
    assert described.review


def test_few_sure_words_of_a_chart_are_not_written_though_the_picture_looks_like_text():
    described = said(rows("Closed for", "the season"), of="text", purpose=Purpose.COMPLEX)
    assert described.review


# Everything else


@pytest.mark.parametrize("of", ["photograph", "painting", "icon", "equation", "barcode", ""])
@pytest.mark.parametrize("purpose", [Purpose.INFORMATIVE, Purpose.UNCLEAR])
def test_words_do_not_describe_pictures_of_something_else(of, purpose):
    assert said(rows("Closed for", "the season"), of=of, purpose=purpose) is None


@pytest.mark.parametrize("of", ["text", "logo", "chart", "photograph"])
def test_a_picture_in_which_nothing_was_read_is_described_as_without_a_reader(of):
    assert said([], of=of) is None


@pytest.mark.parametrize("purpose", [Purpose.TEXT, Purpose.COMPLEX])
@pytest.mark.parametrize("lines", [[], rows("", confidence=0.0)], ids=["no line", "an unread line"])
def test_what_markup_calls_text_is_never_described_by_what_it_looks_like(purpose, lines):
    dog = thing("dog")
    described = compose(ranking("photograph", dog), lines, purpose, ENGLISH)
    assert described.text is None
    assert dog not in described.candidates


@pytest.mark.parametrize("of", ["text", "logo", "chart"])
def test_what_may_be_sensitive_is_not_even_quoted(of):
    described = said(rows("Closed"), of=of, held=("low-confidence", "sensitive-image"))
    assert described.text is None
    assert "sensitive-image" in described.reasons


def test_what_looks_like_no_content_at_all_is_quoted_all_the_same():
    assert said(rows("Closed"), held=("low-confidence",)).text == "Closed"


def test_objects_that_were_seen_among_words_are_not_suggested():
    dog = thing("dog")
    assert compose(ranking("text", dog), rows("Beware!"), Purpose.INFORMATIVE, ENGLISH).candidates == (
        medium("text"),
    )


def test_reasons_are_in_the_catalogue():
    assert set(RULES) >= quote.REASONS


# What is worth reading

WORTH = {
    "a picture of text": (ranking("text"), Purpose.INFORMATIVE, True),
    "a logo": (ranking("logo"), Purpose.INFORMATIVE, True),
    "a chart": (ranking("chart"), Purpose.INFORMATIVE, True),
    "text by markup": (ranking("photograph"), Purpose.TEXT, True),
    "a chart by markup": (ranking(""), Purpose.COMPLEX, True),
    "a photograph": (ranking("photograph", thing("dog")), Purpose.INFORMATIVE, False),
    "a photograph that may be of text": (
        ranking("photograph", thing("dog"), more=(medium("text", confidence=0.06),)), Purpose.INFORMATIVE,
        True,
    ),
    "a photograph that may be a kind of chart": (
        ranking("photograph", thing("dog"), more=(medium("bar-chart", "chart", 0.06),)), Purpose.INFORMATIVE,
        True,
    ),
    "a photograph that may be of text, but of which nothing is said": (
        ranking("photograph", more=(medium("text", confidence=0.06),)), Purpose.INFORMATIVE, False,
    ),
    "an icon": (ranking("icon"), Purpose.INFORMATIVE, False),
}  # fmt: skip


@pytest.mark.parametrize(("ranked", "purpose", "worth"), WORTH.values(), ids=WORTH)
def test_pictures_are_read_where_text_may_matter(ranked, purpose, worth):
    assert quote.is_worth_reading(ranked, purpose) is worth


# Words must not decide what is seen

PIZZA, DOG = thing("pizza", "slice of pizza", parent="food"), thing("dog", "puppy")

DECEPTIONS = {
    "a name": (["PIZZA"], (DOG,)),
    "a name among words": (["Eat", "our pizza today"], (DOG,)),
    "a plural": (["Pizzas"], (DOG,)),
    "another name": (["Puppies", "puppy school"], (PIZZA,)),
    "a name with marks": (["«Pizza!»"], (DOG,)),
    "a name over two lines": (["Slice of", "pizza"], (DOG,)),
    "several names": (["dog", "pizza"], ()),
    "a longer word": (["Pizzeria", "dogma"], (PIZZA, DOG)),
    "other words": (["Closed"], (PIZZA, DOG)),
    "no words": ([], (PIZZA, DOG)),
}


@pytest.mark.parametrize(("texts", "kept"), DECEPTIONS.values(), ids=DECEPTIONS)
def test_what_stands_in_a_picture_as_a_word_is_not_said_of_it(texts, kept):
    assert undeceived(ranking("photograph", PIZZA, DOG), rows(*texts)).chosen == kept


def test_a_cat_with_a_note_that_says_dog_is_not_described_as_a_dog():
    ranked = ranking("photograph", replace(DOG, confidence=0.99))
    assert describe.compose(ranked, ENGLISH).text == "A dog."
    assert describe.compose(undeceived(ranked, rows("DOG")), ENGLISH).text is None
