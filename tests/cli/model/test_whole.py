"""Files of a download are compared with the checksums that they are named by."""

import hashlib
import os
import sys

import pytest

from alttext.cli.model import whole

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links may not be allowed there")
DATA = b"The content of a file.\n"


def git_checksum(data):
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


@pytest.fixture
def snapshot(tmp_path):
    """A snapshot as the library of the hub lays it out."""
    folder, contents = tmp_path / "snapshots/aaaa", tmp_path / "blobs"
    folder.mkdir(parents=True)
    contents.mkdir()

    def add(name, checksum, data=DATA):
        (folder / name).parent.mkdir(exist_ok=True)
        (contents / checksum).write_bytes(data)
        (folder / name).symlink_to(os.path.relpath(contents / checksum, (folder / name).parent))
        return folder / name

    return folder, add


NAMES = {"git": git_checksum(DATA), "SHA-256": hashlib.sha256(DATA).hexdigest()}
DAMAGE = {"a bit": DATA[:-1] + b"\x0b", "cut": DATA[:-1], "longer": DATA + b"\n", "empty": b""}


def test_git_and_the_hub_name_a_small_file_alike():
    """The checksum of an empty file is well known."""
    assert git_checksum(b"") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("name", ["config.json", "parts/config.json"])
def test_what_is_named_by_its_content_is_whole(snapshot, kind, name):
    folder, add = snapshot
    add(name, NAMES[kind])
    assert whole.damaged(folder) == []


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("damage", DAMAGE)
def test_another_content_is_damaged_and_removed_with_its_name(snapshot, kind, damage):
    folder, add = snapshot
    good, bad = add("good.json", "an-unknown-name"), add("bad.json", NAMES[kind], DAMAGE[damage])
    assert whole.damaged(folder) == [bad]
    whole.remove([bad])
    assert list(folder.iterdir()) == [good]
    assert not (folder.parents[1] / "blobs" / NAMES[kind]).exists()


def test_a_link_to_nothing_is_damaged_and_removed(snapshot):
    folder, add = snapshot
    path = add("a.json", NAMES["git"])
    (folder.parents[1] / "blobs" / NAMES["git"]).unlink()
    assert whole.damaged(folder) == [path]
    whole.remove([path])
    assert list(folder.iterdir()) == []


def test_a_content_that_many_models_share_is_removed_from_one_only(snapshot, tmp_path):
    folder, add = snapshot
    shared = tmp_path / "shared"
    shared.write_bytes(b"damaged")
    path = add("a.json", NAMES["git"])
    (folder.parents[1] / "blobs" / NAMES["git"]).unlink()
    (folder.parents[1] / "blobs" / NAMES["git"]).symlink_to(shared)
    assert whole.damaged(folder) == [path]
    whole.remove([path])
    assert shared.exists()


def test_copies_and_folders_of_ones_own_have_no_checksums(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(DATA)
    assert whole.damaged(tmp_path) == []
