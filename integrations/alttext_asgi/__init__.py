"""ASGI middleware that gives images of HTML pages the alternatives of a prepared map.

No model runs in a request: whoever wants descriptions makes them before, by `alttext describe`.
"""

from alttext_asgi.alternatives import Alternatives
from alttext_asgi.middleware import AltTextMiddleware

__all__ = ["AltTextMiddleware", "Alternatives"]
