import numpy as np
import pytest

from alttext.errors import ModelError
from alttext.ranking import vocabulary

OBJECTS = """
[roots]
animal = "an animal / animals"
clothing = { phrase = "clothing", role = "worn" }
[animal]
dog = "a dog / dogs"
[dog]
pug = "a pug / pugs"
[clothing]
hat = "a hat / hats"
[hat]
cap = { phrase = "a cap / caps", role = "main" }
"""
SCENES = '[roots]\nbeach = "on a beach"\n'
HAMSTER = {"facet": "object", "animal": {"hamster": "a hamster / hamsters"}}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "object.toml").write_text(OBJECTS)
    (tmp_path / "scene.toml").write_text(SCENES)
    return tmp_path


@pytest.fixture
def loaded(folder):
    return vocabulary.load(folder)


def test_a_folder_is_one_vocabulary(loaded):
    assert loaded.facets == ("object", "scene")
    assert [term.id for term in loaded.of_facet("scene")] == ["beach"]
    assert loaded.of_facet("weather") == ()


def test_a_single_file_is_a_vocabulary(folder):
    assert [term.id for term in vocabulary.load(folder / "scene.toml").terms] == ["beach"]


def test_terms_are_found_by_id_and_row(loaded):
    assert loaded.by_id["pug"].phrase == "a pug"
    assert [loaded.terms[loaded.row[term.id]] for term in loaded.terms] == list(loaded.terms)


@pytest.mark.parametrize(
    ("name", "above"), [("pug", ["dog", "animal"]), ("dog", ["animal"]), ("animal", []), ("beach", [])]
)
def test_ancestors_lead_up_to_the_root(loaded, name, above):
    assert [term.id for term in loaded.ancestors(loaded.by_id[name])] == above


@pytest.mark.parametrize(
    ("name", "role"), [("hat", "worn"), ("cap", "main"), ("dog", ""), ("clothing", "worn")]
)
def test_a_role_is_inherited_unless_the_term_has_its_own(loaded, name, role):
    assert dict(loaded.by_id[name].grammar).get("role", "") == role


def test_a_circle_or_a_gap_in_the_tree_is_left_to_the_check(tmp_path):
    path = tmp_path / "object.toml"
    path.write_text(
        '[cat]\ndog = "a dog / dogs"\n[dog]\ncat = "a cat / cats"\n[gap]\nowl = "an owl / owls"\n'
    )
    loaded = vocabulary.load(path)
    above = {term.id: [parent.id for parent in loaded.ancestors(term)] for term in loaded.terms}
    assert above == {"dog": ["cat"], "cat": ["dog"], "owl": []}
    assert vocabulary.check(loaded) == [
        "object: dog: it is its own ancestor",
        "object: cat: it is its own ancestor",
        "object: owl: there is no term gap",
    ]


def test_without_a_path_the_curated_vocabulary_is_loaded():
    assert vocabulary.load() == vocabulary.load(vocabulary.default_path())
    assert "giraffe" in vocabulary.load().by_id


def test_an_extension_adds_terms_below_known_ones(folder):
    loaded = vocabulary.load(folder, extend=[HAMSTER])
    assert [term.id for term in loaded.ancestors(loaded.by_id["hamster"])] == ["animal"]


