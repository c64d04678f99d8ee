"""The hub is a library of an extra, and is asked for nothing but what is needed."""

import os
import sys

import pytest

from alttext.cli.model import hub
from alttext.errors import ModelError


def test_models_are_recommended_by_size_with_all_that_is_told_of_them():
    assert list(hub.recommended()) == ["small", "default", "high"]
    for entry in hub.recommended().values():
        assert {"name", "megabytes", "accuracy", "license", "advice"} <= set(entry)


def test_the_hub_is_asked_without_telemetry(monkeypatch):
    monkeypatch.delenv("HF_HUB_DISABLE_TELEMETRY", raising=False)
    hub.hub()
    assert os.environ["HF_HUB_DISABLE_TELEMETRY"] == "1"


def test_without_the_extra_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(ModelError, match=r"pip install 'alttext-clip\[clip\]'"):
        hub.hub()


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.ckpt", "modeling.py", "weights.pkl"])
def test_nothing_that_can_run_code_is_downloaded(name):
    from pathlib import PurePath

    assert not any(PurePath(name).match(pattern) for pattern in hub.FILES)
