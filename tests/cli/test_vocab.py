import pytest
from click.testing import CliRunner

from alttext.cli import cli

GOOD = """
[roots]
outdoors = { phrase = "in a place outdoors" }
[outdoors]
garden = { phrase = "in a garden", prompts = ["garden", "flower bed"] }
cellar = { phrase = "in a cellar", emit = false }
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "scene.toml").write_text(GOOD)
    (tmp_path / "alttext.toml").write_text('[vocabulary]\npath = "words"\n')
    return tmp_path


def vocab(*arguments):
    return CliRunner().invoke(cli, ["vocab", *arguments])


def test_a_good_vocabulary_exits_with_0_and_the_counts():
    result = vocab("check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "3 terms in 1 facet, 2 of them can be said; no problems\n"


def test_problems_are_told_and_exit_with_1(folder):
    (folder / "words" / "scene.toml").write_text('[roots]\noffice = "in an office"\nattic = "in a attic"\n')
    result = vocab("check")
    assert result.exit_code == 1
    assert '"a attic" has the wrong article' in result.stdout
    assert result.stderr.endswith("1 problem\n")


def test_the_vocabulary_to_check_can_be_named(folder):
    other = folder / "other.toml"
    other.write_text('facet = "object"\n[roots]\ndog = "a dog / dogs"\n')
    result = vocab("check", "other.toml")
    assert (result.exit_code, result.stderr) == (0, "1 term in 1 facet, 1 of them can be said; no problems\n")


def test_a_vocabulary_that_cannot_be_read_exits_with_2(folder):
    (folder / "words" / "scene.toml").write_text("[roots\n")
    result = vocab("check")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "words/scene.toml: this is no valid TOML" in result.stderr


def test_the_shipped_vocabulary_is_good():
    result = vocab("check", "--isolated")
    assert (result.exit_code, result.stdout) == (0, "")


def test_without_a_name_all_terms_are_listed_by_facet():
    result = vocab("show")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "scene (3; those in parentheses are ranked, never said)\n  outdoors, garden, (cellar)\n"
    )
    assert vocab("show", "scene").stdout == result.stdout


def test_a_term_is_shown_with_all_that_is_known_of_it():
    assert vocab("show", "garden").stdout == (
        "garden\n"
        "  facet        scene\n"
        "  said as      a garden\n"
        "  ranked by    garden, flower bed\n"
        "  kind of      outdoors\n"
        "  preposition  in\n"
    )


def test_terms_above_and_silent_terms_are_shown_as_such():
    result = vocab("show", "outdoors", "cellar")
    assert "  kinds        garden, cellar\n" in result.stdout
    assert "  said as      never, only ranked\n" in result.stdout


def test_the_settings_decide_what_is_shown(folder):
    (folder / "alttext.toml").write_text('[vocabulary]\npath = "words"\nveto = ["garden"]\n')
    assert "(garden)" in vocab("show").stdout


def test_an_unknown_term_is_wrong_usage_with_the_nearest_one():
    result = vocab("show", "gardens")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "unknown term gardens; did you mean garden?" in result.stderr


def test_translations_are_checked_with_the_vocabulary_that_they_belong_to(folder):
    other = folder / "other.toml"
    other.write_text('facet = "object"\n[roots]\ndog = "a dog / dogs"\n')
    (folder / "other.de.toml").write_text(
        '[object]\ndog = { f = "ein Hund / einem Hund" }\n', encoding="utf-8"
    )
    result = vocab("check", "other.toml")
    assert result.exit_code == 1
    assert result.stdout == 'other.de.toml: dog: "ein Hund" has not the article of its gender (f)\n'
