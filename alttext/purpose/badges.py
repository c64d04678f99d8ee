"""What a badge says, read from its address: badges are images of text whose words their services document.

Sources: https://shields.io/badges/static-badge and the badge instructions of each service.
"""

import re
from urllib.parse import parse_qs, unquote

from alttext.purpose import evidence

_HOSTS = frozenset({"img.shields.io", "raster.shields.io", "badgen.net", "flat.badgen.net"})
_STATIC_RE = re.compile(r"^/badge/(?P<words>.+)$")
_LABEL_OF_METRIC = (
    (r"^/(?:pypi|conda/\w+)/v/", "version"),
    (r"^/(?:npm|crates|gem|nuget|hexpm|maven-central|packagist|cran)/v/", "version"),
    (r"^/docker/v/", "version"),
    (r"^/(?:github|gitlab)/(?:v/)?(?:release|tag)/", "release"),
    (
        r"^/(?:pypi|npm|crates|packagist|hexpm|cran|gem)/(?:l|license)/|^/(?:github|gitlab)/license/",
        "license",
    ),
    (r"^/(?:pypi|npm|crates|gem|nuget|packagist|docker|hexpm)/d", "downloads"),
    (r"^/docker/pulls/", "Docker pulls"),
    (r"^/pypi/pyversions/", "supported Python versions"),
    (r"^/pypi/(?:status|wheel|implementation|format)/", "package status"),
    (r"^/github/(?:actions/)?workflow", "build status"),
    (r"^/(?:travis|circleci|appveyor|azure-devops)/", "build status"),
    (r"^/(?:codecov|coveralls)/", "test coverage"),
    (r"^/github/stars/", "GitHub stars"),
    (r"^/github/forks/", "GitHub forks"),
    (r"^/github/issues", "open issues"),
    (r"^/github/contributors/", "contributors"),
    (r"^/github/last-commit/", "last commit"),
    (r"^/readthedocs/", "documentation status"),
    (r"^/discord/", "Discord"),
    (r"^/gitter/", "Gitter"),
    (r"^/(?:matrix)/", "Matrix"),
    (r"^/twitter/|^/x/", "Twitter"),
    (r"^/mastodon/", "Mastodon"),
    (r"^/website", "website status"),
)
_METRIC_RES = tuple((re.compile(path, re.IGNORECASE), label) for path, label in _LABEL_OF_METRIC)
# Host and path of other badges, and their words as far as they are known beforehand.
_SERVICES = (
    (r"badge\.fury\.io/", "version"),
    (r"awesome\.re/(?:mentioned-)?badge", "Awesome"),
    (r"github\.com/codespaces/badge\.svg", "Open in GitHub Codespaces"),
    (r"github\.com/.+/badge\.svg(?:$|\?)", "build status"),
    (r"codecov\.io/.*(?:badge|\.svg)", "test coverage"),
    (r"coveralls\.io/.*badge", "test coverage"),
    (r"(?:api\.)?travis-ci\.(?:org|com)/.*\.(?:svg|png)", "build status"),
    (r"circleci\.com/.*\.svg|dl\.circleci\.com/", "build status"),
    (r"ci\.appveyor\.com/api/projects/status/", "build status"),
    (r"dev\.azure\.com/.*/_apis/build/status", "build status"),
    (r"results\.pre-commit\.ci/badge/", "pre-commit status"),
    (
        r"readthedocs\.(?:org|com|io)/.*badge|(?:media\.)?readthedocs\.org/static/projects/badges/",
        "documentation status",
    ),
    (r"docs\.rs/.*badge\.svg", "documentation"),
    (r"pkg\.go\.dev/badge/|godoc\.org/.*\?status", "Go reference"),
    (r"goreportcard\.com/badge/", "Go report card"),
    (r"(?:api|app)\.netlify\.com/api/v1/badges/", "deploy status"),
    (r"zenodo\.org/badge/DOI/(?P<doi>10\..+?)(?:\.svg)?$", "DOI"),
    (r"zenodo\.org/badge/", "DOI"),
    (r"joss\.theoj\.org/papers/.+/status\.svg", "Journal of Open Source Software"),
    (
        r"(?:bestpractices\.coreinfrastructure\.org|(?:www\.)?bestpractices\.dev)/.*badge",
        "OpenSSF Best Practices",
    ),
    (r"api\.(?:securityscorecards\.dev|scorecard\.dev)/.*badge", "OpenSSF Scorecard"),
    (r"snyk\.io/test/.*badge", "known vulnerabilities"),
    (r"sonarcloud\.io/api/project_badges/", "code quality"),
    (r"(?:api|app)\.codacy\.com/project/badge/", "code quality"),
    (r"(?:static\.)?pepy\.tech/", "downloads"),
    (r"badges\.gitter\.im/", "chat on Gitter"),
    (r"mybinder\.org/.*badge", "Launch Binder"),
    (r"colab\.research\.google\.com/assets/colab-badge", "Open in Colab"),
    (r"kaggle\.com/static/images/open-in-kaggle", "Open in Kaggle"),
    (r"(?:www\.)?gitpod\.io/button/open-in-gitpod", "Open in Gitpod"),
    (r"deploy\.workers\.cloudflare\.com/button", "Deploy to Cloudflare Workers"),
    (r"(?:www\.)?herokucdn\.com/deploy/button", "Deploy to Heroku"),
    (r"vercel\.com/button", "Deploy with Vercel"),
    (r"(?:www\.)?netlify\.com/img/deploy/button", "Deploy to Netlify"),
    (r"play\.google\.com/intl/.*badge", "Get it on Google Play"),
    (
        r"(?:tools\.applemediaservices|linkmaker\.itunes\.apple)\.com/.*(?:badge|lockup)",
        "Download on the App Store",
    ),
    (r"(?:fdroid\.gitlab\.io|f-droid\.org)/.*badge", "Get it on F-Droid"),
    (r"(?:www\.)?flathub\.org/.*badge", "Download on Flathub"),
    (r"snapcraft\.io/.*(?:badge|static/images/badges)", "Get it from the Snap Store"),
)
_SERVICE_RES = tuple((re.compile(address, re.IGNORECASE), said) for address, said in _SERVICES)
_FILE_RE = re.compile(r"\.(?:svg|png|json)$")


