import pytest

from alttext.reports.paint import harmless, painter


def test_without_colour_text_stays_as_it_is():
    assert painter(False)("dog", "bold red") == "dog"


def test_with_colour_text_is_wrapped_in_escape_sequences():
    assert painter(True)("dog", "bold red") == "\x1b[1;31mdog\x1b[0m"


@pytest.mark.parametrize("text", ["", "a dog", "日本 é", "👩‍🚀"[:1], 'quote " and \\'])
def test_printable_text_is_left_alone(text):
    assert harmless(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb", "a    b"),
        ("a\r\nb", "a  b"),
        ("\x1b[2J", "�[2J"),
        ("\x07", "�"),
        ("\u202eabc", "�abc"),
        ("\udcff", "�"),
        ("a\u00a0b", "a\u00a0b"),
        ("a\u2028b", "a b"),
    ],
)
def test_what_could_steer_a_terminal_is_shown_instead(text, shown):
    assert harmless(text) == shown
