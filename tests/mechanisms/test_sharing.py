"""Members' own content: who is asked, what it takes and gives, and that the slot goes round."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.mechanisms.sharing import Sharing, belong, come, coordinate
from sim.model.kinds import codes
from tests.mechanisms.own_rows import OwnRows
from tests.plays import differing, lively, play, strategy
from tests.unit.rules.people import Room


class Slot:
    """A day on which the member in seat 1 has been asked."""

    def __init__(self) -> None:
        self.room = Room(day=20)
        self.own = OwnRows(self.room, Sharing())
        self.ours = self.own.ours
        self.me, self.other = (self.room.sit(slot, belonging=0.5) for slot in (1, 2))
        self.ours.ugc_slots, self.ours.ugc_hour, self.ours.due = 1.0, 21.0, 1.0
        self.ours.asked, self.ours.person = 2, self.me.person
        self.room.group.minutes_left = 60.0

    def call(self, rule: Any, me: Any) -> Any:
        """One rule of one member; what was added to their day."""
        self.room.today.visit = 0.0
        rule(me, self.own.of(me), self.room.group, self.ours, self.room.today, self.own.knobs, self.room.world)
        return self.room.today


@pytest.mark.parametrize(("minutes", "n"), [(60.0, 1), (9.0, 0)])
def test_who_was_asked_comes_and_shares_if_the_host_has_minutes(minutes: float, n: int) -> None:
    slot = Slot()
    slot.room.group.minutes_left = minutes
    assert slot.call(come, slot.other).visit == 0.0
    assert slot.call(come, slot.me).visit > 40.0
    desk = slot.room.desk()
    coordinate(slot.room.group, slot.ours, slot.own.knobs, slot.room.world, desk)
    assert (slot.ours.n_shared, slot.room.group.n_fresh) == (n, n)
    if n:
        line = desk.said[0]
        assert (line.t, line.slot, line.kind) == (21 * 60.0, 1, slot.own.knobs.kind_share)
        assert (slot.room.group.minutes_given, slot.ours.due) == (10.0, 0.0)


def test_who_is_silenced_meanwhile_shares_nothing_and_the_slot_stays_due() -> None:
    slot = Slot()
    slot.call(come, slot.me)
    desk = slot.room.desk()
    desk.today[slot.me.slot].is_silenced = 1
    coordinate(slot.room.group, slot.ours, slot.own.knobs, slot.room.world, desk)
    assert (slot.ours.n_shared, slot.room.group.n_fresh, slot.room.group.minutes_given) == (0, 0, 0.0)
    assert slot.ours.due == 1.0


def test_who_has_left_meanwhile_shares_nothing() -> None:
    slot = Slot()
    slot.me.person = 999
    assert slot.call(come, slot.me).visit == 0.0
    assert slot.ours.is_ready == 0


def test_sharing_binds_and_tires() -> None:
    slot = Slot()
    slot.ours.n_shared = 1
    for day in (20, 27):
        slot.room.on(day)
        for me in (slot.me, slot.other):
            slot.call(belong, me)
    assert slot.me.belonging == pytest.approx(1.0 - 0.5 * 0.95**2)
    assert slot.other.belonging == 0.5
    faded = 0.5 * np.exp(-0.05 * 7)
    assert slot.own.of(slot.me).tired == pytest.approx(faded + 0.5 * (1 - faded))


PLAN = {"posts": 1.0, "posts_later": 0.0, "shared": 1.0, "switch_day": 5}
BUSY = {"replicates": 10, "days": 25, "operator": {"hours": 20.0}, "population": {"seats": 40, "founders": 20}}


def played(**knobs: float) -> dict[str, np.ndarray]:
    """Content of the host for five days, and of members from then on."""
    return play(lively([strategy("experts_then_members", **PLAN)], tuned=(Sharing(**knobs),), **BUSY))


def test_members_take_over_and_the_host_saves_minutes() -> None:
    tables = played()
    counted = tables["mechanism.sharing"]
    assert counted["day"].min() >= 5
    assert counted["n_shared"].sum() > 0.7 * 30 * 19
    assert set(counted["minutes_sharing"]) == {10.0}
    content = play(lively([strategy("fixed_time")], **BUSY))
    assert tables["daily"]["host_minutes"].sum() < content["daily"]["host_minutes"].sum()


def test_the_slot_goes_round_since_it_tires() -> None:
    """How many different members share, of all contributions."""
    def share(tables: dict[str, np.ndarray]) -> float:
        said = tables["messages"][tables["messages"]["kind"] == codes()["share"]]
        return np.unique(said[["replicate", "group", "author"]]).size / said.size

    assert share(played()) > 1.5 * share(played(tires=0.0))


def test_lanes_agree() -> None:
    scenario = lively([strategy("experts_then_members", **PLAN)])
    assert differing(play(scenario, "mesa"), play(scenario)) == []
