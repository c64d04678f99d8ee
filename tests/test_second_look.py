"""What a look at pictures says of images that are there: alternatives of others, and sensitive pictures."""

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from alttext import Pipeline, Settings, pipeline, second_look, survey
from alttext.cli import cli
from alttext.errors import ModelError
from alttext.ranking import critic
from alttext.ranking.critic import Critic
from alttext.ranking.decode import DecodedImage
from alttext.ranking.vocabulary import Vocabulary
from alttext.survey import Document, Surveyed
from alttext.types import Action, Ranking, Term

SITE = Path(__file__).parents[1] / "examples" / "site"
THINGS = ("dog", "cat", "cup", "boat", "tree", "house")
DIM = 16
LOOKS = ("mismatched-alt", "sensitive-image")


def axis(number):
    return np.eye(DIM, dtype=np.float32)[number]


@dataclass
class AxisEncoder:
    """Everything that is about one thing lies on the axis of that thing."""

    model_id: str = "axes"
    dim: int = DIM

    def encode_texts(self, texts):
        return np.stack([axis(next(n for n, thing in enumerate(THINGS) if thing in text)) for text in texts])


class AxisRanker:
    """Tells the medium and what is sensitive by the name of the picture, which the encoder has put last."""

    vocabulary = Vocabulary(tuple(Term(thing, "object", f"a {thing}", (thing,)) for thing in THINGS))

    def __init__(self, media, sensitive):
        self.media, self.sensitive = media, sensitive

    def rank(self, rows):
        return [
            Ranking(
                self.media.get(THINGS[row.argmax()], "photograph"),
                held=("sensitive-image",) if THINGS[row.argmax()] in self.sensitive else (),
            )
            for row in rows
        ]

    def sensitivity(self, rows):
        return np.array([3.2 if f"almost {THINGS[row.argmax()]}" in self.sensitive else 0 for row in rows])


class AxisDescriber:
    """Knows pictures by the thing in their file name; others cannot be loaded."""

    def __init__(self, media=(), sensitive=()):
        self.encoder, self.ranker = AxisEncoder(), AxisRanker(dict(media), frozenset(sensitive))
        self.asked = []

    def see(self, placed):
        for each in placed:
            self.asked.append(each.image.src)
            thing = next((n for n, thing in enumerate(THINGS) if thing in each.image.src), None)
            if thing is not None:
                yield each, DecodedImage(1, 1, "PNG", f"hash of {THINGS[thing]}", each.image.src), axis(thing)


@pytest.fixture(autouse=True)
def judge(monkeypatch):
    captions = np.random.default_rng(1).normal(size=(64, DIM)).astype(np.float32)
    captions /= np.linalg.norm(captions, axis=1, keepdims=True)
    zero, one = np.zeros(DIM, np.float32), np.eye(DIM, dtype=np.float32)
    made = Critic("axes", zero, one, captions, scale=2.0, offset=-3.0, threshold=0.9)
    shipped = critic.load
    monkeypatch.setattr(critic, "load", lambda name, dim: made if name == "axes" else shipped(name, dim))
    return made


def look(*pages, rules=LOOKS, describer=None, **settings):
    chosen = Settings(select=tuple(rules), **settings)
    documents = [
        survey.text(Document(text, "html", f"{number}.html"), chosen) for number, text in enumerate(pages)
    ]
    return list(second_look.look(documents, describer or AxisDescriber(), chosen))


def found(*pages, **options):
    return [
        (finding.rule, finding.image.src)
        for surveyed in look(*pages, **options)
        for finding in surveyed.problems
    ]


def image(thing, alt, more=""):
    return f'<p><img src="{thing}.png" alt="{alt}" {more}></p>'


def test_an_alternative_of_another_picture_is_doubted():
    page = image("dog", "A cat") + image("cat", "A cat") + image("boat", "A boat")
    assert found(page) == [("mismatched-alt", "dog.png")]


