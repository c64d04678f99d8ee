"""Alternatives that are stored with pictures, for HTML that shows the same files. No model is involved."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.storage import Storage

import alttext
from alttext_django import fields, options
from alttext_django.fields import Pictures

logger = logging.getLogger(__name__)
# Of these, the alternative tells what the picture tells; of a link's only content, where it leads.
_SHOWING = frozenset({alttext.Purpose.INFORMATIVE, alttext.Purpose.TEXT, alttext.Purpose.COMPLEX})


def described(html: str) -> str:
    """The HTML with the stored alternatives of the pictures that have none in it, and else as it was."""
    named = options.current().alternatives
    if not named or "<img" not in html.lower():
        return html
    try:
        alternatives = _alternatives(html, [fields.parse_pictures(each) for each in named])
        if not alternatives:
            return html
        return alttext.rewrite(html, "html", lambda ref: alternatives.get(ref.span), on_refused=_tell)
    except alttext.AlttextError as error:  # such as a setting that is wrong
        logger.warning("HTML is left as it is: %s", error)
        return html


def _tell(ref: alttext.ImageRef) -> None:
    logger.warning("%s is left as it is: its alternative could not be verified", ref.src)


def name_of(source: str, storage: Storage) -> str:
    """What a storage calls the file at an address; "" if it is none of the storage's."""
    base = getattr(storage, "base_url", None) or settings.MEDIA_URL
    at, root = urlsplit(source.strip()), urlsplit(base)
    is_here = at.netloc == root.netloc and (not at.scheme or not root.scheme or at.scheme == root.scheme)
    if not is_here or not root.path or not at.path.startswith(root.path):
        return ""
    return unquote(at.path.removeprefix(root.path)).lstrip("/")


def names_of(ref: alttext.ImageRef, storage: Storage) -> list[str]:
    """The same for every source of an image, best first."""
    return [name for source in ref.sources or (ref.src,) if (name := name_of(source, storage))]


def _alternatives(html: str, stores: Iterable[Pictures]) -> Mapping[alttext.Span, str]:
    refs = [ref for ref in alttext.find_images(html) if ref.missing and ref.purpose in _SHOWING]
    found: dict[alttext.Span, str] = {}
    for store in stores:
        names = {ref.span: names_of(ref, store.picture.storage) for ref in refs if ref.span not in found}
        known = _known(store, {name for several in names.values() for name in several})
        for span, several in names.items():
            if words := next((known[name] for name in several if name in known), ""):
                found[span] = words
    return found


def _known(store: Pictures, names: Collection[str]) -> Mapping[str, str]:
    """The alternatives by name of file; not where two records say different things of one file."""
    said: dict[str, set[str]] = defaultdict(set)
    if names:
        rows = store.model._default_manager.filter(**{f"{store.picture.name}__in": names})
        for name, words in rows.values_list(store.picture.name, store.alternative.name):
            if words and words.strip():
                said[name].add(words.strip())
    return {name: words.pop() for name, words in said.items() if len(words) == 1}
