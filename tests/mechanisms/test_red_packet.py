"""Red packets: whole fen, taken in shares by those who look; what is sent is received or goes back."""

from __future__ import annotations

import math

import numpy as np
import pytest

from agents import Advertiser, Host, Member
from sim.engine.luck import GIVE
from sim.mechanisms.red_packet import MOST, enjoy, return_packets, send, share_of, take
from sim.model.submodels.messages import CHAT, RED_PACKET
from tests.mechanisms.packets import EQUAL, LUCKY, Table, given
from tests.unit.rules.people import CLOSE, measured


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


def test_the_hosts_packet_lies_open_when_it_is_sent_and_is_at_the_operators_cost() -> None:
    table = Table()
    table.ours.fen_planned, table.ours.packet_shares, table.ours.packet_lucky = 888, 5.0, 1.0
    table.call(send, table.host, table.look(kind=CHAT))
    assert (table.ours.n_open, table.ours.packet_cost) == (0, 0)
    table.call(send, table.host, table.look(kind=RED_PACKET))
    ours = table.ours
    assert (ours.n_open, ours.is_lucky[0], ours.fen_left[0], ours.shares_left[0]) == (1, LUCKY, 888, 5)
    assert ours.sender[0] == table.host.person
    assert (ours.fen_sent, ours.packet_cost) == (888, 888)


def test_a_members_packet_costs_the_operator_nothing() -> None:
    table = Table()
    assert table.lay(table.room.sit(1), 200, 2) == 200
    assert (table.ours.fen_sent, table.ours.packet_cost) == (200, 0)


def test_there_are_no_more_shares_than_fen() -> None:
    table = Table()
    table.lay(table.host, 3, 10)
    assert table.ours.shares_left[0] == 3
    assert table.lay(table.host, 0, 10) == 0
    assert table.ours.n_open == 1


def test_while_eight_packets_lie_open_nobody_sends_another() -> None:
    table = Table()
    assert [table.lay(table.host, 100, 2) for _ in range(MOST + 1)] == [100] * MOST + [0]
    assert (table.ours.n_open, table.ours.fen_sent) == (MOST, 100 * MOST)


def test_first_come_take_a_share_each_and_who_comes_late_gets_nothing() -> None:
    table = Table()
    table.lay(table.host, 100, 3, EQUAL)
    assert [table.take(table.room.sit(slot)) for slot in (1, 2, 3, 4)] == [33, 33, 34, 0]
    assert table.ours.fen_received == 100


def test_nobody_opens_a_packet_twice_but_a_new_one_at_the_next_look() -> None:
    table = Table()
    me = table.room.sit(1, generosity=0.0)
    table.lay(table.host, 100, 4, EQUAL)
    assert [table.take(me), table.take(me)] == [25, 0]
    table.lay(table.host, 60, 4, EQUAL)
    assert [table.take(me), table.take(me)] == [15, 0]
    assert table.own.of(me).fen_taken == 40


def test_nobody_opens_their_own_packet() -> None:
    table = Table()
    me, other = table.room.sit(1), table.room.sit(2)
    table.lay(me, 100, 2, EQUAL)
    assert [table.take(me), table.take(other)] == [0, 50]


def test_a_share_wakes_who_only_reads_and_no_share_wakes_nobody() -> None:
    table = Table()
    table.lay(table.host, 100, 1, EQUAL)
    for slot, is_woken in ((1, 1), (2, 0)):
        table.room.today.is_woken = 0
        table.take(table.room.sit(slot))
        assert table.room.today.is_woken == is_woken


def test_luck_differs_by_person_and_second_and_packet() -> None:
    one = parts_of_two(1, 0)
    assert one[0] != one[1]
    for other in (parts_of_two(2, 0), parts_of_two(1, 7)):
        assert all(mine != theirs for mine, theirs in zip(one, other, strict=True))
    assert parts_of_two(1, 0) == one


def parts_of_two(slot: int, second: int) -> list[int]:
    """What a person takes of each of two equal packets at a second of the day."""
    table = Table()
    for _ in range(2):
        table.lay(table.host, 100_000, 50)
    table.take(table.room.sit(slot), second)
    return [100_000 - int(table.ours.fen_left[k]) for k in range(2)]


def test_what_nobody_took_goes_back_and_every_fen_is_accounted_for() -> None:
    table = Table()
    members = [table.room.sit(slot, Member, generosity=0.0) for slot in range(1, 6)]
    table.ours.packet_cost = table.lay(table.host, 1000, 9)
    table.lay(members[0], 333, 7)
    for me in members:
        table.take(me)
    ours, left = table.ours, int(table.ours.fen_left[0])
    assert 0 < left < 1000
    rest = left + int(ours.fen_left[1])
    return_packets(table.room.group, ours, table.knobs, table.room.world, table.desk)
    assert ours.fen_returned == rest
    assert ours.fen_sent == 1333 == ours.fen_received + ours.fen_returned
    assert ours.fen_received == sum(table.own.of(me).fen_taken for me in members)
    assert ours.packet_cost == 1000 - left  # only the host's own comes back to the operator
    assert table.room.group.yuan_paid == pytest.approx((1000 - left) / 100)
    assert [ours.fen_left[k] for k in range(2)] == [0, 0]


@pytest.mark.parametrize("times", [0.5, 1.0, 2.0])
def test_the_generous_pay_back_a_usual_share_the_likelier_the_more_they_drew(times: float) -> None:
    table = Table(day=3)
    me = table.room.sit(1, generosity=0.2)

    def gives(person: int) -> bool:
        me.person, table.ours.n_open = person, 0
        return given(table, me, int(60 * times), usual=60) == 60

    assert measured(table.room, GIVE, gives) == pytest.approx(0.2 * times, abs=CLOSE)


@pytest.mark.parametrize(
    ("role", "values"), [(Advertiser, {}), (Host, {"is_staff": 1}), (Member, {"generosity": 0.0})], ids=str
)
def test_neither_advertisers_nor_staff_nor_the_stingy_give(role: type[Member], values: dict[str, float]) -> None:
    table = Table(day=3)
    assert given(table, table.room.sit(1, role, **({"generosity": 1.0} | values)), 55) == 0


def test_nobody_gives_what_they_did_not_take_nor_twice() -> None:
    table = Table(day=3)
    me = table.room.sit(1, generosity=1.0)
    assert given(table, me, 0) == 0
    assert given(table, me, 55) == 55
    table.call(take, me, table.look(9))
    assert table.own.of(me).fen_given == 55


@pytest.mark.parametrize(("visitors", "shares"), [(0, 1), (1, 1), (7, 7), (10, 10), (25, 10)])
def test_a_gift_is_split_among_as_many_as_look_ten_at_most_by_luck(visitors: int, shares: int) -> None:
    table = Table(day=3)
    table.room.group.n_visitors = visitors
    assert given(table, table.room.sit(1, generosity=1.0), 5_500) == 5_500
    k = table.ours.n_open - 1
    assert (table.ours.shares_left[k], table.ours.is_lucky[k], table.ours.fen_left[k]) == (shares, LUCKY, 5_500)


def test_a_share_of_yesterday_is_forgotten() -> None:
    table = Table(day=3)
    me = table.room.sit(1, generosity=0.0)
    given(table, me, 55)
    table.room.on(4)
    table.call(enjoy, me)
    assert table.room.today.gain == 0.0
    table.call(take, me, table.look())
    mine = table.own.of(me)
    assert (mine.day, mine.n_seen, mine.fen_taken, mine.fen_given) == (4, table.ours.n_open, 0, 0)
