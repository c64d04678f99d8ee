"""Judge the words that are there already: file names, placeholders, white space and repetitions.

Sources: WCAG failure F30 https://www.w3.org/WAI/WCAG22/Techniques/failures/F30 , ACT rules 9eb3f6, qt1vmo,
23a2a8 and 46ca7f, axe-core's image-redundant-alt. Proper names are short too ("Ada", "UK"), so only what
certainly says nothing about a picture is named, and `alt=""` is an answer.
"""

from alttext.purpose import evidence, meaningless
from alttext.types import ImageKind, ImageRef

_ARIA = {"aria-label", "aria-labelledby"}
_BEFORE_ALT = _ARIA | {"label"}  # names that browsers take instead of the alternative


def judge(ref: ImageRef) -> str | None:
    """Return the id of the problem with what an author wrote, None if there is none."""
    if _is_contradictory(ref):
        return "decorative-but-named"
    if ref.alt == "" or (ref.alt is None and ref.decorative):
        return _of_empty(ref)
    if ref.alt is None or ref.decorative or ref.name_from in _BEFORE_ALT or evidence.is_template(ref.alt):
        return None
    return _of_words(ref, ref.alt.strip())


def _of_words(ref: ImageRef, alt: str) -> str | None:
    if not alt:
        return None if ref.name else "blank-alt"
    if _is_file_name(ref, alt):
        return "filename-alt"
    if meaningless.is_placeholder(alt, may_be_noun=_may_be_noun(ref)):
        return "placeholder-alt"
    return "redundant-alt" if _repeats(ref, alt) else None


def _is_contradictory(ref: ImageRef) -> bool:
    """Marked as decorative, and named by ARIA, which takes the mark away (ACT 46ca7f)."""
    is_marked = evidence.attribute(ref, "role").lower() in {"none", "presentation"} or ref.alt == ""
    return is_marked and ref.name_from in _ARIA and evidence.attribute(ref, "aria-hidden").lower() != "true"


def _of_empty(ref: ImageRef) -> str | None:
    """The problem of a decorative image: buttons must have a name, and a link may have lost its only one."""
    link = ref.context.link
    if ref.name or (link is not None and link.name):
        return None
    if ref.kind is ImageKind.INPUT:
        return "button-without-name"
    return "link-without-name" if link is not None and link.sole else None


def _is_file_name(ref: ImageRef, alt: str) -> bool:
    """A name that a camera or program gave, or the name of the file where it does not read like words."""
    if meaningless.is_given_by_machine(alt):
        return True
    sources = (ref.src, *ref.sources)
    if meaningless.has_picture_suffix(alt):
        is_name = " " not in alt or any(alt.lower() == evidence.file_name(src).lower() for src in sources)
        return is_name and not _is_offered_as_file(ref)
    is_spelled_so = meaningless.is_spelled_like_file(alt)  # few are, and taking URLs apart takes time
    return is_spelled_so and any(alt.lower() == evidence.stem(src).lower() for src in sources)


def _is_offered_as_file(ref: ImageRef) -> bool:
    """In a link that offers the file, its name is what matters (ACT 9eb3f6, a passed example)."""
    link = ref.context.link
    return link is not None and "download" in evidence.words(link.text)


def _may_be_noun(ref: ImageRef) -> bool:
    """Buttons are named by what they make: "Image" and "Photo" insert one, "Default" and "None" choose."""
    link = ref.context.link
    return ref.kind is ImageKind.INPUT or (link is not None and link.is_button)


def _repeats(ref: ImageRef, alt: str) -> bool:
    """Whether the same words are heard twice: here, and in the caption, link or text around the image."""
    said = evidence.spoken(alt)
    link = ref.context.link
    caption = "" if ref.blocked == "alt-becomes-caption" else ref.context.caption
    # All of a link has to have a name, even if the next link says the same.
    neighbours = () if link and link.sole else evidence.neighbours(ref)
    beside = (caption, link.text if link else "", *neighbours)
    return bool(said) and any(evidence.spoken(text) == said for text in beside)
