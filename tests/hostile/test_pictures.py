"""Pictures and paths made to cost time, memory or secrets: each is a finding, and nothing more."""

import gzip
import json
import os
import struct
import subprocess
import sys
import threading
import zlib
from base64 import b64encode
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from alttext.ranking.raster import FORMATS

PATIENCE = 60  # seconds; far more than any of these takes, far less than what they were made to take
MOST_MEMORY = 2 * 2**30  # bytes, with the model; a picture of just the limit takes 1.2 GB as WebP
SIDE = 8900  # pixels; just below the limit, as a square

LOOKED_AT, DAMAGED, TOO_LARGE, OTHER_KIND = "", "image-unreadable", "image-too-large", "unsupported-image"
SIGNATURE = b"\x89PNG\r\n\x1a\n"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'>"
MILL = SVG + b"<title>A mill</title></svg>"
SECRET = "Q29uZmlkZW50aWFs"
JPEG_END = b"\xff\xd9"


def saved(picture, kind, **options):
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


@cache
def plain(kind, side=64):
    return saved(Image.linear_gradient("L").resize((side, side)).convert("RGB"), kind)


def chunk(kind, data=b""):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks, side=64, claims=0):
    """A grey PNG with more chunks before its pixels."""
    header = struct.pack(">IIBBBBB", claims or side, claims or side, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * side) * side)
    return SIGNATURE + chunk(b"IHDR", header) + b"".join(chunks) + chunk(b"IDAT", rows) + chunk(b"IEND")


def frames_of_png(number, side):
    """An animation of one large white frame, and of very small ones that are drawn over it."""
    control = [
        chunk(b"fcTL", struct.pack(">IIIIIHHBB", max(0, 2 * n - 1), edge, edge, 0, 0, 1, 10, 0, 0))
        for n, edge in enumerate([side] + [1] * number)
    ]
    pixel = zlib.compress(b"\0\xff")
    later = [c + chunk(b"fdAT", struct.pack(">I", 2 * n + 2) + pixel) for n, c in enumerate(control[1:])]
    white = chunk(b"IDAT", zlib.compress((b"\0" + b"\xff" * side) * side))
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    start = chunk(b"IHDR", header) + chunk(b"acTL", struct.pack(">II", number + 1, 0))
    return SIGNATURE + start + control[0] + white + b"".join(later) + chunk(b"IEND")


def frames_of_gif(number, side):
    whole = saved(Image.new("P", (side, side)), "GIF")
    palette = 13 + 3 * 2 ** ((whole[10] & 7) + 1)
    return whole[:palette] + whole[palette:-1] * number + whole[-1:]


def frames_of_webp(number, side):
    frames = [Image.new("RGB", (side, side), (255, 255, 255 - n)) for n in range(number)]
    return saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True, method=0)


def commented_gif(comment):
    whole = plain("GIF")
    palette = 13 + 3 * 2 ** ((whole[10] & 7) + 1)
    return whole[:palette] + b"!\xfe" + comment + b"\0" + whole[palette:]


def many_scans(number, side=8000):
    whole = saved(Image.new("L", (side, side), 128), "JPEG", progressive=True)
    last = whole[whole.rindex(b"\xff\xda") : -2]
    return whole[:-2] + last * number + JPEG_END


def many_strips(number):
    """A TIFF of one pixel in a row, of which each row has a place of its own."""
    numbers = {256: 1, 257: number, 258: 8, 259: 1, 262: 1, 277: 1, 278: 1}
    entries = {tag: (4, 1, value) for tag, value in numbers.items()} | {273: (4, number, 8 + 2 + 8 * 12 + 4)}
    directory = b"".join(struct.pack("<HHII", tag, *entries[tag]) for tag in sorted(entries))
    head = b"II*\0" + struct.pack("<IH", 8, len(entries))
    return head + directory + bytes(4) + struct.pack("<I", 8) * number


def icon(data, side=32):
    entry = struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(data), 22)
    return b"\0\0\1\0\1\0" + entry + data


def huge_webp():
    """An animation with no frame and the largest canvas there is."""
    canvas = b"VP8X" + struct.pack("<I", 10) + bytes([2, 0, 0, 0]) + b"\xff\x3f\0" * 2
    return (
        b"RIFF" + struct.pack("<I", 4 + len(canvas) + 14) + b"WEBP" + canvas + b"ANIM" + bytes([6] + [0] * 9)
    )


