import pytest

from alttext.errors import VerificationError
from alttext.remediation import splice, splice_tree
from alttext.remediation.splice_compare import html_intents
from alttext.types import Edit, Span


def verify(text, *insertions, after=None):
    """Check insertions, each given as the text before which it goes and the markup."""
    edits = [Edit(Span(text.index(before), text.index(before)), markup) for before, markup in insertions]
    intents = html_intents([edit.text for edit in edits], [""] * len(edits))
    splice_tree.verify(text, splice.apply(text, edits) if after is None else after, edits, intents)


@pytest.mark.parametrize(
    ("text", "insertions"),
    [
        ("<p>a", []),
        ("<img src=a>", [(">", ' alt="A dog"')]),
        ("\ufeff<img src=a>", [(">", ' alt="A dog"')]),
        ("<img src=a>\r\n<img src=b>", [(">\r", ' alt="One"')]),
        ("<input type=image><map><area href=u></map>", [("><map", ' alt="One"'), ("></map", ' alt="Two"')]),
        ("<object data=a.png></object>", [("></", ' aria-label="A dog"')]),
        ("<i role=img></i>", [("></", ' aria-label="A dog"')]),
        ("<table><img src=a><td><img src=b></table>", [("><td", ' alt="One"'), ("></table", ' alt="Two"')]),
        ("<template><img src=a></template>", [("></", ' alt="A dog"')]),
        ("<noscript><img src=a></noscript>", [("></", ' alt="A dog"')]),
        ("<svg role=img></svg>", [("></", ' aria-label="A dog"')]),
        ('<?xml version="1.0"?><p><script src="a"/><img src="b"/></p>', [("/></p", ' alt="A dog"')]),
    ],
)
def test_exactly_the_intended_attributes_pass(text, insertions):
    verify(text, *insertions)


@pytest.mark.parametrize(
    ("text", "insertions"),
    [
        ("<!-- <img src=a> -->", [("> -->", ' alt="A dog"')]),
        ("<script><img src=a></script>", [("></script", ' alt="A dog"')]),
        ("<p>a</p>", [("a", ' alt="A dog"')]),
        ("<img src=a alt=''>", [(">", ' alt="A dog"')]),
        ("<template><!-- <img> --></template>", [("> -->", ' alt="A dog"')]),
        ('<?xml version="1.0"?><p><![CDATA[<img>]]></p>', [(">]]", ' alt="A dog"')]),
    ],
)
def test_insertions_that_are_no_attributes_are_refused(text, insertions):
    with pytest.raises(VerificationError):
        verify(text, *insertions)


@pytest.mark.parametrize(
    "after",
    [
        "<p>b<img src=a>c</p>",
        "<p>b<img src=a alt=x>c</p>",
        '<p>b<img src=a alt="A dog" id=x>c</p>',
        '<p>b<img alt="A dog">c</p>',
        '<p>b<img src=a title="A dog">c</p>',
        '<p>x<img src=a alt="A dog">c</p>',
        '<p alt="A dog">b<img src=a>c</p>',
        '<p>b<img src=a alt="A dog">c<b></b></p>',
        '<div>b<img src=a alt="A dog">c</div>',
    ],
)
def test_other_trees_are_refused(after):
    with pytest.raises(VerificationError):
        verify("<p>b<img src=a>c</p>", (">c", ' alt="A dog"'), after=after)


def test_alternatives_of_two_images_must_not_be_swapped():
    text = "<img src=a> <img src=b>|"
    insertions = [("> ", ' alt="One"'), (">|", ' alt="Two"')]
    verify(text, *insertions)
    with pytest.raises(VerificationError):
        verify(text, *insertions, after='<img src=a alt="Two"> <img src=b alt="One">|')


def test_an_alternative_must_not_end_up_at_a_later_image():
    with pytest.raises(VerificationError, match="not meant"):
        verify("<img src=a> <img src=b>", ("> ", ' alt="One"'), after='<img src=a> <img src=b alt="One">')


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("<p></p>", ' alt="A dog"'),
        ("<a href=u></a>", ' alt="A dog"'),
        ("<p></p>", ' aria-label="A dog"'),
        ('<?xml version="1.0"?><p></p>', ' alt="A dog"'),
    ],
)
def test_only_images_may_get_an_alternative(text, markup):
    with pytest.raises(VerificationError, match="no image"):
        verify(text, ("></", markup))
