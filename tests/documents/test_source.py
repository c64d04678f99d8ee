import codecs
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alttext.documents import source
from alttext.errors import AlttextError, ParseError, WriteError

IMG = "<img src=a>"

# Bytes to text


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"", "", "utf-8"),
        (b"plain", "plain", "utf-8"),
        ("é 山 😀".encode(), "é 山 😀", "utf-8"),
        (b"\xef\xbb\xbfa", "a", "utf-8"),
        (b"\xef\xbb\xbf\xef\xbb\xbfa", "\ufeffa", "utf-8"),
        (codecs.BOM_UTF16_LE + "é<".encode("utf-16-le"), "é<", "utf-16-le"),
        (codecs.BOM_UTF16_BE + "é<".encode("utf-16-be"), "é<", "utf-16-be"),
        (b"<meta charset=iso-8859-1>\xe9\x93", "<meta charset=iso-8859-1>é“", "cp1252"),
        (b"<META CHARSET = 'Windows-1252' >\x80", "<META CHARSET = 'Windows-1252' >€", "cp1252"),
        (b'<meta charset="windows-1251">\xcf', '<meta charset="windows-1251">П', "cp1251"),
        (b"<meta charset=latin2>\xb1", "<meta charset=latin2>ą", "iso8859-2"),
        (b"<meta charset=shift_jis>\x95\x5c", "<meta charset=shift_jis>表", "cp932"),
        (b"<meta charset=euc-jp>\xc9\xbd", "<meta charset=euc-jp>表", "euc_jp"),
        (b"<meta charset=euc-jp>\xe8\xa1\xa8", "<meta charset=euc-jp>表", "utf-8"),
        (b"<meta charset=gb2312>\xb1\xed", "<meta charset=gb2312>表", "gb18030"),
        (b"<meta charset=euc-kr>\xb0\xa1", "<meta charset=euc-kr>가", "cp949"),
        (b"<meta charset=koi8-r>\xd0", "<meta charset=koi8-r>п", "koi8-r"),
        (b"<meta charset=utf-8>\xc3\xa9", "<meta charset=utf-8>é", "utf-8"),
        (b"<meta charset=windows-1252>", "<meta charset=windows-1252>", "cp1252"),
        (b"<meta charset=iso-8859-1>\xc3\xa9", "<meta charset=iso-8859-1>é", "utf-8"),
        (b"<meta charset=utf-16>\xc3\xa9", "<meta charset=utf-16>é", "utf-8"),
        (b"<meta charset=nonsense>\xe9", "<meta charset=nonsense>é", "cp1252"),
        (b"<meta charset=utf-7>\xe9+AGE-", "<meta charset=utf-7>é+AGE-", "cp1252"),
        (b"<meta charset=cp037>\xe9", "<meta charset=cp037>é", "cp1252"),
        (b"<meta charset=rot13>\xe9", "<meta charset=rot13>é", "cp1252"),
        (b"<!-- <meta charset=koi8-r> -->\xe9", "<!-- <meta charset=koi8-r> -->é", "cp1252"),
        (b"<meta name=charset content=koi8-r>\xe9", "<meta name=charset content=koi8-r>é", "cp1252"),
        (b"<meta name=x content='charset=koi8-r'>\xe9", "<meta name=x content='charset=koi8-r'>é", "cp1252"),
        (b"<metadata charset=koi8-r>\xe9", "<metadata charset=koi8-r>é", "cp1252"),
        (b"<meta charset='koi8-r>\xe9", "<meta charset='koi8-r>é", "cp1252"),
        (
            b'<?xml version="1.0" encoding="koi8-r"?>\xd0',
            '<?xml version="1.0" encoding="koi8-r"?>п',
            "koi8-r",
        ),
        (
            b"<meta http-equiv=content-type content='text/html; charset=koi8-r'>\xd0",
            "<meta http-equiv=content-type content='text/html; charset=koi8-r'>п",
            "koi8-r",
        ),
        (b"caf\xe9", "café", "cp1252"),
        (b"<meta charset=utf-8>\xff", "<meta charset=utf-8>\udcff", "utf-8"),
        (b"<meta charset=shift_jis>\x81", "<meta charset=shift_jis>\udc81", "cp932"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "\ud800", "utf-16-le"),
        (codecs.BOM_UTF16_LE + b"a", "a", "latin-1"),
    ],
)
def test_text_and_encoding_of_html(data, text, encoding):
    opened = source.decode(data)
    assert opened.text == text
    assert codecs.lookup(opened.encoding) == codecs.lookup(encoding)
    assert source.encode(opened, opened.text) == data


