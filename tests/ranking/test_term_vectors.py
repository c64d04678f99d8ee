"""Vectors of terms: what they are made of, what they depend on, and what never breaks them."""

import json
import zlib

import numpy as np
import pytest

from alttext.ranking import term_vectors, vocabulary
from alttext.ranking.encode_embedded import FOLDER, EmbeddedEncoder
from alttext.ranking.vocabulary_file import FACETS
from alttext.types import Term

DOG = Term("dog", "object", "a dog", ("dog", "hound"))
SNOW = Term("snow", "weather", "snow", ("snow",))
RUNNING = Term("running", "activity", "running", ("running",))
TERMS = (DOG, SNOW, RUNNING)


class Texts:
    """An encoder that gives every text a vector of its own and remembers what it was asked for."""

    dim = 16

    def __init__(self, model_id: str = "fake") -> None:
        self.model_id = model_id
        self.asked: list[str] = []

    def encode_images(self, images):
        raise AssertionError("terms are no images")

    def encode_texts(self, texts):
        self.asked += texts
        rows = [np.random.default_rng(zlib.crc32(text.encode())).normal(size=self.dim) for text in texts]
        return term_vectors.unit(np.array(rows, np.float32).reshape(len(texts), self.dim))


def asked_for(terms, folder, model_id="fake") -> list[str]:
    """The texts that loading the terms has to encode."""
    encoder = Texts(model_id)
    term_vectors.load(terms, encoder, folder)
    return encoder.asked


def every_text(*terms: Term) -> list[str]:
    return [text for term in terms for text in term_vectors.texts_of(term)]


@pytest.mark.parametrize(
    ("term", "texts"),
    [
        (
            DOG,
            {
                "a photo of a dog", "a dog", "a close-up photo of a dog", "a dog in the picture",
                "a photo of a hound", "a hound", "a close-up photo of a hound", "a hound in the picture",
            },
        ),
        (
            Term("owl", "scene", "an owl", ("owl", "bird")),
            {
                "a photo of an owl", "an owl", "a view of an owl",
                "a photo of a bird", "a bird", "a view of a bird",
            },
        ),
        (SNOW, {"a photo of snow", "snow", "a landscape in snow"}),
        (
            Term("people", "people", "people", ("people",)),
            {"a photo of people", "people", "a picture of people outside"},
        ),
        (RUNNING, {"a person running", "people running", "a photo of someone running"}),
        (
            Term("grazing", "activity", "grazing", ("grazing",), grammar=(("subject", "animal"),)),
            {"a dog grazing", "an animal grazing"},
        ),
    ],
    ids=lambda value: value.id if isinstance(value, Term) else "",
)  # fmt: skip
def test_each_prompt_comes_in_each_template_with_the_article_that_it_needs(term, texts):
    made = term_vectors.texts_of(term)
    assert set(made) == texts
    assert len(made) == len(texts)


@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize("phrase", ["a thing", "things"])
def test_every_facet_has_templates_without_a_gap_left(facet, phrase):
    texts = term_vectors.texts_of(Term("thing", facet, phrase, ("thing",)))
    assert texts
    assert all("thing" in text and not set("{}") & set(text) for text in texts)


def test_a_vector_is_the_direction_of_the_mean_over_the_texts(tmp_path):
    rows = term_vectors.load(TERMS, Texts(), tmp_path)
    means = [Texts().encode_texts(term_vectors.texts_of(term)).mean(axis=0) for term in TERMS]
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)
    assert np.allclose(rows, term_vectors.unit(np.array(means)), atol=1e-3)  # kept in half precision


def test_no_terms_have_no_vectors():
    assert term_vectors.embed([], Texts()).shape == (0, Texts.dim)


def test_the_order_of_rows_is_that_of_the_terms_whatever_was_kept_before(tmp_path):
    first = term_vectors.load(TERMS, Texts(), tmp_path)
    assert np.array_equal(term_vectors.load(TERMS[::-1], Texts(), tmp_path), first[::-1])


def test_what_was_kept_is_not_made_again_and_is_exactly_the_same(tmp_path):
    first = term_vectors.load(TERMS, Texts(), tmp_path)
    again = Texts()
    assert np.array_equal(term_vectors.load(TERMS, again, tmp_path), first)
    assert again.asked == []


