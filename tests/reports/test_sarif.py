import json
import os
from dataclasses import replace
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest

from alttext.reports import View, sarif
from alttext.rules import RULES
from alttext.types import Action, Decision, Edit, FileResult, Span


@pytest.fixture(name="validator", scope="module")
def fixture_validator(data_folder):
    schema = json.loads((data_folder / "schemas" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator.check_schema(schema)
    return jsonschema.Draft4Validator(schema)


@pytest.fixture(name="run")
def fixture_run(validator):
    """The only run of a report, which is valid."""

    def run(*results, **view):
        report = json.loads("".join(sarif.render(results, View(**view))))
        validator.validate(report)
        assert len(report["runs"]) == 1
        return report["runs"][0]

    return run


def region_of(result):
    return result["locations"][0]["physicalLocation"]["region"]


def uri_of(result):
    return result["locations"][0]["physicalLocation"]["artifactLocation"]


def by_lines(text, region):
    """The part of a text that a region means by its lines and columns."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    start = starts[region["startLine"] - 1] + region["startColumn"] - 1
    return text[start : starts[region["endLine"] - 1] + region["endColumn"] - 1]


def by_offset(text, region):
    return text[region["charOffset"] : region["charOffset"] + region["charLength"]]


def test_no_results_make_a_valid_report_that_names_the_program(run):
    report = run(version="1.2.3")
    assert report["results"] == []
    assert (report["tool"]["driver"]["name"], report["tool"]["driver"]["version"]) == ("alttext", "1.2.3")
    assert report["invocations"] == [{"executionSuccessful": True, "exitCode": 0}]


def test_without_a_version_none_is_told(run):
    assert "version" not in run()["tool"]["driver"]


def test_every_problem_is_a_rule_with_help(run):
    rules = run()["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.id for rule in RULES.values() if rule.kind == "problem"]
    assert len({rule["name"] for rule in rules}) == len(rules)
    for rule in rules:
        help_page = urlsplit(rule["helpUri"])
        assert (help_page.scheme, bool(help_page.netloc)) == ("https", True)
        assert f"]({rule['helpUri']})" in rule["help"]["markdown"]
        assert rule["fullDescription"]["text"].startswith(rule["shortDescription"]["text"])
        assert len(rule["properties"]["tags"]) <= 20  # GitHub reads no more
        assert "accessibility" in rule["properties"]["tags"]


def test_rules_have_the_tags_of_their_criteria_and_their_level(run):
    rules = {rule["id"]: rule for rule in run()["tool"]["driver"]["rules"]}
    assert "wcag111" in rules["missing-alt"]["properties"]["tags"]
    assert rules["missing-alt"]["defaultConfiguration"] == {"level": "error"}
    assert rules["redundant-alt"]["defaultConfiguration"] == {"level": "warning"}


def test_a_result_says_what_where_and_by_which_rule(run, page):
    report = run(page('<p>\n  <img src="a.jpg">\n').review("a.jpg", "low-confidence").result())
    result = report["results"][0]
    assert report["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "missing-alt"
    assert result["level"] == "error"
    assert result["message"]["text"].startswith("Image without a text alternative: a.jpg. ")
    assert uri_of(result) == {"uri": "site/index.html", "uriBaseId": "%SRCROOT%"}
    assert region_of(result) == {
        "startLine": 2,
        "startColumn": 3,
        "endLine": 2,
        "endColumn": 20,
        "charOffset": 6,
        "charLength": 17,
    }
    assert result["properties"] == {"purpose": "informative", "reason": "low-confidence", "src": "a.jpg"}


DOCUMENTS = {
    "one line": 'x<img src="a.jpg">',
    "characters outside of the basic plane": '<p>😀é<img src="a.jpg">',
    "carriage returns": '<p>\r\n\r<img src="a.jpg">\r',
    "an image over several lines": '<p>\n<img src="a.jpg"\n  width=1>',
}


@pytest.mark.parametrize("case", DOCUMENTS)
def test_lines_and_offsets_mean_the_same_code_points(run, page, case):
    report = run(page(DOCUMENTS[case]).review("a.jpg", "icon").result())
    assert report["columnKind"] == "unicodeCodePoints"
    assert set(report["newlineSequences"]) == {"\r\n", "\n", "\r"}
    region = region_of(report["results"][0])
    image = DOCUMENTS[case][DOCUMENTS[case].index("<img") :].rstrip()
    assert by_lines(DOCUMENTS[case], region) == by_offset(DOCUMENTS[case], region) == image


def test_a_byte_order_mark_moves_nothing(run, page):
    report = run(page('<img src="a.jpg">', bom=b"\xef\xbb\xbf").review("a.jpg", "icon").result())
    assert (
        region_of(report["results"][0])["charOffset"],
        region_of(report["results"][0])["startColumn"],
    ) == (0, 1)


@pytest.mark.parametrize("case", DOCUMENTS)
def test_the_fix_makes_the_document_that_would_be_written(run, page, case):
    made = page(DOCUMENTS[case]).write("a.jpg", "A dog.").result()
    result = run(made, command="fix")["results"][0]
    assert result["fixes"][0]["description"]["text"] == 'Alternative: "A dog." (confidence 0.87)'
    (change,) = result["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    assert change["artifactLocation"] == uri_of(result)
    region, text = replacement["deletedRegion"], replacement["insertedContent"]["text"]
    assert by_lines(made.before, region) == by_offset(made.before, region) == ""
    at = region["charOffset"]
    assert made.before[:at] + text + made.before[at:] == made.text


def test_a_suggestion_is_a_fix_where_it_can_be_spelled(run, page):
    made = page('<img src="a.jpg">').review("a.jpg", "icon", "Home").result()
    edit = Edit(Span(16, 16), ' alt="Home"')
    (spelled,) = run(made, proposal=lambda *_: edit)["results"]
    assert spelled["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"] == {
        "text": edit.text
    }
    assert spelled["fixes"][0]["description"]["text"] == 'Suggestion: "Home"'
    assert "fixes" not in run(made)["results"][0]


def test_what_was_written_is_no_result_and_the_rest_is_where_it_is_now(run, page):
    made = (
        page('<img src="a.jpg"><img src="b.jpg">').write("a.jpg", "A dog.").review("b.jpg", "icon").result()
    )
    report = run(made, command="fix", written=True)
    (result,) = report["results"]
    assert by_offset(made.text, region_of(result)) == '<img src="b.jpg">'
    assert len(run(made, command="fix", written=False)["results"]) == 2


def kept(page, reason):
    return page('<img src="a.jpg">').keep("a.jpg", reason).result()


def test_kept_images_are_not_told_because_code_scanning_would_open_alerts(run, page):
    assert run(kept(page, "suppressed"))["results"] == []


@pytest.mark.parametrize(
    ("reason", "kind"), [("suppressed", "inSource"), ("inert-content", "external"), ("new", "external")]
)
def test_kept_images_are_told_as_suppressed_when_asked_for(run, page, reason, kind):
    (result,) = run(kept(page, reason), verbose=True, proposal=lambda *_: Edit(Span(0, 0), "x"))["results"]
    (suppression,) = result["suppressions"]
    assert suppression["kind"] == kind
    assert suppression.get("justification") == (RULES[reason].summary if reason in RULES else None)
    assert "fixes" not in result


def test_open_problems_are_not_suppressed(run, page):
    result = page('<img src="a.jpg">').review("a.jpg", "icon").result()
    assert "suppressions" not in run(result, verbose=True)["results"][0]


def test_fingerprints_stay_when_lines_are_added_above(run, page):
    below = '<b><img src="a.jpg"></b>\n<p>text\n'
    (before,) = run(page(below).review("a.jpg", "icon").result())["results"]
    (after,) = run(page("<p>new\n\n" + below).review("a.jpg", "icon").result())["results"]
    assert region_of(before)["startLine"] != region_of(after)["startLine"]
    assert before["partialFingerprints"] == after["partialFingerprints"]
    assert set(before["partialFingerprints"]) == {"alttext/v1", "primaryLocationLineHash"}


def test_two_pictures_in_one_line_are_told_apart(run, page):
    made = page('<img src="a.jpg"><img src="b.jpg">').review("a.jpg", "icon").review("b.jpg", "icon").result()
    first, second = (result["partialFingerprints"] for result in run(made)["results"])
    assert first["primaryLocationLineHash"] == second["primaryLocationLineHash"]
    assert first["alttext/v1"] != second["alttext/v1"]


def test_the_hash_of_a_line_is_that_of_the_file_as_it_is_now(run, page):
    made = (
        page('<img src="a.jpg"><img src="b.jpg">').write("a.jpg", "A dog.").review("b.jpg", "icon").result()
    )
    (written,) = run(made, written=True)["results"]
    (again,) = run(page(made.text).review("b.jpg", "icon").result())["results"]
    assert written["partialFingerprints"] == again["partialFingerprints"]


URIS = [
    ("site/a b.html", "site/a%20b.html"),
    ("site/ü.html", "site/%C3%BC.html"),
    ("site/a#b?c%.html", "site/a%23b%3Fc%25.html"),
    ("c:d.html", "c%3Ad.html"),
    ("caf\udce9.html", "caf%E9.html"),
    ("<stdin>", "%3Cstdin%3E"),
]


@pytest.mark.parametrize(("path", "uri"), URIS)
def test_paths_are_relative_uris(run, page, path, uri):
    result = page('<img src="a.jpg">', path=path).review("a.jpg", "icon").result()
    assert uri_of(run(result)["results"][0]) == {"uri": uri, "uriBaseId": "%SRCROOT%"}
    assert unquote(uri, errors="surrogateescape") == path
    assert (
        "uri" not in run(result)["originalUriBaseIds"]["%SRCROOT%"]
    )  # which would tell folders of a machine


@pytest.mark.skipif(os.name == "nt", reason="paths have drives there")
def test_paths_outside_of_the_checkout_are_absolute_uris(run, page, tmp_path):
    result = page('<img src="a.jpg">', path="/srv/a b.html").review("a.jpg", "icon").result()
    assert uri_of(run(result, root=str(tmp_path))["results"][0]) == {"uri": "file:///srv/a%20b.html"}


def test_a_document_that_cannot_be_read_is_told_by_the_run(run):
    report = run(FileResult("a b.html", error="a b.html: cannot be read"))
    invocation = report["invocations"][0]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 2)
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"] == "a b.html: cannot be read"
    assert uri_of(notification)["uri"] == "a%20b.html"


def test_braces_and_links_of_a_document_mean_nothing_in_messages(run, page):
    result = page('<img src="{{ a }}">').review("{{ a }}", "icon", "[x](y)").result()
    text = run(result)["results"][0]["message"]["text"]
    assert "{{{{ a }}}}" in text
    assert "[x] (y)" in text


def test_bytes_that_are_no_text_make_a_valid_report(run, page):
    result = page('\udcff<img src="a\udcff.jpg">').review("a\udcff.jpg", "icon", "\udcff").result()
    assert run(result)["results"][0]["properties"]["src"] == "a\ufffd.jpg"


def test_rules_that_are_not_in_the_catalogue_have_no_index(run, page):
    (result,) = run(page('<img src="a.jpg">').review("a.jpg", "icon", rule="new").result())["results"]
    assert (result["ruleId"], "ruleIndex" in result) == ("new", False)


def test_an_image_to_keep_is_never_fixed_even_if_it_has_an_edit(run, page):
    made = page('<img src="a.jpg">').write("a.jpg", "A dog.").result()
    found = replace(made.findings[0], decision=Decision(Action.KEEP, "suppressed"))
    (result,) = run(replace(made, findings=(found,)), verbose=True)["results"]
    assert "fixes" not in result


def test_reports_are_made_piece_by_piece(page):
    def results():
        yield page('<img src="a.jpg">').review("a.jpg", "icon").result()
        raise AssertionError("asked for too early")

    pieces = sarif.render(results(), View())
    assert '"rules":[' in next(pieces)
    assert '"ruleId":"missing-alt"' in next(pieces)
