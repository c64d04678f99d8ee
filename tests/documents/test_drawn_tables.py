import pytest

from alttext.documents import drawn_tables, parse

GRID = """\
+--------+----------------+
| Option | Looks          |
+:=======+:===============+
| `a`    | ![](a.png)     |
|        |                |
|        | more           |
+--------+----------------+
"""
SIMPLE = """\
  Right     Left
-------     ------
![](a.png)  text
"""
OTHERS = {
    "a pipe table": "| a | b |\n|---|---|\n| ![](a.png) | c |\n",
    "a pipe table with a corner": "| a | b |\n|---+---|\n| ![](a.png) | c |\n",
    "a pipe table without edges": "a | b\n--- | ---\n![](a.png) | c\n",
    "a heading": "![](a.png)\n---\n",
    "a list": "- ![](a.png)\n-- b\n",
    "a line below a table": f"{GRID}\n![](a.png)\n".replace("| ![](a.png)", "|           "),
    "a line above a table": f"![](a.png)\n \n{GRID}".replace("| ![](a.png)", "|           "),
    "a paragraph": "a ![](a.png) --x-- +-\n",
}


@pytest.mark.parametrize("table", [GRID, SIMPLE], ids=["grid", "simple"])
@pytest.mark.parametrize("around", ["{}", "words\n\n{}\nwords\n", "\n \n{}\n", "---\ntitle: x\n---\n\n{}"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("format", ["markdown", "quarto"])
def test_a_table_whose_columns_are_aligned_is_left_as_it_is(table, around, newline, format):
    (ref,) = parse(around.format(table).replace("\n", newline), format)
    assert (ref.alt, ref.slot, ref.blocked) == (None, None, "drawn-table")


def test_raw_html_in_such_a_table_is_left_as_it_is_too():
    (ref,) = parse(GRID.replace("![](a.png)    ", "<img src='a'>"), "quarto")
    assert ref.blocked == "drawn-table"


def test_a_table_in_a_quotation_is_one():
    (ref,) = parse("".join(f"> {line}\n" for line in ["words", "", *GRID.splitlines()]), "quarto")
    assert ref.blocked == "drawn-table"


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_what_does_not_depend_on_columns_is_open(text):
    (ref,) = parse(text, "quarto")
    assert (ref.slot is not None, ref.blocked) == (True, "")


@pytest.mark.parametrize(("offset", "is_in_table"), [(0, False), (3, True), (13, True), (18, False)])
def test_a_table_begins_and_ends_at_blank_lines(offset, is_in_table):
    assert drawn_tables.hold("a\n\n+-+\n|x|\n+-+\n\nb\n", offset) is is_in_table
