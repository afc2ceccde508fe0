"""Complaints: what gives cause, who speaks up, who is heard in time, what that does to them and to readers, refunds."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from agents import Advertiser, Host
from scenarios import Scenario
from scenarios.strategies.base import Strategy
from sim.mechanisms.complaints import (
    IGNORED,
    PRETEND,
    PRETENDED,
    REGRET,
    RUE,
    SPEAK,
    Complaints,
    complain,
    feel_heard,
    go,
    handle,
    hear_of_it,
    lay_by,
    pretend,
    rue,
)
from sim.model.hooks import Scene
from sim.model.kinds import codes
from sim.model.submodels.conversation_log import GLANCE, LOG, OPEN0, PLAIN
from sim.model.submodels.messages import CHAT, post
from sim.model.submodels.ties import acquaint
from tests.mechanisms.own_rows import OwnRows
from tests.plays import Tables, differing, lively, play, strategy
from tests.unit.rules.people import CLOSE, Room, measured

COMPLAINT = codes()["complaint"]
DAY = 30


class Counter:
    """A shop's group on day 30 with its host on seat 3, who promises an answer within the hour."""

    def __init__(self, minutes: float = 60.0, knobs: dict[str, float] | None = None, **ours: float) -> None:
        self.room = Room(day=DAY, item_price=100.0)
        self.group, self.world, self.desk = self.room.group, self.room.world, self.room.desk()
        self.host = self.room.sit(3, Host, is_staff=1)
        self.group.minutes_left, self.group.host_slot = minutes, 3
        self.own = OwnRows(self.room, Complaints(**(knobs or {})))
        self.ours, self.knobs = self.own.ours, self.own.knobs
        self.knobs.kind_complaint = COMPLAINT
        for name, value in ({"complaints_handled": 60.0} | ours).items():
            setattr(self.ours, name, value)

    def speaks(self, me: Any, cause: int = IGNORED, kind: int = PLAIN) -> Any:
        """They look, with cause for a complaint; the look."""
        now = self.desk.now[0]
        now.t, now.kind, now.n_says, now.staff_at = 600.0, kind, 0, 0.0
        self.own.of(me).cause = cause
        complain(me, self.own.of(me), self.group, self.ours, self.room.today, self.knobs, self.world, now)
        return now

    def complaint(self, me: Any, t: float) -> Any:
        """Theirs stands in the log."""
        post(self.desk, me, COMPLAINT, -1, 0, t, 0, 0.0, self.group, self.world)
        self.ours.n_complaints += 1
        mine = self.own.of(me)
        mine.open = DAY + 1
        return mine

    def staff_look(self, t: float, first: int = 0) -> None:
        self.desk.now[0].t = t
        scene = Scene(self.desk, self.room.members, first)
        handle(self.host, None, self.group, self.ours, self.room.today, self.knobs, self.world, scene)

    def night(self, me: Any) -> None:
        feel_heard(me, self.own.of(me), self.group, self.ours, self.room.today, self.knobs, self.world)


@pytest.mark.parametrize(("promise", "share"), [(60.0, 0.5), (0.0, 0.5), (-1.0, 0.1)])
def test_who_has_cause_speaks_up_where_an_answer_is_promised_or_grumbles(promise: float, share: float) -> None:
    counter = Counter(knobs={"grumble": 0.1}, complaints_handled=promise)
    me = counter.room.sit(1)

    def speaks(person: int) -> bool:
        me.person = person
        return counter.speaks(me).n_says > 0  # type: ignore[no-any-return]

    assert measured(counter.room, SPEAK, speaks) == pytest.approx(share, abs=CLOSE)


def test_one_speaks_once_for_a_cause_at_the_first_look_and_the_host_comes_in_time() -> None:
    counter = Counter(knobs={"voice": 1.0})
    me = counter.room.sit(1)
    assert counter.speaks(me, kind=GLANCE).n_says == 0
    look = counter.speaks(me)
    assert (look.n_says, look.says[0], counter.ours.n_complaints) == (1, COMPLAINT, 1)
    assert 600.0 < look.staff_at <= 660.0
    assert counter.speaks(me, cause=0).n_says == 0
    assert Counter(knobs={"voice": 1.0}, complaints_handled=0.0).speaks(counter.room.sit(1)).staff_at == 0.0


def test_openers_that_nobody_answered_add_up_to_a_cause() -> None:
    counter = Counter()
    me, other = counter.room.sit(1, n_ignored=1), counter.room.sit(2, Advertiser, n_ignored=5)
    for who in (me, other):
        counter.night(who)
    assert (counter.own.of(me).cause, counter.own.of(other).cause) == (0, 0)
    counter.night(me)
    assert (counter.own.of(me).cause, counter.own.of(me).n_unanswered) == (IGNORED, 0)


