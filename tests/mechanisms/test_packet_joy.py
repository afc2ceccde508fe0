"""What packets do to people: they draw, please by the sum, wear off, and offend where they are of pennies."""

from __future__ import annotations

import pytest

from sim.mechanisms.red_packet import enjoy, notice
from tests.mechanisms.packets import Table, given


def test_a_packet_pleases_less_the_more_one_is_used_to_it() -> None:
    table = Table(day=3, joy=0.08, joy_half=0.001)
    table.room.world.numbing = 0.1
    me = table.room.sit(1, numb_packet=0.5, generosity=0.0, budget=800.0)
    given(table, me, 80)
    table.call(enjoy, me)
    assert table.room.today.gain == pytest.approx(0.08 * 0.5 * 0.5)
    assert me.numb_packet == pytest.approx(0.5 + 0.1 * 0.5)


@pytest.mark.parametrize(("fen", "budget", "part"), [(50, 800.0, 0.5), (1, 800.0, 1 / 51), (5_000, 800.0, 100 / 101),
                                                     (50, 8_000.0, 1 / 11)])  # fmt: skip
def test_ten_yuan_please_more_than_a_cent_and_the_rich_less(fen: int, budget: float, part: float) -> None:
    table = Table(day=3)
    me = table.room.sit(1, generosity=0.0, budget=budget)
    given(table, me, fen)
    table.call(enjoy, me)
    assert table.room.today.gain == pytest.approx(0.08 * part)


@pytest.mark.parametrize(("planned", "shares", "cost"), [(100, 100.0, 0.02), (500, 10.0, 0.0), (200, 100.0, 0.0),
                                                        (0, 10.0, 0.0)])  # fmt: skip
def test_penny_packets_are_laughed_at(planned: int, shares: float, cost: float) -> None:
    table = Table(day=3)
    table.ours.fen_planned, table.ours.packet_shares = planned, shares
    me = table.room.sit(1, generosity=0.0)
    given(table, me, 1)
    table.call(enjoy, me)
    assert table.room.today.cost == pytest.approx(cost)


def test_no_packet_no_joy_and_no_numbness() -> None:
    table = Table(day=3)
    me = table.room.sit(1, numb_packet=0.5)
    table.call(enjoy, me)
    assert (table.room.today.gain, me.numb_packet) == (0.0, 0.5)


@pytest.mark.parametrize(("planned", "numb", "pull"), [(100, 0.0, 0.5), (100, 0.4, 0.5 * 0.6), (0, 0.0, 0.0)])
def test_a_packet_draws_by_its_weight_and_less_who_is_used_to_it(planned: int, numb: float, pull: float) -> None:
    table = Table(notice=0.5)
    table.ours.fen_planned = planned
    table.call(notice, table.room.sit(1, numb_packet=numb))
    assert table.room.today.visit == pytest.approx(pull)
