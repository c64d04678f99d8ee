"""The extension of Sphinx, in real builds of reStructuredText and MyST."""

import io
import re
import shutil

import pytest
from sphinx.application import Sphinx

import alttext_pages
from tests.integrations.builds import OAK, ROOT, add_pictures, alternatives, contents, run, write

PAGE = (ROOT / "docs" / "sphinx.md").read_text(encoding="utf-8")
CONF = """extensions = ["myst_parser", "alttext_sphinx"]
myst_enable_extensions = ["colon_fence", "html_image", "substitution"]
myst_substitutions = {"oak": "![](img/oak.svg)"}
"""
FILLED = {  # name of a document: its text
    "image.rst": "Ours:\n\n.. image:: img/oak.svg\n",
    "figure.rst": ".. figure:: img/oak.svg\n\n   Where we meet\n\n   Every *Sunday*.\n",
    "substitution.rst": "Ours: |oak|\n\n.. |oak| image:: img/oak.svg\n",
    "raw.rst": 'Ours:\n\n.. raw:: html\n\n   <p><img src="img/oak.svg"></p>\n',
    "table.rst": ".. list-table::\n\n   * - Ours\n     - .. image:: img/oak.svg\n",
    "wildcard.rst": "Ours:\n\n.. image:: img/oak.*\n",
    "from-root.rst": "Ours:\n\n.. image:: /img/oak.svg\n",
    "brackets.md": "Ours: ![](img/oak.svg)\n",
    "reference.md": "Ours: ![][o]\n\n[o]: img/oak.svg\n",
    "directive.md": "```{image} img/oak.svg\n```\n",
    "colons.md": ":::{figure} img/oak.svg\nWhere we meet\n:::\n",
    "inside.md": "````{note}\nOurs: ![](img/oak.svg)\n````\n",
    "myst-substitution.md": "Ours: {{ oak }}\n",
    "html-image.md": 'Ours: <img src="img/oak.svg"> at noon.\n',
    "html.md": 'Ours:\n\n<div><img src="img/oak.svg"></div>\n',
}
KEPT = {  # name of a document: its text, and the alternative that Sphinx writes
    "words.rst": (".. image:: img/oak.svg\n   :alt: Their words\n", "Their words"),
    "empty.rst": (".. image:: img/oak.svg\n   :alt:\n", ""),
    "words-of-substitution.rst": (
        "Meet at the |oak| at noon.\n\n.. |oak| image:: img/oak.svg\n   :alt: Their words\n",
        "Their words",
    ),
    "name-of-words.rst": ("Meet at the |wise oak|.\n\n.. |wise oak| image:: img/oak.svg\n", "wise oak"),
    "empty-substitution.rst": ("At |oak|.\n\n.. |oak| image:: img/oak.svg\n   :alt:\n", ""),
    "raw-empty.rst": ('Ours:\n\n.. raw:: html\n\n   <img src="img/oak.svg" alt="">\n', ""),
    "code.rst": (".. code-block:: html\n\n   <img src='img/oak.svg'>\n", None),
    "left-out.rst": (".. alttext: ignore\n\n.. image:: img/oak.svg\n", "_images/oak.svg"),
    "words.md": ("Ours: ![Their words](img/oak.svg)\n", "Their words"),
    "option-of-directive.md": ("```{image} img/oak.svg\n:alt:\n```\n", ""),
    "option-in-note.md": ("````{note}\n```{image} img/oak.svg\n:alt: ''\n```\n````\n", ""),
    "option-of-figure.md": (':::{figure} img/oak.svg\n:alt: ""\nWhere we meet\n:::\n', ""),
    "html-image-empty.md": ('Ours: <img src="img/oak.svg" alt=""> at noon.\n', ""),
    "left-out.md": ("<!-- alttext: ignore -->\n\n![](img/oak.svg)\n", ""),
    "comment.md": ("% alttext: ignore\n\n![](img/oak.svg)\n", ""),
}
LEFT = {  # the same, and where the image is and why it is left
    "link.rst": (
        ".. image:: img/oak.svg\n   :target: https://example.org/\n",
        "_images/oak.svg",
        "link.rst:4",
        "sole-content-of-link",
    ),
    "link.md": ("[![](img/oak.svg)](https://example.org/)\n", "", "link.md:3", "sole-content-of-link"),
    "name.rst": (
        "At |oak|.\n\n.. |oak| image:: img/oak.svg\n   :target: /\n",
        "oak",
        "name.rst:6",
        "sole-content-of-link",
    ),
    "in-a-sentence.rst": (
        "Meet at the |oak| at noon.\n\n.. |oak| image:: img/oak.svg\n",
        "oak",
        "in-a-sentence.rst:6",
        "within-sentence",
    ),
}


def titled(name, text):
    """The document as Sphinx wants it: with a title."""
    title = name.replace(".", " ").title()
    return f"{title}\n{'=' * len(title)}\n\n{text}" if name.endswith(".rst") else f"# {title}\n\n{text}"


