"""From the sources of an image reference to its picture, or to the reason why there is none."""

import base64
import gzip
import os
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from alttext.errors import ImageError
from alttext.ranking import decode
from alttext.ranking.decode import DecodeOptions

TITLED = b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><title>A windmill</title></svg>'
UNTITLED = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
ALT = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:i="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"><i:AltTextAccessibility><rdf:Alt>'
    b'<rdf:li xml:lang="x-default">A red square</rdf:li><rdf:li xml:lang="de">Ein rotes Quadrat</rdf:li>'
    b"</rdf:Alt></i:AltTextAccessibility></rdf:Description></rdf:RDF></x:xmpmeta>"
)


def picture(size: tuple[int, int] = (120, 90), kind: str = "PNG", colour: str = "red", **options) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind, **options)
    return buffer.getvalue()


def data_uri(data: bytes, media_type: str = "image/png") -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


@pytest.fixture
def page(tmp_path) -> Path:
    """A page beside which pictures lie, in a project of its own."""
    (tmp_path / "project/.git").mkdir(parents=True)
    document = tmp_path / "project/index.html"
    for name, data in {
        "red.png": picture(),
        "blue.jpg": picture((200, 100), "JPEG", "blue"),
        "tiny.gif": picture((1, 1), "GIF"),
        "small.png": picture((48, 48)),
        "alt.jpg": picture(kind="JPEG", xmp=ALT),
        "mill.svg": TITLED,
        "mill.svgz": gzip.compress(TITLED),
        "nameless.svg": UNTITLED,
        "jpeg-in-truth.png": picture(kind="JPEG"),
        "png-in-truth": picture(),
        "svg-in-truth.png": TITLED,
        "empty.png": b"",
        "cut.png": picture()[:60],
        "text.png": b"This is no picture.",
        "gone.png": b"<!doctype html><title>404</title>",
        "pointer.png": b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
        "phone.heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
        "film.mp4": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00",
        "paper.pdf": b"%PDF-1.7",
        "layers.psd": b"8BPS\x00\x01",
        "post.eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
        "packed.tar.gz": gzip.compress(b"no picture"),
        "mill-damaged.svg": b"<svg><title>A windmill</svg>",
    }.items():
        (document.parent / name).write_bytes(data)
    (document.parent / "folder.png").mkdir()
    return document


def load(page: Path, *sources: str, options: DecodeOptions | None = None, **more) -> decode.DecodedImage:
    return decode.load(sources, page, options or DecodeOptions(), **more)


def reason(page: Path, *sources: str, options: DecodeOptions | None = None) -> str:
    with pytest.raises(ImageError) as caught:
        load(page, *sources, options=options)
    assert str(caught.value)
    return caught.value.reason


def test_a_picture_comes_with_everything_known_of_it(page):
    image = load(page, "blue.jpg?v=2")
    assert image.pixels.mode == "RGB"
    assert image.pixels.size == (image.width, image.height) == (200, 100)
    assert (image.format, image.animated, image.author_text) == ("JPEG", False, None)
    assert image.sha256 == sha256((page.parent / "blue.jpg").read_bytes()).hexdigest()
    assert (image.source, image.path) == ("blue.jpg?v=2", (page.parent / "blue.jpg").resolve())


@pytest.mark.parametrize(
    ("source", "kind"),
    [("jpeg-in-truth.png", "JPEG"), ("png-in-truth", "PNG"), ("svg-in-truth.png", "SVG"), ("RED.png", None)],
)
def test_content_decides_the_format(page, source, kind):
    if kind is None:
        assert reason(page, source) == "image-not-found"
    else:
        assert load(page, source).format == kind


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("nowhere.png", "image-not-found"),
        ("https://a.example/red.png", "remote-image"),
        ("../secret.png", "image-outside-root"),
        ("{{ photo }}", "template-expression"),
        ("", "no-source"),
        ("#", "no-source"),
        ("empty.png", "image-unreadable"),
        ("cut.png", "image-unreadable"),
        ("text.png", "image-unreadable"),
        ("gone.png", "image-unreadable"),
        ("pointer.png", "image-unreadable"),
        ("folder.png", "image-unreadable"),
        ("mill-damaged.svg", "image-unreadable"),
        ("packed.tar.gz", "image-unreadable"),
        ("data:image/png;base64,@@@", "image-unreadable"),
        (data_uri(picture()[:40]), "image-unreadable"),
        ("phone.heic", "unsupported-image"),
        ("film.mp4", "unsupported-image"),
        ("paper.pdf", "unsupported-image"),
        ("layers.psd", "unsupported-image"),
        ("post.eps", "unsupported-image"),
        ("nameless.svg", "unsupported-image"),
        (data_uri(UNTITLED, "image/svg+xml"), "unsupported-image"),
    ],
)
def test_what_cannot_be_loaded_says_why(page, source, expected):
    assert reason(page, source) == expected


