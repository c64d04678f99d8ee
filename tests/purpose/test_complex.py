"""Charts, diagrams, maps, formulas and screenshots by their markup, and photographs of other things."""

import pytest

import alttext
from alttext import purpose
from alttext.types import Purpose


def verdict(markup):
    return purpose.classify(alttext.find_images(markup)[0])


def figure(caption):
    return f'<figure><img src="7.png"><figcaption>{caption}</figcaption></figure>'


COMPLEX = {
    "a chart by its name": ('<img src="sales-chart.png">', "chart"),
    "a chart in camel case": ('<img src="barChart2024.png">', "chart"),
    "a graph": ('<img src="/img/growth_graph_final.svg">', "chart"),
    "a plot": ("<img src=residual-plot.png>", "chart"),
    "a histogram with a query": ('<img src="histogram.png?v=3">', "chart"),
    "a picture drawn in a notebook": ("![](output_12_0.png)", "chart"),
    "a picture drawn by knitr": ("![](unnamed-chunk-3-1.png)", "chart"),
    "a chart by its class": ('<img src="q3.png" class="chart">', "chart"),
    "a chart drawn by a service": ('<img src="https://quickchart.io/chart?c={type:1}">', "chart"),
    "a flowchart": ("<img src=checkout-flowchart.svg>", "diagram"),
    "a diagram about something": ("<img src=diagram-of-the-water-cycle.png>", "diagram"),
    "an architecture": ("<img src=system-architecture.svg>", "diagram"),
    "an infographic": ("<img src=vaccine-infographic.jpg>", "diagram"),
    "a diagram drawn by a service": ('<img src="https://mermaid.ink/img/abc">', "diagram"),
    "a map": ("<img src=trail-map.jpg>", "map"),
    "a map of something": ("<img src=map-of-europe.png>", "map"),
    "a floor plan": ("<img src=floorplan.png>", "map"),
    "a map drawn by a service": (
        '<img src="https://maps.googleapis.com/maps/api/staticmap?center=1,2&zoom=9">',
        "map",
    ),
    "an equation": ("<img src=equation3.png>", "equation"),
    "a formula by its class": ('<img class="latex" src="eq1.png">', "equation"),
    "a screenshot": ("<img src=screenshot-2024-03-01.png>", "screenshot"),
    "a screen shot in two words": ('<img src="Screen%20Shot%202024-03-01.png">', "screenshot"),
    "a dialog": ("<img src=settings-dialog.png>", "screenshot"),
    "a chart by its caption": (figure("Figure 2: Bar chart of rainfall by month"), "chart"),
    "a diagram by its caption": (figure("Diagram of a bicycle brake."), "diagram"),
    "a screenshot by its caption": (figure("Screenshot of the editor"), "screenshot"),
    "a screen shot by its caption": (figure("Screen shot with standard fonts"), "screenshot"),
    "a screenshot by a placeholder": ("![screen capture](step-5.png)", "screenshot"),
    "what a plot directive draws": ('<img class="plot-directive" src="numpy-sin-1.png">', "chart"),
    "what a gallery of examples draws": ('<img class="sphx-glr-single-img" src="a_001.png">', "figure"),
    "a picture with links on its parts": ('<img src="7.png" usemap="#m">', "image-map"),
    "a picture with a long description": ('<img src="7.png" longdesc="7.html">', "described-elsewhere"),
    "a picture with a description beside it": (
        '<img src="7.png" aria-describedby="d"><p id="d">Words</p>',
        "described-elsewhere",
    ),
}


@pytest.mark.parametrize(("markup", "reason"), COMPLEX.values(), ids=COMPLEX)
def test_a_complex_image_is_left_for_a_person(markup, reason):
    found = purpose.classify(alttext.find_images(markup, "markdown")[0])
    assert (found.purpose, found.reason) == (Purpose.COMPLEX, reason)
    assert not found.certain


