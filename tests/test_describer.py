"""From references and files to descriptions, by a model that knows colours and three words."""

import base64
import gzip
from io import BytesIO
from pathlib import Path

import numpy as np
import platformdirs
import pytest
from PIL import Image, PngImagePlugin

from alttext import Pipeline
from alttext import describer as module
from alttext.config import Settings, VocabularySettings
from alttext.describer import Describer
from alttext.errors import ConfigError, ImageError, ModelError
from alttext.ranking import calibration, decode, encode, raster, read_text, remote
from alttext.ranking.calibration import Calibration
from alttext.remediation import quote
from alttext.types import Action, Context, ImageKind, ImageRef, Placed, Purpose, Slot, Span, TextLine
from tests.ranking.rogue import Rogue, http

OBJECTS = """
[roots]
animal = "an animal"
[animal]
dog = "a dog"
cat = "a cat"
"""
MEDIA = """
[roots]
photograph = "a photograph"
chart = "a chart"
"""
ALT = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:i="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"><i:AltTextAccessibility><rdf:Alt>'
    b'<rdf:li xml:lang="x-default">A red square</rdf:li><rdf:li xml:lang="de">Ein rotes Quadrat</rdf:li>'
    b"</rdf:Alt></i:AltTextAccessibility></rdf:Description></rdf:RDF></x:xmpmeta>"
)
GERMAN_ALT = ALT.replace(b'<rdf:li xml:lang="x-default">A red square</rdf:li>', b"")
MILL = b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><title>A windmill</title></svg>'
RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)
WORDS = {
    "dog": (1, 0, 0), "cat": (0, 1, 0), "animal": (1, 1, 0), "photograph": (1, 1, 0), "chart": (0, 0, 1),
}  # fmt: skip


class ColourEncoder:
    """Red pictures are of dogs, green ones of cats, blue ones are charts."""

    model_id, dim = "colours", 3

    def __init__(self):
        self.batches = []

    def encode_images(self, images):
        self.batches.append(len(images))
        return unit([np.asarray(image.convert("RGB"), float).mean(axis=(0, 1)) for image in images])

    def encode_texts(self, texts):
        return unit([next(WORDS[word] for word in WORDS if word in text) for text in texts])

    @property
    def looked_at(self):
        return sum(self.batches)


def unit(rows):
    rows = np.array(rows, np.float32).reshape(-1, 3)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def picture(colour=RED, *, kind="PNG", size=(120, 90), mode="RGB", **options):
    buffer = BytesIO()
    Image.new(mode, size, colour).save(buffer, kind, **options)
    return buffer.getvalue()


def text_of(text):
    info = PngImagePlugin.PngInfo()
    info.add_text("Description", text)
    return info


def ref(src, **more):
    return ImageRef(Span(0, 9), ImageKind.IMG, src, alt=None, slot=Slot(Span(4, 4), "alt"), **more)


@pytest.fixture(autouse=True)
def user_folders(tmp_path, monkeypatch):
    """Folders of a user who has figures for the model of this module."""
    data, cache = tmp_path / "data", tmp_path / "cache"
    data.mkdir()
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_: data)
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_: cache)
    figures = Calibration(
        "colours", np.zeros(3, np.float32), np.eye(3, dtype=np.float32), {"object": 10.0}, {"object": 0.0}, {}
    )
    calibration.write(data / calibration.file_name("colours"), figures)


@pytest.fixture
def vocabulary(tmp_path):
    folder = tmp_path / "vocabulary"
    folder.mkdir()
    (folder / "object.toml").write_text(OBJECTS)
    (folder / "medium.toml").write_text(MEDIA)
    return VocabularySettings(path=str(folder))


@pytest.fixture
def encoder():
    return ColourEncoder()


@pytest.fixture
def load(vocabulary, encoder):
    """Makes describers that use the encoder and vocabulary of the test."""

    def load(**settings):
        made = Describer(Settings(vocabulary=vocabulary, **settings))
        made.encoder = encoder
        return made

    return load


