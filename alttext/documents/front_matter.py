"""Front matter in YAML, TOML or JSON: read for the language and title of a page, never rewritten."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

_YAML_RE = re.compile(r"---[ \t]*\n(?:(?P<body>.*?)\n)?(?:---|\.\.\.)[ \t]*(?=\n|\Z)", re.DOTALL)
_TOML_RE = re.compile(r"\+\+\+[ \t]*\n(?P<body>.*?)\n\+\+\+[ \t]*(?=\n|\Z)", re.DOTALL)
_JSON_RE = re.compile(r"(?P<body>\{[ \t]*\n.*?\n\})[ \t]*(?=\n|\Z)", re.DOTALL)
_KEY_RE = re.compile(
    r"""(?P<quote>["']?)(?P<key>[A-Za-z_][\w.-]*)(?P=quote)[ \t]*:(?:[ \t]+(?P<value>.*))?"""
)
_MOST_TOML = 1 << 15  # characters; keys with many dots take time that grows with the square
_COMMENT_RE = re.compile(r"(?:^|\s)#.*")
_LANGUAGE_RE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")

# What only Pandoc, R Markdown, Quarto and VFM read. They turn the brackets of a lone image into a visible
# caption. Sources: https://pandoc.org/MANUAL.html#variables, https://quarto.org/docs/reference/formats/html.html,
# https://bookdown.org/yihui/rmarkdown/, https://vivliostyle.github.io/vfm/#/vfm?id=frontmatter
_QUARTO_KEYS = frozenset({"execute", "quarto", "quarto-required", "format-links", "code-annotations"})
_PANDOC_KEYS = frozenset(
    {"documentclass", "header-includes", "include-before", "include-after", "link-citations", "nocite", "csl"}
    | {"pandoc", "pandoc_args", "reference-section-title", "csquotes", "classoption"}
)
_R_OUTPUT_RE = re.compile(r"\w+_document\b|\w+::\w+|ioslides|slidy|beamer_presentation")
_QUARTO_FORMAT_RE = re.compile(
    r"\b(?:html|pdf|docx|revealjs|pptx|typst|gfm|hugo-md|docusaurus-md|epub|dashboard)\b"
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter says; `end` is the offset after its last fence, 0 if there is none."""

    end: int = 0
    title: str = ""
    lang: str = ""
    figure_attribute: str = ""  # what holds the alternative where brackets are a caption; "?" is unknown
    is_r_markdown: bool = False


def read(text: str) -> FrontMatter:
    """Read the front matter at the start of a text with line feeds only; it is empty if there is none."""
    for pattern, reader in ((_YAML_RE, _yaml), (_TOML_RE, _toml), (_JSON_RE, _json)):
        match = pattern.match(text)
        if match is not None:
            values = reader(match["body"] or "")
            return FrontMatter() if values is None else _front_matter(match.end(), values)
    return FrontMatter()


def _front_matter(end: int, values: Mapping[str, str]) -> FrontMatter:
    lang = next((values[key] for key in ("lang", "language", "locale") if values.get(key)), "")
    return FrontMatter(
        end=end,
        title=values.get("title", ""),
        lang=lang.replace("_", "-") if _LANGUAGE_RE.fullmatch(lang) else "",
        figure_attribute=_figure_attribute(values),
        is_r_markdown=_is_r_markdown(values),
    )


def _figure_attribute(values: Mapping[str, str]) -> str:
    if "vfm" in values:
        return "?"
    if not _QUARTO_KEYS.isdisjoint(values) or _QUARTO_FORMAT_RE.search(values.get("format", "")):
        return "fig-alt"
    return "alt" if not _PANDOC_KEYS.isdisjoint(values) or _is_r_markdown(values) else ""


def _is_r_markdown(values: Mapping[str, str]) -> bool:
    return _R_OUTPUT_RE.search(values.get("output", "")) is not None


def _yaml(body: str) -> dict[str, str] | None:
    """Read the keys of the outermost level; deeper lines become part of the value above them."""
    values: dict[str, str] = {}
    key = ""
    for line in body.split("\n"):
        match = _KEY_RE.fullmatch(line)
        if match is not None:
            key = match["key"].lower()
            values[key] = _yaml_scalar(match["value"] or "")
        elif key and line[:1] in (" ", "\t", "-"):
            values[key] = f"{values[key]}\n{line.strip()}".strip()
        elif line.strip() and not line.startswith("#") and not key:
            return None
    # Two rules with prose between them are not front matter, two with nothing between them are.
    return values if values or not body.strip() else None


def _yaml_scalar(value: str) -> str:
    value = value.strip()
    if value[:1] in ("'", '"') and value.find(value[0], 1) > 0:
        return value[1 : value.find(value[0], 1)]
    return "" if value in {"|", ">", "|-", ">-"} else _COMMENT_RE.sub("", value).strip()


def _toml(body: str) -> dict[str, str] | None:
    try:
        return _strings(tomllib.loads(body)) if len(body) <= _MOST_TOML else {}
    except (ValueError, RecursionError):
        return {}


def _json(body: str) -> dict[str, str] | None:
    try:
        return _strings(json.loads(body))
    except (ValueError, RecursionError):
        return None


def _strings(values: Mapping[str, object]) -> dict[str, str]:
    return {key.lower(): value if isinstance(value, str) else str(value) for key, value in values.items()}
