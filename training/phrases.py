"""How media, weather and labels are said: the same words for training and for measuring."""

# The first phrase of a medium is its name; the others teach the same by other words.
MEDIA = {
    "photograph": (
        "a photograph",
        "a photo",
        "a color photograph",
        "a snapshot",
        "a photograph of the real world",
    ),
    "painting": ("a painting", "an oil painting", "a painted picture", "a work of art"),
    "cartoon": ("a cartoon", "a cartoon drawing", "a comic illustration", "an animated cartoon"),
    "sketch": ("a pencil sketch", "a sketch", "a line drawing", "a black and white drawing"),
    "chart": ("a chart", "a graph", "a bar chart or line graph", "a chart of data"),
    "diagram": ("a diagram", "a schematic diagram", "a technical diagram", "a labelled diagram"),
    "map": ("a map", "a geographical map", "a map of a region", "a road map"),
    "screenshot": (
        "a screenshot",
        "a screenshot of a computer program",
        "a screen capture",
        "a screenshot of a website",
    ),
    "logo": ("a logo", "a company logo", "a brand logo", "an emblem"),
    "icon": ("an icon", "a simple flat icon", "a pictogram", "a symbol"),
    "text": ("a scanned page of text", "an image of text", "a document", "a page of printed text"),
    "decorative": (
        "a decorative pattern",
        "an abstract background",
        "a decorative graphic",
        "a colour gradient",
    ),
}

WEATHER = {
    "cloudy": (
        "cloudy weather",
        "a cloudy sky",
        "an overcast sky with clouds",
        "a photo of a cloudy day",
        "cloudy",
    ),
    "sunny": ("sunny weather", "a sunny day", "bright sunshine", "a photo of a sunny day", "sunny"),
    "rainy": ("rainy weather", "rain", "a rainy day", "a photo of a rainy day", "rainy"),
    "sunrise": (
        "a sunrise",
        "a sunrise over the horizon",
        "a photo of a sunrise",
        "an orange sky at dawn",
        "sunrise",
    ),
}


def article(noun: str) -> str:
    """The noun with its indefinite article, good enough for training text."""
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun
    return f"{'an' if noun[0].lower() in 'aeiou' else 'a'} {noun}"


def label_texts(label: str, kind: str = "photo") -> tuple[str, ...]:
    """A label as a name and in sentences."""
    noun = article(label)
    return (label, noun, f"a {kind} of {noun}", f"a {kind} of the {label}")
