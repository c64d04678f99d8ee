import pytest

from alttext.reports import fingerprint
from alttext.types import FileResult

# From the tests of the algorithm: https://github.com/github/codeql-action/blob/main/src/fingerprints.test.ts
GREETINGS = [
    "e9496ae3ebfced30:1",
    "fb7c023a8b9ccb3f:1",
    "ce8ba1a563dcdaca:1",
    "e20e36e16fcb0cc8:1",
    "b3edc88f2938467e:1",
    "c8e28b0b4002a3a0:1",
    "c129715d7a2bc9a3:1",
]
KNOWN = [
    ("", ["c129715d7a2bc9a3:1"]),
    (
        " a\nb\n  \t\tc\n d",
        ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"],
    ),
    (" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", GREETINGS),
    (" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", GREETINGS),
    (" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", GREETINGS),
    (" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", GREETINGS),
    (
        "Lorem ipsum dolor sit amet.\n" * 10,
        [
            *(f"a7f2ff13bc495cf2:{number}" for number in range(1, 7)),
            "a7f2ff1481e87703:1",
            "a9cf91f7bbf1862b:1",
            "55ec222b86bcae53:1",
            "cc97dc7b1d7d8f7b:1",
            "c129715d7a2bc9a3:1",
        ],
    ),
]


@pytest.mark.parametrize(("text", "hashes"), KNOWN)
def test_lines_have_the_hashes_that_code_scanning_gives_them(text, hashes):
    lines = range(1, len(hashes) + 2)
    assert fingerprint.of_lines(text.encode(), lines) == dict(enumerate(hashes, start=1))


def test_only_the_lines_asked_for_are_hashed():
    assert list(fingerprint.of_lines(b"a\nb\nc\n", {2})) == [2]


@pytest.mark.parametrize("above", ["new line\n", "😀 new line\r\n", "\n\n\n"])
def test_the_hash_of_a_line_stays_when_lines_are_added_above(above):
    line = '<img src="a.jpg"> 😀\n</body>\n'
    number = above.count("\n") + 1
    before, after = (
        fingerprint.of_lines(line.encode(), {1}),
        fingerprint.of_lines((above + line).encode(), {number}),
    )
    assert after[number] == before[1]


def test_bytes_that_are_no_text_are_hashed_as_the_character_that_replaces_them():
    assert fingerprint.of_lines(b"caf\xe9", {1}) == fingerprint.of_lines("caf\ufffd".encode(), {1})


def names(made):
    return fingerprint.of_findings(made.result().findings)


def test_the_name_of_a_finding_stays_wherever_it_moves(page):
    before = names(page('<img src="a.jpg">').review("a.jpg", "icon"))
    after = names(page('<p>\n\n<img src="b.jpg"><img  src="a.jpg">').review("b.jpg", "icon"))
    moved = page('<p>\n\n<img src="b.jpg"><b><img src="a.jpg"></b>')
    assert names(moved.review("b.jpg", "icon").review("a.jpg", "logo"))[1:] == before
    assert after != before


def test_a_picture_that_comes_twice_has_two_names(page):
    made = page('<img src="a.jpg"> <img src="a.jpg">').review("a.jpg", "icon").review("a.jpg", "icon")
    first, second = names(made)
    assert first != second


def test_another_problem_of_the_same_picture_has_another_name(page):
    one = names(page('<img src="a.jpg">').review("a.jpg", "icon"))
    assert names(page('<img src="a.jpg">').review("a.jpg", "icon", rule="blank-alt")) != one


@pytest.mark.parametrize(
    ("result", "data"),
    [
        (FileResult("a.html", "new", (), "caf\udce9"), b"caf\xe9"),
        (FileResult("a.html", "new", (), "café", encoding="cp1252"), b"caf\xe9"),
        (FileResult("a.html", "new", (), "é", encoding="utf-16-le", bom=b"\xff\xfe"), b"\xff\xfe\xe9\x00"),
        (FileResult("a.html", "new", (), "\ud800", encoding="utf-16-le"), b"\x00\xd8"),
    ],
)
def test_what_is_hashed_are_the_bytes_of_the_file(result, data):
    assert fingerprint.on_disk(result, written=False) == data
    assert fingerprint.on_disk(result, written=True).removeprefix(result.bom) == "new".encode(result.encoding)