@pytest.mark.parametrize(
    ("changed", "anew"),
    [
        (DOG._replace(prompts=("dog", "puppy")), True),
        (DOG._replace(phrase="dogs"), True),  # its prompts lose their article
        (DOG._replace(facet="scene"), True),
        (DOG._replace(id="hound"), False),
        (DOG._replace(phrase="a brown dog"), False),
        (DOG._replace(parent="animal"), False),
        (DOG._replace(emit=False), False),
        (DOG._replace(grammar=(("plural", "dogs"),)), False),
    ],
    ids=["prompts", "article", "facet", "id", "phrase", "parent", "veto", "plural"],
)
def test_only_a_term_whose_texts_changed_is_embedded_again(tmp_path, changed, anew):
    asked_for(TERMS, tmp_path)
    assert asked_for((changed, SNOW, RUNNING), tmp_path) == (every_text(changed) if anew else [])


def test_an_added_term_costs_only_itself_and_is_kept_too(tmp_path):
    cat = Term("cat", "object", "a cat", ("cat",))
    asked_for(TERMS, tmp_path)
    assert asked_for((*TERMS, cat), tmp_path) == every_text(cat)
    assert asked_for((cat, *TERMS), tmp_path) == []


def test_another_template_costs_only_the_terms_of_its_facet(tmp_path, monkeypatch):
    asked_for(TERMS, tmp_path)
    monkeypatch.setitem(term_vectors.TEMPLATES, "weather", ("{} on a map",))
    assert asked_for(TERMS, tmp_path) == ["snow on a map"]


def test_models_do_not_share_vectors(tmp_path):
    asked_for(TERMS, tmp_path, "one")
    assert asked_for(TERMS, tmp_path, "two") == every_text(*TERMS)
    assert asked_for(TERMS, tmp_path, "one") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [(("ab", "c"), ("a", "bc")), (("a", "b"), ("b", "a")), (("a",), ("a", "a"))],
)
def test_keys_tell_lists_of_prompts_apart(one, other):
    keys = [term_vectors.key_of(SNOW._replace(prompts=prompts), "fake") for prompts in (one, other)]
    assert keys[0] != keys[1]


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04"], ids=["empty", "text", "start only"])
def test_a_file_that_is_none_holds_nothing_and_is_made_anew(tmp_path, content):
    first = term_vectors.load(TERMS, Texts(), tmp_path)
    (cache,) = tmp_path.iterdir()
    cache.write_bytes(content)
    assert term_vectors.read(cache) == {}
    assert np.array_equal(term_vectors.load(TERMS, Texts(), tmp_path), first)
    assert asked_for(TERMS, tmp_path) == []


@pytest.mark.parametrize(
    "arrays",
    [{}, {"keys": ["k"]}, {"vectors": [[1.0]]}, {"keys": ["k", "l"], "vectors": [[1.0]]}],
    ids=["nothing", "no vectors", "no keys", "too few vectors"],
)
def test_a_file_with_other_arrays_holds_nothing(tmp_path, arrays):
    np.savez(tmp_path / "other.npz", **arrays)
    assert term_vectors.read(tmp_path / "other.npz") == {}


def test_a_file_with_one_bare_array_holds_nothing(tmp_path):
    np.save(tmp_path / "bare.npy", np.ones(3))
    assert term_vectors.read(tmp_path / "bare.npy") == {}


@pytest.mark.parametrize("bit", [0, 6])
def test_damage_anywhere_in_a_file_is_noticed(tmp_path, bit):
    path = tmp_path / "vectors.npz"
    term_vectors.write(path, {"k": np.array([0.6, 0.8], np.float16), "l": np.array([1, 0], np.float16)})
    whole, kept = path.read_bytes(), as_lists(term_vectors.read(path))
    for at in range(0, len(whole), 3):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :])
        assert as_lists(term_vectors.read(path)) in (kept, {})  # not every byte of an archive matters
        path.write_bytes(whole[:at])
        assert term_vectors.read(path) == {}


def as_lists(vectors: dict) -> dict[str, list[float]]:
    return {key: vector.tolist() for key, vector in vectors.items()}


def test_the_folder_is_made_if_there_is_none_and_holds_nothing_else(tmp_path):
    folder = tmp_path / "not" / "yet"
    asked_for(TERMS, folder)
    assert [path.suffix for path in folder.iterdir()] == [".npz"]


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path):
    (tmp_path / "file").write_text("in the way")
    rows = term_vectors.load(TERMS, Texts(), tmp_path / "file" / "folder")
    assert np.array_equal(rows, term_vectors.load(TERMS, Texts(), tmp_path))