@pytest.fixture
def page(tmp_path):
    """A page beside which pictures lie, in a project of its own, and one picture outside of that."""
    (tmp_path / "project/.git").mkdir(parents=True)
    (tmp_path / "project/sub").mkdir()
    for name, data in {
        "red.png": picture(),
        "red-again.png": picture(),
        "green.jpg": picture(GREEN, kind="JPEG"),
        "blue.png": picture(BLUE),
        "yellow.png": picture((255, 250, 0)),
        "red-large.png": picture(size=(500, 400)),
        "sub/red.png": picture(size=(130, 90)),
        "titled.jpg": picture(kind="JPEG", xmp=ALT),
        "described.png": picture(pnginfo=text_of("A red wall in the sun")),
        "mill.svg": MILL,
        "mill.svgz": gzip.compress(MILL),
        "nameless.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        "cut.png": picture()[:60],
        "words.png": b"This is no picture.",
        "../outside.png": picture(),
    }.items():
        (tmp_path / "project" / name).write_bytes(data)
    return tmp_path / "project/index.html"


def on(page, refs, root=None):
    return [Placed(each, page, root) for each in refs]


def texts(descriptions):
    return [description.text for description in descriptions]


# One picture


def test_a_file_is_described(load, page):
    description = load().describe(page.parent / "red.png", Context())
    assert description.text == "A dog."
    assert description.medium == "photograph"
    assert description.confidence > 0.9
    assert not description.review
    assert {"dog", "animal"} <= {each.term.id for each in description.candidates}
    assert load().describe(str(page.parent / "green.jpg"), Context()).text == "A cat."


@pytest.mark.parametrize(
    ("mode", "colour"), [("RGB", RED), ("RGBA", (*RED, 255)), ("P", RED), ("CMYK", (0, 255, 255, 0))]
)
def test_a_picture_in_memory_is_described(load, mode, colour):
    assert load().describe(Image.new(mode, (50, 40), colour), Context()).text == "A dog."


def test_what_is_no_photograph_is_not_described(load, page):
    description = load().describe(page.parent / "blue.png", Context())
    assert (description.text, description.medium) == (None, "chart")
    assert description.reasons == ("not-a-photograph",)


def test_the_words_around_a_picture_are_heeded(load, page):
    beside = Context(caption="My dog")
    assert load().describe(page.parent / "red.png", beside).text is None
    assert load().describe(Image.new("RGB", (50, 40), RED), beside).text is None
    assert texts(load().describe_all(on(page, [ref("red.png", context=beside), ref("red.png")]))) == [
        None,
        "A dog.",
    ]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("gone.png", "image-not-found"),
        ("cut.png", "image-unreadable"),
        ("words.png", "image-unreadable"),
        ("nameless.svg", "unsupported-image"),
    ],
)
def test_a_single_file_that_is_no_picture_is_an_error(load, page, name, reason):
    with pytest.raises(ImageError) as caught:
        load().describe(page.parent / name, Context())
    assert caught.value.reason == reason


def test_a_single_file_may_lie_anywhere(load, page):
    assert load().describe(page.parent.parent / "outside.png", Context()).text == "A dog."


# The pictures of a document


def test_the_pictures_of_a_document_are_described_in_order(load, page):
    refs = [ref("green.jpg"), ref("red.png"), ref("blue.png"), ref("sub/red.png")]
    assert texts(load().describe_all(on(page, refs))) == ["A cat.", "A dog.", None, "A dog."]


def test_a_document_without_pictures_needs_no_model(page):
    assert Describer(Settings(model="no/such/model")).describe_all(on(page, [])) == []


def test_the_reason_tells_of_pictures_that_cannot_be_loaded_and_the_others_are_described(load, page, encoder):
    reasons = {
        "gone.png": "image-not-found",
        "cut.png": "image-unreadable",
        "words.png": "image-unreadable",
        "nameless.svg": "unsupported-image",
        "https://example.org/a.png": "remote-image",
        "../outside.png": "image-outside-root",
        "": "no-source",
    }
    descriptions = load().describe_all(on(page, [ref("red.png"), *map(ref, reasons), ref("green.jpg")]))
    assert texts(descriptions) == ["A dog.", *[None] * len(reasons), "A cat."]
    assert [each.reasons for each in descriptions[1:-1]] == [(reason,) for reason in reasons.values()]
    assert all(each.review and not each.confidence for each in descriptions[1:-1])
    assert encoder.looked_at == 2


