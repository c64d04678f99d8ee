"""Splits text into the pieces a BERT text tower reads, without the `tokenizers` package.

Source: https://github.com/google-research/bert/blob/master/tokenization.py. It gives the pieces that
`transformers.BertTokenizer` gives, but reads `[SEP]` and the like in a text as the letters they are.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain

_LONGEST_WORD = 100
_IDEOGRAPHS = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


class WordPiece:
    """A vocabulary of lower-case word pieces, one per line of its file; the line number is the id."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        self.pad, self._unknown, self._first, self._last = (
            self._ids[name] for name in ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
        )

    def encode(self, text: str, limit: int) -> list[int]:
        """Ids of `text` between the start and end marks, `limit` at most."""
        pieces = chain.from_iterable(self._pieces(word) for word in words(text))
        return [self._first, *list(pieces)[: limit - 2], self._last]

    def _pieces(self, word: str) -> list[int]:
        if len(word) > _LONGEST_WORD:
            return [self._unknown]
        ids = []
        start = 0
        while start < len(word):
            end = self._longest(word, start)
            if end == start:
                return [self._unknown]
            ids.append(self._ids[_piece(word, start, end)])
            start = end
        return ids

    def _longest(self, word: str, start: int) -> int:
        ends = range(len(word), start, -1)
        return next((end for end in ends if _piece(word, start, end) in self._ids), start)


def _piece(word: str, start: int, end: int) -> str:
    return ("##" if start else "") + word[start:end]


def words(text: str) -> list[str]:
    """Words and punctuation marks of `text`, lower case, without accents and control characters."""
    clean = "".join(_cleaned(text))
    bare = "".join(c for c in unicodedata.normalize("NFD", clean) if unicodedata.category(c) != "Mn")
    return "".join(f" {c} " if _is_punctuation(c) else c for c in _lower(bare)).split()


def _cleaned(text: str) -> Iterator[str]:
    for character in text:
        if character in "\t\n\r":
            yield " "
        elif character == "\ufffd" or unicodedata.category(character).startswith("C"):
            continue
        elif character.isspace():
            yield " "
        else:
            yield f" {character} " if _is_ideograph(character) else character


def _lower(text: str) -> Iterator[str]:
    # One character at a time: the final sigma of a Greek word is not known here.
    return (character.lower() for character in text)


def _is_ideograph(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _IDEOGRAPHS)


def _is_punctuation(character: str) -> bool:
    if character.isascii():
        return character.isprintable() and not character.isalnum() and character != " "
    return unicodedata.category(character).startswith("P")
