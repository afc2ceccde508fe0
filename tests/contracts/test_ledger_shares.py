"""Who bears what: the holders of a lever share its cost by the lever's law; together they bear what was paid."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import pytest

from scenarios.strategies.base import GroupFacts, Strategy
from sim.engine.knobs import Knob
from sim.engine.levers import Lever, Levers, any_of, at_most, only_one, plus, times
from tests.plays import Tables, lively, play, strategy

N = 4


def shares(law: str, turns: dict[str, tuple[object, list[bool] | None]]) -> dict[str, list[float]]:
    """Shares of holders of one lever: holder → value and mask, in turn."""
    lever = Lever(law, "", "a lever")
    lever.name = "it"
    levers = Levers(N, (lever,))
    for holder, (value, mask) in turns.items():
        levers.holder, levers.mask = holder, None if mask is None else np.array(mask)
        levers.record(lever, np.array(value) if isinstance(value, list) else value)  # type: ignore[arg-type]
    return {holder: share.round(6).tolist() for holder, share in levers.shares(["it"]).items()}


EAST, WEST = [True, True, False, False], [False, False, True, True]


@pytest.mark.parametrize(
    ("law", "turns", "expected"),
    [
        (plus, {"a": (1.0, None), "b": (0.05, None)}, {"a": [1 / 1.05] * N, "b": [0.05 / 1.05] * N}),
        (plus, {"a": (3.0, None), "b": (-1.0, EAST)}, {"a": [0.75, 0.75, 1, 1], "b": [0.25, 0.25, 0, 0]}),
        (plus, {"a": (0.0, None), "b": (0.0, None)}, {"a": [0.5] * N, "b": [0.5] * N}),
        (times, {"a": (2.0, None), "b": (0.125, None)}, {"a": [0.25] * N, "b": [0.75] * N}),
        (any_of, {"a": (1.0, None), "b": (1.0, EAST), "c": (0.0, None)},
         {"a": [0.5, 0.5, 1, 1], "b": [0.5, 0.5, 0, 0], "c": [0] * N}),
        (at_most, {"a": (50.0, None), "b": (30.0, EAST)}, {"a": [0, 0, 1, 1], "b": [1, 1, 0, 0]}),
        (at_most, {"a": ([9.0, 9.0, 9.0, 9.0], None), "b": ([9.0, 10.0, 8.0, 9.0], None)},
         {"a": [0.5, 1, 0, 0.5], "b": [0.5, 0, 1, 0.5]}),
        (only_one, {"a": (1.0, EAST), "b": (9.0, WEST)}, {"a": [1, 1, 0, 0], "b": [0, 0, 1, 1]}),
    ],
)  # fmt: skip
def test_a_lever_is_shared_out_by_its_law(
    law: str, turns: dict[str, tuple[object, list[bool] | None]], expected: dict[str, list[float]]
) -> None:
    found = shares(law, turns)
    assert found.keys() == expected.keys()
    for holder, share in expected.items():
        assert found[holder] == pytest.approx(share, abs=1e-6)


def test_several_levers_count_alike_and_nobody_is_nobody() -> None:
    one, two = Lever(plus, "", "one"), Lever(any_of, "", "two")
    one.name, two.name = "one", "two"
    levers = Levers(2, (one, two))
    assert levers.shares(["one", "two"]) == {}
    levers.holder = "a"
    levers.record(one, 4.0)
    levers.holder, levers.mask = "b", np.array([True, False])
    levers.record(two, 1.0)
    found = levers.shares(["one", "two"])
    assert found["a"].tolist() == [0.5, 1.0]
    assert found["b"].tolist() == [0.5, 0.0]


def test_what_falls_due_later_is_borne_in_each_group_by_who_was_last_to_ask_for_it() -> None:
    """``a`` in the east on the first morning, ``b`` in one group of it on the second, ``c`` on the third, by another
    lever, in the west; then nobody. Once nobody but those of the last day were known, and all levers' last days
    counted alike, however long ago.
    """
    one, two = Lever(plus, "", "one"), Lever(at_most, "", "two")
    one.name, two.name = "one", "two"
    levers = Levers(N, (one, two))
    for holder, lever, mask in (("a", one, EAST), ("b", two, [False, True, False, False]), ("c", two, WEST)):
        levers.reset()
        levers.holder, levers.mask = holder, np.array(mask)
        levers.record(lever, 4.0)
    levers.reset()
    assert levers.shares(["one", "two"]) == {}
    found = levers.shares(["one", "two"], is_over=True)
    assert {holder: share.tolist() for holder, share in found.items()} == {
        "a": [1, 0, 0, 0], "b": [0, 1, 0, 0], "c": [0, 0, 1, 1],
    }  # fmt: skip


class Trickle(Strategy):
    """Prepared posts now and then, at no hour of its own. Source: a test."""

    id: ClassVar[str] = "S98"
    title: ClassVar[tuple[str, str]] = ("Trickle", "涓流")
    posts = Knob(0.05, 0.0, 10.0, "posts/day", "posts", "test")

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Add to the posts."""
        levers.content_posts.plus(self.posts)


