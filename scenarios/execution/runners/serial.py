"""One after another, in this process."""

from __future__ import annotations

from collections import deque

from scenarios.execution.job import Job, Played, play_chunk
from scenarios.execution.runners.base import Lost

__all__ = ["SerialRunner"]


class SerialRunner:
    """The plain way; the others must give the same bytes."""

    def __init__(self, workers: int = 1, address: str = "") -> None:
        self.workers = 1
        self._jobs: deque[Job] = deque()

    def start(self) -> None:
        """Nobody to start."""

    def submit(self, job: Job) -> None:
        """Take a job."""
        self._jobs.append(job)

    def wait(self) -> list[Played | Lost]:
        """Play the next job."""
        return [play_chunk(self._jobs.popleft())]

    def close(self, now: bool = False) -> None:
        """Nobody to let go."""
        self._jobs.clear()
