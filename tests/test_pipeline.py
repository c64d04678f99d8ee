"""The stages together: what is written, what is left for a person, and what is never touched."""

from pathlib import Path

import pytest

import alttext
from alttext import Action, Context, Description, Pipeline, Settings

CERTAIN = Description(
    "A dog on a beach.", confidence=0.97, medium="photograph", review=False, reasons=("described",)
)
DOUBTFUL = Description(None, confidence=0.2, medium="photograph", review=True, reasons=("low-confidence",))


class StubDescriber:
    """Says the same of every picture and counts how often it was asked."""

    encoder = None

    def __init__(self, description=CERTAIN):
        self.description = description
        self.asked = []

    def describe_all(self, placed):
        self.asked += [each.image.src for each in placed]
        return [self.description for _ in placed]


def fixed(text, *, description=CERTAIN, format="html", **settings):
    pipeline = Pipeline(Settings(**settings), describer=StubDescriber(description))
    return pipeline.fix_text(text, format=format)


UNTOUCHED = {
    "words of an author": '<img src="a.jpg" alt="My dog">',
    "an empty alternative": '<img src="a.jpg" alt="">',
    "a bare alt attribute": '<img src="a.jpg" alt>',
    "a name by aria-label": '<img src="a.jpg" aria-label="My dog">',
    "a presentational role": '<img src="a.jpg" role="presentation">',
    "a suppressed image": '<!-- alttext: ignore --><img src="a.jpg">',
    "the sole image of a link": '<a href="/x"><img src="a.jpg"></a>',
    "a chart": '<img src="bar-chart.png">',
    "a page in another language": '<html lang="de"><img src="a.jpg">',
    "an image inside a template element": '<template><img src="a.jpg"></template>',
    "an image inside noscript": '<noscript><img src="a.jpg"></noscript>',
    "a placeholder that nobody asked to replace": '<img src="a.jpg" alt="image">',
    "a comment that looks like an image": '<!-- <img src="a.jpg"> -->',
    "text without images": "<p>1 < 2 & 3 > 2",
}

REWRITTEN = {
    "an image": ('<img src="a.jpg">', '<img src="a.jpg" alt="A dog on a beach.">'),
    "single quotes": ("<img src='a.jpg'>", "<img src='a.jpg' alt='A dog on a beach.'>"),
    "an image beside the text of its link": (
        '<a href="/x"><img src="a.jpg"> Our dog</a>',
        '<a href="/x"><img src="a.jpg" alt=""> Our dog</a>',
    ),
    "a tracking pixel": (
        '<img src="t.gif" width="1" height="1">',
        '<img src="t.gif" alt="" width="1" height="1">',
    ),
}


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_fix_does_not_touch(text):
    result = fixed(text)
    assert result.text == text
    assert not result.changed


@pytest.mark.parametrize(("text", "expected"), REWRITTEN.values(), ids=REWRITTEN)
def test_fix_writes(text, expected):
    assert fixed(text).text == expected


@pytest.mark.parametrize("text", [*UNTOUCHED.values(), *(pair[0] for pair in REWRITTEN.values())])
def test_a_second_run_changes_nothing(text):
    once = fixed(text).text
    assert fixed(once).text == once


def test_what_is_not_written_is_listed_with_a_reason():
    result = fixed("<img src=a.jpg><img src=b.jpg>", description=DOUBTFUL)
    assert [finding.decision.action for finding in result.findings] == [Action.REVIEW, Action.REVIEW]
    assert {finding.decision.reason for finding in result.findings} == {"low-confidence"}


def test_suppressed_images_are_kept_and_counted():
    (finding,) = fixed('<!-- alttext: ignore --><img src="a.jpg">').findings
    assert (finding.decision.action, finding.decision.reason) == (Action.KEEP, "suppressed")


def test_templates_are_looked_into_when_asked_to():
    result = fixed('<template><img src="a.jpg"></template>', include=("template",))
    assert result.text == '<template><img src="a.jpg" alt="A dog on a beach."></template>'


def test_a_minimum_confidence_holds_back_what_is_below_it():
    assert not fixed('<img src="a.jpg">', min_confidence=0.99).changed


def test_placeholders_are_replaced_when_asked_to():
    result = fixed('<img src="a.jpg" alt="image">', rewrite_placeholders=True)
    assert result.text == '<img src="a.jpg" alt="A dog on a beach.">'


def test_sources_that_the_configuration_calls_decorative_get_an_empty_alternative():
    assert fixed('<img src="bg/wave.png">', decorative=("bg/*",)).text == '<img src="bg/wave.png" alt="">'
    assert fixed("![](bg/wave.png)", decorative=("bg/*",), format="markdown").findings == ()


