"""Stage 3: complex images, whose information does not fit into a sentence.

Sources: https://www.w3.org/WAI/tutorials/images/complex/ , WCAG techniques G92, G95 and H45. They are never
described from their pixels: the type can be said, the data cannot. A formula's source may be suggested.
"""

import re
from collections.abc import Mapping
from itertools import chain
from urllib.parse import parse_qs, unquote

from alttext.purpose import evidence, meaningless
from alttext.purpose.word_lists import phrase_set, word_set
from alttext.types import Classification, ImageRef, Purpose

# Words that say what a picture is wherever they stand in a file name.
# Sources: chart types of https://datavizcatalogue.com/ , diagram types of UML and of Mermaid
_ANYWHERE: Mapping[str, frozenset[str]] = {
    "chart": word_set(
        """chart charts graph graphs histogram histograms barchart piechart linechart barplot scatterplot
        boxplot lineplot violinplot heatmap sparkline flamegraph treemap sankey donutchart gnuplot"""
    ),
    "diagram": word_set(
        """diagram diagrams flowchart flowcharts schematic schematics uml erd infographic infographics
        mindmap wireframe wireframes flowdiagram dendrogram cladogram pinout statechart dataflow orgchart"""
    ),
    "map": frozenset({"choropleth", "floorplan", "cartogram", "openstreetmap", "staticmap"}),
    "equation": frozenset({"equation", "equations", "latex"}),
    "screenshot": word_set(
        "screenshot screenshots screengrab screencap screencapture screenshoot bildschirmfoto"
    ),
}  # fmt: skip
# Words that say so only where they are what the picture is about: `europe-map`, not `map-marker`.
_AS_SUBJECT: Mapping[str, frozenset[str]] = {
    "chart": word_set("plot plots dashboard"),
    "diagram": word_set("topology timeline lifecycle"),
    "map": word_set("map maps"),
    "table": word_set("spreadsheet"),
    "screenshot": word_set("ui gui"),
}
# The same for words that name things, too: in a format of photographs they are tables with legs.
_AS_DRAWN_SUBJECT: Mapping[str, frozenset[str]] = {
    "diagram": word_set("architecture workflow blueprint pipeline hierarchy flow"),
    "table": word_set("table matrix"),
    "equation": word_set("formula formulae"),
    "screenshot": word_set("dialog wizard screen terminal console"),
}
_FOLDERS = word_set("charts diagrams screenshots graphs equations flowcharts infographics")
_FIGURE_FOLDERS = frozenset({"figures", "figs", "plots"})
# What lies in such folders, too, by one of its words.
_NO_FIGURES = word_set("cover covers logo logos icon icons photo photograph portrait headshot banner badge")
# Neighbours that make something else of these words.
_OTHERWISE = phrase_set(
    """graph paper, flip chart, chart topping, chart house, chart toppers, dining table, coffee table,
    kitchen table, wooden table, picnic table, pool table, side table, bedside table, round table, dinner
    table, water table, operating table, breakfast table, garden table, tennis table, set table, touch
    screen, silk screen, smoke screen, sun screen, wind screen, big screen, fire screen, baby formula,
    garden plot, garden plots, burial plot, grave plot, land plot, car dashboard,
    dashboard camera, gothic architecture, modern architecture, roman
    architecture, islamic architecture, old architecture, colonial architecture, church architecture, oil
    pipeline, gas pipeline, game console, open graph, site map, mixing console"""
)
# Names that programs give to the figures they draw.
# Sources: nbconvert's ExtractOutputPreprocessor, knitr's fig.path and chunk names, R's default device
_DRAWN_RE = re.compile(r"^(?:output_\d+_\d+|unnamed-chunk-\d+-\d+|rplots?\d*|plot_?\d+)$", re.IGNORECASE)
_NUMBERED_RE = re.compile(r"^(?:fig|figure|abb|abbildung)s?[\W_]*s?\d+[a-z]?$", re.IGNORECASE)
_SCREEN_PAIRS = frozenset(
    {"screen shot", "screen shots", "screen capture", "screen grab", "capture décran", "de pantalla"}
)
_SHOTS = frozenset(pair.rpartition(" ")[2] for pair in _SCREEN_PAIRS)
# Classes that Sphinx gives to what code has drawn: Matplotlib's plot directive and Sphinx-Gallery.
_DRAWN_CLASSES: Mapping[str, str] = {
    "plot-directive": "chart", "sphx-glr-single-img": "figure", "sphx-glr-multi-img": "figure",
}  # fmt: skip
# What a figure's caption begins with: "Figure 3:", "Fig. 2.1 -", "Abb. 4".
_LABEL_RE = re.compile(
    r"^(?:fig(?:ure)?|abb(?:ildung)?|chart|table)\b\.?\s*[\d.]*[a-z]?\s*[:.–—-]*\s*", re.IGNORECASE
)
_CLAUSE_RE = re.compile(r"[.,;:!?()–—]")
_CAPTION_HEADS: Mapping[str, str] = {
    "chart": "chart", "graph": "chart", "histogram": "chart", "plot": "chart", "heatmap": "chart",
    "scatterplot": "chart", "boxplot": "chart", "diagram": "diagram", "flowchart": "diagram",
    "schematic": "diagram", "infographic": "diagram", "map": "map", "screenshot": "screenshot",
    "screenshots": "screenshot", "equation": "equation",
}  # fmt: skip
_LONGEST_PHRASE = 6  # words; in longer ones the last noun is no longer the subject
_HEADINGS = frozenset({"chart", "diagram", "screenshot"})
_AROUND: Mapping[str, frozenset[str]] = {
    "diagram": frozenset({"mermaid", "plantuml", "diagram", "graphviz", "drawio", "infographic"}),
    "chart": frozenset({"chart", "echarts", "highcharts", "plotly"}),
    "equation": frozenset({"katex", "mathjax", "latex", "equation", "mwe"}),
    "screenshot": frozenset({"screenshot", "screenshots"}),
}
# Services that draw; each address form is from the service's own documentation.
_SERVICES = (
    (r"latex\.codecogs\.com/", "equation"),
    (r"(?:[\w.]+\.)?wikimedia\.org/api/rest_v1/media/math/", "equation"),
    (r"i\.upmath\.me/", "equation"),
    (r"math\.vercel\.app/|math\.now\.sh/|render\.githubusercontent\.com/render/math", "equation"),
    (r"chart(?:\.googleapis|s?\.apis\.google)\.com/chart", "chart"),
    (r"quickchart\.io/|image-charts\.com/chart|api\.star-history\.com/", "chart"),
    (r"mermaid\.ink/|kroki\.io/|(?:www\.)?plantuml\.com/plantuml/|yuml\.me/diagram/", "diagram"),
    (r"maps\.google(?:apis)?\.com/maps/api/staticmap|api\.mapbox\.com/.*static", "map"),
    (r"(?:\w\.)?tile\.(?:openstreetmap|opentopomap)\.org/|staticmap\.openstreetmap\.de/", "map"),
)
_SERVICE_RES = tuple((re.compile(address, re.IGNORECASE), reason) for address, reason in _SERVICES)
_FORMULA_ATTRIBUTES = ("data-latex", "data-equation", "data-equation-content", "data-tex")
_FORMULA_PARAMETERS = ("math", "from", "chl", "latex")
# WordPress and others point aria-describedby at the visible caption, which is no long description.
_CAPTION_ID_RE = re.compile(r"caption|legend|gallery|tooltip|popover", re.IGNORECASE)