@pytest.mark.parametrize("name", ["markdown", "quarto", "mdx", "notebook", "text"])
@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("é".encode(), "é"),
        (b"\xef\xbb\xbf# A", "# A"),
        (b"<meta charset=koi8-r>\xd0", "<meta charset=koi8-r>\udcd0"),
    ],
)
def test_other_formats_are_utf_8_whatever_they_say(data, text, name):
    opened = source.decode(data, name)
    assert opened.text == text
    assert source.encode(opened, opened.text) == data


@pytest.mark.parametrize(
    "text", ["a\nb\n", "a\r\nb\r\n", "a\rb\r", "a\n\rb\r\n\n", "a", "\n", "a\x85\u2028b\f\v\0"]
)
def test_newlines_and_separators_stay(text):
    assert source.decode(text.encode()).text == text


ENCODINGS = [
    "utf-8",
    "iso-8859-1",
    "windows-1252",
    "shift_jis",
    "gbk",
    "big5",
    "euc-kr",
    "iso-2022-jp",
    "koi8-r",
]


@given(
    st.binary(),
    st.sampled_from(ENCODINGS),
    st.sampled_from([b"", *(mark for mark, _ in source.BYTE_ORDER_MARKS)]),
)
def test_any_bytes_survive_any_declaration(data, encoding, mark):
    for document in (data, mark + data, mark + b"<meta charset=" + encoding.encode() + b">" + data):
        opened = source.decode(document)
        assert source.encode(opened, opened.text) == document


@given(st.text(), st.sampled_from(ENCODINGS))
def test_text_in_a_declared_encoding_survives(text, encoding):
    document = f"<meta charset={encoding}>é" + text
    try:
        data = document.encode(encoding)
    except UnicodeEncodeError:
        return
    opened = source.decode(data)
    assert source.encode(opened, opened.text) == data


@given(st.binary(max_size=50), st.integers(0, 60))
def test_an_insertion_leaves_all_bytes_around_it(data, place):
    opened = source.decode(data)
    place = min(place, len(opened.text))
    head = source.encode(opened, opened.text[:place])
    written = source.encode(opened, opened.text[:place] + ' alt="A dog"' + opened.text[place:])
    inserted = ' alt="A dog"'.encode(opened.encoding)
    assert written == head + inserted + data[len(head) :]


def test_a_character_that_the_encoding_lacks_is_an_error_with_a_remedy():
    opened = source.decode(b"<meta charset=iso-8859-2>\xb1")
    with pytest.raises(WriteError, match=r"'山' cannot be written in iso8859-2: save the document as UTF-8"):
        source.encode(opened, opened.text + "山")


@pytest.mark.parametrize(
    ("head", "text", "expected"),
    [
        (b"<meta charset=utf-8>", "山 é", "山 é"),
        (b"<meta charset=iso-8859-1>", "山 é", "&#23665; é"),
        (b"<meta charset=iso-8859-1>", "€ “a”", "€ “a”"),
        (b"<meta charset=shift_jis>", "山 é", "山 &#233;"),
    ],
)
def test_html_can_refer_to_characters_that_the_encoding_lacks(head, text, expected):
    opened = source.decode(head)
    assert source.referenced(opened, text) == expected
    assert source.representable(opened, text) is (text == expected)
    assert source.representable(opened, expected)


# Positions


@pytest.mark.parametrize(
    ("text", "offset", "position"),
    [
        ("", 0, (1, 1)),
        ("abc", 2, (1, 3)),
        ("a\nb", 1, (1, 2)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 3, (2, 1)),
        ("a\r\nb", 2, (1, 3)),
        ("a\rb", 2, (2, 1)),
        ("a\n\r\n\rb", 5, (4, 1)),
        ("a\n", 2, (2, 1)),
        ("😀é\n😀x", 4, (2, 2)),
        ("a\u2028b\x0bc", 4, (1, 5)),
    ],
)
def test_positions_count_lines_and_code_points_from_one(text, offset, position):
    assert source.position(text, offset) == position


