"""What a line of labels makes true, false and unknown, and what is said of a line that is wrong."""

import re
from pathlib import Path

import numpy as np
import pytest

from alttext.errors import ParseError
from alttext.ranking import labels, vocabulary
from alttext.ranking.vocabulary import Vocabulary
from alttext.types import Term


def term(id, parent="", facet="object"):
    return Term(id, facet, f"a {id}", (id,), parent)


WORDS = Vocabulary(
    (
        *(term("animal"), term("dog", "animal"), term("collie", "dog"), term("cat", "animal"), term("car")),
        *(term("outdoors", facet="scene"), term("beach", "outdoors", "scene"), term("room", facet="scene")),
        *(term("photograph", facet="medium"), term("graphic", facet="medium")),
        *(term("chart", "graphic", "medium"), term("map", "graphic", "medium")),
    )
)


@pytest.fixture
def read(tmp_path):
    """Reads lines as a file of labels."""

    def from_lines(*lines):
        path = tmp_path / "labels.jsonl"
        path.write_text("\n".join(lines), encoding="utf-8")
        return labels.read(path, WORDS)

    return from_lines


KNOWN = {
    "parents of what is true are true": ('"true": ["collie"]', "collie dog animal", ""),
    "kinds of what is false are false": ('"false": ["dog"]', "", "dog collie"),
    "nothing else is known": ('"true": ["dog"], "false": ["cat"]', "dog animal", "cat"),
    "a complete facet has no more": (
        '"true": ["collie"], "complete": ["object"]', "collie dog animal", "cat car",
    ),
    "of a complete facet nobody said which kind it is": (
        '"true": ["dog"], "complete": ["object"]', "dog animal", "cat car",
    ),
    "one kind is not the others": (
        '"true": ["animal", "cat"], "complete": ["object"]', "animal cat", "dog collie car",
    ),
    "a kind that is false stays so": (
        '"true": ["dog"], "false": ["collie"], "complete": ["object"]', "dog animal", "collie cat car",
    ),
    "a complete facet may be empty": ('"complete": ["scene"]', "", "outdoors beach room"),
    "a complete facet says nothing of others": (
        '"true": ["dog"], "complete": ["scene"]', "dog animal", "outdoors beach room",
    ),
    "a picture has one medium": ('"true": ["photograph"]', "photograph", "graphic chart map"),
    "a kind of medium is of its parent": ('"true": ["chart"]', "chart graphic", "photograph map"),
    "of a medium nobody said which kind it is": ('"true": ["graphic"]', "graphic", "photograph"),
    "no other medium need be named": ('"false": ["map"]', "", "map"),
    "twice is once": ('"true": ["car", "car"]', "car", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", KNOWN)
def test_what_a_line_says(read, case):
    said, true, false = KNOWN[case]
    found = read(f'{{"image": "a.jpg", {said}}}')
    assert found.problems == ()
    assert (found.pictures[0].true, found.pictures[0].false) == (set(true.split()), set(false.split()))


def test_pictures_are_looked_for_beside_the_file(read, tmp_path):
    found = read('{"image": "photos/a.jpg", "true": ["dog"]}', '{"image": "/b.jpg", "true": ["dog"]}')
    assert [picture.path for picture in found.pictures] == [tmp_path / "photos" / "a.jpg", Path("/b.jpg")]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\n\n", " \n"])
def test_empty_lines_and_byte_order_marks_are_no_labels(tmp_path, ending):
    path = tmp_path / "labels.jsonl"
    line = (
        b'{"image": "a\xe2\x80\xa8.jpg", "true": ["dog"]}'  # with a line separator that is no end of a line
    )
    path.write_bytes(b"\xef\xbb\xbf" + line + ending.encode())
    found = labels.read(path, WORDS)
    assert (len(found.pictures), found.problems) == (1, ())


PROBLEMS = {
    "an unknown term": ('"true": ["dgo"]', "unknown term dgo; did you mean dog?"),
    "an unknown false term": ('"false": ["bech"]', "unknown term bech; did you mean beach?"),
    "a phrase": ('"true": ["Collies"]', "unknown term Collies; did you mean collie?"),
    "a term like no other": ('"true": ["zither"]', "unknown term zither; `alttext vocab show` lists them"),
    "an unknown facet": ('"complete": ["objects"]', "complete: unknown facet objects; did you mean object?"),
    "a term for a facet": ('"complete": ["dog"]', "complete: unknown facet dog"),
    "true and false": ('"true": ["dog"], "false": ["dog"]', "dog is true, so dog cannot be false"),
    "a false parent": ('"true": ["cat"], "false": ["animal"]', "cat is true, so animal cannot be false"),
    "nothing": ('"true": []', "nothing is said of a.jpg"),
    "an unknown key": ('"treu": ["dog"]', "treu"),
    "one term without brackets": ('"true": "dog"', "true"),
    "a number": ('"true": [1]', "true"),
}  # fmt: skip


@pytest.mark.parametrize("case", PROBLEMS)
def test_what_is_wrong_is_said_with_its_line(read, tmp_path, case):
    said, message = PROBLEMS[case]
    found = read('{"image": "z.jpg", "true": ["car"]}', f'{{"image": "a.jpg", {said}}}')
    assert [picture.path.name for picture in found.pictures] == ["z.jpg"]
    assert len(found.problems) == 1
    assert found.problems[0].startswith(f"{tmp_path / 'labels.jsonl'}:2: ")
    assert message in found.problems[0]


@pytest.mark.parametrize("line", ["{", '"dog"', "[]", "null", '{"true": ["dog"]}', '{"image": 3}', "dog"])
def test_a_line_that_is_no_label_is_a_problem(read, line):
    assert len(read(line).problems) == 1


def test_all_problems_are_found_at_once(read):
    found = read(
        '{"image": "a.jpg", "true": ["dgo", "cta"], "complete": ["scenes"]}', "{", '{"image": "b.jpg"}'
    )
    assert [re.search(r":(\d+): ", problem)[1] for problem in found.problems] == ["1", "1", "1", "2", "3"]


@pytest.mark.parametrize("again", ["a.jpg", "./a.jpg"])
def test_a_picture_comes_once(read, again):
    found = read('{"image": "a.jpg", "true": ["dog"]}', f'{{"image": "{again}", "false": ["cat"]}}')
    assert len(found.pictures) == 1
    assert f"{again} again" in found.problems[0]


@pytest.mark.parametrize("content", [None, b"\xff\xfe{\x00"], ids=["missing", "UTF-16"])
def test_a_file_that_is_no_text_is_refused_by_its_name(tmp_path, content):
    path = tmp_path / "labels.jsonl"
    if content:
        path.write_bytes(content)
    with pytest.raises(ParseError, match=re.escape(str(path))):
        labels.read(path, WORDS)


def test_truth_has_a_row_for_each_picture_and_a_column_for_each_term(read):
    pictures = read(
        '{"image": "a.jpg", "true": ["dog"]}', '{"image": "b.jpg", "complete": ["scene"]}'
    ).pictures
    truth = labels.truth(pictures, WORDS)
    assert truth.shape == (2, len(WORDS.terms))
    assert {WORDS.terms[at].id for at in np.flatnonzero(truth[0] == labels.TRUE)} == {"dog", "animal"}
    assert {WORDS.terms[at].id for at in np.flatnonzero(truth[1] == labels.FALSE)} == {
        "outdoors",
        "beach",
        "room",
    }
    assert (truth == labels.UNKNOWN).sum() == truth.size - 5


@pytest.mark.parametrize(
    ("said", "is_photograph"),
    [
        ('"photograph"', True),
        ('"dog"', True),
        ('"chart"', False),
        ('"graphic"', False),
        ('"dog", "map"', False),
    ],
)
def test_pictures_are_photographs_unless_another_medium_is_named(read, said, is_photograph):
    pictures = read(f'{{"image": "a.jpg", "true": [{said}]}}').pictures
    assert labels.photographs(pictures, WORDS).tolist() == [is_photograph]


def test_the_documented_example_can_be_read_with_the_curated_vocabulary(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "calibration.md").read_text(encoding="utf-8")
    example = re.search(r"```json\n(.*?)```", page, re.DOTALL)[1]
    (tmp_path / "labels.jsonl").write_text(example, encoding="utf-8")
    found = labels.read(tmp_path / "labels.jsonl", vocabulary.load())
    assert (len(found.pictures), found.problems) == (example.count("\n"), ())