def test_an_extension_may_be_a_file_of_any_name(folder, tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text('facet = "scene"\n[beach]\nour-beach = "on our beach"\n')
    assert vocabulary.load(folder / "scene.toml", extend=[path]).by_id["our-beach"].phrase == "our beach"
    assert vocabulary.load(folder / "scene.toml", extend=[str(path)]).by_id["our-beach"].parent == "beach"


def test_an_extension_may_bring_a_tree_of_its_own(folder):
    tree = {"facet": "object", "roots": {"fruit": "fruit"}, "fruit": {"yuzu": "a yuzu / yuzu"}}
    assert vocabulary.load(folder, extend=[tree]).by_id["yuzu"].parent == "fruit"


def test_a_known_id_is_replaced_in_its_place(folder, loaded):
    replaced = vocabulary.load(folder, extend=[{"facet": "object", "animal": {"dog": "a hound / hounds"}}])
    assert replaced.by_id["dog"].phrase == "a hound"
    assert replaced.row == loaded.row
    assert replaced.by_id["pug"] == loaded.by_id["pug"]


def test_a_later_extension_wins(folder):
    names = ("a rodent / rodents", "a golden hamster / golden hamsters")
    extensions = [{"facet": "object", "animal": {"hamster": name}} for name in names]
    assert vocabulary.load(folder, extend=extensions).by_id["hamster"].phrase == "a golden hamster"


def test_an_extension_inherits_roles(folder):
    scarf = {"facet": "object", "clothing": {"scarf": "a scarf / scarves"}}
    assert dict(vocabulary.load(folder, extend=[scarf]).by_id["scarf"].grammar)["role"] == "worn"


def test_a_vetoed_term_is_ranked_and_never_said(folder, loaded):
    vetoed = vocabulary.load(folder, veto=["dog"])
    assert not vetoed.by_id["dog"].emit
    assert vetoed.by_id["pug"].emit
    assert vetoed.row == loaded.row


def test_a_veto_reaches_extensions(folder):
    assert not vocabulary.load(folder, extend=[HAMSTER], veto=["hamster"]).by_id["hamster"].emit


@pytest.mark.parametrize(
    ("name", "hint"),
    [("dgo", "did you mean dog?"), ("volcano", "`alttext vocab show` lists them")],
)
def test_a_veto_of_nothing_is_told_with_a_hint(folder, name, hint):
    with pytest.raises(ModelError) as error:
        vocabulary.load(folder, veto=[name])
    assert str(error.value) == f"vocabulary.veto: there is no term {name}; {hint}"


@pytest.mark.parametrize(
    ("extension", "message"),
    [
        ({"facet": "object", "animl": {"gnu": "a gnu"}}, "gnu: there is no term animl; did you mean animal?"),
        ({"facet": "object", "beach": {"towel": "a towel"}}, "towel: its parent beach is of another facet"),
        ({"facet": "object", "pug": {"dog": "a dog"}}, "dog: pug cannot be above it and below it"),
        ({"facet": "object", "dog": {"dog": "a dog"}}, "dog: dog cannot be above it and below it"),
        ({"facet": "thing", "roots": {}}, '"thing" is no facet'),
    ],
)
def test_an_extension_that_does_not_fit_is_told_by_its_place(folder, extension, message):
    with pytest.raises(ModelError, match=r"^vocabulary\.extend: ") as error:
        vocabulary.load(folder, extend=[extension])
    assert message in str(error.value)


def test_the_file_of_an_extension_that_does_not_fit_is_named(folder, tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text('facet = "object"\n[plant]\nfern = "a fern"\n')
    with pytest.raises(ModelError, match=r"ours\.toml: fern: there is no term plant"):
        vocabulary.load(folder / "object.toml", extend=[path])


def test_within_one_vocabulary_an_id_comes_once(folder):
    (folder / "scene.toml").write_text('[roots]\ndog = "at a dog show"\n')
    with pytest.raises(ModelError, match=r"scene\.toml: dog: the facet object has this id already"):
        vocabulary.load(folder)


def test_a_folder_without_a_vocabulary_is_told(tmp_path):
    with pytest.raises(ModelError, match="there is no vocabulary here"):
        vocabulary.load(tmp_path)


def test_a_path_that_does_not_exist_is_told(tmp_path):
    with pytest.raises(ModelError, match=r"nowhere\.toml: the vocabulary cannot be read"):
        vocabulary.load(tmp_path / "nowhere.toml")


def test_problems_are_found_across_files(folder):
    (folder / "material.toml").write_text('[roots]\ndog-fur = { phrase = "a dog", prompts = ["fur"] }\n')
    assert vocabulary.check(vocabulary.load(folder)) == ['things: "a dog" is said by 2 terms']


def test_a_good_vocabulary_has_no_problems_until_vectors_show_some(loaded):
    assert vocabulary.check(loaded) == []
    same = np.ones((len(loaded.terms), 1), np.float32)
    assert "object: animal and dog are near-synonyms (1.00)" in vocabulary.check(loaded, same)


def test_a_vocabulary_without_terms_is_refused(tmp_path):
    (tmp_path / "object.toml").write_text("[roots]\n", encoding="utf-8")
    with pytest.raises(ModelError, match="no terms"):
        vocabulary.load(tmp_path)