def test_messages_name_the_file_and_the_next_step(page):
    with pytest.raises(ImageError, match=r"pointer\.png: .*git lfs pull"):
        load(page, "pointer.png")


def test_an_image_without_sources_has_none(page):
    assert reason(page) == "no-source"


def test_the_first_source_that_can_be_loaded_counts(page):
    assert (
        load(page, "https://a.example/x.png", "nowhere.png", "", "cut.png", "red.png", "blue.jpg").source
        == "red.png"
    )


def test_when_none_can_be_loaded_the_first_says_why(page):
    assert reason(page, "", "https://a.example/x.png", "nowhere.png") == "remote-image"


@pytest.mark.parametrize("stand_in", ["tiny.gif", "small.png", data_uri(picture((20, 10)))])
def test_a_stand_in_gives_way_to_the_real_picture(page, stand_in):
    assert load(page, stand_in, "nowhere.png", "blue.jpg").source == "blue.jpg"


class Remembered:
    """What a test says is known of a picture."""

    def __init__(self, facts=None):
        self.known, self.kept = facts, []

    def facts(self, digest, lang):
        return self.known

    def keep_facts(self, digest, lang, facts):
        self.kept.append((digest, lang, facts))


def test_what_is_found_out_by_decoding_is_kept(page):
    memory = Remembered()
    image = load(page, "alt.jpg", options=DecodeOptions(memory=memory), lang="de")
    assert memory.kept == [
        (image.sha256, "de", decode.Facts(120, 90, "JPEG", False, image.author_text)),
    ]


def test_what_is_known_is_decoded_only_for_its_pixels(page):
    facts = decode.Facts(120, 90, "PNG")
    image = load(page, "red.png", options=DecodeOptions(memory=Remembered(facts)))
    assert (image.width, image.height, image.format, image.path.name) == (120, 90, "PNG", "red.png")
    assert image.pixels.getpixel((0, 0)) == (255, 0, 0)


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_bytes(picture(colour="blue"))])
def test_what_is_known_and_was_changed_before_it_is_decoded_is_not_taken_for_what_it_was(page, change):
    image = load(page, "red.png", options=DecodeOptions(memory=Remembered(decode.Facts(120, 90, "PNG"))))
    change(page.parent / "red.png")
    with pytest.raises(ImageError) as caught:
        assert image.pixels
    assert caught.value.reason == "image-unreadable"


@pytest.mark.parametrize("source", [data_uri(picture()), "packed.png"])
def test_what_is_known_and_in_no_file_of_its_own_is_decoded_for_its_pixels_too(page, source):
    (page.parent / "packed.png").write_bytes(gzip.compress(picture()))
    image = load(page, source, options=DecodeOptions(memory=Remembered(decode.Facts(120, 90, "PNG"))))
    assert image.pixels.getpixel((0, 0)) == (255, 0, 0)


@pytest.mark.parametrize("facts", [None, decode.Facts(4000, 3000, "JPEG")], ids=["new", "known"])
def test_a_large_picture_is_reduced_as_it_is_asked_for(page, facts):
    (page.parent / "large.jpg").write_bytes(picture((4000, 3000), "JPEG"))
    image = load(page, "large.jpg", options=DecodeOptions(min_side=100, memory=Remembered(facts)))
    assert (image.width, image.height) == (4000, 3000)
    assert 200 <= min(image.pixels.size) < 400
    assert 1000 <= min(image.reduced(500).size) < 2000
    assert image.reduced(0).size == (4000, 3000)


def test_a_small_picture_is_decoded_once_however_it_is_asked_for(page):
    image = load(page, "red.png", options=DecodeOptions(min_side=100))
    assert image.reduced(500) is image.pixels


def test_a_stand_in_that_is_known_gives_way_too(page):
    known = DecodeOptions(memory=Remembered(decode.Facts(48, 48, "PNG")))
    assert load(page, "small.png", "mill.svg", options=known).format == "SVG"


def test_a_drawing_needs_no_memory(page):
    memory = Remembered()
    assert load(page, "mill.svg", options=DecodeOptions(memory=memory)).author_text.text == "A windmill"
    assert memory.kept == []


def test_a_small_picture_is_shown_if_there_is_nothing_larger(page):
    assert load(page, "small.png").width == 48
    assert load(page, "small.png", "tiny.gif", "nowhere.png").width == 48