def huge_bitmap():
    return (
        b"BM"
        + struct.pack("<IHHI", 54, 0, 0, 54)
        + struct.pack("<IiiHHIIiiII", 40, 60000, 60000, 1, 24, *[0] * 6)
    )


def said_in_jpeg(words):
    whole = plain("JPEG")
    return whole[:2] + b"\xff\xfe" + struct.pack(">H", len(words) + 2) + words + whole[2:]


def packed(size):
    return zlib.compress(bytes(size))


XMP = b"XML:com.adobe.xmp\0\0\0\0\0"
BILLION = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))

BOMBS = {
    "a PNG of just the limit": (lambda: png(side=SIDE), LOOKED_AT),
    "a PNG that claims to be huge": (lambda: png(claims=2**31 - 1), TOO_LARGE),
    "a text of 100 MB in a PNG": (lambda: png(chunk(b"zTXt", b"a\0\0" + packed(10**8))), DAMAGED),
    "many texts in a PNG": (lambda: png(chunk(b"zTXt", b"a\0\0" + packed(900_000)) * 200), DAMAGED),
    "a profile of 100 MB in a PNG": (lambda: png(chunk(b"iCCP", b"a\0\0" + packed(10**8))), DAMAGED),
    "chunks without number in a PNG": (lambda: png(chunk(b"abCd") * 200_000), LOOKED_AT),
    "pixels that unpack to more than there are": (
        lambda: png()[:-12] + chunk(b"IDAT", packed(10**8)) + chunk(b"IEND"),
        LOOKED_AT,
    ),
    "an animated PNG of large and many frames": (lambda: frames_of_png(500, SIDE), LOOKED_AT),
    "a GIF of a hundred thousand frames": (lambda: frames_of_gif(100_000, 8), LOOKED_AT),
    "a GIF of large frames that show nothing": (lambda: frames_of_gif(20, SIDE), LOOKED_AT),
    "a comment of 10 MB in a GIF": (lambda: commented_gif((b"\xff" + b"x" * 255) * 40_000), LOOKED_AT),
    "a comment of a million pieces in a GIF": (lambda: commented_gif(b"\x01x" * 10**6), LOOKED_AT),
    "a WebP of large frames that show nothing": (lambda: frames_of_webp(4, 3000), LOOKED_AT),
    "a WebP that claims to be huge": (huge_webp, TOO_LARGE),
    "a JPEG of a thousand scans": (lambda: many_scans(1000), DAMAGED),
    "a TIFF of two million strips": (lambda: many_strips(2_000_000), DAMAGED),
    "a TIFF that claims to be huge": (
        lambda: plain("TIFF").replace(struct.pack("<HII", 4, 1, 64), struct.pack("<HII", 4, 1, 2**31 - 1)),
        TOO_LARGE,
    ),
    "an icon with a picture that claims to be huge": (lambda: icon(png(claims=60_000)), TOO_LARGE),
    "a bitmap that claims to be huge": (huge_bitmap, TOO_LARGE),
    "a drawing that unpacks to gigabytes": (lambda: gzip.compress(SVG + bytes(10**8)), TOO_LARGE),
    "a drawing with a billion laughs": (
        lambda: f"<!DOCTYPE svg [<!ENTITY a0 'ha'>{BILLION}]>".encode() + SVG + b"<title>&a9;</title></svg>",
        DAMAGED,
    ),
    "a drawing of endless depth": (lambda: SVG + b"<g>" * 200_000, DAMAGED),
    "words of a picture of endless depth": (
        lambda: png(chunk(b"iTXt", XMP + b"<a>" * 100_000 + b"</a>" * 100_000)),
        LOOKED_AT,
    ),
}  # fmt: skip

