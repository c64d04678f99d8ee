from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from alttext.reports import Thumbnail, View
from alttext.reports.html_row import Rows
from alttext.rules import RULES
from alttext.types import Edit, Span

PICTURE = Thumbnail("data:image/jpeg;base64,AAAA", 96, 64)


def row(result, **view):
    """The cells of the only image of a document."""
    (found,) = result.findings
    return cells(Rows(View(**view)).row(result, found))


def cells(text):
    return BeautifulSoup(f"<table>{text}</table>", "lxml").find_all(["td", "th"])


def words(element):
    return " ".join(element.get_text(" ").split())


def test_a_written_alternative_is_marked_in_the_source(page):
    made = page('<p>\n<img src="a&b.jpg">').write("a&b.jpg", "A dog.").result()
    _, place, alternative, _ = row(made, command="fix", written=True)
    assert words(place).startswith("Line 2, column 1")
    assert place.code.get_text() == '<img src="a&b.jpg" alt="A dog.">'
    assert place.code.ins.get_text() == ' alt="A dog."'
    assert words(alternative) == "Written A dog. Confidence 0.87"


def test_what_is_replaced_is_shown_as_well(page):
    made = page('<img src="a.jpg" alt="x.jpg">').write("a.jpg", "A dog.").result()
    edited = replace(made.findings[0], edit=Edit(Span(22, 27), "A dog."))
    code = row(replace(made, findings=(edited,)))[1].code
    assert (code.find("del").get_text(), code.ins.get_text()) == ("x.jpg", "A dog.")
    assert code.get_text() == '<img src="a.jpg" alt="x.jpgA dog.">'


@pytest.mark.parametrize(
    ("written", "said"), [(True, "Written Empty: decorative"), (False, "Would be written Empty: decorative")]
)
def test_an_empty_alternative_is_told_as_what_it_means(page, written, said):
    made = page('<img src="a.jpg">').write("a.jpg", "", confidence=0).result()
    assert words(row(made, command="fix", written=written)[2]) == said


def test_a_suggestion_is_told_with_its_ranked_terms(page, candidate):
    ranked = (candidate("scene", "a street", 0.62), candidate("object", "a <bus>", 0.4))
    made = page('<img src="a.jpg">').review("a.jpg", "low-confidence", "A street.", 0.4, ranked).result()
    _, place, alternative, why = row(made)
    assert place.find("ins") is None
    assert words(alternative) == (
        "Suggestion A street. Confidence 0.40 Ranked terms scene: a street 0.62 object: a <bus> 0.40"
    )
    assert words(why) == (
        f"{RULES['missing-alt'].summary} {RULES['low-confidence'].summary} Purpose: informative"
    )
    assert [link["href"] for link in why.find_all("a")] == ["#about-missing-alt", "#about-low-confidence"]


def test_only_the_best_terms_of_a_facet_are_shown(page, candidate):
    ranked = tuple(candidate("object", f"a thing{n}", n / 10) for n in range(1, 8))
    made = page('<img src="a.jpg">').review("a.jpg", "low-confidence", None, 0.4, ranked).result()
    assert words(row(made)[2]).endswith(
        "object: a thing7 0.70, a thing6 0.60, a thing5 0.50, a thing4 0.40, a thing3 0.30"
    )


def test_without_a_suggestion_the_image_is_left_for_a_person(page):
    assert words(row(page('<img src="a.jpg">').review("a.jpg", "icon").result())[2]) == "Left for a person"


def test_a_reason_that_is_the_problem_is_told_once(page):
    made = page('<img src="a.jpg">').review("a.jpg", "blank-alt", rule="blank-alt").result()
    assert words(row(made)[3]) == f"{RULES['blank-alt'].summary} Purpose: informative"


@pytest.mark.parametrize(
    ("lang", "told"), [("de", "de"), ("pt-BR", "pt-BR"), ("", None), ("de_DE", None), ('"><x', None)]
)
def test_an_alternative_is_marked_with_its_language(page, lang, told):
    made = page('<img src="a.jpg">').write("a.jpg", "Ein Hund.").result()
    found = made.findings[0]
    image = replace(found.image, context=replace(found.image.context, lang=lang))
    quote = row(replace(made, findings=(replace(found, image=image),)))[2].q
    assert (quote.get("lang"), quote["dir"], quote.get_text()) == (told, "auto", "Ein Hund.")


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("a.jpg", "a.jpg"),
        ("/images/a.jpg", "a.jpg"),
        ("data:image/png;base64,iVBOR/w0KGgo", "an embedded picture"),
    ],
)
def test_a_picture_is_shown_with_its_size_and_an_alternative(page, source, name):
    made = page(f'<img src="{source}">').review(source, "icon").result()
    image = row(made, thumbnail=lambda *_: PICTURE)[0].img
    assert (image["src"], image["width"], image["height"]) == (PICTURE.uri, "96", "64")
    assert image["alt"] == f"Thumbnail of {name}"


def test_a_picture_that_cannot_be_shown_is_told(page):
    assert words(row(page('<img src="a.jpg">').review("a.jpg", "icon").result())[0]) == "No preview"


def test_a_picture_that_comes_again_is_shown_once(page):
    made = page('<img src="a.jpg"><img src="b.jpg">').review("a.jpg", "icon").review("b.jpg", "icon").result()
    rows = Rows(View(thumbnail=lambda *_: PICTURE))
    first, second = (
        BeautifulSoup(f"<table>{rows.row(made, found)}</table>", "lxml") for found in made.findings
    )
    link = second.select_one(".picture a")
    assert link["href"] == f"#{first.tr['id']}"
    assert words(link) == "Same picture as a.jpg"
    assert second.img is None


def test_long_markup_is_cut_in_its_middle(page):
    source = "data:image/png;base64," + "A" * 5000
    made = page(f'<img src="{source}" width="7">').review(source, "icon").result()
    code = row(made)[1].code.get_text()
    assert len(code) < 300
    assert (code[:10], code[-11:], "…" in code) == ('<img src="', ' width="7">', True)


@pytest.mark.parametrize(
    ("rule", "reason"), [("missing-alt", "sensitive-image"), ("sensitive-image", "icon")]
)
def test_a_picture_that_may_be_sensitive_is_shown_only_on_request(page, rule, reason):
    made = page('<img src="a.jpg">').review("a.jpg", reason, rule=rule).result()
    picture = row(made, thumbnail=lambda *_: PICTURE)[0]
    assert picture.find("details", open=False).img["alt"] == "Thumbnail of a.jpg"
    assert words(picture) == "It may be sensitive. Show it"


def test_what_is_special_to_an_image_is_told_as_text(page):
    made = page('<img src="a.jpg">').review("a.jpg", "mismatched-alt").result()
    noted = replace(made.findings[0], decision=replace(made.findings[0].decision, note="Fits <b.jpg>."))
    assert "Fits <b.jpg>." in words(row(replace(made, findings=(noted,)))[3])
