"""A Ray cluster: one that exists (``runner.address=ray://…`` or ``auto``), or one of this machine alone.

Results come back to the parent, so the machines of the cluster need no common disk. They need the project installed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import ray

from scenarios.errors import ConfigError, shown
from scenarios.execution.job import Job, Played, play_chunk
from scenarios.execution.runners.base import Lost

__all__ = ["RayRunner"]

PATIENCE = 30.0
"""Seconds that a cluster has to answer."""
_ROOT = str(Path(__file__).resolve().parents[3])


class RayRunner:
    """Each job is a task on one processor; a task whose worker dies is told as lost, and tried again by the parent."""

    def __init__(self, workers: int, address: str = "") -> None:
        self._ours = not ray.is_initialized()
        if self._ours:
            _join(workers, address)
        self.workers = workers if not address else max(1, int(ray.cluster_resources().get("CPU", 1)))
        self._play = ray.remote(num_cpus=1, max_retries=0)(play_chunk)
        self._refs: dict[Any, int] = {}

    def start(self) -> None:
        """The cluster starts workers as jobs come."""

    def submit(self, job: Job) -> None:
        """Take a job."""
        self._refs[self._play.remote(job)] = job.number

    def wait(self) -> list[Played | Lost]:
        """Wait for the next job to end."""
        ended, _ = ray.wait(list(self._refs), num_returns=1)
        found: list[Played | Lost] = []
        for ref in ended:
            number = self._refs.pop(ref)
            try:
                found.append(ray.get(ref))
            except ray.exceptions.RayError as error:
                found.append(Lost(number, " ".join(str(error).split())[:200] or type(error).__name__))
        return found

    def close(self, now: bool = False) -> None:
        """Cancel what is out, and leave the cluster."""
        for ref in self._refs:
            ray.cancel(ref, force=now)
        self._refs.clear()
        if self._ours:
            ray.shutdown()


def _join(workers: int, address: str) -> None:
    """Join a cluster, or start one here."""
    paths = [_ROOT, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    variables = {"OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR"}
    if address and address != "local":
        _knock(address)
    try:
        if address:
            ray.init(address=address, runtime_env={"env_vars": variables}, **quiet)
        else:
            variables["PYTHONPATH"] = os.pathsep.join(paths)
            ray.init(num_cpus=workers, include_dashboard=False, runtime_env={"env_vars": variables}, **quiet)
    except (ConnectionError, ValueError, RuntimeError) as error:
        said = (str(error).splitlines() or [type(error).__name__])[0]
        raise _nobody(address, said) from error
    sys.stdout.flush()


def _knock(address: str) -> None:
    """Does a cluster answer within half a minute? Asked by a process of its own: Ray waits for minutes, may not be
    interrupted, and may end the process that asks."""
    code = "import sys, ray; ray.init(address=sys.argv[1], log_to_driver=False, logging_level='ERROR')"
    try:
        subprocess.run([sys.executable, "-c", code, address], check=True, timeout=PATIENCE, capture_output=True,
                       text=True, errors="replace", stdin=subprocess.DEVNULL)  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise _nobody(address, f"waited {PATIENCE:g} s") from error
    except subprocess.CalledProcessError as error:
        said = [line.strip() for line in error.stderr.splitlines() if line.strip()] or ["no reason given"]
        raise _nobody(address, shown(said[-1])) from error


def _nobody(address: str, why: str) -> ConfigError:
    return ConfigError(f"runner.address={shown(address)}: no Ray cluster answers there ({why})\n"
                       "`ray status` on its head tells the address; without runner.address= one is started here")
