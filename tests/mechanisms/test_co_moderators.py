"""Co-moderators: what they bring and cost, who is asked from inside, that they tire, and what the help is good for."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from agents import ROLES, Advertiser, Member, Moderator
from scenarios import Scenario
from sim import simulate
from sim.analysis.feelings import hired_moderators, members_feel
from sim.analysis.memberships import Memberships
from sim.analysis.panel import Panel
from sim.mechanisms.co_moderators import QUIT, CoModerators, bring_minutes, call_host, serve, speak_up, win_over
from sim.model.hooks import Scene
from sim.model.submodels.messages import ADVERT, CHAT, post
from tests.mechanisms.own_rows import OwnRows
from tests.plays import Tables, daily_grid, differing, lively, play, started, strategy
from tests.unit.rules.people import CLOSE, Room, measured


class Office:
    """A group with twenty minutes left and a purse of 100 CNY."""

    def __init__(self, purse: float = 100.0, n_hired: int = 0, knobs: dict[str, float] | None = None,
                 **ours: float) -> None:  # fmt: skip
        self.room = Room(day=30)
        self.group, self.world = self.room.group, self.room.world
        for code, role in enumerate(ROLES):
            setattr(self.world, f"role_{role.__name__.lower()}", code)
        self.group.minutes_left, self.group.n_hired, self.world.purse_left = 20.0, n_hired, purse
        self.own = OwnRows(self.room, CoModerators(**(knobs or {})))
        self.ours, self.knobs = self.own.ours, self.own.knobs
        for name, value in {"mod_minutes": 20.0, "mod_wage": 30.0, **ours}.items():
            setattr(self.ours, name, value)

    def planned(self) -> Office:
        """After the morning."""
        bring_minutes(self.group, self.ours, self.knobs, self.world)
        return self

    def evening(self) -> Office:
        """After the day."""
        serve(self.room.state, self.own.tables, 0, self.group, self.ours, self.knobs, self.world)
        return self


@pytest.mark.parametrize(
    ("office", "minutes", "fen"),
    [
        ({"moderators_hired": 2.0, "n_hired": 2}, 60.0, 6_000),
        ({"moderators_hired": 2.0, "n_hired": 1}, 40.0, 3_000),
        ({"moderators_hired": 1.0, "n_hired": 2}, 40.0, 3_000),
        ({"moderators_hired": 2.0, "n_hired": 2, "purse": 59.0}, 20.0, 0),
        ({"moderators_inside": 3.0, "n_serving": 2}, 32.0, 0),
    ],
    ids=str,
)
def test_minutes_are_brought_and_wages_paid(office: dict[str, Any], minutes: float, fen: int) -> None:
    held = Office(**office).planned()
    assert held.group.minutes_left == pytest.approx(minutes)
    assert held.ours.minutes_brought == pytest.approx(minutes - 20.0)
    assert (held.ours.fen_wages, held.group.hired_wanted) == (fen, int(office.get("moderators_hired", 0)))


KEEN = {"n_active_days": 9, "n_looks": 1, "belonging": 0.6}


def test_who_was_moved_here_once_may_help() -> None:
    held = Office(moderators_inside=1.0)
    held.room.sit(1, moving=40, **KEEN)
    assert held.evening().ours.n_asked_to_help == 1


def test_whoever_wrote_on_most_days_is_asked_one_an_evening() -> None:
    held = Office(moderators_inside=2.0)
    held.room.sit(1, **{**KEEN, "n_active_days": 7})
    best = held.room.sit(2, **KEEN)
    held.room.sit(3, Advertiser, **{**KEEN, "n_active_days": 99})
    held.room.sit(4, **{**KEEN, "n_active_days": 99, "n_looks": 0})
    held.evening()
    assert (best.role, best.is_staff, held.ours.n_asked_to_help) == (ROLES.index(Moderator), 1, 1)
    held.evening()
    assert (held.ours.n_serving, held.ours.n_asked_to_help) == (2, 2)
    held.evening()
    assert held.ours.n_asked_to_help == 2


@pytest.mark.parametrize("lacking", [{"belonging": 0.49}, {"n_active_days": 4}, {"n_looks": 0}], ids=str)
def test_nobody_serves_who_does_not_belong_or_write_or_look(lacking: dict[str, float]) -> None:
    held = Office(moderators_inside=1.0)
    me = held.room.sit(1, **{**KEEN, **lacking})
    held.evening()
    assert (me.is_staff, held.ours.n_serving) == (0, 0)


def test_who_serves_tires_and_gives_up_and_is_not_asked_again() -> None:
    held = Office(moderators_inside=1.0)
    me = held.room.sit(1, **KEEN)
    mine = held.own.of(me)

    def gives_up(person: int) -> bool:
        me.person, me.role, me.is_staff = person, ROLES.index(Moderator), 1
        mine.is_serving, mine.has_served, mine.tired = 1, 1, 0.5
        held.evening()
        return bool(me.role == ROLES.index(Member))

    assert measured(held.room, QUIT, gives_up) == pytest.approx(0.05 * 0.51, abs=CLOSE)
    me.role, me.is_staff, mine.is_serving, mine.tired = ROLES.index(Moderator), 1, 1, 0.5
    held.evening()
    assert mine.tired == pytest.approx(0.51)


def test_all_are_members_again_where_none_are_wanted() -> None:
    held = Office(moderators_inside=1.0)
    me = held.room.sit(1, **KEEN)
    held.evening()
    held.ours.moderators_inside = 0.0
    held.evening()
    assert (me.role, me.is_staff, held.ours.n_gave_up) == (ROLES.index(Member), 0, 1)


TIED = {"n_strong": 4, "n_looks": 1, "belonging": 0.6}


def won(held: Office) -> Office:
    """After an evening of talks."""
    win_over(held.room.state, held.own.tables, 0, held.group, held.ours, held.knobs, held.world)
    return held


@pytest.mark.parametrize(
    ("change", "minutes", "is_won"),
    [({}, 40.0, 1), ({"belonging": 0.4}, 40.0, 0), ({"n_strong": 2}, 40.0, 0), ({"n_looks": 0}, 40.0, 0),
     ({}, 20.0, 0)],
    ids=str,
)  # fmt: skip
def test_opinion_leaders_who_belong_are_won_for_minutes(change: dict[str, float], minutes: float, is_won: int) -> None:
    held = Office(leaders_won=1.0)
    held.group.minutes_left = minutes
    me = held.room.sit(1, **{**TIED, **change})
    won(held)
    assert (held.own.of(me).is_won, held.ours.n_leaders) == (is_won, is_won)
    talked = change.get("n_strong", 4) >= 3 and change.get("n_looks", 1) > 0
    assert held.ours.minutes_winning == (min(30.0, minutes) if talked else 0.0)


def test_a_talk_goes_on_the_next_day() -> None:
    held = Office(leaders_won=1.0)
    me = held.room.sit(1, **TIED)
    for minutes, is_won in ((20.0, 0), (20.0, 1)):
        held.group.minutes_left = minutes
        won(held)
        assert held.own.of(me).is_won == is_won
    assert (held.group.minutes_left, held.ours.talked) == (10.0, 0.0)


def test_who_did_not_agree_is_left_in_peace_for_a_month_and_another_is_asked() -> None:
    held = Office(leaders_won=1.0)
    refuses, agrees = held.room.sit(1, **{**TIED, "n_strong": 9, "belonging": 0.3}), held.room.sit(2, **TIED)
    for is_won in (0, 1):
        held.group.minutes_left = 30.0
        won(held)
        assert (held.own.of(refuses).is_won, held.own.of(agrees).is_won) == (0, is_won)
    agrees.belonging, refuses.belonging, held.group.minutes_left = 0.3, 0.9, 30.0
    won(held)
    assert held.own.of(refuses).is_won == 0, "on the same day"
    held.world.day += 30
    won(held)
    assert held.own.of(refuses).is_won == 1, "a month later"


def test_of_several_the_one_with_most_ties_is_won_and_goes_when_they_belong_no_longer() -> None:
    held = Office(leaders_won=1.0)
    held.group.minutes_left = 100.0
    others = [held.room.sit(slot, **TIED) for slot in (1, 2)]
    best = held.room.sit(3, **{**TIED, "n_strong": 9})
    won(won(held))
    assert [held.own.of(me).is_won for me in (*others, best)] == [0, 0, 1]
    best.belonging = 0.3
    won(held)
    assert held.own.of(best).is_won == 0


def test_they_answer_more_readily_and_call_the_host_to_an_advert() -> None:
    held = Office(leaders_won=1.0)
    me, other, desk = held.room.sit(1), held.room.sit(2), held.room.desk()
    held.group.host_slot, held.own.of(me).is_won = 5, 1
    for kind in (CHAT, ADVERT):
        post(desk, other, kind, -1, 0, 600.0, 1, 0.0, held.group, held.world)
    desk.now[0].t = 700.0
    for who, first, calls in ((other, 0, 0), (me, 2, 0), (me, 0, 1)):
        call_host(who, held.own.of(who), held.group, held.ours, held.room.today, held.knobs, held.world,
                  Scene(desk, held.room.members, first))  # fmt: skip
        assert held.ours.n_calls == calls
    assert (desk.looks[0].t, desk.looks[0].slot) == (705.0, 5)
    speak_up(other, held.own.of(other), held.group, held.ours, held.room.today, held.knobs, held.world)
    assert held.room.today.answer == 0.0
    speak_up(me, held.own.of(me), held.group, held.ours, held.room.today, held.knobs, held.world)
    assert held.room.today.answer == 0.5


def test_leaders_are_won_and_call() -> None:
    chosen = [strategy("advert_ban", remove=False), strategy("co_moderators", who="leaders", number=6)]
    tables = play(lively(chosen, replicates=20, days=40, operator={"hours": 20.0}, cast={"advertisers": 0.3}))
    counted = tables["mechanism.co_moderators"]
    assert counted["minutes_winning"].sum() > 0.0
    assert counted["n_calls"].sum() > 0


def town(*chosen: Any) -> Scenario:
    """Twenty communities of three groups, forty days; adverts are banned and the host has no time at all."""
    return lively([strategy("advert_ban"), *chosen], replicates=20, days=40, operator={"hours": 0.0, "purse": 1e6},
                  cast={"advertisers": 0.3, "moderators": 0.0})  # fmt: skip


@cache
def helped(who: str) -> Tables:
    return play(town(strategy("co_moderators", who=who)) if who else town())


@pytest.mark.parametrize("who", ["inside", "hired"])
def test_helpers_police_and_adverts_stand_for_less_long(who: str) -> None:
    tables, alone = helped(who), helped("")
    assert tables["mechanism.co_moderators"]["minutes_brought"].sum() > 0.0
    policed = [t["mechanism.advert_ban"]["minutes_policing"].sum() for t in (tables, alone)]
    assert policed[0] > 20.0 > policed[1] == 0.0
    shares = [t["daily"]["n_ads"].sum() / t["daily"]["n_messages"].sum() for t in (tables, alone)]
    assert shares[0] < shares[1]


def test_hired_ones_are_paid_and_those_from_inside_are_not() -> None:
    paid = [helped(who)["mechanism.co_moderators"]["fen_wages"].sum() for who in ("hired", "inside")]
    assert paid[0] > 0.0 == paid[1]
    grid = daily_grid(helped("hired"), "n_members", town())
    assert np.all(grid >= 0)


@pytest.mark.parametrize("who", ["inside", "hired", "leaders"])
def test_lanes_agree(who: str) -> None:
    scenario = lively([strategy("co_moderators", who=who, wage=1.0), strategy("advert_ban")], replicates=1, days=20)
    assert differing(play(scenario, "compiled"), play(scenario, "mesa")) == []


@pytest.mark.parametrize("who", ["hired", "inside"])
def test_trust_is_that_of_people_not_of_those_who_are_paid_to_trust(who: str) -> None:
    """The last morning's sums by the tables, against everybody's own trust the evening before; those who come that day
    add at most half of what there is to trust.
    """
    scenario = lively([strategy("co_moderators", who=who, number=4)], days=12, operator={"purse": 1e6})
    engine = started(scenario)
    for _ in range(scenario.days - 1):
        engine.step()
    rows = engine.state.members[engine.recorder.seated()]
    engine.close()
    results = simulate(scenario)
    roles = [name.lower() for name in results.meta["roles"]]
    host, moderator = roles.index("host"), roles.index("moderator")
    is_paid = (rows["role"] == moderator) & (rows["person"] > rows["person"][rows["role"] == host].min())
    felt = rows["trust"][~is_paid & (rows["role"] != host)]
    panel = Panel.of(results.daily)
    hired = hired_moderators(panel, Memberships(results.spells, panel))
    top, number = members_feel(panel, "mean_trust", hired=hired)
    came = panel.dense("new_joined")[:, -1].sum()
    assert hired[:, -1].sum() == is_paid.sum() > 0  # two or three are founders of a group, in both
    assert number[:, -1].sum() == felt.size + came
    assert top[:, -1].sum() == pytest.approx(felt.sum() + 0.3 * came, abs=0.2 * came + 0.5)


def test_who_is_hired_does_not_wait_to_ask_a_question_of_their_own() -> None:
    """Where everybody comes with one question there are fewer lines in all, and more for moderators to answer."""
    lines = []
    for askers in (0.0, 1.0):
        plan = [strategy("co_moderators", who="hired", number=3, from_day=2)]
        world = lively(plan, replicates=6, days=40, purpose={"askers": askers}, operator={"hours": 20.0})
        spells = play(world)["spells"]
        lines.append(int(spells["n_messages"][spells["role"] == ROLES.index(Moderator)].sum()))
    assert lines[1] > lines[0] > 100