def test_a_picture_in_the_document_is_loaded(page):
    image = load(page, data_uri(picture()))
    assert (image.width, image.format, image.path) == (120, "PNG", None)
    assert image.source.startswith("data:image/png;base64,...")
    assert image.sha256 == sha256(picture()).hexdigest()


def test_a_drawing_in_the_document_is_read(page):
    image = load(
        page, "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg'><title>A mill</title></svg>"
    )
    assert (image.pixels, image.author_text.text) == (None, "A mill")


@pytest.mark.parametrize("source", ["mill.svg", "mill.svgz", "mill.SVG"])
def test_a_named_drawing_has_words_but_no_pixels(page, source):
    image = load(page, source)
    assert (image.pixels, image.width, image.height, image.format) == (None, 30, 20, "SVG")
    assert image.author_text.text == "A windmill"
    assert image.author_text.certain


@pytest.mark.parametrize(
    ("lang", "expected"), [("de", "Ein rotes Quadrat"), ("en", "A red square"), ("", "A red square")]
)
def test_the_author_s_words_come_in_the_language_of_the_page(page, lang, expected):
    assert load(page, "alt.jpg", lang=lang).author_text.text == expected


def test_files_above_the_byte_limit_are_left_alone(page):
    size = (page.parent / "red.png").stat().st_size
    assert load(page, "red.png", options=DecodeOptions(max_bytes=size)).width == 120
    assert reason(page, "red.png", options=DecodeOptions(max_bytes=size - 1)) == "image-too-large"
    assert reason(page, data_uri(picture()), options=DecodeOptions(max_bytes=size - 1)) == "image-too-large"


def test_pictures_above_the_pixel_limit_are_left_alone(page):
    assert reason(page, "red.png", options=DecodeOptions(max_pixels=120 * 90 - 1)) == "image-too-large"


def test_a_packed_drawing_above_the_byte_limit_is_left_alone(page):
    (page.parent / "bomb.svgz").write_bytes(gzip.compress(TITLED + bytes(100_000)))
    assert reason(page, "bomb.svgz", options=DecodeOptions(max_bytes=10_000)) == "image-too-large"


def test_large_pictures_come_reduced_when_only_a_small_side_is_needed(page):
    image = load(page, "blue.jpg", options=DecodeOptions(min_side=10))
    assert (image.width, image.height) == (200, 100)
    assert 20 <= min(image.pixels.size) < 100


def test_base_and_site_root_are_honoured(page):
    (page.parent / "shared").mkdir()
    (page.parent / "shared/green.png").write_bytes(picture())
    assert load(page, "green.png", base="shared/").width == 120
    assert load(page, "/green.png", options=DecodeOptions(site_root=page.parent / "shared")).width == 120


def test_a_given_root_decides_what_is_inside(page):
    (page.parent / "deep").mkdir()
    document = page.parent / "deep/page.html"
    assert load(document, "../red.png").width == 120
    assert reason(document, "../red.png", options=DecodeOptions(root=document.parent)) == "image-outside-root"


def test_without_a_document_sources_are_relative_to_the_working_directory(page, monkeypatch):
    monkeypatch.chdir(page.parent)
    assert decode.load(["red.png"], None, DecodeOptions()).width == 120


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(page):
    os.mkfifo(page.parent / "pipe.png")
    assert reason(page, "pipe.png") == "image-unreadable"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
def test_a_device_is_not_read(page):
    (page.parent / "zero.png").symlink_to("/dev/zero")
    assert reason(page, "zero.png", options=DecodeOptions(allow_outside_root=True)) == "image-unreadable"


def test_a_link_out_of_the_project_is_not_followed(page, tmp_path):
    (tmp_path / "secret.png").write_bytes(picture())
    (page.parent / "link.png").symlink_to(tmp_path / "secret.png")
    assert reason(page, "link.png") == "image-outside-root"
    assert load(page, "link.png", options=DecodeOptions(allow_outside_root=True)).width == 120


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind this user"
)
def test_a_file_without_permission_is_unreadable(page):
    (page.parent / "red.png").chmod(0)
    assert reason(page, "red.png") == "image-unreadable"


def test_a_file_that_the_user_names_is_read_wherever_it_lies(page, tmp_path):
    odd = tmp_path / "50% off?#1.png"
    odd.write_bytes(picture())
    (page.parent / "link.png").symlink_to(odd)
    for path in (odd, page.parent / "link.png"):
        assert decode.load_file(path, DecodeOptions()).width == 120


def test_a_missing_file_that_the_user_names_is_reported(tmp_path):
    with pytest.raises(ImageError) as caught:
        decode.load_file(tmp_path / "nowhere.png", DecodeOptions())
    assert caught.value.reason == "image-not-found"
