"""Commission: promoters are made and unmade, ask more people, and share what was paid at the door, to the fen."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scenarios import ConfigError, compose
from sim.mechanisms.commission import BECOME, Commission, forgo, pay_out, promote, receive, rise, settle, speak_well
from sim.mechanisms.gifts import Gifts
from sim.model.vocabulary import CHANNELS
from tests.mechanisms.own_rows import OwnRows
from tests.plays import differing, lively, play, strategy
from tests.unit.rules.people import CLOSE, Room, measured

INVITED = CHANNELS.index("invited")


class Selling:
    """A group with a price of 16 CNY at the door, all of which goes to promoters; half of what could be felt."""

    def __init__(self, share: float = 1.0, price: float = 16.0, fee: float = 0.0) -> None:
        self.room = Room(day=20, friends=15.0)
        self.own, self.gifts = OwnRows(self.room, Commission()), OwnRows(self.room, Gifts())
        self.ours = self.own.ours
        self.room.group.entry_price = price
        self.ours.commission, self.ours.commission_levels, self.ours.promoter_fee = share, 1.0, fee

    def call(self, rule: Any, me: Any) -> Any:
        """One rule of one member; what was added to their day."""
        room = self.room
        room.today.invite = room.today.more_friends = room.today.acquaintances = 0.0
        rule(me, self.own.of(me), room.group, self.ours, room.today, self.own.knobs, room.world, self.gifts.of(me))
        return room.today


@pytest.mark.parametrize(("share", "trust", "p"), [(1.0, 0.8, 0.05 * 0.8 * 0.5), (0.0, 0.8, 0.0), (1.0, 0.0, 0.0)])
def test_members_of_trust_become_promoters_for_what_there_is_to_earn(share: float, trust: float, p: float) -> None:
    selling = Selling(share)
    me = selling.room.sit(1, trust=trust)

    def does(person: int) -> bool:
        me.person, selling.own.of(me).is_promoter = person, 0
        selling.call(promote, me)
        return bool(selling.own.of(me).is_promoter)

    assert measured(selling.room, BECOME, does) == pytest.approx(p, abs=CLOSE)


def test_a_promoter_asks_more_people_than_their_friends() -> None:
    selling = Selling()
    me = selling.room.sit(1)
    assert selling.call(promote, me).acquaintances == 0.0
    selling.own.of(me).is_promoter = 1
    today = selling.call(promote, me)
    assert (today.invite, today.more_friends, today.acquaintances) == (pytest.approx(0.3), 2.0, 48.0)


def test_becoming_one_costs_the_fee_once() -> None:
    selling = Selling(fee=30.0)
    selling.own.knobs.become = 1e9
    me = selling.room.sit(1, trust=0.5)
    for _ in range(3):
        selling.call(promote, me)
    assert (me.spent, selling.room.group.revenue, selling.ours.fen_promoter_fees) == (30.0, 30.0, 3000)


def test_who_earns_nothing_for_long_stops_and_who_earns_goes_on() -> None:
    selling = Selling()
    ends = []
    for due in (0.0, 5.0):
        me = selling.room.sit(1)
        mine = selling.own.of(me)
        mine.is_promoter, mine.last, mine.due, selling.ours.is_paying = 1, 0, due, 1
        selling.room.on(46)
        selling.call(receive, me)
        ends.append(int(mine.is_promoter))
    assert ends == [0, 1]
    assert selling.ours.n_stopped == 1


def test_a_commission_is_paid_when_the_purse_holds_it_and_not_to_who_has_left() -> None:
    selling = Selling()
    me, other = selling.room.sit(1), selling.room.sit(2)
    room, ours = selling.room, selling.ours
    for one, due in ((me, 7.0), (other, 4.0)):
        selling.own.of(one).due = due
        ours.due += due
        ours.n_to_pay += 1
    forgo(other, selling.own.of(other), room.group, ours, selling.own.knobs, room.world, None)
    for purse, fen in ((6.99, 0), (7.0, 700)):
        room.world.purse_left = purse
        pay_out(room.group, ours, selling.own.knobs, room.world, None)
        assert ours.fen_commission == fen
    selling.call(receive, me)
    assert (selling.gifts.of(me).yuan, selling.gifts.of(other).yuan) == (7.0, 0.0)


@pytest.mark.parametrize(("is_promoter", "praise", "lines"), [(1, 1.0, 1), (1, 0.0, 0), (0, 1.0, 0)])
def test_a_promoter_praises_once_a_day(is_promoter: int, praise: float, lines: int) -> None:
    selling = Selling()
    selling.own.knobs.praise = praise
    me = selling.room.sit(1)
    selling.own.of(me).is_promoter = is_promoter
    look = type("Looked", (), {"n_says": 0, "says": [0] * 4, "to": [0] * 4})()
    for _ in range(2):
        speak_well(me, selling.own.of(me), selling.room.group, selling.ours, selling.room.today, selling.own.knobs,
                   selling.room.world, look, None)  # fmt: skip
    assert (look.n_says, look.says[0]) == (lines, lines * selling.own.knobs.kind_praise)


MANY = {"replicates": 20, "days": 60, "population": {"seats": 120}, "mind": {"leave": 0.01, "buy": -2.0}}


def sold(**doses: Any) -> dict[str, np.ndarray]:
    """The tables of groups that ask 16 CNY, with eager promoters."""
    some = [strategy("paid_entry", price=16.0)]
    some += [strategy("commission_for_promoters", **doses)] if doses else []
    return play(lively(some, tuned=(Commission(become=1.0),), **MANY))


def test_promoters_bring_more_and_get_their_part_of_what_was_paid() -> None:
    none, whole, half = sold(), sold(share=1.0), sold(share=0.5)
    assert whole["spells"]["n_brought"].sum() > 1.1 * none["spells"]["n_brought"].sum()
    for share, tables in ((1.0, whole), (0.5, half)):
        counted = tables["mechanism.commission"]
        entries = tables["spells"]["entry_paid"][tables["spells"]["channel"] == INVITED].sum(dtype=float)
        paid = counted["fen_commission"].sum()
        assert 0.0 < paid <= share * entries
        assert paid == pytest.approx(tables["daily"]["cost"].sum(dtype=float), rel=1e-5)
        assert counted["n_stopped"].sum() < counted["n_appointed"].sum()


def test_several_levels_share_no_more_than_was_paid() -> None:
    one, many = sold(share=0.5, tiers=1), sold(share=0.5, tiers=100)
    entries = many["spells"]["entry_paid"][many["spells"]["channel"] == INVITED].sum(dtype=float)
    paid = [tables["mechanism.commission"]["fen_commission"].sum() for tables in (one, many)]
    assert 1.1 * paid[0] < paid[1] <= entries


def test_without_a_price_there_is_nothing_to_share() -> None:
    with pytest.raises(ConfigError, match=r"commission_for_promoters has nothing to work on: nobody sets entry_price"):
        compose(["strategy=commission_for_promoters"])


def test_lanes_agree() -> None:
    scenario = lively([strategy("paid_entry"), strategy("commission_for_promoters", tiers=3, fee=5.0)],
                      tuned=(Commission(become=1.0),))  # fmt: skip
    tables = play(scenario)
    assert differing(play(scenario, "mesa"), tables) == []
    assert np.any(tables["mechanism.commission"]["fen_commission"] > 0)


def climbing(*others: Any, replicates: int = 20, lane: str = "compiled", **doses: Any) -> dict[str, np.ndarray]:
    """A ladder that people climb readily in groups to which they bring friends; the last rung may make promoters."""
    ladder = strategy("price_ladder", first=9.9, second=20.0, third=30.0, gap_days=1, **doses)
    more = {**MANY, "mind": {"leave": 0.01, "buy": 1.0}, "replicates": replicates}
    return play(lively([ladder, *others], **more), lane)


@pytest.mark.parametrize(("rung", "is_made"), [(1, 0), (2, 0), (3, 1)])
def test_who_buys_the_last_rung_becomes_a_promoter_for_no_fee(rung: int, is_made: int) -> None:
    """Whatever they paid and earned when they were one before."""
    selling = Selling(share=0.0, fee=30.0)
    ours, room, me = selling.ours, selling.room, selling.room.sit(1)
    ours.rung_commission, ours.promoter_rung, room.group.rung_today = 0.3, 3.0, rung
    mine = selling.own.of(me)
    mine.fee, mine.earned = 30.0, 12.0
    rise(me, mine, room.group, ours, selling.own.knobs, room.world, None)
    assert (mine.fee, mine.earned) == ((0.0, 0.0) if is_made else (30.0, 12.0))
    assert (mine.is_promoter, ours.n_appointed, me.spent, mine.last) == (is_made, is_made, 0.0, 20 * is_made)


def test_a_promoter_reckons_with_the_first_rung_and_nobody_else_becomes_one_for_it() -> None:
    selling = Selling(share=0.0)
    room, ours, me = selling.room, selling.ours, selling.room.sit(1)
    ours.rung_commission, room.group.rung_today, room.group.price_today = 0.5, 1, 32.0
    settle(room.group, ours, selling.own.knobs, room.world, None, None)
    room.group.rung_today, room.group.price_today = 3, 500.0
    settle(room.group, ours, selling.own.knobs, room.world, None, None)
    selling.own.knobs.become = 1e9
    assert (selling.call(promote, me).invite, selling.own.of(me).is_promoter) == (0.0, 0)
    selling.own.of(me).is_promoter = 1
    assert selling.call(promote, me).invite == pytest.approx(0.6 * 0.5)


def test_promoters_of_a_ladder_get_their_share_of_what_those_they_brought_buy() -> None:
    none, half, whole = climbing(), climbing(promoter_share=0.5), climbing(promoter_share=1.0)
    counted = none.get("mechanism.commission")
    assert counted is None or counted["fen_rung_commission"].sum() == 0
    spells, bought = half["spells"], half["purchases"]
    brought = {tuple(int(one[name]) for name in ("replicate", "group", "person"))
               for one in spells[spells["inviter"] >= 0]}  # fmt: skip
    of_brought = sum(float(one["price"]) for one in bought
                     if tuple(int(one[name]) for name in ("replicate", "group", "person")) in brought)  # fmt: skip
    paid = half["mechanism.commission"]["fen_rung_commission"].sum()
    assert 0.0 < paid <= 0.5 * of_brought
    assert half["mechanism.commission"]["fen_commission"].sum() == 0.0, "nobody pays at the door"
    assert paid == pytest.approx(half["daily"]["cost"].sum(dtype=float), rel=1e-5)
    assert half["mechanism.commission"]["n_appointed"].sum() <= (bought["rung"] == 3).sum()
    assert whole["spells"]["n_brought"].sum() > 1.02 * none["spells"]["n_brought"].sum()


def test_a_ladder_with_promoters_and_commission_on_entries_are_played_together() -> None:
    others = (strategy("paid_entry", price=5.0), strategy("commission_for_promoters", share=0.5))
    both, door = climbing(*others, promoter_share=0.5), climbing(*others)
    counted = both["mechanism.commission"]
    entries = both["spells"]["entry_paid"].sum(dtype=float)
    assert 0.0 < counted["fen_commission"].sum() <= 0.5 * entries
    assert counted["fen_rung_commission"].sum() > 0.0 == door["mechanism.commission"]["fen_rung_commission"].sum()
    spent = counted["fen_commission"].sum() + counted["fen_rung_commission"].sum()
    assert spent == pytest.approx(both["daily"]["cost"].sum(dtype=float), rel=1e-5)
    booked = both["ledger"]
    holders = {str(one) for one in booked["strategy"][booked["CNY"] > 0.0]}
    assert len(holders) == 2, "both bear a part of the commissions"


def test_lanes_agree_on_a_ladder_with_promoters() -> None:
    one, other = (climbing(replicates=2, lane=lane, promoter_share=0.5) for lane in ("mesa", "compiled"))
    assert differing(one, other) == []
