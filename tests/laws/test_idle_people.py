"""People in idle groups (``market.idle_reachable``): they may come to another, so that closing rooms is no gift."""

from __future__ import annotations

import numpy as np

from sim.data.tables import CHANNELS
from sim.model.submodels.rings import can_be_reached
from tests.laws.test_conservation import LAWS, nobody_enters_twice, played
from tests.mechanisms.shuffle import Shuffling
from tests.plays import Tables, differing, lively, play, started
from tests.seats import LAWS_OF_SEATS

BY_TRANSFER = CHANNELS.index("transferred")


def reachable(idle: float, end: float) -> list[np.ndarray]:
    """Who may come to a fourth group on the forty-second morning, by community; nobody has ever looked at the others.

    ``end`` 1: these were dissolved the evening before.
    """
    world = {"mind": {"visit": -10.0, "visit_new": 0.0, "leave_shock": 0.0}, "purpose": {"search_rate": 0.5},
             "cast": {"advertisers": 0.0, "connectors": 0.0}, "market": {"idle_reachable": idle}}  # fmt: skip
    engine = started(lively([Shuffling(ends=end, from_day=40)], operator={"hours": 0.0}, **world), "mesa")
    for _ in range(41):
        engine.step()
    state = engine.in_lane
    people = range(state.worlds[0].market_size)
    return [np.array([can_be_reached(state, c, -1, p, state.worlds[c]) for p in people]) for c in range(2)]


def test_closing_empty_rooms_reaches_the_same_people() -> None:
    """Whoever has sat in an idle room for five weeks can be reached whether or not it is closed; else closing wins."""
    closed, left_idle, locked = reachable(1.0, 1.0), reachable(1.0, 0.0), reachable(0.0, 0.0)
    for open_to_all, idle, without in zip(closed, left_idle, locked, strict=True):
        assert open_to_all.all()
        recent = open_to_all & ~idle  # newcomers of the last weeks are not idle yet
        assert recent.sum() < 0.35 * (~without).sum()
        assert (idle & ~without).sum() > 15


def test_who_sits_in_an_idle_room_comes_to_another_and_laws_hold() -> None:
    world = lively([Shuffling(moves=0.02)], days=90, replicates=6, population={"seats": 40, "spare_groups": 7},
                   mind={"visit": -6.0}, market={"idle_reachable": 1.0, "people_per_seat": 1.0},
                   purpose={"search_rate": 6.0})
    tables = played(world, LAWS_OF_SEATS)
    for law in LAWS:
        if law is not nobody_enters_twice:  # that is what is allowed here
            law(tables, world)
    assert came_again(tables) > 15
    assert came_again(play(world.replace(market={"idle_reachable": 0.0}))) == 0
    assert differing(play(world.replace(days=50)), play(world.replace(days=50), "mesa")) == []
    assert differing(play(world), play(world.replace(threads=2))) == []


def came_again(tables: Tables) -> int:
    """People, no connectors, who came in by the door more than once."""
    spells = tables["spells"]
    came = spells[(spells["channel"] != BY_TRANSFER) & (spells["role"] <= 2)]
    return int((np.unique(came[["replicate", "person"]], return_counts=True)[1] > 1).sum())
