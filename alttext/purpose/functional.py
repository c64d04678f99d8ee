"""Stage 3: functional images, which stand for what a link or button does.

Sources: https://www.w3.org/WAI/tutorials/images/functional/ , WCAG techniques H30 (link text), H36 (image
buttons) and H24 (areas). The alternative is the destination or the action in the document's own words:
another link to the same target, or a name that the link has. Where there are none, a person decides. What a
picture shows is not what its link does, unless the picture is itself the destination (`leads_to_picture`):
then a description is suggested, to which the person may add that it is shown larger.
"""

from itertools import pairwise

from alttext.purpose import badges, evidence, link_targets, meaningless, text
from alttext.purpose.word_lists import phrase_set, word_set
from alttext.types import Classification, ImageKind, ImageRef, Link, Purpose

_LONGEST = 100  # characters; a longer link text is a teaser, not the name of a place
# Link texts that name no destination. Source: WCAG failure F84,
# https://www.w3.org/WAI/WCAG22/Techniques/failures/F84
_GENERIC = phrase_set(
    """click here, here, this, link, this link, more, read more, more info, more information, learn more, see
    more, view more, find out more, show more, details, view details, view, open, go, go to, continue,
    continue reading, full story, visit, next, previous, prev, back, image, photo, picture, logo, icon,
    thumbnail, view image, view larger, view larger image, larger image, enlarge, click to enlarge, zoom,
    full size, download, permalink, permanent link, order, order now, buy, buy now, sign up, register,
    watch, watch now, listen, play, demo, live demo, website, site, home page, homepage, source,
    reference, hier, mehr, weiterlesen, mehr erfahren, zurück, weiter, bild, ici, lire la suite, en savoir
    plus, plus, suite, voir, aquí, leer más, más, más información, ver"""
)
# Icons that tell what the words of their link do not. Source: the last example of the tutorial above
_TELLING_ICONS = {
    "pdf": "PDF", "doc": "Word document", "docx": "Word document", "xls": "Excel workbook",
    "xlsx": "Excel workbook", "ppt": "PowerPoint presentation", "pptx": "PowerPoint presentation",
    "csv": "CSV file", "zip": "ZIP archive", "epub": "EPUB", "mp3": "MP3 audio", "external": "external link",
    "newwindow": "opens in a new window", "warning": "Warning", "lock": "Secure", "video": "Video",
}  # fmt: skip
# What words in the name, class or file of a button say that it does.
_ACTIONS = {
    "search": "Search", "magnifier": "Search", "magnify": "Search", "submit": "Submit", "send": "Send",
    "go": "Go", "login": "Log in", "signin": "Log in", "logout": "Log out", "signout": "Log out",
    "signup": "Sign up", "register": "Register", "subscribe": "Subscribe", "donate": "Donate", "buy": "Buy",
    "cart": "Add to cart", "checkout": "Check out", "print": "Print", "close": "Close", "hamburger": "Menu",
    "menu": "Menu", "play": "Play", "pause": "Pause", "next": "Next", "prev": "Previous",
    "previous": "Previous", "share": "Share", "download": "Download", "upload": "Upload", "edit": "Edit",
    "delete": "Delete", "trash": "Delete", "copy": "Copy", "save": "Save", "refresh": "Refresh",
}  # fmt: skip
_GALLERIES = word_set(
    """lightbox fancybox glightbox photoswipe pswp swipebox colorbox thickbox magnific venobox highslide zoom
    gallery"""
)


def classify(ref: ImageRef) -> Classification | None:
    """Return what a link, button or image map makes of the image; None if nothing depends on it."""
    link = ref.context.link
    if ref.kind is ImageKind.INPUT:
        return _review("image-button", _action(ref))
    if ref.kind is ImageKind.AREA:
        return _of_link(ref, link, "image-map-area") if link else _review("image-map-area", None)
    if link is None or link.text:
        return None
    if leads_to_picture(ref):
        return _review("link-to-image-file", None)
    if link.name:
        return Classification(Purpose.FUNCTIONAL, "named-by-link", "", certain=is_telling(link.name))
    return _of_sole(ref, link) if link.sole else None


def leads_to_picture(ref: ImageRef) -> bool:
    """Return whether the link opens the picture itself, larger.

    The destination of such a link is the picture, so that a description of it is the name of the link. A
    photograph that is all of a link to a picture is its thumbnail, an icon may be in a link to any.
    """
    link = ref.context.link
    if link is None or link.is_button or not link_targets.is_picture(link.target):
        return False
    if link.sole and evidence.may_be_photograph(ref.src):
        return True
    if _GALLERIES & (evidence.of_surroundings(ref, 3) | evidence.of_element(ref)):
        return True
    return any(link_targets.is_same_picture(link.target, src) for src in (ref.src, *ref.sources))


def said_by_icon(ref: ImageRef) -> str:
    """Return in English what an icon adds to the words of its link, such as "PDF"; "" if nothing."""
    link = ref.context.link
    named = {*evidence.of_file(ref), "".join(evidence.telling(ref.src)).removesuffix("icon")}
    said = evidence.words(link.text) if link else ()
    is_new = (meaning for word, meaning in _TELLING_ICONS.items() if word in named and word not in said)
    return next(is_new, "") if len(evidence.telling(ref.src)) <= 3 else ""


def is_generic(name: str) -> bool:
    """Return whether a link text names no destination, such as "read more"."""
    return " ".join(evidence.words(name)) in _GENERIC


def is_telling(words: str) -> bool:
    """Return whether words of a link can be read and say more than an address or a file name."""
    if is_generic(words) or link_targets.is_address(words) or evidence.is_template(words):
        return False
    is_file = meaningless.has_picture_suffix(words) or meaningless.is_given_by_machine(words)
    return not is_file and not meaningless.is_placeholder(words)


def _of_sole(ref: ImageRef, link: Link) -> Classification:
    if link.is_button:
        return _review("sole-content-of-button", _action(ref))
    return _of_link(ref, link, "sole-content-of-link")


def _of_link(ref: ImageRef, link: Link, reason: str) -> Classification:
    words = link.destination
    if not words or not is_telling(words) or link_targets.is_nowhere(link.target):
        return _review(reason, _suggestion(ref, link))
    return Classification(Purpose.FUNCTIONAL, reason, words, certain=len(words) <= _LONGEST)


def _suggestion(ref: ImageRef, link: Link) -> str | None:
    """What the address of a link, or a badge or logo in it, says about its destination."""
    known = badges.words_of(ref.src) or link_targets.known_name(link.target)
    if known:
        return known
    owner = text.owner_of_logo(ref) if text.is_logo(ref) else ""
    if link_targets.is_home(link.target) and evidence.is_english(ref):
        return f"{owner} home" if owner else "Home"
    return owner or None


def _action(ref: ImageRef) -> str | None:
    if value := evidence.attribute(ref, "value"):
        return value
    if not evidence.is_english(ref):
        return None
    named = (
        *evidence.words(evidence.attribute(ref, "name")),
        *evidence.words(evidence.stem(ref.src)),
        *sorted(evidence.of_element(ref) | evidence.of_surroundings(ref, 1)),
    )
    pairs = {f"{first}{second}" for first, second in pairwise(named)}
    return next((act for word, act in _ACTIONS.items() if word in named or word in pairs), None)


def _review(reason: str, suggestion: str | None) -> Classification:
    return Classification(Purpose.FUNCTIONAL, reason, suggestion)
