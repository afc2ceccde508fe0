"""Work of minutes for visitors of the page: each in a process of its own, in turn, until it is done or stopped.

Logs are read in one lane, so that nobody waits for a fit to see theirs; fits and advice go in another. A process may be
killed at any time: what it has simulated is on disk, and whoever begins it again goes on there. Nothing outlives the
server: its folder goes with it.
"""

from __future__ import annotations

import multiprocessing
import tempfile
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scenarios.errors import UserError, brief
from scenarios.execution.runners.processes import deaf, one_thread
from scenarios.web.advice.amounts import Amounts
from scenarios.web.advice.case import Case, Stage, noted
from scenarios.web.advice.work import FOUND, begun
from scenarios.web.answers import Busy

__all__ = ["Desk", "Lane"]

_AWAY = 600.0  # seconds that nobody has looked, after which a case makes room for another

Work = Callable[..., Mapping[str, Any]]


@dataclass
class Job:
    """A stage of a case, and what does it."""

    case: Case
    stage: Stage
    work: Work
    about: tuple[Any, ...]
    seconds: float
    is_dropped: bool = False
    process: Any = None
    over: threading.Event = field(default_factory=threading.Event)


class Lane:
    """One job at a time, in the order in which they came."""

    def __init__(self) -> None:
        self._jobs: deque[Job] = deque()
        self._change = threading.Condition()
        self._now: Job | None = None
        self._is_open = True
        threading.Thread(target=self._serve, daemon=True).start()

    def put(self, job: Job) -> None:
        """Take a job."""
        job.stage.state = "waiting"
        with self._change:
            self._jobs.append(job)
            self._change.notify_all()

    def before(self, stage: Stage) -> int:
        """How many come before a stage that waits."""
        with self._change:
            waiting = [job.stage for job in self._jobs]
            return waiting.index(stage) + (self._now is not None) if stage in waiting else 0

    def drop(self, case: Case) -> None:
        """Stop what is done for a case, and what waits; when this returns nobody writes into its folder."""
        with self._change:
            jobs = [job for job in (*self._jobs, self._now) if job is not None and job.case is case]
            for job in jobs:
                job.is_dropped = True
                if job in self._jobs:
                    self._jobs.remove(job)
                    job.stage.state = "stopped"
                    job.over.set()
                elif job.process is not None:
                    job.process.kill()
        for job in jobs:
            job.over.wait(10)

    def close(self) -> None:
        """Do nothing any more."""
        with self._change:
            self._is_open = False
            self._jobs.clear()
            now = self._now
            self._change.notify_all()
        if now is not None:
            self.drop(now.case)

    def _serve(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._jobs or not self._is_open)
                if not self._is_open:
                    return
                job = self._now = self._jobs.popleft()
            try:
                self._do(job)
            except Exception as error:  # a process that could not be started: the next one may be
                traceback.print_exception(error)
                job.stage.state, job.stage.mistake = "failed", brief(str(error) or repr(error))
            finally:
                with self._change:
                    self._now = None
                job.over.set()

    def _do(self, job: Job) -> None:
        """Until the process ends, or took too long."""
        found = job.case.folder / FOUND
        found.unlink(missing_ok=True)
        job.stage.state = "going"
        context = multiprocessing.get_context("spawn")
        process = context.Process(target=begun, args=(job.case.folder, job.work, *job.about))
        with self._change:  # whoever drops it either sees no process, or one that can be killed
            if not job.is_dropped:
                with one_thread(), deaf():
                    process.start()
                job.process = process
        took_too_long = False
        if job.process is not None:
            process.join(job.seconds)
            if process.is_alive():
                took_too_long = True
                process.kill()
                process.join()
        _end(job, found, took_too_long)


def _end(job: Job, found: Path, took_too_long: bool) -> None:
    """What came of a job."""
    why = UserError("the work was ended from outside, or ran out of memory")
    if took_too_long:
        why = UserError("it took longer than a page may")
    told = noted(found)
    if job.stage.name == "log" and "orders" not in told:
        job.case.drop_upload()
    job.stage.found = {name: value for name, value in told.items() if name != "mistake"}
    job.stage.mistake = told.get("mistake", "") if told or job.is_dropped else str(why)
    done = "failed" if job.stage.mistake else "done"
    job.stage.state = "stopped" if job.is_dropped and not told else done


class Desk:
    """Every case, and both lanes."""

    def __init__(self, amounts: Amounts, workers: int) -> None:
        self.amounts, self.workers = amounts, workers
        self._home = tempfile.TemporaryDirectory(prefix="shequn-advice-", ignore_cleanup_errors=True)
        self._cases: dict[str, Case] = {}
        self._lanes: dict[str, Lane] = {}
        self._timers: list[threading.Timer] = []

    def open(self) -> Case:
        """A new case.

        Raises
        ------
        Busy
            So many are worked on, or looked at, that another cannot be kept.
        """
        while len(self._cases) >= self.amounts.cases:
            idle = [case for case in self._cases.values() if not case.is_busy and not _is_looked_at(case)]
            if not idle:
                raise Busy
            self.forget(min(idle, key=lambda case: case.looked))
        case = Case(Path(self._home.name))
        self._cases[case.key] = case
        return case

    def find(self, key: str) -> Case | None:
        """The case of an address, if it is still there."""
        case = self._cases.get(key)
        if case is not None:
            case.looked = time.monotonic()
        return case

    def begin(self, case: Case, stage: Stage, work: Work, *about: Any) -> None:
        """Have a stage done, in turn."""
        seconds = self.amounts.reading if stage.name == "log" else self.amounts.seconds
        self._lane(stage).put(Job(case, stage, work, about, seconds))

    def before(self, stage: Stage) -> int:
        """How many come before a stage that waits."""
        return self._lane(stage).before(stage)

    def stop(self, case: Case) -> None:
        """Stop whatever is done for a case; what was simulated is kept."""
        for lane in [*self._lanes.values()]:
            lane.drop(case)

    def forget(self, case: Case) -> None:
        """Stop it, and leave nothing of it."""
        self._cases.pop(case.key, None)
        self.stop(case)
        case.end()

    def later(self, seconds: float, act: Callable[[], object]) -> None:
        """Do something when so much time is over."""
        timer = threading.Timer(seconds, act)
        timer.daemon = True
        self._timers = [one for one in self._timers if one.is_alive()] + [timer]
        timer.start()

    def close(self) -> None:
        """Stop everything, and leave nothing."""
        for timer in self._timers:
            timer.cancel()
        for lane in self._lanes.values():
            lane.close()
        self._home.cleanup()

    def _lane(self, stage: Stage) -> Lane:
        """Made when it is needed: most visitors of the page never are here."""
        name = "log" if stage.name == "log" else "play"
        if name not in self._lanes:
            self._lanes[name] = Lane()
        return self._lanes[name]


def _is_looked_at(case: Case) -> bool:
    return time.monotonic() - case.looked < _AWAY
