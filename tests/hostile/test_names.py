"""Names and words made to steer a terminal or to break a report, given to the real command."""

import json
import os
import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest

if sys.platform == "win32":
    pytest.skip("there are no such terminals, and no such names", allow_module_level=True)
import pty

STEERING = "\x1b]0;pwned\x07\x1b[2J\x9b31m"
NAMES = [
    f"a{STEERING}.html",
    f"{STEERING}/b.html",
    "new\nline\rreturn.html",
    "::error file=a::b.html",
    "##[error]c.html",
    "caf\udce9.html",
    "<b>&\"'.html",
    "a,b:c%0A.html",
    "-rf.html",
    "]]>.html",
    "\u202egnp.html",
]
PAGE = (
    f"<title>{STEERING}</title><h1>{STEERING}</h1>\n"
    f'<img src="{STEERING}.png">\n<img src="a.png" alt="{STEERING}.png">\n'
    f'<a href="{STEERING}"><img src="\n::error::y.png" title="]]>{STEERING}"></a><p>{STEERING}</p>\n'
)
TROUBLE = [f"pipe{STEERING}.html", f"gone{STEERING}.html"]
STEERS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


@pytest.fixture(name="site", scope="module")
def fixture_site(tmp_path_factory):
    site = tmp_path_factory.mktemp("names") / STEERING
    (site / ".git").mkdir(parents=True)
    for name in NAMES:
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(PAGE, encoding="utf-8")
    os.mkfifo(site / TROUBLE[0])
    (site / f"loop{STEERING}.html").symlink_to(f"loop{STEERING}.html")
    (site / "broken.toml").write_text(f"{json.dumps(STEERING)} = 1\n")
    return site


def started(site, arguments, **streams):
    environment = os.environ | {"NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "alttext", *arguments]
    return subprocess.Popen(command, cwd=site, env=environment, stdin=subprocess.DEVNULL, **streams)


def on_terminal(site, *arguments):
    """What a person would see, bytes that are no text as the terminal's own replacement for them."""
    ours, its = pty.openpty()
    process = started(site, arguments, stdout=its, stderr=its)
    os.close(its)
    pieces = []
    try:
        while piece := os.read(ours, 1 << 16):
            pieces.append(piece)
    except OSError:  # as the end of a terminal is told
        pass
    os.close(ours)
    process.wait()
    return b"".join(pieces).decode("utf-8", "replace").replace("\r\n", "\n")


def piped(site, *arguments):
    process = started(site, arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return process.communicate()[0]


COMMANDS = [
    ("check", ".", *TROUBLE),
    ("check", ".", "--verbose"),
    ("check", ".", "--show-files"),
    ("check", ".", "--config", "broken.toml"),
    ("check", f"{STEERING}.toml", "--config", f"{STEERING}.toml"),
    ("check", ".", "--output", f"{STEERING}/nowhere/report"),
    ("fix", "--diff", "--rewrite-placeholders", ".", *TROUBLE),
    ("suggest", ".", *TROUBLE),
    ("preview", "."),
    ("ledger", "status", "."),
    ("describe", f"{STEERING}.png"),
    ("apply", f"{STEERING}.json"),
]


def name_of(arguments):
    return " ".join(arguments)[:40].encode("unicode_escape").decode()


@pytest.mark.parametrize("arguments", COMMANDS, ids=name_of)
def test_nothing_steers_the_terminal(site, arguments):
    seen = on_terminal(site, *arguments)
    assert seen.strip()
    assert STEERS.findall(seen) == []
    assert "Traceback" not in seen
    assert "internal error" not in seen


def report(site, name):
    """A report as programs read it; it may be shown on a terminal, too."""
    text = piped(site, "check", ".", "--output-format", name).decode("utf-8", "surrogateescape")
    assert STEERS.findall(text) == []
    return text


def test_annotations_are_of_documents_and_no_others(site):
    lines = report(site, "github").removesuffix("\n").split("\n")
    *commands, _ = [line for line in lines if not line.startswith("GitHub shows")]
    assert all(re.match(r"::(error|warning|notice) title=alttext[^:]*::", line) for line in commands)
    files = {re.search(r",file=([^,:]*)", line)[1] for line in commands}
    assert {"new%0Aline%0Dreturn.html", "%3A%3Aerror file=a%3A%3Ab.html", "a%2Cb%3Ac%250A.html"} <= files


def test_json_is_read_back_with_the_names_that_were_there(site):
    found = {each["path"] for each in json.loads(report(site, "json"))["files"]}
    assert found >= {name for name in NAMES if "\udce9" not in name}


@pytest.mark.parametrize("name", ["sarif", "rdjson"])
def test_other_reports_for_programs_are_read_back(site, name):
    assert json.loads(report(site, name))


def test_xml_is_read_back_with_a_case_for_each_document(site):
    cases = {case.get("name") for case in ElementTree.fromstring(report(site, "junit")).iter("testcase")}
    assert len(cases) == len(NAMES) + 1
    assert {"new\nline\rreturn.html", "]]>.html", "<b>&\"'.html"} <= cases


def test_names_are_listed_byte_for_byte_for_programs(site):
    listed = piped(site, "check", ".", "--show-files")
    assert sorted(listed) == sorted(b"".join(os.fsencode(name) + b"\n" for name in [*NAMES, TROUBLE[0]]))
