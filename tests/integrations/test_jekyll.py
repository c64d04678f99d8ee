"""The ways of using alttext with Jekyll, as the documentation shows them, with Jekyll itself."""

import re
import shutil

import pytest

from tests.integrations.builds import OAK, ROOT, add_pictures, alternatives, contents, run, shell, write

JEKYLL = shutil.which("jekyll")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not JEKYLL, reason="Jekyll is not installed: apt-get install jekyll"),
]
PAGE = (ROOT / "docs" / "jekyll.md").read_text(encoding="utf-8")
[HOOK] = re.findall(r"```ruby\n(.*?)```", PAGE, re.DOTALL)
BUILD = next(each for each in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) if "build" in each)
SITE = {
    "_config.yml": "title: Garden\n",
    "alttext.toml": "",
    ".gitignore": "_site/\n",
    "_layouts/default.html": "<!doctype html><title>{{ page.title }}</title>{{ content }}\n",
}
HEAD = "---\nlayout: default\ntitle: Page\n---\n"
PAGES = {
    "index.md": HEAD + "Ours: ![](img/oak.svg) and ![Their words](img/oak.svg)\n",
    "oaks.html": HEAD + '<p>Ours: <img src="{{ "/img/oak.svg" }}"> <img src="/img/oak.svg" alt=""></p>\n',
}
LINK = {"link.html": HEAD + '<a href="/"><img src="/img/oak.svg"></a>\n'}
AS_WRITTEN = {"index.html": ["", "Their words"], "oaks.html": [None, ""]}
FILLED = {"index.html": ["", "Their words"], "oaks.html": [OAK, ""]}


@pytest.fixture
def site(tmp_path):
    def made(files=PAGES, hook=HOOK):
        write(tmp_path, SITE | files | ({"_plugins/alttext.rb": hook} if hook else {}))
        add_pictures(tmp_path / "img")
        (tmp_path / ".git").mkdir()
        return tmp_path

    return made


def found(folder):
    pages = (folder / "_site").glob("*.html")
    return {path.name: [alt for _, alt in alternatives(path)] for path in pages}


def test_sources_are_fixed_for_jekyll(site):
    folder = site(hook="")
    assert run("alttext", "fix", ".", cwd=folder).returncode == 1  # Liquid names a picture
    assert shell("jekyll build", folder).returncode == 0
    assert found(folder) == {"index.html": [OAK, "Their words"], "oaks.html": [None, ""]}


def test_the_documented_command_fixes_the_built_site(site):
    folder = site(hook="")
    sources = contents(folder / "_layouts") | {name: (folder / name).read_bytes() for name in PAGES}
    assert shell(BUILD, folder).returncode == 0
    assert found(folder) == FILLED
    assert contents(folder / "_layouts") | {name: (folder / name).read_bytes() for name in PAGES} == sources
    assert not (folder / ".alttext").exists()


def test_the_documented_hook_fixes_each_build(site):
    folder = site()
    for _ in range(2):
        assert shell("jekyll build", folder).returncode == 0
        assert found(folder) == FILLED
    assert not (folder / ".alttext").exists()


def test_the_hook_lets_a_build_pass_with_what_is_left_for_a_person(site):
    folder = site(PAGES | LINK)
    done = shell("jekyll build", folder)
    assert done.returncode == 0
    assert "[sole-content-of-link]" in done.stdout
    assert found(folder) == FILLED | {"link.html": [None]}


def test_the_hook_fails_a_build_that_should_only_be_checked(site):
    folder = site()
    done = shell("jekyll build", folder, ALTTEXT="check")
    assert done.returncode == 1
    assert "_site/oaks.html" in done.stdout
    assert "alttext check exited with 1, see above" in done.stderr
    assert found(folder) == AS_WRITTEN


def test_the_hook_can_be_turned_off(site):
    folder = site()
    assert shell("jekyll build", folder, ALTTEXT="off").returncode == 0
    assert found(folder) == AS_WRITTEN


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"PATH": "/usr/bin:/bin"}, "alttext is not installed: pip install alttext-clip"),
        ({"ALTTEXT_MIN_CONFIDENCE": "high"}, "alttext fix exited with 2, see above"),
    ],
)
def test_the_hook_tells_why_it_cannot_run(changes, told, site):
    done = shell(f"{JEKYLL} build", site(), **changes)
    assert done.returncode == 1
    assert told in done.stderr
