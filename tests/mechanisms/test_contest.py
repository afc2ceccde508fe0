"""Contests: what they take, who wins, who is proud and paid, and that nothing happens without minutes or a rival."""

from __future__ import annotations

from typing import Any

import pytest

from scenarios import ConfigError, compose
from sim.mechanisms.contest import Contest, begin, rival, settle, share_prize, spur_on, take_part
from sim.mechanisms.gifts import Gifts
from tests.mechanisms.own_rows import OwnRows
from tests.plays import differing, lively, play, strategy
from tests.unit.rules.people import Room


class Match:
    """A group in a contest for 60 CNY that takes 30 minutes to begin."""

    def __init__(self, **levers: float) -> None:
        self.room = Room(day=20)
        self.own, self.gifts = OwnRows(self.room, Contest()), OwnRows(self.room, Gifts())
        self.ours, self.group, self.world = self.own.ours, self.room.group, self.room.world
        for name, value in ({"contest": 1.0, "contest_prize": 60.0, "contest_minutes": 30.0} | levers).items():
            setattr(self.ours, name, value)
        self.group.minutes_left, self.world.purse_left, self.world.groups = 60.0, 100.0, 2

    def morning(self) -> None:
        begin(self.group, self.ours, self.own.knobs, self.world, None)

    def call(self, rule: Any, me: Any) -> Any:
        """One rule of one member; what was added to their day."""
        today = self.room.today
        today.open = today.gain = today.cost = 0.0
        rule(me, self.own.of(me), self.group, self.ours, today, self.own.knobs, self.world, self.gifts.of(me))
        return today

    def ended(self, result: int) -> None:
        """The contest is over."""
        self.ours.contest, self.ours.is_on, self.ours.result, self.ours.result_day = 0.0, 0, result, 21


def test_it_begins_once_for_minutes_or_not_at_all() -> None:
    match, short = Match(), Match()
    match.morning()
    match.morning()
    assert (match.ours.round, match.ours.n_contests, match.ours.minutes_contests) == (21, 1, 30.0)
    short.group.minutes_left = 29.0
    short.morning()
    assert (short.ours.is_on, short.ours.minutes_contests) == (0, 0.0)


@pytest.mark.parametrize(("is_on", "more"), [(1, 0.3), (0, 0.0)])
def test_rivals_talk_more_while_it_lasts(is_on: int, more: float) -> None:
    match = Match()
    match.ours.is_on = is_on
    assert match.call(spur_on, match.room.sit(1)).open == more


def test_the_score_is_lines_per_member_without_adverts_and_without_staff() -> None:
    match = Match()
    match.morning()
    match.group.n_members = 4
    for slot, posts, adverts, staff in ((1, 3, 0, 0), (2, 2, 2, 0), (3, 5, 0, 1), (4, 0, 0, 0)):
        match.call(take_part, match.room.sit(slot, n_posts=posts, n_ads_posted=adverts, is_staff=staff))
    assert (match.ours.score, match.ours.n_taking_part) == (0.75, 1)


@pytest.mark.parametrize(("result", "gain", "cost"), [(1, 0.2, 0.0), (-1, 0.0, 0.1), (0, 0.0, 0.0)])
def test_winners_are_proud_and_losers_put_out_once(result: int, gain: float, cost: float) -> None:
    match = Match()
    match.morning()
    me, idle = match.room.sit(1, n_posts=1), match.room.sit(2)
    match.call(take_part, me)
    match.ended(result)
    for who, pleased, hurt in ((me, gain, cost), (me, 0.0, 0.0), (idle, 0.0, 0.0)):
        told = match.call(take_part, who)
        assert (told.gain, told.cost) == (pleased, hurt)


def test_after_a_week_it_is_no_news() -> None:
    match = Match()
    match.morning()
    me = match.room.sit(1, n_posts=1)
    match.call(take_part, me)
    match.ended(1)
    match.room.on(28)
    assert match.call(take_part, me).gain == 0.0