def test_empty_brackets_are_decorative_where_the_configuration_says_so():
    assert fixed("![](a.jpg)", format="markdown", empty_markdown_alt="decorative").findings == ()
    assert fixed("![](a.jpg)", format="markdown").text == "![A dog on a beach.](a.jpg)"


def test_rules_that_are_ignored_are_not_reported():
    assert fixed("<img src=a.jpg>", ignore=("missing-alt",)).findings == ()


def test_reasons_that_are_ignored_are_not_reported():
    assert fixed("<img src=chart.png>", ignore=("chart",)).findings == ()
    assert fixed("<img src=a.jpg>", description=DOUBTFUL, ignore=("low-confidence",)).findings == ()
    assert len(fixed("<img src=a.jpg><img src=chart.png>", ignore=("chart",)).findings) == 1


def test_a_lone_image_is_left_where_its_brackets_would_become_a_visible_caption():
    result = fixed("![](a.jpg)\n", format="markdown", implicit_figures=True)
    assert not result.changed
    assert [finding.decision.reason for finding in result.findings] == ["alt-becomes-caption"]


def test_several_pictures_are_described_in_the_language_of_the_settings_unless_their_context_has_one():
    class Listening(StubDescriber):
        def describe_several(self, images, contexts):
            pairs = zip(images, contexts, strict=True)
            return [Description(f"{image.decode()} in {at.lang}: {at.caption}") for image, at in pairs]

    pipeline = Pipeline(Settings(language="de"), describer=Listening())
    plain = pipeline.describe_all([b"a", b"b"])
    placed = pipeline.describe_all([b"a", b"b"], contexts=[Context(lang="fr"), Context(caption="Hund")])
    assert [each.text for each in plain] == ["a in de: ", "b in de: "]
    assert [each.text for each in placed] == ["a in fr: ", "b in de: Hund"]


def test_check_reports_and_changes_nothing():
    result = Pipeline().check_text('<p>\n<img src="a.jpg">', path="page.html")
    (finding,) = result.findings
    assert (finding.rule, finding.line, finding.column) == ("missing-alt", 2, 1)
    assert result.text == '<p>\n<img src="a.jpg">'
    assert result.path == "page.html"


def test_fix_paths_writes_files_and_only_those_that_change(tmp_path):
    page, clean = tmp_path / "page.html", tmp_path / "clean.md"
    page.write_bytes(b"\xef\xbb\xbf<img src=a.jpg>\r\n")
    clean.write_bytes(b"# No images\r\n")
    before = clean.stat().st_mtime_ns
    results = list(Pipeline(Settings(), describer=StubDescriber()).fix_paths([tmp_path]))
    assert [Path(result.path).name for result in results] == ["clean.md", "page.html"]
    assert page.read_bytes() == b'\xef\xbb\xbf<img src=a.jpg alt="A dog on a beach.">\r\n'
    assert clean.stat().st_mtime_ns == before


def test_fix_paths_can_tell_without_writing(tmp_path):
    page = tmp_path / "page.html"
    page.write_bytes(b"<img src=a.jpg>")
    (result,) = Pipeline(Settings(), describer=StubDescriber()).fix_paths([tmp_path], write=False)
    assert result.changed
    assert page.read_bytes() == b"<img src=a.jpg>"


def test_a_text_that_the_encoding_lacks_becomes_character_references(tmp_path):
    page = tmp_path / "page.html"
    page.write_bytes(b"<meta charset=iso-8859-1><p>caf\xe9 <img src=a.jpg>")
    cup = Description(
        "A \u2615 cup.", confidence=0.97, medium="photograph", review=False, reasons=("described",)
    )
    list(Pipeline(Settings(), describer=StubDescriber(cup)).fix_paths([page]))
    assert page.read_bytes() == b'<meta charset=iso-8859-1><p>caf\xe9 <img src=a.jpg alt="A &#9749; cup.">'


def test_a_file_that_cannot_be_read_is_a_result_and_does_not_stop_the_others(tmp_path):
    (tmp_path / "a.ipynb").write_text("{ not json ![](a.jpg)")
    (tmp_path / "b.html").write_text("<img src=a.jpg>")
    results = list(Pipeline(Settings(), describer=StubDescriber()).fix_paths([tmp_path]))
    assert results[0].error
    assert not results[0].changed
    assert results[1].changed


def test_load_finds_the_closest_configuration(tmp_path, monkeypatch):
    (tmp_path / "alttext.toml").write_text("min-confidence = 0.5\n")
    monkeypatch.chdir(tmp_path)
    assert alttext.load().settings.min_confidence == 0.5
    assert alttext.load(model="some/checkpoint").settings.model == "some/checkpoint"


def test_empty_brackets_beside_the_text_of_their_link_are_right_as_they_are():
    assert fixed("[![](a.jpg) Our dog](/x)", format="markdown").findings == ()
