"""Addresses of visitor counters and of blank pixels, and addresses that look like them."""

import base64

import pytest

from alttext.purpose import trackers

COUNTERS = [
    "https://www.facebook.com/tr?id=1&ev=PageView&noscript=1",
    "https://www.google-analytics.com/collect?v=1&tid=UA-1",
    "https://ssl.google-analytics.com/__utm.gif?utmwv=1",
    "//googleads.g.doubleclick.net/pagead/viewthroughconversion/1/",
    "https://px.ads.linkedin.com/collect/?pid=1&fmt=gif",
    "https://bat.bing.com/action/0?ti=1",
    "https://pixel.wp.com/g.gif?v=ext&blog=1",
    "https://sb.scorecardresearch.com/p?c1=2",
    "https://mc.yandex.ru/watch/1",
    "http://vg08.met.vgwort.de/na/0123456789abcdef",
    "https://ir-na.amazon-adsystem.com/e/ir?t=x&l=as2",
    "https://stats.example.org/matomo.php?idsite=1&rec=1",
    "/stats/piwik.php?idsite=2",
]


@pytest.mark.parametrize("src", COUNTERS)
def test_a_visitor_counter(src):
    assert trackers.counts_visits(src)


PICTURES = [
    "https://www.facebook.com/travel/lake.jpg",
    "https://www.facebook.com/lake/photos/1",
    "https://notfacebook.com/tr?id=1",
    "https://s0.2mdn.net/banner.jpg",
    "https://www.google.com/logo.png",
    "https://i0.wp.com/example.org/lake.jpg",
    "https://stats.example.org/chart.png",
    "https://example.org/matomo.php",
    "https://example.org/docs/matomo.png",
    "https://m.media-amazon.com/images/I/1.jpg",
    "facebook.com/tr",
    "pixel.png",
    "https://[broken/tr",
    "",
]


@pytest.mark.parametrize("src", PICTURES)
def test_a_picture_is_no_visitor_counter(src):
    assert not trackers.counts_visits(src)


def gif(width, height):
    start = b"GIF89a" + bytes([width, 0, height, 0]) + b"\x80\x00\x00\xff\xff\xff\x00\x00\x00,"
    return "data:image/gif;base64," + base64.b64encode(start).decode()


def test_a_gif_of_one_pixel_is_blank():
    assert trackers.is_blank_data(gif(1, 1))


@pytest.mark.parametrize(
    "src",
    [
        gif(1, 2),
        gif(16, 16),
        "data:image/gif;base64,",
        "data:image/gif;base64,%%%",
        "data:image/gif;base64,AAAA",
        "data:image/gif,GIF89a",
        "data:image/png;base64,R0lGODlhAQABAIAAAAAAAP",
        "1x1.gif",
    ],
)
def test_other_data_is_not_blank(src):
    assert not trackers.is_blank_data(src)