@pytest.mark.parametrize(("purse", "fen", "each"), [(100.0, 6000, 30.0), (59.0, 0, 0.0)])
def test_the_prize_is_shared_by_those_who_took_part_as_the_purse_allows(purse: float, fen: int, each: float) -> None:
    match = Match()
    match.morning()
    people = [match.room.sit(slot, n_posts=n) for slot, n in ((1, 1), (2, 4), (3, 0))]
    for me in people:
        match.call(take_part, me)
    match.ended(1)
    match.ours.is_due, match.world.purse_left = 1, purse
    match.morning()
    for me in people:
        match.call(share_prize, me)
    assert match.ours.fen_contest_prizes == fen
    assert [match.gifts.of(me).yuan for me in people] == [each, each, 0.0]


def test_a_prize_paid_on_the_morning_of_the_next_contest_goes_to_who_took_part_in_the_last() -> None:
    match = Match()
    match.morning()
    me = match.room.sit(1, n_posts=1)
    match.call(take_part, me)
    match.ended(1)
    match.ours.is_due, match.ours.contest = 1, 1.0
    match.room.on(30)
    match.morning()
    match.call(share_prize, me)
    assert (match.ours.round, match.ours.fen_contest_prizes, match.gifts.of(me).yuan) == (31, 6000, 60.0)


@pytest.mark.parametrize(
    ("scores", "rounds", "result"),
    [((2.0, 1.0), (9, 9), 1), ((1.0, 2.0), (9, 9), -1), ((1.0, 1.0), (9, 9), 0), ((2.0, 1.0), (9, 8), 0)],
)
def test_the_higher_score_wins_among_those_who_began_together(
    scores: tuple[float, float], rounds: tuple[int, int], result: int
) -> None:
    match = Match()
    groups, own = match.room.state.groups, match.own.tables.groups
    for g in (0, 1):
        groups[g].is_open, groups[g].index = 1, g
        own[g].score, own[g].round, own[g].is_on, own[g].n_taking_part, own[g].prize = scores[g], rounds[g], 1, 3, 60.0
    began = next(day for day in range(1, 50) if rival(match.group, day, match.world) == 1)
    for g in (0, 1):
        own[g].round = began + (rounds[g] != rounds[0])
    match.ours.contest = 0.0
    settle(match.room.state, match.own.tables, 0, match.group, match.ours, match.own.knobs, match.world)
    assert (match.ours.result, match.ours.is_due, match.ours.is_on) == (result, int(result > 0), 0)


def test_everybody_has_one_rival_or_none() -> None:
    match = Match()
    match.world.groups, match.world.n_groups, match.world.first_group = 5, 7, 0

    class At:
        def __init__(self, index: int) -> None:
            self.index = index

    for day in range(1, 30):
        pairs = {g: rival(At(g), day, match.world) for g in range(7)}  # type: ignore[arg-type]
        assert all(other == -1 or pairs[other] == g for g, other in pairs.items())
        assert sum(other == -1 for g, other in pairs.items() if g < 5) == 1
        assert pairs[5] == pairs[6] == -1
    met = {rival(At(0), day, match.world) for day in range(1, 60)}  # type: ignore[arg-type]
    assert met == {-1, 1, 2, 3, 4}


MANY = {"replicates": 20, "days": 60, "operator": {"hours": 20.0, "purse": 20_000.0}}


def test_in_a_run_one_of_two_wins_and_more_topics_are_opened() -> None:
    held = play(lively([strategy("contest", gap_days=10, lasts=5)], **MANY))
    none = play(lively(**MANY))
    counted, daily = held["mechanism.contest"], held["daily"]
    assert 0 < counted["n_contests_won"].sum() <= counted["n_contests"].sum() / 2
    assert daily["n_openers"].sum() > 1.02 * none["daily"]["n_openers"].sum()
    assert counted["fen_contest_prizes"].sum() == pytest.approx(daily["cost"].sum(dtype=float), rel=1e-5)
    assert counted["fen_contest_prizes"].sum() > 0
    ledger = held["ledger"]
    assert ledger["CNY"][ledger["strategy"] == 0].sum() == pytest.approx(counted["fen_contest_prizes"].sum())


def test_lanes_agree() -> None:
    scenario = lively([strategy("contest", gap_days=4, lasts=2)])
    assert differing(play(scenario, "mesa"), play(scenario, "compiled")) == []


def test_contests_without_a_pause_are_refused() -> None:
    for gap in (7, 8):
        with pytest.raises(ConfigError, match="leaves less than two days between contests"):
            compose(["strategy=contest", f"strategies.contest.gap_days={gap}"])
    compose(["strategy=contest", "strategies.contest.gap_days=9"])
