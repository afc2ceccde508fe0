"""Dues: who is asked for them and when, who renews, and where the money goes."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from sim.data.tables import CHANNELS, REASONS
from sim.mechanisms.dues import RENEW, Dues, ask, begin, compare, decide
from sim.mechanisms.honours import Honours
from tests.mechanisms.own_rows import OwnRows
from tests.mechanisms.rows import ours_of
from tests.plays import Tables, daily_grid, differing, lively, per_day, play, strategy
from tests.unit.rules.people import CLOSE, Room, measured, sigma

FOUNDER, SEARCH, APPOINTED = (CHANNELS.index(name) for name in ("founder", "search", "appointed"))
LAPSED = REASONS.index("lapsed")
SHORT = {"dues": 5.0, "days": 7}


class Club:
    """A group with dues of 10 CNY for 30 days, on day 40."""

    def __init__(self, knobs: dict[str, float] | None = None, **ours: float) -> None:
        self.room = Room(day=40)
        self.group, self.world = self.room.group, self.room.world
        self.own = OwnRows(self.room, Dues(**(knobs or {})))
        self.ours, self.knobs, self.level = self.own.ours, self.own.knobs, OwnRows(self.room, Honours())
        for name, value in ({"dues_yuan": 10.0, "dues_days": 30.0} | ours).items():
            setattr(self.ours, name, value)

    def comes(self, **values: float) -> Any:
        """Somebody gets a seat today."""
        me = self.room.sit(1, **({"channel": SEARCH} | values))
        begin(me, self.own.of(me), self.group, self.ours, self.knobs, self.world, None)
        return me

    def decides(self, due: int, level: int = 0, **values: float) -> Any:
        """Somebody's morning; they."""
        me = self.room.sit(1, **({"belonging": 0.5, "trust": 0.5} | values))
        self.own.of(me).due, self.level.of(me).level = due, level
        decide(me, self.own.of(me), self.group, self.ours, None, self.knobs, self.world, self.level.of(me))
        return me


@pytest.mark.parametrize(("free", "price"), [(0.0, 15.0), (7.0, 5.0)])
def test_dues_are_asked_at_the_door_beside_the_price_unless_the_first_days_are_free(free: float, price: float) -> None:
    club = Club(dues_free=free)
    club.room.knock.price = 5.0
    ask(None, None, club.group, club.ours, club.room.knock, club.knobs, club.world, None)
    assert club.room.knock.price == price


@pytest.mark.parametrize(("free", "channel", "paid", "due"), [(0.0, SEARCH, 10.0, 71), (7.0, SEARCH, 0.0, 48),
                                                              (0.0, FOUNDER, 0.0, 0), (0.0, APPOINTED, 0.0, 0)])
def test_a_newcomer_pays_the_first_period_to_the_fen_or_is_free_and_whom_the_host_brings_is(
    free: float, channel: int, paid: float, due: int
) -> None:
    club = Club(dues_free=free)
    me = club.comes(channel=channel)
    assert (me.spent, me.entry_paid, club.group.revenue, club.ours.fen_dues) == (paid, 0.0, paid, int(100 * paid))
    assert club.own.of(me).due == due


def test_who_was_there_before_is_asked_one_period_later_and_nobody_before_their_day() -> None:
    club = Club()
    me = club.decides(due=0)
    assert (club.own.of(me).due, club.ours.n_asked_to_renew) == (71, 0)
    club.decides(due=42)
    assert club.ours.n_asked_to_renew == 0
    club.decides(due=41, is_expert=1)
    assert club.ours.n_asked_to_renew == 0
    club.decides(due=41)
    assert club.ours.n_asked_to_renew == 1


def test_who_renews_pays_for_the_next_period_and_who_does_not_is_let_go() -> None:
    club = Club({"renew": 20.0})
    me = club.decides(due=41)
    assert (me.spent, club.own.of(me).due, club.own.of(me).is_lapsing) == (10.0, 71, 0)
    assert (club.ours.n_renewed, club.ours.fen_dues, club.ours.n_lapsing) == (1, 1_000, 0)
    club = Club({"renew": -20.0})
    me = club.decides(due=41)
    assert (me.spent, club.own.of(me).is_lapsing, club.ours.n_renewed, club.ours.n_lapsing) == (0.0, 1, 0, 1)


@pytest.mark.parametrize(
    ("values", "change"),
    [
        ({}, 0.0),
        ({"belonging": 0.8}, 4.0 * 0.3),
        ({"trust": 0.3}, -2.0 * 0.2),
        ({"level": 3}, 0.4 * 2.0),
        ({"need_ends": 40.0}, -2.0),
        ({"budget": 200.0}, -20.0 * (10.0 / 200.0 - 10.0 / 800.0)),
    ],
    ids=str,
)
def test_belonging_trust_and_a_level_make_one_renew_and_price_and_a_met_need_do_not(
    values: dict[str, Any], change: float
) -> None:
    club = Club()
    compare(club.group, club.ours, club.knobs, club.world, None, ours_of(Honours, mean_level=1.0))
    x = -0.5 - 20.0 * 10.0 / 800.0 + change
    me = club.room.sit(2)

    def renews(person: int) -> bool:
        club.ours.n_renewed = 0
        club.room.members[me.slot].person = person
        values_of = {"belonging": 0.5, "trust": 0.5, "need_ends": 1e9, "budget": 800.0} | values
        club.level.of(me).level, club.own.of(me).due = values_of.pop("level", 0), 41
        for name, value in values_of.items():
            setattr(me, name, value)
        decide(me, club.own.of(me), club.group, club.ours, None, club.knobs, club.world, club.level.of(me))
        return bool(club.ours.n_renewed)

    assert measured(club.room, RENEW, renews) == pytest.approx(sigma(x), abs=CLOSE)


@cache
def played() -> Tables:
    """Weekly dues in three small groups, found by many."""
    return play(lively([strategy("membership", **SHORT)], purpose={"search_rate": 4.0}))


def test_who_lapses_leaves_on_the_day() -> None:
    spells = played()["spells"]
    lapsed = spells[spells["reason"] == LAPSED]
    assert lapsed.size > 10
    assert set(((lapsed["day_left"] - lapsed["day_joined"]) % 7).tolist()) == {0}


def test_dues_are_revenue_by_group_and_day_and_what_members_spent() -> None:
    tables, scenario = played(), lively([strategy("membership", **SHORT)])
    dues = tables["mechanism.dues"]
    paid = per_day(dues, scenario, "day", dues["fen_dues"])
    sold = per_day(tables["purchases"], scenario, "day", tables["purchases"]["price"])
    assert daily_grid(tables, "revenue", scenario) == pytest.approx(paid + sold, rel=1e-5)
    assert tables["spells"]["spent"].sum(dtype=float) == pytest.approx(paid.sum() + sold.sum(), rel=1e-5)
    assert paid.sum() > 100.0


def test_dues_that_nobody_can_pay_empty_the_group_when_the_founders_are_asked() -> None:
    tables = play(lively([strategy("membership", dues=5000.0, days=10)]))
    members = tables["daily"]["n_members"]
    assert members[tables["daily"]["day"] == 9].min() > 5
    assert members[tables["daily"]["day"] == 10].max() <= 6  # host, experts, moderators, who came that day


def test_lanes_agree_on_dues() -> None:
    scenario = lively([strategy("membership", **SHORT), strategy("levels")])
    assert differing(play(scenario, "mesa"), play(scenario)) == []
