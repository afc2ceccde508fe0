"""Answers to questions of the page: played whole in worker processes; so many are kept, those asked for last."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import os
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from scenarios.errors import UserError
from scenarios.web.question import Question
from sim.locale.catalogue import keys, text
from sim.locale.words import declared

__all__ = ["KEPT", "WAITING", "Answers", "Busy"]

KEPT = 64
"""Answers of a kind that are kept; the one that was asked for longest ago goes first."""
WAITING = 120
"""Questions that may wait at once."""


_OF_PEOPLE = "people."  # what the page says of members, which no replay file shows


class Busy(Exception):
    """More is asked than can wait."""


class Answers:
    """Shelves for all who look at the page, one for each kind of work. ``workers`` processes play, each on one core."""

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or max(1, os.cpu_count() or 1)
        self._shelves: dict[Callable[..., object], OrderedDict[str, Future[bytes]]] = {}
        self._waiting: set[Future[Any]] = set()
        self._pool = self._made()

    def _made(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.workers, mp_context=context, initializer=ready)

    def warm(self) -> None:
        """Let every worker compile what it needs before somebody asks."""
        for number in range(self.workers):
            self.ask(Question(groups=1, days=7, seed=number))

    def ask(self, question: Question) -> Future[bytes]:
        """The answer of a question; see :meth:`fetch`."""
        return self.fetch(question.key, answer, question)

    def fetch(self, key: str, work: Callable[..., object], *about: object) -> Future[bytes]:
        """What ``work`` finds, as gzipped JSON, now or later; what is being worked on is not begun twice.

        Raises
        ------
        Busy
            Too many are waiting.
        """
        shelf = self._shelves.setdefault(work, OrderedDict())  # so rules of days push no runs out
        found = shelf.get(key)
        if found is not None and not (found.done() and found.exception()):
            shelf.move_to_end(key)
            return found
        made = shelf[key] = self.once(packed, work, *about)
        while len(shelf) > KEPT and next(iter(shelf.values())).done():
            shelf.popitem(last=False)
        return made

    def once[T](self, work: Callable[..., T], *about: object) -> Future[T]:
        """Have something done in a worker, in turn with the questions; it is not kept.

        Raises
        ------
        Busy
            Too many are waiting.
        """
        if self.waiting >= WAITING:
            raise Busy
        made = self.submit(work, *about)
        self._waiting.add(made)
        made.add_done_callback(self._waiting.discard)
        return made

    @property
    def waiting(self) -> int:
        """Questions that are not answered yet, those being played included."""
        return len(self._waiting)

    def submit[T](self, work: Callable[..., T], *about: object) -> Future[T]:
        """Hand something to the next worker that is free, whoever waits."""
        try:
            return self._pool.submit(work, *about)
        except BrokenProcessPool:  # a worker was killed: those who wait are told, who asks now is served
            self._pool = self._made()
            return self._pool.submit(work, *about)

    def close(self) -> None:
        """Stop the workers; who waits is told that nothing comes."""
        for worker in list((self._pool._processes or {}).values()):  # or its answer would be waited for
            worker.terminate()
        self._pool.shutdown(cancel_futures=True)  # waits: a thread that outlives the pool writes to a closed pipe


def ready() -> None:
    """What a worker imports before its first question. Ctrl-C is for the server alone; with it the worker ends, too,
    however the server ended.
    """
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    import scenarios.reports.replay  # noqa: F401
    import sim  # noqa: F401


def _end_with_the_server() -> None:
    if server := multiprocessing.parent_process():
        server.join()
        os._exit(0)  # nobody is there to hand anything to


def packed(work: Callable[..., object], *about: object) -> bytes:
    """What a worker found, as it is sent."""
    try:
        found = work(*about)
    except UserError as error:
        raise UserError(str(error)) from None  # a mistake of the question, sent without what it is made of
    return gzip.compress(json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def answer(question: Question) -> dict[str, Any]:
    """Play both arms; numbers, words, digest and the command that plays the same."""
    from scenarios.execution.play import play
    from scenarios.reports.replay import played
    from sim.mechanisms import mechanisms
    from sim.plots.run.measured import Measured

    results = play(question.composed(), lambda arm, share: None)
    found = played(Measured(results))
    for lang, words in found["words"].items():
        words |= {key: text(key, lang) for key in keys(_OF_PEOPLE)}
        words |= {f"mechanism:{name}": declared(one.title, lang) for name, one in mechanisms().items()}
    return {**found, "digest": results.digest, "command": question.command}
