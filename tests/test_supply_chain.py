"""What comes with the package, or into it, cannot run as code, and is what was meant."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np
import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    path for folder in ("alttext", "integrations", "training") for path in (ROOT / folder).rglob("*.py")
)
WORKFLOWS = sorted(ROOT.glob(".github/workflows/*.yml"))
EXTRAS = ("clip", "ocr", "remote", "serve")

# Modules whose files can run code when they are read.
UNSAFE_MODULES = frozenset(
    {"pickle", "_pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal", "diskcache"}
)
# Calls that read such files unless they are told not to, with what has to be said.
NEEDED = {"torch.load": ("weights_only", True), "AutoModel.from_pretrained": ("use_safetensors", True)}
FORBIDDEN = {"allow_pickle": True, "trust_remote_code": True, "shell": True, "weights_only": False}
RUNNING = frozenset({"eval", "exec", "compile", "__import__", "os.system", "yaml.load", "yaml.unsafe_load"})


def dangers(source: str) -> list[str]:
    """What in a module could run code that comes from a file."""
    nodes = list(ast.walk(ast.parse(source)))
    return [*_imports(nodes), *_calls(nodes)]


def _imports(nodes: list[ast.AST]) -> Iterator[str]:
    for node in nodes:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        yield from (name for name in names if name.split(".")[0] in UNSAFE_MODULES)


def _calls(nodes: list[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        said = {each.arg: each.value.value for each in node.keywords if isinstance(each.value, ast.Constant)}
        if name in RUNNING or name.endswith(".read_pickle"):
            yield name
        if name in NEEDED and said.get(NEEDED[name][0]) is not NEEDED[name][1]:
            yield f"{name} without {NEEDED[name][0]}"
        yield from (
            f"{name} with {key}={value}" for key, value in FORBIDDEN.items() if said.get(key) is value
        )


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_reads_files_that_can_run_code(path):
    assert dangers(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "import os, cloudpickle",
        "from joblib import load",
        "torch.load(path)",
        "torch.load(path, weights_only=False)",
        "np.load(path, allow_pickle=True)",
        "AutoModel.from_pretrained(name)",
        "AutoModel.from_pretrained(name, use_safetensors=True, trust_remote_code=True)",
        "pd.read_pickle(path)",
        "eval(text)",
        "subprocess.run(command, shell=True)",
    ],
)
def test_a_module_that_did_would_be_found(source):
    assert len(dangers(source)) >= 1


def test_the_weights_that_are_shipped_are_graphs_and_arrays():
    """ONNX is protobuf; NPZ is ZIP, in which an array of objects would be a pickle."""
    files = {
        path for folder in (ROOT / "alttext", ROOT / "vocab") for path in folder.rglob("*") if path.is_file()
    }
    known = {".py", ".typed", ".pyc", ".toml", ".md", ".txt", ".json", ".css", ".js", ".onnx", ".npz"}
    assert {path.suffix for path in files} <= known
    arrays = [path for path in files if path.suffix == ".npz"]
    assert arrays
    for path in arrays:
        with np.load(path, allow_pickle=False) as stored:
            assert all(stored[name].dtype != object for name in stored.files)


def test_all_that_models_are_made_of_is_named_in_the_manifest():
    """So that its checksum is verified before it is used."""
    folder = ROOT / "alttext/ranking/model"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert {path.name for path in folder.glob("*.onnx")} < set(manifest["files"])


# What it is made with


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_use_actions_by_hash_with_their_version_beside_it(path):
    lines = re.findall(r"uses: .*", path.read_text(encoding="utf-8"))
    assert lines
    assert [
        line for line in lines if not re.fullmatch(r"uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)
    ] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_zizmor_knows_of_no_weakness_in_workflows(path):
    zizmor = Path(sys.executable).with_name("zizmor")
    command = [str(zizmor), "--offline", "--persona=pedantic", "--no-progress", str(path)]
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def checkout(folder: Path) -> Path:
    """The files of this checkout, with other times and in another place."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    shutil.copyfile(ROOT / ".gitignore", folder / ".gitignore")
    return folder


@pytest.mark.slow
def test_the_wheel_comes_out_the_same_wherever_and_whenever_it_is_built(tmp_path):
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a git checkout")
    wheels = []
    for name in ("here", "elsewhere"):
        built = tmp_path / f"{name}-wheel"
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(built)]
        environment = os.environ | {"SOURCE_DATE_EPOCH": "1735689600"}
        subprocess.run([*command, str(checkout(tmp_path / name))], check=True, env=environment)
        wheels += [path.read_bytes() for path in built.glob("*.whl")]
    assert len(wheels) == 2
    assert wheels[0] == wheels[1]


def requirements(name: str, extras: tuple[str, ...], known: dict[str, str]) -> dict[str, str]:
    """Names and versions of all that an installed distribution brings here."""
    try:
        found = distribution(name)
    except PackageNotFoundError:  # for another system
        return known
    for line in found.requires or ():
        needed = Requirement(line)
        wanted = needed.marker is None or any(
            needed.marker.evaluate({"extra": each}) for each in ("", *extras)
        )
        key = f"{needed.name.lower()}[{','.join(sorted(needed.extras))}]"
        if wanted and key not in known:
            known[key] = ""
            requirements(needed.name, tuple(needed.extras), known)
    known[f"{name.lower()}[{','.join(sorted(extras))}]"] = found.version
    return known


@pytest.mark.slow
def test_no_dependency_has_a_weakness_that_is_known(tmp_path):
    found = requirements("alttext-clip", EXTRAS, {})
    pinned = {f"{key.partition('[')[0]}=={version}" for key, version in found.items() if version}
    listed = tmp_path / "requirements.txt"
    listed.write_text("\n".join(sorted(each for each in pinned if not each.startswith("alttext-clip"))))
    options = [
        "-r",
        str(listed),
        "--no-deps",
        "--disable-pip",
        "--format",
        "json",
        "--progress-spinner",
        "off",
    ]
    run = subprocess.run(
        [sys.executable, "-m", "pip_audit", *options], check=False, capture_output=True, text=True
    )
    if not run.stdout.startswith("{"):
        pytest.skip(f"no database of weaknesses can be reached: {run.stderr.strip().splitlines()[-1:]}")
    told = json.loads(run.stdout)["dependencies"]
    if all("skip_reason" in each for each in told):
        pytest.skip("the database of weaknesses that can be reached knows none of the dependencies")
    assert {each["name"]: each["vulns"] for each in told if each.get("vulns")} == {}


def test_no_dependency_is_capped():
    """A cap would keep the correction of a weakness out."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [
        *project["dependencies"],
        *(line for some in project["optional-dependencies"].values() for line in some),
    ]
    specifiers = [str(specifier) for line in lines for specifier in Requirement(line).specifier]
    assert [each for each in specifiers if not each.startswith(">=")] == []
