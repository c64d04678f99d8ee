import re
from importlib import resources
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from justhtml import JustHTML

from alttext.reports import Thumbnail, View, html
from alttext.rules import RULES
from alttext.types import (
    Action,
    Classification,
    Decision,
    FileResult,
    Finding,
    ImageKind,
    ImageRef,
    Purpose,
    Span,
)

DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="


def text_of(*results, **view):
    """The report, which is valid."""
    text = "".join(html.render(results, View(**view)))
    assert JustHTML(text, collect_errors=True).errors == []
    return text


def render(*results, **view):
    return BeautifulSoup(text_of(*results, **view), "lxml")


def words(element):
    return " ".join(element.get_text(" ").split())


def cells(page):
    """The words of each row about an image."""
    return [[words(cell) for cell in row.find_all(["td", "th"])] for row in page.select(".images tbody tr")]


@pytest.fixture(name="everything")
def fixture_everything(page, candidate):
    """A bit of everything that a page can show."""
    ranked = (candidate("scene", "a street", 0.62), candidate("object", "a bus", 0.4))
    document = "".join(f'<p><img src="{name}.jpg">\n' for name in "abcde")
    made = page(document).write("a.jpg", "A dog.").write("b.jpg", "").keep("e.jpg")
    made.review("c.jpg", "low-confidence", "A street.", 0.4, ranked).review("d.jpg", "icon", rule="blank-alt")
    pictures = {"a.jpg": Thumbnail(DOT, 96, 64)}
    return (
        [
            made.result(),
            FileResult("gone.html", error="gone.html: no such file"),
            page("<p>", "fine.html").result(),
        ],
        {
            "command": "fix",
            "verbose": True,
            "version": "1.2.3",
            "thumbnail": lambda _, finding: pictures.get(finding.image.src),
        },
    )


def test_no_results_make_a_page_that_says_so():
    page = render()
    assert words(page.select_one("main section:last-of-type")) == "Documents No document has a problem."
    assert page.select(".images") == []


def test_the_page_has_a_language_a_title_and_landmarks(everything):
    results, view = everything
    page = render(*results, **view)
    assert page.html["lang"] == "en"
    assert words(page.title) == words(page.h1) == "Alt text report"
    assert [element.name for element in page.body.find_all(recursive=False)] == [
        "a",
        "header",
        "main",
        "footer",
    ]
    assert page.select_one("a.skip")["href"] == "#" + page.find("h2", string="Documents")["id"]
    assert "alttext 1.2.3" in words(page.footer)


