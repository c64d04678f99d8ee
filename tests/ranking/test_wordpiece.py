"""Texts fall into the same pieces as with the tokenizer of the published text tower."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transformers import BertTokenizer

from alttext.ranking.encode_embedded import FOLDER
from alttext.ranking.wordpiece import WordPiece, words

VOCABULARY = FOLDER / "vocabulary.txt"

TEXTS = [
    "",
    "   \t\n ",
    "A dog runs on the beach.",
    "Two people, one umbrella; rain!",
    "unaffable antidisestablishmentarianism",
    "Naïve café in Zürich, Ångström",
    "İstanbul'da ΣΊΣΥΦΟΣ ß",
    "don't stop-me now (really?) [brackets] {braces}",
    "$5 + 7% = x^2 | ~tilde~ `tick` <tag>",
    "ideographs 東京タワー between words",
    "emoji 🐶 and flags 🇫🇷",
    "zero\u200bwidth soft\u00adhyphen nbsp\u00a0here",
    "control\x00\x07characters\ufffdgone",
    "combining e\u0301 and a\u030a",
    "“quotes” — dashes… and ‘apostrophes’",
    "x" * 100,
    "x" * 101,
    "##ing is not a suffix here",
    "snow2024 10,000 3.14",
]


@pytest.fixture(scope="module")
def pieces() -> WordPiece:
    return WordPiece(VOCABULARY.read_text(encoding="utf-8").split("\n")[:-1])


@pytest.fixture(scope="module")
def reference(tmp_path_factory) -> BertTokenizer:
    folder: Path = tmp_path_factory.mktemp("tokenizer")
    lines = VOCABULARY.read_text(encoding="utf-8").split("\n")[:-1]
    lines += [] if "[MASK]" in lines else ["[MASK]"]
    (folder / "vocab.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return BertTokenizer.from_pretrained(folder, local_files_only=True)


@pytest.mark.parametrize("text", TEXTS)
def test_pieces_are_those_of_the_published_tokenizer(text, pieces, reference):
    assert pieces.encode(text, 512) == reference(text)["input_ids"]


# Scripts whose properties have not changed between versions of Unicode for many years.
ALPHABET = st.characters(max_codepoint=0x052F, exclude_categories=("Cn", "Co", "Cs")) | st.sampled_from(
    "–—‘’“”…€™东京日本語テスト\u200b\u00ad\u3000 \t\n[]#"
)


@settings(max_examples=500, deadline=None)
@given(text=st.text(ALPHABET, max_size=60).filter(lambda text: "[" not in text))
def test_pieces_of_any_text_are_those_of_the_published_tokenizer(text, pieces, reference):
    assert pieces.encode(text, 512) == reference(text)["input_ids"]


def test_a_long_text_is_cut_and_keeps_both_marks(pieces):
    whole, cut = pieces.encode("dog " * 40, 100), pieces.encode("dog " * 40, 10)
    assert len(cut) == 10
    assert cut == [*whole[:9], whole[-1]]


def test_names_of_special_pieces_are_read_as_letters(pieces):
    assert pieces.encode("[SEP]", 16)[1:-1] == pieces.encode("[ sep ]", 16)[1:-1]


def test_words_are_lower_case_without_accents():
    assert words("Élan Vital!") == ["elan", "vital", "!"]