@pytest.mark.parametrize(
    ("source", "note"),
    [
        ("gone.png", "There is no project/gone.png."),
        ("sub/gone.png?v=2", "There is no project/sub/gone.png."),
        ("/img/gone.png", "No such file below project."),
        ("../outside.png", "Outside project."),
        ("words.png", "Not a picture of a known kind."),
        ("https://example.org/a.png", ""),
        ("", ""),
    ],
)
def test_a_note_tells_which_file_was_looked_for_or_what_is_wrong_with_it(
    load, page, monkeypatch, source, note
):
    monkeypatch.chdir(page.parent.parent)
    (described,) = load().describe_all(on(page, [ref(source)]))
    assert described.note == note


def test_a_note_calls_the_working_folder_by_that_name(load, page, monkeypatch):
    monkeypatch.chdir(page.parent)
    (described,) = load().describe_all(on(page, [ref("../outside.png")]))
    assert described.note == "Outside the working folder."


def test_the_first_source_that_can_be_loaded_counts(load, page):
    refs = [ref("gone.png", sources=("gone.png", "green.jpg", "red.png"))]
    assert texts(load().describe_all(on(page, refs))) == ["A cat."]


def test_a_picture_in_the_document_itself_is_described(load, page):
    uri = f"data:image/png;base64,{base64.b64encode(picture(GREEN)).decode()}"
    assert texts(load().describe_all(on(page, [ref(uri)]))) == ["A cat."]


def test_sources_are_relative_to_the_base_of_the_page(load, page):
    refs = [ref("red.png", context=Context(base="sub/")), ref("green.jpg", context=Context(base="sub/"))]
    described = load().describe_all(on(page, refs))
    assert described[0].text == "A dog."
    assert described[1].reasons == ("image-not-found",)


# Several pictures that are in no document


@pytest.fixture
def server(monkeypatch):
    """Another server, in a network where it is public."""
    pictures = {"/red.png": picture(RED), "/sub/green.png": picture(GREEN), "/torn.png": picture()[:60]}
    with Rogue({path: http(data) for path, data in pictures.items()}) as rogue:
        monkeypatch.setattr(remote, "Network", rogue.network)
        yield rogue


def test_a_picture_of_a_listed_host_is_described(load, page, server):
    host = server.host()
    refs = [
        ref(f"{host}/red.png"),
        ref("green.png", context=Context(base=f"{host}/sub/")),
        ref("red.png", context=Context(base=f"{host}/sub/")),  # which is beside the page
        ref("gone.png", sources=("gone.png", f"{host}/red.png")),
    ]
    described = load(remote=(host,)).describe_all(on(page, refs))
    assert texts(described) == ["A dog.", "A cat.", "A dog.", "A dog."]
    assert sorted(server.paths) == ["/red.png", "/sub/green.png"]


def test_the_reason_tells_why_a_picture_was_not_fetched(load, page, server):
    host = server.host()
    reasons = {
        f"{host}/gone.png": "remote-unavailable",
        f"{host}/torn.png": "image-unreadable",
        "https://example.org/a.png": "remote-image",
        "ftp://cdn.test/a.png": "remote-refused",
        "https://[::1]/a.png": "remote-refused",
        "https://[": "remote-refused",
    }
    described = load(remote=(host,)).describe_all(on(page, [*map(ref, reasons), ref("red.png")]))
    assert [each.reasons for each in described[:-1]] == [(reason,) for reason in reasons.values()]
    assert described[-1].text == "A dog."


@pytest.mark.parametrize("limit", [{"max_remote_bytes": 50}, {"max_image_bytes": 50}])
def test_the_lower_of_two_limits_holds_for_what_is_fetched(load, page, server, limit):
    described = load(remote=(server.host(),), **limit).describe_all(
        on(page, [ref(f"{server.host()}/red.png")])
    )
    assert described[0].reasons == ("image-too-large",)


def test_an_address_is_described_as_a_file_is(load, server):
    host = server.host()
    assert load(remote=(host,)).describe(f"{host}/red.png", Context()).text == "A dog."
    with pytest.raises(ImageError) as caught:
        load().describe(f"{host}/red.png", Context())
    assert (caught.value.reason, len(server.requests)) == ("remote-image", 1)


