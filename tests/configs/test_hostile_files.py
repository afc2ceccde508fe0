"""Files of strangers in ``conf/``: they can set numbers, and nothing else happens, whatever they say."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scenarios import compose
from scenarios.config import catalog
from scenarios.errors import ConfigError

ROOT = Path(__file__).resolve().parents[2]
HEAD = "# @package _global_\n# a scenario\n"
LAUGHS = "a0: &a0 [lol, lol]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))


@pytest.fixture
def conf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A conf/ of one's own."""
    place = tmp_path / "conf"
    shutil.copytree(catalog.CONF, place)
    monkeypatch.setattr(catalog, "CONF", place)
    return place


@pytest.mark.parametrize(
    ("group", "text", "offender"),
    [
        ("scenario", HEAD + "hydra: {run: {dir: elsewhere}}", "'hydra'"),
        ("scenario", HEAD + "defaults: [{override hydra/job_logging: none}]", "'defaults'"),
        ("scenario", HEAD + "out: elsewhere", "'out'"),
        ("scenario", HEAD + "hydra/launcher: joblib", "hydra/launcher"),
        ("scenario", HEAD + "population@x: small", "population@x"),
        ("scenario", HEAD + LAUGHS, "references"),
        ("scenario", HEAD + "market: {people: 10}\nmarket: {people: 20}", "given twice"),
        ("scenario", HEAD + "start: !!python/object/apply:os.system ['true']", "line 3"),
        ("scenario", "# @package hydra\nrun: {dir: elsewhere}", "@package hydra"),
        ("population", "#@ package _global_\nhydra: {run: {dir: elsewhere}}", "hydra"),
        ("population", "# @package hydra.run\ndir: elsewhere", "@package hydra.run"),
        ("roles", "defaults: [/hydra/job_logging: none]\nkols: 1", "'defaults'"),
        ("strategy", "# @package _global_\nhydra: {run: {dir: elsewhere}}", "no class"),
        ("strategy", "# @package strategies\n" + LAUGHS, "references"),
        ("scenario", HEAD + "# " + "x" * 1_000_001, "larger than"),
        ("scenario", HEAD + "market: {friends: " + "9" * 5000 + "}", "evil.yaml"),
        ("strategy", "# @package strategies.group_cap\nlimit: " + "9" * 5000, "evil.yaml"),
    ],
)  # fmt: skip
def test_a_file_says_nothing_but_numbers(conf: Path, group: str, text: str, offender: str) -> None:
    (conf / group / "evil.yaml").write_text(text)
    with pytest.raises(ConfigError) as error:
        compose([f"{group}=evil"])
    assert f"conf/{group}/evil.yaml" in str(error.value)
    assert offender in str(error.value)


@pytest.mark.skipif(os.name == "nt", reason="pipes of this kind are Unix's")
@pytest.mark.parametrize("group", ["scenario", "strategy"])
def test_what_is_no_file_is_not_read(conf: Path, group: str) -> None:
    os.mkfifo(conf / group / "pipe.yaml")  # whoever opens it waits for ever
    (conf / group / "folder.yaml").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(ConfigError, match=f"there is no {group} '{name}'"):
            compose([f"{group}={name}"])


LOGGING = ("job_logging: {handlers: {file: {class: logging.FileHandler, filename: PATH, mode: w}}, "
           "root: {handlers: [file]}}")  # fmt: skip


@pytest.mark.parametrize("order", [LOGGING, "run: {dir: PATH.d}"])
def test_hydras_own_entry_obeys_no_file(order: str, tmp_path: Path) -> None:
    """Its logging emptied a file of somebody's, before a line of ours could look at what it had composed."""
    tree = tmp_path / "tree"
    for room in ("sim", "agents", "scenarios", "conf"):
        shutil.copytree(ROOT / room, tree / room, ignore=shutil.ignore_patterns("__pycache__"))
    work = tmp_path / "thesis.txt"
    work.write_text("three years")
    (tree / "conf" / "scenario" / "evil.yaml").write_text(HEAD + f"hydra: {{{order.replace('PATH', str(work))}}}\n")
    done = subprocess.run(
        [sys.executable, "-m", "scenarios.hydra_app", "scenario=evil", "days=2", f"store={tmp_path / 's'}"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tree)}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 2
    assert "conf/scenario/evil.yaml: 'hydra' has no place" in done.stderr
    assert "Traceback" not in done.stderr
    assert work.read_text() == "three years"
    assert not (tmp_path / "thesis.txt.d").exists()
    assert not (tmp_path / "outputs").exists()
