"""What can be wrong with an image: the problems that are reported, by what it takes to tell them."""

from typing import Any

from alttext.rules.rule import LOOK, WRITE_ONE, Rule

STALE, UNREVIEWED, CONTRADICTORY = "stale-alt", "unreviewed-alt", "contradictory-alt"
MISMATCHED, SENSITIVE = "mismatched-alt", "sensitive-image"


def _problem(id: str, summary: str, advice: str, **references: Any) -> Rule:  # noqa: A002 - the field's name
    return Rule(id, summary, advice, "problem", **({"wcag": ("1.1.1",)} | references))


MISSING = (
    _problem(
        "missing-alt", "Image without a text alternative", WRITE_ONE, act=("23a2a8",), axe=("image-alt",)
    ),
    _problem(
        "missing-input-alt",
        "Image button without a text alternative",
        "Write what the button does.",
        wcag=("1.1.1", "4.1.2"),
        act=("59796f",),
        axe=("input-image-alt",),
    ),
    _problem(
        "missing-area-alt",
        "Area of an image map without a text alternative",
        "Write where the area leads.",
        wcag=("1.1.1", "2.4.4", "4.1.2"),
        act=("c487ae",),
        axe=("area-alt",),
    ),
    _problem(
        "missing-svg-name",
        "Inline SVG image without a name",
        WRITE_ONE,
        act=("7d6734",),
        axe=("svg-img-alt",),
    ),
    _problem(
        "missing-role-img-name",
        "Element with an image role without a name",
        "Give it an aria-label that tells what it shows.",
        act=("23a2a8", "7d6734"),
        axe=("role-img-alt", "svg-img-alt"),
    ),
    _problem(
        "missing-object-name",
        "Embedded object without a name",
        "Give it an aria-label that tells what it shows or plays.",
        act=("8fc3b6",),
        axe=("object-alt",),
    ),
)

UNHELPFUL = (
    _problem(
        "filename-alt",
        "Alternative is a file name",
        LOOK,
        act=("9eb3f6", "qt1vmo"),
    ),
    _problem("placeholder-alt", "Alternative is a placeholder that says nothing", LOOK, act=("qt1vmo",)),
    _problem(
        "blank-alt",
        "Alternative consists of white space",
        "Write what the image tells, or leave the alternative quite empty if it is decorative.",
        act=("23a2a8",),
        axe=("image-alt",),
    ),
    _problem(
        "redundant-alt",
        "Alternative repeats the text beside the image",
        "Say what the text does not, or leave the alternative empty.",
        wcag=(),
        axe=("image-redundant-alt",),
    ),
    _problem(
        "button-without-name",
        "Image button whose alternative is empty",
        "Write what the button does; a button cannot be decorative.",
        wcag=("1.1.1", "4.1.2"),
        act=("59796f",),
        axe=("input-image-alt",),
    ),
    _problem(
        "link-without-name",
        "Link or button whose only content is an image marked as decorative",
        "Write where the link leads or what the button does.",
        wcag=("2.4.4", "4.1.2"),
        act=("c487ae", "97a4e1"),
        axe=("link-name", "button-name"),
        opt_in=True,
    ),
    _problem(
        "decorative-but-named",
        "Image marked as decorative that has a name all the same",
        "Keep the mark or the name, whichever is meant.",
        wcag=(),
        act=("46ca7f",),
        axe=("presentation-role-conflict",),
        opt_in=True,
    ),
)

OF_LEDGER = (
    _problem(
        STALE,
        "Alternative that was not touched when its picture changed",
        "Look at the picture, correct the alternative or accept it with `alttext ledger accept`.",
        act=("qt1vmo",),
        opt_in=True,
    ),
    _problem(
        UNREVIEWED,
        "Alternative by a machine that no person has agreed to",
        "Correct it, or accept it with `alttext ledger accept`.",
        wcag=(),
        act=("qt1vmo",),
        opt_in=True,
    ),
    _problem(
        CONTRADICTORY,
        "Image that has other alternatives elsewhere on the site",
        "Find out which of them is true, and write it everywhere.",
        wcag=(),
        act=("qt1vmo",),
        opt_in=True,
    ),
)

OF_PICTURES = (
    _problem(
        MISMATCHED,
        "Alternative that does not seem to be about its picture",
        "Compare the two: the file or the alternative may belong elsewhere.",
        act=("qt1vmo",),
        opt_in=True,
    ),
    _problem(
        SENSITIVE,
        "Image that may show something sensitive, such as an injury, a weapon or nudity",
        "Look at it first; decide with care what to say of it, and whether to show it.",
        wcag=(),
        act=("qt1vmo",),
        opt_in=True,
    ),
)
