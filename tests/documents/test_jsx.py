import pytest

from alttext.documents import jsx


@pytest.mark.parametrize(
    ("text", "name", "attributes"),
    [
        ("<img/>", "img", []),
        ("<Image src='a.png' hidden />", "Image", [("src", "a.png"), ("hidden", "")]),
        ('<a.b-c:d x="1>2">', "a.b-c:d", [("x", "1>2")]),
        ("<img\n\n src = {dog}\n {...rest}>", "img", [("src", None), ("", None)]),
        ("<img style={{a: '}', b: `}`}} />", "img", [("style", None)]),
        ("<>", "", []),
        ("</Link>", "Link", []),
    ],
)
def test_tags_are_read_with_their_attributes(text, name, attributes):
    element = jsx.element(text, 0)
    assert element.span == (0, len(text))
    assert element.name == name
    assert [(found.name, found.text) for found in element.attributes] == attributes


@pytest.mark.parametrize(
    "text",
    ["", "x", "< img>", "<img", "<img src=a.png>", "<img src={dog>", '<img src="a.png>', "<1>", "<img ,>"],
)
def test_other_angle_brackets_are_no_tag(text):
    assert jsx.element(text, 0) is None


def test_ends_are_told():
    assert jsx.element("</a>", 0).is_closing
    assert jsx.element("<a/>", 0).is_self_closing
    assert not jsx.element("<a>", 0).is_self_closing


@pytest.mark.parametrize(
    "code",
    [
        "{}",
        "{a}",
        "{{a: 1}}",
        "{'}'}",
        '{"}"}',
        "{`}`}",
        "{/* } */}",
        "{// }\n}",
        "{don't}",
        "{a ? <b>it's</b> : null}",
    ],
)
def test_expressions_end_at_their_own_brace(code):
    assert jsx.expression_end(f"{code} }}", 0) == len(code)


@pytest.mark.parametrize("code", ["", "a", "{", "{{}", "{'}'", "{/* }", "{" * 100 + "}" * 100])
def test_expressions_that_do_not_end(code):
    assert jsx.expression_end(code, 0) is None


@pytest.mark.parametrize(
    ("code", "expected"), [("{}", True), ("{", False), ("'{'", True), ("}", True), ("{ '}'", False)]
)
def test_braces_are_balanced(code, expected):
    assert jsx.is_balanced(code) is expected


def test_images_in_code_are_found_outside_of_strings_and_comments():
    code = "{a && <img src='1'/>} '<img/>' \"<img/>\" `<img/>` /* <img/> */ <imgs/> <Image src={b}/> <img"
    found = jsx.images_in_code(code, 0, len(code))
    assert [code[image.span.start : image.span.end] for image in found] == [
        "<img src='1'/>",
        "<Image src={b}/>",
    ]
