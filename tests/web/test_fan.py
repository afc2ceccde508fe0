"""A fan of the page: the same numbers whoever plays which part of it; small parts, questions first, and an end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import numpy as np
import pytest

from scenarios.errors import UserError
from scenarios.reports.reel import MEASURES
from scenarios.web import fan as module
from scenarios.web.answers import Busy
from scenarios.web.fan import FANS, MOST_DAYS, STOPS, Fan, Fans, ends, part, size
from scenarios.web.question import Question

SMALL = Question(second="group_cap.limit=30", groups=2, days=10)


def test_the_first_community_of_a_hundred_is_the_one_that_is_shown() -> None:
    from sim.replication import simulate

    for scenario in SMALL.composed():
        many, one = simulate(scenario.replace(replicates=4)), simulate(scenario)
        first = many.daily[many.daily["replicate"] == 0]
        assert first.reset_index(drop=True).equals(one.daily)


def test_numbers_do_not_depend_on_the_parts() -> None:
    whole, parts = part(SMALL, 0, 7), [part(SMALL, 5, 2), part(SMALL, 0, 3), part(SMALL, 3, 2)]
    assert [*whole] == ["nothing", "group_cap.limit=30"]
    for arm, curves in whole.items():
        together = np.concatenate([parts[k][arm] for k in (1, 2, 0)], axis=1)
        assert curves.shape == (len(MEASURES), 7, 10)
        np.testing.assert_array_equal(together, curves)


def test_the_first_line_of_a_fan_is_the_curve_of_the_picture() -> None:
    from scenarios.execution.play import play
    from scenarios.reports.reel import reel
    from sim.plots.run.measured import Measured

    shown = reel(Measured(play(SMALL.composed(), lambda arm, share: None)))
    one = Fan(SMALL, 0.0)
    one.parts[0] = part(SMALL, 0, one.step)
    for arm, lines in one.told(0)["lines"].items():
        assert {name: lines[name][0] for name in MEASURES} == {
            name: shown["arms"][arm]["curves"][name]["mean"] for name in MEASURES}  # fmt: skip


def test_a_mistake_in_an_arm_is_told_as_one() -> None:
    with pytest.raises(UserError, match="group_capp"):
        part(Question(second="group_capp"), 0, 1)


@pytest.mark.parametrize(("groups", "days", "n"), [(50, 180, 100), (200, 180, 27), (200, 730, 8), (1, 7, 100)])
def test_a_fan_is_capped_and_has_enough_for_an_interval(groups: int, days: int, n: int) -> None:
    asked = Question(groups=groups, days=days)
    assert size(asked) == n
    assert n == 8 or n * groups * days <= MOST_DAYS


def test_ends_are_paired_community_by_community() -> None:
    from sim.analysis.statistics.skewed import mean_interval

    rng = np.random.default_rng(1)
    luck = rng.normal(100, 30, (4, 40))
    first, second = luck, luck + 2 + rng.normal(0, 1, (4, 40))
    second[0, 3] = np.nan
    first[3] = second[3] = 7.0
    found, one = ends(first.astype(np.float32), second.astype(np.float32)), mean_interval(second[1] - first[1])
    assert found["messages"]["n"] == 40
    assert found["messages"]["gap"] == pytest.approx([float(one.mean), float(one.low), float(one.high)], rel=1e-3)
    one = mean_interval(first[1])
    assert found["messages"]["first"] == pytest.approx([float(one.mean), float(one.low), float(one.high)], rel=1e-3)
    assert found["members"]["n"] == 39
    assert (found["money"]["gap"], found["money"]["rough"]) == ([0.0, None, None], True)


class Workers:
    """Workers that are done when the test says so."""

    def __init__(self, workers: int = 2) -> None:
        self.workers, self.waiting = workers, 0
        self.out: list[tuple[Question, int, int, Future[Any]]] = []

    def submit(self, work: Callable[..., Any], question: Question, first: int, n: int) -> Future[Any]:
        assert work is part
        self.out.append((question, first, n, Future()))
        return self.out[-1][-1]

    async def done(self, error: BaseException | None = None) -> tuple[Question, int, int]:
        """The part that was handed out first comes back, and what follows is handed out."""
        question, first, n, future = self.out.pop(0)
        if error:
            future.set_exception(error)
        else:
            communities = np.arange(first, first + n, dtype=np.float32)
            curves = np.broadcast_to(communities[None, :, None], (len(MEASURES), n, question.days))
            future.set_result({"nothing": curves, "other": curves + 1 + communities[None, :, None] % 2})
        await asyncio.sleep(0.02)
        return question, first, n


class Clock:
    """It is as late as the test says."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def _with(act: Callable[[Workers, Fans, Clock], Coroutine[Any, Any, None]], workers: int = 2) -> None:
    async def run() -> None:
        made, clock = Workers(workers), Clock()
        fans = Fans(made, clock)  # type: ignore[arg-type]
        await act(made, fans, clock)
        fans.close()

    module._PAUSE, kept = 0.001, module._PAUSE
    try:
        asyncio.run(run())
    finally:
        module._PAUSE = kept


