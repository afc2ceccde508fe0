"""Packets for some only: those who show up soon after it, or newcomers; and packets of pennies."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scenarios import compose
from sim.mechanisms.red_packet import NEWCOMERS, SHOWING_UP
from tests.mechanisms.packets import LUCKY, Table
from tests.plays import differing, lively, play, strategy


def table_for(whom: int, day: int = 20) -> Table:
    """A packet of ten yuan in five shares, laid at noon for some."""
    table = Table(day=day)
    table.ours.packet_for, table.ours.laid_at = whom, 720.0
    table.lay(table.host, 1_000, 5, LUCKY)
    return table


@pytest.mark.parametrize(("minute", "is_in"), [(720, True), (735, True), (736, False)])
def test_who_shows_up_soon_takes_of_it_and_who_comes_later_does_not(minute: int, is_in: bool) -> None:
    table = table_for(SHOWING_UP)
    assert (table.take(table.room.sit(1, generosity=0.0), 60 * minute) > 0) is is_in


@pytest.mark.parametrize(("joined", "is_in"), [(20, True), (7, True), (6, False)])
def test_a_packet_for_newcomers_is_not_for_those_who_have_settled(joined: int, is_in: bool) -> None:
    table = table_for(NEWCOMERS)
    assert (table.take(table.room.sit(1, joined=joined, generosity=0.0)) > 0) is is_in


def test_what_members_send_is_for_everybody() -> None:
    table = table_for(NEWCOMERS)
    giver: Any = table.room.sit(1, joined=20)
    table.lay(giver, 500, 5, LUCKY)
    assert table.take(table.room.sit(2, joined=0, generosity=0.0)) > 0


def sent(occasion: str, **doses: Any) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Tables of a run, and the days on which a group's host sent a packet."""
    packets = strategy("red_packet", occasion=occasion, **doses)
    tables = play(lively([packets], mind={"generosity": 0.0}, replicates=6))
    daily = tables["daily"]
    return tables, daily[daily["packet_sent"] > 0.0]


def test_newcomers_are_given_a_packet_on_the_day_after_they_came() -> None:
    tables, packets = sent("newcomers")
    daily = tables["daily"]
    came = {(d["replicate"], d["group"], d["day"] + 1) for d in daily[daily["new_joined"] > 0]}
    days = {(d["replicate"], d["group"], d["day"]) for d in packets}
    assert days <= came | {(r, g, 0) for r in range(6) for g in range(3)}
    assert 20 < len(days) < len(daily)


def test_a_packet_for_showing_up_goes_to_fewer_than_one_for_all() -> None:
    """The rest comes back to the host at midnight."""
    some, everybody = (sent(occasion, lucky=False)[1]["packet_received"].sum() for occasion in ("showing_up", "daily"))
    assert 0.0 < some < 0.8 * everybody


def test_the_penny_packet_is_one_yuan_in_a_hundred_shares() -> None:
    (one,) = compose(["strategy=penny_packet"]).strategies
    assert (type(one), one.amount, one.shares) == (type(strategy("red_packet")), 1.0, 100)  # type: ignore[attr-defined]


@pytest.mark.parametrize("occasion", ["showing_up", "newcomers"])
def test_lanes_agree(occasion: str) -> None:
    scenario = lively([strategy("red_packet", occasion=occasion)])
    assert differing(play(scenario, "mesa"), play(scenario)) == []
