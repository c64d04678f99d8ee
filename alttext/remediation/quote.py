"""Stage 7, for pictures of text: say the words that are in them, exactly, or leave them to a person.

Sources: https://www.w3.org/WAI/tutorials/images/textual/ (the alternative is the same words) and
https://www.w3.org/WAI/tutorials/images/complex/ (of a chart, the title is only the start).
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from alttext.rules.problems import SENSITIVE
from alttext.types import ENGLISH, Candidate, Context, Description, Purpose, Ranking, Term, TextLine

# Of 206 drawn signs in eleven typefaces that were read so surely, none had a wrong letter and 203 were exact;
# two lacked a space and one a line of a single letter.
SURE = 0.98
LEGIBLE = 0.5  # less is noise, or a letter seen in a drawing
MOST_WORDS = 12
MOST_CHARACTERS = 120
LEAST_SHARE = 0.05  # of the picture that text fills; less is a watermark or a label on something else
SHOWN = 250  # characters that are suggested
REASONS = frozenset({"text-read", "text-uncertain", "text-too-long", "title-read"})

_OF_TEXT = frozenset({Purpose.TEXT, Purpose.COMPLEX})
_TITLED = frozenset({"chart", "diagram", "map", "screenshot"})
_WORDED = frozenset({"text", "logo"})
_PLAIN_RE = re.compile(r"[0-9A-Za-zÀ-ÖØ-öø-ɏ .,:;!?'\"’“”„«»()&%+/@#$€£°–-]{2,}")
_GLUED_RE = re.compile(r"[a-z][.,:;!?][A-Z0-9]")  # "No.10": the space between was lost
# Letters that are spelled like others in Cyrillic and Greek script, which readers turn into these.
_TWINS = frozenset("ABCEHKMOPTXYaceopxy")
# Languages whose every letter and mark the reader knows; it leaves out the "¡" of Spanish.
_KNOWN = frozenset(
    {
        "en", "ca", "cs", "cy", "da", "de", "eo", "et", "fi", "fr", "ga", "hr", "hu", "is", "it", "lt", "lv",
        "mt", "nb", "nl", "nn", "no", "pl", "pt", "ro", "sk", "sl", "sq", "sv", "tr",
    }
)  # fmt: skip
_EDGE = 0.002  # of the picture; words that reach it may be cut
_WORD_RE = re.compile(r"[^\W_]+")
_TOP = 0.33  # of the picture, where titles stand
_LARGER = 1.25  # times the usual height of lines
_MOST_OF = 0.9  # of the probability of a chart, at which a kind of chart is told


def is_worth_reading(ranking: Ranking, purpose: Purpose) -> bool:
    """Whether there may be text in a picture that matters: in what is said of it, or in how it was ranked."""
    if purpose in _OF_TEXT or ranking.medium in _TITLED | _WORDED:
        return True
    return bool(ranking.chosen) and any(_is_of_text(each) for each in ranking.candidates)


def compose(
    ranking: Ranking, lines: Sequence[TextLine], purpose: Purpose, context: Context
) -> Description | None:
    """What the words in a picture say of it; None if it is a picture of something else than words.

    `purpose` is what the markup says. Only words of plain pictures of text can do without a person.
    """
    if not lines and purpose not in _OF_TEXT:
        return None
    if purpose is Purpose.COMPLEX or (ranking.medium in _TITLED and purpose is not Purpose.TEXT):
        return _titled(ranking, lines, context)
    if purpose is Purpose.TEXT or ranking.medium in _WORDED:
        return _quoted(ranking, lines, context)
    return None


def undeceived(ranking: Ranking, lines: Sequence[TextLine]) -> Ranking:
    """The ranking without chosen terms whose names stand in the picture as words.

    A model that learned from captions may take the word "pizza" for a pizza, and nothing tells it from one:
    https://distill.pub/2021/multimodal-neurons/ . So a pizza beside its name goes unsaid, too.
    """
    words = " ".join(_WORD_RE.findall(_joined(lines).casefold()))
    honest = tuple(each for each in ranking.chosen if not _is_among(words, each.term))
    return replace(ranking, chosen=honest)


def _is_among(words: str, term: Term) -> bool:
    names = (re.escape(name.casefold()) for name in term.prompts)
    return any(re.search(rf"\b{name}(?:e?s)?\b", words) for name in names)


def _is_of_text(candidate: Candidate) -> bool:
    term = candidate.term
    return term.facet == "medium" and not {term.id, term.parent}.isdisjoint(_TITLED | _WORDED)


def _quoted(ranking: Ranking, lines: Sequence[TextLine], context: Context) -> Description:
    words = _joined(lines)
    if not words or SENSITIVE in ranking.held:
        return _silent(ranking)
    reason = "text-read"
    if len(words) > MOST_CHARACTERS or len(words.split()) > MOST_WORDS:
        reason = "text-too-long"
    elif ranking.medium != "text" or not _is_certain(lines, context.language):
        reason = "text-uncertain"
    text = words if len(words) <= SHOWN else f"{words[:SHOWN].rpartition(' ')[0]} …"
    return _said(ranking, text, min(line.confidence for line in lines), reason)


def _is_certain(lines: Sequence[TextLine], lang: str) -> bool:
    """Whether each letter was read surely, in one uncut column of lines that the picture is full of."""
    words = _joined(lines)
    return (
        min(line.confidence for line in lines) >= SURE
        and _is_plain(words)
        and lang in _KNOWN
        and sum(line.height * line.width for line in lines) >= LEAST_SHARE
        and all(line.box[0] > _EDGE and line.box[2] < 1 - _EDGE for line in lines)
        and not any(line.is_beside(below) or line.text.endswith("-") for line, below in pairwise(lines))
    )


def _is_plain(words: str) -> bool:
    """Whether the words hold nothing that readers are known to mistake for something else."""
    letters = set(filter(str.isalpha, words))
    return bool(_PLAIN_RE.fullmatch(words) and letters - _TWINS) and not _GLUED_RE.search(words)


def _titled(ranking: Ranking, lines: Sequence[TextLine], context: Context) -> Description:
    title = _title(lines, ranking.medium)
    if title is None or SENSITIVE in ranking.held:
        return _silent(ranking)
    kind = _kind(ranking) if context.language == ENGLISH else ""
    text = f'{kind}: "{title.text}"' if kind else f'"{title.text}"'
    return _said(ranking, text, title.confidence, "title-read")


def _title(lines: Sequence[TextLine], medium: str) -> TextLine | None:
    """What looks like the title: of a chart the line above all others, else the first of much larger ones."""
    if medium == "chart":
        is_alone = len(lines) < 2 or not lines[0].is_beside(lines[1])
        return lines[0] if lines and is_alone and _is_title(lines[0]) else None
    usual = median(line.height for line in lines) if lines else 0.0
    return next((line for line in lines if line.height >= _LARGER * usual and _is_title(line)), None)


def _is_title(line: TextLine) -> bool:
    return line.middle < _TOP and _is_wordy(line.text)


def _is_wordy(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return letters >= 3 and letters > len(text.replace(" ", "")) / 2


def _kind(ranking: Ranking) -> str:
    """What kind of chart it is, say, as far as that is told; "" if it is not even told to be one."""
    if ranking.medium not in _TITLED:
        return ""
    media = [each for each in ranking.candidates if each.term.facet == "medium"]
    whole = max((each.confidence for each in media if each.term.id == ranking.medium), default=1.0)
    parts = [each for each in media if each.term.parent == ranking.medium]
    best = max(parts, key=lambda each: each.confidence, default=None)
    told = best.term.prompts[0] if best and best.confidence >= _MOST_OF * whole else ranking.medium
    return f"{told[0].upper()}{told[1:]}"


def _joined(lines: Sequence[TextLine]) -> str:
    return " ".join(line.text for line in lines if line.confidence >= LEGIBLE)


def _said(ranking: Ranking, text: str, confidence: float, reason: str) -> Description:
    is_left = reason != "text-read"
    return replace(_silent(ranking), text=text, confidence=confidence, review=is_left, reasons=(reason,))


def _silent(ranking: Ranking) -> Description:
    """Nothing is said; the kind of picture is all that is suggested, not what may be seen in it."""
    media = tuple(each for each in ranking.candidates if each.term.facet == "medium")
    reasons = ranking.held if SENSITIVE in ranking.held else ("not-a-photograph",)
    return Description(None, 0.0, media, ranking.medium, reasons=reasons)
