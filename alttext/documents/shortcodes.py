"""Shortcodes and includes of site builders that stand for an image.

Sources: https://gohugo.io/shortcodes/figure/, https://jekyllrb.com/docs/includes/#passing-parameters-to-includes

An alternative is only written where the builder documents an argument for it: Hugo's own `figure`, or any
shortcode whose alternative is already a named argument. What other shortcodes do without one is unknown.
"""

import re
from bisect import bisect
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from alttext.documents.markdown_lines import line_of, line_start, push_lines
from alttext.types import Span

SHORTCODE = "shortcode"  # type and meta key of the tokens
BACKTICK = "\ufdd0"  # stands for one of a shortcode while Markdown is read: there it would begin code

_QUOTED = rf""" "(?:[^"\\]|\\.)*+" | '(?:[^'\\]|\\.)*+' | `[^`]*+` | {BACKTICK}[^{BACKTICK}]*+{BACKTICK} """
_SHORTCODE_RE = re.compile(
    rf"""\{{\{{ (?P<hugo>[<%]) \s*+ (?P<name>[\w./-]++)
      (?P<arguments>(?:{_QUOTED}|(?![>%]\}}\}}|\{{\{{).)*+) [>%]\}}\}}
    | \{{% -? \s*+ (?P<liquid>\w++)
      (?P<liquid_arguments>(?:{_QUOTED}|(?!-?%\}}|\{{%).)*+) -? %\}}""",
    re.VERBOSE | re.DOTALL,
)
_ARGUMENT_RE = re.compile(
    rf"""(?P<argument>(?:(?P<key>[\w.-]++) \s*+ = \s*+)?
      (?:(?P<quoted>{_QUOTED})|(?P<bare>[^\s"'`{BACKTICK}=,|]++)))""",
    re.VERBOSE | re.DOTALL,
)
_IMAGE_NAME_RE = re.compile(
    r"(?:^|[-_./])(?:figure|fig|image|img|imgfig|picture|photo)(?:$|[-_.](?!galler|group|row|slide|set))",
    re.IGNORECASE,
)
_IMAGE_FILE_RE = re.compile(
    r"[^\s{}]\.(?:apng|avif|bmp|gif|jpe?g|png|svg|tiff?|webp)(?:$|[?#])", re.IGNORECASE
)
_SOURCE_KEYS = ("src", "url", "path", "file", "filename", "image", "image_path", "img", "source")
_ALT_KEYS = ("alt", "alt_text", "alttext", "alt-text", "fig-alt")
_CODE_NAMES = frozenset({"highlight", "codeblock", "comment", "code"})
_KRAMDOWN_COMMENT_RE = re.compile(r"\{::comment(?:\s[^{}]*)?\}")
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: `key` is "" if it is told by its place. The span counts from the searched text."""

    key: str
    value: str
    span: Span
    is_literal: bool


@dataclass(frozen=True, slots=True)
class Shortcode:
    """A shortcode that stands for an image."""

    span: Span
    source: Argument
    alt: Argument | None
    is_hugo_figure: bool
    arguments: tuple[Argument, ...]

    def value(self, key: str) -> str:
        """Return the value of a named argument, "" if there is none."""
        return next((found.value for found in self.arguments if found.key == key), "")

    def place(self) -> Span | None:
        """Return the place of the alternative, None if it is unknown how this shortcode spells one."""
        if self.alt is not None:
            return self.alt.span if self.alt.key else None
        # Hugo refuses named arguments beside those that are told by their place.
        is_open = self.is_hugo_figure and all(found.key for found in self.arguments)
        return Span(self.source.span.end, self.source.span.end) if is_open else None


def masked(text: str) -> str:
    """Return the text with the backticks of shortcodes replaced by `BACKTICK`, for Markdown to look over.

    Only of those on one line: nothing is said of where a longer one ends until blocks of code are known.
    """
    if "`" not in text or "{" not in text:
        return text
    parts: list[str] = []
    done = position = 0
    while (position := text.find("{", position)) >= 0:
        found = _SHORTCODE_RE.match(text, position, position + _LONGEST)
        if found is not None and "\n" not in found[0]:
            parts += (text[done:position], found[0].replace("`", BACKTICK))
            done = found.end()
        position = max(done, position + 1)
    return "".join((*parts, text[done:]))


def match(text: str, start: int) -> tuple[int, Shortcode | None]:
    """Return where the shortcode at `start` ends, and the image that it stands for; (start, None) if none."""
    if (comment := _KRAMDOWN_COMMENT_RE.match(text, start)) is not None:
        return _code_end(text, comment.end(), "comment"), None
    found = _SHORTCODE_RE.match(text, start, start + _LONGEST)
    if found is None:
        return start, None
    name = found["name"] or found["liquid"]
    if name in _CODE_NAMES:
        return _code_end(text, found.end(), name), None
    group = "arguments" if found["hugo"] else "liquid_arguments"
    arguments = tuple(_argument(item) for item in _ARGUMENT_RE.finditer(text, *found.span(group)))
    if name in {"include", "include_relative", "include_cached", "render"} and arguments:
        name, arguments = arguments[0].value, arguments[1:]
    if not _IMAGE_NAME_RE.search(name):
        return found.end(), None
    return found.end(), _image(Span(*found.span()), arguments, bool(found["hugo"]) and name == "figure")


def is_code(text: str, start: int) -> bool:
    """Whether the shortcode at `start` begins code or a comment."""
    if _KRAMDOWN_COMMENT_RE.match(text, start) is not None:
        return True
    found = _SHORTCODE_RE.match(text, start, start + _LONGEST)
    return found is not None and (found["name"] or found["liquid"]) in _CODE_NAMES


def _code_end(text: str, start: int, name: str) -> int:
    """Return where a paired shortcode around code or a comment ends: nothing in it is an image."""
    ends = _code_ends(text, name)
    return ends[at] if (at := bisect(ends, start)) < len(ends) else start


@lru_cache(maxsize=16)
def _code_ends(text: str, name: str) -> tuple[int, ...]:
    """Return where end tags end; kept, because every start tag of a text asks again."""
    pattern = rf"\{{%-?\s*end{name}\s*-?%\}}|\{{\{{[<%]\s*/{name}\s*[>%]\}}\}}|\{{:/(?:{name})?\}}"
    return tuple(match.end() for match in re.finditer(pattern, text))


def _image(span: Span, arguments: tuple[Argument, ...], is_hugo_figure: bool) -> Shortcode | None:
    named = {argument.key: argument for argument in reversed(arguments) if argument.key}
    by_place = [argument for argument in arguments if not argument.key]
    source = next((named[key] for key in _SOURCE_KEYS if key in named), None)
    if source is None and by_place and (by_place[0].is_literal or _IMAGE_FILE_RE.search(by_place[0].value)):
        source = by_place.pop(0)
    if source is None:
        return None
    alt = next((named[key] for key in _ALT_KEYS if key in named), None)
    if alt is None and by_place and not named and not _IMAGE_FILE_RE.search(by_place[0].value):
        alt = by_place[0]
    return Shortcode(span, source, alt, is_hugo_figure, arguments)


def _argument(found: re.Match[str]) -> Argument:
    span = Span(*found.span("argument"))
    key = (found["key"] or "").lower()
    if found["quoted"] is None:
        return Argument(key, found["bare"], span, is_literal=False)
    value = found["quoted"][1:-1].replace(BACKTICK, "`")
    if found["quoted"][0] in "\"'":
        value = value.replace('\\"', '"')
    return Argument(key, value, span, is_literal=True)


def spell(alt: str, *, is_hugo: bool) -> str:
    r"""Quote an argument: both builders know `\"`, and only Hugo has strings that keep a backslash."""
    if is_hugo and "\\" in alt and "`" not in alt:
        return f"`{alt}`"
    return '"' + alt.replace('"', '\\"') + '"'


def add_rules(parser: MarkdownIt) -> None:
    """Let a parser take shortcodes as a whole, before it looks into them."""
    parser.inline.ruler.before("escape", SHORTCODE, _inline_rule)
    ends = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", "shortcode_lines", _block_rule, {"alt": ends})


def _inline_rule(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    end, shortcode = match(state.src, state.pos)
    if end == state.pos or end > state.posMax:
        return False
    if not silent:
        state.push(SHORTCODE, "", 0).meta[SHORTCODE] = shortcode
    state.pos = end
    return True


def _block_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Keep a shortcode over several lines together: its `>}}` would begin a block quote."""
    start = line_start(state, start_line)
    if state.is_code_block(start_line) or not state.src.startswith(("{{<", "{{%", "{%", "{::"), start):
        return False
    end = match(state.src, start)[0]
    last = line_of(state, end, start_line, end_line) if end > state.eMarks[start_line] else None
    if last is None:
        return False
    if not silent:
        push_lines(state, start_line, last + 1)
    return True