def test_whoever_only_looks_fetches_nothing(load, page, server):
    placed = on(page, [ref(f"{server.host()}/red.png"), ref("red.png")])
    assert [each.image.src for each, _, _ in load(remote=(server.host(),)).see(placed)] == ["red.png"]
    assert server.requests == []


def test_a_host_that_is_none_is_an_error(load, page):
    with pytest.raises(ConfigError):
        load(remote=("https://example.org/pictures",)).describe_all(on(page, [ref("red.png")]))


def test_bytes_are_described_as_the_file_that_they_are_of(load, page):
    for name in ("red.png", "green.jpg", "titled.jpg", "mill.svgz"):
        file = page.parent / name
        assert load().describe(file.read_bytes(), Context()) == load().describe(file, Context())


def test_several_pictures_are_looked_at_together_each_in_its_context(load, page, encoder):
    red = page.parent / "red.png"
    contexts = [Context(), Context(caption="Our dog"), Context()]
    described = load().describe_several([red, red.read_bytes(), picture(GREEN)], contexts)
    assert texts(described) == ["A dog.", None, "A cat."]
    assert encoder.batches == [2]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "image-unreadable"),
        (b"This is no picture.", "image-unreadable"),
        (picture()[:60], "image-unreadable"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "unsupported-image"),
        (picture(size=(500, 400)), "image-too-large"),
        (picture() + b"\0" * 10_000, "image-too-large"),
    ],
)
def test_one_that_cannot_be_loaded_does_not_spoil_the_others(load, data, reason):
    describer = load(max_image_pixels=20_000, max_image_bytes=5_000)
    described = describer.describe_several([picture(), data, picture(GREEN)], [Context()] * 3)
    assert texts(described) == ["A dog.", None, "A cat."]
    assert described[1].reasons == (reason,)
    with pytest.raises(ImageError) as caught:
        describer.describe(data, Context())
    assert caught.value.reason == reason


# Looking once


def test_a_picture_is_looked_at_once_however_often_and_under_whatever_name_it_is_shown(load, page, encoder):
    describer = load()
    refs = [ref("red.png"), ref("green.jpg"), ref("red-again.png"), ref("red.png")]
    assert texts(describer.describe_all(on(page, refs))) == ["A dog.", "A cat.", "A dog.", "A dog."]
    assert encoder.batches == [2]
    assert texts(describer.describe_all(on(page.with_name("other.html"), refs))) == [
        "A dog.",
        "A cat.",
        "A dog.",
        "A dog.",
    ]
    assert describer.describe(page.parent / "green.jpg", Context()).text == "A cat."
    assert encoder.batches == [2]


@pytest.mark.parametrize(("crops", "looks"), [(False, 1), (True, 5)])
def test_the_corners_of_a_picture_are_looked_at_if_the_settings_ask_for_it(load, page, encoder, crops, looks):
    description = load(crops=crops).describe(page.parent / "red.png", Context())
    assert description.text == "A dog."
    assert encoder.looked_at == looks


def test_another_picture_under_the_same_name_is_looked_at(load, page, encoder):
    describer = load()
    describer.describe_all(on(page, [ref("red.png")]))
    (page.parent / "red.png").write_bytes(picture(GREEN))
    assert texts(describer.describe_all(on(page, [ref("red.png")]))) == ["A cat."]
    assert encoder.batches == [1, 1]


def test_no_more_pictures_are_in_memory_than_a_batch_holds(load, page, encoder, monkeypatch):
    monkeypatch.setattr(module, "_BATCH", 2)
    names = ["red.png", "green.jpg", "red-again.png", "sub/red.png", "blue.png"]
    described = load().describe_all(on(page, [ref(name) for name in names]))
    assert texts(described) == ["A dog.", "A cat.", "A dog.", "A dog.", None]
    assert encoder.batches == [2, 1, 1]


def test_pictures_of_many_documents_are_looked_at_together(load, page, encoder):
    asked = [
        *on(page, [ref("red.png")]),
        *on(page.parent / "sub/index.html", [ref("red.png"), ref("no.png")]),
    ]
    described = load().describe_all([*asked, *on(page, [ref("green.jpg")])])
    assert texts(described) == ["A dog.", "A dog.", None, "A cat."]
    assert encoder.batches == [3]  # two red ones are different files