def is_badge(src: str) -> bool:
    """Return whether the address is that of a badge."""
    return _of_shields(src) is not None or _service(src) is not None


def words_of(src: str) -> str:
    """Return what the badge says, as far as its address tells; "" if it is none or does not tell."""
    label = _of_shields(src)
    if label is None:
        label = _service(src)
    return label or ""


def _of_shields(src: str) -> str | None:
    parts = evidence.split_url(src)
    if (parts.hostname or "").lower() not in _HOSTS:
        return None
    if label := parse_qs(parts.query).get("label"):
        return label[0]
    if static := _STATIC_RE.match(unquote(parts.path)):
        return _static(_FILE_RE.sub("", static["words"]))
    return next((label for path, label in _METRIC_RES if path.match(parts.path)), "")


def _static(words: str) -> str:
    """Read <label>-<message>-<colour>: two dashes are a dash, two underscores one, and one is a space.

    Badgen writes <label>/<message>/<colour> instead.
    """
    if "/" in words:
        return ": ".join(words.split("/")[:2])
    marked = words.replace("--", "\0").replace("__", "\1").replace("_", " ")
    said = [part.replace("\0", "-").replace("\1", "_").strip() for part in marked.split("-")]
    return ": ".join(part for part in said[:-1] if part) if len(said) > 1 else ""


def _service(src: str) -> str | None:
    parts = evidence.split_url(src)
    if not parts.hostname:
        return None
    address = f"{parts.hostname.lower()}{parts.path}{'?' + parts.query if parts.query else ''}"
    for pattern, said in _SERVICE_RES:
        if found := pattern.match(address):
            return f"DOI {found['doi']}" if "doi" in found.groupdict() else said
    return None
