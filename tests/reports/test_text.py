from dataclasses import replace

import pytest
from rich.cells import cell_len

from alttext.reports import View, text
from alttext.rules import RULES
from alttext.types import FileResult


def render(*results, **view):
    return "".join(text.render(results, View(**{"command": "fix", "written": True, "quiet": True} | view)))


def test_a_finding_starts_with_its_place_in_the_form_of_compilers(page):
    result = page('<p>\n  <img src="a.jpg">\n').review("a.jpg", "low-confidence").result()
    head = render(result).splitlines()[0]
    assert head.startswith("site/index.html:2:3: missing-alt ")
    assert head.endswith(" [low-confidence]")


def test_the_source_line_is_shown_with_the_image_marked(page):
    result = page('<p>\n<b><img src="a.jpg"></b>\n').review("a.jpg", "low-confidence").result()
    assert render(result).splitlines()[1:] == [
        ' 2 | <b><img src="a.jpg"></b>',
        "   |    ^^^^^^^^^^^^^^^^^",
    ]


SOURCE_LINES = {
    "first line": ('<img src="a.jpg">', '<img src="a.jpg">', "<img src="),
    "carriage returns": ('<p>\r<img src="a.jpg">\r</p>', '<img src="a.jpg">', "<img src="),
    "carriage returns and line feeds": (
        '<p>\r\nxx<img src="a.jpg">\r\n</p>',
        'xx<img src="a.jpg">',
        "<img src=",
    ),
    "tabs": ('\t\t<img src="a.jpg">', '        <img src="a.jpg">', "<img src="),
    "wide characters": ('日本<img src="a.jpg">', '日本<img src="a.jpg">', "<img src="),
    "control characters": ('\x1b[2J<img src="a.jpg">', '�[2J<img src="a.jpg">', "<img src="),
    "an image over several lines": ('<img src="a.jpg"\n  width=1>', '<img src="a.jpg"', "<img src="),
}


@pytest.mark.parametrize("case", SOURCE_LINES)
def test_the_caret_stands_below_the_image(page, case):
    document, shown, marked = SOURCE_LINES[case]
    result = page(document).review("a.jpg", "low-confidence").result()
    source, caret = (line.split("| ", 1)[1] for line in render(result).splitlines()[1:3])
    assert source == shown
    assert caret.index("^") == cell_len(shown[: shown.index(marked)])


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("filler", ["x", "日", "\t"])
def test_a_long_line_is_cut_around_the_image(page, width, filler):
    document = filler * 500 + '<img src="a.jpg">' + filler * 500
    lines = render(page(document).review("a.jpg", "low-confidence").result(), width=width).splitlines()
    assert '<img src="a.jpg"' in lines[1]
    assert all(cell_len(line) <= width for line in lines[1:])
    assert "…" in lines[1]


def test_a_long_image_is_cut_at_its_end(page):
    document = f'<img src="a.jpg" class="{"x" * 500}">'
    source, caret = render(page(document).review("a.jpg", "low-confidence").result()).splitlines()[1:3]
    assert source.startswith(' 1 | <img src="a.jpg"')
    assert cell_len(source) == cell_len(caret) == 80
    assert source.endswith("…")


def test_what_was_written_is_shown_with_its_confidence(page):
    result = page('<img src="a.jpg">').write("a.jpg", "A dog.", 0.871).result()
    assert render(result) == (
        'site/index.html:1:1: fixed missing-alt of a.jpg [described]\n    + alt="A dog."  confidence 0.87\n'
    )


def test_what_was_not_written_yet_is_said_so(page):
    result = page('<img src="a.jpg">').write("a.jpg", "A dog.").result()
    assert "would fix missing-alt of a.jpg" in render(result, written=False)


def test_a_review_shows_the_suggestion_and_the_likeliest_candidates_of_each_facet(page, candidate):
    ranked = [
        ("object", "a bus", 0.2),
        ("scene", "a street", 0.6),
        ("scene", "a beach", 0.2),
        ("object", "a car", 0.3),
    ]
    ranked += [("scene", "a desert", 0.19), ("mood", "gloomy", 0.01)]
    result = (
        page('<img src="a.jpg">')
        .review("a.jpg", "low-confidence", "A street.", 0.42, tuple(candidate(*row) for row in ranked))
        .result()
    )
    assert render(result, width=100).splitlines()[3:] == [
        '   = suggestion: "A street."  confidence 0.42',
        "   = ranked: scene a street 0.60, a beach 0.20; object a car 0.30, a bus 0.20",
    ]


def test_no_more_than_the_three_likeliest_of_a_facet_are_shown(page, candidate):
    ranked = tuple(candidate("object", f"a thing {n}", 0.9 - n / 10) for n in range(5))
    result = page('<img src="a.jpg">').review("a.jpg", "low-confidence", None, 0.0, ranked).result()
    assert render(result, width=100).splitlines()[3:] == [
        "   = ranked: object a thing 0 0.90, a thing 1 0.80, a thing 2 0.70"
    ]