def test_a_purchase_is_regretted_as_it_does_not_fit() -> None:
    counter = Counter()
    me = counter.room.sit(1, fit=0.4)

    def regrets(person: int) -> bool:
        me.person, counter.own.of(me).cause = person, 0
        rue(me, counter.own.of(me), counter.group, counter.ours, counter.knobs, counter.world)
        return counter.own.of(me).cause == REGRET  # type: ignore[no-any-return]

    assert measured(counter.room, RUE, regrets) == pytest.approx(0.3 * 0.6, abs=CLOSE)


def test_staff_handle_what_they_read_in_time_while_minutes_last() -> None:
    counter = Counter(minutes=11.0)
    for k, t in enumerate((100.0, 500.0, 580.0, 590.0, 595.0)):
        counter.complaint(counter.room.sit(5 + k), t)
    counter.desk.n[OPEN0] = 0
    counter.staff_look(600.0)
    kinds = [counter.desk.log[j].kind for j in range(5)]
    assert kinds == [COMPLAINT, COMPLAINT, -1 - COMPLAINT, -1 - COMPLAINT, COMPLAINT]
    assert (counter.ours.n_handled, counter.ours.minutes_complaints, counter.group.minutes_left) == (2, 10.0, 1.0)


def test_yesterdays_complaints_are_not_handled_any_more() -> None:
    counter = Counter()
    counter.complaint(counter.room.sit(5), -10.0)
    counter.desk.n[OPEN0] = counter.desk.n[LOG]
    counter.staff_look(20.0)
    assert counter.ours.n_handled == 0


def test_a_complaint_that_is_handled_wins_trust_and_one_that_stays_open_costs_it() -> None:
    counter = Counter()
    heard, open_, other = (counter.room.sit(slot, trust=0.5) for slot in (5, 6, 7))
    counter.complaint(heard, 590.0)
    counter.complaint(open_, 500.0)
    counter.staff_look(600.0)
    for who in (heard, open_, other, heard):
        counter.night(who)
    assert [who.trust for who in (heard, open_, other)] == [pytest.approx(0.55), pytest.approx(0.4), 0.5]


@pytest.mark.parametrize(("tie", "handled", "bad"), [(0.0, 0, 0.5), (0.6, 0, 0.8), (0.0, 1, 0.5)])
def test_readers_mind_what_stays_open_and_more_of_those_near_to_them(tie: float, handled: int, bad: float) -> None:
    counter = Counter()
    me, other = counter.room.sit(1, trust=0.5), counter.room.sit(5, trust=0.5)
    if tie:
        acquaint(me, other, tie, counter.world)
    counter.complaint(other, 590.0)
    post(counter.desk, other, CHAT, -1, 0, 591.0, 1, 0.0, counter.group, counter.world)
    scene = Scene(counter.desk, counter.room.members, 0)
    for who in (me, other):
        hear_of_it(who, counter.own.of(who), counter.group, counter.ours, None, counter.knobs, counter.world, scene)
    assert (counter.own.of(me).bad, counter.own.of(other).bad) == (pytest.approx(bad), 0.0)
    counter.ours.n_handled = handled
    counter.night(me)
    assert me.trust == pytest.approx(0.5 * (1.0 - 0.05 * bad / (1.0 + bad) * (1 - handled)))


@pytest.mark.parametrize(
    ("cause", "paid", "purse", "refund"),
    [(REGRET, 100.0, 1e4, 5000), (REGRET, 19.9, 1e4, 995), (IGNORED, 100.0, 1e4, 0), (REGRET, 100.0, 10.0, 0)],
)
def test_part_of_a_regretted_price_is_paid_back_from_what_was_set_aside(
    cause: int, paid: float, purse: float, refund: int
) -> None:
    """What was paid, whatever the product costs by rule."""
    counter = Counter(knobs={"regret": 1.0}, refund_share=0.5)
    me = counter.room.sit(5, fit=0.0)
    counter.group.price_today = paid
    rue(me, counter.own.of(me), counter.group, counter.ours, counter.knobs, counter.world)
    counter.world.purse_left = purse
    lay_by(counter.group, counter.ours, counter.knobs, counter.world)
    counter.complaint(me, 590.0).said = cause
    counter.staff_look(600.0)
    counter.night(me)
    assert counter.ours.fen_refunds == refund
    assert counter.group.yuan_paid == refund / 100.0


def test_who_has_spoken_or_gone_asks_nothing_back_any_more() -> None:
    counter = Counter(regretted=119.9)
    me, other = counter.room.sit(1), counter.room.sit(2)
    counter.own.of(me).paid, counter.own.of(other).paid = 100.0, 19.9
    counter.speaks(me, REGRET)
    counter.own.of(other).cause = REGRET
    go(other, counter.own.of(other), counter.group, counter.ours, counter.knobs, counter.world)
    assert counter.ours.regretted == pytest.approx(0.0)
    assert counter.own.of(other).cause == 0, "nor where they move to"


# --- in a run --------------------------------------------------------------------------------------------------------


