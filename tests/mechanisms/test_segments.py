"""Offers by tag: who is known, what that costs, and what a right and a wrong offer do."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engine.luck import uniform
from sim.mechanisms.segments import Segments, show, tag
from sim.mechanisms.tags import GUESS, Tags, segment_of
from tests.mechanisms.own_rows import OwnRows
from tests.plays import differing, lively, play, strategy
from tests.unit.rules.people import Room


class Desk:
    """A host who tags, with an offer out today."""

    def __init__(self, minutes: float = 5.0, knobs: dict[str, float] | None = None, **ours: float) -> None:
        self.room = Room(buy_fit=2.0)
        self.group = self.room.group
        self.group.minutes_left, self.group.is_offer_day = minutes, 1
        self.own, self.known = OwnRows(self.room, Segments(**(knobs or {}))), OwnRows(self.room, Tags())
        self.ours, self.knobs = self.own.ours, self.own.knobs
        for name, value in ({"offer_by_tag": 1.0, "segments": 4.0, "tag_minutes": 2.0} | ours).items():
            setattr(self.ours, name, value)

    def tags(self, slot: int, by_template: int = 0, **values: float) -> int:
        """Is somebody tagged after the host has looked at them?"""
        me = self.room.sit(slot, **values)
        self.known.of(me).is_tagged = by_template
        tag(me, self.own.of(me), self.group, self.ours, self.room.today, self.knobs, self.room.world,
            self.known.of(me))  # fmt: skip
        return int(self.known.of(me).is_tagged)

    def shows(self, me: Any) -> float:
        """What the offer of today pulls."""
        self.room.today.buy = 0.0
        show(me, self.own.of(me), self.group, self.ours, self.room.today, self.knobs, self.room.world,
             self.known.of(me))  # fmt: skip
        return float(self.room.today.buy)


def test_who_used_the_template_is_known_and_who_wrote_can_be_made_out_for_minutes() -> None:
    desk = Desk()
    assert desk.tags(1, by_template=1) == 1
    assert (desk.group.minutes_left, desk.ours.minutes_tagging) == (5.0, 0.0)
    assert [desk.tags(2, n_messages=3), desk.tags(3), desk.tags(4, n_messages=1), desk.tags(5, n_messages=1)] == [
        1, 0, 1, 0
    ]  # the silent one gives nothing away, and for the last there is no time
    assert (desk.group.minutes_left, desk.ours.minutes_tagging, desk.ours.n_tagged) == (1.0, 4.0, 3)
    desk.tags(2, by_template=1, n_messages=9)
    assert desk.ours.n_tagged == 3


def test_the_right_offer_fits_better_and_takes_no_luck() -> None:
    desk = Desk()
    me = desk.room.sit(1, fit=0.5)
    desk.known.of(me).is_tagged = 1
    assert desk.shows(me) == pytest.approx(2.0 * 0.4 * 0.5)
    assert desk.ours.n_guessed == 0
    desk.group.is_offer_day = 0
    assert desk.shows(me) == 0.0


@pytest.mark.parametrize("kinds", [2, 4, 8])
def test_a_guess_is_right_once_in_so_many_times_and_a_wrong_one_fits_worse(kinds: int) -> None:
    """Of 2,000 people: standard error 0.011 at most, four of them for a false alarm of 1 in 15,000."""
    desk = Desk(segments=float(kinds))
    me, shown, right = desk.room.sit(1, fit=0.5), set(), 0
    for person in range(2_000):
        me.person = person
        shown.add(round(desk.shows(me), 9))
        guess = int(kinds * uniform(desk.room.world, person, GUESS, 0))
        assert (desk.room.today.buy > 0.0) == (guess == segment_of(person, kinds, desk.room.world))
        right += desk.room.today.buy > 0.0
    assert right / 2_000 == pytest.approx(1.0 / kinds, abs=0.045)
    assert shown == {0.4, -0.3}


def test_needs_last_and_lie_evenly() -> None:
    room = Room()
    kinds = [[segment_of(person, k, room.world) for person in range(2_000)] for k in (4, 8)]
    room.on(99)
    assert kinds[0] == [segment_of(person, 4, room.world) for person in range(2_000)]
    assert [kind // 2 for kind in kinds[1]] == kinds[0]
    assert all(kinds[0].count(kind) == pytest.approx(500, abs=80) for kind in range(4))


def test_the_knobs_at_zero_are_the_ablation() -> None:
    desk = Desk(knobs={"tag_fit": 0.0, "wrong_fit": 0.0})
    me = desk.room.sit(1, fit=0.5)
    assert desk.shows(me) == 0.0
    desk.known.of(me).is_tagged = 1
    assert desk.shows(me) == 0.0


def bought(*plan: Any, hours: float) -> int:
    """Purchases in ten communities whose operator has so many hours."""
    busy = {"operator": {"hours": hours}, "purpose": {"search_rate": 4.0}}
    return int(play(lively(plan, replicates=10, **busy))["purchases"].size)


def test_offers_by_tag_sell_where_people_are_known_and_not_where_they_are_not() -> None:
    assert bought(strategy("segments", tag_minutes=0.0), hours=20.0) > bought(hours=20.0)
    assert bought(strategy("segments", tag_minutes=30.0, number=8), hours=1.0) < bought(hours=1.0)


def test_tags_come_with_introductions() -> None:
    alone, together = (
        play(lively([strategy("segments", tag_minutes=30.0), *more], replicates=10))["mechanism.segments"]
        for more in ([], [strategy("introductions")])
    )
    assert together["n_tagged"].sum() > alone["n_tagged"].sum() + 10


def test_lanes_agree_on_tags() -> None:
    scenario = lively([strategy("segments"), strategy("introductions")])
    assert differing(play(scenario, "mesa"), play(scenario)) == []
