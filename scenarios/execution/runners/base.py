"""What a runner is: it takes jobs, and tells when something came of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from scenarios.execution.job import Job, Played

__all__ = ["Lost", "Runner"]


@dataclass(frozen=True)
class Lost:
    """Whoever played the job is gone: killed, out of memory, machine down. It may be tried again."""

    number: int
    why: str


class Runner(Protocol):
    """Plays jobs somewhere. Nobody but the parent writes to the store."""

    workers: int

    def start(self) -> None:
        """Have the workers up before the first job, where they are this program's own; a job does so otherwise."""
        ...

    def submit(self, job: Job) -> None:
        """Take a job."""
        ...

    def wait(self) -> list[Played | Lost]:
        """Wait until something came of at least one job that was taken."""
        ...

    def close(self, now: bool = False) -> None:
        """Let the workers go; ``now`` also ends what they are at."""
        ...