def test_a_reason_that_is_the_problem_itself_is_told_once(page):
    result = page('<img src="a.jpg">').review("a.jpg", "blank-alt", rule="blank-alt").result()
    assert render(result).splitlines()[0] == (
        "site/index.html:1:1: blank-alt Alternative consists of white space"
    )


def test_an_empty_alternative_is_a_suggestion_too(page):
    result = page('<img src="rule.png">').review("rule.png", "divider", "").result()
    assert '   = suggestion: an empty alternative (alt=""), which marks it as decorative' in render(result)


def test_an_image_that_comes_back_takes_one_line(page):
    pages = [
        page('<img src="logo.png">', path=f"{n}.html").review("logo.png", "logo").result() for n in "abc"
    ]
    lines = render(*pages).splitlines()
    assert [line for line in lines if ".html:" in line][1:] == [
        line for line in lines if line.endswith("[logo] logo.png, as above")
    ]
    assert sum("^" in line for line in lines) == 1


def test_an_image_in_another_folder_is_known_by_its_place(page):
    results = [
        page('<img src="/a.png">', path="x/1.html").review("/a.png", "logo").result(),
        page('<img src="/a.png">', path="y/1.html").review("/a.png", "logo").result(),
        page('<img src="b.png">', path="x/2.html").review("b.png", "logo").result(),
        page('<img src="../x/b.png">', path="y/2.html").review("../x/b.png", "logo").result(),
        page('<img src="b.png">', path="y/3.html").review("b.png", "logo").result(),
    ]
    news = [line for line in render(*results).splitlines() if line.endswith("[logo]")]
    assert [line.split(":")[0] for line in news] == ["x/1.html", "x/2.html", "y/3.html"]


UNLIKE = {
    "another source": lambda page: page('<img src="b.png">').review("b.png", "logo"),
    "another reason": lambda page: page('<img src="logo.png">').review("logo.png", "icon"),
    "another suggestion": lambda page: page('<img src="logo.png">').review("logo.png", "logo", "Home"),
    "another rule": lambda page: page('<img src="logo.png">').review("logo.png", "logo", rule="blank-alt"),
}


@pytest.mark.parametrize("case", UNLIKE)
def test_images_that_differ_are_shown_in_full(page, case):
    first = page('<img src="logo.png">').review("logo.png", "logo").result()
    lines = render(first, UNLIKE[case](page).result()).splitlines()
    assert sum("^" in line for line in lines) == 2


def test_documents_stand_apart_unless_they_take_one_line_each(page):
    pages = [page('<img src="/a.png">', path=f"{n}.html").review("/a.png", "logo").result() for n in "abcd"]
    assert [line[:7] for line in render(*pages).splitlines()[2:]] == [
        "   | ^^",
        "",
        "b.html:",
        "c.html:",
        "d.html:",
    ]
    assert render(pages[1]).count("\n\n") == 0


def test_images_without_a_source_are_never_taken_for_the_same(page):
    results = [
        page('<img src="">', path=path).review("", "no-source").result() for path in ("a.html", "b.html")
    ]
    assert render(*results).count("^" * 12) == 2


def test_the_source_of_an_embedded_image_is_cut(page):
    source = "data:image/png;base64," + "A" * 1000
    assert len(render(page(f'<img src="{source}">').write(source, "A dog.").result()).splitlines()[0]) < 140


def test_what_was_kept_is_told_only_when_asked(page):
    result = page('<img src="a.jpg">').keep("a.jpg").result()
    assert render(result) == ""
    assert render(result, verbose=True) == "site/index.html:1:1: kept a.jpg [suppressed]\n"


def test_a_document_that_cannot_be_read_is_told_with_the_cause():
    result = FileResult("a.html", error="no such file or folder")
    assert render(result) == "a.html: error: no such file or folder\n"


def test_documents_without_findings_take_no_line(page):
    assert render(page("<p>").result()) == ""


def test_control_characters_of_a_document_do_not_reach_the_terminal(page):
    result = (
        page('<img src="\x1b]0;x\x07">', path="\x1b[2J.html")
        .review("\x1b]0;x\x07", "icon", "\x1b[1m")
        .result()
    )
    assert "\x1b" not in render(result, result)


def test_without_colour_there_are_no_escape_sequences_and_with_it_only_they_differ(page):
    results = [
        page('<img src="a.jpg"><img src="b.jpg">')
        .write("a.jpg", "A dog.")
        .review("b.jpg", "icon", "Home")
        .result(),
        FileResult("b.html", error="gone"),
    ]
    plain, colored = render(*results, quiet=False), render(*results, quiet=False, color=True)
    assert "\x1b" not in plain
    from rich.text import Text

    assert Text.from_ansi(colored).plain.splitlines() == plain.splitlines()
    assert colored.count("\x1b[") > 10


def summary(*results, **view):
    return render(*results, quiet=False, **view)


def test_the_summary_tells_reasons_in_order_of_frequency(page):
    document = "".join(f'<img src="{n}.jpg">' for n in range(12))
    made = page(document)
    for n in range(10):
        made.review(f"{n}.jpg", "low-confidence")
    made.review("10.jpg", "icon").review("11.jpg", "icon")
    lines = summary(made.result()).splitlines()
    start = lines.index("Left for a person, by reason:")
    assert lines[start + 1].startswith("  10  low-confidence: ")
    assert any(line.startswith("   2  icon: ") for line in lines[start + 2 :])


