"""onnxruntime, kept from telling its makers that it runs."""

import os
from importlib import import_module
from typing import Any


def load() -> Any:
    """Return the library with its telemetry off.

    Since 1.32 it has some on Linux, too: an identifier of the device and a store of events in the user's
    cache, sent to its makers by every process that runs for some seconds. It reads the variable when it is
    imported; its function to turn telemetry off comes too late for the first event.
    """
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    onnxruntime = import_module("onnxruntime")
    onnxruntime.disable_telemetry_events()
    return onnxruntime
