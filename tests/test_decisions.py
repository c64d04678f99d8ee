"""What is decided about the images of a document, and whether their pictures are looked at for that."""

from dataclasses import replace

import pytest

from alttext import Description, ModelError, Settings, survey
from alttext.decisions import Decisions
from alttext.ranking import read_text
from alttext.survey import Document

CERTAIN = Description("A dog.", 0.97, medium="photograph", review=False, reasons=("described",))
READ = Description("Closed for the season", 0.99, medium="text", review=False, reasons=("text-read",))
CHART = Description(None, medium="chart", reasons=("not-a-photograph",))


class Describer:
    """Says the same of every picture, and notes which it was asked about, and in which language."""

    def __init__(self, description=CERTAIN):
        self.description = description
        self.asked = []
        self.languages = set()
        self.calls = 0

    def __call__(self, placed):
        self.calls += 1
        self.asked += [each.image.src for each in placed]
        self.languages |= {each.image.context.lang for each in placed}
        return [self.description for _ in placed]


def made(*texts, describe=None, root=None, **given):
    """The results for documents of a folder."""
    settings = Settings(**given)
    file = root / "page.html" if root else None
    group = [survey.text(Document(text, "html", file=file, root=root), settings) for text in texts]
    return Decisions(settings, describe or Describer()).made(group)


def reasons(result):
    return [finding.decision.reason for finding in result.findings]


@pytest.fixture
def reader(monkeypatch):
    """The extra that reads text is there."""
    monkeypatch.setattr(read_text, "find_spec", lambda _: object())


def test_only_images_that_may_be_described_are_looked_at():
    describe = Describer()
    page = (
        '<img src="look.jpg"><a href="/x"><img src="link.jpg"></a>'
        '<img src="had.jpg" alt="x"><img src="chart.png">'
    )
    made(page, describe=describe, ocr="off")
    assert describe.asked == ["look.jpg"]


SHOWN = Description("Ein Schild", 0.5, review=True, reasons=("author-text",))
THUMBNAIL = '<a href="x.jpg"><img src="t.jpg"></a>'


@pytest.mark.parametrize(
    ("page", "description", "suggested"),
    [
        (THUMBNAIL, CERTAIN, "A dog."),
        (THUMBNAIL, READ, "Closed for the season"),
        (THUMBNAIL, SHOWN, "Ein Schild"),
        (THUMBNAIL, CHART, None),
        (f"<html lang=de>{THUMBNAIL}", CERTAIN, None),
        (f"<html lang=de>{THUMBNAIL}", READ, "Closed for the season"),
    ],
)
def test_what_a_thumbnail_shows_is_suggested_and_never_written(page, description, suggested):
    describe = Describer(description)
    (result,) = made(page, describe=describe)
    (finding,) = result.findings
    assert describe.asked == ["t.jpg"]
    assert not result.changed
    assert (finding.decision.reason, finding.decision.alt) == ("link-to-image-file", suggested)
    assert finding.description == description


def test_where_nothing_is_to_be_looked_at_nobody_is_asked():
    describe = Describer()
    made("<p>text", '<img src="had.jpg" alt="x">', describe=describe)
    assert describe.calls == 0


def test_the_pictures_of_several_documents_are_looked_at_together_and_each_gets_its_own():
    describe = Describer()
    first, second = made(
        "<img src=a.jpg><img src=chart.png>", "<img src=b.jpg>", describe=describe, ocr="off"
    )
    assert (describe.calls, describe.asked) == (1, ["a.jpg", "b.jpg"])
    assert first.text == '<img src=a.jpg alt="A dog."><img src=chart.png>'
    assert second.text == '<img src=b.jpg alt="A dog.">'


def test_a_page_without_a_language_is_described_in_the_configured_one():
    describe = Describer()
    made("<img src=a.jpg>", "<html lang=fr><img src=b.jpg>", describe=describe, language="de")
    assert describe.languages == {"de", "fr"}


def test_what_a_picture_turns_out_to_be_makes_the_decision_more_cautious():
    (result,) = made("<img src=a.jpg>", describe=Describer(CHART))
    (finding,) = result.findings
    assert (finding.classification.purpose, finding.decision.reason) == ("complex", "chart")


@pytest.mark.parametrize(
    ("reasons", "note"),
    [(("image-not-found",), "There is no a.jpg."), (("low-confidence",), "")],
)
def test_what_is_wrong_with_a_picture_is_noted_where_it_is_the_reason(reasons, note):
    describe = Describer(Description(None, reasons=reasons, note=note))
    (result,) = made('<img src="a.jpg">', describe=describe)
    assert [finding.decision.note for finding in result.findings] == [note]


def test_what_is_wrong_with_a_picture_is_no_matter_where_another_reason_counts():
    describe = Describer(Description(None, reasons=("image-not-found",), note="There is no a.jpg."))
    (result,) = made('<h2>A dog</h2><a href="a.jpg"><img src="a.jpg"></a>', describe=describe)
    assert [finding.decision.note for finding in result.findings] == [""]


def test_with_a_reader_pictures_of_text_are_looked_at_unless_markup_says_what_they_say(reader):
    describe = Describer()
    page = (
        '<img src="chart.png"><img src="stop-sign.png"><img src="qr-code.png"><img src="equation.png">'
        '<img src="acme-logo.png"><a href="/x"><img src="sign.png"></a><img src="divider.png">'
    )
    made(page, describe=describe)
    assert describe.asked == ["chart.png", "stop-sign.png"]


def test_asking_for_a_reader_that_is_missing_is_an_error(monkeypatch):
    monkeypatch.setattr(read_text, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match="ocr"):
        made('<img src="sign.png">', ocr="on")


READABLE = {
    "a picture that looks like text": '<img src="a.jpg">',
    "a picture of text by its name": '<img src="stop-sign.png">',
    "a page in another language": '<html lang="de"><img src="a.jpg">',
    "a placeholder that may be replaced": '<img src="a.jpg" alt="image">',
}
UNREADABLE = {
    "a chart": '<img src="bar-chart.png">',
    "a logo": '<img src="logo.png">',
    "a link": '<a href="/x"><img src="a.jpg"></a>',
    "words of an author": '<img src="a.jpg" alt="My sign">',
}


@pytest.mark.parametrize("text", READABLE.values(), ids=READABLE)
def test_words_that_were_read_with_certainty_are_written(reader, text):
    (result,) = made(text, describe=Describer(READ), rewrite_placeholders=True)
    assert 'alt="Closed for the season"' in result.text
    assert reasons(result) == ["text-read"]


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
def test_words_that_were_read_are_not_written_for(reader, text):
    (result,) = made(text, describe=Describer(READ))
    assert result.text == text


def test_words_that_were_read_without_certainty_are_suggested():
    doubtful = replace(READ, review=True, reasons=("text-uncertain",))
    (result,) = made('<img src="a.jpg">', describe=Describer(doubtful))
    assert not result.changed
    (finding,) = result.findings
    assert (finding.decision.reason, finding.decision.alt) == ("text-uncertain", "Closed for the season")


def test_the_heading_of_the_page_that_an_image_links_to_is_suggested(tmp_path):
    (tmp_path / "about.html").write_text("<h1>About us</h1>")
    page = '<a href="about.html"><img src="a.jpg"></a><a href="gone.html"><img src="b.jpg"></a>'
    (result,) = made(page, root=tmp_path)
    assert [finding.decision.alt for finding in result.findings] == ["About us", None]
    assert not result.changed
