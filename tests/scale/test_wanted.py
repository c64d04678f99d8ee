"""Which pictures a run would look at: those of `fix`, each once, and not one of them opened."""

from pathlib import Path

import msgspec
import pytest

from alttext import Settings
from alttext.scale import Wanted, digest, pictures, wanted
from alttext.types import Purpose
from tests import making


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Makes documents and, by name, pictures of which no two are alike."""
    monkeypatch.chdir(tmp_path)

    def make(*names, **pages):
        making.pictures(tmp_path, names)
        making.files(tmp_path, {f"{name}.html": text for name, text in pages.items()})
        return tmp_path

    return make


def names(found):
    return [[Path(file).name for file in each.files] for each in found]


LOOKED_AT = {
    "an image": ('<img src="a.png">', [["a.png"]]),
    "two images of one picture": ('<img src="a.png"><img src="./a.png">', [["a.png"]]),
    "a picture in two languages": ('<img src="a.png"><img lang="de" src="a.png">', [["a.png"], ["a.png"]]),
    "several sources": ('<img src="a.png" srcset="b.png 2x">', [["a.png", "b.png"]]),
    "a source that is nowhere": ('<img src="gone.png" srcset="b.png 2x">', [["b.png"]]),
    "an alternative": ('<img src="a.png" alt="Rex">', []),
    "an empty alternative": ('<img src="a.png" alt="">', []),
    "a link of its own": ('<a href="/"><img src="a.png"></a>', []),
    "a picture on the network": ('<img src="https://example.com/a.png">', []),
    "a picture in the document": ('<img src="data:image/png;base64,AAAA">', []),
    "a picture outside": ('<img src="../../a.png">', []),
}


@pytest.mark.parametrize(("page", "expected"), LOOKED_AT.values(), ids=LOOKED_AT)
def test_pictures_that_fix_would_look_at(site, page, expected):
    site("a.png", "b.png", page=page)
    assert names(wanted(["."], Settings())) == expected


def test_a_picture_is_looked_at_once_for_all_documents(site):
    site("a.png", one='<img src="a.png">', two='<img src="a.png"><img src="a.png" alt="Rex">')
    assert names(wanted(["one.html", "two.html"], Settings())) == [["a.png"]]


def test_no_picture_has_to_be_readable(site):
    (site("a.png", page='<img src="a.png">') / "a.png").write_bytes(b"no picture")
    assert names(wanted(["."], Settings())) == [["a.png"]]


def test_pictures_of_one_part_of_the_documents_only(site):
    site("a.png", "b.png", one='<img src="a.png">', two='<img src="b.png">')
    parts = [names(wanted(["."], Settings(shard=f"{number}/2"))) for number in (1, 2)]
    assert sorted(parts[0] + parts[1]) == [["a.png"], ["b.png"]]


def test_what_is_wanted_can_be_sent_and_placed_again(site):
    folder = site("a.png", page='<html lang="de"><base href="x/"><img src="../a.png">')
    (found,) = wanted(["."], Settings())
    sent = msgspec.json.decode(msgspec.json.encode(found), type=Wanted)
    image, document, root = sent.placed
    assert (image.sources, image.context.base, image.context.lang) == (("../a.png",), "x/", "de")
    assert (document, root) == (folder / "page.html", folder)


def test_pictures_with_the_same_bytes_are_the_same_to_look_at(site):
    folder = site("a.png", "b.png")
    (folder / "copy.png").write_bytes((folder / "a.png").read_bytes())
    page = '<img src="a.png"><img src="copy.png"><img src="b.png"><img lang="de" src="a.png">'
    (folder / "page.html").write_text(page)
    a, copy, b, german = map(digest, wanted(["."], Settings()))
    assert a == copy
    assert len({a, b, german}) == 3


def test_pictures_that_cannot_be_read_are_not_the_same():
    gone = [
        Wanted(sources=(name,), files=(f"/nowhere/{name}",), document="/nowhere/x", root="/nowhere")
        for name in ("a.png", "b.png")
    ]
    assert len(set(map(digest, gone))) == 2


def test_all_picture_files_can_be_wanted(site):
    folder = site("a.png", "deep/b.JPG", ".hidden/c.png", "node_modules/d.png", "e 1%.webp")
    (folder / "notes.txt").write_text("no picture")
    found = list(pictures(["."], Settings(language="de")))
    assert names(found) == [["a.png"], ["e 1%.webp"], ["b.JPG"]]
    assert {(each.lang, each.purpose) for each in found} == {("de", Purpose.INFORMATIVE.value)}


def test_picture_files_are_split_into_parts(site):
    site(*(f"{number}.png" for number in range(12)))
    parts = [names(pictures(["."], Settings(shard=f"{number}/3"))) for number in (1, 2, 3)]
    assert all(parts)
    assert sorted(name for part in parts for name in part) == sorted(names(pictures(["."], Settings())))
