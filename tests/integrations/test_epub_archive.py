"""Containers with some files replaced: whatever the rest looks like, it stays as it is, byte for byte."""

import io
import struct
import zipfile
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alttext_epub import BookError, archive
from alttext_epub.archive import Archive
from tests.integrations.books import raw

LARGEST = zipfile.ZIP64_LIMIT
NAME_LETTERS = st.sampled_from("abcé/-ö漢 ")
NAMES = st.text(NAME_LETTERS, min_size=1, max_size=8).filter(lambda name: name.strip("/ ") and name[0] != "/")
STAMP = struct.pack("<2HBL", 0x5455, 5, 1, 1_600_000_000)  # as Info-ZIP writes dates
FOREIGN = struct.pack("<2H3s", 0x9999, 3, b"abc")


class Pipe(io.RawIOBase):
    """A file that cannot be gone back in, so that lengths have to follow the data."""

    def __init__(self):
        self.data = bytearray()

    def writable(self):
        return True

    def write(self, data):
        self.data += data
        return len(data)


@st.composite
def entries(draw):
    names = draw(st.lists(NAMES, min_size=1, max_size=6, unique_by=lambda name: name.casefold()))
    return [
        {
            "name": name,
            "content": draw(st.binary(max_size=200)),
            "method": draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])),
            "comment": draw(st.sampled_from([b"", b"note"])),
            "extra": draw(st.sampled_from([b"", STAMP, FOREIGN, FOREIGN + STAMP])),
            "date": (draw(st.integers(1980, 2107)), 2, 28, 23, 59, 58),
            "mode": draw(st.sampled_from([0, 0o100644 << 16, 0o100755 << 16])),
            "wide": draw(st.booleans()),
        }
        for name in names
    ]


def pack(parts, *, streamed=False, limit=LARGEST, comment=b""):
    target = Pipe() if streamed else io.BytesIO()
    with mock.patch.object(zipfile, "ZIP64_LIMIT", limit), zipfile.ZipFile(target, "w") as made:
        made.comment = comment
        for part in parts:
            info = zipfile.ZipInfo(part["name"], part["date"])
            info.compress_type, info.comment = part["method"], part["comment"]
            info.extra, info.external_attr = part["extra"], part["mode"]
            with made.open(info, "w", force_zip64=part["wide"] or limit < LARGEST) as file:
                file.write(part["content"])
    return bytes(target.data) if streamed else target.getvalue()


def rewritten(data, replaced):
    target = io.BytesIO()
    archive.write(Archive(io.BytesIO(data)), target, replaced)
    return target.getvalue()


@given(
    parts=entries(),
    form=st.sampled_from([{}, {"streamed": True}, {"limit": 10}, {"limit": 400}]),
    comment=st.sampled_from([b"", b"of the book", b"PK\6\7 and PK\1\2"]),
    which=st.sets(st.integers(0, 5)),
    content=st.binary(max_size=900),
)
def test_every_other_file_keeps_its_bytes_its_place_and_all_that_is_said_of_it(
    parts, form, comment, which, content
):
    before = pack(parts, comment=comment, **form)
    replaced = {part["name"]: content for at, part in enumerate(parts) if at in which}
    after = rewritten(before, replaced)

    old, new = raw(before), raw(after)
    assert list(old) == list(new)
    assert {name: told for name, told in old.items() if name not in replaced} == {
        name: told for name, told in new.items() if name not in replaced
    }
    with zipfile.ZipFile(io.BytesIO(after)) as container:
        assert container.testzip() is None
        assert container.comment == comment
        assert [container.read(part["name"]) for part in parts] == [
            replaced.get(part["name"], part["content"]) for part in parts
        ]
        order = sorted(container.infolist(), key=lambda info: info.header_offset)
    assert [info.filename for info in order] == [part["name"] for part in parts]
    assert archive.is_copy(Archive(io.BytesIO(before)), Archive(io.BytesIO(after)), replaced)
    if not replaced:
        assert after == before


@given(parts=entries(), form=st.sampled_from([{}, {"streamed": True}, {"limit": 10}]))
def test_a_replaced_file_keeps_its_dates_rights_and_notes(parts, form):
    before = pack(parts, **form)
    name = parts[0]["name"]
    after = rewritten(before, {name: b"new"})
    old, new = (zipfile.ZipFile(io.BytesIO(data)).getinfo(name) for data in (before, after))
    assert said_of(old) == said_of(new)
    assert new.date_time == parts[0]["date"]
    assert parts[0]["extra"] in new.extra
    assert not new.flag_bits & 8


def said_of(info):
    return (
        info.date_time,
        info.external_attr,
        info.create_system,
        info.create_version,
        info.comment,
        info.compress_type,
        info.flag_bits & ~8,
        len(info.extra),
    )


