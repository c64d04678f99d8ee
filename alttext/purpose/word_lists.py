"""Lists of words as the clue tables write them: read at a glance, compared as sets."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list that is separated by white space."""
    return frozenset(text.split())


def phrase_set(text: str) -> frozenset[str]:
    """Return the phrases of a list that is separated by commas, with their white space collapsed."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split(",")) - {""}