def _n(fans: Fans, question: Question = SMALL, have: int = 0) -> int:
    return int(fans.look(question, have)["n"])


def test_parts_are_handed_out_one_after_another_until_all_are_there() -> None:
    async def act(workers: Workers, fans: Fans, clock: Clock) -> None:
        seen: list[int] = []
        while _n(fans) < 100:
            await asyncio.sleep(0.01)
            assert len(workers.out) == 1  # of two workers one is left for questions
            seen.append((await workers.done())[1])
        assert seen == [*range(0, 100, 8)]
        told = fans.look(SMALL, 95)
        assert (told["from"], len(told["lines"]["nothing"]["members"])) == (95, 5)
        members = told["ends"]["members"]
        assert [members[key][0] for key in ("first", "second", "gap")] == [49.5, 51.0, 1.5]
        assert (members["n"], members["rough"]) == (100, False)
        assert not workers.out

    _with(act)


def test_questions_go_first() -> None:
    async def act(workers: Workers, fans: Fans, clock: Clock) -> None:
        workers.waiting = 2
        _n(fans)
        await asyncio.sleep(0.05)
        assert not workers.out
        workers.waiting = 1
        await asyncio.sleep(0.05)
        assert len(workers.out) == 1

    _with(act)


def test_what_nobody_looks_at_stops_and_goes_on_when_somebody_does() -> None:
    async def act(workers: Workers, fans: Fans, clock: Clock) -> None:
        _n(fans)
        await asyncio.sleep(0.01)
        clock.time = STOPS + 1
        await workers.done()
        assert not workers.out
        assert not fans._hands
        assert _n(fans) == 8
        await asyncio.sleep(0.01)
        assert workers.out[0][1] == 8

    _with(act)


def test_the_fan_that_has_least_goes_next_and_a_hole_is_not_told() -> None:
    async def act(workers: Workers, fans: Fans, clock: Clock) -> None:
        other = Question(groups=2, days=10, seed=8)
        _n(fans)
        _n(fans, other)
        await asyncio.sleep(0.01)
        assert [one[0].seed for one in workers.out] == [7, 8]
        workers.out.reverse()
        assert (await workers.done())[0].seed == 8
        assert [(one[0].seed, one[1]) for one in workers.out] == [(7, 0), (7, 8)]  # of equals the one first asked for
        workers.out.reverse()
        await workers.done()
        assert (_n(fans), _n(fans, other)) == (0, 8)  # communities 8 … 15 wait for 0 … 7

    _with(act, workers=3)


def test_a_killed_worker_loses_nothing_and_three_are_told() -> None:
    async def act(workers: Workers, fans: Fans, clock: Clock) -> None:
        for _ in range(2):
            _n(fans)
            await asyncio.sleep(0.01)
            assert (await workers.done(BrokenProcessPool("gone")))[1] == 0
        assert not fans.look(SMALL, 0)["mistake"]
        await workers.done(BrokenProcessPool("gone"))
        assert fans.look(SMALL, 0)["mistake"] == "gone"
        await asyncio.sleep(0.01)
        assert not workers.out
        clock.time = STOPS + 1
        assert not fans.look(SMALL, 0)["mistake"]  # tried again

    _with(act)


def test_what_cannot_be_played_is_told_at_once() -> None:
    async def act(workers: Workers, fans: Fans, clock: Clock) -> None:
        _n(fans)
        await asyncio.sleep(0.01)
        await workers.done(UserError("there is no strategy 'group_capp'"))
        assert fans.look(SMALL, 0)["mistake"] == "there is no strategy 'group_capp'"
        assert not workers.out

    _with(act)


def test_who_closes_hands_out_nothing_any_more() -> None:
    async def act(workers: Workers, fans: Fans, clock: Clock) -> None:
        _n(fans)
        await asyncio.sleep(0.01)
        fans.close()
        await workers.done()
        assert not workers.out

    _with(act)


def test_fans_do_not_grow_without_end() -> None:
    async def act(workers: Workers, fans: Fans, clock: Clock) -> None:
        for seed in range(FANS):
            fans.look(Question(seed=seed), 0)
        with pytest.raises(Busy):
            fans.look(Question(seed=FANS), 0)
        clock.time = STOPS + 1
        fans.look(Question(seed=FANS), 0)
        assert len(fans._fans) == FANS

    _with(act)


@pytest.mark.parametrize("have", [0, 3, 500])
def test_a_fan_of_one_arm_has_lines_and_no_difference(have: int) -> None:
    one = Fan(SMALL, 0.0)
    assert one.told(have)["n"] == 0
    one.parts[0] = {"nothing": np.zeros((len(MEASURES), 8, 10), np.float32)}
    assert one.told(have)["ends"] == {}
    assert len(one.told(have)["lines"]["nothing"]["members"]) == max(0, 8 - have)
