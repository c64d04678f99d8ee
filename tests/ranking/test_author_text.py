"""What counts as an author's words in a picture file, and what does not."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, PngImagePlugin, TiffImagePlugin

from alttext.ranking import author_text

ALT = "Iptc4xmpCore:AltTextAccessibility"
LONG = "Iptc4xmpCore:ExtDescrAccessibility"
DC = "dc:description"


def packet(*properties: str, description: str = "") -> bytes:
    """An XMP packet with `properties` as its content."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" '
        f"{description}>{''.join(properties)}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    ).encode()


def prop(name: str, *texts: str, **by_lang: str) -> str:
    """A language alternative; keyword names are language tags, with _ for -."""
    items = [f'<rdf:li xml:lang="x-default">{text}</rdf:li>' for text in texts]
    items += [f'<rdf:li xml:lang="{tag.replace("_", "-")}">{text}</rdf:li>' for tag, text in by_lang.items()]
    return f"<{name}><rdf:Alt>{''.join(items)}</rdf:Alt></{name}>"


def opened(kind: str = "JPEG", **options) -> Image.Image:
    buffer = BytesIO()
    Image.new("RGB", (32, 32), "red").save(buffer, kind, **options)
    picture = Image.open(buffer)
    picture.load()
    return picture


def found(*properties: str, lang: str = "") -> tuple[str, str, str, bool] | None:
    text = author_text.of_picture(opened(xmp=packet(*properties)), lang)
    return text and (text.text, text.source, text.lang, text.certain)


def exif(text: str | bytes) -> Image.Exif:
    data = Image.Exif()
    data[ExifTags.Base.ImageDescription] = text
    return data


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_alternative_is_read_from_every_format(kind):
    data = packet(prop(ALT, "A red square"))
    if kind == "PNG":
        chunks = PngImagePlugin.PngInfo()
        chunks.add_itxt("XML:com.adobe.xmp", data.decode())
        picture = opened(kind, pnginfo=chunks)
    else:
        picture = opened(kind, xmp=data)
    assert author_text.of_picture(picture) == author_text.AuthorText(
        "A red square", "AltTextAccessibility", "", certain=True
    )


def test_the_alternative_is_read_from_tiff():
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[700] = packet(prop(ALT, "A red square"))
    assert author_text.of_picture(opened("TIFF", tiffinfo=tags)).text == "A red square"


@pytest.mark.parametrize(
    ("texts", "lang", "expected"),
    [
        ({"en": "A boat", "de": "Ein Boot"}, "de", ("Ein Boot", "de", True)),
        ({"en": "A boat", "de": "Ein Boot"}, "DE", ("Ein Boot", "de", True)),
        ({"en": "A boat", "de-AT": "Ein Boot"}, "de", ("Ein Boot", "de-at", True)),
        ({"en": "A boat", "de": "Ein Boot"}, "de-CH", ("Ein Boot", "de", True)),
        ({"x-default": "A ship", "de": "Ein Boot"}, "en", ("A ship", "", True)),
        ({"x-default": "A ship", "de": "Ein Boot"}, "", ("A ship", "", True)),
        ({"x-default": "Ein Boot", "de": "Ein Boot"}, "en", ("Ein Boot", "de", False)),
        ({"de": "Ein Boot"}, "en", ("Ein Boot", "de", False)),
        ({"de": "Ein Boot"}, "", ("Ein Boot", "de", True)),
    ],
)
def test_the_language_of_the_page_decides(texts, lang, expected):
    text, source, text_lang, certain = found(prop(ALT, **texts), lang=lang)
    assert (text, text_lang, certain) == expected
    assert source == "AltTextAccessibility"


