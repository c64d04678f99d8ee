"""Stage 3: images of text, among them logos and badges, whose alternative is the same words.

Sources: https://www.w3.org/WAI/tutorials/images/textual/ , WCAG 1.4.5 and its definition of "image of
text". The words cannot be told from markup, so a person decides; a badge's address, a file name or the
title of the page may suggest them.
"""

import re

from alttext.purpose import badges, evidence
from alttext.purpose.word_lists import word_set
from alttext.types import Classification, ImageRef, Purpose

_LOGOS = frozenset({"logo", "logos", "logotype", "wordmark", "brandmark", "logomark"})
_LOGO_CLASSES = _LOGOS | {"brand"}  # such as `navbar-brand`; in a file name the word is too common
# Whose pictures are logos unless they are photographs, as in `sponsors/acme.png`.
_PARTNERS = word_set("sponsor sponsors partner partners brands clients")
# What is in a logo's file name or class besides the name of its owner.
_NOT_A_NAME = _LOGO_CLASSES | word_set(
    """header footer site main nav navbar black white color colour colored coloured grey gray horizontal
    vertical transparent square round circle icon mark glyph wide narrow standard inverted updated text
    banner nobg bg background badge stacked reversed inverse inverted positive negative mono lockup with
    and symbol our company brand sponsor sponsors partner partners client clients members"""
)
# Words that say wherever they stand that a picture is made of words.
_TEXTS = word_set(
    """headline quotation certificate diploma receipt invoice handwriting handwritten meme wordart wordcloud
    captcha newspaper clipping flyer brochure codeblock tweet barcode qrcode"""
)
# Words that say so where they are what the picture is about: `stop-sign`, not `sign-language`.
_TEXT_HEADS = word_set(
    """leaflet quote quotes letter sign signage slide slides signature title heading text code snippet scan
    poster memo typography lettering"""
)
_OTHERWISE = frozenset(
    {
        "ct scan", "mri scan", "brain scan", "body scan", "bone scan", "pet scan", "ultrasound scan",
        "video poster", "movie still", "area code", "morse code", "dress code", "zip code",
        "peace sign", "neon sign", "block letter", "paint scan",
    }
)  # fmt: skip
_BANNERS = frozenset({"banner", "banners", "button"})
_DRAWN_SUFFIXES = frozenset({".png", ".gif", ".svg"})  # a banner in another format is mostly a photograph
_SMALL = 32  # CSS pixels, the customary size of icons; words are wider
_SEPARATOR_RE = re.compile(r"\s+[|·•–—:-]+\s+|\s*[|»]\s*")
_LANDMARKS = frozenset({"header", "footer", "nav"})
_LONGEST_OWNER = 4  # words


def classify(ref: ImageRef) -> Classification | None:
    """Return that it is an image of text, a badge or a logo, by name or address; None if nothing says so."""
    if badges.is_badge(ref.src):
        return Classification(Purpose.TEXT, "image-of-text", badges.words_of(ref.src) or None)
    if is_logo(ref):
        return Classification(Purpose.TEXT, "logo", _logo_words(ref))
    if _is_code_to_scan(ref):
        return Classification(Purpose.TEXT, "qr-code")
    return Classification(Purpose.TEXT, "image-of-text") if _is_words(ref) else None


def is_logo(ref: ImageRef) -> bool:
    """Return whether file name, class or surroundings call the image a logo."""
    if _LOGOS & evidence.of_file(ref) or _LOGO_CLASSES & evidence.of_element(ref):
        return True
    if _LOGO_CLASSES & evidence.of_surroundings(ref) or _LOGOS & evidence.of_folders(ref):
        return True
    shown = evidence.of_folders(ref) | evidence.of_file(ref) | evidence.of_surroundings(ref)
    return bool(_PARTNERS & shown) and evidence.suffix(ref.src) in _DRAWN_SUFFIXES


def owner_of_logo(ref: ImageRef) -> str:
    """Return whose logo it is, as far as its file name or the title of the page tells; "" if neither does."""
    if "logos" in evidence.of_file(ref):  # of many
        return ""
    named = [word for word in evidence.telling(ref.src) if word not in _NOT_A_NAME]
    if 0 < len(named) <= _LONGEST_OWNER:
        return " ".join(evidence.as_spelled(word, ref) for word in named)
    return _owner_of_site(ref)


def is_said_by(ref: ImageRef, said: str) -> bool:
    """Return whether words beside an image leave nothing of its text unsaid, as far as can be told."""
    if not is_logo(ref):
        return classify(ref) is None
    owner = evidence.words(owner_of_logo(ref))
    return set(owner) <= {*evidence.words(said), *evidence.spoken(said)}


def _logo_words(ref: ImageRef) -> str | None:
    owner = owner_of_logo(ref)
    if not owner:
        return None
    return f"{owner} logo" if evidence.is_english(ref) else owner


def _owner_of_site(ref: ImageRef) -> str:
    """The last part of a page's title, if the logo stands where a site shows its own."""
    tags = {re.split(r"[.#]", selector, maxsplit=1)[0] for selector in ref.context.ancestors}
    parts = [part.strip() for part in _SEPARATOR_RE.split(ref.context.title) if part.strip()]
    is_own = tags & _LANDMARKS and len(parts) > 1 and len(evidence.words(parts[-1])) <= _LONGEST_OWNER
    return parts[-1] if is_own else ""


def _is_code_to_scan(ref: ImageRef) -> bool:
    parts = evidence.split_url(ref.src)
    if (parts.hostname or "") == "api.qrserver.com" or "cht=qr" in parts.query:
        return True
    named = evidence.words(evidence.stem(ref.src)) + evidence.words(evidence.attribute(ref, "class"))
    return "qrcode" in named or "qr" in named or evidence.has_pair(named, {"bar code"}) or "barcode" in named


def _is_as_small_as_icons(ref: ImageRef) -> bool:
    return any(side is not None and side <= _SMALL for side in evidence.stated_size(ref))


def _is_words(ref: ImageRef) -> bool:
    named = evidence.telling(ref.src)
    if evidence.has_pair(named, _OTHERWISE):
        return False
    subject = evidence.head(named)
    if subject in _BANNERS:
        return evidence.suffix(ref.src) in _DRAWN_SUFFIXES and not _is_as_small_as_icons(ref)
    return bool(_TEXTS & set(named)) or subject in _TEXT_HEADS
