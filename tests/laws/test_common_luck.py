"""Common luck: two arms meet the same people, who knock on the same doors on the same days with the same moods."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, permutations
from typing import Any

import numpy as np
import pytest

from agents import Member
from scenarios import Scenario
from scenarios.strategies.base import Strategy
from sim.data.tables import CHANNELS, REASONS
from sim.mechanisms.price import Price
from tests.plays import Tables, lively, play, rows_of, started, strategy
from tests.walking import covering_plans, nobody

SEARCH = CHANNELS.index("search")
TRAITS = ("talk", "reply", "info_need", "match", "fit", "budget", "attention", "dislike", "copying", "generosity",
          "profile")  # fmt: skip
ARMS: dict[str, Sequence[Strategy]] = {
    "nothing": [], "price": [strategy("paid_entry", price=2.0)], "cap": [strategy("group_cap", limit=12, queue=0)],
    **covering_plans(),
}  # fmt: skip


def people_after(scenario: Scenario, days: int) -> dict[tuple[int, int], tuple[Any, ...]]:
    """(community, person) → traits, of all ordinary people seated after some days."""
    engine = started(scenario)
    for _ in range(days):
        engine.step()
    rows, size = rows_of(engine), int(engine.state.groups["seats"][0]) + 1
    community = engine.state.groups["community"][engine.recorder.seated() // size]
    ordinary = (rows["person"] < engine.state.worlds["market_size"][0]) & (rows["is_staff"] == 0)
    return {
        (int(c), int(row["person"])): tuple(row[name].item() for name in TRAITS)
        for c, row in zip(community[ordinary], rows[ordinary], strict=True)
    }


def test_a_person_is_the_same_in_every_arm_and_on_every_day() -> None:
    reference = people_after(lively(days=30), 3)
    for name, arm in ARMS.items():
        people = people_after(lively(arm, days=30), 10)
        shared = people.keys() & reference.keys()
        assert len(shared) > 10, name
        assert all(people[key] == reference[key] for key in shared), name


def test_people_of_two_communities_differ() -> None:
    people = people_after(lively(days=30), 3)
    shared = [person for c, person in people if c == 0 and (1, person) in people]
    assert all(people[0, person] != people[1, person] for person in shared)
    assert len({traits for traits in people.values()}) == len(people)


Knock = tuple[int, int, int]


@pytest.fixture
def doorbell(monkeypatch: pytest.MonkeyPatch) -> list[Knock]:
    """A list that fills with (day, group, person) of everyone who comes of their own accord, in the Mesa lane."""
    rung: list[Knock] = []
    enters = Member.enters

    def listening(self: Any, knock: Any, group: Any, world: Any) -> float:
        if self.channel == SEARCH:
            rung.append((world.day, group.index, self.person))
        return enters(self, knock, group, world)

    monkeypatch.setattr(Member, "enters", listening)
    return rung


def test_the_same_people_knock_in_every_arm(doorbell: list[Knock]) -> None:
    """A knock heard in one arm is missing in another only if that person is or was a member there.

    Passers-by are shared out among the doors of a community, so that is asked of days with the same doors in both arms,
    and where silent groups are found by as many as others.
    """
    heard: dict[str, set[Knock]] = {}
    known: dict[str, set[int]] = {}
    doors: dict[str, list[set[int]]] = {}
    for name, arm in ARMS.items():
        doorbell.clear()
        tables = play(lively(arm, replicates=1, days=40, market={"quiet_door": 1.0}), "mesa")
        heard[name], known[name] = set(doorbell), set(tables["spells"]["person"].tolist())
        doors[name] = [{0, 1, 2}] + [set(tables["daily"]["group"][tables["daily"]["day"] == d]) for d in range(40)]
    compared = 0
    for one, other in permutations(ARMS, 2):
        alike = {d for d in range(40) if all(doors[one][i] == doors[other][i] for i in (d, d + 1))}  # from d − 1 on
        missing = {(day, person) for day, _, person in heard[one] - heard[other] if day in alike}
        assert {person for _, person in missing} <= known[other], (one, other)
        compared += len(alike)
    assert compared > 20 * len(ARMS) * (len(ARMS) - 1)
    assert len(heard["nothing"]) > 30
    assert any(heard["nothing"] != heard[name] for name in ARMS)


# Nobody speaks, so that when one looks, and with which numbers life is met, does not depend on who is still there.
QUIET: dict[str, dict[str, Any]] = {
    "mind": {"leave": 0.0, "invite": 0.0},
    "cast": nobody(),
    "purpose": {"search_rate": 0.0, "talk": 0.0},
    "operator": {"hours": 0.0, "chat_posts": 0.0},
}


def last_days(shock: float) -> dict[tuple[int, int], int]:
    """(replicate, person) → the day a founder leaves, or one beyond all, where life alone makes them leave."""
    settings = {**QUIET, "mind": {**QUIET["mind"], "leave_shock": shock}}
    spells = play(lively(replicates=20, days=40, record="spells", **settings))["spells"]
    days = np.where(spells["day_left"] < 0, 999, spells["day_left"])
    who = zip(spells["replicate"].tolist(), spells["person"].tolist(), strict=True)
    return dict(zip(who, days.tolist(), strict=True))


def test_a_higher_hazard_never_lengthens_a_membership() -> None:
    """Inversion on a shared number: whoever leaves under the lower hazard leaves no later under the higher one."""
    runs = [last_days(shock) for shock in (0.0, 0.005, 0.02, 0.1, 1.0)]
    for low, high in pairwise(runs):
        assert low.keys() == high.keys()
        assert all(high[key] <= low[key] for key in low)
    staying = [sum(day == 999 for day in run.values()) for run in runs]
    assert staying == sorted(staying, reverse=True)
    assert len(set(staying)) == len(runs)


def test_the_hazard_of_life_is_what_it_says() -> None:
    """Constant hazard h a day: after 40 days a share (1 − h)^40 is left; ±4.9 standard errors (one in a million)."""
    days = last_days(0.02)
    hosts = 60
    ordinary = len(days) - hosts
    share = (sum(day == 999 for day in days.values()) - hosts) / ordinary
    expected = 0.98**40
    assert abs(share - expected) < 4.9 * np.sqrt(expected * (1 - expected) / ordinary)


def joined(tables: Tables) -> list[tuple[int, ...]]:
    """Who came when, by which channel, into which group."""
    columns = ("replicate", "group", "person", "day_joined", "channel")
    return sorted(tuple(int(row[name]) for name in columns) for row in tables["spells"])


# A door's effects on those inside are silenced: nobody leaves out of feeling or comes more often for having paid, the
# operator's account moves nothing.
DOOR_ONLY: dict[str, Any] = {
    "tuned": (Price(sunk=0.0),),
    "mind": {"leave": 0.0},
    "cast": {"advertisers": 0.0, "connectors": 0.0},
    "operator": {"hours": 0.0, "chat_posts": 0.0},
}


@pytest.mark.parametrize("door", ["price", "cap"])
def test_same_members_are_let_in_whatever_the_door(door: str) -> None:
    free, behind = (play(lively(arm, same_members=True, **DOOR_ONLY)) for arm in ([], ARMS[door]))
    assert joined(free) == joined(behind)
    selected = play(lively(ARMS[door], **DOOR_ONLY))
    assert joined(selected) != joined(play(lively(**DOOR_ONLY)))


def test_same_members_still_pay() -> None:
    paying = play(lively(ARMS["price"], same_members=True, **DOOR_ONLY))["spells"]
    assert set(paying["entry_paid"][paying["channel"] != 0].tolist()) == {2.0}


def test_reasons_of_life_are_the_only_ones_there() -> None:
    reasons = set(play(lively(**{**QUIET, "mind": {**QUIET["mind"], "leave_shock": 0.1}}))["spells"]["reason"].tolist())
    assert reasons == {0, REASONS.index("left")}
