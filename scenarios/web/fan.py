"""A fan: the question of one community played in many, a few at a time, while the one is looked at.

Communities are numbered; community 17 is the same whoever plays it beside which others, and the first is that of the
picture. So a fan may be cut anywhere, and what is told of its first 35 communities does not depend on who played them.
"""

from __future__ import annotations

import asyncio
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import numpy as np

from scenarios.errors import UserError, brief
from scenarios.reports.reel import MANY, MEASURES
from scenarios.web.answers import Answers, Busy
from scenarios.web.question import LIMITS, Question

__all__ = ["FANS", "MOST_DAYS", "STOPS", "Fans", "part", "size"]

MOST_DAYS = 1_000_000
"""Days of groups in one arm of a fan: some twenty seconds on one core."""
PART_DAYS = 30_000
"""Days of groups in one arm of a part: half a second, which is how long a question may have to wait for its worker."""
STOPS = 10.0
"""Seconds after which a fan that nobody asks for is played no further."""
FANS = 64
"""Fans that are kept; the one that was looked at longest ago goes first."""
_POINTS, _TRIES, _PAUSE = 120, 3, 0.05
_SAME = 1e-6  # of their size: so much do two equal numbers differ when they are kept in 32 bits

Part = dict[str, np.ndarray]
"""Arm → (measures, communities, days that are drawn), means over the groups of each community."""


