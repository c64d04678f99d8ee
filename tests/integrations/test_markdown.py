"""The extension of Python-Markdown on its own, and in three builders of sites."""

import logging
import shutil
import subprocess
import sys

import markdown
import pytest
import yaml

import alttext_pages
from alttext import ConfigError
from alttext_markdown import MissingAlternativesError
from tests.integrations.builds import OAK, ROOT, add_pictures, alternatives, contents, run, write

PAGE = (ROOT / "docs" / "python-markdown.md").read_text(encoding="utf-8")
EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc", "footnotes", "alttext"]

FILLED = {  # Markdown and its HTML
    "brackets": ("Ours: ![](img/oak.svg)", f'<p>Ours: <img alt="{OAK}" src="img/oak.svg" /></p>'),
    "a reference": (
        "Ours: ![][o]\n\n[o]: img/oak.svg",
        f'<p>Ours: <img alt="{OAK}" src="img/oak.svg" /></p>',
    ),
    "brackets with attributes": (
        "Ours: ![](img/oak.svg){: .wide loading=lazy }",
        f'<p>Ours: <img alt="{OAK}" class="wide" loading="lazy" src="img/oak.svg" /></p>',
    ),
    "raw HTML in a line": (
        "Ours: <img src='img/oak.svg' >",
        f"<p>Ours: <img src='img/oak.svg' alt='{OAK}' ></p>",
    ),
    "raw HTML as a block": (
        "<figure><img src='img/oak.svg'></figure>",
        f"<figure><img src='img/oak.svg' alt='{OAK}'></figure>",
    ),
    "Markdown in raw HTML": (
        '<div markdown="1">\nOurs: ![](img/oak.svg)\n</div>',
        f'<div>\n<p>Ours: <img alt="{OAK}" src="img/oak.svg" /></p>\n</div>',
    ),
    "characters that HTML escapes": (
        "Ours: ![](img/signs.svg)",
        '<p>Ours: <img alt="Oak &lt;old&gt; &amp; &quot;wise&quot; tree" src="img/signs.svg" /></p>',
    ),
    "a path from the root of the site": (
        "Ours: ![](/img/oak.svg)",
        f'<p>Ours: <img alt="{OAK}" src="/img/oak.svg" /></p>',
    ),
    "one among others": (
        "![Words](a.png) ![](img/oak.svg) <img src=b alt=''>",
        f'<p><img alt="Words" src="a.png" /> <img alt="{OAK}" src="img/oak.svg" /> <img src=b alt=\'\'></p>',
    ),
}
KEPT = {
    "no image": "# Title\n\nText with `code`.",
    "words of the author": "![Their words](img/oak.svg)",
    "words in an attribute list": "![](img/oak.svg){: alt='Their words' }",
    "decorative by an attribute list": '![](img/oak.svg){: alt="" }',
    "a name in the title": '![](img/oak.svg "Our oak")',
    "decorative raw HTML": 'Text <img src="img/oak.svg" alt=""> text',
    "the only content of a link": "[![](img/oak.svg)](https://example.org/)",
    "a picture that is not there": "Ours: ![](img/none.svg)",
    "a picture on another server": "Ours: ![](https://example.org/oak.png)",
    "a picture outside of the site": "Ours: ![](../oak.svg)",
    "an image in code": "`![](img/oak.svg)` and `<img src='img/oak.svg' data-alttext-bare=\"\">`",
    "an image in code beside another": "`<img data-alttext-bare=\"\">` <img src='img/oak.svg' alt=''>",
    "an image in a code block": '    <img alt="" data-alttext-bare="" src="img/oak.svg">',
    "an image that a comment excludes": "<!-- alttext: ignore -->\n\n![](img/oak.svg)",
    "an image that an attribute excludes": "<img src='img/oak.svg' data-alttext=ignore>",
}
REPORTED = {"the only content of a link", "a picture that is not there", "a picture on another server"} | {
    "a picture outside of the site"
}


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A folder with pictures, which is also the working folder."""
    add_pictures(tmp_path / "img")
    signs = '<svg xmlns="http://www.w3.org/2000/svg"><title>Oak &lt;old&gt; &amp; "wise" tree</title></svg>'
    (tmp_path / "img" / "signs.svg").write_text(signs, encoding="utf-8")
    folder = tmp_path / "docs"
    shutil.move(tmp_path / "img", folder / "img")
    shutil.copy(folder / "img" / "oak.svg", tmp_path)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def warnings(caplog):
    """What the extension told."""
    caplog.set_level(logging.WARNING, "alttext")
    return lambda: [record.getMessage() for record in caplog.records]


def convert(text, **options):
    return markdown.markdown(text, extensions=EXTENSIONS, extension_configs={"alttext": options})


def without(text):
    return markdown.markdown(text, extensions=EXTENSIONS[:-1])


@pytest.mark.parametrize(("text", "html"), FILLED.values(), ids=FILLED)
def test_what_is_certain_is_written_into_the_html(text, html, site, warnings):
    assert convert(text, mode="fix") == html
    assert warnings() == []


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_everything_else_stays_as_it_is_without_the_extension(text, site):
    assert convert(text, mode="fix") == without(text)


@pytest.mark.parametrize("name", KEPT)
def test_what_is_left_for_a_person_is_told_and_nothing_else(name, site, warnings):
    convert(KEPT[name], mode="fix")
    assert bool(warnings()) == (name in REPORTED)


@pytest.mark.parametrize(
    "text", [*(text for text, _ in FILLED.values()), *KEPT.values()], ids=[*FILLED, *KEPT]
)
@pytest.mark.parametrize("mode", ["check", "off"])
def test_no_other_mode_changes_anything(text, mode, site):
    assert convert(text, mode=mode) == without(text)


def test_a_check_tells_which_image_and_what_is_wrong(site, warnings):
    convert("# Garden\n\n![](img/oak.svg)\n\n![Words](img/oak.svg)\n\n<img src='./img/signs.svg'>")
    assert [message.partition(" [")[0] for message in warnings()] == [
        "alttext: img/oak.svg: image without a text alternative",
        "alttext: img/signs.svg: image without a text alternative",
    ]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("img/oak.svg?v=1#top", "img/oak.svg"),
        ("../docs/img/./oak.svg", "img/oak.svg"),
        ("../../oak.svg", "../../oak.svg"),
        ("/img/oak.svg", "/img/oak.svg"),
        ("https://example.org/a/../oak.png", "https://example.org/a/../oak.png"),
        ("http://[oak", "http://[oak"),
        ("data:image/png;base64," + "A" * 80, "data:image/png;base64," + "A" * 57 + "…"),
        ("", "image without a source"),
    ],
)
def test_messages_name_an_image_by_its_place_in_the_site(source, name, site, warnings):
    convert(f"Ours: <img src='{source}'>")
    assert warnings()[0].startswith(f"alttext: {name}: image without")


def test_nothing_is_told_when_it_is_off(site, warnings):
    convert("![](img/oak.svg)", mode="off", strict=True)
    assert warnings() == []


@pytest.mark.parametrize("mode", ["check", "fix"])
def test_an_image_in_a_heading_is_told_once_and_leaves_the_contents_alone(mode, site, warnings):
    text = "[TOC]\n\n# Garden ![](img/none.svg)\n\n## More\n"
    assert convert(text, mode=mode) == without(text)
    assert len(warnings()) == 1


def test_an_image_in_a_heading_changes_no_anchor(site):
    text = "[TOC]\n\n# Garden ![](img/oak.svg)\n\nText[^1]\n\n[^1]: ![](img/oak.svg)\n"
    assert convert(text, mode="fix").replace(OAK, "") == without(text)


def test_the_configuration_can_take_empty_brackets_for_decorative(site, warnings):
    (site / "alttext.toml").write_text('empty-markdown-alt = "decorative"\n', encoding="utf-8")
    text = "Ours: ![](img/oak.svg)"
    assert convert(text, mode="fix") == without(text)
    assert warnings() == []


def test_placeholders_are_words_that_somebody_wrote(site, warnings):
    (site / "alttext.toml").write_text("rewrite-placeholders = true\n", encoding="utf-8")
    text = "Ours: ![oak.svg](img/oak.svg)"
    assert convert(text, mode="fix") == without(text)
    assert "[filename-alt]" in warnings()[0]


def test_empty_brackets_that_are_right_are_not_told(site, warnings):
    text = "Read [the story ![](img/oak.svg)](https://example.org/) of the oak."
    (site / "alttext.toml").write_text('decorative = ["*/oak.svg"]\n', encoding="utf-8")
    assert [convert(text, mode=mode) for mode in ("check", "fix")] == [without(text)] * 2
    assert warnings() == []


def test_pages_have_a_folder_of_their_own(site, monkeypatch):
    monkeypatch.chdir(site.parent)
    assert OAK in convert("Ours: ![](img/oak.svg)", mode="fix", docs_dir="docs")
    assert OAK not in convert("Ours: ![](img/oak.svg)", mode="fix", docs_dir="docs/img")


def test_one_converter_serves_many_pages(site):
    converter = markdown.Markdown(extensions=EXTENSIONS, extension_configs={"alttext": {"mode": "fix"}})
    texts = ["Ours: ![](img/oak.svg)", "None.", "[![](img/oak.svg)](/)", "Ours: ![](img/oak.svg)"]
    assert [converter.reset().convert(text) for text in texts] == [
        convert(text, mode="fix") for text in texts
    ]


def test_strict_conversions_fail_where_something_is_left(site):
    with pytest.raises(MissingAlternativesError, match=r"img/none\.svg"):
        convert("Ours: ![](img/none.svg)", mode="fix", strict=True)
    assert OAK in convert("Ours: ![](img/oak.svg)", mode="fix", strict=True)


@pytest.mark.parametrize(
    ("options", "told"), [({"mod": "fix"}, "no option 'mod'"), ({"mode": "mend"}, "one of check, fix, off")]
)
def test_options_that_there_are_not_are_refused(options, told):
    with pytest.raises(ValueError, match=told):
        convert("", **options)


def test_a_faulty_configuration_is_told(site):
    (site / "own.toml").write_text("mod = 1\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"own\.toml: unknown key mod"):
        convert("![](img/oak.svg)", config="own.toml")


def test_the_module_can_be_named_instead_of_the_entry_point(site):
    text = "Ours: ![](img/oak.svg)"
    named = markdown.markdown(
        text, extensions=["alttext_markdown"], extension_configs={"alttext_markdown": {"mode": "fix"}}
    )
    assert named == convert(text, mode="fix")


@pytest.mark.parametrize(
    ("text", "mode"),
    [("# Title\n\nText", "fix"), ("![](img/oak.svg)", "check"), ("![W](img/oak.svg)", "fix")],
)
def test_no_model_is_loaded_where_no_picture_is_looked_at(text, mode, site):
    code = (
        "import markdown, sys; markdown.markdown(sys.argv[1], extensions=['alttext'],"
        "extension_configs={'alttext': {'mode': sys.argv[2]}});"
        "print([name for name in ('numpy', 'PIL', 'onnxruntime') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, text, mode], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_one_model_serves_all_pages(site, monkeypatch):
    from alttext.ranking import encode

    loads = []
    load = encode.load_encoder
    monkeypatch.setattr(
        encode, "load_encoder", lambda *given, **named: loads.append(given) or load(*given, **named)
    )
    alttext_pages._pipeline.cache_clear()
    for heading in ("Dogs", "Our dogs", "All dogs"):
        convert(f"# {heading}\n\nLook: ![](img/dogs.jpg)", mode="fix")
    assert len(loads) == 1


# In builders of sites

SITE = {
    "docs/index.md": """# Garden