@pytest.fixture
def make(tmp_path):
    """Writes documents with all that Sphinx needs to build them."""

    def source(documents, name="source", conf=CONF):
        folder = tmp_path / name
        stems = "\n".join(f"   {document.rpartition('.')[0]}" for document in documents)
        index = f"Index\n=====\n\n.. toctree::\n\n{stems}\n"
        texts = {document: titled(document, text) for document, text in documents.items()}
        write(folder, texts | {"index.rst": index, "conf.py": conf})
        add_pictures(folder / "img")
        return folder

    return source


def build(folder, *options, builder="html", out="out"):
    given = ["-b", builder, *options, str(folder), str(folder.parent / out)]
    return run("sphinx-build", *given, cwd=folder)


def unique(documents):
    """The documents under names of which no two are the same but for the suffix."""
    return {re.sub(r"\.(\w+)$", r"-\1.\1", name): text for name, text in documents.items()}


def found(folder, documents, out="out"):
    built = {name: folder.parent / out / f"{name.rpartition('.')[0]}.html" for name in documents}
    return {name: [alt for _, alt in alternatives(page)] for name, page in built.items()}


FIX = ("-D", "alttext_mode=fix")
STRICT = ("-W", "--keep-going", "-j", "2")


def test_what_is_certain_is_written_into_what_is_built_in_parallel(make):
    documents = unique(FILLED)
    folder = make(documents)
    before = contents(folder)
    done = build(folder, *STRICT, *FIX)
    assert done.returncode == 0, done.stderr
    assert found(folder, documents) == {name: [OAK] for name in documents}
    assert contents(folder) == before


@pytest.mark.parametrize("options", [FIX, ()], ids=["fix", "check"])
def test_what_authors_wrote_and_asked_for_stays_and_is_not_told(options, make):
    documents = unique(KEPT)
    folder = make({name: text for name, (text, _) in documents.items()})
    before = contents(folder)
    done = build(folder, *STRICT, *options)
    assert done.returncode == 0, done.stderr
    assert found(folder, documents) == {
        name: [] if alt is None else [alt] for name, (_, alt) in documents.items()
    }
    assert contents(folder) == before


def test_a_check_fails_strict_builds_on_each_missing_alternative(make):
    documents = unique(FILLED)
    folder = make(documents)
    done = build(folder, *STRICT)
    assert done.returncode == 1
    told = re.findall(
        r"source/([^/\s]+?):\d+: WARNING: img/oak\.svg: .* \[alttext\.missing-alt\]", done.stderr
    )
    assert sorted(told) == sorted(documents)


@pytest.mark.parametrize("mode", ["check", "off"])
def test_only_fixing_changes_what_is_built(mode, make):
    documents = unique(FILLED | {name: text for name, (text, *_) in (KEPT | LEFT).items()})
    with_extension = make(documents, "with", CONF + f'alttext_mode = "{mode}"\n')
    without = make(documents, "without", CONF.replace(', "alttext_sphinx"', ""))
    done = [build(folder, "-q", out=f"{folder.name}-out") for folder in (with_extension, without)]
    assert [each.returncode for each in done] == [0, 0]
    pages = [
        {
            name: text
            for name, text in contents(folder.parent / f"{folder.name}-out").items()
            if name.endswith(".html")
        }
        for folder in (with_extension, without)
    ]
    assert pages[0] == pages[1]
    assert ("alttext" in done[0].stderr) == (mode == "check")


def test_what_is_left_for_a_person_is_told_with_its_place_and_stays(make):
    documents = unique(LEFT)
    folder = make({name: text for name, (text, *_) in documents.items()})
    done = build(folder, *FIX)
    assert done.returncode == 0
    assert found(folder, documents) == {name: [alt] for name, (_, alt, *_) in documents.items()}
    told = re.findall(
        r"source/(\S+?): WARNING: img/oak\.svg: .*? \[([\w-]+)\](?:; suggestion.*)? \[alttext", done.stderr
    )
    wanted = {
        (re.sub(r"\.(\w+):", r"-\1.\1:", place), reason) for _, (_, _, place, reason) in documents.items()
    }
    assert set(told) == wanted
    assert build(folder, *STRICT, *FIX, "-E").returncode == 1
    assert build(folder, *STRICT, *FIX, "-E", "-D", "suppress_warnings=alttext").returncode == 0


def test_the_next_build_reads_nothing_anew(make):
    documents = unique(FILLED)
    folder = make(documents)
    first = build(folder, *FIX, "-j", "2")
    assert f"{len(documents) + 1} added, 0 changed, 0 removed" in first.stdout
    second = build(folder, *FIX, "-j", "2")
    assert "0 added, 0 changed, 0 removed" in second.stdout
    assert "no targets are out of date" in second.stdout
    document = next(iter(documents))
    with (folder / document).open("a", encoding="utf-8") as file:
        file.write("\nMore.\n")
    third = build(folder, *FIX, "-j", "2")
    assert "0 added, 1 changed, 0 removed" in third.stdout
    assert found(folder, documents) == {name: [OAK] for name in documents}


