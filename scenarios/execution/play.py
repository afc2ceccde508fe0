"""Play scenarios one after another and put their results together: what `run` and `demo` share."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.errors import ConfigError, UserError, shown
from scenarios.scenario import Scenario

if TYPE_CHECKING:
    from sim.data.results import Results

__all__ = ["all_cores", "check_folder", "check_writable", "default_folder", "named_folder", "play", "written"]

Progress = Callable[[str, float], None]


def play(scenarios: Sequence[Scenario], progress: Progress) -> Results:
    """Simulate every scenario in turn; ``progress`` hears the arm at work and the share of all work done.

    The first arm is noted as the reference, with which the others are compared.

    Raises
    ------
    ConfigError
        If they do not fit into memory.
    """
    from scenarios.execution.memory import check_play
    from sim import simulate
    from sim.data.results import concat
    from sim.model.past_search import RunningStartError

    check_play(scenarios)

    work = [scenario.replicates * scenario.days * scenario.population.groups for scenario in scenarios]
    runs = []
    for number, scenario in enumerate(scenarios):
        before = sum(work[:number])

        def tell(done: float, total: float, arm: str = scenario.arm, before: int = before, now: int = number) -> None:
            progress(arm, (before + work[now] * done / max(total, 1)) / sum(work))

        if number:  # until the first has days behind it the rules are being compiled
            tell(0, 1)
        try:
            runs.append(simulate(scenario, lane=scenario.lane, progress=tell))
        except RunningStartError as error:
            raise ConfigError(str(error)) from error
        tell(1, 1)
    results = runs[0] if len(runs) == 1 else concat(runs)
    results.meta["reference"] = scenarios[0].arm
    return results


def all_cores(overrides: Sequence[str]) -> list[str]:
    """``overrides``, with every core at work unless they say otherwise."""
    said = any(text.lstrip("+").startswith("threads=") for text in overrides)
    return [*overrides] if said else [*overrides, f"threads={min(os.cpu_count() or 1, 256)}"]


def default_folder() -> Path:
    """``outputs/<date>/<time>``."""
    now = datetime.now()
    return Path("outputs") / f"{now:%Y-%m-%d}" / f"{now:%H-%M-%S}"


def named_folder(key: str, value: str) -> str:
    """The folder said to ``key``: some letters, and none that cannot be shown."""
    if not value.strip() or not value.isprintable():
        raise ConfigError(f"{key}={shown(value)} is no folder; write it like {key}=outputs/mine")
    return value


def check_folder(folder: Path, replace: bool) -> None:
    """Complain before an hour of work, not after it, where the results could not be written."""
    check_writable(folder)
    if (folder / "meta.json").exists() and not replace:
        raise ConfigError(f"out={folder} already holds a run; name another folder, or add --replace")


def check_writable(folder: Path) -> None:
    """Complain where a folder cannot be made or written to."""
    try:
        _check_writable(folder)
    except OSError as error:  # a name too long, a folder that may not be looked into
        raise ConfigError(f"out={shown(folder)}: {error.strerror or error}; name another folder") from error


def _check_writable(folder: Path) -> None:
    for place in (folder, *folder.parents):
        if place.exists():
            if not place.is_dir():
                raise ConfigError(f"out={folder}: {place} is a file; name a folder")
            if not os.access(place, os.W_OK):
                raise ConfigError(f"out={folder}: {place} cannot be written to; name another folder")
            return


def written(results: Results, folder: Path, replace: bool) -> Path:
    """Write the results, whole or not at all."""
    from sim.data.results import ResultsError

    try:
        return results.write(folder, replace=replace)
    except (ResultsError, OSError) as error:
        raise UserError(f"out={folder}: {error}") from error
