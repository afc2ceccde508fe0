"""Rules of the house that a machine can check on every tracked file."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAX_LINES, MAX_FUNCTION = 300, 40


def tracked(*patterns: str) -> list[Path]:
    """Tracked files, or every file of a source archive without git."""
    done = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True)
    names = [name for name in done.stdout.split("\0") if name]
    if done.returncode != 0 or not names:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def test_files_are_short() -> None:
    long = {path.name: n for path in tracked("*.py") if (n := len(path.read_text("utf-8").splitlines())) > MAX_LINES}
    assert long == {}


def test_functions_are_short() -> None:
    long = {}
    for path in tracked("sim/*.py", "agents/*.py", "scenarios/*.py", "benchmarks/*.py", "docs/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and (n := body_lines(node)) > MAX_FUNCTION:
                long[f"{path.name}:{node.name}"] = n
    assert long == {}


def body_lines(node: ast.FunctionDef) -> int:
    """Lines of a function without its docstring and without functions defined inside it, which count by themselves."""
    doc = [node.body[0]] if ast.get_docstring(node) is not None else []
    inner = [child for child in ast.walk(node) if isinstance(child, ast.FunctionDef) and child is not node]
    outermost = [child for child in inner if not any(child in ast.walk(other) for other in inner if other is not child)]
    return span(node) - sum(span(part) for part in [*doc, *outermost])


def span(node: ast.stmt) -> int:
    """Lines from first to last."""
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def test_no_path_of_a_machine_and_no_package_index() -> None:
    # The words are put together here, so that this file does not contain them.
    index = "--" + "index-url|--extra-" + "index-url|--find-" + r"links|https?://[^\s\"']*/" + "simple"
    home = "/" + r"home/\w+/|/" + r"root/|/" + r"Users/\w+/|[A-Z]:\\" + r"Users\\"
    pattern = re.compile(f"{index}|{home}|{re.escape(str(ROOT.parent))}/".encode())
    found = {}
    for path in tracked():
        if path.name == "Makefile":  # it tells the tool to leave such addresses out
            continue
        match = pattern.search(path.read_bytes())
        if match:
            found[str(path.relative_to(ROOT))] = match.group().decode()
    assert found == {}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-notebook.lock"])
def test_the_lock_pins_everything_by_hash(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"^#.*\n", "", text, flags=re.M).strip())
    assert len(entries) > 40
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry
    assert "://" not in text


def test_who_only_runs_has_the_versions_that_are_tested() -> None:
    """What `make setup` installs is a part of what `make setup dev=true` installs, without the heavy tools."""
    light, everything = (
        set(re.findall(r"^[a-z0-9].*?==\S+", (ROOT / name).read_text("utf-8"), re.M))
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert light < everything
    notebook = set(re.findall(r"^[a-z0-9].*?==\S+", (ROOT / "requirements-notebook.lock").read_text("utf-8"), re.M))
    assert light < notebook  # `make notebook` adds to what is there, and changes nothing
    names = {line.split("==")[0] for line in light}
    pinned = dict(line.split("==") for line in everything)
    assert all(pinned.get(name, version) == version for name, version in (line.split("==") for line in notebook))
    assert "jupyterlab" in {line.split("==")[0] for line in notebook} - names
    assert not names & {"ray", "mypy", "pytest", "ruff", "ipykernel", "submitit", "hypothesis", "lifelines"}


SEQUENTIAL = {"random", "secrets"}
NO_LUCK = ["scenarios/web/wall/classroom.py: secrets"]
"""Codes and keys that nobody may guess have to be different every time: no luck of the model."""


def test_chance_is_keyed_in_the_rules() -> None:
    """No sequential generator in sim, agents or scenarios: luck is a function of who, when and what for."""
    found = []
    for path in tracked("sim/*.py", "agents/*.py", "scenarios/*.py"):
        found += [f"{path.relative_to(ROOT)}: {name}" for name in sequential_names(ast.parse(path.read_text("utf-8")))]
    assert found == NO_LUCK


def sequential_names(tree: ast.AST) -> list[str]:
    """Imports of `random` and uses of `np.random` in a syntax tree."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [a.name for a in node.names if a.name in SEQUENTIAL or a.name.startswith("numpy.random")]
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            imported = {f"{module}.{a.name}" for a in node.names}
            if module in SEQUENTIAL or module.startswith("numpy.random") or "numpy.random" in imported:
                found.append(module)
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in ("np.random", "numpy.random"):
            found.append(ast.unparse(node))
    return found


@pytest.mark.parametrize(
    "code", ["import random", "from random import choice", "import numpy as np\nnp.random.rand()",
             "from numpy import random", "from numpy.random import default_rng"],
)  # fmt: skip
def test_the_check_of_chance_can_fail(code: str) -> None:
    assert sequential_names(ast.parse(code))
