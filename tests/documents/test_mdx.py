import pytest

from alttext.documents import parse


def sources(text):
    return [ref.src for ref in parse(text, "mdx")]


@pytest.mark.parametrize(
    "text",
    [
        "![](a.png)",
        "<div>\n  ![](a.png)\n</div>",
        "<Tabs>\n\n![](a.png)\n\n</Tabs>",
        "- <Tab>![](a.png)</Tab>",
        "{words} ![](a.png)",
        "import x from 'y'\nexport const z = {\n\n  w: `\n\n![](no.png)`\n}\n\n![](a.png)",
        "export this { prose\n\n![](a.png)",
        "don't {x} won't ![](a.png)",
        "a < b, <3 and { ![](a.png)",
    ],
)
def test_markdown_between_elements_is_read(text):
    assert sources(text) == ["a.png"]


@pytest.mark.parametrize(
    "text",
    [
        "{'![](a.png)'}",
        "<X y={`\n\n![](a.png)\n\n`} />",
        "import x from '![](a.png)'",
        "export const x = '![](a.png)'",
        "{/* ![](a.png) */}",
        "<!-- ![](a.png) -->",
        "words <!-- ![](a.png)\n--> words",
        '<X title="![](a.png)" />',
    ],
)
def test_code_and_comments_are_not_read(text):
    assert sources(text) == []


def test_elements_expressions_and_comments_stand_in_links():
    text = '[<Image src="a.png" /> {words} <!-- ] --> ![](b.png)](/x)'
    assert [ref.context.link.target for ref in parse(text, "mdx")] == ["/x", "/x"]


def test_there_is_no_indented_code_but_fenced_code():
    assert sources("x\n\n    ![](a.png)\n\n```\n![](b.png)\n```\n") == ["a.png"]
