"""The pre-commit hooks: their description, and a run of pre-commit itself on a site of every format."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from alttext.documents import SUFFIXES

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
HOOKS = {hook["id"]: hook for hook in yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))}
PAGE = (ROOT / "docs" / "pre-commit.md").read_text(encoding="utf-8")
PRE_COMMIT = [sys.executable, "-m", "pre_commit"]
LARGEST = 250 * 10**6  # bytes of an environment; pre-commit.ci takes 250 MiB


def environment(**changes):
    """The environment without what a hook, or settings of whoever runs the tests, would change."""
    foreign = ("GIT_", "PRE_COMMIT", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    person = {
        f"GIT_{role}_{what}": "tester@example.org"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    return kept | person | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"} | changes


def run(command, **options):
    return subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", **options)


def git(folder, *arguments):
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, env=environment(), check=True, capture_output=True, text=True).stdout


# The description


def test_pre_commit_takes_the_description():
    taken = run([*PRE_COMMIT, "validate-manifest", str(MANIFEST)], env=environment())
    assert taken.returncode == 0, taken.stdout


@pytest.mark.parametrize("example", re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))
def test_the_documented_configurations_are_taken(example, tmp_path):
    parsed = yaml.safe_load(example)
    whole = parsed if isinstance(parsed, dict) else {"repos": parsed}
    if "id" in whole["repos"][0]:
        whole = {"repos": [{"repo": "https://git.example/alttext", "rev": "v1.0.0", "hooks": parsed}]}
    config = tmp_path / "config.yaml"
    config.write_text(yaml.safe_dump(whole), encoding="utf-8")
    taken = run([*PRE_COMMIT, "validate-config", str(config)], env=environment())
    assert (taken.returncode, taken.stdout + taken.stderr) == (0, "")
    named = {hook["id"] for repo in whole["repos"] for hook in repo["hooks"]}
    assert named <= set(HOOKS)


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
def test_the_hooks_are_for_the_documents_that_alttext_reads_and_no_others(hook):
    known = {f"a{suffix}" for suffix in SUFFIXES} | {f"docs/B{suffix.upper()}" for suffix in SUFFIXES}
    others = {"a.png", "a.css", "html", "md", "a.html.j2", "a.md~", "a.xml", "a.markdown.txt", "index_html"}
    assert {name for name in known | others if re.search(hook["files"], name)} == known


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
def test_the_hooks_run_once_and_leave_out_what_the_configuration_excludes(hook, tmp_path):
    assert hook["require_serial"] is True
    names = ["a.html", "drafts/b.html", "old/c.html"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / ".git").mkdir()
    (tmp_path / "alttext.toml").write_text('exclude = ["drafts/"]\n', encoding="utf-8")
    (tmp_path / ".alttextignore").write_text("old/\n", encoding="utf-8")
    command = [sys.executable, "-m", *shlex.split(hook["entry"]), "--show-files", *names]
    listed = run(command, cwd=tmp_path, env=environment())
    assert listed.stdout.splitlines() == ["a.html"], listed.stderr


# A run


TREE = '<svg xmlns="http://www.w3.org/2000/svg"><title>Old oak at the gate</title><path d="M0 0h9v9z"/></svg>'
ALT = "Old oak at the gate"
CELL = """{"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["%s"]}],
 "metadata": {}, "nbformat": 4, "nbformat_minor": 5}"""
FIXED = {  # before and after
    "page.html": (
        "<p>Our garden:\n<img src='tree.svg'>\n",
        f"<p>Our garden:\n<img src='tree.svg' alt='{ALT}'>\n",
    ),
    "dos.htm": ("\ufeff<p>Ours:\r\n<IMG SRC=tree.svg>", f'\ufeff<p>Ours:\r\n<IMG SRC=tree.svg alt="{ALT}">'),
    "notes.md": ("# Garden\n\nOurs: ![](tree.svg)\n", f"# Garden\n\nOurs: ![{ALT}](tree.svg)\n"),
    "notes.mdx": ('<img src="tree.svg" />\n', f'<img src="tree.svg" alt="{ALT}" />\n'),
    "paper.qmd": ("Ours: ![](tree.svg)\n", f"Ours: ![{ALT}](tree.svg)\n"),
    "paper.Rmd": ("Ours: ![](tree.svg)\n", f"Ours: ![{ALT}](tree.svg)\n"),
    "days.ipynb": (CELL % "Ours: ![](tree.svg)", CELL % f"Ours: ![{ALT}](tree.svg)"),
}
FOR_A_PERSON = ("link.html", '<a href="/"><img src="tree.svg"></a>\n')
UNTOUCHED = {
    "words.html": '<img src="tree.svg" alt="Their words"> <img src="tree.svg" alt="">\n',
    "suppressed.html": '<img src="tree.svg" data-alttext="ignore">\n',
    "commented.html": '<!-- alttext: ignore -->\n<img src="tree.svg">\n',
    "suppressed.md": "<!-- alttext: ignore-file -->\n\n![](tree.svg)\n",
    "drafts/excluded-by-alttext.html": '<img src="../tree.svg">\n',
    "legacy/excluded-by-pre-commit.html": '<img src="../tree.svg">\n',
    "tree.svg": TREE,
    "style.css": "img {}\n",
    "alttext.toml": 'exclude = ["drafts/"]\n',
}
CONFIG = """\
repos:
- repo: {repository}
  rev: {commit}
  hooks:
  - id: alttext-fix
    exclude: ^legacy/
  - id: alttext
    exclude: ^legacy/
