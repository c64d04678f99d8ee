"""The contract of the command: exit code, stdout, stderr and the bytes of documents, exactly."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from alttext import pipeline
from alttext.cli import cli
from alttext.types import Description
from tests import making

CLEAN = '<p><img src="dog.jpg" alt="A dog on a beach."></p>\n'
LINKED = '<p><a href="/"><img src="home.png"></a></p>\n'
MISSING = '<p>\n<img src="dog.jpg">\n</p>\n'
FIXED = '<p>\n<img src="dog.jpg" alt="A dog.">\n</p>\n'


class FakeDescriber:
    """Sees a dog in every picture, and nothing in those named x."""

    def describe_all(self, placed):
        return [self.describe(each.image.src) for each in placed]

    def describe(self, image, context=None):
        if "x" in str(image):
            return Description(None, 0.1, (), "photograph", True, ("low-confidence",))
        return Description("A dog.", 0.99, (), "photograph", False, ())


@pytest.fixture(autouse=True)
def describer(monkeypatch):
    monkeypatch.setattr(pipeline.Pipeline, "describer", FakeDescriber())
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Make a working folder with files, given as names and texts or bytes; also a file of settings."""
    monkeypatch.chdir(tmp_path)

    def make(files=None):
        making.files(tmp_path, {"alttext.toml": "", **(files or {})})
        return tmp_path

    return make


def alttext(*arguments, **more):
    return CliRunner().invoke(cli, arguments, **more)


def process(*arguments, **more):
    return subprocess.run(
        [sys.executable, "-m", "alttext", *arguments], capture_output=True, check=False, **more
    )


# check


def test_check_of_documents_without_problems_exits_with_0(site):
    site(files={"site/a.html": CLEAN})
    result = alttext("check", "site")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "Found no problems in 1 file.\n", "")


def test_check_tells_problems_and_exits_with_1(site):
    site(files={"site/a.html": MISSING})
    result = alttext("check", "site", "--quiet")
    assert result.exit_code == 1
    assert result.stdout.startswith("site/a.html:2:1: missing-alt ")
    assert result.stdout.endswith(' 2 | <img src="dog.jpg">\n   | ^^^^^^^^^^^^^^^^^^^\n')
    assert result.stderr == ""


@pytest.mark.parametrize(
    "arguments", [["check"], ["fix", "--check"], ["fix", "--dry-run"], ["fix", "--diff"]]
)
def test_commands_that_write_nothing_change_no_byte(site, arguments):
    root = site(files={"site/a.html": MISSING})
    assert alttext(*arguments, "site").exit_code == 1
    assert (root / "site/a.html").read_bytes() == MISSING.encode()
    assert sorted(path.name for path in (root / "site").iterdir()) == ["a.html"]


def test_check_never_asks_the_model(site, monkeypatch):
    site(files={"a.html": MISSING})
    monkeypatch.setattr(pipeline.Pipeline, "describer", None)
    assert alttext("check", ".").exit_code == 1