Ours: ![](img/oak.svg) and ![Their words](img/oak.svg)

<p>Raw: <img src="img/oak.svg"> and <img src="img/oak.svg" alt=""></p>

![](img/oak.svg){: alt="" .wide } [![](img/oak.svg)](sub/page.md)
""",
    "docs/sub/page.md": """# Dogs

Look: ![](../img/dogs.jpg)

Ours: ![](../img/oak.svg "Title") and ![](<../img/oak.svg>){: .wide }
""",
    "docs/my pages/über.md": "# Oaks\n\nOurs: ![](../img/oak.svg)\n",
    "alttext.toml": "min-confidence = 0.0\n",
}
EXPECTED = {
    "index.html": [OAK, "Their words", OAK, "", "", ""],
    "sub/page/index.html": ["", OAK],
    "my pages/über/index.html": [OAK],
}
HOSTS = {
    "mkdocs": {"site_name": "S", "theme": {"name": "mkdocs"}},
    "properdocs": {"site_name": "S", "theme": {"name": "mkdocs"}},
    "zensical": {"site_name": "S"},
}


def builder_site(folder, host, mode, **options):
    """A site for a host, with the extension."""
    configured = {"markdown_extensions": ["attr_list", {"alttext": {"mode": mode} | options}]}
    write(folder, SITE | {"mkdocs.yml": yaml.safe_dump(HOSTS[host] | configured)})
    add_pictures(folder / "docs" / "img")
    return folder


def built(folder):
    return {name: alternatives(folder / "site" / name) for name in EXPECTED}


def test_three_builders_give_the_same_alternatives(tmp_path):
    found = {}
    for host in HOSTS:
        folder = builder_site(tmp_path / host, host, "fix")
        before = contents(folder / "docs")
        done = run(host, "build", "-f", "mkdocs.yml", cwd=folder)
        assert done.returncode == 0, done.stderr
        assert contents(folder / "docs") == before
        found[host] = built(folder)
    assert found["mkdocs"] == found["properdocs"] == found["zensical"]
    oaks = {
        name: [alt for file, alt in images if file == "oak.svg"] for name, images in found["mkdocs"].items()
    }
    assert oaks == EXPECTED
    dogs = dict(found["mkdocs"]["sub/page/index.html"])["dogs.jpg"]
    assert "dog" in dogs.lower()


@pytest.mark.parametrize("host", HOSTS)
def test_a_check_in_a_builder_changes_nothing_and_names_page_and_image(host, tmp_path):
    checked = builder_site(tmp_path / "checked", host, "check")
    plain = builder_site(tmp_path / "plain", host, "off")
    told = [run(host, "build", "-f", "mkdocs.yml", cwd=folder).stderr for folder in (checked, plain)]
    assert built(checked) == built(plain)
    assert "index.md: img/oak.svg: image without a text alternative" in told[0]
    assert "sub/page.md: img/dogs.jpg: image without a text alternative" in told[0]
    assert "text alternative" not in told[1]


@pytest.mark.parametrize(
    ("host", "options"), [("mkdocs", {}), ("properdocs", {}), ("zensical", {"strict": True})]
)
@pytest.mark.parametrize(("mode", "is_failing"), [("check", True), ("off", False)])
def test_strict_builds_fail_on_a_missing_alternative(host, options, mode, is_failing, tmp_path):
    folder = builder_site(tmp_path, host, mode, **options)
    done = run(host, "build", "--strict", "-f", "mkdocs.yml", cwd=folder)
    assert (done.returncode != 0) == is_failing, done.stderr


@pytest.mark.parametrize("host", HOSTS)
def test_the_language_of_the_theme_is_that_of_the_pages(host, tmp_path):
    folder = builder_site(tmp_path, host, "fix")
    key = "locale" if host != "zensical" else "language"
    configured = yaml.safe_load((folder / "mkdocs.yml").read_text(encoding="utf-8"))
    configured["theme"] = configured.get("theme", {}) | {key: "de"}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(configured), encoding="utf-8")
    assert run(host, "build", "-f", "mkdocs.yml", cwd=folder).returncode == 0
    assert "Hund" in dict(alternatives(folder / "site" / "sub" / "page" / "index.html"))["dogs.jpg"]


def test_the_documented_configuration_is_taken(tmp_path):
    [example] = [text for text in PAGE.split("```yaml\n")[1:] if "markdown_extensions" in text][:1]
    write(tmp_path, {"docs/index.md": "# Garden\n\nOurs: ![](img/oak.svg)\n"})
    add_pictures(tmp_path / "docs" / "img")
    write(tmp_path, {"mkdocs.yml": f"site_name: S\n{example.partition('```')[0]}"})
    assert run("zensical", "build", "-f", "mkdocs.yml", cwd=tmp_path).returncode == 0
    assert alternatives(tmp_path / "site" / "index.html") == [("oak.svg", OAK)]
