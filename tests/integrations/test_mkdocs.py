"""The plugin, in real builds of MkDocs and ProperDocs."""

import re

import pytest
import yaml

from tests.integrations.builds import OAK, ROOT, add_pictures, alternatives, contents, run, write

PAGE = (ROOT / "docs" / "mkdocs.md").read_text(encoding="utf-8")
HOSTS = ["mkdocs", "properdocs"]
DOCUMENTS = {
    "docs/index.md": "# Garden\n\nOurs: ![](img/oak.svg) and ![Their words](img/oak.svg)\n",
    "docs/sub/page.md": """# Oaks

Ours: <img src="../../img/oak.svg"> <img src="../../img/oak.svg" alt=""> and ![](../img/oak.svg){: alt="" }
""",
}
FILLED = {"index.html": [OAK, "Their words"], "sub/page/index.html": [OAK, "", ""]}
AS_WRITTEN = {"index.html": ["", "Their words"], "sub/page/index.html": [None, "", ""]}
LINK = {"docs/link.md": "# Link\n\n[![](img/oak.svg)](sub/page.md)\n"}


@pytest.fixture(params=HOSTS)
def host(request):
    return request.param


@pytest.fixture
def make(tmp_path):
    """Writes a site with the plugin, or with other settings."""

    def site(files=DOCUMENTS, name="site", **settings):
        folder = tmp_path / name
        plain = {"site_name": "S", "theme": {"name": "mkdocs"}, "markdown_extensions": ["attr_list"]}
        write(folder, files | {"mkdocs.yml": yaml.safe_dump(plain | settings)})
        add_pictures(folder / "docs" / "img")
        return folder

    return site


def build(host, folder, *options):
    return run(host, "build", "-f", "mkdocs.yml", *options, cwd=folder)


def found(folder, names=FILLED):
    built = {name: alternatives(folder / "site" / name) for name in names}
    return {name: [alt for _, alt in images] for name, images in built.items()}


def test_a_strict_build_fails_on_a_missing_alternative_and_passes_once_it_is_written(host, make):
    folder = make(plugins=["alttext"])
    before = contents(folder / "docs")
    checked = build(host, folder, "--strict")
    assert checked.returncode == 1
    assert "Aborted with 2 warnings in strict mode!" in checked.stdout + checked.stderr
    assert "index.md: img/oak.svg: image without a text alternative [missing-alt]" in checked.stderr
    assert "sub/page.md: img/oak.svg: image without a text alternative [missing-alt]" in checked.stderr

    (folder / "mkdocs.yml").write_text(
        (folder / "mkdocs.yml").read_text(encoding="utf-8").replace("- alttext", "- alttext: {mode: fix}")
    )
    fixed = build(host, folder, "--strict")
    assert fixed.returncode == 0, fixed.stderr
    assert found(folder) == FILLED
    assert contents(folder / "docs") == before


def test_a_strict_build_passes_where_authors_wrote_the_alternatives(make):
    words = {name: text.replace("![](", "![Oak](") for name, text in DOCUMENTS.items()}
    words["docs/sub/page.md"] = words["docs/sub/page.md"].replace('oak.svg">', 'oak.svg" alt="Oak">')
    folder = make(words, plugins=["alttext"])
    assert build("mkdocs", folder, "--strict").returncode == 0
    assert found(folder)["sub/page/index.html"] == ["Oak", "", ""]


@pytest.mark.parametrize(
    "plugin", ["alttext", {"alttext": {"mode": "off"}}, {"alttext": {"enabled": False}}], ids=str
)
def test_only_fixing_changes_what_is_built(host, plugin, make):
    with_plugin, without = make(name="with", plugins=[plugin]), make(name="without", plugins=[])
    done = [build(host, folder) for folder in (with_plugin, without)]
    assert [each.returncode for each in done] == [0, 0]
    assert found(with_plugin) == AS_WRITTEN
    dated = re.compile(rb"Build Date UTC : .*")
    pages = [
        {
            name: dated.sub(b"", text)
            for name, text in contents(folder / "site").items()
            if name.endswith(".html")
        }
        for folder in (with_plugin, without)
    ]
    assert pages[0] == pages[1]
    assert ("text alternative" in done[0].stderr) == (plugin == "alttext")


def test_what_is_left_for_a_person_fails_a_strict_build_in_either_mode(make):
    folder = make(DOCUMENTS | LINK, plugins=[{"alttext": {"mode": "fix"}}])
    fixed = build("mkdocs", folder, "--strict")
    assert fixed.returncode == 1
    assert re.findall(r"alttext: (\S+):", fixed.stderr) == ["link.md"]
    assert "[sole-content-of-link]" in fixed.stderr


@pytest.mark.parametrize("use_directory_urls", [True, False])
def test_pictures_are_found_whatever_the_addresses_of_pages(use_directory_urls, make):
    documents = {
        "docs/a b/pagé.md": "# P\n\nOurs: ![](../img/oak.svg) ![](/img/oak.svg)\n",
        "docs/README.md": "# R\n\nOurs: ![](img/oak.svg)\n",
    }
    folder = make(documents, plugins=[{"alttext": {"mode": "fix"}}], use_directory_urls=use_directory_urls)
    assert build("mkdocs", folder).returncode == 0
    page = "a b/pagé/index.html" if use_directory_urls else "a b/pagé.html"
    assert found(folder, [page, "index.html"]) == {page: [OAK, OAK], "index.html": [OAK]}


def test_a_configuration_is_found_beside_that_of_the_site(make):
    own = {"own.toml": 'empty-markdown-alt = "decorative"\n'}
    folder = make(DOCUMENTS | own, plugins=[{"alttext": {"mode": "fix", "config": "own.toml"}}])
    done = run("mkdocs", "build", "-f", f"{folder.name}/mkdocs.yml", cwd=folder.parent)
    assert done.returncode == 0, done.stderr
    assert found(folder)["index.html"] == ["", "Their words"]


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"plugins": [{"alttext": {"mode": "mend"}}]}, "Expected one of"),
        ({"plugins": [{"alttext": {"mod": "fix"}}]}, "Unrecognised configuration name: mod"),
        ({"plugins": ["alttext"], "markdown_extensions": ["alttext"]}, "keep one of them"),
        ({"plugins": [{"alttext": {"config": "faulty.toml"}}]}, "unknown key mod"),
    ],
)
def test_faulty_settings_end_the_build_with_a_sentence(settings, told, make):
    folder = make(DOCUMENTS | {"faulty.toml": "mod = 1\n"}, **settings)
    done = build("mkdocs", folder, "--strict")
    assert done.returncode == 1
    assert told in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_texts_that_other_plugins_convert_are_looked_at_in_their_page_only(make):
    hook = """import markdown

def on_page_markdown(text, config, **_):
    extensions = config["markdown_extensions"]
    html = markdown.markdown("Inner: ![](nowhere.png)", extensions=extensions)
    return text + chr(10) * 2 + html.replace(' alt=""', "")
"""
    only = {"docs/index.md": "# Garden\n", "hook.py": hook}
    done = build("mkdocs", make(only, plugins=["alttext"], hooks=["hook.py"]))
    assert re.findall(r"alttext: (\S+): (\S+):", done.stderr) == [("index.md", "nowhere.png")]


@pytest.mark.parametrize("example", re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))
def test_the_documented_configurations_are_taken(example, make):
    folder = make(**yaml.safe_load(example.replace("!ENV [ALTTEXT, true]", "true")))
    assert build("mkdocs", folder).returncode == 0