def test_forgetting_rankings_costs_no_other_look(load, page, encoder, monkeypatch):
    monkeypatch.setattr(module, "_REMEMBERED", 0)
    describer = load()
    for _ in range(2):
        refs = [ref("red.png"), ref("green.jpg")]
        assert texts(describer.describe_all(on(page, refs))) == ["A dog.", "A cat."]
    assert encoder.batches == [2]


# Looking once for all runs


@pytest.fixture
def decoded(monkeypatch):
    """Names of the pictures that are decoded."""
    names, read = [], raster.read

    def count(data, name, *rest):
        names.append(Path(name).name)
        return read(data, name, *rest)

    monkeypatch.setattr(raster, "read", count)
    return names


NAMES = ("red.png", "green.jpg", "blue.png", "red-large.png", "titled.jpg", "mill.svg")


@pytest.mark.parametrize("crops", [False, True])
def test_a_second_run_on_unchanged_pictures_decodes_and_encodes_nothing(load, page, encoder, decoded, crops):
    refs = [ref(name) for name in NAMES]
    first = load(crops=crops).describe_all(on(page, refs))
    assert sorted(decoded) == sorted(set(NAMES) - {"mill.svg"})
    assert encoder.looked_at == (5 if crops else 1) * 4
    decoded.clear()
    encoder.batches.clear()
    assert load(crops=crops).describe_all(on(page, refs)) == first
    assert load(crops=crops).describe(page.parent / "red.png", Context()) == first[0]
    assert (decoded, encoder.batches) == ([], [])


def test_a_picture_that_many_pages_show_is_decoded_once(load, page, decoded):
    describer = load()
    for name in ("a.html", "b.html"):
        described = describer.describe_all(on(page.with_name(name), [ref("red.png"), ref("red-again.png")]))
        assert texts(described) == ["A dog.", "A dog."]
    assert len(decoded) <= 2  # two at the same time do not know of each other


@pytest.mark.parametrize("settings", [{"cache": False}, {"cache_dir": "elsewhere"}], ids=str)
def test_a_cache_that_is_off_or_elsewhere_is_not_used(load, page, encoder, tmp_path, monkeypatch, settings):
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        describer = load(**settings)
        assert texts(describer.describe_all(on(page, [ref("red.png")] * 2))) == ["A dog."] * 2
    assert not list((tmp_path / "cache").glob("pictures*"))
    assert encoder.looked_at == (1 if "cache_dir" in settings else 2)
    assert bool(list((tmp_path / "elsewhere").glob("pictures*"))) == ("cache_dir" in settings)


def test_another_model_is_asked_again(load, page, encoder, decoded):
    load().describe(page.parent / "red.png", Context())
    decoded.clear()
    describer = load()
    describer.encoder = type("Other", (ColourEncoder,), {"model_id": "others"})()
    assert describer.describe_all(on(page, [ref("red.png")]))[0].medium == "photograph"
    assert describer.encoder.looked_at == 1
    assert decoded == ["red.png"]


def test_a_picture_that_can_no_longer_be_decoded_says_so_to_another_model(load, page, monkeypatch):
    def fail(data, name, *rest):
        raise ImageError("image-unreadable", f"{name}: out of memory")

    assert texts(load().describe_all(on(page, [ref("red.png"), ref("green.jpg")]))) == ["A dog.", "A cat."]
    monkeypatch.setattr(raster, "read", fail)
    describer = load()
    describer.encoder = type("Other", (ColourEncoder,), {"model_id": "others"})()
    described = describer.describe_all(on(page, [ref("red.png"), ref("green.jpg")]))
    assert [each.reasons for each in described] == [("image-unreadable",)] * 2


def test_vectors_of_loaded_pictures_come_in_order_and_from_the_cache(load, page, encoder):
    def loaded(describer, *names):
        return [decode.load_file(page.parent / name, describer.remembering_options) for name in names]

    rows = load().vectors(loaded(load(), "red.png", "green.jpg", "titled.jpg", "red-again.png"))
    np.testing.assert_allclose(rows, [(1, 0, 0), (0, 1, 0), (1, 0, 0), (1, 0, 0)], atol=0.02)
    assert encoder.looked_at == 3
    assert texts(load().describe_all(on(page, [ref("red.png")]))) == ["A dog."]
    assert encoder.looked_at == 3
    with pytest.raises(ValueError, match=r"mill\.svg"):
        load().vectors(loaded(load(), "mill.svg"))


