import tomllib

import pytest

from alttext.errors import ModelError
from alttext.ranking import vocabulary_file
from alttext.ranking.vocabulary_file import FACETS, SILENT, parse, read, slug, without_article


def terms(text, facet="object"):
    return {term.id: term for term in parse({"facet": facet, **tomllib.loads(text)}, "test.toml")}


def one(entry, facet="object"):
    (term,) = terms(f"[roots]\nx = {entry}", facet).values()
    return term


def test_a_string_is_the_phrase_with_its_plural():
    term = one('"a giraffe / giraffes"')
    assert (term.phrase, dict(term.grammar)) == ("a giraffe", {"plural": "giraffes"})
    assert (term.id, term.facet, term.parent, term.emit) == ("x", "object", "", True)


@pytest.mark.parametrize(
    ("phrase", "prompt"),
    [
        ("a giraffe / giraffes", "giraffe"),
        ("an owl", "owl"),
        ("the moon", "moon"),
        ("snow", "snow"),
        ("another dog", "another dog"),
        ("theatre seats", "theatre seats"),
    ],
)
def test_without_prompts_the_model_is_shown_the_phrase_without_its_article(phrase, prompt):
    assert one(f'"{phrase}"').prompts == (prompt,)


def test_prompts_replace_the_phrase_for_the_model_only():
    term = one('{ phrase = "a crane / cranes", prompts = ["crane (bird)", "crane bird"] }')
    assert term.phrase == "a crane"
    assert term.prompts == ("crane (bird)", "crane bird")


@pytest.mark.parametrize("facet", ["scene", "weather", "light", "season"])
@pytest.mark.parametrize(
    ("written", "preposition", "phrase"),
    [
        ("on a beach", "on", "a beach"),
        ("in the mountains", "in", "the mountains"),
        ("in front of a shop", "in front of", "a shop"),
        ("under a blue sky", "under", "a blue sky"),
        ("at night", "at", "night"),
        ("by candlelight", "by", "candlelight"),
        ("during a thunderstorm", "during", "a thunderstorm"),
        ("among ruins", "among", "ruins"),
        ("in or by the water", "in or by", "the water"),
        ("inside a bus", "inside", "a bus"),
        ("with frost", "with", "frost"),
        ("indoors", "", "indoors"),
        ("infinity", "", "infinity"),
    ],
)
def test_a_setting_begins_with_its_preposition(facet, written, preposition, phrase):
    term = one(f'"{written}"', facet)
    assert dict(term.grammar).get("preposition", "") == preposition
    assert term.phrase == phrase


def test_the_prompt_of_a_setting_has_neither_preposition_nor_article():
    assert one('"on a beach"', "scene").prompts == ("beach",)


def test_only_settings_have_prepositions():
    assert one('"in a box"', "object").phrase == "in a box"


@pytest.mark.parametrize(
    ("key", "form"),
    [
        ("number", "plural"),
        ("subject", "any"),
        ("role", "worn"),
        ("risk", "people"),
        ("alone", "mountains"),
        ("plural", "oxen"),
    ],
)
def test_forms_are_kept_for_composing(key, form):
    term = one(f'{{ phrase = "something", {key} = "{form}" }}')
    assert dict(term.grammar) == {key: form}


def test_a_term_that_is_not_emitted_is_ranked_and_never_said():
    term = one('{ phrase = "a child", emit = false }', "people")
    assert not term.emit
    assert term.prompts == ("child",)


@pytest.mark.parametrize("facet", FACETS)
def test_distractors_and_sensitive_terms_are_never_said(facet):
    assert one('"a thing"', facet).emit is (facet not in SILENT)
    assert one('{ phrase = "a thing", emit = true }', facet).emit is (facet not in SILENT)


def test_a_list_holds_names_that_are_ranked_and_never_said():
    found = terms('[roots]\nabstract = ["polka dots", "Op art (print)"]')
    assert list(found) == ["abstract-polka-dots", "abstract-op-art-print"]
    dots = found["abstract-polka-dots"]
    assert (dots.phrase, dots.prompts, dots.emit) == ("polka dots", ("polka dots",), False)


def test_a_table_is_the_parent_and_roots_have_none():
    found = terms('[roots]\nanimal = "an animal"\n[animal]\ndog = "a dog"\n[dog]\npug = "a pug"')
    assert [term.parent for term in found.values()] == ["", "animal", "dog"]


def test_terms_keep_the_order_of_the_file():
    assert list(terms('[roots]\nzebra = "a zebra"\nant = "an ant"')) == ["zebra", "ant"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[roots]\nx = { prompts = ["dog"] }', 'x: write it as x = "a phrase"'),
        ("[roots]\nx = 3", 'x: write it as x = "a phrase"'),
        ("[roots]\nx = { phrase = 3 }", 'x: write it as x = "a phrase"'),
        ('[roots]\nx = { phrase = "a dog", promts = ["dog"] }', "x: unknown key promts; known are alone"),
        ('x = "a dog"', "x stands outside of a table; put [roots]"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_place(text, message):
    with pytest.raises(ModelError) as error:
        terms(text)
    assert str(error.value).startswith(f"test.toml: {message}")


@pytest.mark.parametrize("facet", ["things", "", None, 3])
def test_an_unknown_facet_is_told_with_the_known_ones(facet):
    with pytest.raises(ModelError, match=r"is no facet; put `facet = \"object\"` \(or medium, people"):
        parse({"facet": facet}, "test.toml")


def test_the_name_of_a_file_is_its_facet(tmp_path):
    path = tmp_path / "scene.toml"
    path.write_text('[roots]\ncafe = { phrase = "in a café" }\n', encoding="utf-8")
    (term,) = read(path)
    assert (term.facet, term.phrase) == ("scene", "a café")


def test_a_file_may_name_its_facet_itself(tmp_path):
    path = tmp_path / "our-terms.toml"
    path.write_text('facet = "object"\n[animal]\nquokka = "a quokka"\n')
    (term,) = read(path)
    assert (term.facet, term.parent) == ("object", "animal")


BROKEN = {
    "no TOML": b"[roots\n",
    "no UTF-8": b'[roots]\nx = "caf\xe9"\n',
    "depth": b"x = " + b"[" * 20_000,
    "a long number": b"x = " + b"9" * 5000,
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_file_that_is_no_toml_is_named(tmp_path, content):
    path = tmp_path / "object.toml"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"object\.toml: this is no valid TOML .*; mend the file"):
        read(path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"object\.toml: the vocabulary cannot be read .*; check the path"):
        read(tmp_path / "object.toml")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("QR code", "qr-code"), ("  DNA, double helix! ", "dna-double-helix"), ("3D printer", "3d-printer")],
)
def test_a_slug_is_an_id(name, expected):
    assert slug(name) == expected


def test_only_an_article_is_taken_away_and_only_once():
    assert without_article("a a") == "a"
    assert without_article("ant") == "ant"
    assert vocabulary_file.without_article("the a team") == "a team"