def test_wide_containers_stay_wide():
    parts = [PART | {"name": name, "content": bytes(50)} for name in ("a", "b", "c")]
    before = pack(parts, limit=60, comment=b"of the book")
    after = rewritten(before, {"a": bytes(range(256)) * 9})
    for data in (before, after):
        end = data.index(b"PK\6\6")
        directory, place = struct.unpack_from("<Q", data, end + 48)[0], data.index(b"PK\1\2")
        located = struct.unpack_from("<Q", data, data.index(b"PK\6\7") + 8)[0]
        assert (directory, located) == (place, end)
    assert zipfile.ZipFile(io.BytesIO(after)).read("c") == bytes(50)


PLAIN = {"date": (2020, 1, 1, 0, 0, 0), "comment": b"", "extra": b"", "mode": 0, "wide": False}
PART = {"method": zipfile.ZIP_STORED} | PLAIN
TWO = [
    {"name": "mimetype", "content": b"application/epub+zip", "method": zipfile.ZIP_STORED} | PLAIN,
    {"name": "a/page.xhtml", "content": b"<p/>" * 50, "method": zipfile.ZIP_DEFLATED} | PLAIN,
]


@pytest.mark.parametrize("at", [0, 5, 20, 45, 70, -60, -30])
def test_a_difference_anywhere_else_is_noticed(at):
    before = pack(TWO)
    after = bytearray(rewritten(before, {"a/page.xhtml": b"<p>new</p>"}))
    start = after.index(b"PK\3\4", 4)
    places = [place for place in range(len(after)) if place < start - 1 or place > after.index(b"PK\1\2")]
    after[places[at]] ^= 1
    try:
        changed = Archive(io.BytesIO(bytes(after)))
        is_copy = archive.is_copy(Archive(io.BytesIO(before)), changed, {"a/page.xhtml": b"<p>new</p>"})
    except BookError:
        is_copy = False
    assert not is_copy


def named(*names):
    return pack([TWO[0] | {"name": name} for name in names])


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is no EPUB"),
        (b"PK\5\6" + bytes(18), "is no EPUB"),
        (b"#!/bin/sh\n" + pack(TWO), "its first entry is not where the file begins"),
        (named("mimetype", "../up.xhtml"), "'../up.xhtml' is not the name of a file inside of it"),
        (named("a/../../up"), "is not the name of a file"),
        (named("/etc/passwd"), "is not the name of a file"),
        (named("C:/up"), "is not the name of a file"),
        (named("..\\up"), "is not the name of a file"),
        (named("a.xhtml", "A.xhtml"), "have the same name"),
        (named("caf\u00e9", "cafe\u0301"), "have the same name"),
        (pack([TWO[1] | {"method": zipfile.ZIP_BZIP2}]), "is packed by another method"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_book_or_would_be_unpacked_elsewhere_is_refused(data, told):
    with pytest.raises(BookError, match=told.replace("(", "\\(")):
        Archive(io.BytesIO(data))


def test_a_locked_entry_is_refused():
    data = bytearray(pack(TWO))
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.rindex(signature) + flags] |= 1
    with pytest.raises(BookError, match=r"is encrypted: a/page\.xhtml"):
        Archive(io.BytesIO(bytes(data)))


def test_entries_that_share_bytes_are_refused():
    data = bytearray(pack([TWO[0], TWO[0] | {"name": "copytype"}]))
    second = data.rindex(b"PK\1\2")
    struct.pack_into("<L", data, second + 42, 0)
    with pytest.raises(BookError, match="two are at one place"):
        Archive(io.BytesIO(bytes(data)))
    first = data.index(b"PK\1\2")
    struct.pack_into("<L", data, second + 42, data.index(b"PK\3\4", 4))
    struct.pack_into("<L", data, first + 20, 10_000)
    with pytest.raises(BookError, match="overlaps with another entry"):
        Archive(io.BytesIO(bytes(data)))


@pytest.mark.parametrize(("limit", "is_read"), [(200, True), (199, False)])
def test_nothing_is_unpacked_beyond_its_limit(limit, is_read):
    book = Archive(io.BytesIO(pack(TWO)))
    if is_read:
        assert book.read("a/page.xhtml", limit) == TWO[1]["content"]
    else:
        with pytest.raises(BookError, match="unpacks to more than"):
            book.read("a/page.xhtml", limit)
    target = io.BytesIO()
    assert book.unpack("a/page.xhtml", target, limit) == len(target.getvalue()) == limit


def test_damaged_data_is_told():
    data = bytearray(pack(TWO))
    at = data.rindex(b"PK\3\4") + 30 + len("a/page.xhtml")
    data[at : at + 3] = b"\xff\xff\xff"
    with pytest.raises(BookError, match=r"a/page\.xhtml: cannot be unpacked"):
        Archive(io.BytesIO(bytes(data))).read("a/page.xhtml", 1000)