def test_another_mode_writes_all_again_and_reads_nothing(make):
    folder = make({"image.rst": FILLED["image.rst"]})
    build(folder)
    assert found(folder, ["image.rst"]) == {"image.rst": ["_images/oak.svg"]}
    fixed = build(folder, *FIX)
    assert "0 added, 0 changed, 0 removed" in fixed.stdout
    assert found(folder, ["image.rst"]) == {"image.rst": [OAK]}


def test_pages_in_folders_find_their_pictures(make):
    documents = {
        "sub/deep/page.rst": ".. image:: own.svg\n\n.. raw:: html\n\n   <img src='../../img/oak.svg'>\n",
        "sub/page.md": "Ours: ![](../img/oak.svg) and ![](/img/oak.svg)\n",
    }
    folder = make(documents)
    shutil.copy(folder / "img" / "oak.svg", folder / "sub" / "deep" / "own.svg")
    assert build(folder, *STRICT, *FIX).returncode == 0
    page = (folder.parent / "out" / "sub" / "deep" / "page.html").read_text(encoding="utf-8")
    assert f'<img alt="{OAK}" src="../../_images/own.svg" />' in page
    assert f"<img src='../../img/oak.svg' alt='{OAK}'>" in page
    assert found(folder, ["sub/page.md"]) == {"sub/page.md": [OAK, OAK]}


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["singlehtml", "text", "epub", "latex"])
def test_other_builders_get_the_alternatives_too(builder, make):
    documents = {name: FILLED[name] for name in ("image.rst", "brackets.md", "substitution.rst")}
    folder = make(documents)
    assert build(folder, *FIX, builder=builder).returncode == 0
    built = b"".join(
        text for name, text in contents(folder.parent / "out").items() if name.endswith(("html", ".txt"))
    )
    assert built.decode().count(OAK) == (0 if builder == "latex" else 3)


def test_fixing_leaves_builders_alone_that_write_no_pages(make):
    folder = make({"image.rst": FILLED["image.rst"]})
    assert build(folder, *STRICT, *FIX, builder="dummy").returncode == 0
    assert build(folder, *STRICT, builder="dummy", out="checked").returncode == 1


def test_the_configuration_can_take_empty_brackets_for_decorative(make):
    conf = CONF + 'alttext_config = "own.toml"\n'
    folder = make({"brackets.md": FILLED["brackets.md"], "image.rst": FILLED["image.rst"]}, conf=conf)
    write(folder, {"own.toml": 'empty-markdown-alt = "decorative"\n'})
    assert build(folder, *STRICT, *FIX).returncode == 0
    assert found(folder, ["brackets.md", "image.rst"]) == {"brackets.md": [""], "image.rst": [OAK]}


def test_the_language_of_the_project_is_that_of_the_pages(make):
    folder = make(
        {"dogs.md": "Da: ![](img/dogs.jpg)\n"}, conf=CONF + 'language = "de"\nalttext_config = "own.toml"\n'
    )
    write(folder, {"own.toml": "min-confidence = 0.0\n"})
    assert build(folder, *FIX).returncode == 0
    assert "Hund" in found(folder, ["dogs.md"])["dogs.md"][0]


@pytest.mark.parametrize(
    ("conf", "told"),
    [
        ('alttext_mode = "mend"\n', "alttext_mode"),
        ('alttext_config = "faulty.toml"\n', "unknown key mod"),
        ('alttext_config = "none.toml"\n', "No such file"),
    ],
)
def test_faulty_settings_are_told(conf, told, make):
    folder = make({"image.rst": FILLED["image.rst"]}, conf=CONF + conf)
    write(folder, {"faulty.toml": "mod = 1\n"})
    done = build(folder, "-W")
    assert done.returncode != 0
    assert told in done.stderr


@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")  # forking, from Python 3.12
def test_one_model_serves_a_parallel_build_and_none_is_loaded_without_a_picture(make, tmp_path, monkeypatch):
    from alttext.ranking import encode

    load = encode.load_encoder

    def noted(*given, **named):
        with (tmp_path / "loads").open("a") as file:  # other processes would write here, too
            file.write("a model\n")
        return load(*given, **named)

    monkeypatch.setattr(encode, "load_encoder", noted)
    alttext_pages._pipeline.cache_clear()
    dogs = {f"dogs{number}.md": f"Look {number}: ![](img/dogs.jpg)\n" for number in range(12)}
    for name, documents in (
        ("without", {"text.rst": "Text.\n", "oak.md": FILLED["brackets.md"]}),
        ("with", dogs),
    ):
        folder = make(documents, name)
        app = Sphinx(
            folder, folder, tmp_path / name / "out", tmp_path / name / "trees", "html",
            confoverrides={"alttext_mode": "fix"}, status=None, warning=io.StringIO(), parallel=2,
        )  # fmt: skip
        app.build()
        loads = (tmp_path / "loads").read_text().count("model") if (tmp_path / "loads").exists() else 0
        assert loads == (name == "with")


def test_the_documented_configuration_is_taken(make):
    [example] = re.findall(r"```python\n# conf\.py\n(.*?)```", PAGE, re.DOTALL)
    folder = make({"image.rst": FILLED["image.rst"]}, conf=example)
    assert build(folder, *STRICT).returncode == 0
    assert found(folder, ["image.rst"]) == {"image.rst": [OAK]}