def size(question: Question) -> int:
    """How many communities a fan has: a hundred, or what fits :data:`MOST_DAYS`, but enough for an interval."""
    most = LIMITS["communities"][1]
    return max(MANY, question.communities, min(most, MOST_DAYS // (question.days * question.groups)))


def drawn_days(days: int) -> list[int]:
    """The days that are drawn: all, or every second, third, …; the last is one of them."""
    step = -(-days // _POINTS)
    return [*range(days - 1, -1, -step)][::-1]


def part(question: Question, first: int, n: int) -> Part:
    """Communities ``first … first + n − 1`` of both arms."""
    from scenarios.reports.reel import community_curves
    from sim.analysis.panel import Panel
    from sim.replication import simulate

    found, days = {}, drawn_days(question.days)
    for scenario in _composed(question):
        panel = Panel.of(simulate(scenario.replace(replicates=n), first=first).daily)
        curves = [community_curves(panel, name)[:, days] for name in MEASURES]
        found[scenario.arm] = np.array(curves, dtype=np.float32)
    return found


@lru_cache(maxsize=4)
def _composed(question: Question) -> list[Any]:
    try:
        return question.composed()
    except UserError as error:
        raise UserError(str(error)) from None  # sent without what it is made of


@dataclass
class Fan:
    """What is known of one fan. Parts may come in any order; told is how far they reach without a hole."""

    question: Question
    looked: float
    parts: dict[int, Part] = field(default_factory=dict)
    again: list[int] = field(default_factory=list)
    tries: int = 0
    begun: int = 0
    mistake: str = ""

    def __post_init__(self) -> None:
        self.of = size(self.question)
        self.step = min(MANY, max(1, PART_DAYS // (self.question.days * self.question.groups)))

    @property
    def is_open(self) -> bool:
        """Is anything left to hand out?"""
        return not self.mistake and (self.begun < self.of or bool(self.again))

    def take(self) -> tuple[int, int]:
        """First and number of communities of the next part."""
        first = self.again.pop() if self.again else self.begun
        self.begun = max(self.begun, min(self.of, first + self.step))
        return first, min(self.step, self.of - first)

    def lost(self, first: int, error: BaseException) -> None:
        """A part did not come: its worker was killed, which may have been others' fault, or it cannot be played."""
        self.tries += 1
        if isinstance(error, BrokenProcessPool) and self.tries < _TRIES:
            self.again.append(first)
        else:
            self.mistake = brief(str(error) or repr(error))

    @property
    def whole(self) -> list[Part]:
        """The parts that came, up to the first hole."""
        found: list[Part] = []
        while (one := self.parts.get(len(found) * self.step)) is not None:
            found.append(one)
        return found

    def told(self, have: int) -> dict[str, Any]:
        """What a browser is sent that has ``have`` communities already."""
        parts = self.whole
        arms = {arm: np.concatenate([one[arm] for one in parts], axis=1) for arm in (parts[0] if parts else ())}
        n = next(iter(arms.values())).shape[1] if arms else 0
        lines = {arm: {name: [_short(line) for line in of[k, have:]] for k, name in enumerate(MEASURES)}
                 for arm, of in arms.items()}  # fmt: skip
        told = {"of": self.of, "n": n, "from": min(have, n), "lines": lines, "days": drawn_days(self.question.days),
                "ends": ends(*(of[:, :, -1] for of in arms.values())) if len(arms) == 2 else {},
                "mistake": self.mistake}  # fmt: skip
        return told | ({"most": MOST_DAYS} if self.of < LIMITS["communities"][1] else {})


def ends(first: np.ndarray, second: np.ndarray) -> dict[str, dict[str, Any]]:
    """Of each measure on the last day ``first``, ``second`` and ``gap``, second less first: mean, low and high.

    ``first`` and ``second`` are (measures, communities). Community r of one arm is compared with community r of the
    other; intervals are those of :func:`sim.analysis.statistics.skewed.mean_interval`, as in every report. ``n``: how
    many communities both arms have a value of; ``rough``: too few or too skewed for the gap's interval to be trusted.
    """
    from sim.analysis.statistics.skewed import mean_interval

    a, b = first.T.astype(np.float64), second.T.astype(np.float64)
    gaps = np.where(np.abs(b - a) <= _SAME * np.maximum(np.abs(a), np.abs(b)), 0.0, b - a)
    known = np.isfinite(gaps)
    means = {"first": mean_interval(np.where(known, a, np.nan)), "second": mean_interval(np.where(known, b, np.nan)),
             "gap": mean_interval(gaps)}  # fmt: skip
    return {name: {key: _short(np.array([of.mean[k], of.low[k], of.high[k]])) for key, of in means.items()}
            | {"n": int(means["gap"].n[k]), "rough": bool(means["gap"].rough[k])}
            for k, name in enumerate(MEASURES)}  # fmt: skip


def _short(values: np.ndarray) -> list[float | None]:
    """Four figures; None where nothing is known."""
    return [float(f"{value:.4g}") if np.isfinite(value) else None for value in values.tolist()]


class Fans:
    """Every fan that somebody looks at. One worker fewer than there are plays them, and only what no question needs."""

    def __init__(self, answers: Answers, now: Callable[[], float] = time.monotonic) -> None:
        self._answers, self._now = answers, now
        self._fans: OrderedDict[str, Fan] = OrderedDict()
        self._hands: set[asyncio.Task[None]] = set()

    def look(self, question: Question, have: int) -> dict[str, Any]:
        """What there is of a question's fan, as :meth:`Fan.told` says it; it goes on while somebody looks.

        Raises
        ------
        Busy
            So many are looked at that another cannot be kept.
        """
        asked = replace(question, communities=size(question))
        fan = self._fans.get(asked.key)
        if fan is None or (fan.mistake and not self._is_looked_at(fan)):  # what failed is tried again
            self._fans.pop(asked.key, None)
            fan = self._begun(asked)
        self._fans.move_to_end(asked.key)
        fan.looked = self._now()
        while fan.is_open and len(self._hands) < max(1, self._answers.workers - 1):
            hand = asyncio.create_task(self._play())
            self._hands.add(hand)
            hand.add_done_callback(self._hands.discard)
        return fan.told(have)

    def close(self) -> None:
        """Hand out nothing any more."""
        for hand in self._hands:
            hand.cancel()

    def _begun(self, question: Question) -> Fan:
        while len(self._fans) >= FANS:
            if self._is_looked_at(next(iter(self._fans.values()))):
                raise Busy
            self._fans.popitem(last=False)
        fan = self._fans[question.key] = Fan(question, self._now())
        return fan

    def _is_looked_at(self, fan: Fan) -> bool:
        return self._now() - fan.looked < STOPS

    def _next(self) -> Fan | None:
        """The fan that has least, so that nobody waits for the hundredth community of somebody else."""
        going = [fan for fan in self._fans.values() if fan.is_open and self._is_looked_at(fan)]
        return min(going, key=lambda fan: fan.begun / fan.of, default=None)

    async def _play(self) -> None:
        """Part after part, each when no question waits, until nothing is left that somebody looks at."""
        while (fan := self._next()) is not None:
            if self._answers.waiting >= self._answers.workers:
                await asyncio.sleep(_PAUSE)
                continue
            first, n = fan.take()
            try:
                fan.parts[first] = await asyncio.wrap_future(self._answers.submit(part, fan.question, first, n))
            except Exception as error:
                if not isinstance(error, BrokenProcessPool | UserError):
                    traceback.print_exception(error)
                fan.lost(first, error)