def test_a_file_that_cannot_be_replaced_is_done_without_and_leaves_nothing_behind(tmp_path):
    asked_for(TERMS, tmp_path)
    (cache,) = tmp_path.iterdir()
    cache.unlink()
    (cache / "in the way").mkdir(parents=True)
    assert asked_for(TERMS, tmp_path) == every_text(*TERMS)
    assert list(tmp_path.iterdir()) == [cache]


def test_without_a_folder_the_cache_of_the_user_is_used(tmp_path, monkeypatch):
    monkeypatch.setattr(term_vectors.platformdirs, "user_cache_path", lambda name: tmp_path / name)
    asked_for(TERMS, None)
    assert [path.suffix for path in (tmp_path / "alttext").iterdir()] == [".npz"]


@pytest.fixture(scope="module")
def embedded_id() -> str:
    return json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["id"]


@pytest.fixture(scope="module")
def shipped() -> dict[str, np.ndarray]:
    return term_vectors.read(term_vectors.SHIPPED)


@pytest.fixture(scope="module")
def curated(embedded_id, shipped) -> list[Term]:
    """Some terms whose vectors ship."""
    terms = vocabulary.load().terms
    return [term for term in terms if term_vectors.key_of(term, embedded_id) in shipped][::400]


def test_every_curated_term_ships_its_vector_for_the_embedded_model(embedded_id, shipped):
    terms = vocabulary.load().terms
    assert [term.id for term in terms if term_vectors.key_of(term, embedded_id) not in shipped] == []


def test_shipped_vectors_are_used_without_asking_the_model_or_keeping_them_twice(
    tmp_path, embedded_id, shipped, curated
):
    encoder = Texts(embedded_id)
    rows = term_vectors.load(curated, encoder, tmp_path)
    kept = [shipped[term_vectors.key_of(term, embedded_id)] for term in curated]
    assert np.allclose(rows, kept, atol=1e-3)
    assert (encoder.asked, list(tmp_path.iterdir())) == ([], [])


def test_shipped_vectors_are_what_the_embedded_model_gives(tmp_path, curated):
    encoder = EmbeddedEncoder(threads=1)
    rows = term_vectors.load(curated, encoder, tmp_path)
    assert np.allclose((rows * term_vectors.embed(curated, encoder)).sum(axis=1), 1, atol=1e-3)


def test_beside_shipped_vectors_only_a_users_own_terms_are_made(tmp_path, embedded_id, shipped, curated):
    own = Term("zeppelin-nt", "object", "a Zeppelin NT", ("Zeppelin NT",))
    encoder = Texts(embedded_id)
    encoder.dim = len(next(iter(shipped.values())))
    assert term_vectors.load([own, *curated], encoder, tmp_path).shape == (len(curated) + 1, encoder.dim)
    assert encoder.asked == every_text(own)
    encoder.asked.clear()
    term_vectors.load([*curated, own], encoder, tmp_path)
    assert encoder.asked == []


def test_vectors_beside_a_model_are_used_without_asking_it(tmp_path):
    model = tmp_path / "model"
    made = term_vectors.load(TERMS, Texts(), tmp_path / "elsewhere")
    keys = [term_vectors.key_of(term, "fake") for term in TERMS]
    term_vectors.save(model / "vocabulary.npz", dict(zip(keys, made.astype(np.float16), strict=True)))
    encoder = Texts()
    assert np.allclose(term_vectors.load(TERMS, encoder, tmp_path / "cache", model), made, atol=1e-3)
    assert encoder.asked == []
    more = Term("owl", "object", "an owl", ("owl",))
    term_vectors.load([*TERMS, more], encoder, tmp_path / "cache", model)
    assert set(encoder.asked) == set(term_vectors.texts_of(more))
    other = Texts("another")
    term_vectors.load(TERMS, other, tmp_path / "cache", model)
    assert set(other.asked) == set(every_text(*TERMS))


def test_to_save_vectors_where_nothing_can_be_written_is_an_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        term_vectors.save(tmp_path / "file" / "v.npz", {"key": np.zeros(2, np.float16)})
