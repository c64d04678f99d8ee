import re
from pathlib import Path

import pytest

from alttext import config
from alttext.config import Settings
from alttext.errors import ConfigError
from alttext.rules import RULES

PROBLEM = "missing-alt"


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


# Finding the file


def test_without_a_file_everything_has_its_default(tmp_path):
    assert config.load(start=tmp_path) == Settings()


def test_the_closest_file_holds_and_files_are_not_merged(tmp_path):
    write(tmp_path / "alttext.toml", "jobs = 2\nmin-confidence = 0.9")
    closest = write(tmp_path / "site" / "alttext.toml", "jobs = 3")
    assert config.find(tmp_path / "site" / "blog") == closest
    assert config.load(start=tmp_path / "site" / "blog") == Settings(jobs=3)


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ((".alttext.toml", "alttext.toml", "pyproject.toml"), ".alttext.toml"),
        (("alttext.toml", "pyproject.toml"), "alttext.toml"),
        (("pyproject.toml",), "pyproject.toml"),
    ],
)
def test_in_one_folder_names_have_an_order(tmp_path, names, found):
    for name in names:
        write(tmp_path / name, "[tool.alttext]\n" if name == "pyproject.toml" else "")
    assert config.find(tmp_path) == tmp_path / found


OTHER_PROJECTS = {
    "without the section": "[tool.ruff]\n",
    "that only names it": '[project]\nname = "alttext-theme"\n',
    "that is broken": "[tool.ruff\n",
    "that is broken and names it": "# alttext\n[tool.ruff\n",
    "that is no text": None,
}


@pytest.mark.parametrize("case", OTHER_PROJECTS)
def test_a_pyproject_of_others_is_passed_over(tmp_path, case):
    write(tmp_path / "alttext.toml", "jobs = 3")
    project = write(tmp_path / "docs" / "pyproject.toml", "")
    project.write_bytes(b"\xff alttext" if OTHER_PROJECTS[case] is None else OTHER_PROJECTS[case].encode())
    assert config.find(tmp_path / "docs") == tmp_path / "alttext.toml"


@pytest.mark.parametrize(
    "text",
    [
        "[tool.alttext]\njobs = 3",
        "tool.alttext.jobs = 3",
        "[tool]\nalttext = {jobs = 3}",
        "\ufeff[tool.alttext]\njobs = 3",
    ],
)
def test_the_section_of_a_pyproject_is_read(tmp_path, text):
    write(tmp_path / "pyproject.toml", text)
    assert config.load(start=tmp_path) == Settings(jobs=3)


def test_a_broken_section_is_an_error_and_not_passed_over(tmp_path):
    write(tmp_path / "pyproject.toml", "[tool.alttext]\njobs = ")
    with pytest.raises(ConfigError, match="not valid TOML"):
        config.load(start=tmp_path)


def test_the_search_starts_beside_a_file_that_is_named(tmp_path):
    found = write(tmp_path / "alttext.toml", "")
    assert config.find(write(tmp_path / "index.html", "")) == found


def test_settings_are_taken_as_they_are(tmp_path):
    write(tmp_path / "alttext.toml", "jobs = 3")
    given = Settings(jobs=5)
    assert config.load(given, start=tmp_path) is given


def test_a_file_that_is_named_is_read_whatever_its_name(tmp_path):
    assert config.load(write(tmp_path / "strict.toml", "jobs = 7")) == Settings(jobs=7)


# Reading it

EVERY_KEY = """
min-confidence = 0.8
min-mood-confidence = 0.97
crops = true
select = ["missing-alt"]
extend-select = ["link-without-name"]
ignore = ["missing-area-alt"]
exclude = ["drafts", "*.tmpl.html"]
force-exclude = true
respect-gitignore = false
include = ["template", "noscript"]
site-root = "public"
allow-outside-root = true
decorative = ["*/divider-*.svg"]
empty-markdown-alt = "decorative"
implicit-figures = true
rewrite-placeholders = true
model = "./clip"
device = "cuda"
language = "en-GB"
ocr = "off"
jobs = 4
shard = "1/8"
cache = false
cache-dir = "kept"
ledger = "alternatives.jsonl"
max-image-bytes = 1000
max-image-pixels = 2000
remote = ["cdn.example.org", "*.example.net"]
max-remote-bytes = 3000
remote-seconds = 2.5
[vocabulary]
path = "vocab"
extend = ["garden.toml"]
veto = ["dog"]
"""


def test_every_key_can_be_set(tmp_path):
    settings = config.read(write(tmp_path / "alttext.toml", EVERY_KEY))
    for name in Settings.__struct_fields__:
        assert getattr(settings, name) != getattr(Settings(), name), name


