"""The integration, in real builds of Astro."""

import json

import pytest

import alttext
from tests.integrations.builds import OAK, alternatives, contents
from tests.integrations.node_builds import examples, make, needs_packages, node, told, type_errors

pytestmark = [pytest.mark.slow, needs_packages]
CONFIG = """
import { defineConfig } from "astro/config";
import alttext from "alttext-astro";
export default defineConfig({ integrations: [alttext(%s)] });
"""
PAGES = {
    "src/pages/index.astro": """<html lang="en"><head><title>Garden</title></head><body>
<p>Our garden:</p><p><img src="/img/oak.svg"></p><p><img src="/img/oak.svg" alt=""></p>
</body></html>
""",
    "src/pages/trees/oaks.md": '# Oaks\n\n<p><img src="/img/oak.svg"></p>\n\n![Their words](/img/oak.svg)\n',
}
LINK = {"src/pages/link.html": '<html><body><a href="/"><img src="/img/oak.svg"></a></body></html>\n'}
IMPORTED = {
    "src/pages/index.astro": """---
import oak from "../../public/img/oak.svg?no-inline";
---
<html lang="en"><head><title>Oak</title></head><body><p>Ours:</p><p><img src={oak}></p></body></html>
""",
}
AS_WRITTEN = {"index.html": [None, ""], "trees/oaks/index.html": [None, "Their words"]}
FILLED = {"index.html": [OAK, ""], "trees/oaks/index.html": [OAK, "Their words"]}


@pytest.fixture
def site(tmp_path):
    def made(files=PAGES, config=CONFIG, **options):
        config = config.replace("%s", json.dumps(options))
        folder = tmp_path / f"site{len(list(tmp_path.iterdir()))}"
        return make(folder, files | {"astro.config.mjs": config}, "public/img")

    return made


def build(folder, *arguments, **changes):
    return node("astro/bin/astro.mjs", "build", *arguments, cwd=folder, **changes)


def found(folder):
    pages = (folder / "dist").rglob("*.html")
    return {
        path.relative_to(folder / "dist").as_posix(): [alt for _, alt in alternatives(path)] for path in pages
    }


def test_a_build_fails_on_a_missing_alternative_and_passes_once_it_is_written(site):
    folder = site()
    checked = build(folder)
    assert checked.returncode == 1
    assert told(checked) == [
        ("dist/index.html", "missing-alt"),
        ("dist/trees/oaks/index.html", "missing-alt"),
    ]
    assert "images without a text alternative, see above" in checked.stderr + checked.stdout
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
    assert "[alttext-astro] alttext: some images are left for a person" in fixed.stdout + fixed.stderr
    assert "[sole-content-of-link]" in fixed.stdout
    assert found(folder) == FILLED | {"link/index.html": [None]}


def test_pictures_that_astro_renames_are_found_in_the_output(site):
    folder = site(IMPORTED, mode="fix")
    assert build(folder).returncode == 0
    [page] = (folder / "dist").rglob("*.html")
    [image] = alttext.find_images(page.read_text(encoding="utf-8"))
    assert image.src.startswith("/_astro/oak.")
    assert image.alt == OAK


def test_pictures_are_found_below_a_base(site):
    config = CONFIG.replace("defineConfig({", 'defineConfig({ base: "/garden",')
    page = {"src/pages/index.astro": PAGES["src/pages/index.astro"].replace("/img/", "/garden/img/")}
    folder = site(page, config, mode="fix")
    assert build(folder).returncode == 0
    assert found(folder) == {"index.html": [OAK, ""]}


def test_other_output_folders_and_arguments_are_heeded(site):
    folder = site(PAGES | LINK, args=["--exclude", "link/", "--exclude", "trees/"])
    assert told(build(folder, "--outDir", "public_html")) == [("public_html/index.html", "missing-alt")]


def test_sources_can_be_checked_too_because_markdown_makes_empty_brackets_decorative(site):
    files = {"src/pages/post.md": "![](/img/oak.svg)\n"}
    assert build(site(files)).returncode == 0
    both = build(site(files, args=["src/"]))
    assert both.returncode == 1
    assert told(both) == [("src/pages/post.md", "missing-alt")]


def test_a_missing_command_fails_the_build_with_what_installs_it(site):
    gone = build(site(), PATH="/nowhere")
    assert gone.returncode == 1
    assert "pip install alttext-clip" in gone.stdout + gone.stderr


def test_faulty_options_end_the_build_before_it_has_begun(site):
    folder = site(mode="mend")
    done = build(folder)
    assert done.returncode == 1
    assert 'mode is "check" or "fix", not "mend"' in done.stdout + done.stderr
    assert not (folder / "dist").exists()


@pytest.mark.parametrize("example", examples("astro.md"))
def test_the_documented_configurations_are_taken(example, site):
    folder = site(config=example)
    assert build(folder).returncode == 0
    assert found(folder) == FILLED


def test_the_types_fit_what_the_integration_takes(site):
    folder = site()
    right = """import { defineConfig } from "astro/config";
const integrations = [alttext({ mode: "fix", command: "a", args: ["b"] }), alttext()];
export default defineConfig({ integrations });"""
    assert type_errors(folder, "astro", right) == ""
    assert '"mend"' in type_errors(folder, "astro", 'alttext({ mode: "mend" });')
