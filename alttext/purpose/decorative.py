"""Stage 3: decorative images, which add nothing to what the page says already.

Sources: https://www.w3.org/WAI/tutorials/images/decorative/ , WCAG techniques H2 (image and text in one
link), H67 and C9, failure F39. Only an author's mark, a size in which nothing can be seen, the address of a
visitor counter and the text of the same link are proof; everything else is left for a person, with an empty
alternative as the suggestion.
"""

import re

from alttext.purpose import evidence, functional, text, trackers
from alttext.purpose.word_lists import word_set
from alttext.types import Classification, ImageKind, ImageRef, Purpose

_TINY = 3  # CSS pixels; nothing can be perceived in so few
_SMALL = 32  # CSS pixels, the customary size of icons
_WORD = 100  # CSS pixels; a wider picture is no word of a sentence
_CLOSE = 3  # words before and after that can be the word of an icon
_LABEL = 80  # characters; longer text tells a story in which the picture may be more than its words
# Photographs are not drawn in three pixels: such numbers are the proportions of a responsive image.
_RESPONSIVE = ("srcset", "sizes", "layout", "data-src", "data-srcset", "data-original", "data-lazy-src")
_CONTROLS = (ImageKind.INPUT, ImageKind.AREA)  # cannot be decorative: they do something
# Source: https://www.w3.org/WAI/WCAG22/Techniques/failures/F39 and the customary names of such files
_SPACERS = frozenset(
    {"spacer", "blank", "transparent", "trans", "clear", "cleardot", "clearpixel", "shim", "pixel", "empty"}
)
_SPACER_EXTRAS = frozenset({"gif", "png", "1", "x", "img", "image", "dot", "bg", "background", "px", "space"})
_DRAWN_SUFFIXES = frozenset({".gif", ".png", ".svg", ""})
# Ornaments by name: decorative only if every word of the name says so, as in `blue-divider-2` and unlike
# in `border-collie`, `bullet-train` and `background-check`.
_ORNAMENTS = word_set(
    """divider dividers separator separators ornament ornaments flourish swoosh squiggle swirl swirls bullet
    border borders corner corners shadow gradient decoration decorations decorative deco filigree vignette
    hr curve blob blobs"""
)
_BACKGROUNDS = word_set("background backgrounds bg backdrop texture pattern wallpaper")
_ORNAMENT_EXTRAS = word_set(
    """line lines section header footer hero body page main home site nav sidebar content wave waves shape
    shapes dotted dashed horizontal vertical red green blue yellow orange grey gray white black pink
    purple round rounded abstract repeat tile overlay"""
)
# Whole class names; words of classes would take `bg-cover` and `border-0` of CSS frameworks for ornament.
_ORNAMENT_CLASSES = word_set("divider separator ornament decoration decorative spacer deco")
_BACKGROUND_CLASSES = word_set("background bg bg-image background-image bg-img hero-bg background-img")
_ICONS = word_set(
    """icon icons ico favicon glyph glyphs glyphicon octicon emoji emojis pictogram pictograms twemoji
    smiley smilies emoticon emoticons"""
)
_ICON_NAMES = word_set(
    """arrow arrows chevron caret checkmark check tick hamburger plus minus bullet star up down left right
    open close external circle small outline solid filled loading loader spinner ajax"""
)
_AVATARS = frozenset({"avatar", "avatars", "gravatar", "userpic"})
# Source: https://docs.github.com/en/rest/users , where each user has an `avatar_url`, and https://unavatar.io
_AVATAR_ADDRESS_RE = re.compile(
    r"(?:https?:)?//(?:avatars\d*\.githubusercontent\.com/|github\.com/[\w-]+\.png(?:[?#]|$)|unavatar\.io/)",
    re.IGNORECASE,
)


def proven(ref: ImageRef) -> Classification | None:
    """Decorative beyond doubt: marked as such, hidden, or impossible to perceive."""
    if reason := _mark(ref):
        return _certain(reason)
    if ref.context.hidden:
        return Classification(Purpose.DECORATIVE, "hidden-from-everyone")
    link = ref.context.link
    if ref.kind in _CONTROLS or (link is not None and link.sole):
        return None
    if trackers.counts_visits(ref.src):
        return _certain("tracking-pixel")
    return _certain("tracking-pixel" if "//" in ref.src else "spacer") if _is_tiny(ref) else None


def beside_link(ref: ImageRef) -> Classification | None:
    """Decorative because the words of the same link or button say it (technique H2)."""
    link = ref.context.link
    if ref.kind in _CONTROLS or link is None or link.sole or functional.leads_to_picture(ref):
        return None
    if not link.text:  # something else in the link has a name
        return None if link.name else _likely("beside-link-text")
    if telling := functional.said_by_icon(ref):
        return Classification(Purpose.FUNCTIONAL, "icon", telling if evidence.is_english(ref) else None)
    is_clear = functional.is_telling(link.text) and text.is_said_by(ref, link.text)
    return Classification(Purpose.DECORATIVE, "beside-link-text", "", certain=is_clear)


def classify(ref: ImageRef) -> Classification | None:
    """Decorative by evidence, or an icon; None if nothing speaks for it."""
    if reason := _ornament(ref):
        return _likely(reason)
    if _repeats(ref, ref.context.caption):  # a figure is there to be looked at, whatever its caption says
        return _unclear("caption-says-it")
    if _is_said_beside(ref):
        return _likely("text-says-it")
    if _is_icon(ref):
        is_labelled = _is_labelled(ref)
        return _likely("icon-beside-text") if is_labelled else _unclear("icon", _meaning(ref))
    if _is_avatar(ref):
        return _unclear("avatar")
    return _unclear("within-sentence") if _is_within_sentence(ref) else None