def test_every_key_has_words_for_what_it_expects():
    names = [name.replace("_", "-") for name in Settings.__struct_fields__]
    tables = [f"vocabulary.{name}" for name in config.VocabularySettings.__struct_fields__]
    assert set(config.EXPECTED) == {*names, *tables}


def test_relative_paths_are_relative_to_the_file(tmp_path):
    settings = config.read(write(tmp_path / "alttext.toml", EVERY_KEY))
    assert settings.site_root == str(tmp_path / "public")
    assert settings.model == str(tmp_path / "clip")
    assert settings.cache_dir == str(tmp_path / "kept")
    assert settings.vocabulary.path == str(tmp_path / "vocab")
    assert settings.vocabulary.extend == (str(tmp_path / "garden.toml"),)


@pytest.mark.parametrize("name", ["openai/clip-vit-base-patch32", "/models/clip"])
def test_names_of_models_and_absolute_paths_stay_as_they_are(tmp_path, name):
    assert config.read(write(tmp_path / "alttext.toml", f'model = "{name}"')).model == name


def test_a_list_of_keys_is_no_answer_to_a_slip_of_the_pen(tmp_path):
    with pytest.raises(ConfigError) as error:
        config.read(write(tmp_path / "alttext.toml", "min-confidense = 1"))
    assert str(error.value).endswith("did you mean min-confidence?")


@pytest.mark.parametrize("pattern", ["drafts", "drafts/", "*.tmpl.html", "**/drafts", "**/old/*.html"])
def test_patterns_for_any_depth_stay_as_they_are(tmp_path, pattern):
    assert config.read(write(tmp_path / "alttext.toml", f'exclude = ["{pattern}"]')).exclude == (pattern,)


@pytest.mark.parametrize("pattern", ["/drafts", "blog/drafts/", "blog/*.html"])
def test_patterns_with_a_slash_are_tied_to_the_folder_of_the_file(tmp_path, pattern):
    tied = config.read(write(tmp_path / "alttext.toml", f'exclude = ["{pattern}"]')).exclude
    assert tied == (f"{tmp_path.as_posix()}/{pattern.lstrip('/')}",)


ERRORS = {
    "an unknown key": ("min-confidense = 1", "unknown key min-confidense; did you mean min-confidence?"),
    "a key of python": ("min_confidence = 1", "unknown key min_confidence; did you mean min-confidence?"),
    "an unknown key like nothing": (
        "zzz = 1",
        "unknown key zzz; known keys: min-confidence, min-mood-confidence,",
    ),
    "an unknown key in a table": (
        "[vocabulary]\nvetos = []",
        "unknown key vocabulary.vetos; did you mean vocabulary.veto?",
    ),
    "an unknown table": ("[vocab]\nveto = []", "unknown key vocab; did you mean vocabulary?"),
    "the section of another file": (
        "[tool.alttext]\njobs = 2",
        "[tool.alttext] is for pyproject.toml; in this file the keys stand at the top",
    ),
    "a number too large": (
        "min-confidence = 1.5",
        "min-confidence: 1.5 does not fit, expected a number from 0 to 1",
    ),
    "a text for a number": ('jobs = "4"', 'jobs: "4" does not fit, expected a whole number, 1 or more'),
    "a text for hosts": (
        'remote = "cdn.example.org"',
        'remote: "cdn.example.org" does not fit, expected a list of hosts such as "cdn.example.org"',
    ),
    "no time": (
        "remote-seconds = 0",
        "remote-seconds: 0 does not fit, expected a number above 0, at most 3600",
    ),
    "an unknown device": (
        'device = "tpu"',
        'device: "tpu" does not fit, expected "auto", "cpu", "cuda" or "mps"',
    ),
    "no jobs": ("jobs = 0", "jobs: 0 does not fit, expected a whole number, 1 or more"),
    "a text for a list": (
        'exclude = "drafts"',
        'exclude: "drafts" does not fit, expected a list of patterns',
    ),
    "a list of numbers": ("exclude = [1]", "exclude: [1] does not fit, expected a list of patterns"),
    "a word that is none of the choice": (
        'include = ["iframe"]',
        'include: ["iframe"] does not fit, expected a list of "template" and',
    ),
    "another word": (
        'empty-markdown-alt = "keep"',
        'empty-markdown-alt: "keep" does not fit, expected "missing" or "decorative"',
    ),
    "a date": ("jobs = 2026-11-24", 'jobs: "2026-11-24" does not fit, expected a whole number'),
    "an infinite number": (
        "min-confidence = inf",
        "min-confidence: inf does not fit, expected a number from 0 to 1",
    ),
    "a text for a table": ('vocabulary = "x"', 'vocabulary: "x" does not fit, expected a table'),
    "an unknown rule": (
        'select = ["missing-alts"]',
        "select: unknown rule missing-alts; did you mean missing-alt?",
    ),
    "an unknown rule to ignore": (
        'ignore = ["zzz"]',
        "ignore: unknown rule zzz; `alttext rule` lists them all",
    ),
    "a reason to select": ('select = ["low-confidence"]', "select: unknown rule low-confidence"),
    "an exclusion taken back": (
        'exclude = ["!a.html"]',
        "exclude: !a.html would take back an exclusion; put it into .alttextignore",
    ),
    "broken TOML": ("jobs = ", "not valid TOML:"),
}