BOTH = {
    "JPEG with a page in its comment": (lambda: said_in_jpeg(b"--><script>alert(1)</script>"), LOOKED_AT),
    "JPEG with a PDF in its comment": (lambda: said_in_jpeg(b"%PDF-1.7"), LOOKED_AT),
    "JPEG with an archive behind it": (lambda: plain("JPEG") + b"PK\3\4" + bytes(99), LOOKED_AT),
    "GIF that is a script": (lambda: plain("GIF")[:-1] + b";*/=1;alert(1)", LOOKED_AT),
    "PDF with a JPEG behind it": (lambda: b"%PDF-1.7\n" + plain("JPEG"), OTHER_KIND),
    "PostScript with a JPEG behind it": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n" + plain("JPEG"), OTHER_KIND),
    "PostScript in a wrapper": (lambda: b"\xc5\xd0\xd3\xc6" + bytes(26) + b"%!PS-Adobe-3.0", DAMAGED),
    "page with a JPEG behind it": (lambda: b"<!doctype html><html>" + plain("JPEG"), DAMAGED),
    "archive with a JPEG behind it": (lambda: b"PK\3\4" + bytes(30) + plain("JPEG"), DAMAGED),
    "drawing with a JPEG behind it": (lambda: MILL + plain("JPEG"), DAMAGED),
    "page that holds a drawing": (lambda: b"<!doctype html><p>" + MILL, DAMAGED),
    "program": (lambda: b"#!/bin/sh\ntouch pwned\n", DAMAGED),
}  # fmt: skip

OUTSIDE = "../outside/secret.svg"
READING = {
    "an entity of a file": (
        f"<!DOCTYPE svg [<!ENTITY x SYSTEM '{OUTSIDE}'>]>".encode() + SVG + b"<title>&x;</title></svg>"
    ),
    "a parameter entity": (
        f"<!DOCTYPE svg [<!ENTITY % x SYSTEM '{OUTSIDE}'> %x;]>".encode() + SVG + b"<title>&y;</title></svg>"
    ),
    "a document type of another file": (
        f"<!DOCTYPE svg SYSTEM '{OUTSIDE}'>".encode() + SVG + b"<title>&x;</title></svg>"
    ),
    "an inclusion": (
        SVG + f"<title><x:include xmlns:x='http://www.w3.org/2001/XInclude' href='{OUTSIDE}' parse='text'/>"
        "</title></svg>".encode()
    ),
    "a picture in it": SVG + f"<image href='{OUTSIDE}'/><use href='{OUTSIDE}#a'/></svg>".encode(),
    "a style sheet": f"<?xml-stylesheet href='{OUTSIDE}'?>".encode() + SVG + b"</svg>",
    "a script": SVG + b"<script href='http://127.0.0.1:9/a.js'>fetch('http://127.0.0.1:9/')</script></svg>",
    "an entity of the network": b"<!DOCTYPE svg SYSTEM 'http://127.0.0.1:9/a.dtd'>" + SVG + b"</svg>",
}  # fmt: skip

PATHS = [
    "../outside/secret.png",
    "..%2foutside%2fsecret.png",
    "%2e%2e/outside/secret.png",
    "%252e%252e/outside/secret.png",
    "..\\outside\\secret.png",
    "..%5coutside%5csecret.png",
    "a/../../outside/secret.png",
    "./..//outside/secret.png",
    "..;/outside/secret.png",
    "/../outside/secret.png",
    "HERE/outside/secret.png",
    "file://HERE/outside/secret.png",
    "file:HERE/outside/secret.png",
    "FILE:///HERE/outside/secret.png",
    "//HERE/outside/secret.png",
    "\\\\HERE\\outside\\secret.png",
    "\\\\?\\HERE\\outside\\secret.png",
    "c:/outside/secret.png",
    "../outside/secret.png\0",
    "../outside/secret.png%00.png",
    "\0../outside/secret.png",
    "..\t/outside/secret.png",
    "link/secret.png",
    "link.png",
    "/proc/self/environ",
    "/proc/self/cwd/../outside/secret.png",
    "/dev/stdin",
    "/dev/zero",
    "/dev/fd/0",
    "loop.png",
    "circle/a.png",
    "http://127.0.0.1:9/a.png",
    "ftp://127.0.0.1/a.png",
    "jar:file://HERE/outside/secret.png!/a",
    "gopher://127.0.0.1/a",
    "x" * 100_000,
    "/".join(["a"] * 50_000),
    "../" * 50_000 + "etc/passwd",
    "%" * 1000,
    "\udcff.png",
    "pipe.png",
    "folder.png",
]
UNREAD = {"image-outside-root", "image-not-found", "remote-image", DAMAGED, "template-expression"}


