"""What every test may rely on: strategies are known by their titles. And what every test takes, in seconds.

``tests/durations.json`` says how long tests took when it was last written (``make durations``). Those that take more
than moments are ``slow``, which ``make quick`` leaves out, and files that take longest are begun first, so that no
worker is left with one of them in the end. A test that is not in the file counts as quick.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from scenarios.config import catalog as catalog

__all__ = ["catalog", "pytest_addoption", "pytest_collection_modifyitems", "pytest_terminal_summary"]

NOTED = Path(__file__).with_name("durations.json")
MOMENTS = 0.1  # seconds
LEAST = 0.1  # seconds; shorter tests are not noted


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--note-durations`` writes the file."""
    parser.addoption("--note-durations", action="store_true", help=f"write {NOTED.name}")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, and begin with the files that take longest; else the order stays."""
    seconds = json.loads(NOTED.read_text("utf-8")) if NOTED.exists() else {}
    of_file: Counter[Path] = Counter()
    for item in items:
        if seconds.get(item.nodeid, 0.0) > MOMENTS:
            item.add_marker("slow")
        of_file[item.path] += seconds.get(item.nodeid, 0.0)
    items.sort(key=lambda item: -of_file[item.path])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Write down what each test took, its preparations included."""
    if not config.getoption("--note-durations"):
        return
    seconds: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                seconds[report.nodeid] += report.duration
    noted = {test: round(took, 1) for test, took in sorted(seconds.items()) if took >= LEAST}
    NOTED.write_text(json.dumps(noted, indent=0, ensure_ascii=False) + "\n", "utf-8")