# Words of an author


def test_words_of_an_author_win_and_need_no_model(page):
    describer = Describer(Settings(model="no/such/model"))
    certain, maybe, drawing, packed = describer.describe_all(
        on(page, [ref("titled.jpg"), ref("described.png"), ref("mill.svg"), ref("mill.svgz")])
    )
    assert (certain.text, certain.review, certain.reasons) == ("A red square", False, ("author-text",))
    assert (maybe.text, maybe.review, maybe.reasons) == ("A red wall in the sun", True, ("author-text",))
    assert drawing.text == packed.text == "A windmill"
    assert describer.describe(page.parent / "titled.jpg", Context()) == certain


@pytest.mark.parametrize(("lang", "is_foreign"), [("fr", True), ("de-AT", False), ("", False)])
def test_words_of_an_author_in_another_language_say_so(load, page, lang, is_foreign):
    (page.parent / "rot.jpg").write_bytes(picture(kind="JPEG", xmp=GERMAN_ALT))
    described = load().describe(page.parent / "rot.jpg", Context(lang=lang))
    assert described.text == "Ein rotes Quadrat"
    assert described.review is is_foreign
    assert (described.reasons[0] == "author-text-in-other-language") is is_foreign


def test_words_of_an_author_are_taken_in_the_language_of_the_page(load, page):
    german = Context(lang="de")
    assert load().describe(page.parent / "titled.jpg", german).text == "Ein rotes Quadrat"
    refs = [ref("titled.jpg", context=german), ref("titled.jpg")]
    assert texts(load().describe_all(on(page, refs))) == ["Ein rotes Quadrat", "A red square"]


# Text in pictures


class Reader:
    """Reads the same in every picture, and remembers their sizes."""

    def __init__(self, *lines):
        self.lines = lines or (TextLine("Visitors per month", 0.99, (0.1, 0.1, 0.9, 0.2)),)
        self.sizes = []

    def read(self, picture):
        self.sizes.append(picture.size)
        return self.lines


@pytest.fixture
def reader():
    return Reader()


@pytest.fixture
def load_reading(load, reader, monkeypatch):
    """Makes describers that have a reader, as if the extra were installed."""
    monkeypatch.setattr(read_text, "find_spec", lambda _: object())

    def load_reading(**settings):
        made = load(**settings)
        made.reader = reader
        return made

    return load_reading


TITLED = 'Chart: "Visitors per month"'


def test_the_title_of_a_chart_is_suggested(load_reading, page):
    described = load_reading().describe(page.parent / "blue.png", Context())
    assert (described.text, described.review, described.reasons) == (TITLED, True, ("title-read",))
    assert load_reading().describe(Image.new("RGB", (50, 40), BLUE), Context()).text == TITLED


def test_text_by_markup_is_read_whatever_the_picture_looks_like(load_reading, page):
    (described,) = load_reading().describe_all(on(page, [ref("red.png", purpose=Purpose.TEXT)]))
    assert (described.text, described.review) == ("Visitors per month", True)


def test_photographs_are_not_read(load_reading, page, reader):
    assert load_reading().describe(page.parent / "red.png", Context()).text == "A dog."
    assert texts(load_reading().describe_all(on(page, [ref("green.jpg")]))) == ["A cat."]
    assert reader.sizes == []


def test_a_picture_is_read_once_however_many_pages_show_it(load_reading, page, reader):
    describer = load_reading()
    refs = [ref("blue.png"), ref("blue.png"), ref("blue.png", purpose=Purpose.COMPLEX)]
    assert texts(describer.describe_all(on(page, refs))) == [TITLED] * 3
    assert texts(describer.describe_all(on(page.with_name("other.html"), refs[:1]))) == [TITLED]
    assert len(reader.sizes) == 1


def test_a_second_run_reads_nothing(load_reading, page, reader, decoded):
    for _ in range(2):
        assert texts(load_reading().describe_all(on(page, [ref("blue.png")]))) == [TITLED]
    assert (len(reader.sizes), decoded) == (1, ["blue.png"])


