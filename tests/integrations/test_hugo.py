"""The ways of using alttext with Hugo, as the documentation shows them, with Hugo itself."""

import json
import re
import shutil
import subprocess

import pytest

from tests.integrations.builds import OAK, ROOT, add_pictures, alternatives, contents, run, shell, write

HUGO = shutil.which("hugo")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not HUGO, reason="Hugo is not installed: apt-get install hugo"),
]
PAGE = (ROOT / "docs" / "hugo.md").read_text(encoding="utf-8")
[HOOK] = re.findall(r"```go-html-template\n(.*?)```", PAGE, re.DOTALL)
[EXAMPLE] = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
LAYOUT = '<!doctype html><html lang="en"><title>{{ .Title }}</title><p>Top:</p>{{ .Content }}</html>\n'
SITE = {
    "config.toml": 'title = "Garden"\n[markup.goldmark.renderer]\nunsafe = true\n',
    "alttext.toml": "",
    "layouts/_default/single.html": LAYOUT,
    "layouts/_default/list.html": LAYOUT,
    "layouts/index.html": LAYOUT,
}
POSTS = {
    "content/posts/first/index.md": "Ours: ![](oak.svg) and ![Their words](oak.svg)\n",
    "content/posts/plain.md": 'Ours: <img src="/img/oak.svg"> and ![](/img/oak.svg)\n',
}
FIRST, PLAIN = "public/posts/first/index.html", "public/posts/plain/index.html"


@pytest.fixture
def site(tmp_path):
    def made(files=POSTS):
        write(tmp_path, SITE | files)
        add_pictures(tmp_path / "static" / "img")
        add_pictures(tmp_path / "content" / "posts" / "first")
        return tmp_path

    return made


def hugo(folder):
    subprocess.run([HUGO, "--quiet"], cwd=folder, check=True, capture_output=True, text=True)
    return {name: [alt for _, alt in alternatives(folder / name)] for name in (FIRST, PLAIN)}


def test_sources_are_fixed_for_hugo(site):
    folder = site()
    assert run("alttext", "fix", "content/", cwd=folder).returncode == 0
    assert hugo(folder) == {FIRST: [OAK, "Their words"], PLAIN: [OAK, OAK]}


def test_the_built_site_is_fixed_where_hugo_has_not_made_images_decorative(site):
    folder = site()
    assert hugo(folder) == {FIRST: ["", "Their words"], PLAIN: [None, ""]}
    sources = contents(folder / "content")
    assert run("alttext", "check", "public/", cwd=folder).returncode == 1
    fixed = run("alttext", "fix", "--no-ledger", "public/", cwd=folder)
    assert fixed.returncode == 0, fixed.stdout
    assert [alt for _, alt in alternatives(folder / PLAIN)] == [OAK, ""]
    assert contents(folder / "content") == sources
    assert not (folder / ".alttext").exists()


@pytest.fixture
def hooked(site):
    """A site with the render hook, and with what is in its file of alternatives."""

    def made(known, files=POSTS):
        hook = {"layouts/_default/_markup/render-image.html": HOOK}
        data = {"data/alttext.json": json.dumps(known)} if known is not None else {}
        return site(files | hook | data)

    return made


@pytest.mark.parametrize(
    ("known", "first", "plain"),
    [
        (None, [None, "Their words"], [None, None]),
        ({}, [None, "Their words"], [None, None]),
        (
            {"content/posts/first/oak.svg": 'An "oak" & <more>'},
            ['An "oak" & <more>', "Their words"],
            [None, None],
        ),
        ({"static/img/oak.svg": ""}, [None, "Their words"], [None, ""]),
        ({"assets/img/oak.svg": "Oak"}, [None, "Their words"], [None, "Oak"]),
        ({"img/oak.svg": "Oak", "oak.svg": "Oak"}, [None, "Their words"], [None, None]),
    ],
    ids=str,
)
def test_the_render_hook_gives_empty_brackets_what_the_file_says(known, first, plain, hooked):
    assert hugo(hooked(known)) == {FIRST: first, PLAIN: plain}


def test_the_render_hook_keeps_words_titles_and_addresses(hooked):
    files = {
        "content/posts/first/index.md": (
            '![R & D &lt;x>](oak.svg?v=1&w=2 "Ti & t") ![*soft* `code`](<a b/oak.svg>)\n'
        ),
        "content/posts/plain.md": "![](https://pictures.example/img/oak.svg)![](/im%67/oak.svg)\n",
    }
    folder = hooked({"static/img/oak.svg": "Oak"}, files)
    assert hugo(folder)[PLAIN] == [None, "Oak"]
    page = (folder / FIRST).read_text(encoding="utf-8")
    assert '<img src="oak.svg?v=1&amp;w=2" alt="R &amp; D &lt;x&gt;" title="Ti &amp; t">' in page
    assert '<img src="a%20b/oak.svg" alt="soft code">' in page


def test_pictures_that_are_not_in_the_file_are_found_in_the_built_site(hooked):
    folder = hooked({"static/img/oak.svg": "Oak"})
    hugo(folder)
    checked = run("alttext", "check", "public/", cwd=folder)
    told = re.findall(r"^(\S+?):\d+:\d+: (\S+)", checked.stdout, re.MULTILINE)
    assert told == [(FIRST, "missing-alt"), (PLAIN, "missing-alt")]


def test_the_documented_command_adds_to_the_file_and_leaves_what_is_there(hooked):
    known = {"content/posts/first/dogs.jpg": "Rex and Ada"}
    folder = hooked(known)
    [command] = [each for each in COMMANDS if "--map" in each]
    done = shell(command, folder)
    assert done.returncode in {0, 1}, done.stderr
    made = json.loads((folder / "data" / "alttext.json").read_text(encoding="utf-8"))
    added = "static/img/dogs.jpg"
    assert made == known | {name: made[name] for name in made if name == added}
    assert (added in made) != ("left for a person" in done.stdout)
    assert "content/posts/first/dogs.jpg" not in done.stdout


@pytest.mark.parametrize("command", [each for each in COMMANDS if each.startswith("hugo")])
def test_the_documented_commands_after_a_build_run(command, site):
    folder = site()
    assert shell(command, folder).returncode == 0
    assert [alt for _, alt in alternatives(folder / PLAIN)] == [OAK, ""]


def test_the_documented_file_is_taken(hooked):
    assert hugo(hooked(json.loads(EXAMPLE)))[PLAIN] == [None, None]
