"""Pictures that nobody is meant to see: the counters of visits, and blank pixels inside of addresses.

Source: the integration guides of the services, named beside each. A counter's address answers with one
transparent pixel, whatever the size that the page gives it.
"""

import base64
import binascii
import re

from alttext.purpose import evidence

_COUNTERS = (
    ("facebook.com", r"/tr/?$"),  # Meta pixel
    ("google-analytics.com", r"/(?:collect|g/collect|r/collect|__utm\.gif)$"),  # Google Analytics
    ("googleads.g.doubleclick.net", r"/pagead/"),  # Google Ads conversion
    ("google.com", r"/ads/(?:ga-audiences|user-lists)"),
    ("googleadservices.com", r"/pagead/conversion"),
    ("ad.doubleclick.net", r"/(?:ddm/activity|activity)"),  # Floodlight
    ("fls.doubleclick.net", r"/activityi?"),
    ("px.ads.linkedin.com", r"/collect"),  # LinkedIn Insight
    ("dc.ads.linkedin.com", r"/collect"),
    ("bat.bing.com", r"/action"),  # Microsoft Advertising UET
    ("analytics.twitter.com", r"/i/adsct"),  # X conversion
    ("t.co", r"/i/adsct"),
    ("ct.pinterest.com", r"/v3"),  # Pinterest
    ("tr.snapchat.com", r"/"),
    ("q.quora.com", r"/_/ad/"),
    ("alb.reddit.com", r"/"),
    ("pixel.wp.com", r"/[bg]\.gif$"),  # Jetpack statistics
    ("stats.wordpress.com", r"/[bg]\.gif$"),
    ("scorecardresearch.com", r"/[bp]"),  # Comscore
    ("pixel.quantserve.com", r"/pixel"),  # Quantcast
    ("mc.yandex.ru", r"/watch/"),  # Yandex Metrica
    ("top-fwz1.mail.ru", r"/counter"),
    ("track.hubspot.com", r"/__pt[qbc]\.gif$"),  # HubSpot
    ("list-manage.com", r"/track/open"),  # Mailchimp
    ("met.vgwort.de", r"/na/"),  # VG Wort
    ("ssl-vg03.met.vgwort.de", r"/na/"),
    ("amazon-adsystem.com", r"/e/ir"),  # Amazon Associates
    ("assoc-amazon.com", r"/e/ir"),
    ("ioam.de", r"/(?:tx|cgi-bin)"),  # INFOnline
    ("hit.gemius.pl", r"/"),
    ("counter.yadro.ru", r"/hit;"),
    ("ping.gosquared.com", r"/"),
    ("beacon.krxd.net", r"/"),
)
_COUNTER_RES = tuple((host, re.compile(path, re.IGNORECASE)) for host, path in _COUNTERS)
# Self-hosted counters. Sources: https://developer.matomo.org/api-reference/tracking-api and the Plausible,
# GoatCounter and Countly documentation
_SELF_HOSTED_RE = re.compile(
    r"/(?:matomo|piwik)\.php\?.*\b(?:idsite|rec)=|/count\?p=/|\bpixel\.png\?app_key="
)
_BLANK_SIZE = b"\x01\x00\x01\x00"  # width and height 1 in the screen descriptor of a GIF, bytes 6 to 10


def counts_visits(src: str) -> bool:
    """Return whether the address is that of a visitor counter."""
    parts = evidence.split_url(src)
    host = (parts.hostname or "").lower()
    if any(_is_of(host, owner) and path.match(parts.path) for owner, path in _COUNTER_RES):
        return True
    return bool(_SELF_HOSTED_RE.search(f"{parts.path}?{parts.query}"))


def is_blank_data(src: str) -> bool:
    """Return whether a data URI holds a GIF of a single pixel, the usual stand-in of lazy loading."""
    if not src.lower().startswith("data:image/gif;base64,"):
        return False
    try:
        start = base64.b64decode(src.partition(",")[2][:24])
    except (binascii.Error, ValueError):
        return False
    return start[:3] == b"GIF" and start[6:10] == _BLANK_SIZE


def _is_of(host: str, owner: str) -> bool:
    return host == owner or host.endswith("." + owner)