def test_a_picture_that_can_no_longer_be_read_says_so(load_reading, page, monkeypatch):
    def fail(data, name, *rest):
        raise ImageError("image-unreadable", f"{name}: out of memory")

    monkeypatch.setattr(quote, "is_worth_reading", lambda *_: False)
    load_reading().describe_all(on(page, [ref("blue.png")]))
    monkeypatch.undo()
    monkeypatch.setattr(read_text, "find_spec", lambda _: object())
    monkeypatch.setattr(raster, "read", fail)
    (described,) = load_reading().describe_all(on(page, [ref("blue.png")]))
    assert described.reasons == ("image-unreadable",)


@pytest.mark.parametrize("ocr", ["off", "auto"])
def test_without_the_extra_or_switched_off_nothing_is_read(load, page, reader, monkeypatch, ocr):
    monkeypatch.setattr(read_text, "find_spec", lambda _: object() if ocr == "off" else None)
    describer = load(ocr=ocr)
    describer.reader = reader
    assert describer.describe(page.parent / "blue.png", Context()).reasons == ("not-a-photograph",)
    assert reader.sizes == []


def test_asking_for_an_extra_that_is_missing_is_an_error(load, page, monkeypatch):
    monkeypatch.setattr(read_text, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match="ocr"):
        load(ocr="on").describe(page.parent / "blue.png", Context())


def test_what_is_read_keeps_enough_of_a_large_picture(load_reading, page, reader):
    (page.parent / "large.jpg").write_bytes(picture(BLUE, kind="JPEG", size=(4000, 3000)))
    load_reading().describe(page.parent / "large.jpg", Context())
    ((width, height),) = reader.sizes
    assert 1000 <= height < 3000
    assert width > height


# Other languages

GERMAN_WORDS = """
[object]
animal = { n = "ein Tier / einem Tier / Tiere" }
dog = { m = "ein Hund / einem Hund / Hunde" }
"""


@pytest.fixture
def german(vocabulary):
    """The vocabulary with German words for a dog, and for nothing that a cat is."""
    folder = Path(vocabulary.path) / "translations"
    folder.mkdir()
    (folder / "de.toml").write_text(GERMAN_WORDS)
    return Context(lang="de-AT")


def test_a_picture_is_described_in_the_language_of_the_page(load, page, german, encoder):
    describer = load()
    refs = [ref("red.png", context=german), ref("red.png")]
    assert texts(describer.describe_all(on(page, refs))) == ["Ein Hund.", "A dog."]
    assert describer.describe(page.parent / "red.png", german).lang == "de"
    assert describer.describe(Image.new("RGB", (50, 40), RED), german).text == "Ein Hund."
    assert encoder.looked_at == 2


@pytest.mark.parametrize("lang", ["de", "it"])
def test_what_a_language_has_no_words_for_is_left_for_a_person(load, page, german, lang):
    described = load().describe(page.parent / "green.jpg", Context(lang=lang))
    assert (described.text, described.reasons) == (None, ("language-without-vocabulary",))


def test_captions_are_read_in_the_language_of_the_page(load, page, german):
    beside = Context(lang="de", caption="Unser Hund")
    assert load().describe(page.parent / "red.png", beside).reasons == ("caption-says-it",)


def test_a_german_page_is_never_given_english(load, page, german):
    """From the page to the page, in one language or none."""
    html = (
        '<html lang="de"><img src="red.png"><img src="green.jpg"><img src="titled.jpg">'
        '<p lang="en"><img src="red.png"></p><p lang="it"><img src="red.png"></p>'
    )
    result = Pipeline(Settings(), describer=load()).fix_text(html, base=page.parent)
    assert result.text == (
        '<html lang="de"><img src="red.png" alt="Ein Hund."><img src="green.jpg">'
        '<img src="titled.jpg" alt="Ein rotes Quadrat">'
        '<p lang="en"><img src="red.png" alt="A dog."></p><p lang="it"><img src="red.png"></p>'
    )
    decisions = [finding.decision for finding in result.findings]
    assert [each.action for each in decisions] == [
        Action.WRITE, Action.REVIEW, Action.WRITE, Action.WRITE, Action.REVIEW
    ]  # fmt: skip
    left = [(each.reason, each.alt) for each in decisions if each.action is Action.REVIEW]
    assert left == [("language-without-vocabulary", None)] * 2


