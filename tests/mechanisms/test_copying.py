"""Copying under written rules: no copy without them, none before they stand, and half of the order comes along."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from scenarios import ConfigError, compose
from sim.mechanisms.copying import Copying, read_the_rules, take_rules_along
from sim.mechanisms.order import Order
from sim.mechanisms.structure import Structure
from sim.model.submodels.moves import POACHED, TRANSFERRED, rank_of
from tests.mechanisms.own_rows import OwnRows
from tests.plays import differing, lively, play, started, strategy
from tests.unit.rules.people import Room


class Court:
    """A group opened today, with its rows of the three mechanisms."""

    def __init__(self, **order: float) -> None:
        self.room = Room(day=9)
        self.room.group.day_born = 9
        self.own, self.order, self.structure = (OwnRows(self.room, it()) for it in (Copying, Order, Structure))
        for name, value in order.items():
            setattr(self.order.ours, name, value)

    def acts(self, rule: object) -> None:
        rows = (self.own.ours, self.own.knobs, self.room.world, None, self.order.ours, self.structure.ours)
        rule(self.room.group, *rows)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("order", "barred"),
    [({}, 1), ({"rules_shown": 1.0, "order": 0.49}, 1), ({"rules_shown": 1.0, "order": 0.5}, 0), ({"order": 0.9}, 1)],
    ids=str,
)
def test_rules_stand_while_they_hang_and_are_kept_as_often_as_not(order: dict[str, float], barred: int) -> None:
    court = Court(**order)
    court.acts(read_the_rules)
    assert court.structure.ours.is_barred == barred


def test_half_of_a_parents_good_name_comes_along_once_its_own_rules_are_on_credit() -> None:
    court = Court(rules_shown=1.0)
    court.structure.ours.order_there = 0.8
    court.acts(take_rules_along)
    assert (court.order.ours.order, court.structure.ours.order_there) == (0.0, 0.8)  # its first morning: no rules yet
    court.order.ours.has_rules, court.order.ours.order = 1, 0.5
    court.acts(take_rules_along)
    assert court.order.ours.order == pytest.approx(0.65)
    court.acts(take_rules_along)
    assert court.order.ours.order == pytest.approx(0.65)  # once
    other = Court(has_rules=1, order=0.5)
    other.acts(take_rules_along)
    assert other.order.ours.order == 0.5  # a group that is no copy


def test_a_copy_is_refused_by_name_without_written_rules() -> None:
    with pytest.raises(ConfigError, match=r"clone copies nothing without written rules.*play graded_sanctions beside"):
        compose(["strategy=clone"])
    assert len(compose(["strategy=[clone,graded_sanctions]"]).strategies) == 2


PLAN = [strategy("clone", at=8, volunteers=2), strategy("graded_sanctions")]


def copies(credit: float) -> int:
    """Groups opened in twenty days; what new rules are credited with decides where nobody advertises."""
    tables = play(lively(PLAN, operator={"hours": 20.0}, cast={"advertisers": 0.0}, mind={"imitation": 0.0},
                         tuned=(Order(credit=credit),)))  # fmt: skip
    return len({(row["replicate"], row["group"]) for row in tables["daily"] if row["group"] >= 3})


def test_nothing_is_copied_before_the_rules_stand() -> None:
    assert copies(0.5) == 6  # as it is, where nobody breaks them
    assert copies(0.4) == 0


def test_copies_begin_half_way_to_the_order_of_their_parents() -> None:
    """Nobody advertises, so that the order of a group stays what it is on its second morning."""
    engine = started(lively(PLAN, operator={"hours": 20.0}, cast={"advertisers": 0.0}, mind={"imitation": 0.0}))
    engine.step()
    own, groups = engine.in_play.own["order"].groups, engine.state.groups
    own["order"][groups["index"] < 3] = 1.0
    for _ in range(20):
        engine.step()
    engine.close()
    is_copy = (groups["index"] >= 3) & (groups["is_open"] == 1)
    assert is_copy.sum() == 6
    assert own["order"][is_copy].tolist() == [0.75] * 6


def test_lanes_agree_on_copies() -> None:
    scenario = lively(PLAN, days=30, operator={"hours": 20.0}, tuned=(Order(credit=0.9),))
    assert differing(play(scenario, "mesa"), play(scenario)) == []


def test_who_is_lured_away_tonight_takes_no_place_among_those_moved() -> None:
    """Three members, the second of whom is on the way, to a copy or to a rival's group."""
    ranks = {}
    for reason in (TRANSFERRED, POACHED):
        about = {"moving": 0, "reason": 0, "n_purchases": 1, "day_last_post": -1}
        members = [SimpleNamespace(person=k, activity=3.0 - k, **about) for k in range(3)]
        members[1].moving, members[1].reason = -6, reason
        state, group = SimpleNamespace(members=members), SimpleNamespace(first=0, n_slots=3)
        world = SimpleNamespace(market_size=100, n_advertisers=0, day=9)
        ranks[reason] = rank_of(state, 2, group, 60.0, world)
    assert ranks == {TRANSFERRED: 2, POACHED: 1}
