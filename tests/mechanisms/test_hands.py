"""Hidden accounts, guests, hired moderators: who takes a seat, and in which counts a hidden account is left out."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from agents import Shill
from agents.composition import Cast
from sim.model.entities import APPOINTED
from sim.model.hands import GUEST, HIDDEN, HIRED, MOST_HIRED, MOST_SHILLS, SHILL
from sim.model.kinds import codes
from sim.model.submodels.welcome import count_member
from sim.model.vocabulary import CHANNELS
from tests.plays import Tables, daily_grid, lively, play, started, strategy
from tests.unit.rules.people import Room

STAGED, APPOINTED_LATER = codes()["staged"], CHANNELS.index("appointed")
ALL = [("shills", {"accounts": 4}), ("office_hours", {"weekday": 0}), ("co_moderators", {"who": "hired", "number": 6})]


def test_numbers_of_the_appointed_do_not_meet() -> None:
    founding = [Cast.knobs()[name].high or 0 for name in ("kols", "moderators")]
    assert sum(founding) < SHILL
    assert SHILL + MOST_SHILLS == GUEST < HIRED
    assert HIRED + MOST_HIRED <= APPOINTED


def seats(**population: int) -> np.ndarray:
    """Groups on the evening of day 0 in which four accounts, a guest and six moderators are wanted."""
    chosen = [strategy(name, **knobs) for name, knobs in ALL]
    engine = started(lively(chosen, cast={"kols": 0.0, "moderators": 0.0, "connectors": 0.0}, population=population))
    try:
        engine.step()
        return engine.state.groups[["n_shills", "guest_seat", "n_hired", "n_members", "shill_slots"]].copy()
    finally:
        engine.close()


def test_all_who_are_wanted_take_a_seat_where_there_is_room_and_nobody_where_there_is_none() -> None:
    roomy, full = seats(seats=60, founders=10), seats(seats=11, founders=10)
    assert (roomy["n_shills"] == 4).all()
    assert (roomy["guest_seat"] > 0).all()
    assert (roomy["n_hired"] == 6).all()
    assert all(len(set(row)) == 4 for row in roomy["shill_slots"].tolist())
    assert not (full["n_shills"] + full["guest_seat"] + full["n_hired"]).any()
    assert (full["n_members"] <= 11).all()


def test_they_come_by_a_channel_of_their_own_and_pay_nothing() -> None:
    chosen = [strategy(name, **knobs) for name, knobs in ALL]
    tables = play(lively([*chosen, strategy("paid_entry", price=9.9)], population={"seats": 60}, days=3))
    came = tables["spells"][tables["spells"]["channel"] == APPOINTED_LATER]
    assert came.size == 2 * 3 * 11
    assert came["entry_paid"].sum() == 0.0


@pytest.mark.parametrize(("staff", "counted"), [(0, 1), (1, 1), (HIDDEN, 0)])
def test_a_hidden_account_is_in_no_sum_over_members(staff: int, counted: int) -> None:
    room = Room(day=200)
    me = room.sit(1, Shill, is_staff=staff, trust=0.9, belonging=0.8)
    count_member(me, room.group, room.world)
    assert (room.group.n_veterans, room.group.n_trusting) == (counted, counted)
    assert (room.group.sum_trust, room.group.sum_belonging) == (0.9 * counted, 0.8 * counted)


@cache
def played(lines: float) -> Tables:
    return play(lively([strategy("shills", lines=lines)] if lines >= 0.0 else [], replicates=4, days=10,
                       operator={"hours": 20.0}))  # fmt: skip


def test_accounts_do_not_thin_the_mean_of_trust() -> None:
    first = [t["daily"]["mean_trust"][t["daily"]["day"] == 0] for t in (played(0.0), played(-1.0))]
    assert np.allclose(*first)


def people_who_wrote(tables: Tables, is_account: bool) -> dict[tuple[int, ...], set[int]]:
    """(replicate, group, day) → who wrote: hidden accounts, or all others."""
    notes: Any = tables["messages"]
    accounts = set(notes["author"][notes["kind"] == STAGED].tolist())
    found: dict[tuple[int, ...], set[int]] = {}
    for note in notes:
        if (note["author"] in accounts) == is_account:
            place = (note["replicate"], note["group"], note["minute"] // 1440)
            found.setdefault(tuple(map(int, place)), set()).add(int(note["author"]))
    return found


def test_those_who_post_are_counted_without_accounts() -> None:
    tables, scenario = played(8.0), lively(replicates=4, days=10)
    grid = daily_grid(tables, "n_posters", scenario)
    wrote = people_who_wrote(tables, is_account=False)
    assert people_who_wrote(tables, is_account=True)
    assert {place: len(who) for place, who in wrote.items()} == {
        tuple(map(int, place)): int(grid[tuple(place)]) for place in np.argwhere(grid > 0)
    }


def test_an_account_says_what_is_planned_and_nothing_after_it() -> None:
    notes = played(8.0)["messages"]
    accounts = np.unique(notes["author"][notes["kind"] == STAGED])
    own = notes[np.isin(notes["author"], accounts)]
    assert own.size > 200
    assert (own["kind"] == STAGED).all()
