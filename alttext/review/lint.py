"""Remarks on an alternative while a person types it. None of them forbids anything.

Sources: https://www.w3.org/WAI/tutorials/images/tips/ , WCAG failures F30 and F89, and what `alttext check`
would say of the same words.
"""

import re
from dataclasses import dataclass, replace

from alttext import purpose
from alttext.purpose import evidence, meaningless
from alttext.review import announce
from alttext.rules import RULES
from alttext.types import ImageRef

# Characters. No screen reader cuts alternatives off; longer ones are better told in the text of the page.
LONGEST = 150
_MEDIUM_FIRST_RE = re.compile(
    r"""^(?:(?:an?|the|this|this\sis\san?|ein|eine|das|une|un|una|la)\s+)?
    (?:image|picture|photo|photograph|pic|graphic|bild|foto|fotografie|photographie|imagen|fotograf[ií]a
    |immagine|imagem|afbeelding)\s+(?:of|showing|shows|that\sshows|von|eines|einer|vom|de|du|des|del|di|van)\b""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to think about before an alternative is written."""

    id: str  # of a rule where there is one
    text: str


def remarks(alt: str, ref: ImageRef) -> tuple[Remark, ...]:
    """Return what is worth a second thought about an alternative for an image; "" is decorative."""
    found = (_judged(alt, ref), *(_of_words(alt.strip(), ref) if alt.strip() else ()))
    return tuple({remark.id: remark for remark in reversed(found) if remark}.values())[::-1]


def _judged(alt: str, ref: ImageRef) -> Remark | None:
    """What `alttext check` would say of it."""
    bare = replace(announce.given(ref, alt), alt=alt, name="", name_from="", decorative=False)
    rule = RULES.get(purpose.judge(bare) or "")
    return Remark(rule.id, f"{rule.summary}. {rule.advice}") if rule else None


def _of_words(alt: str, ref: ImageRef) -> tuple[Remark | None, ...]:
    return _length(alt), _medium_first(alt), _suffix(alt), _letters(alt), _repetition(alt, ref)


def _length(alt: str) -> Remark | None:
    if len(alt) <= LONGEST:
        return None
    return Remark("long", f"Longer than {LONGEST} characters. Say the rest in the text of the page.")


def _medium_first(alt: str) -> Remark | None:
    if not _MEDIUM_FIRST_RE.match(alt):
        return None
    return Remark("medium-first", "Screen readers say that it is a graphic. Begin with what it shows.")


def _suffix(alt: str) -> Remark | None:
    if not meaningless.has_picture_suffix(alt):
        return None
    return Remark("filename-alt", "Ends like the name of a file. Say what the picture shows.")


def _letters(alt: str) -> Remark | None:
    if any(character.isalnum() for character in alt):
        return None
    return Remark("no-words", "Holds no words. Write some, or mark the image as decorative.")


def _repetition(alt: str, ref: ImageRef) -> Remark | None:
    said = evidence.spoken(alt)
    link = ref.context.link
    beside = (ref.context.caption, link.text if link else "", *evidence.neighbours(ref))
    longer = any(_is_within(said, evidence.spoken(text)) for text in beside)
    if len(said) < 3 or not longer:
        return None
    return Remark("redundant-alt", "The text beside the image says the same. Say what it does not.")


def _is_within(words: tuple[str, ...], text: tuple[str, ...]) -> bool:
    return f" {' '.join(words)} " in f" {' '.join(text)} "