def test_headings_do_not_skip_levels(everything):
    results, view = everything
    levels = [int(heading.name[1]) for heading in render(*results, **view).find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_tables_have_a_name_and_headers_with_a_scope(everything):
    results, view = everything
    page = render(*results, **view)
    assert len(page.find_all("table")) == 4
    for table in page.find_all("table"):
        assert table.caption or page.find(id=table["aria-labelledby"])
        assert {head["scope"] for head in table.thead.find_all("th")} == {"col"}
        assert [row.find("th")["scope"] for row in table.tbody.find_all("tr")]


def test_ids_are_unique_and_links_within_the_page_lead_somewhere(everything):
    results, view = everything
    page = render(*results, **view)
    ids = [element["id"] for element in page.find_all(id=True)]
    assert len(set(ids)) == len(ids)
    targets = {link["href"][1:] for link in page.find_all("a") if link["href"].startswith("#")}
    assert targets <= set(ids)
    named = {
        name for element in page.select("[aria-labelledby]") for name in element["aria-labelledby"].split()
    }
    assert named <= set(ids)


def test_the_page_needs_nothing_beside_it(everything):
    results, view = everything
    text = text_of(*results, **view)
    page = BeautifulSoup(text, "lxml")
    assert page.find_all(["script", "link", "iframe", "object"]) == []
    assert all(image["src"].startswith("data:") for image in page.find_all("img"))
    assert not re.search(r"url\(|@import", page.style.string)
    assert (
        "default-src 'none'" in page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    )


def test_links_to_the_world_are_those_of_the_rules(everything):
    results, view = everything
    links = {
        link["href"] for link in render(*results, **view).find_all("a") if not link["href"].startswith("#")
    }
    assert "https://www.w3.org/WAI/WCAG22/Understanding/non-text-content" in links
    assert all(link.startswith(("https://www.w3.org/", "https://dequeuniversity.com/")) for link in links)


def test_the_totals_are_those_of_the_summary(everything):
    results, view = everything
    page = render(*results, **view)
    cards = {words(card.dt): words(card.dd) for card in page.select(".cards div")}
    assert cards == {
        "Documents": "3",
        "Problems": "4",
        "Would be written": "2",
        "Left for a person": "2",
        "Kept as they are": "1",
        "Unreadable documents": "1",
    }
    assert words(page.select_one(".lead")) == (
        "Would fix 2 images in 1 of 2 files, 2 left for a person, 1 kept as it is, 1 file unreadable."
    )


def test_a_check_counts_nothing_as_written(page):
    cards = render(page('<img src="a.jpg">').review("a.jpg", "icon").result()).select(".cards dt")
    assert [words(card) for card in cards] == [
        "Documents",
        "Problems",
        "Left for a person",
        "Kept as they are",
    ]


def test_images_are_counted_by_problem_purpose_and_reason(everything):
    results, view = everything
    tables = {
        words(table.caption): {words(row.th): int(words(row.td)) for row in table.tbody.find_all("tr")}
        for table in render(*results, **view).select(".tables table")
    }
    assert tables == {
        "By problem": {RULES["missing-alt"].summary: 3, RULES["blank-alt"].summary: 1},
        "By purpose": {"Informative": 4},
        "By reason": {
            RULES["described"].summary: 2,
            RULES["low-confidence"].summary: 1,
            RULES["icon"].summary: 1,
        },
    }


def test_each_document_with_something_to_say_has_a_section(everything):
    results, view = everything
    page = render(*results, **view)
    assert [words(heading) for heading in page.find_all("h3")] == ["site/index.html", "gone.html"]
    assert words(page.select_one(".error")) == "Cannot be read: gone.html: no such file"


@pytest.mark.parametrize(("number", "is_listed"), [(3, False), (4, True)])
def test_many_documents_are_listed(page, number, is_listed):
    results = [page('<img src="a.jpg">', f"{n}.html").review("a.jpg", "icon").result() for n in range(number)]
    listed = [words(link) for link in render(*results).select("nav a")]
    assert listed == ([f"{n}.html" for n in range(number)] if is_listed else [])


def test_what_was_kept_is_shown_only_when_asked(page):
    result = page('<img src="a.jpg">').keep("a.jpg").result()
    assert cells(render(result)) == []
    ((_, place, alternative, why),) = cells(render(result, verbose=True))
    assert place.startswith("Line 1, column 1")
    assert alternative == "Kept as it is"
    assert RULES["suppressed"].summary in why


def test_every_problem_and_reason_is_explained_once(everything):
    results, view = everything
    terms = [words(term) for term in render(*results, **view).select(".reasons dt")]
    ids = ["blank-alt", "missing-alt", "described", "icon", "low-confidence", "suppressed"]
    assert terms == [f"{RULES[name].summary} {name}" for name in ids]


def test_ids_that_are_not_in_the_catalogue_make_a_valid_page(page):
    report = render(page('<img src="a.jpg">').review("a.jpg", "new-reason", rule="new").result())
    assert cells(report)[0][3] == "new new-reason Purpose: informative"
    assert report.select(".reasons") == []


@settings(deadline=None, max_examples=50)
@given(
    path=st.text(alphabet=st.characters(exclude_categories=())),
    source=st.text(alphabet=st.characters(exclude_categories=()), min_size=1),
    alt=st.text(alphabet=st.characters(exclude_categories=())),
    error=st.text(),
)
def test_any_words_of_a_document_make_a_valid_page(path, source, alt, error):
    image = ImageRef(Span(0, len(source)), ImageKind.IMG, source, None, None)
    decision = Decision(Action.REVIEW, "icon", alt)
    found = Finding(image, "missing-alt", 1, 1, Classification(Purpose.UNCLEAR, "icon"), decision)
    picture = Thumbnail(DOT, 1, 1)
    text_of(FileResult(path, source, (found,), source, error), thumbnail=lambda *_: picture)


PAIRS = [
    *(("text", back) for back in ("page", "card")),
    *((color, back) for color in ("quiet", "link") for back in ("page", "card", "ask-back")),
    *((state, f"{state}-back") for state in ("done", "ask", "left")),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("color", "back"), PAIRS)
def test_colours_have_enough_contrast(scheme, color, back):
    style = resources.files("alttext.reports").joinpath("html.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    colors = dict(re.findall(r"--([\w-]+): (#\w{6});", blocks[["light", "dark"].index(scheme)]))
    lights = sorted(_luminance(colors[name]) for name in (color, back))
    assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5


def _luminance(color):
    # Source: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("scheme", [0, 1], ids=["dark", "light"])
def test_the_page_passes_axe_in_a_browser(everything, audit, tmp_path, scheme):
    results, view = everything
    text = re.sub("<meta http-equiv[^>]*>", "", text_of(*results, **view))  # it forbids scripts
    page = tmp_path / "report.html"
    page.write_text(text.replace("<details>", "<details open>"), encoding="utf-8")
    found = audit(page, f"--blink-settings=preferredColorScheme={scheme}")
    assert (found.violations, found.incomplete) == ([], [])
