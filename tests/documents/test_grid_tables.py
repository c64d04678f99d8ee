import pytest

from alttext.documents import parse


def images(text, format="quarto"):
    return [(ref.src, ref.alt) for ref in parse(text, format)]


FOUND = {
    "in one of its columns": """\
+------------+-----+
| ![](a.png) | one |
+------------+-----+
""",
    "in its head": """\
+------------+-----+
| ![](a.png) | one |
+============+=====+
| two        |     |
+------------+-----+
""",
    "beside code": """\
+------------+------------+
| ``` md     | ![](a.png) |
| ![](x.png) |            |
| ```        |            |
+------------+------------+
""",
    "beside the end of code": """\
+------------+------------+
| ~~~        | one        |
| ![](x.png) |            |
| ~~~        | ![](a.png) |
+------------+------------+
""",
    "beside a backtick": """\
+-----+------------+-----+
| `a  | ![](a.png) | b`  |
+-----+------------+-----+
""",
    "in a cell across columns": """\
+-----+------------+
| one | two        |
+-----+------------+
| ![](a.png) three |
+-----+------------+
""",
    "in a list in a cell": """\
+----------------+
| - one          |
|                |
|   ![](a.png)   |
+----------------+
""",
    "as raw HTML": """\
+-------------------+-----+
| <img src="a.png"> | one |
+-------------------+-----+
""",
    "by a reference": """\
+--------+-----+
| ![][r] | one |
+--------+-----+

[r]: a.png
""",
    "in a quotation": """\
> +------------+-----+
> | ![](a.png) | one |
> +------------+-----+
""",
    "in a list": """\
- one

  +------------+-----+
  | ![](a.png) | two |
  +------------+-----+
""",
}
SHOWN = {
    "around the table": """\
```
+------------+
| ![](x.png) |
+------------+
```
""",
    "with tildes around the table": """\
~~~ {.markdown}
+------------+
| ![](x.png) |
+------------+
~~~
""",
    "by its indentation around the table": """\
    +------------+
    | ![](x.png) |
    +------------+
""",
    "in a cell": """\
+------------+
| ```        |
| ![](x.png) |
| ```        |
+------------+
""",
    "in a cell, with a blank line": """\
+------------+-----+
| ~~~        | one |
|            |     |
| ![](x.png) |     |
| ~~~        |     |
+------------+-----+
""",
    "in a cell, without an end": """\
+------------+-----+
| ~~~        | one |
| ![](x.png) |     |
+------------+-----+
""",
    "by its indentation in a cell": """\
+----------------+
|     ![](x.png) |
+----------------+
""",
    "in a comment in a cell": """\
+---------------------+
| <!-- ![](x.png) --> |
+---------------------+
""",
}
OTHERS = {
    "a cell that goes on beside a border": """\
+-----+------------+
| one | ![](a.png) |
+-----+            |
| two |            |
+-----+------------+
""",
    "columns that are not aligned": """\
+-----+-----+
| one | ![](a.png) |
+-----+-----+
""",
    "a table without an end": """\
+------------+
| ![](a.png) |
""",
    "a table in a cell": """\
+------------------+
| +------------+   |
| | ![](a.png) |   |
| +------------+   |
+------------------+
""",
    "letters of two columns": """\
+------+------------+
| 画像 | ![](a.png) |
+------+------------+
""",
}


@pytest.mark.parametrize("format", ["markdown", "quarto"])
@pytest.mark.parametrize("text", FOUND.values(), ids=FOUND)
def test_an_image_is_found_where_it_stands(text, format):
    (ref,) = parse(text, format)
    assert (ref.src, ref.alt, ref.blocked) == ("a.png", None, "drawn-table")
    assert text[ref.span.start : ref.span.end] in {"![](a.png)", "![][r]", '<img src="a.png">'}


@pytest.mark.parametrize("format", ["markdown", "quarto"])
@pytest.mark.parametrize("text", SHOWN.values(), ids=SHOWN)
def test_an_image_that_is_shown_as_code_or_not_at_all_is_none(text, format):
    assert images(text, format) == []


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_an_image_in_what_cannot_be_taken_apart_is_found_all_the_same(text):
    assert images(text) == [("a.png", None)]


def test_an_alternative_may_go_on_in_the_next_line_of_its_cell():
    text = "+---------+-----+\n| ![One   | two |\n| dog](x) |     |\n+---------+-----+\n"
    assert images(text) == [("x", "One\ndog")]


def test_an_image_alone_in_its_cell_is_no_figure():
    text = "+----------------+\n| ![A dog](x)    |\n+----------------+\n"
    assert images(text) == images(text, "markdown") == [("x", "A dog")]


def test_cells_are_not_read_together():
    text = "+------+------------+-------+\n| one  | ![](a.png) | three |\n+------+------------+-------+\n"
    (ref,) = parse(text, "quarto")
    assert (ref.context.before, ref.context.after) == ("", "")