# Files


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(b"\xef\xbb\xbf<p>\r\n" + IMG.encode())
    return path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_with_its_mark_newlines_and_mode(page):
    page.chmod(0o640)
    opened = source.read(page)
    source.write(page, opened, opened.text.replace("src=a", "src=a alt=b"))
    assert page.read_bytes() == b"\xef\xbb\xbf<p>\r\n<img src=a alt=b>"
    assert stat.S_IMODE(page.stat().st_mode) == 0o640
    assert names(page.parent) == ["page.html"]


def test_declared_encodings_count_only_in_html_files(tmp_path):
    for name, encoding in {
        "a.HTM": "koi8-r",
        "a.xhtml": "koi8-r",
        "a.md": "utf-8",
        "a.ipynb": "utf-8",
    }.items():
        (tmp_path / name).write_bytes(b"<meta charset=koi8-r>\xd0")
        assert source.read(tmp_path / name).encoding == encoding


def test_a_file_that_is_not_there_is_a_parse_error(tmp_path):
    with pytest.raises(ParseError, match=r"gone\.html: cannot be read"):
        source.read(tmp_path / "gone.html")
    with pytest.raises(ParseError, match="cannot be read"):
        source.read(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.html")
    with pytest.raises(ParseError, match=r"pipe\.html: cannot be read: it is not a regular file"):
        source.read(tmp_path / "pipe.html")


def refused(path, opened, match, **options):
    before = path.read_bytes()
    with pytest.raises(AlttextError, match=match) as caught:
        source.write(path, opened, opened.text + "!", **options)
    assert str(path) in str(caught.value)
    assert path.read_bytes() == before
    assert not [name for name in names(path.parent) if name.endswith(".tmp")]


def test_a_file_that_has_changed_meanwhile_is_left_alone(page):
    opened = source.read(page)
    page.write_bytes(page.read_bytes() + b"\n")
    refused(page, opened, "has changed since it was read")


def test_a_file_that_is_saved_while_the_new_one_is_written_is_left_alone(page, monkeypatch):
    opened = source.read(page)
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: fsync(file) or page.write_bytes(b"saved"))
    with pytest.raises(WriteError, match="has changed since it was read"):
        source.write(page, opened, opened.text + "!")
    assert page.read_bytes() == b"saved"
    assert names(page.parent) == ["page.html"]


def test_a_read_only_file_is_left_alone(page):
    page.chmod(0o444)
    refused(page, source.read(page), "is read-only")


def test_a_character_that_cannot_be_written_leaves_the_file_alone(tmp_path):
    path = tmp_path / "old.html"
    path.write_bytes(b"<meta charset=latin1>")
    with pytest.raises(WriteError, match="cannot be written in cp1252"):
        source.write(path, source.read(path), "山")
    assert path.read_bytes() == b"<meta charset=latin1>"


def test_a_link_is_left_alone(page):
    link = page.parent / "link.html"
    link.symlink_to(page)
    refused(link, source.read(link), "is a symbolic link to")
    assert link.is_symlink()


def test_a_link_is_followed_within_a_root(page):
    link = page.parent / "link.html"
    link.symlink_to("page.html")
    opened = source.read(link)
    source.write(link, opened, opened.text + "!", roots=[page.parent])
    assert page.read_bytes().endswith(b"!")
    assert link.is_symlink()
    assert names(page.parent) == ["link.html", "page.html"]


def test_a_link_out_of_the_root_is_left_alone(page, tmp_path):
    root = tmp_path / "root"
    root.mkdir()
    link = root / "link.html"
    link.symlink_to(page)
    refused(link, source.read(link), "is a symbolic link to", roots=[root])


def test_nothing_is_left_behind_when_replacing_fails(page, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    opened = source.read(page)
    monkeypatch.setattr(os, "fsync", fail)
    refused(page, opened, "cannot be written: No space left on device")
    assert names(page.parent) == ["page.html"]


def test_a_file_that_has_gone_is_not_made_again(page):
    opened = source.read(page)
    page.unlink()
    with pytest.raises(WriteError, match="cannot be written"):
        source.write(page, opened, "text")
    assert names(page.parent) == []


def test_bytes_are_exchanged_only_for_those_that_are_expected(page):
    page.write_bytes(b"now")
    with pytest.raises(WriteError, match="has changed"):
        source.exchange(page, b"before", b"after")
    assert page.read_bytes() == b"now"
    source.exchange(page, b"now", b"\xff\x00")
    assert page.read_bytes() == b"\xff\x00"
