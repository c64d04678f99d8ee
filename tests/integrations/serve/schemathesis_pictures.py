"""Hooks of schemathesis: where the contract asks for a picture, a picture."""

import schemathesis
from hypothesis import strategies as st

from tests.integrations.serve.serving import picture

PICTURES = st.tuples(*[st.integers(0, 255)] * 3).map(lambda colour: picture(colour, (40, 30)))

for kind in ("jpeg", "png", "gif", "webp", "avif", "bmp", "tiff", "svg+xml"):
    schemathesis.openapi.media_type(f"image/{kind}", PICTURES)
