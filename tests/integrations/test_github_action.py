"""The GitHub Action: the scripts of action.yml, run as the runner runs them, in a workspace of their own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = ACTION["runs"]["steps"]
PAGE = (ROOT / "docs" / "github-action.md").read_text(encoding="utf-8")
MISSING = '<p>Our garden:\n<img src="tree.svg"></p>\n'
TREE = '<svg xmlns="http://www.w3.org/2000/svg"><title>Old oak at the gate</title><path d="M0 0h9v9z"/></svg>'
COMMAND = re.compile(r"^::(?P<name>[\w-]+)(?P<properties> [^:]*)::(?P<message>.*)$", re.MULTILINE)


class Runner:
    """Runs the scripts of the action one after the other, as GitHub does; what others wrote is left out."""

    def __init__(self, folder: Path) -> None:
        self.workspace = folder / "work"
        self.temporary = folder / "temp"
        self.output, self.summary = folder / "output", folder / "summary"
        self.inputs = {name: row["default"] for name, row in ACTION["inputs"].items()}
        self.outputs = {"python": {"python-path": sys.executable}}
        self.path = os.environ["PATH"]
        for made in (self.workspace, self.temporary):
            made.mkdir()
        self.summary.touch()

    def write(self, name: str, text: str) -> Path:
        path = self.workspace / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        return path

    def step(self, name: str, **changes: str) -> subprocess.CompletedProcess:
        """Run the script of a step with what its expressions stand for."""
        row = next(step for step in STEPS if step["name"] == name)
        script = self.temporary / "step.sh"
        script.write_text(row["run"], encoding="utf-8")
        self.output.write_text("", encoding="utf-8")
        run = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.workspace,
            env=self.environment() | {key: self.value(text) for key, text in row["env"].items()} | changes,
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        lines = self.output.read_text(encoding="utf-8").splitlines()
        self.outputs[row.get("id")] = dict(line.split("=", 1) for line in lines)
        return run

    def run(self, **inputs: str) -> subprocess.CompletedProcess:
        """Run what comes before and after the installation, with this Python in place of that."""
        self.inputs |= inputs
        prepared = self.step("Read the inputs")
        if prepared.returncode:
            return prepared
        self.outputs["prepare"]["python"] = sys.executable
        return self.step("Run alttext")

    def environment(self) -> dict[str, str]:
        foreign = ("GIT", "INPUT_", "PYTHON", "RUNNER_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        return kept | {
            "PATH": self.path,
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_REPOSITORY": "octo/site",
            "GITHUB_SHA": "0" * 40,
            "RUNNER_TEMP": str(self.temporary),
            "RUNNER_OS": "Linux",
            "RUNNER_ARCH": "X64",
        }

    def value(self, text: str) -> str:
        return re.sub(r"\$\{\{ (\S+) \}\}", lambda found: self.expression(found[1].split(".")), text)

    def expression(self, parts: list[str]) -> str:
        if parts[0] == "inputs":
            return self.inputs[parts[1]]
        assert (parts[0], parts[2]) == ("steps", "outputs"), f"not known here: {parts}"
        return self.outputs[parts[1]][parts[3]]


@pytest.fixture
def runner(tmp_path):
    return Runner(tmp_path)


def annotations(run):
    """What the log makes the runner do, as (command, file and line, message)."""
    found = []
    for command in COMMAND.finditer(run.stdout):
        properties = dict(pair.split("=", 1) for pair in command["properties"].strip().split(","))
        found.append((command["name"], properties.get("file"), properties.get("line"), command["message"]))
    return found


# The description


def test_other_actions_are_pinned_by_hash_with_their_version_beside_it():
    lines = re.findall(r"uses: .*", (ROOT / "action.yml").read_text(encoding="utf-8"))
    assert lines
    assert [
        line for line in lines if not re.fullmatch(r"uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)
    ] == []


def test_no_script_holds_an_expression():
    assert [step["name"] for step in STEPS if "${{" in step.get("run", "")] == []


def test_all_that_is_asked_for_is_declared_and_all_that_is_declared_is_used():
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"\binputs\.([\w-]+)", text)) == set(ACTION["inputs"])
    ids = {step.get("id") for step in STEPS}
    assert set(re.findall(r"\bsteps\.([\w-]+)", text)) <= ids


@pytest.mark.parametrize("name", ["Upload to code scanning", "Set up reviewdog", "Suggest alternatives"])
def test_what_needs_a_token_that_may_write_is_left_out_for_forks(name):
    condition = next(step["if"] for step in STEPS if step["name"] == name)
    assert "&& !github.event.pull_request.head.repo.fork" in condition


def test_every_input_and_output_is_documented():
    names = (*ACTION["inputs"], *ACTION["outputs"])
    assert [name for name in names if f"| `{name}` |" not in PAGE] == []


@pytest.mark.parametrize("example", re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))
def test_the_documented_workflows_ask_for_what_there_is(example):
    [step] = [
        step
        for job in yaml.safe_load(example)["jobs"].values()
        for step in job["steps"]
        if step.get("uses", "").startswith("OWNER/alttext@")
    ]
    assert set(step["with"]) <= set(ACTION["inputs"])


def _audit(zizmor, folder, action):
    (folder / "action.yml").write_text(action, encoding="utf-8")
    command = [str(zizmor), "--offline", "--persona=pedantic", "--no-progress", str(folder / "action.yml")]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def test_no_weakness_is_known_to_zizmor(tmp_path):
    zizmor = Path(sys.executable).with_name("zizmor")
    action = (ROOT / "action.yml").read_text(encoding="utf-8")
    weak = action.replace('"$REQUIREMENT"', "${{ inputs.version }}")
    assert _audit(zizmor, tmp_path, action).returncode == 0
    assert "template-injection" in _audit(zizmor, tmp_path, weak).stdout


# Wrong inputs


@pytest.mark.parametrize(
    ("name", "given"), [("mode", "both"), ("args", "'"), ("version", "x y"), ("sarif", "1")]
)
def test_a_wrong_input_ends_the_action_before_anything_is_installed(runner, name, given):
    run = runner.run(**{name: given})
    assert run.returncode == 2
    assert annotations(run)[0][0] == "error"
    assert run.stdout.startswith(f"::error title=alttext::input {name}: ")
    assert runner.outputs["prepare"] == {}


def test_the_cache_is_that_of_the_version_and_the_machine(runner):
    keys = set()
    for version in ("", "1.0.0", "1.0.1"):
        runner.inputs["version"] = version
        runner.step("Read the inputs")
        keys.add(runner.outputs["prepare"]["key"])
    runner.step("Read the inputs", RUNNER_ARCH="ARM64")
    keys.add(runner.outputs["prepare"]["key"])
    assert len(keys) == 4
    assert all(re.fullmatch(r"[\w.+-]+", key) for key in keys)


def test_pip_and_alttext_keep_what_they_have_in_the_folder_that_is_cached(runner):
    runner.step("Read the inputs")
    cached = runner.outputs["prepare"]["cache"]
    rows = {step["name"]: step for step in STEPS}
    paths = [rows[name]["with"]["path"] for name in ("Restore the cache", "Save the cache")]
    kept = [rows["Install alttext"]["env"]["PIP_CACHE_DIR"], rows["Run alttext"]["env"]["XDG_CACHE_HOME"]]
    assert Path(cached).is_dir()
    assert [runner.value(path) for path in (*paths, *kept)] == [cached, cached, f"{cached}/pip", cached]


def test_a_version_is_installed_from_the_index_and_else_the_code_of_the_action(runner):
    runner.step("Read the inputs")
    assert runner.outputs["prepare"]["requirement"] == str(ROOT)
    runner.inputs["version"] = "1.0.0"
    runner.step("Read the inputs")
    assert runner.outputs["prepare"]["requirement"] == "alttext-clip==1.0.0"


# Checking


def test_a_problem_is_annotated_where_it_is_told_in_the_summary_and_fails_the_step(runner):
    page = runner.write("docs/garden.html", MISSING)
    run = runner.run()
    assert run.returncode == 1, run.stderr
    [(_, file, line, message)] = annotations(run)
    assert (file, line) == ("docs/garden.html", "2")
    assert "Image without a text alternative: tree.svg" in message
    summary = runner.summary.read_text(encoding="utf-8")
    assert "1 image left for a person, in 1 document." in summary
    assert f"(https://github.com/octo/site/blob/{'0' * 40}/docs/garden.html?plain=1#L2)" in summary
    assert runner.outputs["run"]["exit-code"] == "1"
    assert page.read_text(encoding="utf-8") == MISSING


def test_a_site_without_problems_passes(runner):
    runner.write("a.md", "![Our garden](tree.svg)\n")
    run = runner.run()
    assert (run.returncode, annotations(run)) == (0, [])
    assert "Nothing is left to do in 1 document." in runner.summary.read_text(encoding="utf-8")
    assert runner.outputs["run"]["exit-code"] == "0"


def test_only_the_named_paths_are_read(runner):
    for name in ("my site/a.html", "docs/b.html", "other/c.html"):
        runner.write(name, MISSING)
    run = runner.run(paths="my site\ndocs/b.html\n")
    assert [file for _, file, _, _ in annotations(run)] == ["my site/a.html", "docs/b.html"]


def test_options_are_passed_on(runner):
    runner.write("old pages/a.html", MISSING)
    runner.write("b.html", MISSING)
    run = runner.run(args="--exclude 'old pages/' --exit-zero")
    assert run.returncode == 0
    assert [file for _, file, _, _ in annotations(run)] == ["b.html"]


def test_a_summary_can_be_done_without(runner):
    runner.write("a.html", MISSING)
    assert runner.run(summary="false").returncode == 1
    assert runner.summary.read_text(encoding="utf-8") == ""


def test_a_document_that_cannot_be_read_fails_the_step_and_hides_no_other(runner):
    runner.write("a.html", MISSING)
    runner.write("b.ipynb", '{"cells": ["![](x.png)"')
    run = runner.run()
    assert run.returncode == 2
    assert [(file, line) for _, file, line, _ in annotations(run)] == [("a.html", "2"), ("b.ipynb", None)]
    assert "Not readable" in runner.summary.read_text(encoding="utf-8")


@pytest.mark.parametrize("inputs", [{"args": "--no-such-option"}, {"paths": "nowhere"}])
def test_a_run_that_cannot_be_meant_fails_as_it_does_elsewhere(runner, inputs):
    run = runner.run(**inputs)
    assert run.returncode == 2
    assert runner.outputs["run"]["exit-code"] == "2"
    assert "no-such-option" in run.stderr or "nowhere" in run.stdout


# Fixing


def test_fixing_writes_what_is_certain_and_annotates_only_what_is_left(runner):
    runner.write("tree.svg", TREE)
    page = runner.write("a.html", MISSING + "<a href=/><img src=logo.png></a>")
    run = runner.run(mode="fix")
    assert run.returncode == 1, run.stderr
    fixed = MISSING.replace('"tree.svg"', '"tree.svg" alt="Old oak at the gate"')
    assert page.read_text(encoding="utf-8") == fixed + "<a href=/><img src=logo.png></a>"
    assert [(file, line) for _, file, line, _ in annotations(run)] == [("a.html", "3")]
    summary = runner.summary.read_text(encoding="utf-8")
    assert "Words found for 1 image; 1 image left for a person, in 1 document." in summary
    assert "| Old oak at the gate |" in summary


def test_fixing_can_be_tried_without_writing(runner):
    runner.write("tree.svg", TREE)
    page = runner.write("a.html", MISSING)
    assert runner.run(mode="fix", args="--check").returncode == 1
    assert page.read_text(encoding="utf-8") == MISSING


# Reports for others


@pytest.mark.parametrize("mode", ["check", "fix"])
def test_code_scanning_gets_the_state_of_the_commit(runner, mode):
    runner.write("tree.svg", TREE)
    runner.write("a.html", MISSING)
    runner.run(mode=mode, sarif="true")
    log = json.loads(Path(runner.outputs["run"]["sarif"]).read_text(encoding="utf-8"))
    [result] = log["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("a.html", 2)


def test_reports_that_nobody_asked_for_are_not_made(runner):
    runner.write("a.html", MISSING)
    runner.run()
    assert {"sarif", "rdjson"} & set(runner.outputs["run"]) == set()


def test_reviewers_get_the_words_that_fixing_would_write(runner, tmp_path):
    runner.write("tree.svg", TREE)
    page = runner.write("a.html", MISSING)
    runner.run(suggestions="true")
    assert page.read_text(encoding="utf-8") == MISSING
    fake = tmp_path / "bin" / "reviewdog"
    fake.parent.mkdir()
    fake.write_text('#!/bin/sh\necho "$@"\necho "$REVIEWDOG_GITHUB_API_TOKEN"\ncat\n', encoding="utf-8")
    fake.chmod(0o755)
    runner.path, runner.inputs["github-token"] = f"{fake.parent}:{runner.path}", "t0ken"
    options, token, report = runner.step("Suggest alternatives").stdout.split("\n", 2)
    assert "-f=rdjson -name=alttext -reporter=github-pr-review" in options
    assert token == "t0ken"
    [diagnostic] = json.loads(report)["diagnostics"]
    assert "Old oak at the gate" in diagnostic["suggestions"][0]["text"]


# Attacks


ATTACKS = ["$(touch pwned) `touch pwned`; touch pwned\ntouch pwned && touch pwned", '" ; touch pwned #']


@pytest.mark.parametrize("name", ["mode", "paths", "args", "version"])
def test_an_input_is_never_run(runner, name):
    runner.write("a.html", MISSING)
    for attack in ATTACKS:
        assert runner.run(**{name: attack}).returncode == 2
    assert not (runner.workspace / "pwned").exists()


def test_the_checkout_is_never_imported(runner):
    for name in ("alttext.py", "click.py", "json.py", "inputs.py", "summary.py", "sitecustomize.py"):
        runner.write(name, "open('pwned', 'w')\nraise SystemExit(7)\n")
    runner.write("a.html", MISSING)
    assert runner.run().returncode == 1
    assert not (runner.workspace / "pwned").exists()


def test_a_document_gives_the_runner_no_commands(runner):
    runner.write("a.html", '<p>Look\n<img src="x\n::add-mask::secret\n::error::y">')
    runner.write("b\n::stop-commands::z.html", MISSING)
    commands = [name for name, *_ in annotations(runner.run())]
    assert len(commands) == 2
    assert set(commands) <= {"error", "warning", "notice"}


# All of it


@pytest.mark.slow
def test_the_code_of_the_action_is_installed_and_runs(runner):
    runner.write("tree.svg", TREE)
    page = runner.write("a.html", MISSING)
    runner.inputs["mode"] = "fix"
    for name in ("Read the inputs", "Install alttext"):
        step = runner.step(name)
        assert step.returncode == 0, step.stderr
    run = runner.step("Run alttext")
    assert (run.returncode, annotations(run)) == (0, []), run.stderr
    assert 'alt="Old oak at the gate"' in page.read_text(encoding="utf-8")