@pytest.mark.parametrize(
    "spelled",
    [
        f"<{ALT}>A red square</{ALT}>",
        f"<{ALT}><rdf:Alt><rdf:li>A red square</rdf:li></rdf:Alt></{ALT}>",
        f"<{ALT}><rdf:Alt><rdf:li xml:lang='x-default'>  A red\n square </rdf:li></rdf:Alt></{ALT}>",
        f"<{ALT}><rdf:Alt><rdf:li xml:lang='x-default'>A red&#10;square</rdf:li></rdf:Alt></{ALT}>",
    ],
)
def test_the_alternative_is_read_however_it_is_spelled(spelled):
    assert found(spelled) == ("A red square", "AltTextAccessibility", "", True)


def test_an_attribute_is_a_property_too():
    picture = opened(xmp=packet(description=f'{ALT}="A red square"'))
    assert author_text.of_picture(picture).text == "A red square"


def test_a_property_in_a_later_description_is_found():
    both = packet(prop(DC, "A square that is red")).decode()
    more = packet(prop(ALT, "A red square")).decode()
    start, end = "<rdf:Description", "</rdf:Description>"
    second = more[more.index(start) : more.index(end) + len(end)]
    merged = both.replace(end, end + second)
    assert author_text.of_picture(opened(xmp=merged.encode())).text == "A red square"


def test_a_property_of_a_part_of_the_picture_is_not_the_picture_s():
    part = f"<dc:relation><rdf:Description>{prop(ALT, 'A red corner')}</rdf:Description></dc:relation>"
    assert found(part) is None


def test_the_same_name_in_another_namespace_is_something_else():
    assert (
        found('<x:AltTextAccessibility xmlns:x="https://a.example/">A red square</x:AltTextAccessibility>')
        is None
    )


def test_the_alternative_comes_before_every_description():
    properties = (prop(DC, "A square, red all over"), prop(LONG, "A square which is red"), prop(ALT, "Red"))
    assert found(*properties) == ("Red", "AltTextAccessibility", "", True)


def test_an_empty_alternative_gives_way_to_a_description():
    assert found(prop(ALT, " "), prop(DC, "A square, red all over")) == (
        "A square, red all over",
        "dc:description",
        "",
        False,
    )


@pytest.mark.parametrize("junk", ["IMG_1234.JPG", "DSC00012", "OLYMPUS DIGITAL CAMERA", "Untitled", ""])
def test_an_alternative_that_nobody_wrote_does_not_count(junk):
    assert found(prop(ALT, junk)) is None


def test_a_long_description_is_a_candidate_behind_shorter_ones():
    long = "A red square. " * 40
    assert found(prop(LONG, long)) == (long.strip(), "ExtDescrAccessibility", "", False)
    assert found(prop(LONG, long), prop(DC, "A square, red all over"))[1] == "dc:description"
    assert (
        found(prop(LONG, "A short one after all"), prop(DC, "A square, red all over"))[1]
        == "ExtDescrAccessibility"
    )


def test_an_animation_has_an_alternative_too():
    chunks = PngImagePlugin.PngInfo()
    chunks.add_itxt("XML:com.adobe.xmp", packet(prop(ALT, "A square turns blue")).decode())
    later = [Image.new("RGB", (32, 32), "blue")]
    assert author_text.of_picture(opened("PNG", save_all=True, append_images=later, pnginfo=chunks)).certain


def test_text_without_end_is_cut():
    text, *_ = found(prop(ALT, "red " * 5000))
    assert len(text) <= 2000


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_an_exif_description_is_a_candidate(kind):
    picture = opened(kind, exif=exif("A fishing boat in the harbour"))
    assert author_text.of_picture(picture) == author_text.AuthorText(
        "A fishing boat in the harbour", "ImageDescription", "", certain=False
    )


def test_exif_text_in_utf8_is_read_as_such():
    picture = opened(exif=exif("Caf\u00e9 with three tables".encode()))
    assert author_text.of_picture(picture).text == "Caf\u00e9 with three tables"


def test_exif_text_in_latin_1_is_read_as_such():
    picture = opened(exif=exif("Caf\u00e9 with three tables".encode("latin-1")))
    assert author_text.of_picture(picture).text == "Caf\u00e9 with three tables"


