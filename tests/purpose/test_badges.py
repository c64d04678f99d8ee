"""What badges say by their address, and pictures on the same servers that are none."""

import pytest

from alttext.purpose import badges

WORDS = {
    "https://img.shields.io/badge/build-passing-brightgreen": "build: passing",
    "https://img.shields.io/badge/build-passing-brightgreen.svg?style=flat": "build: passing",
    "https://img.shields.io/badge/code_style-black-000000.svg": "code style: black",
    "https://img.shields.io/badge/a--b-c__d-blue": "a-b: c_d",
    "https://img.shields.io/badge/just%20words-blue": "just words",
    "https://img.shields.io/badge/broken": "",
    "https://img.shields.io/npm/v/left-pad.svg": "version",
    "https://img.shields.io/pypi/pyversions/rich": "supported Python versions",
    "https://img.shields.io/github/license/o/r": "license",
    "https://img.shields.io/npm/dm/left-pad?label=fetched": "fetched",
    "https://img.shields.io/something/new": "",
    "https://badgen.net/badge/docs/ready/green": "docs: ready",
    "https://badgen.net/npm/v/left-pad?cache=300": "version",
    "https://github.com/o/r/actions/workflows/ci.yml/badge.svg?branch=main": "build status",
    "https://github.com/codespaces/badge.svg": "Open in GitHub Codespaces",
    "https://codecov.io/gh/o/r/branch/main/graph/badge.svg?token=x": "test coverage",
    "https://readthedocs.org/projects/x/badge/?version=latest": "documentation status",
    "https://zenodo.org/badge/DOI/10.5281/zenodo.123456.svg": "DOI 10.5281/zenodo.123456",
    "https://zenodo.org/badge/123456.svg": "DOI",
    "https://colab.research.google.com/assets/colab-badge.svg": "Open in Colab",
    "https://mybinder.org/badge_logo.svg": "Launch Binder",
    "https://play.google.com/intl/en_us/badges/static/images/badges/en_badge.png": "Get it on Google Play",
}


@pytest.mark.parametrize(("src", "words"), WORDS.items())
def test_a_badge_says_what_its_service_documents(src, words):
    assert badges.is_badge(src)
    assert badges.words_of(src) == words


NO_BADGES = [
    "badge.svg",
    "/images/police-badge.jpg",
    "https://example.com/badge.svg",
    "https://github.com/o/r/raw/main/docs/lake.png",
    "https://github.com/o/r/blob/main/badge.svg.png",
    "https://codecov.io/team.jpg",
    "https://zenodo.org/records/1/files/lake.png",
    "https://img.shields.io.example.com/badge/a-b-c",
    "https://[broken/badge/a-b-c",
    "data:image/png;base64,iVBORw0KGgo=",
    "",
]


@pytest.mark.parametrize("src", NO_BADGES)
def test_another_picture_is_no_badge(src):
    assert not badges.is_badge(src)
    assert badges.words_of(src) == ""