def classify(ref: ImageRef) -> Classification | None:
    """Return which complex image it is, by name, service, caption or description; None if nothing says so."""
    reason = _by_service(ref) or _by_name(ref) or _by_placeholder(ref) or _by_caption(ref)
    reason = reason or _by_surroundings(ref)
    if evidence.has_attribute(ref, *_FORMULA_ATTRIBUTES):
        reason = "equation"
    if not reason:
        reason = _as_a_whole(ref)
    suggestion = _formula(ref) if reason == "equation" else ""
    return Classification(Purpose.COMPLEX, reason, suggestion or None) if reason else None


def _formula(ref: ImageRef) -> str:
    """The source of a formula, from an attribute or the address of the service that draws it."""
    if named := [value for name in _FORMULA_ATTRIBUTES if (value := evidence.attribute(ref, name))]:
        return named[0]
    parts = evidence.split_url(ref.src)
    host = (parts.hostname or "").lower()
    if host == "latex.codecogs.com":
        return unquote(parts.query or parts.path.rpartition("/")[2]).strip()
    if host == "i.upmath.me":
        return unquote(parts.path.rpartition("/")[2])
    asked = parse_qs(parts.query)
    is_known = host.endswith(("githubusercontent.com", "googleapis.com", "vercel.app", "now.sh"))
    return next((asked[name][0].strip() for name in _FORMULA_PARAMETERS if is_known and name in asked), "")