def iptc(*datasets: tuple[int, int, bytes]) -> bytes:
    """A Photoshop segment with IPTC datasets, as a JPEG comment marker APP13."""
    records = b"".join(
        b"\x1c" + bytes([record, dataset]) + len(data).to_bytes(2, "big") + data
        for record, dataset, data in datasets
    )
    resource = (
        b"8BIM\x04\x04\x00\x00" + len(records).to_bytes(4, "big") + records + b"\x00" * (len(records) % 2)
    )
    body = b"Photoshop 3.0\x00" + resource
    return b"\xff\xed" + (len(body) + 2).to_bytes(2, "big") + body


def jpeg_with(segment: bytes) -> Image.Image:
    buffer = BytesIO()
    Image.new("RGB", (32, 32), "red").save(buffer, "JPEG")
    data = buffer.getvalue()
    picture = Image.open(BytesIO(data[:2] + segment + data[2:]))
    picture.load()
    return picture


@pytest.mark.parametrize("charset", ["utf-8", "latin-1"])
def test_an_iptc_caption_is_a_candidate(charset):
    picture = jpeg_with(iptc((2, 5, b"Title"), (2, 120, "Caf\u00e9 with three tables".encode(charset))))
    assert author_text.of_picture(picture) == author_text.AuthorText(
        "Caf\u00e9 with three tables", "Caption-Abstract", "", certain=False
    )


def test_of_several_iptc_captions_the_first_counts():
    picture = jpeg_with(iptc((2, 120, b"A fishing boat at sea"), (2, 120, b"Something else again")))
    assert author_text.of_picture(picture).text == "A fishing boat at sea"


def test_a_png_description_is_a_candidate():
    chunks = PngImagePlugin.PngInfo()
    chunks.add_text("Title", "Never mind this title")
    chunks.add_text("Description", "A fishing boat in the harbour")
    assert author_text.of_picture(opened("PNG", pnginfo=chunks)).source == "png:Description"


def test_a_description_that_reads_badly_gives_way_to_the_next():
    picture = opened(
        xmp=packet(prop(DC, "OLYMPUS DIGITAL CAMERA")), exif=exif("A fishing boat in the harbour")
    )
    assert author_text.of_picture(picture).source == "ImageDescription"


@pytest.mark.parametrize(
    "text",
    [
        "A fishing boat in the harbour",
        "Two rows of vines in the evening sun.",
        "View of the Matterhorn from Zermatt",
        "Children play football on a beach, with gulls above",
        "Ein Fischerboot liegt im Hafen",
        "\u041b\u043e\u0434\u043a\u0430 \u0441\u0442\u043e\u0438\u0442 \u0432 \u043f\u043e\u0440\u0442\u0443",
        "\u6e2f\u306b\u505c\u6cca\u3057\u3066\u3044\u308b\u6f01\u8239",
        "A pencil sketch of a windmill",
        "Bread, butter and a pot of tea on a tray",
        "The old town hall (1654) at night",
    ],
)
def test_what_people_write_reads_like_a_description(text):
    assert author_text.reads_like_a_description(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "boat",
        "fishing boat",
        "a b c d",
        "OLYMPUS DIGITAL CAMERA",
        "KONICA MINOLTA DIGITAL CAMERA",
        "SONY DSC",
        "Exif_JPEG_PICTURE",
        "<KENOX S860  / Samsung S860>",
        "Default description of image",
        "DCIM100GOPRO",
        "IMG_20190412_101112.jpg",
        "my holiday in spain.jpeg is here.jpg"[:0] + "holiday-in-spain-with-friends.jpeg",
        "DSC 0123",
        "2019:04:12 10:11:12",
        "12 April 2019, 10:11",
        "\u00a9 2019 Somebody of Some Town",
        "(c) Somebody of Some Town",
        "Copyright Somebody of Some Town",
        "Photo by Somebody of Some Town",
        "All rights reserved by the author",
        "AP Photo/Somebody of Some Town",
        "Credit: Somebody of Some Town",
        "Stock photo of a fishing boat",
        "Adobe Photoshop CC 2019 for Windows",
        "Created with GIMP on a computer",
        "Processed with VSCO with a6 preset",
        "screenshot taken at https://a.example/page",
        "Visit www.example.org for more pictures",
        "write to me@example.org for more",
        "sea, sun, sand, holiday",
        "sea; sun; warm sand; beach",
        "a lovely day #beach #sun",
        "WELCOME TO THE BEACH RESORT",
        '{"camera": "none", "mode": "auto"}',
        "x = 12, y = 13, mode = auto",
        "charset=Ascii nothing of interest here",
        "\ufffd\ufffd some broken text here",
        "1234 5678 9012 abc def ghi 3456 7890 1234",
        "A fishing boat in the harbour. " * 12,
    ],
)
def test_what_devices_and_agencies_write_does_not(text):
    assert not author_text.reads_like_a_description(text)


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"\x00" * 50,
        b"<x:xmpmeta",
        b"<a><b></a>",
        b"\xff\xfe<\x00",
        b"<x/>",
        packet(prop(ALT, "A red square")).replace(b"<x:xmpmeta", b'<!DOCTYPE x [<!ENTITY e "e">]><x:xmpmeta'),
        packet(prop(ALT, "&undefined;")),
        packet(prop(ALT, "A red square")) + b" " * (1 << 20),
        packet("<a>" * 20_000 + "</a>" * 20_000),
    ],
)
def test_damaged_metadata_counts_as_none(damaged):
    picture = opened()
    picture.info["xmp"] = damaged
    assert author_text.of_picture(picture) is None


