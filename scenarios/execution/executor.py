"""Play what is missing of a study and put it into the store, whatever happens on the way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from scenarios.execution.chunks import block_size, jobs_of, missing
from scenarios.execution.job import Job, Played, notes_for
from scenarios.execution.order import beginning_at, turn
from scenarios.execution.runners.base import Lost, Runner
from scenarios.experiments.cells import Cell, definition
from scenarios.experiments.study import Study
from sim.data.store import Store
from sim.data.store.ledger import Failure
from sim.data.store.members import Enrolment, Member

__all__ = ["Failed", "Progress", "Tally", "execute", "play_jobs", "to_do"]

Progress = Callable[[str, int], None]
TRIES = 3
"""A job whose worker dies so often while nobody else is at work counts as failed."""
_COMPANY = 2
"""A job lost so often together with others is sent out alone, so that it is known whose fault it is."""


class Failed(Exception):
    """A run failed, and the study was to stop there."""

    def __init__(self, failure: Failure, job: Job) -> None:
        self.failure, self.job = failure, job
        where = f"world '{job.labels.get('world')}', arm '{job.labels.get('arm')}', replicate {failure.replicate}"
        super().__init__(f"{where}: {failure.error}")


@dataclass
class Tally:
    """What was done; ``bytes`` of it went into the store."""

    stored: int = 0
    done: int = 0
    failed: int = 0
    lost: int = 0
    broken: int = 0
    seconds: float = 0.0
    bytes: int = 0
    failures: list[Failure] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count what another has done too; the first failures are kept."""
        for name in ("stored", "done", "failed", "lost", "broken", "seconds", "bytes"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.failures = [*self.failures, *other.failures][:20]


def to_do(study: Study, cells: Sequence[Cell], store: Store) -> dict[int, list[int]]:
    """Replicates to play, by number of the cell; cells with nothing to do are left out."""
    found = {}
    for number, cell in enumerate(cells):
        done = store.done(cell.runs(range(study.seeds)), study.kept)
        if left := missing(cell, study.seeds, done):
            found[number] = left
    return found


def execute(
    study: Study, cells: Sequence[Cell], store: Store, runner: Runner, progress: Progress,
    fail_fast: bool = False, chunk: int = 0,
) -> Tally:
    """Play every run of the study that the store does not hold yet (broken files: :meth:`sim.data.store.Store.check`).

    ``progress`` hears the arm at work and how many more runs are done; ``chunk`` is how many runs a chunk may
    have (0: as many as pays).

    Raises
    ------
    Failed
        If a run fails and ``fail_fast`` is set; everything finished before is stored.
    sim.data.store.StoreFull
        If the disk is full; everything finished before is stored.
    """
    tally = Tally()
    store.ledger.enrol(_enrolment(study, cells))
    left = to_do(study, cells, store)
    tally.stored = study.n_runs - sum(map(len, left.values()))
    with turn(store.folder) as share:
        jobs = beginning_at(share, lambda: _jobs(study, cells, left, runner.workers, chunk))
        work = _Work(jobs, store, runner, progress, fail_fast, tally, study.kept)
        try:
            work.all()
        except BaseException:
            runner.close(now=True)
            raise
    return tally


def play_jobs(jobs: Iterable[Job], store: Store, runner: Runner, fail_fast: bool = False) -> Tally:
    """Play some jobs into the store, whatever study they are of; the runner is left open."""
    tally, jobs = Tally(), list(jobs)
    kept = max((job.kept for job in jobs), default=0)
    _Work(iter(jobs), store, runner, lambda *_: None, fail_fast, tally, kept).all()
    return tally


def _enrolment(study: Study, cells: Sequence[Cell]) -> Enrolment:
    """The place of every run in the study."""
    members = (Member(cell.world, cell.arm, cell.config, cell.rules) for cell in cells)
    return Enrolment(study.name, definition(study), members, study.seeds, whole=not study.part)


def _jobs(
    study: Study, cells: Sequence[Cell], left: dict[int, list[int]], workers: int, chunk: int
) -> Iterator[Job]:
    """Jobs one at a time, so that memory does not grow with the study."""
    number = count()
    runs = sum(map(len, left.values()))
    for place, replicates in left.items():
        size = chunk or block_size(cells[place], -(-runs // max(1, len(left))), len(left), workers)
        yield from jobs_of(cells[place], replicates, size, number, study.kept)


class _Work:
    """Jobs on their way into the store: a few more than there are workers are out at a time."""

    def __init__(self, jobs: Iterator[Job], store: Store, runner: Runner, progress: Progress, fail_fast: bool,
                 tally: Tally, kept: int) -> None:  # fmt: skip
        self.jobs, self.store, self.runner, self.progress = jobs, store, runner, progress
        self.fail_fast, self.tally, self.kept = fail_fast, tally, kept
        self.out: dict[int, Job] = {}
        self.again: deque[Job] = deque()
        self.lost: dict[int, int] = {}
        self.died: dict[int, int] = {}

    def all(self) -> None:
        """Until nothing is left to play and nobody is at work."""
        while True:
            self._hand_out()
            if not self.out:
                return
            alone = len(self.out) == 1
            done: list[tuple[Job, Played]] = []
            for came in self.runner.wait():
                job = self.out.pop(came.number)
                if isinstance(came, Lost):
                    self._retry(job, came.why, alone)
                else:
                    done.append((job, came))
            if self.runner.workers > 1:  # nobody idles while the disk is waited for
                self._hand_out()
            self._store_all(done)

    def _hand_out(self) -> None:
        """Keep every worker busy; a suspect goes out alone."""
        while len(self.out) < self.runner.workers + 1 and not any(map(self._is_suspect, self.out)):
            if self.again:
                if self.out and self._is_suspect(self.again[0].number):
                    return
                self._submit(self.again.popleft())
                continue
            job = next(self.jobs, None)
            if job is None:
                return
            if len(self.store.done(job.runs, self.kept)) == len(job.runs):  # somebody else was faster
                self.progress(job.labels["arm"], len(job.runs))
                self.tally.stored += len(job.runs)
                continue
            self._submit(job)

    def _submit(self, job: Job) -> None:
        self.out[job.number] = job
        self.runner.submit(job)

    def _is_suspect(self, number: int) -> bool:
        return self.died.get(number, 0) > 0 or self.lost.get(number, 0) >= _COMPANY

    def _retry(self, job: Job, why: str, alone: bool) -> None:
        """Send the job out again, unless it has shown three times that it kills its worker."""
        self.tally.lost += 1
        count = self.died if alone else self.lost
        count[job.number] = count.get(job.number, 0) + 1
        if self.died.get(job.number, 0) < TRIES:
            self.again.append(job)
            return
        failures = [Failure(run, job.first + i, f"WorkerDied: {why}", f"{why}, {TRIES} times")
                    for i, run in enumerate(job.runs)]  # fmt: skip
        self._store(job, Played(job.number, failures=tuple(failures), notes=notes_for(job, 0.0)))

    def _store_all(self, done: Sequence[tuple[Job, Played]]) -> None:
        """Everything that came, before a failed run ends the study."""
        failed: Failed | None = None
        for job, played in done:
            try:
                self._store(job, played)
            except Failed as error:
                failed = failed or error
        if failed:
            raise failed

    def _store(self, job: Job, played: Played) -> None:
        for data in played.files:
            self.store.put(data)
            self.tally.bytes += len(data)
        self.tally.done += played.n_done
        self.tally.seconds += played.seconds
        if played.failures:
            self.store.ledger.fail(played.notes, played.failures)
            self.tally.failed += len(played.failures)
            self.tally.failures = [*self.tally.failures, *played.failures][:20]
            if self.fail_fast:
                raise Failed(played.failures[0], job)
        self.progress(job.labels["arm"], len(job.runs))
