"""What the address of a link says about where it leads, without looking there."""

import re

from alttext.purpose import evidence
from alttext.purpose.word_lists import word_set

_PICTURES = frozenset(
    {".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp", ".tif", ".tiff", ".heic"}
)
_HOMES = frozenset(
    {"/", "./", ".", "../", "..", "../..", "../../", "/index.html", "index.html", "./index.html"}
)
_NOWHERE_RE = re.compile(r"^(?:#!?/?$|$|javascript:|about:)", re.IGNORECASE)
_ADDRESS_RE = re.compile(r"^(?:mailto|tel|sms|callto|sip|xmpp):(?://)?([^?]+)", re.IGNORECASE)
_SIZE_RE = re.compile(r"(?<=[^\W_])?[-_@](?:\d+x\d+|\d+x|\d+w)(?![^\W_])|\d+px", re.IGNORECASE)
# Services that sites link to by their signets; the name is that which the service gives itself.
_SERVICES = {
    "facebook.com": "Facebook", "twitter.com": "Twitter", "x.com": "X", "instagram.com": "Instagram",
    "linkedin.com": "LinkedIn", "youtube.com": "YouTube", "vimeo.com": "Vimeo",
    "github.com": "GitHub", "gitlab.com": "GitLab", "bitbucket.org": "Bitbucket", "codeberg.org": "Codeberg",
    "mastodon.social": "Mastodon", "fosstodon.org": "Mastodon", "bsky.app": "Bluesky",
    "threads.net": "Threads", "pinterest.com": "Pinterest", "reddit.com": "Reddit", "tiktok.com": "TikTok",
    "flickr.com": "Flickr", "medium.com": "Medium", "discord.gg": "Discord", "discord.com": "Discord",
    "slack.com": "Slack", "t.me": "Telegram", "wa.me": "WhatsApp", "whatsapp.com": "WhatsApp",
    "stackoverflow.com": "Stack Overflow", "orcid.org": "ORCID", "scholar.google.com": "Google Scholar",
    "researchgate.net": "ResearchGate", "spotify.com": "Spotify", "soundcloud.com": "SoundCloud",
    "twitch.tv": "Twitch", "paypal.com": "PayPal", "patreon.com": "Patreon", "ko-fi.com": "Ko-fi",
}  # fmt: skip
# A page about one thing on a service is not the service: these may have the depth of a profile only.
_PROFILE_DEPTH = 1
_COPIES = word_set(
    """thumb thumbs thumbnail thumbnails tn small sm s m l medium md large lg big xl full fullsize original
    orig scaled resized cropped crop preview web hires lowres retina hd max min mini"""
)


def is_nowhere(target: str) -> bool:
    """Return whether the link leads to no place of its own: "#", a script, or nothing."""
    return _NOWHERE_RE.match(target.strip()) is not None


def is_home(target: str) -> bool:
    """Return whether the link leads to the start of the site."""
    return target.partition("?")[0].partition("#")[0].strip() in _HOMES


def is_picture(target: str) -> bool:
    """Return whether the link leads to a picture file."""
    return evidence.suffix(target) in _PICTURES


def is_same_picture(target: str, src: str) -> bool:
    """Return whether two addresses name copies of one picture, for example in two sizes."""
    first, second = _identity(target), _identity(src)
    return bool(first and second) and (first <= second or second <= first)


def is_address(words: str) -> bool:
    """Return whether the words of a link only spell an address, or hold no letters at all."""
    is_one = " " not in words.strip() and ("/" in words or words.lower().startswith("www."))
    return is_one or sum(map(str.isalpha, words)) < 2


def known_name(target: str) -> str:
    """Return what the address itself names: an e-mail address, a phone number or a service; "" if nothing."""
    if address := _ADDRESS_RE.match(target):
        return address[1].strip()
    parts = evidence.split_url(target)
    host = (parts.hostname or "").lower()
    if parts.query:  # a page of the service, not a profile
        return ""
    depth = len([part for part in parts.path.split("/") if part])
    if depth > _PROFILE_DEPTH + (host.endswith(("linkedin.com", "reddit.com", "youtube.com"))):
        return ""
    return next(
        (name for owner, name in _SERVICES.items() if host == owner or host.endswith("." + owner)), ""
    )


def _identity(src: str) -> frozenset[str]:
    stem = _SIZE_RE.sub(" ", evidence.stem(src))
    return frozenset(word for word in evidence.words(stem) if word not in _COPIES)