def test_a_packet_given_as_text_or_as_something_else_does_no_harm():
    picture = opened()
    picture.info["xmp"] = packet(prop(ALT, "A red square")).decode()
    assert author_text.of_picture(picture).text == "A red square"
    picture.info["xmp"] = (1, 2)
    assert author_text.of_picture(picture) is None


@pytest.mark.parametrize("segment", [iptc((2, 120, b""))[:-3], b"\xff\xed\x00\x10Photoshop 3.0\x00"])
def test_damaged_iptc_data_counts_as_none(segment):
    assert author_text.of_picture(jpeg_with(segment)) is None


def test_damaged_exif_data_counts_as_none():
    picture = opened()
    picture.info["exif"] = b"Exif\x00\x00MM\x00\x2a\xff\xff\xff\xff"
    assert author_text.of_picture(picture) is None


def test_a_picture_without_metadata_says_nothing():
    assert author_text.of_picture(opened("BMP")) is None


@settings(deadline=None)
@given(st.text(max_size=300))
def test_cleaned_text_is_one_line_without_controls(text):
    cleaned = author_text.clean(text)
    assert cleaned == author_text.clean(cleaned)
    assert not any(ord(character) < 32 for character in cleaned)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_packet_breaks_reading(data):
    picture = opened()
    picture.info["xmp"] = packet(prop(ALT, "A red square"))[:400] + data
    assert author_text.of_picture(picture) is None


def frames_with(number, description, where):
    """An animated PNG whose description comes before or behind all frames."""
    frames = [Image.new("L", (8, 8), n) for n in range(number)]
    buffer = BytesIO()
    frames[0].save(buffer, "PNG", save_all=True, append_images=frames[1:])
    data, text = buffer.getvalue(), b"Description\0" + description
    chunk = struct.pack(">I", len(text)) + b"tEXt" + text + struct.pack(">I", zlib.crc32(b"tEXt" + text))
    at = data.index(where) - 4
    return Image.open(BytesIO(data[:at] + chunk + data[at:]))


@pytest.mark.parametrize(
    ("where", "expected"), [(b"IDAT", "A windmill by the water"), (b"IEND", None)], ids=["before", "behind"]
)
def test_of_an_animation_all_frames_are_not_decoded_for_words_behind_them(where, expected):
    picture = frames_with(9, b"A windmill by the water", where)
    found = author_text.of_picture(picture)
    assert (found and found.text) == expected
    assert picture.tell() == 0