def test_check_of_a_real_process_imports_nothing_heavy(site):
    site(files={"a.html": MISSING, "b.md": "![](dog.jpg)\n"})
    code = (
        "import sys\nfrom alttext.cli import cli\n"
        "try:\n    cli(['check', '.', '-q'])\nexcept SystemExit as end:\n    assert end.code == 1\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}"
        " & {'numpy', 'PIL', 'onnxruntime', 'torch', 'transformers', 'huggingface_hub'}), file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stderr == "[]\n"
    assert "a.html:2:1:" in run.stdout


# fix


def test_fix_writes_and_exits_with_0_if_nothing_is_left(site):
    root = site(files={"site/a.html": MISSING})
    result = alttext("fix", "site")
    assert (result.exit_code, result.stderr) == (0, "")
    assert (root / "site/a.html").read_bytes() == FIXED.encode()
    assert result.stdout == (
        "site/a.html:2:1: fixed missing-alt of dog.jpg [described]\n"
        '    + alt="A dog."  confidence 0.99\n'
        "\n"
        "Fixed 1 image in 1 of 1 file, none left for a person.\n"
    )


def test_fix_exits_with_1_if_something_is_left_for_a_person(site):
    root = site(files={"a.html": MISSING, "b.html": LINKED})
    result = alttext("fix", ".")
    assert result.exit_code == 1
    assert "b.html:1:16: missing-alt " in result.stdout
    assert result.stdout.splitlines()[-1] == "Fixed 1 image in 1 of 2 files, 1 left for a person."
    assert (root / "b.html").read_bytes() == LINKED.encode()


def test_a_second_run_changes_nothing_and_exits_with_0(site):
    root = site(files={"a.html": MISSING})
    alttext("fix", ".")
    before = (root / "a.html").stat()
    result = alttext("fix", ".")
    assert (result.exit_code, result.stdout) == (
        0,
        "Fixed 0 images in 0 of 1 file, none left for a person.\n",
    )
    assert (root / "a.html").stat().st_mtime_ns == before.st_mtime_ns
    assert (root / "a.html").stat().st_ino == before.st_ino


BYTES = {
    "carriage returns": MISSING.replace("\n", "\r\n").encode(),
    "byte order mark": b"\xef\xbb\xbf" + MISSING.encode(),
    "no newline at the end": MISSING.rstrip().encode(),
    "a declared encoding": ('<meta charset="latin1">é' + MISSING).encode("latin-1"),
    "broken bytes": b"\x81caf\xe9 \xc3(" + MISSING.encode(),
}


@pytest.mark.parametrize("case", BYTES)
def test_fix_changes_no_other_byte(site, case):
    root = site(files={"a.html": BYTES[case]})
    assert alttext("fix", "a.html").exit_code == 0
    assert (root / "a.html").read_bytes() == BYTES[case].replace(b'"dog.jpg"', b'"dog.jpg" alt="A dog."')


@pytest.mark.parametrize("option", ["--check", "--dry-run"])
def test_fix_check_tells_what_would_change(site, option):
    site(files={"a.html": MISSING, "b.html": CLEAN})
    result = alttext("fix", option, ".")
    assert result.exit_code == 1
    assert result.stdout.startswith("a.html:2:1: would fix missing-alt of dog.jpg [described]\n")
    assert result.stdout.splitlines()[-1] == "Would fix 1 image in 1 of 2 files, none left for a person."


@pytest.mark.parametrize("option", ["--check", "--dry-run", "--diff"])
def test_fix_check_exits_with_0_if_nothing_would_change(site, option):
    site(files={"b.html": CLEAN})
    assert alttext("fix", option, ".").exit_code == 0


@pytest.mark.parametrize("case", BYTES)
def test_git_applies_the_patch_to_what_fix_would_write(site, case):
    root = site(files={"a.html": BYTES[case]})
    result = alttext("fix", "--diff", ".")
    assert result.exit_code == 1
    assert result.stderr == "Would fix 1 image in 1 of 1 file, none left for a person.\n"
    (root / "patch").write_bytes(result.stdout_bytes)
    subprocess.run(["git", "apply", "--whitespace=nowarn", "patch"], check=True)
    assert (root / "a.html").read_bytes() == BYTES[case].replace(b'"dog.jpg"', b'"dog.jpg" alt="A dog."')


# stdin


def test_check_reads_a_document_from_stdin(site):
    site()
    result = alttext("check", "-", "-q", input=MISSING)
    assert result.exit_code == 1
    assert result.stdout.startswith("<stdin>:2:1: missing-alt ")


@pytest.mark.parametrize("case", BYTES)
def test_fix_of_stdin_writes_the_document_to_stdout_and_talks_on_stderr(site, case):
    site()
    result = alttext("fix", "-", input=BYTES[case])
    assert result.exit_code == 0
    assert result.stdout_bytes == BYTES[case].replace(b'"dog.jpg"', b'"dog.jpg" alt="A dog."')
    assert result.stderr.splitlines()[-1] == "Fixed 1 image in 1 of 1 file, none left for a person."


@pytest.mark.parametrize("document", [CLEAN, LINKED, "", "\r\n", "no images\x00"])
def test_fix_of_stdin_gives_back_what_it_does_not_fix(site, document):
    site()
    assert alttext("fix", "-", input=document).stdout_bytes == document.encode()


def test_fix_of_stdin_without_writing_prints_the_report_or_the_patch(site):
    site()
    assert alttext("fix", "-", "--check", input=MISSING).stdout.startswith("<stdin>:2:1: would fix ")
    result = alttext("fix", "-", "--diff", "--stdin-filename", "blog/a.html", input=MISSING)
    assert result.stdout.startswith("--- a/blog/a.html\n+++ b/blog/a.html\n")
    assert result.exit_code == 1


def test_the_name_given_for_stdin_tells_the_format(site):
    site()
    result = alttext("fix", "-", "--stdin-filename", "blog/post.md", input="![](dog.jpg)\n")
    assert (result.exit_code, result.stdout) == (0, "![A dog.](dog.jpg)\n")
    assert "blog/post.md:1:1:" in result.stderr


def test_the_name_given_for_stdin_tells_where_settings_are(site):
    site(files={"blog/alttext.toml": 'ignore = ["missing-alt"]'})
    assert alttext("check", "-", "--stdin-filename", "blog/a.html", input=MISSING).exit_code == 0
    assert alttext("check", "-", input=MISSING).exit_code == 1


def test_a_name_for_stdin_of_no_known_kind_is_wrong_usage(site):
    site()
    result = alttext("check", "-", "--stdin-filename", "a.docx", input=MISSING)
    assert result.exit_code == 2
    assert "a.docx: not a document of a known kind (.htm .html" in result.stderr


def test_stdin_and_other_paths_do_not_mix(site):
    site(files={"a.html": CLEAN})
    result = alttext("check", "-", "a.html", input=MISSING)
    assert result.exit_code == 2
    assert "- (stdin) cannot be mixed with other paths" in result.stderr


# What goes wrong


@pytest.mark.parametrize("command", ["check", "fix"])
def test_a_path_that_is_not_there_exits_with_2_after_the_others(site, command):
    site(files={"a.html": LINKED})
    result = alttext(command, "gone.html", "a.html", "-q")
    assert result.exit_code == 2
    assert result.stdout.startswith("gone.html: error: no such file or folder\n\na.html:1:16:")


def test_a_patch_leaves_errors_to_stderr(site):
    site(files={"a.html": MISSING})
    result = alttext("fix", "--diff", "gone.html", "a.html", "-q")
    assert result.exit_code == 2
    assert result.stdout.startswith("--- a/a.html\n")
    assert result.stderr == "alttext: gone.html: no such file or folder\n"


WRONG = {
    "no paths": (["check"], "Missing argument 'PATHS...'"),
    "an unknown option": (["fix", ".", "--fixx"], "No such option"),
    "an unknown command": (["chek"], "No such command"),
    "a confidence that is none": (["fix", ".", "--min-confidence", "2"], "2.0 is not in the range"),
    "an unknown format": (["check", ".", "--output-format", "xml"], "'xml' is not one of"),
    "a patch in JSON": (["fix", ".", "--diff", "--output-format", "json"], "--diff prints a patch, not json"),
    "an unknown rule": (
        ["check", ".", "--select", "missing-alts"],
        "unknown rule missing-alts; did you mean missing-alt?",
    ),
    "a settings file that is not there": (["check", ".", "--config", "gone.toml"], "gone.toml"),
    "no jobs": (["check", ".", "-j", "0"], "0 is not in the range"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_usage_exits_with_2_and_says_why(site, case):
    arguments, message = WRONG[case]
    site(files={"a.html": MISSING})
    result = alttext(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_wrong_settings_exit_with_2_in_one_line(site):
    site(files={"alttext.toml": "min-confidense = 0.5", "a.html": MISSING})
    result = alttext("check", ".")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "alttext.toml: unknown key min-confidense; did you mean min-confidence?" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_failure_of_the_program_is_one_line_and_debug_shows_more(site, monkeypatch):
    site(files={"a.html": MISSING})

    def fail(*_):
        raise ZeroDivisionError("by 0")

    monkeypatch.setattr(pipeline.Pipeline, "check_paths", fail)
    result = alttext("check", ".")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "alttext: internal error, ZeroDivisionError: by 0; please report it with the output of --debug\n"
    )
    assert isinstance(alttext("--debug", "check", ".").exception, ZeroDivisionError)
    assert isinstance(alttext("check", ".", env={"ALTTEXT_DEBUG": "1"}).exception, ZeroDivisionError)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(13, "Permission denied", "a.html"), "a.html: Permission denied"),
        (OSError(28, "No space left on device"), "No space left on device"),
    ],
    ids=["with its file", "of a stream, which has no name"],
)
def test_a_failure_of_the_system_is_told(site, monkeypatch, error, told):
    def fail(*_):
        raise error

    site(files={"a.html": MISSING})
    monkeypatch.setattr(pipeline.Pipeline, "check_paths", fail)
    result = alttext("check", ".")
    assert (result.exit_code, result.stderr) == (2, f"alttext: {told}\n")


