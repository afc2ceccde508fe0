"""A bar for many runs: how many are done, how long it will take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from scenarios.cli.terminal import plain

__all__ = ["runs_bar"]


@contextmanager
def runs_bar(name: str, runs: int) -> Iterator[Callable[[str, int], None]]:
    """Yield what hears (arm, runs more that are done); silent where nobody watches."""
    console = plain(stderr=True)
    columns = (
        TextColumn("{task.description:<24}", markup=False), BarColumn(), MofNCompleteColumn(), TextColumn("runs, left"),
        TimeRemainingColumn(), TextColumn("spent"), TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(name[:24], total=max(1, runs))
        yield lambda arm, more: bar.update(task, description=arm[:24], advance=more)