def shop(*strategies: Strategy, grumble: float = 0.5, **changes: Any) -> Scenario:
    return lively(strategies, tuned=(Complaints(grumble=grumble),), operator={"hours": 20.0, "purse": 1e6},
                  **{"days": 40, "replicates": 10} | changes)  # fmt: skip


@cache
def played(name: str, grumble: float = 0.5, **knobs: float) -> Tables:
    return play(shop(strategy(name, **knobs), grumble=grumble))


def trust(tables: Tables) -> float:
    return float(tables["daily"]["mean_trust"].mean(dtype=np.float64))


def test_nobody_complains_where_nobody_promises_unless_people_grumble() -> None:
    assert "mechanism.complaints" not in played("nothing", grumble=0.0)
    assert played("nothing")["mechanism.complaints"]["n_complaints"].sum() > 50
    assert played("answer_complaints", grumble=0.0)["mechanism.complaints"]["n_complaints"].sum() > 50


def test_complaints_answered_keep_trust_that_a_broken_promise_loses() -> None:
    heard, ignored = played("answer_complaints"), played("answer_complaints", minutes=0.0)
    assert ignored["mechanism.complaints"]["n_handled"].sum() == 0 < heard["mechanism.complaints"]["n_handled"].sum()
    assert trust(heard) > trust(ignored)
    assert trust(played("nothing", grumble=0.0)) > trust(ignored)


def test_refunds_are_booked() -> None:
    ledger = played("answer_complaints")["ledger"]
    paid = played("answer_complaints")["mechanism.complaints"]["fen_refunds"].sum()
    assert paid > 0.0
    assert ledger["CNY"][ledger["strategy"] == 0].sum(dtype=float) == pytest.approx(paid)


def test_lanes_agree() -> None:
    scenario = shop(strategy("answer_complaints"), strategy("graded_sanctions"), replicates=1, days=15)
    assert differing(play(scenario, "compiled"), play(scenario, "mesa")) == []


@pytest.mark.parametrize(("refund", "generosity", "promise", "p"), [
    (1.0, 0.0, 60.0, 0.4), (0.5, 0.0, 60.0, 0.2), (0.5, 0.75, 60.0, 0.05), (0.0, 0.0, 60.0, 0.0), (1.0, 0.0, 0.0, 0.0),
    (1.0, 0.0, -1.0, 0.0),
])  # fmt: skip
def test_refunds_are_abused_the_more_the_higher_and_the_less_generous_one_is(
    refund: float, generosity: float, promise: float, p: float
) -> None:
    counter = Counter(knobs={"abuse": 0.4}, refund_share=refund, complaints_handled=promise)
    me = counter.room.sit(1, generosity=generosity)

    def wants(person: int) -> bool:
        me.person, counter.own.of(me).cause = person, 0
        pretend(me, counter.own.of(me), counter.group, counter.ours, counter.knobs, counter.world)
        return counter.own.of(me).cause == PRETENDED  # type: ignore[no-any-return]

    assert measured(counter.room, PRETEND, wants) == pytest.approx(p, abs=CLOSE)


def test_who_pretends_speaks_gets_the_money_and_trusts_as_before() -> None:
    counter = Counter(knobs={"abuse": 1.0, "voice": 0.0}, refund_share=0.5)
    me, unheard = (counter.room.sit(slot, trust=0.5, generosity=0.0) for slot in (5, 6))
    counter.group.price_today = 100.0
    for who, t in ((me, 590.0), (unheard, 100.0)):
        for person in range(100, 200):
            who.person = person
            pretend(who, counter.own.of(who), counter.group, counter.ours, counter.knobs, counter.world)
            if counter.own.of(who).cause == PRETENDED:
                break
        lay_by(counter.group, counter.ours, counter.knobs, counter.world)
        assert counter.speaks(who, PRETENDED).n_says == 1
        counter.complaint(who, t)
    assert counter.ours.n_pretended == 2
    assert counter.ours.regretted == 0.0
    counter.staff_look(600.0)
    for who in (me, unheard):
        counter.night(who)
    assert (me.trust, unheard.trust, counter.ours.minutes_complaints) == (0.5, 0.5, 5.0)
    assert counter.ours.fen_refunds == 5000


def test_abuse_costs_money_and_minutes() -> None:
    def costs(abuse: float) -> tuple[float, float, float]:
        plan = [strategy("answer_complaints", refund=1.0), strategy("goods", gap_days=1, price=30.0)]
        counted = play(lively(plan, replicates=10, operator={"hours": 20.0}, mind={"buy": 0.0},
                              tuned=(Complaints(abuse=abuse),)))["mechanism.complaints"]  # fmt: skip
        return tuple(float(counted[name].sum()) for name in ("fen_refunds", "minutes_complaints", "n_pretended"))  # type: ignore[return-value]

    honest, abused = costs(0.0), costs(0.5)
    assert honest[2] == 0.0
    assert abused[2] > 10.0
    assert abused[0] > 1.2 * honest[0]
    assert abused[1] > 1.2 * honest[1]
