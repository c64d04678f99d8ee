import pytest
from lxml import etree

from alttext.reports import View, junit
from alttext.types import FileResult


@pytest.fixture(name="suite")
def fixture_suite(data_folder):
    """The only suite of a report, which is valid."""
    schema = etree.XMLSchema(etree.parse(data_folder / "schemas" / "junit-10.xsd"))

    def suite(*results, **view):
        report = etree.fromstring("".join(junit.render(results, View(**view))).encode())
        schema.assertValid(report)
        (suite,) = report
        assert {name: report.get(name) for name in ("tests", "failures", "errors")} == {
            name: suite.get(name) for name in ("tests", "failures", "errors")
        }
        return suite

    return suite


def counts(suite):
    return tuple(int(suite.get(name)) for name in ("tests", "failures", "errors", "skipped"))


def test_no_results_make_a_valid_report(suite):
    assert counts(suite()) == (0, 0, 0, 0)
    assert suite(command="fix").get("name") == "alttext fix"


def test_a_document_without_problems_is_a_test_that_passed(suite, page):
    report = suite(page("<p>").result())
    (case,) = report
    assert (case.get("name"), case.get("classname"), len(case)) == ("site/index.html", "alttext", 0)
    assert counts(report) == (1, 0, 0, 0)


def test_a_problem_is_a_failure(suite, page):
    report = suite(page('<p>\n  <img src="a.jpg">').review("a.jpg", "low-confidence").result())
    ((failure,),) = report
    assert (failure.tag, failure.get("type")) == ("failure", "missing-alt")
    assert failure.get("message") == "Image without a text alternative: a.jpg (line 2)"
    assert failure.text.startswith("site/index.html:2:3: Image without a text alternative: a.jpg. ")


def test_each_problem_is_a_failure_of_the_one_test_and_the_output_tells_all(suite, page):
    document = '<img src="a.jpg"><img src="b.jpg">'
    report = suite(page(document).review("a.jpg", "icon").review("b.jpg", "logo", "Home").result())
    (case,) = report
    *failures, output = case
    assert [failure.get("message") for failure in failures] == [
        "Image without a text alternative: a.jpg (line 1)",
        "Image without a text alternative: b.jpg (line 1)",
    ]
    assert (output.tag, output.text.splitlines()) == ("system-out", [failure.text for failure in failures])
    assert counts(report) == (1, 1, 0, 0)


def test_a_document_that_cannot_be_read_is_an_error(suite, page):
    report = suite(FileResult("a.html", error="no such file"), page("<p>").result())
    assert counts(report) == (2, 0, 1, 0)
    assert (report[0][0].tag, report[0][0].get("message")) == ("error", "no such file")


def test_what_was_kept_or_written_is_no_failure(suite, page):
    made = page('<img src="a.jpg"><img src="b.jpg">').write("a.jpg", "A dog.").keep("b.jpg").result()
    assert counts(suite(made, command="fix", written=True)) == (1, 0, 0, 0)
    assert counts(suite(made, command="fix")) == (1, 1, 0, 0)


def test_a_carriage_return_is_kept_and_not_obeyed(page):
    made = (
        page('<img src="a.jpg"><img src="b.jpg">', path="a\rb.html")
        .review("a.jpg", "icon")
        .review("b.jpg", "icon")
    )
    text = "".join(junit.render([made.result()], View()))
    assert "\r" not in text
    assert "a&#13;b.html:1:1" in text


def test_any_words_of_a_document_make_a_valid_report(suite, page):
    source = "a&<b>'\x00\udcff\x1b"
    report = suite(
        page(f'<img src="{source}">', path='a"<\n\t\r&.html').review(source, "icon", "]]>\x0b").result(),
        FileResult("b.html", error="two\nlines"),
    )
    assert report[0].get("name") == 'a"<\n\t\r&.html'
    assert ": a&<b>'\ufffd\ufffd\ufffd (" in report[0][0].get("message")
    assert report[1][0].get("message") == "two\nlines"
