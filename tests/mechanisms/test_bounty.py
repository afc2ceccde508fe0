"""Rewards for bringing people: they pull, wear off and use up friends; heads are counted and paid to the fen."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from agents import Member
from scenarios import ConfigError, compose
from sim.engine.luck import INVITE, uniform
from sim.mechanisms.bounty import (
    Bounty,
    be_brought,
    be_keen,
    count_head,
    do_a_favour,
    forgo,
    pay_out,
    promised,
    receive,
    tell,
)
from sim.mechanisms.gifts import Gifts
from sim.model.kinds import codes
from sim.model.vocabulary import CHANNELS
from tests.mechanisms.own_rows import OwnRows
from tests.plays import daily_grid, differing, lively, play, started, strategy
from tests.unit.rules.people import CLOSE, Room, measured

INVITED, SEARCH = CHANNELS.index("invited"), CHANNELS.index("search")
HALF = 16.0  # CNY that make half as ready, of 800 a month


class Called:
    """A group in which something is promised for bringing people."""

    def __init__(self, **levers: float) -> None:
        self.room = Room(day=20, friends=15.0)
        self.own, self.gifts = OwnRows(self.room, Bounty()), OwnRows(self.room, Gifts())
        self.ours = self.own.ours
        for name, value in levers.items():
            setattr(self.ours, name, value)

    def call(self, rule: Any, me: Any) -> Any:
        """One rule of one member; what was added to their day."""
        room = self.room
        room.today.invite = room.today.more_friends = room.today.visit = 0.0
        rule(me, self.own.of(me), room.group, self.ours, room.today, self.own.knobs, room.world, self.gifts.of(me))
        return room.today

    def plan(self) -> int:
        """Fen paid on a morning."""
        self.ours.fen_rewards = 0
        pay_out(self.room.group, self.ours, self.own.knobs, self.room.world, None)
        return int(self.ours.fen_rewards)


@pytest.mark.parametrize(("counted", "worth"), [(0, 1.0 + 3.5), (5, 1.0 + 7.0), (9, 1.0 + 35.0), (30, 1.0 + 35.0)])
def test_the_next_head_is_worth_more_the_nearer_the_gift(counted: int, worth: float) -> None:
    called = Called(bounty_yuan=1.0, gift_worth=35.0, gift_heads=10.0)
    assert promised(counted, called.ours) == pytest.approx(worth)


def test_a_reward_makes_keen_and_ever_less_so_day_by_day_until_one_has_recovered() -> None:
    called = Called(bounty_yuan=HALF)
    me = called.room.sit(1)
    pulls = []
    for day in (20, 21, 22, 222):
        called.room.on(day)
        pulls.append(called.call(be_keen, me).invite)
    first = 0.6 * 0.5
    assert pulls[0] == pytest.approx(first)
    assert pulls[1] == pytest.approx(first * 0.95)
    assert pulls[2] < pulls[1]
    assert pulls[3] == pytest.approx(first, rel=0.002)
    assert called.room.today.more_friends == 2.0


def test_up_to_three_friends_are_asked_on_one_day() -> None:
    room = Room(friends=15.0, invite=0.0)
    me = room.sit(1, joined=0)
    room.today.invite, room.today.more_friends = 0.5, 2.0
    found = {n: 0.0 for n in (1, 2, 3)}
    for n in found:
        def does(person: int, least: int = n) -> bool:
            me.person, me.n_invitations = person, 0
            Member.invite(me, room.today, room.group, room.world)
            return bool(me.n_invitations >= least)

        found[n] = measured(room, INVITE, does)
    assert found == {n: pytest.approx(0.5**n, abs=CLOSE) for n in found}
    me.n_invited = 14
    me.person = next(p for p in range(10_000) if uniform(room.world, p, INVITE, room.group.index) < 0.01)
    Member.invite(me, room.today, room.group, room.world)
    assert me.n_invitations == 1  # the last friend they have


@pytest.mark.parametrize(("channel", "in_vain", "pull"), [(INVITED, 0, 1.0), (INVITED, 1, 0.5), (SEARCH, 0, 0.0)])
def test_friends_come_as_a_favour_and_less_so_when_asked_again(channel: int, in_vain: int, pull: float) -> None:
    called = Called(bounty_yuan=1.0)
    room = called.room
    room.knock.enter = 0.0
    called.ours.has_promised = 1
    theirs = type("Theirs", (), {"in_vain": in_vain})()
    do_a_favour(room.sit(1, channel=channel), theirs, room.group, called.ours, room.knock, called.own.knobs, room.world,
                None)  # fmt: skip
    assert room.knock.enter == pytest.approx(pull)


def test_who_comes_of_themselves_is_nobodys_head_and_no_second_account() -> None:
    called = Called()
    called.own.knobs.sham, called.ours.bounty, called.ours.has_promised = 1.0, 1e9, 1  # asked in on the last day of it
    room = called.room
    for slot, channel, inviter in ((1, INVITED, 7), (2, SEARCH, -1)):
        me = room.sit(slot, channel=channel, inviter=inviter)
        mine = called.own.of(me)
        be_brought(me, mine, room.group, called.ours, called.own.knobs, room.world, None)
        assert (mine.is_brought, mine.is_sham) == ((1, 1) if channel == INVITED else (0, 0))
    assert called.ours.n_shams == 1
    assert called.call(receive, room.members[room.group.first + 1]).visit < -40.0


def test_heads_are_paid_together_with_the_gift_for_all_of_them() -> None:
    called = Called(bounty_yuan=2.0, gift_worth=35.0, gift_paid=3.0, gift_heads=2.0)
    called.plan()
    me = called.room.sit(1)
    mine = called.own.of(me)
    for _ in range(3):
        count_head(mine, called.ours)
    called.ours.bounty_yuan = called.ours.gift_worth = 0.0  # the campaign is over: what was promised is kept
    called.room.world.purse_left = 8.9
    assert called.plan() == 0
    called.call(receive, me)
    assert called.gifts.of(me).yuan == 0.0
    called.room.world.purse_left = 9.0
    assert called.plan() == 900  # three heads and one gift
    called.call(receive, me)
    assert called.gifts.of(me).yuan == 3 * 2.0 + 35.0
    assert (mine.n_counted, mine.n_to_tell) == (1, 1)


def test_who_has_left_is_not_paid_and_the_others_are() -> None:
    called = Called(bounty_yuan=2.0)
    called.plan()
    me, other = called.room.sit(1), called.room.sit(2)
    for one in (me, other):
        count_head(called.own.of(one), called.ours)
    forgo(other, called.own.of(other), called.room.group, called.ours, called.own.knobs, called.room.world, None)
    assert called.plan() == 200
    for one in (me, other):
        called.call(receive, one)
    assert (called.gifts.of(me).yuan, called.gifts.of(other).yuan) == (2.0, 0.0)


def test_who_was_paid_says_so_once() -> None:
    called = Called(bounty_yuan=1.0)
    me = called.room.sit(1)
    called.own.of(me).n_to_tell = 1
    look = type("Looked", (), {"n_says": 0, "says": [0] * 4, "to": [0] * 4})()
    for _ in range(2):
        tell(me, called.own.of(me), called.room.group, called.ours, called.room.today, called.own.knobs,
             called.room.world, look, None)  # fmt: skip
    assert (look.n_says, look.says[0]) == (1, called.own.knobs.kind_request)


MANY = {"replicates": 20, "days": 60, "population": {"seats": 60}, "mind": {"leave": 0.01, "buy": -2.0}}


def test_more_come_and_each_is_paid_for_once() -> None:
    rewarded, none = (play(lively(some, **MANY)) for some in ([strategy("packet_per_invite", yuan=30.0)], []))
    assert rewarded["daily"]["n_invitations"].sum() > 1.5 * none["daily"]["n_invitations"].sum()
    assert rewarded["spells"]["n_brought"].sum() > 1.2 * none["spells"]["n_brought"].sum()
    counted = rewarded["mechanism.bounty"]
    brought = (rewarded["spells"]["channel"] == INVITED).sum()
    assert 0.5 * brought < counted["n_credited"].sum() <= brought
    paid = counted["fen_rewards"].sum()
    assert paid % 30 == 0
    assert 0.8 * 30 * counted["n_credited"].sum() < paid <= 30 * counted["n_credited"].sum()
    assert paid == pytest.approx(rewarded["daily"]["cost"].sum(dtype=float), rel=1e-5)
    assert counted["n_shams"].sum() > 0


def test_a_delay_thins_out_second_accounts() -> None:
    shares = []
    for delay in (0, 10):
        paying = [strategy("packet_per_invite", yuan=30.0, delay=delay)]
        tables = play(lively(paying, tuned=(Bounty(sham=0.5),), **MANY))
        counted = tables["mechanism.bounty"]
        shares.append(counted["n_credited"].sum() / (tables["spells"]["channel"] == INVITED).sum())
    assert shares[1] < 0.75 * shares[0]


def test_the_second_campaign_brings_fewer_than_the_first() -> None:
    """In 40 communities; the first brings more in all but five of a hundred such samples if they bring alike (sign)."""
    again = lively([strategy("campaign_again", gap=25, lasts=10, yuan=30.0)], **(MANY | {"replicates": 40}))
    asked = daily_grid(play(again), "n_invitations", again).sum(axis=1)
    first, second = (asked[:, day : day + 10].sum(axis=1) for day in (0, 25))
    assert second.sum() < 0.8 * first.sum()
    assert (second < first).mean() > 0.64


def test_each_friend_asked_in_vain_costs_belonging_and_is_remembered() -> None:
    """Belonging falls with the knob of goodwill; where nobody was remembered, its knob would change nothing."""
    roomy = {"replicates": 10, "days": 40, "population": {"seats": 200}}

    def asked(**knobs: float) -> dict[str, np.ndarray]:
        paying = [strategy("packet_per_invite", yuan=30.0)]
        return play(lively(paying, tuned=(Bounty(**knobs),), **(MANY | roomy)))

    def belonging(tables: dict[str, np.ndarray]) -> float:
        return float(np.average(tables["daily"]["mean_belonging"], weights=tables["daily"]["n_members"]))

    dear, free = asked(goodwill=0.2), asked(goodwill=0.0)
    assert belonging(dear) < belonging(free) - 0.005
    assert differing(free, asked(goodwill=0.0, in_vain=0.0)) != []


def test_who_asks_when_nothing_is_promised_any_more_loses_no_goodwill() -> None:
    """From the second day after the campaign on friends are asked for love alone."""
    short = {"replicates": 10, "days": 30, "population": {"seats": 200}, "mind": {"invite": 3.0, "invite_late": 0.5}}

    def after(**knobs: float) -> dict[str, np.ndarray]:
        paying = [strategy("packet_per_invite", yuan=0.01, until_day=1)]
        scenario = lively(paying, tuned=(Bounty(ask_pull=0.0, **knobs),), **(MANY | short))
        return play(scenario)

    lost = [float(after(goodwill=goodwill)["daily"]["mean_belonging"].sum()) for goodwill in (0.0, 0.9)]
    assert 0.995 * lost[0] < lost[1] < lost[0]


def test_calls_take_the_minutes_of_a_post_and_whoever_calls_bears_them() -> None:
    scenario = lively([strategy("campaign_again", gap=9, lasts=4, yuan=20.0)])
    tables, world = play(scenario), started(scenario).state.worlds[0]
    calls, ledger = tables["mechanism.bounty"]["minutes_calls"], tables["ledger"]
    lines = np.sum(tables["messages"]["kind"] == codes()["call"])
    assert calls.sum() == pytest.approx(lines * world["posting_minutes"])
    assert lines > 20
    mine = ledger[ledger["strategy"] == 0]
    assert mine["host_minutes"].sum() == pytest.approx(calls.sum())


def test_who_only_pays_for_heads_bears_no_calls() -> None:
    scenario = lively([strategy("campaign_again", gap=9, lasts=4), strategy("packet_per_invite", yuan=5.0)])
    tables, names = play(scenario), [*sorted(one.name for one in scenario.plan), "host"]
    minutes = np.bincount(tables["ledger"]["strategy"], tables["ledger"]["host_minutes"], minlength=len(names))
    calls = tables["mechanism.bounty"]["minutes_calls"].sum()
    assert minutes[names.index("campaign_again")] == pytest.approx(calls)
    assert minutes[names.index("packet_per_invite")] == 0.0 < calls


def test_a_campaign_that_never_pauses_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"campaign_again: lasts=7 leaves no pause in gap=7"):
        compose(["strategy=campaign_again", "strategies.campaign_again.gap=7"])


@pytest.mark.parametrize("some", ["gift_for_invites", "packet_per_invite", "campaign_again"])
def test_lanes_agree(some: str) -> None:
    doses = {"gift_for_invites": {"heads": 2, "worth": 100.0}, "packet_per_invite": {"yuan": 20.0}}
    scenario = lively([strategy(some, **doses.get(some, {"gap": 9, "lasts": 4, "yuan": 20.0}))])
    tables = play(scenario)
    assert differing(play(scenario, "mesa"), tables) == []
    assert np.any(tables["mechanism.bounty"]["fen_rewards"] > 0)


@pytest.mark.parametrize("window", [{"until_day": 8}, {"size_below": 14}])
def test_rewards_that_fall_due_when_the_strategy_is_over_are_still_its_own(window: dict[str, Any]) -> None:
    """They are borne by whoever promised them, in the groups in which they did, not by the host; also where it is over
    in one group and goes on in another.
    """
    over = strategy("packet_per_invite", yuan=5.0, delay=6, **window)
    scenario = lively([over], days=20, operator={"purse": 1e6}, mind={"invite": 1.7, "invite_days": 5.0})
    tables = play(scenario)
    paid, ledger = tables["mechanism.bounty"], tables["ledger"]
    assert paid["fen_rewards"][paid["day"] > 8].sum() > 0
    names = [*sorted(one.name for one in scenario.plan), "host"]
    mine = ledger[ledger["strategy"] == names.index("packet_per_invite")]
    assert mine["CNY"].sum() == pytest.approx(paid["fen_rewards"].sum(), abs=0.01)
