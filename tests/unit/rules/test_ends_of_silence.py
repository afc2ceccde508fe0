"""What ends a silence, and what a silence does at the door: phones of the absent, doors, further looks, advertisers."""

from __future__ import annotations

import math
from typing import Any

import pytest

from agents import Advertiser, Member
from sim.engine.luck import VISIT, todays
from sim.model.submodels.conversation_log import LOOKS
from sim.model.submodels.further_looks import after_post
from sim.model.submodels.market import expect
from tests.unit.rules.people import CLOSE, Room, measured


def quiet_room(**knobs: float) -> Room:
    """Eighteen members who have not come today, and one who opens a topic."""
    room = Room(day=20, **({"more": 0.0, "stay": 0.0, "buzz": 1.0, "rouse": 1.0} | knobs))
    for slot in range(1, 20):
        room.sit(slot, belonging=1.0)
    room.group.n_members = 19
    return room


def called(room: Room, days: int = 200) -> float:
    """How many look in because of an opener, on the average over days; a wait may end after midnight."""
    n = 0
    for day in range(days):
        room.on(day)
        desk, me = room.desk(), room.members[room.group.first + 1]
        me.n_looks = 1
        half = todays(room.world, me.person)
        after_post(half, desk, room.members, me, 60.0, 3600, -1, room.group, room.world)
        n += desk.n[LOOKS]
    return n / days


def test_an_opener_brings_back_people_who_had_not_come() -> None:
    """buzz · rouse · (1 + 0 ties)/19 · 19 = 1 a day, less who is drawn and cannot come, and those after midnight."""
    assert 0.7 < called(quiet_room()) < 1.1
    assert called(quiet_room(rouse=0.0)) == 0.0


def test_a_hot_matter_calls_more_of_them() -> None:
    room = quiet_room(buzz=0.2)
    calm = called(room)
    room.group.heat = 3.0
    assert 3.0 < called(room) / calm < 5.0


NOT_CALLED = [{"is_muted": 1}, {"is_staff": 1}, {"is_gone": 1}, {"n_looks": 1}, {"belonging": 0.0}]


@pytest.mark.parametrize("values", NOT_CALLED)
def test_whom_no_phone_calls(values: dict[str, Any]) -> None:
    room = quiet_room()
    for slot in range(2, 20):
        for name, value in values.items():
            setattr(room.members[room.group.first + slot], name, value)
    assert called(room) == 0.0


@pytest.mark.parametrize("role", ["advertiser", "guest"])
def test_who_comes_on_business_is_not_called(role: str) -> None:
    room = quiet_room()
    for slot in range(2, 20):
        room.members[room.group.first + slot].role = int(room.world[f"role_{role}"])
    assert called(room) == 0.0


@pytest.mark.parametrize(("quiet", "share"), [(0, 1.0), (7, 0.6), (63, 0.28)])
def test_silent_groups_are_found_by_few(quiet: int, share: float) -> None:
    """quiet_door + (1 − quiet_door) · 7/(7 + days of silence)"""
    room = Room(search_rate=4.0, quiet_door=0.2, search_spread=0.0)
    room.group.quiet_days = quiet
    expect(1.0, room.group, room.world)
    assert room.group.passers_mean == pytest.approx(4.0 * share)


def test_people_look_for_groups_on_days_on_which_people_look_at_groups() -> None:
    room = Room(search_rate=4.0, search_spread=0.0)
    room.world.calendar = math.log(0.5)
    expect(1.0, room.group, room.world)
    assert room.group.passers_mean == pytest.approx(2.0)


def test_some_groups_are_found_by_many_for_good() -> None:
    room = Room(search_rate=1.0, search_spread=1.0)
    found = []
    for k, group in enumerate(room.groups):
        group.parent = k
        expect(1.0, group, room.world)
        found.append(group.passers_mean)
        room.on(k + 5)
        expect(1.0, group, room.world)
        assert group.passers_mean == found[-1]
    assert len(set(found)) == len(found)


def test_who_has_more_attention_looks_oftener() -> None:
    room = Room(day=20, visit=20.0, looks=2.0, attention=60.0)
    looks = {}
    for attention in (30.0, 60.0, 240.0):
        total = 0
        for person in range(400):
            me = room.sit(1, belonging=1.0, attention=attention)
            me.person = person
            Member.visit(me, room.today, room.group, room.world)
            total += me.n_looks
        looks[attention] = total / 400
    assert looks[30.0] < looks[60.0] < looks[240.0]


@pytest.mark.parametrize(("quiet", "share"), [(0, 0.65), (7, 0.325), (63, 0.065)])
def test_advertisers_stay_away_from_dead_groups(quiet: int, share: float) -> None:
    room = Room(day=80)
    room.group.quiet_days = quiet

    def comes(person: int) -> bool:
        me = room.sit(1, Advertiser)
        me.person = person
        Advertiser.visit(me, room.today, room.group, room.world)
        return me.n_looks > 0  # type: ignore[no-any-return]

    assert measured(room, VISIT, comes) == pytest.approx(share, abs=CLOSE)
