"""Slurm by way of submitit; ``runner.address=local`` (the default where there is no Slurm) starts processes here.

Jobs and results pass through ``<store>/submitit``, which the machines of the cluster must share. They are pickles, and
loading a pickle runs what it says: whoever can write into that folder can run code as the user. The folder is trusted.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import submitit
from submitit.core.utils import FailedJobError, FailedSubmissionError

from scenarios.errors import ConfigError, UserError, shown
from scenarios.execution.job import Job, Played, play_chunk
from scenarios.execution.runners.base import Lost

__all__ = ["SubmititRunner"]

_CLUSTERS = ("", "local", "slurm", "debug")
_LOOK_SECONDS = 0.2
_MINUTES = 240


class SubmititRunner:
    """Each chunk is a job of the queue. Slurm's own settings are taken from its environment (SBATCH_…)."""

    def __init__(self, workers: int, address: str = "", folder: str = "outputs/store") -> None:
        if address not in _CLUSTERS:
            raise ConfigError(f"runner.address={shown(address)}: submitit knows local and slurm")
        self.workers = workers
        self._folder = Path(folder).resolve() / "submitit"
        self._executor = _executor(self._folder, address)
        self._executor.update_parameters(timeout_min=_MINUTES, cpus_per_task=1, name="shequn")
        self._out: dict[int, Any] = {}

    def start(self) -> None:
        """The queue starts workers as jobs come."""

    def submit(self, job: Job) -> None:
        """Queue a job.

        Raises
        ------
        UserError
            If the queue does not take it.
        """
        try:
            self._out[job.number] = self._executor.submit(play_chunk, job)
        except (FailedJobError, FailedSubmissionError, FileNotFoundError) as error:
            said = " ".join(str(error).split())[:200]
            raise UserError(f"runner=submitit: the queue does not take a job ({said})\nfinished runs are kept; "
                            "see the settings SBATCH_… of your environment") from error  # fmt: skip

    def wait(self) -> list[Played | Lost]:
        """Look again and again until something has come back."""
        while True:
            ended = [number for number, job in self._out.items() if job.done()]
            if ended:
                return [self._result(number, self._out.pop(number)) for number in ended]
            time.sleep(_LOOK_SECONDS)

    def _result(self, number: int, job: Any) -> Played | Lost:
        try:
            played: Played = job.result()
        except Exception as error:  # whatever the queue did to it: killed, out of time, no memory
            return Lost(number, f"{type(error).__name__}: {' '.join(str(error).split())[:200]}")
        for path in (job.paths.result_pickle, job.paths.submitted_pickle):
            Path(path).unlink(missing_ok=True)
        return played

    def close(self, now: bool = False) -> None:
        """Cancel what is queued, and take away the papers if all went well."""
        left = list(self._out.values())
        for job in left:
            job.cancel()
        self._out.clear()
        if not left and not now:
            shutil.rmtree(self._folder, ignore_errors=True)


def _executor(folder: Path, address: str) -> submitit.AutoExecutor:
    """Submitit's own way to a queue."""
    try:
        return submitit.AutoExecutor(folder, cluster=address or None)
    except (RuntimeError, FileNotFoundError) as error:
        raise ConfigError(f"runner.address={shown(address)}: there is no Slurm on this machine ({shown(error)})\n"
                          "give the command where 'srun' and 'sbatch' are found, or say "
                          "runner.address=local") from error  # fmt: skip