def _by_service(ref: ImageRef) -> str:
    parts = evidence.split_url(ref.src)
    asked = parse_qs(parts.query).get("cht", [""])[0]
    if not parts.hostname or asked == "qr":
        return ""
    address = f"{parts.hostname.lower()}{parts.path}"
    found = next((reason for pattern, reason in _SERVICE_RES if pattern.match(address)), "")
    return "equation" if found == "chart" and asked == "tx" else found


def _by_name(ref: ImageRef) -> str:
    classes = evidence.attribute(ref, "class").lower().split()
    if drawn := next((_DRAWN_CLASSES[name] for name in classes if name in _DRAWN_CLASSES), ""):
        return drawn
    stem = evidence.stem(ref.src)
    if _DRAWN_RE.match(stem):
        return "chart"
    if _NUMBERED_RE.match(stem):
        return "figure"
    named = evidence.telling(ref.src)
    if evidence.has_pair(evidence.words(stem), _SCREEN_PAIRS):
        return "screenshot"
    if evidence.has_pair(named, _OTHERWISE) or evidence.head(named) in {"icon", "icons"}:
        return ""
    said = {*named, *evidence.words(evidence.attribute(ref, "class"))}
    said |= {word for word in evidence.of_folders(ref) if word in _FOLDERS}
    strong = (reason for reason, known in _ANYWHERE.items() if known & said)
    subjects = [*_AS_SUBJECT.items()]
    if not evidence.may_be_photograph(ref.src):
        subjects.extend(_AS_DRAWN_SUBJECT.items())
    about = (reason for reason, known in subjects if evidence.head(named) in known)
    return next(chain(strong, about), "") or _of_figures(ref)


def _of_figures(ref: ImageRef) -> str:
    """A paper or notebook keeps what it draws in one folder."""
    is_drawn = not evidence.may_be_photograph(ref.src) and _NO_FIGURES.isdisjoint(evidence.of_file(ref))
    return "figure" if is_drawn and _FIGURE_FOLDERS & evidence.of_folders(ref) else ""


def _by_placeholder(ref: ImageRef) -> str:
    """What the author has called it without saying more: "screenshot"."""
    return _called(ref.alt) if ref.alt and meaningless.is_placeholder(ref.alt) else ""


def _by_caption(ref: ImageRef) -> str:
    """What a caption calls its picture: "Figure 2: Bar chart of sales", not "The charter in the archive"."""
    if found := _called(_LABEL_RE.sub("", ref.context.caption, count=1)):
        return found
    heading = ref.context.heading
    called = _called(heading) if len(evidence.words(heading)) <= 3 else ""
    return called if called in _HEADINGS else ""


def _called(text: str) -> str:
    phrase = evidence.words(_CLAUSE_RE.split(text, maxsplit=1)[0])
    noun = evidence.head(phrase)
    if noun in _SHOTS and evidence.has_pair(phrase, _SCREEN_PAIRS):
        return "screenshot"
    if not noun or phrase.index(noun) >= _LONGEST_PHRASE or evidence.has_pair(phrase, _OTHERWISE):
        return ""
    return _CAPTION_HEADS.get(noun, "") or _CAPTION_HEADS.get(noun.removesuffix("s"), "")


def _by_surroundings(ref: ImageRef) -> str:
    around = evidence.of_surroundings(ref)
    return next((reason for reason, names in _AROUND.items() if names & around), "")


def _as_a_whole(ref: ImageRef) -> str:
    """Complex by what belongs to the image: links on parts of it, or a longer description."""
    if evidence.has_attribute(ref, "usemap"):
        return "image-map"
    described = evidence.attribute(ref, "aria-describedby")
    if described and not _CAPTION_ID_RE.search(described):
        return "described-elsewhere"
    is_described = evidence.attribute(ref, "longdesc") or evidence.attribute(ref, "aria-details")
    return "described-elsewhere" if is_described else ""
