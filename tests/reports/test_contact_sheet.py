"""The page with pictures side by side."""

import pytest
from bs4 import BeautifulSoup
from justhtml import JustHTML

from alttext.reports import Thumbnail, contact_sheet
from alttext.reports.contact_sheet import Tile

DOT = Thumbnail("data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=", 96, 64)
TILES = (
    Tile("images/a.jpg", 0.4567, DOT, ("A <b> & “c”", "", None), ("index.html:3", "b.md:1")),
    Tile("images/b.jpg", 0.3, None, (None,), ("index.html:5",)),
)


def text_of(*tiles, query="blue dress"):
    """The page, which is valid."""
    text = "".join(contact_sheet.render(query, tiles, "1.2.3"))
    assert JustHTML(text, collect_errors=True).errors == []
    return text


def words(element):
    return " ".join(element.get_text(" ").split())


def test_each_picture_has_its_name_alternatives_likeness_and_places():
    first, second = BeautifulSoup(text_of(*TILES), "lxml").select(".sheet > li")
    assert words(first) == (
        "images/a.jpg “A <b> & “c”” marked as decorative no alternative Likeness 0.46 "
        "Used in 2 places index.html:3 b.md:1"
    )
    assert words(second) == (
        "No preview images/b.jpg no alternative Likeness 0.30 Used in one place index.html:5"
    )


def test_its_own_pictures_have_alternatives_that_are_no_file_names_alone():
    (image,) = BeautifulSoup(text_of(*TILES), "lxml").select("img")
    assert (image["alt"], image["src"], image["width"]) == ("Thumbnail of a.jpg", DOT.uri, "96")


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", "“&”", "a\x00b"])
def test_the_query_is_only_text(query):
    page = BeautifulSoup(text_of(query=query), "lxml")
    assert not page.select("script")
    assert page.title.string == page.h1.string == f"Pictures like “{query}”".replace("\x00", "\ufffd")


@pytest.mark.parametrize(("count", "said"), [(0, "No pictures"), (1, "One picture"), (2, "2 pictures")])
def test_the_count_is_told(count, said):
    page = BeautifulSoup(text_of(*TILES[:count]), "lxml")
    assert words(page.select_one(".lead")) == f"{said}, the most alike first."


def test_it_needs_nothing_beside_it():
    page = BeautifulSoup(text_of(*TILES), "lxml")
    assert not page.select("script, link, [src^=http]")
    assert "default-src 'none'" in page.select_one("meta[http-equiv]")["content"]


def test_axe_finds_nothing_to_complain_of(audit, tmp_path):
    page = tmp_path / "sheet.html"
    page.write_text(text_of(*TILES).replace("Content-Security-Policy", "X-Policy"), encoding="utf-8")
    assert audit(page).violations == []
