"""What every test may rely on: strategies are known by their titles. And what every test takes (tests/durations.py).

Tests for which the budget of `make quick` has no room are ``slow``, and files that take longest are begun first, so
that no worker is left with one of them in the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from typing import Any

import pytest

from scenarios.config import catalog as catalog
from tests import durations

__all__ = ["catalog", "pytest_addoption", "pytest_collection_modifyitems", "pytest_runtest_logstart",
           "pytest_runtest_makereport", "pytest_terminal_summary"]  # fmt: skip

SINCE = [0.0]
"""Processor time at which the present part of a test began."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--note-durations`` renews the notes."""
    parser.addoption("--note-durations", action="store_true", help="renew the notes of this machine")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, and begin with the files that take longest; else the order stays."""
    notes = durations.read()
    perhaps = (item.nodeid for item in items if not any(item.iter_markers("slow")))
    quick, of_files = durations.limit(notes, perhaps), durations.of_files(notes)
    for item in items:
        file, name = durations.by_file(item.nodeid)
        if notes.get(file, {}).get(name, 0.0) > quick:
            item.add_marker("slow")
    items.sort(key=lambda item: -of_files.get(durations.by_file(item.nodeid)[0], 0.0))


def pytest_runtest_logstart() -> None:
    """A test begins."""
    SINCE[0] = durations.processor()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    """Preparation, test and tidying up each say how long the processor was busy."""
    report = yield
    now = durations.processor()
    report.processor, SINCE[0] = now - SINCE[0], now
    return report


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config
) -> None:
    """Write down what each test took, its preparations included."""
    if not config.getoption("--note-durations"):
        return
    seconds: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                seconds[report.nodeid] += getattr(report, "processor", 0.0)
    asked, everything = config.option, config.args_source is pytest.Config.ArgsSource.TESTPATHS
    is_done = exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)  # not Ctrl-C
    is_whole = is_done and everything and not (asked.markexpr or asked.keyword or terminalreporter.stats.get("error"))
    notes = durations.renewed(durations.read(), seconds, is_whole)
    if is_whole:
        terminalreporter.write_line("Files that took longest, in seconds of one processor:")
        for file, took in durations.longest(seconds):
            terminalreporter.write_line(f"{took:7.0f}  {file}")
    durations.OWN.parent.mkdir(exist_ok=True)
    durations.OWN.write_text(durations.written(notes), "utf-8")