def paid(tables: Tables, names: list[str]) -> dict[str, float]:
    """Minutes by strategy."""
    ledger = tables["ledger"]
    return {name: float(ledger["host_minutes"][ledger["strategy"] == code].sum()) for code, name in enumerate(names)}


def test_who_culls_nobody_bears_nothing_of_the_splitting() -> None:
    names = ["q", "s", "host"]
    cull = strategy("cull").replace({"silent_days": 365, "offenders": False})
    split = strategy("split").replace({"at": 20})
    tables = play(lively([cull.called("q"), split.called("s")], days=20, operator={"hours": 20.0}))
    moved = tables["mechanism.structure"]
    assert moved["minutes_culling"].sum() == 0 < moved["minutes_moving"].sum()
    alone, nobody = (paid(play(lively(plan, days=20, operator={"hours": 20.0})), who)
                     for plan, who in (([split.called("s")], ["s", "host"]), ([], ["host"])))  # fmt: skip
    both = paid(tables, names)
    assert both["q"] == 0.0
    assert both["s"] == pytest.approx(alone["s"], rel=0.5)
    assert nobody["host"] > 0


def test_who_posts_a_twentieth_pays_a_twentieth_and_all_is_borne() -> None:
    """The first in order of names bore all of it once."""
    names = ["a_little", "much", "host"]
    plan = [Trickle("a_little"), strategy("fixed_time").replace({"posts_per_day": 1.0}).called("much")]
    alone = paid(play(lively([plan[1]], days=28)), ["much", "host"])
    tables = play(lively(plan, days=28))
    both = paid(tables, names)
    assert both["a_little"] / both["much"] == pytest.approx(0.05, rel=1e-6)
    assert 0.9 < both["much"] / alone["much"] < 1.1
    daily = tables["daily"]
    given = sum(daily[name].sum() for name in daily.dtype.names or () if name == "host_minutes")
    assert sum(both.values()) == pytest.approx(float(given), rel=1e-6)


def test_the_ledger_says_what_leaving_a_strategy_out_saves() -> None:
    """Costs of each strategy in the ledger of all, beside what is really saved where it is left out; 40 communities.

    The rest is what the others then do differently: fewer take a packet where adverts drive people away. It is at most
    a seventh of all costs here.
    """
    names = ["advert_ban", "fixed_time", "red_packet"]
    together = costs_of(names)
    for name in names:
        left = costs_of([one for one in names if one != name])
        for what in ("CNY", "host_minutes"):
            total = sum(together[what].values())
            saved = total - sum(left[what].values())
            assert saved == pytest.approx(together[what][name], abs=total / 7)
    assert together["CNY"]["red_packet"] > 0 < together["host_minutes"]["fixed_time"]


def costs_of(names: list[str]) -> dict[str, dict[str, float]]:
    """CNY and minutes by strategy where these are played."""
    plan = [strategy(name) for name in names]
    tables = play(lively(plan, days=40, replicates=40, operator={"hours": 10.0, "purse": 50_000.0}))
    ledger, who = tables["ledger"], [*sorted(names), "host"]
    return {what: {name: float(ledger[what][ledger["strategy"] == k].sum()) for k, name in enumerate(who)}
            for what in ("CNY", "host_minutes")}  # fmt: skip
