"""Looking at pictures in pieces says of each what looking at it alone says."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from alttext import Pipeline, Settings
from alttext.ranking import raster
from alttext.scale import Loaded, Looker, load, pictures

IMAGES = Path(__file__).parents[2] / "examples" / "site" / "images"
SETTINGS = Settings(ocr="off", cache=False)


@pytest.fixture(scope="module")
def looker():
    return Looker(SETTINGS)


@pytest.fixture(scope="module")
def pipeline():
    return Pipeline(SETTINGS)


def loaded(folder, settings=SETTINGS):
    return [load(each, settings) for each in pictures([folder], settings)]


def test_pictures_are_described_as_one_by_one(looker, pipeline):
    for each in looker.look(loaded(IMAGES)):
        alone = pipeline.describe(each.file)
        assert (each.description.text, each.description.reasons) == (alone.text, alone.reasons), each.file
        assert each.description.confidence == pytest.approx(alone.confidence, abs=1e-5)


def test_a_picture_may_be_sent_before_it_is_looked_at(looker):
    some = loaded(IMAGES / "cat.jpg")
    sent = [msgspec.msgpack.decode(msgspec.msgpack.encode(each), type=Loaded) for each in some]
    np.testing.assert_allclose(looker.look(sent)[0].vector, looker.look(some)[0].vector, atol=1e-5)


def test_where_the_model_is_nothing_is_decoded(monkeypatch, tmp_path):
    Image.open(IMAGES / "cat.jpg").save(tmp_path / "cat.png")
    some = loaded(tmp_path)
    monkeypatch.setattr(raster, "read", None)
    (seen,) = Looker(SETTINGS).look(some)
    assert seen.description.medium == "photograph"
    assert seen.vector @ seen.vector == pytest.approx(1, abs=1e-4)


def test_a_picture_in_pieces_is_told_and_the_others_are_looked_at(looker, tmp_path):
    whole = (IMAGES / "cat.jpg").read_bytes()
    for name, data in {"a.jpg": whole[:3000], "b.jpg": whole, "c.jpg": b""}.items():
        (tmp_path / name).write_bytes(data)
    seen = looker.look(loaded(tmp_path))
    assert [each.error for each in seen] == ["image-unreadable", "", "image-unreadable"]
    assert [each.vector is None for each in seen] == [True, False, True]
    assert "a.jpg" in seen[0].message


def test_words_of_the_author_need_no_look(looker, tmp_path):
    words = PngImagePlugin.PngInfo()
    said = '<rdf:li xml:lang="x-default">Rex on a sofa</rdf:li>'
    xmp = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">'
        f"<Iptc4xmpCore:AltTextAccessibility><rdf:Alt>{said}</rdf:Alt>"
        "</Iptc4xmpCore:AltTextAccessibility></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    words.add_itxt("XML:com.adobe.xmp", xmp)
    Image.new("RGB", (80, 60)).save(tmp_path / "a.png", pnginfo=words)
    (seen,) = looker.look(loaded(tmp_path))
    assert (seen.description.text, seen.vector) == ("Rex on a sofa", None)
    assert seen.facts.author_text.certain


def test_a_drawing_is_told_by_its_title(looker, tmp_path):
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><title>Rose</title></svg>')
    (seen,) = looker.look(loaded(tmp_path))
    assert (seen.description.text, seen.vector, seen.facts) == ("Rose", None, None)


def test_corners_are_kept_where_they_are_asked_for(tmp_path):
    settings = msgspec.structs.replace(SETTINGS, crops=True)
    Image.open(IMAGES / "dogs.jpg").save(tmp_path / "dogs.png")
    (seen,) = Looker(settings).look(loaded(tmp_path, settings))
    assert seen.corners.shape == (4, seen.vector.size)
