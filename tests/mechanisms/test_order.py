"""Rules and sanctions: the ladder and what it costs, reports, praise, how reliably rules are kept, and silence."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from agents import KOL, Advertiser, Host
from scenarios import ConfigError, Scenario
from scenarios.config.contradictions import check_contradictions
from scenarios.strategies.base import GroupFacts, Strategy
from sim.data.tables import REASONS
from sim.engine.levers import Levers
from sim.mechanisms.advert_ban import AdvertBan, police
from sim.mechanisms.order import (
    REPORT,
    Order,
    be_praised,
    hush,
    judge,
    keep_silent,
    lose_faith,
    punish,
    silence_at_once,
    speak_of_it,
    tell,
)
from sim.model.hooks import Scene
from sim.model.submodels.conversation_log import LOOKS
from sim.model.submodels.messages import ADVERT, post
from tests.mechanisms.own_rows import OwnRows
from tests.mechanisms.rows import knobs_of, ours_of
from tests.plays import Tables, differing, lively, play, started, strategy
from tests.unit.rules.people import CLOSE, Room, besides, measured

REMOVED = REASONS.index("removed")
DAY = 30


class Court:
    """A group on day 30 with its host on seat 3 and a ladder."""

    def __init__(self, minutes: float = 60.0, knobs: dict[str, float] | None = None, **ours: float) -> None:
        self.room = Room(day=DAY)
        self.group, self.world, self.desk = self.room.group, self.room.world, self.room.desk()
        self.host = self.room.sit(3, Host, is_staff=1)
        self.group.minutes_left, self.group.host_slot = minutes, 3
        self.own = OwnRows(self.room, Order(**(knobs or {})))
        self.ours, self.knobs = self.own.ours, self.own.knobs
        for name, value in ({"sanction": 1.0} | ours).items():
            setattr(self.ours, name, value)

    def does(self, rule: Any, me: Any) -> Any:
        """A rule of one member; their day."""
        today = self.desk.today[me.slot]
        rule(me, self.own.of(me), self.group, self.ours, today, self.knobs, self.world)
        return today

    def offends(self, me: Any, times: int = 1) -> Any:
        """So many days on each of which they are caught."""
        for _ in range(times):
            self.desk.today[me.slot].n_caught = 1
            self.does(punish, me)
        return self.own.of(me)


@pytest.mark.parametrize(("sanction", "days"), [(1.0, (1, 7, 15)), (0.3, (0, 2, 5)), (4.0, (4, 28, 60))])
def test_each_offence_is_silenced_for_longer(sanction: float, days: tuple[int, ...]) -> None:
    court = Court(sanction=sanction)
    me = court.room.sit(1, belonging=0.5)
    assert [court.offends(me).silenced_until - DAY - 1 for _ in days] == list(days)
    assert (me.reason, me.is_gone, court.group.new_removed, court.ours.n_sanctions) == (0, 0, 0, 3)


def test_the_fourth_offence_ends_the_membership() -> None:
    court = Court()
    me = court.room.sit(1)
    court.offends(me, 4)
    assert (me.reason, me.is_gone, court.group.new_removed, court.ours.n_thrown_out) == (REMOVED, 1, 1, 1)
    leaving = court.room.sit(2, reason=1)
    court.offends(leaving, 4)
    assert (leaving.reason, leaving.is_gone, court.group.new_removed) == (1, 1, 1)


def test_who_was_not_caught_or_is_out_already_climbs_no_step() -> None:
    court = Court()
    me, out = court.room.sit(1), court.room.sit(2, is_gone=1)
    court.does(punish, me)
    court.offends(out)
    assert (court.own.of(me).n_offences, court.own.of(out).n_offences, court.ours.n_sanctions) == (0, 0, 0)


@pytest.mark.parametrize(
    ("appeal", "minutes", "belonging", "spent"),
    [(0.0, 60.0, 0.45, 0.0), (1.0, 60.0, 0.475, 5.0), (1.0, 4.0, 0.45, 0.0)],
)
def test_a_sanction_feels_unfair_but_less_where_there_are_minutes_to_hear_one(
    appeal: float, minutes: float, belonging: float, spent: float
) -> None:
    court = Court(minutes, appeal=appeal)
    me = court.room.sit(1, belonging=0.5)
    court.offends(me)
    assert me.belonging == pytest.approx(belonging)
    assert court.ours.minutes_order == court.group.minutes_given == spent


def test_silence_lasts_until_its_day_and_mute_all_for_all_but_staff_and_experts() -> None:
    court = Court()
    me, other = court.room.sit(1), court.room.sit(2)
    court.own.of(me).silenced_until, court.own.of(other).silenced_until = DAY + 1, DAY
    assert court.does(keep_silent, me).is_silenced == 1
    assert court.does(keep_silent, other).is_silenced == 0
    assert court.ours.n_silenced == 1
    assert court.does(hush, other).is_silenced == 1
    assert court.does(hush, court.room.sit(4, KOL, is_expert=1)).is_silenced == 0


def test_whoever_is_caught_is_silenced_at_once() -> None:
    """Staff delete the advert at their look; the ladder follows at the same look."""
    court = Court()
    me, other = court.room.sit(1), court.room.sit(2)
    for who, kind in ((me, ADVERT), (other, 0)):
        post(court.desk, who, kind, -1, 0, 10.0, 1, 0.0, court.group, court.world)
    court.host.n_ads_read = 1
    scene, today = Scene(court.desk, court.room.members, 0), court.room.today
    ban = ours_of(AdvertBan, advert_ban=1.0)
    police(court.host, None, court.group, ban, today, knobs_of(AdvertBan), court.world, scene)
    silence_at_once(court.host, None, court.group, court.ours, today, court.knobs, court.world, scene)
    assert [(court.desk.today[s].n_caught, court.desk.today[s].is_silenced) for s in (1, 2)] == [(1, 1), (0, 0)]


def told(court: Court, me: Any) -> float:
    """The minute at which staff will look because of them."""
    now = court.desk.now[0]
    now.t, now.second, now.staff_at = 600.0, 36_000, 0.0
    court.own.of(me).noticed = 0
    tell(me, court.own.of(me), court.group, court.ours, court.room.today, court.knobs, court.world, now)
    return float(now.staff_at)


def test_readers_of_an_advert_tell_staff_as_they_belong() -> None:
    court = Court(minutes=1e9, report=1.0)
    me = court.room.sit(1, belonging=0.5, n_ads_read=2)

    def reports(person: int) -> bool:
        me.person = person
        return told(court, me) > 600.0

    assert measured(court.room, REPORT, reports) == pytest.approx(0.2 * 0.5, abs=CLOSE)
    me.n_ads_read = 0
    assert measured(court.room, REPORT, reports) == 0.0


def test_a_report_calls_the_host_once_a_day_for_a_minute() -> None:
    court = Court(minutes=1.5, knobs={"report_rate": 1.0}, report=1.0)
    me = court.room.sit(1, belonging=1.0, n_ads_read=1)
    assert told(court, me) > 600.0
    assert (court.group.minutes_left, court.ours.n_reports) == (0.5, 1)
    besides(0, court.desk, court.room.members, me, 600.0, 36_000, court.group, court.world)
    assert (court.desk.n[LOOKS], court.desk.looks[0].slot, court.desk.now[0].staff_at) == (1, 3, 0.0)
    tell(
        me, court.own.of(me), court.group, court.ours, court.room.today, court.knobs, court.world, court.desk.now[0]
    )
    assert (court.desk.now[0].staff_at, court.ours.n_reports) == (0.0, 1)
    assert told(court, me) == 0.0, "no minutes"
    assert told(court, court.room.sit(2, Advertiser, belonging=1.0, n_ads_read=1)) == 0.0


@pytest.mark.parametrize(
    ("ads", "standing", "order"), [(0, 0, 0.5), (4, 4, 0.45), (4, 0, 0.55), (4, 1, 0.525), (4, 20, 0.45)]
)
def test_rules_are_believed_as_they_are_kept(ads: int, standing: int, order: float) -> None:
    court = Court(rules_shown=1.0)
    court.group.n_ads, court.group.n_ads_unpunished = ads, standing
    judge(court.group, court.ours, court.knobs, court.world, court.desk)
    assert court.ours.order == pytest.approx(order)


def test_rules_that_are_not_kept_cost_trust_of_who_reads_adverts() -> None:
    court = Court(rules_shown=1.0, order=0.2)
    me, spared = court.room.sit(1, trust=0.5, n_ads_read=1), court.room.sit(2, trust=0.5)
    for who in (me, spared):
        court.does(lose_faith, who)
    assert me.trust == pytest.approx(0.5 * (1.0 - 0.01 * 0.8 * 0.5))
    assert spared.trust == 0.5
    kept = Court(rules_shown=1.0, order=1.0)
    other = kept.room.sit(1, trust=0.5, n_ads_read=1)
    kept.does(lose_faith, other)
    assert other.trust == 0.5


@pytest.mark.parametrize(
    ("posts", "offended", "minutes", "gain"),
    [(1, 0, 60.0, 0.02), (0, 0, 60.0, 0.0), (1, DAY, 60.0, 0.0), (1, DAY - 27, 60.0, 0.02), (1, 0, 1.0, 0.0)],
)
def test_praise_is_for_who_writes_and_keeps_the_rules(posts: int, offended: int, minutes: float, gain: float) -> None:
    court = Court(minutes, praise=0.02)
    speak_of_it(court.group, court.ours, court.knobs, court.world, court.desk)
    me = court.room.sit(1, n_posts=posts)
    court.own.of(me).offended = offended
    assert court.does(be_praised, me).gain == gain


def test_out_at_once_and_by_degrees_are_refused_together_by_name() -> None:
    ladder = strategy("graded_sanctions")
    with pytest.raises(ConfigError, match="advert_ban removes offenders at once and graded_sanctions by degrees"):
        check_contradictions((ladder, strategy("advert_ban")), 100)
    check_contradictions((ladder, strategy("advert_ban", remove=False)), 100)
    check_contradictions((ladder.replace({"from_day": 50}), strategy("advert_ban", until_day=49)), 100)


# --- in a run --------------------------------------------------------------------------------------------------------


def crowded(*strategies: Strategy, **changes: Any) -> Scenario:
    """Many advertisers, and staff with time."""
    return lively(strategies, cast={"advertisers": 0.3, "moderators": 1.0}, operator={"hours": 20.0},
                  **{"days": 40, "replicates": 10} | changes)  # fmt: skip


@cache
def judged(name: str) -> Tables:
    return play(crowded(strategy(name)))


def test_who_is_silenced_has_no_line() -> None:
    engine = started(crowded(strategy("graded_sanctions", severity=2.0)))
    silent: set[tuple[int, int, int]] = set()
    seats = int(engine.state.groups["seats"][0]) + 1
    for day in range(40):
        rows = engine.recorder.seated()
        rows = rows[engine.in_play.own["order"].members["silenced_until"][rows] > day]
        silent |= {(int(row) // seats, int(engine.state.members["person"][row]), day) for row in rows}
        engine.step()
    lines = engine.recorder.tables()["messages"]
    wrote = {(int(m["replicate"]) * 3 + int(m["group"]), int(m["author"]), int(m["minute"] // 1440)) for m in lines}
    assert len(silent) > 300
    assert len({(group, who) for group, who, _ in wrote} & {(group, who) for group, who, _ in silent}) > 20
    assert wrote & silent == set()


def test_fewer_are_removed_than_where_offenders_are_out_at_once() -> None:
    mild, harsh = judged("graded_sanctions"), judged("advert_ban")
    assert mild["mechanism.order"]["n_sanctions"].sum() > 40
    assert 0 < mild["daily"]["new_removed"].sum() < 0.7 * harsh["daily"]["new_removed"].sum()
    assert mild["mechanism.order"]["n_thrown_out"].sum() == mild["daily"]["new_removed"].sum()


def test_reports_shorten_the_time_that_adverts_stand() -> None:
    read = [play(crowded(strategy("graded_sanctions", reports=reports), tuned=(Order(report_rate=1.0),)))
            for reports in (False, True)]  # fmt: skip
    assert read[0]["mechanism.order"]["n_reports"].sum() == 0 < read[1]["mechanism.order"]["n_reports"].sum()
    trust = [float(tables["daily"]["mean_trust"].mean(dtype=np.float64)) for tables in read]
    assert trust[1] > trust[0]


class Lecture(Strategy):
    """Nobody but staff and experts writes after day 5."""

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        levers.mute_all.any_of(np.full(groups.index.size, day > 5))


def test_a_lecture_is_silent_but_read() -> None:
    tables = play(lively([Lecture()], cast={"kols": 0.0}))
    later = tables["daily"]["day"] > 5
    assert tables["daily"]["n_member_messages"][~later].sum() > 0
    assert tables["daily"]["n_member_messages"][later].sum() == tables["daily"]["n_ads"][later].sum() == 0
    assert tables["daily"]["n_visitors"][later].sum() > 0


def test_lanes_agree() -> None:
    scenario = crowded(strategy("graded_sanctions"), strategy("checkin"), replicates=1, days=15)
    assert differing(play(scenario, "compiled"), play(scenario, "mesa")) == []