@pytest.fixture(name="site", scope="module")
def fixture_site(tmp_path_factory):
    """A site with a picture beside it that it must not see."""
    top = tmp_path_factory.mktemp("hostile")
    site, outside = top / "site", top / "outside"
    (site / ".git").mkdir(parents=True)
    outside.mkdir()
    (site / "plain.png").write_bytes(plain("PNG"))
    (outside / "secret.png").write_bytes(plain("PNG"))
    (outside / "secret.svg").write_text(f"<!ENTITY y '{SECRET}'><!ENTITY x '{SECRET}'>")
    (site / "link").symlink_to(outside)
    (site / "link.png").symlink_to(outside / "secret.png")
    (site / "loop.png").symlink_to("loop.png")
    (site / "circle").symlink_to(site)
    (site / "circle.png").symlink_to("circle.png/a")
    (site / "folder.png").mkdir()
    os.mkfifo(site / "pipe.png")
    return site


class Looking:
    """A process that looks at pictures, begun anew where one got the better of it."""

    def __init__(self, site: Path) -> None:
        self.site, self.process = site, None

    def __call__(self, source: str) -> dict:
        process = self.process = (
            self.process if self.process and self.process.poll() is None else self._start()
        )
        timer = threading.Timer(PATIENCE, process.kill)
        timer.start()
        process.stdin.write(json.dumps(source) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        timer.cancel()
        assert answer, "it took too long, or all memory"
        return json.loads(answer)

    def _start(self):
        command = [sys.executable, "-m", "tests.hostile.looking", str(self.site)]
        root = Path(__file__).parents[2]
        return subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def close(self) -> None:
        if self.process:
            self.process.communicate()


@pytest.fixture(name="look", scope="module")
def fixture_look(site):
    """What comes of looking at a source, for which nothing but the site is touched."""
    looking = Looking(site)

    def look(source):
        told = looking(source)
        assert told["touched"] == []
        assert told["peak"] < MOST_MEMORY
        assert SECRET not in told["said"]
        return told["reason"]

    yield look
    looking.close()


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_a_picture_or_a_reason(site, look, name):
    data, expected = BOMBS[name]
    (site / "bomb.png").write_bytes(data())
    assert look("bomb.png") == expected


@pytest.mark.parametrize("name", BOTH)
def test_what_is_two_things_at_once_is_one_of_them(site, look, name):
    data, expected = BOTH[name]
    (site / "both.jpg").write_bytes(data())
    assert look("both.jpg") == expected
    assert not (site / "pwned").exists()


@pytest.mark.parametrize("kind", [*FORMATS, "SVG", "SVGZ"])
@pytest.mark.parametrize("keep", [0, 1, 12, 0.5])
def test_half_a_picture_of_any_kind_is_a_reason(site, look, kind, keep):
    data = {"SVG": MILL, "SVGZ": gzip.compress(MILL)}.get(kind) or plain(kind)
    (site / "half.png").write_bytes(data[: keep if isinstance(keep, int) else int(keep * len(data))])
    assert look("half.png") == DAMAGED


@pytest.mark.parametrize(
    "kind", ["EPS", "PPM", "TGA", "PCX", "SGI", "XBM", "PDF", "DDS", "SPIDER", "JPEG2000"]
)
def test_kinds_that_no_browser_shows_are_not_decoded(site, look, kind):
    """Pillow would start a program for one of them, and has had weaknesses in the others."""
    (site / "other.png").write_bytes(saved(Image.new("1" if kind == "XBM" else "L", (64, 64)), kind))
    assert look("other.png") in {DAMAGED, OTHER_KIND}


@pytest.mark.parametrize("name", READING)
def test_a_drawing_brings_nothing_from_elsewhere(site, look, name):
    (site / "drawing.svg").write_bytes(READING[name])
    assert look("drawing.svg") in {OTHER_KIND, DAMAGED}


@pytest.mark.parametrize("source", PATHS, ids=lambda source: source[:40].encode("unicode_escape").decode())
def test_no_path_leads_out_of_the_site(site, look, source):
    assert look(source.replace("HERE", str(site.parent))) in UNREAD


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"data:image/png;base64,{b64encode(bytes(8_000_000)).decode()}", DAMAGED),
        ("data:image/png;base64," + "A" * 16_000_000, TOO_LARGE),
        ("data:image/png," + "%41" * 1_000_000, DAMAGED),
        ("data:image/svg+xml," + "<svg>" * 100_000, DAMAGED),
        (f"data:image/png;base64,{b64encode(png(claims=60_000)).decode()}", TOO_LARGE),
        ("data:" + ";base64" * 100_000 + ",", DAMAGED),
    ],
    ids=["zeros", "too long", "escapes", "depth", "bomb", "parameters"],
)
def test_megabytes_in_a_source_are_a_reason(look, source, expected):
    assert look(source) == expected
