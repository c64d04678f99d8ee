import pytest

from alttext.documents import parse
from alttext.types import ImageKind


def only(text):
    (ref,) = parse(text, "mdx")
    return ref


@pytest.mark.parametrize(
    ("text", "source", "alt"),
    [
        ('<img src="a.png" />', "a.png", None),
        ('<StaticImage src="a.png" alt="x &amp; y" />', "a.png", "x & y"),
        ("<img src={'a.png'} alt={\"x\"} />", "a.png", "x"),
        ("<img src={require('./a.png').default} />", "./a.png", None),
        ("<img src={require('./a.png')} alt={words} />", "./a.png", "{words}"),
        ("<img src={dog} alt='' />", "{dog}", ""),
        ("<img src={`a-${b}.png`} />", "{`a-${b}.png`}", None),
        ("{x && <img src='a.png' />}", "a.png", None),
        ("export const x = <img src='a.png' />", "a.png", None),
    ],
)
def test_sources_and_alternatives_are_read(text, source, alt):
    ref = only(text)
    assert (ref.src, ref.alt) == (source, alt)


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ('<img src="a.png" />', "alt"),
        ('<Image width={3} src="a.png" />', "alt"),
        ('<Image width={3} src="a.png" alt="x" />', "alt"),
        ('<Image src={a} alt="x" />', None),
        ('<Image src="a.png" alt={x} />', None),
        ('<Image src="a.png" {...x} />', None),
        ("<Image width={3} />", None),
        ("{<Image src='a.png' />}", None),
        ("<b role='img' />", "aria-label"),
        ("<b role='img' style={{}} />", None),
        ("<input type='image' src={a} />", None),
    ],
)
def test_only_known_attributes_are_open_for_an_alternative(text, attribute):
    ref = only(text)
    assert (ref.slot and ref.slot.attribute) == attribute
    assert ref.blocked == ("" if ref.slot else "jsx-expression")


def test_spans_are_those_of_the_element():
    text = "words\n\n<Image\n  src={a}\n\n  width={3}\n/>\n"
    ref = only(text)
    assert ref.kind is ImageKind.JSX
    assert text[ref.span.start : ref.span.end] == text[7:-1]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ('<a href="/x"><img src="a.png" /></a>', "/x"),
        ('<Link to="/x"><Image src={a} /></Link>', "/x"),
        ("<Link href={x}>![](a.png)</Link>", "{x}"),
    ],
)
def test_links_around_images_are_known(text, target):
    assert only(text).context.link.target == target


def test_elements_without_content_do_not_swallow_the_rest():
    assert only('<a href="/x" />![](a.png)').context.link is None


@pytest.mark.parametrize("value", ["", '="true"', "={true}", "={ true }"])
def test_an_attribute_alone_is_true(value):
    assert only(f'<img src="a.png" aria-hidden{value} />').decorative


@pytest.mark.parametrize("value", ['="false"', "={false}", "={x}"])
def test_an_attribute_that_says_otherwise_is_not(value):
    assert not only(f'<img src="a.png" aria-hidden{value} />').decorative


def test_elements_give_the_context():
    ref = only('<figure className="wide">\n\n![](a.png)\n\n<figcaption>The kennel</figcaption>\n\n</figure>')
    assert ref.context.caption == "The kennel"
    assert "figure.wide" in ref.context.ancestors