PHOTOGRAPHS = {
    "a photograph": "photograph.jpg",
    "a charter": "town-charter.jpg",
    "a charter boat": "charter-boat.jpg",
    "a chartered ship": "chartered_ship.jpg",
    "a plotting board": "plotting-board.jpg",
    "garden plots": "community-garden-plots.jpg",
    "a dashboard in a car": "car-dashboard.jpg",
    "a garden plot": "garden-plot.jpg",
    "a flip chart": "flip-chart-in-the-meeting-room.jpg",
    "a sheet of paper": "graph-paper-notebook.jpg",
    "graffiti": "graffiti-wall.jpg",
    "a biographer": "biographer.jpg",
    "a maple": "maple-in-autumn.jpg",
    "a misspelt maple": "mapple.jpg",
    "a mapmaker": "mapmaker-at-work.jpg",
    "a photo from a road trip": "roadmap-photo.jpg",
    "a mountain named after a table": "table-mountain.jpg",
    "a tablet": "tablet-on-desk.jpg",
    "table tennis": "table-tennis.jpg",
    "a coffee table": "coffee-table.jpg",
    "a dinner table": "dinner-table-with-candles.jpg",
    "a table in an inn": "wooden-table-and-chairs.jpg",
    "a door with a screen": "screen-door.jpg",
    "a screenwriter": "screenwriter.jpg",
    "a screen printer": "screen-printing.jpg",
    "a wind screen": "wind-screen.jpg",
    "a flower": "flow-er.jpg",
    "a flow of lava": "lava-flow.jpg",
    "a flowing river": "flowing-river.jpg",
    "a formula one car": "formula-one-car.jpg",
    "a pipeline in the desert": "oil-pipeline.jpg",
    "a church": "gothic-architecture.jpg",
    "a console of a pilot": "game-console.jpg",
    "an architect": "architect-with-plans.jpg",
    "a guitar": "guitar.jpg",
    "a suit": "suit-and-tie.jpg",
}


@pytest.mark.parametrize("name", PHOTOGRAPHS.values(), ids=PHOTOGRAPHS)
def test_a_photograph_of_something_with_such_a_word_in_it_is_informative(name):
    assert verdict(f'<img src="{name}">').purpose is Purpose.INFORMATIVE


CAPTIONS = [
    "A garden plot behind our house",
    "On the map this lake has no name",
    "A charter of 1215, photographed in the archive",
    "She points at the screen while we watch",
    "Kim at the table, two hours later",
    "A photograph of the town hall",
    "Flow",
    "A shot of the screen door",
    "Rain, then a graph, then more rain",
]


@pytest.mark.parametrize("caption", CAPTIONS)
def test_a_caption_that_only_mentions_such_a_word_is_no_evidence(caption):
    assert verdict(figure(caption)).purpose is Purpose.INFORMATIVE


@pytest.mark.parametrize("src", ["figures/05-2.png", "paper/figs/loss.svg", "plots/a/recovery.png"])
def test_what_a_paper_keeps_in_its_folder_is_a_figure(src):
    assert verdict(f'<img src="{src}">').reason == "figure"


@pytest.mark.parametrize(
    "src", ["figures/book-cover-small.png", "figs/acme-logo.png", "figures/photo-2.png", "figures/lake.jpg"]
)
def test_covers_logos_and_photographs_in_such_a_folder_are_no_figures(src):
    assert verdict(f'<img src="{src}">').reason != "figure"


def test_the_name_of_an_icon_of_a_map_is_no_map():
    assert verdict('<img src="map-icon.svg">').reason != "map"
    assert verdict('<img src="map-marker.svg">').reason != "map"


def test_a_caption_that_belongs_to_a_gallery_is_no_long_description():
    markup = '<img src="7.jpg" aria-describedby="caption-7"><p id="caption-7">Words</p>'
    assert verdict(markup).purpose is Purpose.INFORMATIVE


FORMULAS = {
    "an attribute": ('<img src="e.svg" data-latex="a^2">', "a^2"),
    "the address of its service": ('<img src="https://latex.codecogs.com/svg.latex?x%20%2B%201">', "x + 1"),
    "the address of a chart service": (
        '<img src="https://chart.googleapis.com/chart?cht=tx&chl=a%2Bb">',
        "a+b",
    ),
    "nothing": ('<img class="latex" src="e.png">', None),
}


@pytest.mark.parametrize(("markup", "source"), FORMULAS.values(), ids=FORMULAS)
def test_the_source_of_a_formula_is_suggested_from(markup, source):
    found = verdict(markup)
    assert (found.reason, found.alternative, found.certain) == ("equation", source, False)


def test_a_broken_address_is_no_service():
    assert verdict('<img src="https://[mermaid.ink/a.jpg">').purpose is Purpose.INFORMATIVE