def test_an_interruption_exits_with_130(site, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    site(files={"a.html": MISSING})
    monkeypatch.setattr(pipeline.Pipeline, "check_paths", interrupt)
    result = alttext("check", ".")
    assert (result.exit_code, result.stderr) == (130, "alttext: interrupted\n")


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise there")
def test_a_reader_that_leaves_early_is_no_error(site):
    root = site(files={f"{n}.html": LINKED for n in range(200)})
    pipe = subprocess.Popen(
        [sys.executable, "-m", "alttext", "check", "."],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=root,
    )
    pipe.stdout.readline()
    pipe.stdout.close()
    assert pipe.stderr.read() == b""
    pipe.stderr.close()
    assert pipe.wait() == 141


def test_exit_zero_forgives_what_is_left_but_no_errors(site):
    site(files={"a.html": LINKED})
    assert alttext("check", ".", "--exit-zero").exit_code == 0
    assert alttext("check", "gone.html", "--exit-zero").exit_code == 2


def test_a_folder_without_documents_is_said_so(site):
    (site() / "empty").mkdir()
    result = alttext("check", "empty")
    assert result.exit_code == 0
    assert result.stderr == "alttext: no documents in empty (--show-files says why)\n"


# Settings


def test_settings_are_those_closest_to_the_first_path(site):
    site(files={"a/alttext.toml": 'ignore = ["missing-alt"]', "a/a.html": MISSING, "b/b.html": MISSING})
    assert alttext("check", "a", "b").exit_code == 0
    assert alttext("check", "b", "a").exit_code == 1


def test_isolated_heeds_no_file(site):
    site(files={"alttext.toml": 'ignore = ["missing-alt"]', "a.html": MISSING})
    assert alttext("check", ".").exit_code == 0
    assert alttext("check", ".", "--isolated").exit_code == 1


def test_a_settings_file_can_be_named(site):
    site(files={"ci.toml": 'ignore = ["missing-alt"]', "a.html": MISSING})
    assert alttext("check", ".", "--config", "ci.toml").exit_code == 0
    assert alttext("check", ".", env={"ALTTEXT_CONFIG": "ci.toml"}).exit_code == 0


def test_the_command_line_has_the_last_word_then_the_environment_then_the_file(site):
    site(files={"alttext.toml": 'select = ["missing-area-alt"]', "a.html": MISSING})
    assert alttext("check", ".").exit_code == 0
    assert alttext("check", ".", env={"ALTTEXT_SELECT": "missing-alt"}).exit_code == 1
    assert (
        alttext("check", ".", "--select", "blank-alt", env={"ALTTEXT_SELECT": "missing-alt"}).exit_code == 0
    )


SELECTED = [
    (["--ignore", "missing-alt"], 0),
    (["--select", "missing-area-alt"], 0),
    (["--select", "missing-area-alt", "--extend-select", "missing-alt"], 1),
    (["--exclude", "a.html"], 0),
    (["--exclude", "b.html"], 1),
    (["--force-exclude", "--exclude", "site"], 0),
]


@pytest.mark.parametrize(("options", "code"), SELECTED)
def test_options_select_problems_and_documents(site, options, code):
    site(files={"site/a.html": MISSING})
    assert alttext("check", "site", *options).exit_code == code


def test_what_git_ignores_is_left_out_unless_it_is_named_or_asked_for(site):
    site(files={".gitignore": "public/", "public/a.html": MISSING, ".git/HEAD": ""})
    assert alttext("check", ".").exit_code == 0
    assert alttext("check", "public").exit_code == 1
    assert alttext("check", ".", "--no-respect-gitignore").exit_code == 1


def test_images_in_templates_are_seen_by_option(site):
    site(files={"a.html": f"<template>{MISSING}</template>"})
    assert alttext("check", ".").exit_code == 0
    assert alttext("check", ".", "--include", "template").exit_code == 1


# Output


def test_json_is_one_document_on_stdout(site):
    site(files={"a.html": MISSING})
    result = alttext("fix", ".", "--output-format", "json")
    report = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (report["command"], report["written"], report["summary"]["exit_code"]) == ("fix", True, 0)


def test_a_report_goes_into_a_file(site):
    root = site(files={"a.html": MISSING})
    result = alttext("check", ".", "--output", "report.json", "--output-format", "json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Found 1 problem in 1 of 1 file.\n"
    assert json.loads((root / "report.json").read_text())["files"][0]["path"] == "a.html"


def test_with_a_report_in_a_file_quiet_says_nothing(site):
    site(files={"a.html": MISSING})
    result = alttext("check", ".", "--output", "report.txt", "--quiet")
    assert (result.exit_code, result.output) == (1, "")


def test_a_report_that_cannot_be_written_stops_before_documents_change(site):
    root = site(files={"a.html": MISSING})
    result = alttext("fix", ".", "--output", "gone/report.txt")
    assert result.exit_code == 2
    assert result.stderr == (
        "alttext: gone/report.txt: No such file or directory; --output needs a file that can be written\n"
    )
    assert (root / "a.html").read_text() == MISSING


def test_verbose_tells_the_settings_file_and_what_was_kept(site):
    site(files={"a.html": f'<div><img src="dog.jpg" data-alttext="ignore"></div>{CLEAN}', ".cache/x": ""})
    result = alttext("check", ".", "--verbose")
    assert result.exit_code == 0
    assert result.stderr == "Configuration: alttext.toml\n.cache: skipped: hidden folder\n"
    assert "kept dog.jpg [suppressed]" in result.stdout
    assert "kept dog.jpg" not in alttext("check", ".").stdout


COLOURS = [
    ([], {}, False),
    (["--color", "always"], {}, True),
    (["--color", "always"], {"NO_COLOR": "1"}, True),
    ([], {"FORCE_COLOR": "1"}, True),
    ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ([], {"NO_COLOR": "", "FORCE_COLOR": "1"}, True),
    (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ([], {"ALTTEXT_COLOR": "always"}, True),
]


@pytest.mark.parametrize(("options", "environment", "is_colored"), COLOURS)
def test_colour_heeds_the_option_and_the_environment(site, options, environment, is_colored):
    site(files={"a.html": MISSING})
    assert ("\x1b[" in alttext("check", ".", *options, env=environment).stdout) == is_colored


def test_show_files_lists_what_is_read_and_what_is_not(site):
    site(files={"a.html": MISSING, "drafts/b.html": MISSING, "c.md": "", ".gitignore": "drafts"})
    result = alttext("fix", ".", "gone", "--show-files")
    assert result.exit_code == 2
    assert result.stdout == "a.html\nc.md\n"
    assert result.stderr == "drafts: skipped: ignored by .gitignore\ngone: error: no such file or folder\n"


def test_the_module_runs_as_the_command(site):
    site(files={"a.html": CLEAN})
    run = process("check", "a.html")
    assert (run.returncode, run.stdout, run.stderr) == (0, b"Found no problems in 1 file.\n", b"")


def test_a_terminal_that_cannot_show_a_character_is_no_error(site):
    site(files={"日本.html": "日本" + LINKED})
    run = process("check", ".", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert run.returncode == 1


def test_the_version_is_told():
    assert alttext("--version").stdout.startswith("alttext ")


def commands(command, path=("alttext",)):
    """Every command and group with the words that call it."""
    yield path, command
    for name, each in getattr(command, "commands", {}).items():
        yield from commands(each, (*path, name))


@pytest.mark.parametrize(
    ("path", "command"),
    list(commands(cli)),
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_the_documentation_shows_the_help_of_every_command(path, command):
    page = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
    result = alttext(*path[1:], "--help", prog_name="alttext", terminal_width=80)
    assert f"```text\n$ {' '.join(path)} --help\n{result.stdout}```" in page


def test_parts_of_the_documents_together_are_all_of_them(site):
    site(files={f"page{number}.html": CLEAN for number in range(12)})
    runs = [alttext("check", "--shard", f"{part}/3", "--show-files", ".") for part in (1, 2, 3)]
    shown = sorted(line for run in runs for line in run.stdout.splitlines())
    assert shown == sorted(alttext("check", "--show-files", ".").stdout.splitlines())
    assert alttext("check", "--shard", "4/3", ".").exit_code == 2
