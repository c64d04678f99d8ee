"""A pipeline that knows what was seen says what looking would have said, and looks at nothing."""

import shutil
from pathlib import Path

import msgspec
import pytest

from alttext import Pipeline, Settings
from alttext.ranking import raster
from alttext.scale import Looker, identity, joined, load, unseen, wanted

SITE = Path(__file__).parents[2] / "examples" / "site"
SETTINGS = Settings(ocr="off", cache=False, ledger=False)


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return shutil.copytree(SITE, tmp_path / "site")


def looked(settings=SETTINGS):
    return Looker(settings).look([load(each, settings) for each in wanted(["site"], settings)])


def said(pipeline):
    """What is said of each image, and how certain that is."""
    findings = [(result.path, each) for result in pipeline.fix_paths(["site"]) for each in result.findings]
    words = [(path, each.image.src, each.decision) for path, each in findings]
    return words, [each.description.confidence if each.description else 0 for _, each in findings]


@pytest.mark.parametrize("crops", [False, True])
def test_a_site_is_fixed_as_on_one_machine(site, crops):
    settings = msgspec.structs.replace(SETTINGS, crops=crops)
    seen = looked(settings)
    shutil.copytree(site, "alone/site")
    words, confidences = said(joined(seen, settings, site.parent / "cache"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir("alone")
        expected = said(Pipeline(settings))
    assert words == expected[0]
    assert confidences == pytest.approx(expected[1], abs=1e-5)
    assert sum(action.action == "write" for _, _, action in words) > 10
    for page in ("index.html", "about.html", "posts/coffee.md", "notebooks/days.ipynb"):
        assert (
            (site / page).read_bytes() == Path("alone/site", page).read_bytes() != (SITE / page).read_bytes()
        )


def test_pictures_that_were_seen_are_not_looked_at_again(site, monkeypatch):
    pipeline = joined(looked(), SETTINGS, site.parent / "cache")
    monkeypatch.setattr(raster, "read", None)
    assert sum(result.changed for result in pipeline.fix_paths(["site"])) >= 4


def test_a_picture_that_has_changed_since_is_looked_at(site):
    pipeline = joined(looked(), SETTINGS, site.parent / "cache")
    shutil.copy(site / "images/dogs.jpg", site / "images/flower.jpg")
    (alone,) = {Pipeline(SETTINGS).describe(site / "images/dogs.jpg").text}
    decisions = {src: decision for _, src, decision in said(pipeline)[0]}
    assert decisions["images/flower.jpg"].alt == alone


def test_a_picture_that_nobody_could_look_at_is_left_alone(site, monkeypatch):
    seen = [
        unseen(each, "image-unreadable", "died") if "dogs" in each.files[0] else None
        for each in wanted(["site"], SETTINGS)
    ]
    pipeline = joined(filter(None, seen), SETTINGS, site.parent / "cache")
    opened = []
    read = raster.read
    monkeypatch.setattr(
        raster, "read", lambda data, name, *more: opened.append(name) or read(data, name, *more)
    )
    reasons = {src: decision.reason for _, src, decision in said(pipeline)[0]}
    assert reasons["../images/dogs.jpg"] == "image-unreadable"
    assert not any("dogs" in name for name in opened)
    assert opened


@pytest.mark.parametrize(
    ("change", "is_other"),
    [
        ({"crops": True}, True),
        ({"max_image_pixels": 10_000}, True),
        ({"language": "de"}, True),
        ({"jobs": 4}, False),
        ({"shard": "1/2"}, False),
        ({"ledger": False}, False),
    ],
)
def test_what_was_seen_counts_only_where_the_same_would_be_seen(change, is_other):
    assert (identity(Settings(**change)) != identity(Settings())) is is_other