def _mark(ref: ImageRef) -> str:
    """How the author has taken the image out of the accessibility tree, "" if not at all."""
    if ref.decorative and evidence.attribute(ref, "role").lower() in {"none", "presentation"}:
        return "presentational-role"
    if ref.decorative and evidence.attribute(ref, "aria-hidden").lower() == "true":
        return "hidden-from-everyone"
    return "marked-decorative" if ref.decorative or (ref.alt == "" and ref.kind not in _CONTROLS) else ""


def _is_tiny(ref: ImageRef) -> bool:
    if evidence.is_within(evidence.styled_size(ref), _TINY):
        return True
    return not _may_be_proportion(ref) and evidence.is_within(evidence.stated_size(ref), _TINY)


def _may_be_proportion(ref: ImageRef) -> bool:
    """Whether width and height may only tell the shape of the picture, to be scaled by CSS."""
    return evidence.may_be_photograph(ref.src) or evidence.has_attribute(ref, *_RESPONSIVE)


def _ornament(ref: ImageRef) -> str:
    named = [word for word in evidence.words(evidence.stem(ref.src)) if not word.isdigit()]
    said = {word for word in evidence.telling(ref.src) if word not in _ORNAMENT_EXTRAS}
    classes = set(evidence.attribute(ref, "class").lower().split())
    if trackers.is_blank_data(ref.src) or (_is_spacer(named) and evidence.suffix(ref.src) in _DRAWN_SUFFIXES):
        return "spacer"
    if classes & _ORNAMENT_CLASSES or (said and said <= _ORNAMENTS):
        return "divider"
    is_background = said & _BACKGROUNDS and said <= _ORNAMENTS | _BACKGROUNDS
    return "background" if classes & _BACKGROUND_CLASSES or is_background else ""


def _is_spacer(named: list[str]) -> bool:
    return bool(_SPACERS & set(named)) and set(named) <= _SPACERS | _SPACER_EXTRAS


def _is_said_beside(ref: ImageRef) -> bool:
    """Whether the text beside it says what the file name says, or names the person of an avatar."""
    beside = _neighbours(ref)
    return 0 < len(beside) <= _LABEL and (_is_avatar(ref) or _repeats(ref, beside))


def _is_avatar(ref: ImageRef) -> bool:
    """Whether it stands for somebody: whom, the picture cannot tell."""
    if _AVATAR_ADDRESS_RE.match(ref.src):
        return True
    return bool(_AVATARS & (evidence.of_file(ref) | evidence.of_element(ref) | evidence.of_folders(ref)))


def _repeats(ref: ImageRef, said: str) -> bool:
    """Whether a text says all that the file name says, and not much else."""
    named = {word for word in evidence.telling(ref.src) if len(word) > 2}
    spoken = {word for word in evidence.spoken(said) if len(word) > 2}
    least = 1 if evidence.suffix(ref.src) == ".svg" else 2
    return (
        len(named) >= least
        and named <= spoken | set(evidence.words(said))
        and len(spoken) <= 2 * len(named) + 2
    )


def _neighbours(ref: ImageRef) -> str:
    return " ".join(evidence.neighbours(ref)).strip()


def _is_labelled(ref: ImageRef) -> bool:
    """Whether text says what the icon says; within a sentence only the words next to it can."""
    before, after = evidence.neighbours(ref)
    if not before or not after:
        return 0 < len(before or after) <= _LABEL
    named = set(evidence.telling(ref.src)) - _ICONS
    closest = (*evidence.spoken(before)[-_CLOSE:], *evidence.spoken(after)[:_CLOSE])
    return bool(named) and named <= set(closest)


def _is_within_sentence(ref: ImageRef) -> bool:
    """Whether a sentence goes on through the image, so that it takes the place of a word."""
    before, after = evidence.neighbours(ref)
    goes_on = before and after and before[-1] not in ".!?:;|" and (after[0].islower() or after[0] in "(,.;")
    width, _ = evidence.stated_size(ref)
    return bool(goes_on) and (width is None or width <= _WORD) and not ref.context.caption


def _is_icon(ref: ImageRef) -> bool:
    named = evidence.of_file(ref) | evidence.of_element(ref) | evidence.of_folders(ref)
    if named & _ICONS or _ICONS & evidence.of_surroundings(ref, 1):
        return True
    said = set(evidence.telling(ref.src))
    is_drawn = evidence.suffix(ref.src) in {".svg", ".gif"}
    if is_drawn and said and said <= _ICON_NAMES:
        return True
    width, height = evidence.stated_size(ref)
    is_small = width is not None and max(width, height or 0) <= _SMALL
    return is_small and not _may_be_proportion(ref) and not named & _AVATARS


def _meaning(ref: ImageRef) -> str | None:
    """What the file name says that an icon means, for example "Warning"."""
    named = evidence.telling(ref.src)
    said = [word for word in named if word not in _ICONS]
    is_about_icons = any(word in _ICONS for word in named[1:-1])  # `demo-icon-flipped`, unlike `menu-icon`
    if not 0 < len(said) <= 3 or is_about_icons or not evidence.is_english(ref):
        return None
    return " ".join((evidence.as_spelled(said[0], ref), *said[1:]))


def _unclear(reason: str, suggestion: str | None = None) -> Classification:
    return Classification(Purpose.UNCLEAR, reason, suggestion)


def _likely(reason: str) -> Classification:
    return Classification(Purpose.DECORATIVE, reason, alternative="")


def _certain(reason: str) -> Classification:
    return Classification(Purpose.DECORATIVE, reason, alternative="", certain=True)