@pytest.mark.parametrize("case", ERRORS)
def test_an_error_names_the_file_the_key_and_what_would_fit(tmp_path, case):
    text, expected = ERRORS[case]
    path = write(tmp_path / "alttext.toml", text)
    with pytest.raises(ConfigError) as raised:
        config.read(path)
    assert str(raised.value).startswith(f"{path}: {expected}")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfe", b'model = "\xe9"', b"jobs = " + b"[" * 20_000, b"jobs = " + b"9" * 5000],
    ids=["a mark of UTF-16", "Latin-1", "depth", "a long number"],
)
def test_a_file_that_is_no_text_is_an_error(tmp_path, data):
    path = tmp_path / "alttext.toml"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match="not valid TOML"):
        config.read(path)


def test_a_file_that_is_not_there_is_an_error_with_the_next_step(tmp_path):
    with pytest.raises(
        ConfigError, match=re.escape("none.toml: No such file or directory; name a readable file")
    ):
        config.read(tmp_path / "none.toml")


# The command line on top


def test_what_the_command_line_does_not_say_stays(tmp_path):
    settings = Settings(jobs=3, exclude=("a",))
    assert config.override(settings, {}, tmp_path) == settings


def test_the_command_line_has_the_last_word(tmp_path):
    settings = config.override(Settings(jobs=3, language="en-GB"), {"jobs": 5}, tmp_path)
    assert settings == Settings(jobs=5, language="en-GB")


def test_exclusions_of_the_command_line_are_added(tmp_path):
    settings = config.override(Settings(exclude=("a",)), {"exclude": ("b", "/c")}, tmp_path)
    assert settings.exclude == ("a", "b", f"{tmp_path.as_posix()}/c")


def test_relative_paths_of_the_command_line_are_relative_to_the_working_folder(tmp_path):
    settings = config.override(Settings(), {"site_root": "public", "model": "./clip"}, tmp_path)
    assert (settings.site_root, settings.model) == (str(tmp_path / "public"), str(tmp_path / "clip"))


def test_an_unknown_rule_on_the_command_line_is_an_error(tmp_path):
    with pytest.raises(
        ConfigError, match="command line: ignore: unknown rule missing-alts; did you mean missing-alt"
    ):
        config.override(Settings(), {"ignore": ("missing-alts",)}, tmp_path)


# Which rules hold


def test_by_default_all_problems_hold_but_those_that_have_to_be_asked_for():
    rules = Settings().rules
    assert PROBLEM in rules
    assert "link-without-name" not in rules
    assert all(RULES[rule].kind == "problem" for rule in rules)


SELECTIONS = [
    ({"select": (PROBLEM,)}, {PROBLEM}),
    ({"select": (PROBLEM,), "extend_select": ("link-without-name",)}, {PROBLEM, "link-without-name"}),
    ({"select": (PROBLEM, "blank-alt"), "ignore": ("blank-alt",)}, {PROBLEM}),
    ({"select": (PROBLEM,), "ignore": (PROBLEM,)}, set()),
    ({"extend_select": ("blank-alt",), "select": (PROBLEM,), "ignore": ("blank-alt",)}, {PROBLEM}),
]


@pytest.mark.parametrize(("options", "rules"), SELECTIONS)
def test_rules_are_selected_added_and_then_taken_away(options, rules):
    assert Settings(**options).rules == rules


@pytest.mark.parametrize(
    ("options", "looks"),
    [
        ({}, False),
        ({"extend_select": ("stale-alt",)}, False),
        ({"extend_select": ("sensitive-image",)}, True),
        ({"select": ("mismatched-alt",)}, True),
        ({"select": ("mismatched-alt",), "ignore": ("mismatched-alt",)}, False),
    ],
)
def test_pictures_are_looked_at_only_for_problems_that_they_alone_can_tell(options, looks):
    assert Settings(**options).looks is looks


def test_settings_cannot_be_changed():
    with pytest.raises(AttributeError):
        Settings().jobs = 3


def test_the_documentation_tells_every_key_with_its_default():
    page = (Path(__file__).parents[1] / "docs" / "configuration.md").read_text(encoding="utf-8")
    for key in config.EXPECTED:
        name = key.removeprefix("vocabulary.")
        assert f"| `{name}` |" in page or f"`[{name}]`" in page, key
