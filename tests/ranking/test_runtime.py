import os
import subprocess
import sys

import pytest

READ_THE_VARIABLE = """
import os
from alttext.ranking import runtime
runtime.load()
print(os.environ["ORT_DISABLE_TELEMETRY"])
"""


@pytest.mark.parametrize(
    ("given", "expected"),
    [({}, "1"), ({"ORT_DISABLE_TELEMETRY": "0"}, "0")],
    ids=["is off unless somebody says so", "is what somebody has said"],
)
def test_telemetry_of_onnxruntime(tmp_path, given, expected):
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    folders = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", READ_THE_VARIABLE],
        env=environment | folders | given,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == expected


def test_what_is_loaded_is_onnxruntime_and_leaves_no_identifier_in_the_cache(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    subprocess.run(
        [sys.executable, "-c", "from alttext.ranking import runtime; runtime.load().InferenceSession"],
        env=environment | {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)},
        check=True,
    )
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
