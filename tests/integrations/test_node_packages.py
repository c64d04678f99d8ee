"""The npm packages: what they run, what they say, and what is in them. Real builds are tested by host."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys

import pytest

from tests.integrations.builds import ROOT

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(not NODE, reason="node is not installed")

PACKAGES = [ROOT / "integrations" / host for host in ("eleventy", "astro")]
RUN = ROOT / "integrations" / "eleventy" / "run.js"
CALL = f"""
import {{ run, settings }} from {json.dumps(RUN.as_uri())};
const [folder, options] = JSON.parse(process.argv[1]);
try {{
  await run(folder, settings(options), (message) => console.log("warned: " + message));
}} catch (error) {{
  console.log("failed: " + error.message);
}}
"""
STAND_IN = """#!{python}
import pathlib, sys
given = sys.argv[1:]
if given[-1:] == ["--version"]:
    sys.exit(print("{version}"))
pathlib.Path({record!r}).write_text("\\n".join(given))
sys.exit({code})
"""


@pytest.fixture
def program(tmp_path):
    """Make a program that answers as alttext does, records its arguments and exits with a code."""

    def make(name="alttext", code=0, version="alttext 0.1.0"):
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        record = str(tmp_path / "given")
        path.write_text(STAND_IN.format(python=sys.executable, version=version, record=record, code=code))
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    return make


def run(tmp_path, folder="_site", **options):
    """What a package says, with nothing but the programs of this test on the PATH."""
    command = [NODE, "--input-type=module", "-e", CALL, json.dumps([folder, options])]
    environment = os.environ | {"PATH": str(tmp_path / "bin")}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def given(tmp_path):
    return (tmp_path / "given").read_text().splitlines()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["check", "--", "_site"]),
        ({"args": ["--ignore", "a b; $(c)"]}, ["check", "--ignore", "a b; $(c)", "--", "_site"]),
        ({"mode": "fix"}, ["fix", "--no-ledger", "--", "_site"]),
        ({"mode": "fix", "args": ["--ledger"]}, ["fix", "--no-ledger", "--ledger", "--", "_site"]),
    ],
)
def test_arguments_are_handed_on_one_by_one(options, expected, tmp_path, program):
    program()
    assert run(tmp_path, **options) == ""
    assert given(tmp_path) == expected


def test_a_folder_is_never_taken_for_an_option(tmp_path, program):
    program()
    run(tmp_path, folder="--exit-zero")
    assert given(tmp_path) == ["check", "--", "--exit-zero"]


@pytest.mark.parametrize(
    ("mode", "code", "said"),
    [
        ("check", 1, "failed: alttext: images without a text alternative, see above"),
        ("fix", 1, "warned: alttext: some images are left for a person, see above"),
        ("check", 2, "failed: alttext: failed (2)"),
        ("fix", 2, "failed: alttext: failed (2)"),
    ],
)
def test_what_is_left_fails_a_check_and_is_a_warning_of_a_fix(mode, code, said, tmp_path, program):
    program(code=code)
    assert run(tmp_path, mode=mode) == said


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["alttext", "python3", "python"], ["check", "--", "_site"]),
        (["python3", "python"], ["-m", "alttext", "check", "--", "_site"]),
        (["python"], ["-m", "alttext", "check", "--", "_site"]),
    ],
)
def test_the_command_is_found_on_the_path_or_as_a_module_of_python(names, expected, tmp_path, program):
    for name in names:
        program(name)
    assert run(tmp_path) == ""
    assert given(tmp_path) == expected


def test_a_command_of_another_project_with_that_name_is_passed_over(tmp_path, program):
    program("alttext", version="AltText Generator 3.1")
    program("python3")
    assert run(tmp_path) == ""
    assert given(tmp_path)[:2] == ["-m", "alttext"]


@pytest.mark.parametrize("first", [[], ["-m", "alttext"]])
def test_the_command_can_be_named(first, tmp_path, program):
    own = program("my own")
    command = [str(own), *first] if first else str(own)
    assert run(tmp_path, command=command) == ""
    assert given(tmp_path) == [*first, "check", "--", "_site"]


def test_a_missing_command_is_told_with_what_installs_it(tmp_path):
    assert run(tmp_path).splitlines() == [
        "failed: alttext: there is no command alttext. Install it with: pip install alttext-clip",
        'Where it is installed but not on the PATH, name it: command: ".venv/bin/alttext"',
    ]


def test_a_named_command_that_does_not_run_is_named_in_the_message(tmp_path, program):
    program()
    said = run(tmp_path, command="venv/bin/alttext")
    assert said == 'failed: alttext: the option "command" is "venv/bin/alttext", which does not run alttext'


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"mode": "mend"}, 'mode is "check" or "fix", not "mend"'),
        ({"modes": "fix"}, "unknown option modes; there are mode, command, args"),
        ({"args": "--quiet"}, "args is a list"),
    ],
)
def test_faulty_options_are_told_before_anything_runs(options, told, tmp_path, program):
    program()
    assert told in run(tmp_path, **options)
    assert not (tmp_path / "given").exists()


def test_both_packages_run_the_command_the_same_way():
    assert len({(folder / "run.js").read_bytes() for folder in PACKAGES}) == 1


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.name)
def test_a_package_holds_all_that_it_imports(folder):
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    imported = re.findall(r'from "\./(.*?)"', (folder / "index.js").read_text(encoding="utf-8"))
    exported = package["exports"]["."]
    assert {f"./{name}" for name in package["files"]} >= {
        *exported.values(),
        *(f"./{name}" for name in imported),
    }
    assert all((folder / name).is_file() for name in package["files"])
    assert package["license"] == "MIT"
    assert (folder / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