def test_the_advice_for_a_reason_is_given_once_and_fits_the_terminal(page):
    result = (
        page('<img src="a.jpg"><img src="b.jpg">').review("a.jpg", "icon").review("b.jpg", "icon").result()
    )
    lines = summary(result, width=40).splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("  2  icon: "))
    assert " ".join(line.strip() for line in lines[start + 1 : -2]) == RULES["icon"].advice
    assert all(len(line) <= 40 for line in lines[start + 1 : -2])


CLOSINGS = {
    "nothing to do": ({"command": "check"}, ["none"], "Found no problems in 1 file."),
    "one problem": ({"command": "check"}, ["review", "none"], "Found 1 problem in 1 of 2 files."),
    "problems": ({"command": "check"}, ["review", "review"], "Found 2 problems in 2 of 2 files."),
    "kept": ({"command": "check"}, ["keep"], "Found no problems in 1 file, 1 kept as it is (-v shows)."),
    "no files": ({"command": "check"}, [], "Found no problems in 0 files."),
    "fixed": ({}, ["write", "none"], "Fixed 1 image in 1 of 2 files, none left for a person."),
    "fixed some": ({}, ["write", "review"], "Fixed 1 image in 1 of 2 files, 1 left for a person."),
    "would fix": ({"written": False}, ["write"], "Would fix 1 image in 1 of 1 file, none left for a person."),
    "unreadable": (
        {},
        ["error", "error"],
        "Nothing was read: 2 files unreadable.",
    ),
    "some unreadable": (
        {"command": "check"},
        ["error", "none"],
        "Found no problems in 1 file, 1 file unreadable.",
    ),
}


@pytest.mark.parametrize("case", CLOSINGS)
def test_the_last_line_counts(page, case):
    view, kinds, expected = CLOSINGS[case]
    make = {
        "none": lambda: page("<p>").result(),
        "review": lambda: page('<img src="a.jpg">').review("a.jpg", "icon").result(),
        "write": lambda: page('<img src="a.jpg">').write("a.jpg", "A dog.").result(),
        "keep": lambda: page('<img src="a.jpg">').keep("a.jpg").result(),
        "error": lambda: FileResult("a.html", error="gone"),
    }
    assert summary(*(make[kind]() for kind in kinds), **view).splitlines()[-1] == expected


def test_words_that_say_nothing_are_told_with_the_option_that_replaces_them(page):
    made = page('<img src="a.jpg">').review("a.jpg", "no-other-purpose", rule="filename-alt").result()
    found = replace(made.findings[0], image=replace(made.findings[0].image, alt="a.jpg"))
    result = replace(made, findings=(found,))
    hint = "--rewrite-placeholders also looks at alternatives that say nothing, 1 here.\n"
    assert hint in summary(result)
    assert "--rewrite-placeholders" not in summary(result, replaces=True)
    assert "--rewrite-placeholders" not in summary(result, command="check")
    assert "--rewrite-placeholders" not in summary(made)


def test_check_tells_what_fix_would_look_at(page):
    made = (
        page('<img src="a.jpg"><img src="b.jpg">').review("a.jpg", "no-other-purpose").keep("b.jpg").result()
    )
    assert "`alttext fix` can look at up to 1 of these images.\n" in summary(made, command="check")
    assert "`alttext fix`" not in summary(made)


def test_check_of_another_package_tells_which_command_fixes_its_files_if_one_does(page):
    made = page('<img src="a.jpg">').review("a.jpg", "no-other-purpose").result()
    told = summary(made, command="check", fixer="alttext epub fix")
    assert "`alttext epub fix` can look at up to 1 of these images.\n" in told
    assert "can look" not in summary(made, command="check", fixer="")


def test_five_hundred_findings_stay_readable(page):
    results = [
        page('<img src="logo.png"><img src="a.jpg">', path=f"{n}.html")
        .review("logo.png", "logo")
        .write("a.jpg", "A dog.")
        .result()
        for n in range(500)
    ]
    lines = summary(*results).splitlines()
    assert len(lines) < 500 * 4 + 20
    assert f"  500  logo: {RULES['logo'].summary}" in lines


def test_reports_are_made_piece_by_piece(page):
    def results():
        yield page('<img src="a.jpg">').review("a.jpg", "icon").result()
        raise AssertionError("asked for too early")

    assert next(text.render(results(), View())).startswith("site/index.html:1:1:")


def test_what_is_special_to_an_image_is_wrapped_below_it(page):
    made = page('<img src="a.jpg">').review("a.jpg", "mismatched-alt", "A dog.").result()
    note = "It seems to belong to b.jpg, and that of b.jpg here."
    noted = replace(made.findings[0], decision=replace(made.findings[0].decision, note=note))
    lines = render(replace(made, findings=(noted,)), width=50).splitlines()
    start = lines.index('   = suggestion: "A dog."')
    assert lines[start + 1 : start + 3] == [
        "   = It seems to belong to b.jpg, and that of",
        "     b.jpg here.",
    ]