def test_it_is_left_for_a_person_with_the_evidence_and_without_a_suggestion(judge):
    (surveyed,) = look(image("dog", "A cat"))
    (finding,) = surveyed.problems
    assert (finding.decision.action, finding.decision.reason) == (Action.REVIEW, "mismatched-alt")
    assert (finding.decision.alt, finding.edit) == (None, None)
    better = int(judge.better(axis(0)[None], axis(1)[None])[0])
    assert finding.decision.note == f"Of 64 captions of other pictures, {better} fit the picture better."
    assert better > 0


EXCHANGED = (image("dog", "A cat"), image("cat", "A dog"))


@pytest.mark.parametrize("pages", [["".join(EXCHANGED)], EXCHANGED], ids=["one page", "two pages"])
def test_exchanged_alternatives_are_named_with_the_other_picture(pages):
    findings = [finding for surveyed in look(*pages) for finding in surveyed.problems]
    assert [finding.decision.reason for finding in findings] == ["exchanged-alt"] * 2
    assert [finding.decision.alt for finding in findings] == ["A dog", "A cat"]
    assert findings[0].decision.note.startswith("It seems to belong to cat.png, and that of cat.png here.")


def test_the_same_picture_with_the_same_words_is_reported_wherever_it_is():
    assert found(image("dog", "A cat"), image("dog", "A cat")) == [("mismatched-alt", "dog.png")] * 2


NOT_JUDGED = {
    "no alternative": '<p><img src="dog.png"></p>',
    "a decorative image": image("dog", ""),
    "a page in German": '<html lang="de">' + image("dog", "A cat"),
    "words in another language": image("dog", "Une cat dans la house"),
    "a name": image("dog", "Ada Lovelace"),
    "what nobody can see": image("dog", "Our values"),
    "a file name": image("dog", "cat.png"),
    "the sole content of a link": '<a href="/cats"><img src="dog.png" alt="A cat"></a>',
    "a chart by its name": image("dog-bar-chart", "A cat"),
    "a title": '<p><img src="dog.png" title="A cat"></p>',
    "an image that is hidden": image("dog", "A cat", "hidden"),
    "an image inside noscript": f"<noscript>{image('dog', 'A cat')}</noscript>",
    "a suppressed image": "<!-- alttext: ignore -->" + image("dog", "A cat"),
    "a template expression": image("dog", "{{ cat }}"),
    "a picture that cannot be loaded": image("unicorn", "A cat"),
}


@pytest.mark.parametrize("page", NOT_JUDGED.values(), ids=NOT_JUDGED)
def test_what_a_picture_cannot_refute_is_not_judged(page):
    assert found(page) == []


def test_a_chart_by_its_pixels_is_not_judged():
    assert found(image("dog", "A cat"), describer=AxisDescriber(media={"dog": "chart"})) == []


def test_a_name_by_an_aria_label_is_judged():
    page = '<p><img src="dog.png" aria-label="A cat"></p>'
    assert found(page) == [("mismatched-alt", "dog.png")]


def test_the_configured_language_counts_where_a_page_declares_none():
    assert found(image("dog", "A cat"), language="de") == []


def test_only_pictures_that_a_rule_is_about_are_loaded():
    describer = AxisDescriber()
    page = image("dog", "A cat") + image("cat", "") + image("boat", "Our values") + '<img src="tree.png">'
    look(page, rules=["mismatched-alt"], describer=describer)
    assert describer.asked == ["dog.png"]


@pytest.mark.parametrize("sensitive", ["cup", "almost cup"])
@pytest.mark.parametrize(
    "page",
    [
        image("cup", "A cup"),
        image("cup", ""),
        '<a href="/x"><img src="cup.png"></a>',
        '<html lang="de"><img src="cup.png">',
    ],
)
def test_sensitive_pictures_are_listed_whatever_is_said_of_them(page, sensitive):
    describer = AxisDescriber(sensitive=[sensitive])
    assert found(page, describer=describer, rules=["sensitive-image"]) == [("sensitive-image", "cup.png")]


def test_a_listed_picture_is_left_for_a_person_under_a_neutral_label():
    (surveyed,) = look(image("cup", "A cup"), describer=AxisDescriber(sensitive=["cup"]))
    (finding,) = surveyed.problems
    assert finding.decision == replace(finding.decision, action=Action.REVIEW, alt=None, note="")
    assert finding.description.text is None


