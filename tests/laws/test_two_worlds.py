"""Two worlds that differ by one silent member of one group: no cell of any other group may differ.

Groups of one community share a market, an operator and connectors; where these are silenced, nothing is left to carry
an influence. Communities share nothing at all.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scenarios import Scenario
from scenarios.strategies.base import Strategy
from sim.data.tables import CHANNELS
from sim.engine.mesa_lane import MesaLane
from sim.lane_tables import objects_of
from sim.model.schedule import SCHEDULE
from sim.model.submodels.entry import make_enter, make_settle
from sim.simulation import Engine
from tests.plays import lively, started, strategy
from tests.walking import STRATEGIES, fed, usual

APART: dict[str, dict[str, Any]] = {
    "purpose": {"search_rate": 0.0, "item_price": 0.0, "talk": 0.8},
    "cast": {"advertisers": 0.0, "connectors": 0.0, "kols": 1.0, "moderators": 1.0},
    "operator": {"hours": 0.0, "offer_every": 0.0, "chat_posts": 0.0},
    "mind": {"invite": 0.0, "leave": 0.03},
}


def add_silent_member(engine: Engine, c: int, g: int) -> int:
    """Seat one more person, who neither opens nor answers, in group ``g`` of community ``c``; return their row."""
    state = engine.state
    world = state.worlds[c]
    roles = engine.scenario.roles
    objects = engine.objects or objects_of(state)
    views = objects.state
    free = np.flatnonzero(state.people["home"][c, : world["market_size"]] < 0)
    sit = make_enter(make_settle(MesaLane(SCHEDULE, roles)._act))
    at = int(world["first_group"]) + g
    row = sit(views, c, at, int(free[0]), CHANNELS.index("search"), views.groups[at], views.worlds[c])
    views.members[row].talk = views.members[row].reply = 0.0
    objects.store()
    return int(row)


def both(scenario: Scenario, lane: str, days: int) -> tuple[Engine, Engine]:
    """The two worlds after some days: as it is, and with one silent member more in group 1 of community 0."""
    one, other = started(scenario, lane), started(scenario, lane)
    assert add_silent_member(other, 0, 1) >= 0
    for _ in range(days):
        one.step()
        other.step()
    return one, other


def touched(one: Engine, other: Engine) -> set[tuple[int, int]]:
    """(community, group) of which any cell differs: of its row, its seats, its open messages, its recorded tables."""
    found: set[tuple[int, int]] = set()
    groups, seats = one.state.groups, int(one.state.groups["seats"][0]) + 1
    place = list(zip(groups["community"].tolist(), groups["index"].tolist(), strict=True))
    for table, per in (("groups", 1), ("members", seats), ("open_log", 1)):
        n = per * len(place)  # behind the seats lies a row that is nobody's
        assert n <= len(getattr(one.state, table)) <= n + 1
        mine, theirs = (getattr(engine.state, table)[:n].reshape(len(place), -1) for engine in (one, other))
        found |= {at for at, a, b in zip(place, mine, theirs, strict=True) if a.tobytes() != b.tobytes()}
    before, after = one.recorder.tables(), other.recorder.tables()
    for name in before:
        for at in place:
            rows = [t[name][(t[name]["replicate"] == at[0]) & (t[name]["group"] == at[1])] for t in (before, after)]
            if rows[0].tobytes() != rows[1].tobytes():
                found.add(at)
    return found


ARMS: dict[str, list[Strategy]] = {
    "nothing": [],
    "packets": [strategy("red_packet"), strategy("advert_ban"), strategy("group_cap", limit=12)],
}


@pytest.mark.parametrize("lane", ["mesa", "compiled"])
@pytest.mark.parametrize("arm", ARMS)
def test_one_more_silent_member_touches_only_his_group(arm: str, lane: str) -> None:
    """The purse is large enough for all packets, so even the common purse carries nothing."""
    one, other = both(lively(ARMS[arm], **APART), lane, 12)
    assert one.recorder.tables()["messages"].size > 50
    assert touched(one, other) == {(0, 1)}


@pytest.mark.parametrize("name", STRATEGIES)
def test_under_no_strategy_does_a_silent_member_touch_other_groups(name: str) -> None:
    """But where a strategy opens further groups: those who come find them by the number there are."""
    one = usual(STRATEGIES[name])
    as_it_is, with_one_more = both(lively(fed((one,)), **APART), "compiled", 12)
    assert as_it_is.recorder.tables()["messages"].size > 50
    found = touched(as_it_is, with_one_more)
    assert {c for c, _ in found} == {0}
    waits_for_size = type(one).is_met_by is not Strategy.is_met_by  # and then asks friends, in the market of all groups
    assert one.needs_spare_groups or waits_for_size or found == {(0, 1)}


@pytest.mark.parametrize("lane", ["mesa", "compiled"])
def test_communities_share_nothing(lane: str) -> None:
    """With market, operator and connectors at work the other groups of the community do change: the law has teeth."""
    one, other = both(lively([strategy("red_packet")]), lane, 12)
    changed = touched(one, other)
    assert len(changed) > 1
    assert {community for community, _ in changed} == {0}


def test_the_silent_member_lives() -> None:
    """They are there, read, and write nothing."""
    engine = started(lively(**APART))
    row = add_silent_member(engine, 0, 1)
    person = int(engine.state.members["person"][row])
    read = 0
    for _ in range(12):
        engine.step()
        read += int(engine.state.members["n_read"][row])
    assert read > 0
    tables = engine.recorder.tables()
    assert person in tables["spells"]["person"]
    assert person not in tables["messages"]["author"]
