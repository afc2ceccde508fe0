"""Plays for the class: a group for every plan that is sent, and the tournament when the bell rings."""

from __future__ import annotations

import asyncio
import gzip
import json
import traceback
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path
from typing import Any

from scenarios.errors import UserError, brief
from scenarios.execution.rehearsal import compiled, strategies
from scenarios.web.answers import Answers, Busy
from scenarios.web.wall.bell import PAGE, Bell, hand_in
from scenarios.web.wall.classroom import Classroom, Student
from scenarios.web.wall.play import one_life
from scenarios.web.wall.rules import Choice, overrides

__all__ = ["Desk"]

_PAUSE, _AGAIN, _TRIES = 0.5, 5.0, 3


class Desk:
    """The class, the workers that play single groups, and the bell. All of it lives in the server's one loop."""

    def __init__(self, room: Classroom, answers: Answers) -> None:
        self.room, self._answers = room, answers
        self._tasks: set[asyncio.Task[None]] = set()
        self.n_ready, self.n_rehearsed = 0, len(strategies())
        self.bell = self._new_bell()

    def begin(self) -> None:
        """Go on where the last server stopped: groups that were being played, a bell that had rung."""
        for student in self.room.students:
            if student.is_waiting:
                self._start(student)
        if self.room.is_rung and not self.bell.found:
            self.bell.start()
        self._keep(asyncio.create_task(self._rehearse()))

    def play(self, student: Student, plan: tuple[Choice, ...]) -> None:
        """A student's group, under another plan.

        Raises
        ------
        UserError
            The bell has rung, or their group is being played.
        """
        self.room.plan(student, plan)
        self._start(student)

    def ring(self) -> None:
        """Nobody changes anything any more; every plan that was played is played in many communities. Rung once more,
        it goes on where it was ended.

        Raises
        ------
        UserError
            Nobody has played yet.
        """
        if not self.room.is_rung:
            hand_in([*self.room.playing()], self.room.place)
            self.room.ring()
        if not self.bell.found and not self.bell.is_going:
            self.bell.start()

    def again(self, number: str) -> None:
        """Another round, after the one of that number; what was sent twice is done once."""
        if not self.room.is_rung or number != str(self.room.round):
            return
        self.bell.close()
        self.room.again()
        self.bell = self._new_bell()

    def page(self, number: str) -> Path | None:
        """The boards of a round that is over, of the one that is played now where no number is said."""
        wanted = int(number) if number.isascii() and number.isdecimal() and len(number) < 5 else self.room.round
        if wanted > self.room.round or (wanted == self.room.round and not self.room.is_rung):
            return None
        path = self.room.folder / f"round-{wanted}" / PAGE
        return path if path.is_file() else None

    def close(self) -> None:
        """Stop; what was played is kept."""
        self.bell.close()
        for task in self._tasks:
            task.cancel()

    def _new_bell(self) -> Bell:
        return Bell(self.room.place, self.room.rules, self._answers.workers)

    def _start(self, student: Student) -> None:
        self._keep(asyncio.create_task(self._life(student, student.asked)))

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _rehearse(self) -> None:
        """Compile every strategy once, one after the other and when nobody waits: on a machine that has never played
        them that takes minutes, which no student should have to wait for.
        """
        for name in strategies():
            while self._answers.waiting:
                await asyncio.sleep(_PAUSE)
            with suppress(Busy, BrokenProcessPool):  # then it will be compiled when somebody chooses it
                await asyncio.wrap_future(self._answers.once(compiled, name, self.room.rules.world))
            self.n_ready += 1

    async def _life(self, student: Student, plan: tuple[Choice, ...]) -> None:
        """Play a plan and note what came of it, or why nothing did."""
        found: dict[str, Any] = {}
        mistake = ""
        try:
            found = await self._played(plan)
        except UserError as error:
            mistake = str(error)
        except Exception as error:  # what a worker met: told to the student, and in full where the server runs
            traceback.print_exception(error)
            mistake = brief(str(error) or repr(error))
        while student in self.room.students:
            try:
                return self.room.note(student, found, mistake)
            except UserError as error:  # no room on the disk: told where the server runs, and tried again
                print(error, flush=True)
                await asyncio.sleep(_AGAIN)

    async def _played(self, plan: tuple[Choice, ...]) -> dict[str, Any]:
        """From a worker; the same plan twice is played once."""
        world, said, tries = self.room.rules.world, overrides(plan), 0
        while True:
            try:
                made = self._answers.fetch(" ".join((*world, *said)), one_life, world, said)
                told: bytes = await asyncio.wrap_future(made)
                found: dict[str, Any] = json.loads(gzip.decompress(told))
                return found
            except Busy:
                await asyncio.sleep(_PAUSE)
            except BrokenProcessPool:  # a worker was killed, perhaps through no fault of this plan
                tries += 1
                if tries == _TRIES:
                    raise