def test_a_suppressed_picture_is_not_listed():
    page = "<!-- alttext: ignore -->" + image("cup", "A cup")
    assert found(page, describer=AxisDescriber(sensitive=["cup"])) == []


def test_findings_stand_in_the_order_of_the_page():
    page = image("dog", "A cat") + '<p><img src="boat.png"></p>' + image("tree", "A cup")
    rules = [*LOOKS, "missing-alt"]
    assert [rule for rule, _ in found(page, rules=rules)] == [
        "mismatched-alt",
        "missing-alt",
        "mismatched-alt",
    ]


def test_an_ignored_reason_takes_its_findings_away():
    assert found(*EXCHANGED, ignore=("exchanged-alt",)) == []


def test_a_document_that_cannot_be_read_stays_an_error():
    broken = Surveyed(Document("", "notebook", "a.ipynb"), error="not readable")
    settings = Settings(select=LOOKS)
    assert list(second_look.look([broken], AxisDescriber(), settings)) == [broken]


def test_a_model_without_figures_is_refused_before_anything_is_looked_at():
    describer = AxisDescriber()
    describer.encoder.model_id = "openai/clip"
    with pytest.raises(ModelError, match="nobody measured"):
        look(image("dog", "A cat"), describer=describer)
    assert describer.asked == []


def test_without_comparisons_any_model_will_do():
    describer = AxisDescriber(sensitive=["cup"])
    describer.encoder.model_id = "openai/clip"
    listed = found(image("cup", "A cup"), describer=describer, rules=["sensitive-image"])
    assert listed == [("sensitive-image", "cup.png")]


def test_fixing_neither_looks_for_mismatches_nor_touches_them():
    settings = Settings(extend_select=LOOKS, rewrite_placeholders=True)
    text = image("dog", "A cat")
    result = Pipeline(settings, describer=AxisDescriber()).fix_text(text)
    assert (result.text, result.findings) == (text, ())


def test_checking_without_these_rules_needs_no_describer(monkeypatch):
    monkeypatch.setattr(pipeline.Pipeline, "describer", property(lambda _: pytest.fail("loaded")))
    assert Pipeline(Settings()).check_text(image("dog", "A cat")).findings == ()


@pytest.mark.parametrize(
    ("flags", "rules"),
    [
        ([], []),
        (["--images"], ["mismatched-alt"]),
        (["--sensitive"], ["sensitive-image"]),
        (["--images", "--sensitive"], ["mismatched-alt", "sensitive-image"]),
        (["--images", "--ignore", "mismatched-alt"], []),
    ],
)
def test_the_command_looks_at_pictures_if_it_is_asked_to(tmp_path, monkeypatch, flags, rules):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pipeline.Pipeline, "describer", AxisDescriber(sensitive=["cup"]))
    (tmp_path / "a.html").write_text(image("dog", "A cat") + image("cup", "A cup"))
    run = CliRunner().invoke(cli, ["check", "--isolated", "--output-format", "json", *flags, "a.html"])
    (file,) = json.loads(run.stdout)["files"]
    assert [finding["rule"] for finding in file["findings"]] == rules
    assert run.exit_code == bool(rules)


def test_exchanged_files_are_found_on_a_real_page(tmp_path):
    for name in ("cat.jpg", "coffee.jpg", "path.jpg"):
        shutil.copy(SITE / "images" / name, tmp_path)
    page = (
        '<p><img src="cat.jpg" alt="A cup of espresso with a spoon"></p>'
        '<p><img src="coffee.jpg" alt="A tabby cat looking up"></p>'
        '<p><img src="path.jpg" alt="Snow on a path in the mountains"></p>'
    )
    settings = Settings(extend_select=LOOKS, cache=False)
    findings = Pipeline(settings).check_text(page, base=tmp_path).findings
    assert [(finding.image.src, finding.decision.reason) for finding in findings] == [
        ("cat.jpg", "exchanged-alt"),
        ("coffee.jpg", "exchanged-alt"),
    ]
