"""Fixtures that tests of several modules share."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import platformdirs
import pytest
from hypothesis import settings

from tests import browser as driver

settings.register_profile("unhurried", deadline=None)  # no test measures time
settings.load_profile("unhurried")

# Settings of the person who runs the tests change none of them, nor any process that they start.
OF_TESTS = {"ALTTEXT_CLUSTER"}
for name in [name for name in os.environ if name.startswith("ALTTEXT_") and name not in OF_TESTS]:
    del os.environ[name]

WORDS = ["<pad>", "<end>", "<start>", "<unk>", "a", "photo", "of", "dog", "cat", "the", "snow", "."]
SMALL = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4}
VISION = SMALL | {"image_size": 32, "patch_size": 8}

HEADLESS = ("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=30000", "--dump-dom")
AUDIT = """const places = [...document.querySelectorAll("*")];
const told = (found) => found.flatMap(({id, nodes}) => nodes.map(({element}) =>
  [id, places.indexOf(element), element.closest("[id]")?.id ?? "", element.outerHTML]));
axe.run({elementRef: true, runOnly: RULES}).then(({violations, incomplete}) => {
  const result = document.createElement("pre");
  result.id = "result";
  result.textContent = JSON.stringify({violations: told(violations), incomplete: told(incomplete)});
  document.body.append(result);
});"""


class Seen(NamedTuple):
    """What axe-core has to say about an element."""

    rule: str
    place: int  # of the element, in the order of the document
    id: str  # its own, or that of the nearest element around it that has one
    html: str


class Audit(NamedTuple):
    """What axe-core has to say about a page."""

    violations: list[Seen]
    incomplete: list[Seen]


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory, monkeypatch):
    """No test finds what another one, or the person who runs it, has in the cache."""
    folder = tmp_path_factory.getbasetemp() / "cache" / uuid4().hex
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_: folder)


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Files that the tests compare with."""
    return Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def browser() -> str:
    """The path of a browser. Skips the test without one."""
    return driver.find() or pytest.skip(f"no browser: none of {', '.join(driver.NAMES)} is on the path")


@pytest.fixture(scope="module")
def window(browser) -> Iterator[driver.Page]:
    """A browser of its own for the tests of a file, with one page."""
    with driver.opened() as page:
        yield page


@pytest.fixture(scope="session")
def audit(browser) -> Callable[..., Audit]:
    """Looks at a page with axe-core in a browser: all its rules, or some. Skips the test without either."""
    axe = _axe_core()

    def run(page: Path, *options: str, rules: Sequence[str] = ()) -> Audit:
        script = AUDIT.replace("RULES", json.dumps(rules) if rules else "undefined")
        scripts = f'<script charset="utf-8" src="{axe.as_uri()}"></script><script>{script}</script>'
        audited = page.with_name(f"audited-{page.name}")  # beside its images
        audited.write_bytes(page.read_bytes() + scripts.encode("ascii"))
        command = [browser, *HEADLESS, *options, audited.as_uri()]
        shown = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        audited.unlink()
        found = json.loads(unescape(re.search('<pre id="result">(.*?)</pre>', shown, re.DOTALL)[1]))
        return Audit(*([Seen(*each) for each in found[name]] for name in Audit._fields))

    return run


def _axe_core() -> Path:
    """The script of axe-core: https://github.com/dequelabs/axe-core ."""
    if shutil.which("node") is None:
        pytest.skip("no axe-core: node is not on the path")
    return driver.axe_core(Path(__file__).parents[1]) or pytest.skip(
        "no axe-core: `npm install axe-core` in the checkout, or name its node_modules in NODE_PATH"
    )


@pytest.fixture(scope="session")
def build_clip() -> Callable[..., Path]:
    """Writes a small CLIP checkpoint with random weights into a folder."""
    import torch
    from transformers import CLIPConfig, CLIPImageProcessor, CLIPModel

    def build(folder: Path, projection: int = 24) -> Path:
        torch.manual_seed(1)
        text = SMALL | {"vocab_size": len(WORDS), "max_position_embeddings": 16}
        text |= {"eos_token_id": 1, "bos_token_id": 2, "pad_token_id": 0}
        config = CLIPConfig(text_config=text, vision_config=VISION, projection_dim=projection)
        CLIPModel(config).save_pretrained(folder)
        size = {"size": {"shortest_edge": 32}, "crop_size": {"height": 32, "width": 32}}
        CLIPImageProcessor(**size).save_pretrained(folder)
        _tokenizer().save_pretrained(folder)
        return folder

    return build


@pytest.fixture(scope="session")
def build_siglip() -> Callable[..., Path]:
    """Writes a small SigLIP checkpoint with random weights into a folder."""
    import torch
    from transformers import SiglipConfig, SiglipImageProcessor, SiglipModel

    def build(folder: Path) -> Path:
        torch.manual_seed(2)
        text = SMALL | {"vocab_size": len(WORDS), "max_position_embeddings": 64, "projection_size": 32}
        config = SiglipConfig(text_config=text, vision_config=VISION)
        SiglipModel(config).save_pretrained(folder)
        SiglipImageProcessor(size={"height": 32, "width": 32}).save_pretrained(folder)
        _tokenizer().save_pretrained(folder)
        return folder

    return build


def _tokenizer():
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    plain = Tokenizer(models.WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="<unk>"))
    plain.pre_tokenizer = pre_tokenizers.Whitespace()
    plain.post_processor = processors.TemplateProcessing(
        single="<start> $A <end>", special_tokens=[("<start>", 2), ("<end>", 1)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=plain, pad_token="<pad>", eos_token="<end>", bos_token="<start>", unk_token="<unk>"
    )
