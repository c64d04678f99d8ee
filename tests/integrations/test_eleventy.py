"""The plugin, in real builds of Eleventy."""

import json

import pytest

from tests.integrations.builds import OAK, add_pictures, alternatives, contents
from tests.integrations.node_builds import examples, make, needs_packages, node, told, type_errors

pytestmark = [pytest.mark.slow, needs_packages]
CONFIG = """
import alttext from "alttext-eleventy";
export default function (eleventyConfig) {
  eleventyConfig.addPassthroughCopy("src/img");
  eleventyConfig.addPlugin(alttext, %s);
  return { dir: { input: "src" } };
}
"""
PAGES = {
    "src/index.html": '<p>Our garden:</p><p><img src="/img/oak.svg"> <img src="/img/oak.svg" alt=""></p>\n',
    "src/trees/oaks.md": '# Oaks\n\n<p><img src="../../img/oak.svg"></p>\n\n![Their words](/img/oak.svg)\n',
}
LINK = {"src/link.html": '<a href="/"><img src="/img/oak.svg"></a>\n'}


@pytest.fixture
def site(tmp_path):
    def made(files=PAGES, config=CONFIG, **options):
        config = config.replace("%s", json.dumps(options))
        folder = tmp_path / f"site{len(list(tmp_path.iterdir()))}"
        return make(folder, files | {"eleventy.config.js": config}, "src/img")

    return made


def build(folder, *arguments, **changes):
    return node("@11ty/eleventy/cmd.cjs", *arguments, cwd=folder, **changes)


def found(folder, output="_site"):
    pages = (folder / output).rglob("*.html")
    return {
        path.relative_to(folder / output).as_posix(): [alt for _, alt in alternatives(path)] for path in pages
    }


AS_WRITTEN = {"index.html": [None, ""], "trees/oaks/index.html": [None, "Their words"]}
FILLED = {"index.html": [OAK, ""], "trees/oaks/index.html": [OAK, "Their words"]}


def test_a_build_fails_on_a_missing_alternative_and_passes_once_it_is_written(site):
    folder = site()
    checked = build(folder)
    assert checked.returncode == 1
    assert told(checked) == [
        ("_site/index.html", "missing-alt"),
        ("_site/trees/oaks/index.html", "missing-alt"),
    ]
    assert "images without a text alternative, see above" in checked.stderr
    assert found(folder) == AS_WRITTEN

    for name, text in PAGES.items():
        (folder / name).write_text(text.replace('oak.svg">', 'oak.svg" alt="Oak">'), encoding="utf-8")
    assert build(folder).returncode == 0


def test_fixing_fills_the_output_and_leaves_everything_else_alone(site):
    folder = site(mode="fix")
    sources = contents(folder / "src")
    fixed = build(folder)
    assert fixed.returncode == 0, fixed.stderr
    assert found(folder) == FILLED
    assert contents(folder / "src") == sources
    assert not (folder / ".alttext").exists()


def test_what_is_left_for_a_person_is_a_warning_when_fixing(site):
    folder = site(PAGES | LINK, mode="fix")
    fixed = build(folder)
    assert fixed.returncode == 0
    assert "some images are left for a person, see above" in fixed.stderr
    assert "[sole-content-of-link]" in fixed.stdout
    assert found(folder) == FILLED | {"link/index.html": [None]}


def test_other_output_folders_and_arguments_are_heeded(site):
    folder = site(PAGES | LINK, args=["--exclude", "link/", "--exclude", "trees/"])
    assert told(build(folder, "--output=public/site")) == [("public/site/index.html", "missing-alt")]


def test_sources_can_be_checked_too_because_markdown_makes_empty_brackets_decorative(site):
    files = {"src/post.md": "![](/img/oak.svg)\n"}
    assert build(site(files)).returncode == 0
    both = build(site(files, args=["src/"]))
    assert both.returncode == 1
    assert told(both) == [("src/post.md", "missing-alt")]


@pytest.mark.parametrize("arguments", [["--dryrun"], ["--to=json"]])
def test_nothing_is_run_where_nothing_is_written(arguments, site):
    assert build(site(), *arguments).returncode == 0


def test_a_missing_command_fails_the_build_with_what_installs_it(site):
    done = build(site(command="nowhere/alttext"))
    assert done.returncode == 1
    assert "nowhere/alttext" in done.stderr
    gone = build(site(), PATH="/nowhere")
    assert gone.returncode == 1
    assert "pip install alttext-clip" in gone.stderr


def test_faulty_options_end_the_build_before_it_has_begun(site):
    folder = site(mode="mend")
    done = build(folder)
    assert done.returncode == 1
    assert 'mode is "check" or "fix", not "mend"' in done.stderr
    assert not (folder / "_site").exists()


@pytest.mark.parametrize("example", examples("eleventy.md"))
def test_the_documented_configurations_are_taken(example, site):
    folder = site({"index.html": PAGES["src/index.html"]}, config=example)
    add_pictures(folder / "_site" / "img")  # as a copy of an earlier build
    done = build(folder)
    assert done.returncode == 0, done.stderr
    assert found(folder) == {"index.html": [OAK, ""]}


def test_the_types_fit_what_the_plugin_takes(site):
    folder = site()
    use = "declare const config: any; alttext(config, %s);"
    right = '{ mode: "fix", command: ["a"], args: ["b"], serve: true }'
    assert type_errors(folder, "eleventy", use % right) == ""
    assert '"mend"' in type_errors(folder, "eleventy", use % '{ mode: "mend" }')
