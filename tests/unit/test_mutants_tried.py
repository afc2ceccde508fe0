"""A mutant is noticed by a test that fails with it and passes without it."""

from __future__ import annotations

from pathlib import Path

from tests.mutations.__main__ import tried
from tests.mutations.mutants import Mutant

TESTS = {
    "test_broken.py": "def test_it():\n    assert False\n",
    "test_blind.py": "def test_it():\n    pass\n",
    "test_sees.py": "def test_it():\n    assert open('rule.txt').read() == 'one'\n",
}


def test_a_test_that_fails_anyhow_notices_nothing(tmp_path: Path) -> None:
    (tmp_path / "rule.txt").write_text("one")
    for name, text in TESTS.items():
        (tmp_path / name).write_text(text)
    known: dict[str, bool] = {}
    assert tried(Mutant("rule: another", "rule.txt", "two", tuple(TESTS)), tmp_path, known) == (True, "test_sees.py")
    assert known == {"test_broken.py": False, "test_sees.py": True}
    assert (tmp_path / "rule.txt").read_text() == "one"