@pytest.mark.parametrize(("language", "text"), [("de", "Ein Hund."), ("en", "A dog.")])
def test_pages_that_declare_no_language_have_the_configured_one(load, page, german, language, text):
    pipeline = Pipeline(Settings(language=language), describer=load())
    fixed = pipeline.fix_text("<img src=red.png>", base=page.parent)
    assert fixed.text == f'<img src=red.png alt="{text}">'
    assert pipeline.describe(page.parent / "red.png", context=Context(heading="Rex")).text == text


def test_more_terms_bring_their_own_translations(vocabulary, encoder, german, tmp_path, page):
    own = tmp_path / "own.toml"
    own.write_text('facet = "object"\n[animal]\ncat = "a tomcat"\n')
    own.with_name("own.de.toml").write_text('[object]\ncat = { m = "ein Kater / einem Kater" }\n')
    describer = Describer(Settings(vocabulary=VocabularySettings(path=vocabulary.path, extend=(str(own),))))
    describer.encoder = encoder
    assert describer.describe(page.parent / "green.jpg", german).text == "Ein Kater."


def test_translations_that_cannot_be_used_are_an_error(load, page, german, vocabulary):
    (Path(vocabulary.path) / "translations" / "de.toml").write_text("[object\n")
    with pytest.raises(ModelError, match=r"de\.toml"):
        load().describe(page.parent / "red.png", german)


# Settings


def test_nothing_is_read_outside_of_the_root(load, page):
    inside, outside = load().describe_all(on(page, [ref("sub/red.png"), ref("red.png")], page.parent / "sub"))
    assert inside.text == "A dog."
    assert outside.reasons == ("image-outside-root",)


def test_pictures_outside_of_the_root_are_read_with_leave(load, page):
    described = load(allow_outside_root=True).describe_all(on(page, [ref("../outside.png")], page.parent))
    assert texts(described) == ["A dog."]


def test_the_site_root_is_where_absolute_sources_begin(load, page):
    describer = load(site_root=str(page.parent / "sub"))
    found, missing = describer.describe_all(on(page, [ref("/red.png"), ref("/green.jpg")]))
    assert found.text == "A dog."
    assert missing.reasons == ("image-not-found",)


@pytest.mark.parametrize("limit", [{"max_image_bytes": 100}, {"max_image_pixels": 1000}])
def test_pictures_above_the_limits_are_not_looked_at(load, page, encoder, limit):
    (described,) = load(**limit).describe_all(on(page, [ref("red-large.png")]))
    assert described.reasons == ("image-too-large",)
    assert encoder.batches == []


def test_the_configured_vocabulary_is_spoken(vocabulary, encoder, tmp_path, page):
    own = tmp_path / "own.toml"
    own.write_text('facet = "object"\n[animal]\ndog = "a dog called Rex"\n')
    chosen = VocabularySettings(path=vocabulary.path, extend=(str(own),), veto=("cat",))
    describer = Describer(Settings(vocabulary=chosen))
    describer.encoder = encoder
    assert describer.describe(page.parent / "red.png", Context()).text == "A dog called Rex."
    assert describer.describe(page.parent / "green.jpg", Context()).text is None


def test_the_configured_model_is_loaded_once_and_not_before_it_is_needed(
    vocabulary, encoder, page, monkeypatch
):
    asked = []
    monkeypatch.setattr(encode, "load_encoder", lambda model, **_: asked.append(model) or encoder)
    describer = Describer(Settings(model="some/checkpoint", vocabulary=vocabulary))
    assert asked == []
    for name in ("red.png", "green.jpg"):
        describer.describe(page.parent / name, Context())
    assert asked == ["some/checkpoint"]


def test_a_model_that_is_missing_is_an_error_and_no_reason_for_each_picture(vocabulary, page, monkeypatch):
    def load_encoder(model, device):
        raise ModelError(f"{model}: no such model")

    monkeypatch.setattr(encode, "load_encoder", load_encoder)
    with pytest.raises(ModelError):
        Describer(Settings(model="gone", vocabulary=vocabulary)).describe_all(on(page, [ref("red.png")]))
