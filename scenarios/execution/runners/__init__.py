"""Where jobs are played: here, in worker processes, on a Ray cluster, by Slurm. Same bytes everywhere."""

from __future__ import annotations

import os

from scenarios.errors import ConfigError, shown
from scenarios.execution.runners.base import Lost, Runner
from sim.engine.knobs import did_you_mean

__all__ = ["RUNNERS", "WITH_ADDRESS", "Lost", "Runner", "default_runner", "make_runner"]

RUNNERS = ("serial", "processes", "ray", "submitit")
WITH_ADDRESS = ("ray", "submitit")
_EXTRAS = {"ray": "ray", "submitit": "submitit"}


def default_runner() -> str:
    """Worker processes where there is more than one core."""
    return "processes" if (os.cpu_count() or 1) > 1 else "serial"


def make_runner(name: str, workers: int, address: str = "", folder: str = "") -> Runner:
    """The runner of that name; its workers are started here or with the first job."""
    if name not in RUNNERS:
        raise ConfigError(f"runner={shown(name)}: there is no runner '{shown(name)}'{did_you_mean(name, RUNNERS)}")
    try:
        if name == "ray":
            from scenarios.execution.runners.ray_ import RayRunner

            return RayRunner(workers, address)
        if name == "submitit":
            from scenarios.execution.runners.submitit_ import SubmititRunner

            return SubmititRunner(workers, address, folder)
    except ModuleNotFoundError as error:
        raise ConfigError(f"runner={name} needs the package '{error.name}'; install it: "
                          f"pip install 'shequn[{_EXTRAS[name]}]'") from error
    if name == "processes":
        from scenarios.execution.runners.processes import ProcessRunner

        return ProcessRunner(workers)
    from scenarios.execution.runners.serial import SerialRunner

    return SerialRunner()
