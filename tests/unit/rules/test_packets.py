"""Red packets: whole fen, taken in shares by those who look; what is sent is received or goes back."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from agents import Host, Member
from sim.model.submodels.conversation_log import MAX_PACKETS, PACKETS, Desk
from sim.model.submodels.packets import return_packets, send_packet, share_of, take_packets
from tests.unit.rules.people import Room, column

LUCKY, EQUAL = 1.0, 0.0


def table() -> tuple[Room, Desk, Any]:
    """A room, its desk, and the host in seat 0."""
    room = Room()
    host = room.sit(0, Host, is_staff=1)
    room.group.host_slot = 0
    return room, room.desk(), host


def sent(room: Room, desk: Desk, who: Any, fen: int, shares: int, lucky: float = LUCKY) -> int:
    return send_packet(desk, who, fen, shares, lucky, room.group)


def take(room: Room, desk: Desk, who: Any, second: int = 0) -> int:
    """Fen that a person takes at a look."""
    had = who.fen_received
    take_packets(desk, who, second, room.group, room.world)
    return who.fen_received - had  # type: ignore[no-any-return]


@pytest.mark.parametrize(("u", "fen"), [(1e-9, 1), (0.25, 50), (0.5, 100), (1 - 1e-9, 199)])
def test_a_lucky_share_is_uniform_from_one_fen_to_twice_the_mean(u: float, fen: int) -> None:
    assert share_of(500, 5, LUCKY, u) == fen  # mean 100: ⌊1 + 199 u⌋


@pytest.mark.parametrize(("fen", "shares", "part"), [(500, 5, 100), (503, 5, 100), (504, 5, 100), (7, 4, 1)])
def test_an_equal_share_is_the_mean_rounded_down_whatever_the_luck(fen: int, shares: int, part: int) -> None:
    assert {share_of(fen, shares, EQUAL, u) for u in (0.001, 0.5, 0.999)} == {part}


@pytest.mark.parametrize("lucky", [LUCKY, EQUAL])
def test_the_last_share_takes_the_rest(lucky: float) -> None:
    assert [share_of(fen, 1, lucky, 0.3) for fen in (1, 77, 12_345)] == [1, 77, 12_345]


@pytest.mark.parametrize("u", [1e-9, 0.3, 1 - 1e-9])
def test_everybody_gets_a_fen_at_least_however_greedy_luck_is(u: float) -> None:
    assert share_of(5, 5, LUCKY, u) == 1
    for shares in range(2, 30):
        for fen in range(shares, 3 * shares):
            part = share_of(fen, shares, LUCKY, u)
            assert 1 <= part <= fen - (shares - 1)


def test_what_is_left_is_kept_for_the_others_to_the_fen() -> None:
    """The best luck would take all 200 fen of two shares, or 3 of 4 among three; a fen is kept for each of the rest."""
    assert share_of(200, 2, LUCKY, 1 - 1e-9) == 199
    assert share_of(4, 3, EQUAL, 0.5) == 1
    assert share_of(2, 2, LUCKY, 1 - 1e-9) == 1


@pytest.mark.parametrize("place", [0, 3, 7])
def test_every_place_in_the_order_gets_the_same_on_average(place: int) -> None:
    """Closed form: a share is ⌊1 + u (2m − 1)⌋ of the mean m of what is left, so its mean differs from m by less than
    the ½ fen of rounding at each step; 8 shares of 80 CNY. Seed fixed; false alarm 6e-5 (4 standard errors).
    """
    draws = np.random.default_rng(11).random((4000, 8))
    parts = np.array([split(8000, 8, row) for row in draws.tolist()])
    assert (parts.sum(axis=1) == 8000).all()
    error = 4 * parts[:, place].std() / math.sqrt(4000)
    assert abs(parts[:, place].mean() - 1000) < error + 0.5 * (place + 1)


def test_the_first_share_spreads_as_a_uniform_law_does() -> None:
    """Standard deviation 2m / √12. Seed fixed; false alarm below 1e-4 (an error of 2 % is four of its own)."""
    draws = np.random.default_rng(12).random((20_000, 8))
    first = np.array([share_of(8000, 8, LUCKY, u) for u in draws[:, 0].tolist()])
    assert first.std() == pytest.approx(2000 / math.sqrt(12), rel=0.02)


def split(fen: int, shares: int, draws: list[float]) -> list[int]:
    """A whole packet, share by share."""
    parts = []
    for left, u in zip(range(shares, 0, -1), draws, strict=True):
        parts.append(share_of(fen, left, LUCKY, u))
        fen -= parts[-1]
    return parts


def test_a_packet_lies_open_and_is_booked_in_fen_and_to_the_host_in_yuan() -> None:
    room, desk, host = table()
    assert sent(room, desk, host, 888, 5) == 888
    assert desk.n[PACKETS] == 1
    packet = desk.packets[0]
    assert (packet.lucky, packet.fen, packet.shares, packet.person) == (LUCKY, 888, 5, host.person)
    assert (room.group.fen_sent, room.group.yuan_packet) == (888, 8.88)


def test_a_members_packet_costs_the_operator_nothing() -> None:
    room, desk, _ = table()
    assert sent(room, desk, room.sit(1), 200, 2) == 200
    assert (room.group.fen_sent, room.group.yuan_packet) == (200, 0.0)


def test_there_are_no_more_shares_than_fen() -> None:
    room, desk, host = table()
    sent(room, desk, host, 3, 10)
    assert desk.packets[0]["shares"] == 3
    assert sent(room, desk, host, 0, 10) == 0
    assert desk.n[PACKETS] == 1


def test_while_eight_packets_lie_open_nobody_sends_another() -> None:
    room, desk, host = table()
    assert [sent(room, desk, host, 100, 2) for _ in range(MAX_PACKETS + 1)] == [100] * MAX_PACKETS + [0]
    assert (desk.n[PACKETS], room.group.fen_sent) == (MAX_PACKETS, 100 * MAX_PACKETS)


def test_first_come_take_a_share_each_and_who_comes_late_gets_nothing() -> None:
    room, desk, host = table()
    sent(room, desk, host, 100, 3, EQUAL)
    assert [take(room, desk, room.sit(slot)) for slot in (1, 2, 3, 4)] == [33, 33, 34, 0]
    assert room.group.fen_received == 100


def test_nobody_opens_a_packet_twice_but_a_new_one_at_the_next_look() -> None:
    room, desk, host = table()
    me = room.sit(1)
    sent(room, desk, host, 100, 4, EQUAL)
    assert [take(room, desk, me), take(room, desk, me)] == [25, 0]
    sent(room, desk, host, 60, 4, EQUAL)
    assert [take(room, desk, me), take(room, desk, me)] == [15, 0]
    assert me.fen_received == 40


def test_nobody_opens_their_own_packet() -> None:
    room, desk, _ = table()
    me, other = room.sit(1), room.sit(2)
    sent(room, desk, me, 100, 2, EQUAL)
    assert [take(room, desk, me), take(room, desk, other)] == [0, 50]


def test_luck_differs_by_person_and_second_and_packet() -> None:
    one = parts_of_two(1, 0)
    assert one[0] != one[1]
    for other in (parts_of_two(2, 0), parts_of_two(1, 7)):
        assert all(mine != theirs for mine, theirs in zip(one, other, strict=True))
    assert parts_of_two(1, 0) == one


def parts_of_two(slot: int, second: int) -> list[int]:
    """What a person takes of each of two equal packets at a second of the day."""
    room, desk, host = table()
    for _ in range(2):
        sent(room, desk, host, 100_000, 50)
    take(room, desk, room.sit(slot), second)
    return [100_000 - int(desk.packets[k]["fen"]) for k in range(2)]


def test_what_nobody_took_goes_back_and_every_fen_is_accounted_for() -> None:
    room, desk, host = table()
    members = [room.sit(slot, Member) for slot in range(1, 6)]
    sent(room, desk, host, 1000, 9)
    sent(room, desk, members[0], 333, 7)
    for me in members:
        take(room, desk, me)
    group, left = room.group, int(desk.packets[0]["fen"])
    assert 0 < left < 1000
    rest = sum(column(desk.packets, "fen", 2))
    return_packets(desk, room.members, group)
    assert group.fen_returned == rest
    assert group.fen_sent == 1333 == group.fen_received + group.fen_returned
    assert group.fen_received == sum(me.fen_received for me in members)
    assert group.yuan_packet == pytest.approx((1000 - left) / 100)  # only the host's own comes back to the operator
    assert sum(column(desk.packets, "fen", 2)) == 0
