"""The house rules: imports point down, path order is stage order, every module is tested."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "alttext"
PHASES = ("documents", "purpose", "ranking", "remediation", "reports")
LAYERS = (
    {"types", "errors", "rules", "nearest", "distribution"},
    {"config", *PHASES},
    {"reach"},
    {"survey", "describer", "ledger"},
    {"edits", "second_look", "search"},
    {"texts", "decisions", "recorded"},
    {"pipeline"},
    {"review"},
    {"scale"},
    {"cli"},
    {"commands"},
    {"__init__", "__main__"},
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))
INTEGRATIONS = sorted((ROOT / "integrations").rglob("*.py"))
HEAVY = ("numpy", "PIL", "onnxruntime", "torch", "transformers", "rapidocr", "cv2")


def component(path: Path) -> str:
    """The phase or top-level module that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_components(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "alttext":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("alttext."):
            yield node.module.split(".")[1]


def stage(path: Path) -> int | None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    found = re.match(r"Stage (\d+)", docstring)
    return int(found[1]) if found else None


def test_every_module_has_a_layer():
    assert {component(path) for path in MODULES} == set(LEVEL)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_only_point_down(path):
    own = component(path)
    for target in imported_components(path):
        assert target == own or LEVEL[target] < LEVEL[own], f"imports {target}"


@pytest.mark.parametrize("path", INTEGRATIONS, ids=lambda path: str(path.relative_to(ROOT)))
def test_integrations_build_on_what_is_promised(path):
    """See the docstrings of these modules."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {module for module in imported if module.split(".")[0] == "alttext"}
    assert ours <= {"alttext", "alttext.commands", "alttext.scale"}


def test_path_order_is_stage_order():
    numbers = [number for path in MODULES if (number := stage(path))]
    phase_by_phase = [stage(path) for phase in PHASES for path in sorted((PACKAGE / phase).rglob("*.py"))]
    assert numbers == [number for number in phase_by_phase if number]
    assert set(numbers) == set(range(1, 11))
    for phase in PHASES:
        of_phase = {stage(path) for path in (PACKAGE / phase).rglob("*.py")} - {None}
        earlier = {
            stage(path) for other in PHASES if other < phase for path in (PACKAGE / other).rglob("*.py")
        }
        assert max(earlier - {None}, default=0) < min(of_phase)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_with_code_has_a_test_file_of_its_name(path):
    if path.name in {"__init__.py", "__main__.py", "types.py", "errors.py"}:
        pytest.skip("records and names only, exercised by every other test")
    folder = ROOT / "tests" / path.relative_to(PACKAGE).parent
    assert list(folder.glob(f"test_{path.stem}.py")), f"{folder}/test_{path.stem}.py is missing"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_and_functions_stay_readable(path):
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= 420, "split this module: one file, one idea"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 45, f"{node.name} is too long"


@pytest.mark.parametrize("module", ["alttext", "alttext.cli", "alttext.pipeline"])
def test_importing_does_not_load_what_only_pixels_need(module):
    code = f"import {module}, sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
