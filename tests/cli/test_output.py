import json

import pytest
from click.testing import CliRunner
from PIL import Image

from alttext.cli import cli, output
from alttext.cli.options import FORMATS, REPORT_FORMATS, Options
from alttext.errors import AlttextError
from alttext.reports import View
from alttext.types import FileResult

MISSING = '<p><img src="dog.jpg"></p>\n'


def test_the_file_of_the_report_is_opened_before_the_work(tmp_path):
    with pytest.raises(AlttextError, match="--output needs a file that can be written"):
        output.Output(Options(output=str(tmp_path / "gone" / "a.txt")))


def test_the_summary_counts_what_is_reported(tmp_path):
    report = output.Output(Options(output=str(tmp_path / "report.txt")))
    summary = report.report([FileResult("a.html"), FileResult("b.html", error="gone")], View())
    assert (summary.files, summary.unreadable, summary.exit_code) == (2, 1, 2)
    assert "b.html: error: gone" in (tmp_path / "report.txt").read_text()


def test_a_report_that_was_not_completed_leaves_the_old_one(tmp_path):
    (tmp_path / "report.txt").write_text("old")

    def results():
        yield FileResult("a.html", error="gone")
        raise AlttextError("no model")

    with pytest.raises(AlttextError, match="no model"):
        output.Output(Options(output=str(tmp_path / "report.txt"))).report(results(), View())
    assert (tmp_path / "report.txt").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1


def test_every_format_of_the_option_has_a_report():
    assert tuple(output.RENDERERS) == REPORT_FORMATS


FIRST_LINES = {
    "text": "a.html:2:13: missing-alt ",
    "json": '{"version":1,',
    "sarif": '{"$schema":',
    "rdjson": '{"source":{"name":"alttext"},',
    "github": "::error title=alttext (missing-alt),file=site/a.html,line=2,col=13,",
    "junit": "<?xml ",
    "html": "<!DOCTYPE html>",
}


@pytest.fixture(name="checked")
def fixture_checked(tmp_path, monkeypatch):
    """What `alttext check` says of a page in a folder of a checkout that links its logo."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path / "site")
    (tmp_path / "site" / "a.html").write_text('<p>\n<a href="/"><img src="logo.png"></a>\n')
    Image.new("RGB", (20, 20), "teal").save("logo.png")

    def checked(*arguments):
        return CliRunner().invoke(cli, ["check", "a.html", "--isolated", *arguments])

    return checked


@pytest.mark.parametrize("name", REPORT_FORMATS)
def test_a_report_is_the_same_on_stdout_and_in_a_file(checked, tmp_path, name):
    shown = checked("--output-format", name)
    written = checked("--output-format", name, "--output", "report")
    assert (shown.exit_code, written.exit_code, written.stdout) == (1, 1, "")
    assert (tmp_path / "site" / "report").read_text(encoding="utf-8") == shown.stdout
    assert shown.stdout.startswith(FIRST_LINES[name])


@pytest.mark.parametrize("name", ["sarif", "rdjson"])
def test_suggestions_are_edits_that_can_be_accepted(checked, name):
    report = checked("--output-format", name).stdout
    assert json.dumps(' alt="Home"') in report


def test_a_page_shows_the_pictures_of_the_site(checked):
    assert '<img src="data:image/jpeg;base64,' in checked("--output-format", "html").stdout


def test_paths_for_code_scanning_start_at_the_checkout(checked):
    report = json.loads(checked("--output-format", "sarif").stdout)
    location = report["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": "site/a.html", "uriBaseId": "%SRCROOT%"}


def test_the_encoding_of_a_document_from_stdin_is_heeded(checked):
    page = '<meta charset="iso-8859-1">é<a href="/"><img src="logo.png"></a>'.encode("latin-1")
    run = CliRunner().invoke(cli, ["check", "-", "--isolated", "--output-format", "rdjson"], input=page)
    (diagnostic,) = json.loads(run.stdout)["diagnostics"]
    assert 'Suggestion: "Home"' in diagnostic["message"]
    assert diagnostic["suggestions"] == []  # reviewdog would write it as UTF-8


@pytest.mark.parametrize("name", [name for name in REPORT_FORMATS if name not in FORMATS])
def test_reports_on_documents_are_not_for_single_images(name):
    run = CliRunner().invoke(cli, ["describe", "a.jpg", "--output-format", name])
    assert run.exit_code == 2
    assert f"'{name}' is not one of 'text', 'json'" in run.stderr


def test_names_that_are_no_text_reach_a_file_as_their_bytes(tmp_path):
    report = output.Output(Options(output=str(tmp_path / "report.txt")))
    report.write_all(["caf\udce9\n"])
    assert (tmp_path / "report.txt").read_bytes() == b"caf\xe9\n"


@pytest.mark.parametrize(("columns", "expected"), [("20", 40), ("80", 80), ("100", 100), ("300", 120)])
def test_the_width_is_pleasant_to_read(monkeypatch, columns, expected):
    monkeypatch.setenv("COLUMNS", columns)
    assert output.width() == expected
