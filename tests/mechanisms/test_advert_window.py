"""The window for adverts: who pays, who takes, what it does to readers, and that the ban lets its adverts be."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from agents import ROLES, Advertiser, Host
from scenarios import Scenario
from scenarios.strategies.base import Strategy
from sim.mechanisms.advert_window import (
    COPY,
    MOST_TOLLS,
    AdvertWindow,
    advertise,
    count,
    count_on,
    feel_it,
    reckon,
    return_rest,
    take,
)
from sim.model.hooks import Scene
from sim.model.kinds import codes
from sim.model.submodels.conversation_log import GLANCE, PLAIN
from sim.model.submodels.messages import post
from tests.mechanisms.own_rows import OwnRows
from tests.plays import Tables, differing, lively, play, strategy
from tests.unit.rules.people import CLOSE, Room, measured

ADVERTISER = ROLES.index(Advertiser)
ADVERT, TOLL = codes()["window_advert"], codes()["toll_packet"]
DAY = 30


class Evening:
    """A group on day 30 with a window from nine, and thirty visitors yesterday; an advert is worth 0.012 CNY a head."""

    def __init__(self, toll: float = 0.2, knobs: dict[str, float] | None = None, visitors: int = 30) -> None:
        self.room = Room(day=DAY)
        self.group, self.world, self.desk = self.room.group, self.room.world, self.room.desk()
        self.host = self.room.sit(3, Host, is_staff=1)
        self.own = OwnRows(self.room, AdvertWindow(**(knobs or {})))
        self.ours, self.knobs = self.own.ours, self.own.knobs
        self.knobs.kind_window_advert, self.knobs.kind_toll_packet = ADVERT, TOLL
        self.ours.advert_window, self.ours.advert_toll = 21.0, toll
        self.group.n_visitors = visitors
        count_on(self.group, self.ours, self.knobs, self.world, self.desk)

    def does(self, rule: Any, me: Any) -> Any:
        """A rule of one visitor; their day."""
        today = self.desk.today[me.slot]
        rule(me, self.own.of(me), self.group, self.ours, today, self.knobs, self.world)
        return today

    def looks(self, rule: Any, me: Any, kind: int = PLAIN) -> list[int]:
        """A rule at a look; kinds of the lines they then write."""
        now = self.desk.now[0]
        now.t, now.kind, now.n_says = 1270.0, kind, 0
        today = self.desk.today[me.slot]
        rule(me, self.own.of(me), self.group, self.ours, today, self.knobs, self.world, now)
        return [now.says[k] for k in range(now.n_says)]

    def advertised(self, n: int = 1) -> Evening:
        """So many advertisers have paid and posted."""
        for k in range(n):
            me = self.room.sit(10 + k, Advertiser)
            self.does(reckon, me)
            self.looks(advertise, me)
        return self


@pytest.mark.parametrize(("toll", "pays"), [(0.0, True), (0.35, True), (0.37, False), (5.0, False)])
def test_an_advertiser_pays_if_the_advert_is_worth_more_than_the_toll(toll: float, pays: bool) -> None:
    evening = Evening(toll)
    me = evening.room.sit(1, Advertiser)
    today = evening.does(reckon, me)
    assert (today.open < -1.0, 1260.0 <= today.look_at < 1320.0) == (pays, pays)
    assert evening.looks(advertise, me) == ([] if not pays else [ADVERT, TOLL] if toll else [ADVERT])
    assert evening.looks(advertise, me) == [], "once"


def test_who_pays_opens_with_nothing_else_and_who_does_not_advertises_as_under_the_ban() -> None:
    evening = Evening()
    me = evening.room.sit(1, Advertiser)
    today = evening.does(reckon, me)
    today.open += 2.0  # of a day on which all talk more
    assert Advertiser.opens(me, 0.01, 0, today, evening.group, evening.world) == -1
    today.open = 0.0
    assert Advertiser.opens(me, 0.01, 0, today, evening.group, evening.world) >= 0


def test_others_do_not_pay_and_glances_are_for_no_adverts() -> None:
    evening = Evening()
    member, me = evening.room.sit(1), evening.room.sit(2, Advertiser)
    assert evening.does(reckon, member).look_at == 0.0
    assert evening.looks(advertise, member) == []
    evening.does(reckon, me)
    assert evening.looks(advertise, me, GLANCE) == []


@pytest.mark.parametrize(("norm", "own", "toll", "p"), [
    (0.3, 0.1, 0.2, 0.5 * 0.8 * 0.4 * 0.6 / 1.6), (0.0, 0.0, 0.2, 0.0), (0.9, 0.9, 0.2, 0.5 * 0.8 * 0.6 / 1.6),
    (0.3, 0.1, 5.0, 0.0),
])  # fmt: skip
def test_members_who_do_as_others_do_advertise_in_the_window_under_the_same_toll(
    norm: float, own: float, toll: float, p: float
) -> None:
    evening = Evening(toll)
    evening.world.imitation, evening.group.ad_norm, evening.ours.norm = 0.5, norm, own
    me = evening.room.sit(1, copying=0.8, talk=0.6)

    def pays(person: int) -> bool:
        me.person, evening.own.of(me).paying = person, 0
        evening.does(reckon, me)
        return evening.own.of(me).paying == DAY + 1  # type: ignore[no-any-return]

    assert measured(evening.room, COPY, pays) == pytest.approx(p, abs=CLOSE)


def test_an_advert_of_a_member_is_counted_and_makes_others_follow() -> None:
    evening = Evening()
    evening.own.of(me := evening.room.sit(1)).paying = DAY + 1
    evening.looks(advertise, me)
    evening.advertised()
    assert (evening.ours.n_window_adverts, evening.ours.n_members_window) == (2, 1)
    evening.group.n_openers, evening.world.norm_days = 7, 10.0
    return_rest(evening.group, evening.ours, evening.knobs, evening.world, evening.desk)
    assert evening.ours.norm == pytest.approx(0.2 / 10.0)
    post(evening.desk, me, ADVERT, -1, 0, 10.0, 0, 0.0, evening.group, evening.world)
    other = evening.room.sit(2)
    for who in (me, other):
        scene = Scene(evening.desk, evening.room.members, 0)
        count(who, evening.own.of(who), evening.group, evening.ours, None, evening.knobs, evening.world, scene)
    assert [evening.own.of(who).n_read for who in (me, other)] == [0, 1], "nobody minds their own"


def test_the_window_is_full_after_eight_a_day() -> None:
    evening = Evening().advertised(MOST_TOLLS + 1)
    assert (evening.ours.n_window_adverts, evening.ours.n_tolls, evening.ours.fen_tolls) == (8, 8, 160)
    count_on(evening.group, evening.ours, evening.knobs, evening.world, evening.desk)
    assert evening.advertised().ours.n_tolls == 1, "on the next day there is room again"


def test_whoever_looks_in_takes_one_share_of_each_toll_while_there_are_any() -> None:
    evening = Evening(0.25, knobs={"shares": 2.0}).advertised(2)
    people = [evening.room.sit(slot) for slot in (4, 5, 6)]
    for me in people:
        evening.looks(take, me)
        evening.looks(take, me)
    assert [evening.own.of(me).fen_taken for me in people] == [24, 24, 0]
    assert [evening.desk.today[me.slot].is_woken for me in people] == [1, 1, 0]
    return_rest(evening.group, evening.ours, evening.knobs, evening.world, evening.desk)
    assert (evening.ours.fen_tolls, evening.ours.fen_tolls_taken, evening.ours.fen_tolls_returned) == (50, 48, 2)


def test_staff_and_advertisers_take_nothing() -> None:
    evening = Evening().advertised()
    for who in (evening.host, evening.room.sit(1, Advertiser)):
        evening.looks(take, who)
    assert evening.ours.fen_tolls_taken == 0


def test_its_adverts_annoy_less_than_others() -> None:
    evening = Evening(0.0)
    me, late = evening.room.sit(4, dislike=0.5), evening.room.sit(5, dislike=0.5)
    for k, kind in enumerate((ADVERT, 0, ADVERT)):
        post(evening.desk, evening.host, kind, -1, 0, 10.0 * k, 0, 0.0, evening.group, evening.world)
    for who, first in ((me, 0), (me, 3), (late, 2)):
        today, scene = evening.desk.today[who.slot], Scene(evening.desk, evening.room.members, first)
        count(who, evening.own.of(who), evening.group, evening.ours, today, evening.knobs, evening.world, scene)
    annoyed = 0.3 * evening.world.annoyance * 0.5
    me.n_read, late.n_read = 3, 9
    assert evening.does(feel_it, me).cost == pytest.approx(annoyed * 2.0 / 4.0)
    assert evening.does(feel_it, late).cost == pytest.approx(annoyed * 1.0 / 10.0)


def test_its_money_pleases_until_one_is_used_to_it() -> None:
    paid = Evening(0.3, knobs={"shares": 1.0}).advertised()
    me = paid.room.sit(4, numb_packet=0.5)
    paid.looks(take, me)
    assert paid.does(feel_it, me).gain == pytest.approx(0.08 * 0.3 / 0.8 * 0.5)
    assert me.numb_packet == pytest.approx(0.5 + 0.5 * paid.world.numbing)
    paid.room.on(DAY + 1)
    assert paid.does(feel_it, paid.room.sit(5)).gain == 0.0


def crowded(*strategies: Strategy, **changes: Any) -> Scenario:
    """Many advertisers whose adverts are worth something, and staff with time."""
    return lively(strategies, cast={"advertisers": 0.3, "moderators": 1.0}, operator={"hours": 20.0},
                  **{"days": 30, "replicates": 10} | changes)  # fmt: skip


@cache
def played(name: str, **knobs: float) -> Tables:
    return play(crowded(strategy(name, **knobs) if name != "nothing" else strategy(name)))


def test_adverts_of_the_window_stand_in_their_hour_and_are_no_others() -> None:
    tables = played("advert_window", toll=0.05)
    lines = tables["messages"]
    hours = lines["minute"][lines["kind"] == ADVERT] % 1440 // 60
    assert hours.size == tables["mechanism.advert_window"]["n_window_adverts"].sum() > 100
    assert set(hours.astype(int).tolist()) == {21}
    assert tables["daily"]["n_ads"].sum() < 0.5 * played("nothing")["daily"]["n_ads"].sum()
    assert tables["daily"]["n_ads"].sum() < played("advert_ban", remove=False)["daily"]["n_ads"].sum()


def test_a_toll_above_all_worth_is_a_ban_and_nothing_else() -> None:
    window, ban = played("advert_window", toll=200.0), played("advert_ban", remove=False)
    assert window["mechanism.advert_window"].size == 0
    assert window["daily"].tobytes() == ban["daily"].tobytes()


def test_tolls_paid_are_taken_or_returned() -> None:
    rows = played("advert_window", toll=0.05)["mechanism.advert_window"]
    paid, taken, back = (rows[name] for name in ("fen_tolls", "fen_tolls_taken", "fen_tolls_returned"))
    assert paid == pytest.approx(taken + back)
    assert taken.sum() > 0.0


def test_lanes_agree() -> None:
    chosen = [strategy("advert_window", toll=0.05), strategy("graded_sanctions"), strategy("red_packet")]
    scenario = crowded(*chosen, replicates=1, days=12)
    assert differing(play(scenario, "compiled"), play(scenario, "mesa")) == []


def test_a_window_brings_more_advertisers_than_a_ban_and_members_use_it_too() -> None:
    price = strategy("paid_entry", price=3.0)
    ban, window = (
        play(crowded(one, price, population={"seats": 60, "founders": 30}))
        for one in (strategy("advert_ban", remove=False), strategy("advert_window", toll=0.2))
    )
    came = [int((one["spells"]["role"] == ADVERTISER).sum()) for one in (ban, window)]
    assert 2 * came[0] < came[1]
    assert window["mechanism.advert_window"]["n_members_window"].sum() > 50
