"""Counts that measures are worked out of, in played communities: against recorded messages, and against points kept."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import Scenario
from sim.analysis.assessments import intimacy
from sim.analysis.panel import Panel
from sim.data.frames import frame_of
from sim.data.tables import CHANNELS
from tests.plays import Tables, lively, play, started, strategy

DAYS = 35
"""Five whole weeks."""


def world() -> Scenario:
    """Talk, sales, greetings, tasks, hidden accounts, adverts that are deleted, and people who are moved."""
    names = ("checkin", "levels", "morning_greeting", "shills", "advert_ban", "group_cap", "paid_entry")
    return lively([strategy(name) for name in names], days=DAYS)


@pytest.fixture(scope="module")
def tables() -> Tables:
    return play(world())


def staff(tables: Tables, scenario: Scenario) -> set[tuple[int, int, int]]:
    """Who is no ordinary member: host, moderators, hidden accounts."""
    names = [role.__name__ for role in scenario.roles]
    codes = [names.index(name) for name in ("Host", "Moderator", "Shill")]
    return {(int(one["replicate"]), int(one["group"]), int(one["person"])) for one in tables["spells"]
            if one["role"] in codes}  # fmt: skip


def test_who_is_noticed_is_who_the_messages_say() -> None:
    """By another way: from all messages of a run, week by week, who writes and who of them is answered that week.

    Who has left hears no answer to what they wrote yesterday.
    """
    scenario = lively(days=DAYS)
    tables = play(scenario)
    not_ordinary, wrote, noticed = staff(tables, scenario), set(), set()
    end = {(int(s["replicate"]), int(s["group"]), int(s["person"])): int(s["day_left"]) for s in tables["spells"]}
    lines = {(int(m["replicate"]), int(m["group"]), int(m["id"])): m for m in tables["messages"]}
    for (c, g, _), one in lines.items():
        day = int(one["minute"] // 1440)
        week = day // 7
        if (c, g, int(one["author"])) not in not_ordinary:
            wrote.add((c, g, int(one["author"]), week))
        answered = lines.get((c, g, int(one["reply_to"])))
        if answered is not None and answered["minute"] // 1440 // 7 == week:
            author = c, g, int(answered["author"])
            if author not in not_ordinary and not 0 <= end[author] < day:
                noticed.add((*author, week))
    daily = tables["daily"]
    assert noticed < wrote
    assert daily["n_week_posters"].sum() == len(wrote)
    assert daily["n_noticed"].sum() == len(noticed) > 50


def test_customers_are_who_has_bought_and_is_still_in(tables: Tables) -> None:
    spells, daily = tables["spells"], tables["daily"]
    last = daily[daily["day"] == DAYS - 1]
    there = spells[(spells["day_left"] < 0) & (spells["n_purchases"] > 0)]
    for one in last:
        mine = there[(there["replicate"] == one["replicate"]) & (there["group"] == one["group"])]
        assert one["n_customers"] == mine.size
    assert last["n_customers"].sum() > 5
    weekly = daily["n_customers_seen"].reshape(-1, DAYS // 7, 7).sum(axis=2)
    eves = np.pad(daily["n_customers"].reshape(-1, DAYS // 7, 7)[:, :-1, -1], ((0, 0), (1, 0)))
    assert (weekly <= eves).all()  # each at most once a week, and none who became one this week
    assert weekly.sum() > 10


def test_everybody_who_gets_in_by_the_door_has_knocked(tables: Tables) -> None:
    spells, daily = tables["spells"], tables["daily"]
    by_door = [CHANNELS.index(name) for name in ("search", "invited", "paid_ad", "partner")]
    entered = np.isin(spells["channel"], by_door).sum()
    assert daily["n_knocks"].sum() > entered + daily["n_turned_away"].sum() > 0


def test_points_gathered_are_those_that_the_mechanism_keeps() -> None:
    """Where nobody leaves and none fade: all points that members hold at the end are the four parts together."""
    plan = [strategy("checkin", penalty=0.0), strategy("levels"), strategy("morning_greeting"), strategy("shills")]
    scenario = lively(plan, days=DAYS, mind={"leave": 0.0, "leave_shock": 0.0}, cast={"advertisers": 0.0})
    engine = started(scenario)
    try:
        for _ in range(DAYS):
            engine.step()
        held = engine.in_play.own["points"].members["points"][:-1].reshape(scenario.replicates, -1).sum(axis=1)
    finally:
        engine.close()
    tables = engine.recorder.tables()
    assert not tables["daily"]["new_left"].any()
    frames = {name: frame_of(name, "arm", "world", tables[name], {}) for name in ("daily", "mechanism.tasks")}
    panel = Panel.of(frames["daily"])
    found = intimacy(panel, {"tasks": frames["mechanism.tasks"]})
    members = panel.totals("n_members")
    assert found["intimacy"] * members == pytest.approx(held)
    assert all((found[f"intimacy_{part}"] > 0.01).all() for part in ("looks", "posts", "tasks", "purchases"))


def test_levels_above_the_mean_are_counted_as_they_hold_people(tables: Tables) -> None:
    """Every member who stands above yesterday's mean is held back by their levels above it."""
    counted = tables["mechanism.honours"]["distinction"]
    assert counted.sum() > 10.0
    assert (counted >= 0.0).all()