"""


@pytest.fixture(scope="session")
def repository(tmp_path_factory):
    """A repository whose only commit is what is in the working tree here."""
    folder = tmp_path_factory.mktemp("hooks") / "alttext"
    listed = git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0")
    for name in filter(None, listed):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--message", "As it is here")
    return folder


class Site:
    """A repository that uses the hooks."""

    def __init__(self, folder: Path, store: Path) -> None:
        self.folder, self.store = folder, store

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    def hook(self, name: str) -> subprocess.CompletedProcess:
        git(self.folder, "add", "--all")
        command = [*PRE_COMMIT, "run", name, "--all-files", "--verbose"]
        return run(command, cwd=self.folder, env=environment(PRE_COMMIT_HOME=str(self.store)))

    def files(self) -> dict[str, bytes]:
        listed = git(self.folder, "ls-files", "-z").split("\0")
        return {name: (self.folder / name).read_bytes() for name in filter(None, listed)}


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    """Where pre-commit keeps the environments of hooks."""
    return tmp_path_factory.mktemp("store")


@pytest.fixture
def site(repository, store, tmp_path):
    made = Site(tmp_path, store)
    git(tmp_path, "init", "--quiet")
    commit = git(repository, "rev-parse", "HEAD").strip()
    made.write(".pre-commit-config.yaml", CONFIG.format(repository=repository, commit=commit))
    return made


def changed(before, after):
    assert before.keys() == after.keys()
    return {name for name in before if before[name] != after[name]}


@pytest.mark.slow
def test_the_hooks_do_on_a_site_what_the_commands_do(site):
    for name, text in [*UNTOUCHED.items(), *((name, row[0]) for name, row in FIXED.items()), FOR_A_PERSON]:
        site.write(name, text)
    git(site.folder, "add", "--all")
    untouched = site.files()

    checked = site.hook("alttext")
    assert checked.returncode == 1
    assert site.files() == untouched
    told = set(re.findall(r"^(\S+?):\d+:\d+: ", checked.stdout, re.MULTILINE))
    assert told == {*FIXED, FOR_A_PERSON[0]}

    fixed = site.hook("alttext-fix")
    assert fixed.returncode == 1
    assert "files were modified by this hook" in fixed.stdout
    assert changed(untouched, site.files()) == set(FIXED)
    assert {name: site.files()[name].decode() for name in FIXED} == {
        name: after for name, (_, after) in FIXED.items()
    }

    again = site.hook("alttext-fix")
    assert again.returncode == 1
    assert "files were modified" not in again.stdout
    assert re.findall(r"^(\S+?):\d+:\d+: ", again.stdout, re.MULTILINE) == [FOR_A_PERSON[0]]

    site.write(FOR_A_PERSON[0], '<a href="/"><img src="tree.svg" alt="Home"></a>\n')
    assert [site.hook(name).returncode for name in ("alttext-fix", "alttext")] == [0, 0]


@pytest.mark.slow
def test_the_model_of_the_hook_looks_at_pictures(site):
    shutil.copy(ROOT / "examples" / "site" / "images" / "cat.jpg", site.folder)
    page = b"<p>At home</p>\n<p><img src='cat.jpg'></p>\n"
    site.write("a.html", page.decode())
    looked = site.hook("alttext-fix")
    left = site.files()["a.html"]
    assert looked.returncode == 1
    assert left != page or "ranked: " in looked.stdout, looked.stdout
    assert re.sub(rb' alt="[^"]+"', b"", left) == page


@pytest.mark.slow
def test_the_environment_stays_small(site, store):
    site.hook("alttext")
    [folder] = store.glob("repo*/py_env-*")
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    assert not list(folder.glob("**/site-packages/torch"))
    assert 50 * 10**6 < sum(path.stat().st_size for path in files) < LARGEST
