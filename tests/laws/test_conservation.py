"""Nothing is lost and nothing made from nothing, whatever strategies are combined in whatever doses.

Hypothesis draws the strategies, their knobs and the world; one run a case is checked against every law.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from scenarios import Scenario
from scenarios.strategies.base import Strategy
from sim.data.tables import KINDS, REASONS
from tests.plays import Tables, lively, per_day, started, strategy
from tests.seats import LAWS_OF_SEATS

REMOVED = REASONS.index("removed")
DAYS = 16

doses = {
    "group_cap": st.fixed_dictionaries({"limit": st.integers(2, 20), "queue": st.sampled_from([3, 0, 1, 10, 60]),
                                        "when_full": st.sampled_from(["new_group", "queue"])}),
    "paid_entry": st.fixed_dictionaries({"price": st.sampled_from([0.0, 0.01, 1.0, 9.9, 100.0])}),
    "fixed_time": st.fixed_dictionaries({"posts_per_day": st.floats(0.05, 5), "hour": st.floats(0, 23.9)}),
    "irregular_time": st.fixed_dictionaries({"posts_per_day": st.floats(0.05, 5)}),
    "red_packet": st.fixed_dictionaries(
        {
            "amount": st.sampled_from([8.88, 66.66, 1.0, 0.05, 0.01]),
            "shares": st.integers(1, 30),
            "lucky": st.booleans(),
            "occasion": st.sampled_from(["daily", "quiet", "weekly"]),
        }
    ),
    "advert_ban": st.fixed_dictionaries({"remove": st.sampled_from([True, False])}),
}
worlds = st.fixed_dictionaries(
    {
        "seed": st.integers(0, 10**6),
        "same_members": st.sampled_from([False, False, False, True]),
        "population": st.fixed_dictionaries({"seats": st.integers(12, 40), "founders": st.integers(1, 10),
                                             "spare_groups": st.sampled_from([2, 0, 1])}),
        "purpose": st.fixed_dictionaries({"search_rate": st.sampled_from([6.0, 3.0, 1.0, 0.0]),
                                          "talk": st.floats(0.05, 3)}),
        "mind": st.fixed_dictionaries({"leave": st.floats(0, 0.2), "generosity": st.floats(0, 1),
                                       "buy": st.floats(-3, 3), "invite": st.floats(0, 1)}),
        "cast": st.fixed_dictionaries({"advertisers": st.sampled_from([0.4, 0.1, 0.0]),
                                       "connectors": st.floats(0, 0.4),
                                       "moderators": st.sampled_from([2.0, 0.5, 0.0]), "kol_fee": st.floats(0, 50)}),
        "operator": st.fixed_dictionaries({"purse": st.sampled_from([20_000.0, 30.0, 0.0]),
                                           "hours": st.sampled_from([20.0, 4.0, 0.0]),
                                           "advert_yuan_base": st.sampled_from([0.0, 5.0])}),
    }
)  # fmt: skip


@st.composite
def chosen(draw: st.DrawFn) -> tuple[Strategy, ...]:
    """Any combination of strategies that do not contradict each other."""
    mask = draw(st.integers(0, 2 ** len(doses) - 1))
    names = {name for bit, name in enumerate(sorted(doses)) if mask >> bit & 1}
    if {"fixed_time", "irregular_time"} <= names:
        names = names - {draw(st.sampled_from(["fixed_time", "irregular_time"]))}
    return tuple(strategy(name, **draw(doses[name])) for name in sorted(names))


@settings(
    max_examples=80, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),  # to shrink a case would take minutes; a run is small enough to look into
)  # fmt: skip
@given(strategies=chosen(), world=worlds)
def test_every_law_holds(strategies: tuple[Strategy, ...], world: dict[str, Any]) -> None:
    scenario = lively(strategies, days=DAYS, **world)
    engine = started(scenario)
    try:
        for day in range(DAYS):
            engine.step()
            for law in LAWS_OF_SEATS if day % 5 == 0 else ():
                law(engine)
    finally:
        engine.close()
    tables = engine.recorder.tables()
    for check in LAWS:
        check(tables, scenario)


def daily_grid(tables: Tables, name: str, scenario: Scenario) -> np.ndarray:
    """A column of the daily table; shape (replicates, groups, days)."""
    return per_day(tables["daily"], scenario, "day", tables["daily"][name].astype(float))


def founding(tables: Tables, scenario: Scenario) -> np.ndarray:
    """Which memberships began before the first day; those who open a further group later count as joining it."""
    spells = tables["spells"]
    return (spells["channel"] == 0) & (spells["group"] < scenario.population.groups)  # type: ignore[no-any-return]


def members_in_minus_out(tables: Tables, scenario: Scenario) -> None:
    """Size today = size yesterday + joined − left − removed; the founders come before the first day."""
    size, came, left, removed = (
        daily_grid(tables, name, scenario) for name in ("n_members", "new_joined", "new_left", "new_removed")
    )
    founders = per_day(tables["spells"][founding(tables, scenario)], scenario, "day_joined")[..., 0]
    before = np.concatenate([founders[..., None], size[..., :-1]], axis=2)
    assert np.array_equal(size, before + came - left - removed)


def spells_tell_what_daily_counts(tables: Tables, scenario: Scenario) -> None:
    """Memberships begun, ended and open agree with the day's counts; so do messages, invitations and purchases."""
    spells = tables["spells"]
    arrived = per_day(spells[~founding(tables, scenario)], scenario, "day_joined")
    assert np.array_equal(arrived, daily_grid(tables, "new_joined", scenario))
    gone = spells[spells["day_left"] >= 0]
    assert (gone["reason"] > 0).all()
    removed = gone["reason"] == REMOVED
    assert np.array_equal(per_day(gone[removed], scenario, "day_left"), daily_grid(tables, "new_removed", scenario))
    assert np.array_equal(per_day(gone[~removed], scenario, "day_left"), daily_grid(tables, "new_left", scenario))
    for mine, theirs in (("n_messages", "n_messages"), ("n_purchases", "n_purchases")):
        total = per_day(spells, scenario, "day_joined", spells[mine]).sum(axis=2)
        assert np.array_equal(total, daily_grid(tables, theirs, scenario).sum(axis=2))


def messages_are_counted(tables: Tables, scenario: Scenario) -> None:
    """Every message counts once, in its group, on its day, in its kind, and for its author."""
    notes = tables["messages"]
    dated = np.zeros(notes.size, dtype=[("replicate", "i4"), ("group", "i4"), ("day", "i4")])
    dated["replicate"], dated["group"], dated["day"] = notes["replicate"], notes["group"], notes["minute"] // 1440
    assert np.array_equal(per_day(dated, scenario, "day"), daily_grid(tables, "n_messages", scenario))
    adverts = dated[np.isin(notes["kind"], [-1, KINDS.index("advert")])]
    assert np.array_equal(per_day(adverts, scenario, "day"), daily_grid(tables, "n_ads", scenario))
    replies = dated[notes["reply_to"] >= 0]
    assert np.array_equal(per_day(replies, scenario, "day"), daily_grid(tables, "n_replies", scenario))


def replies_point_backwards(tables: Tables, scenario: Scenario) -> None:
    """Numbers of messages run on without a gap in each group; an answer comes after what it answers."""
    notes = tables["messages"]
    for at in np.unique(notes[["replicate", "group"]]):
        mine = notes[notes[["replicate", "group"]] == at]
        mine = mine[np.argsort(mine["id"])]
        assert np.array_equal(mine["id"], np.arange(mine.size))
        assert (np.diff(mine["minute"]) >= 0).all()
        assert (mine["reply_to"] < mine["id"]).all()


def only_members_speak(tables: Tables, scenario: Scenario) -> None:
    """Whoever writes is a member that day; after he left or was removed no message of his appears."""
    notes, spells = tables["messages"], tables["spells"]
    spans: dict[tuple[int, int, int], list[tuple[int, int]]] = {}
    for s in spells:
        last = int(s["day_left"]) if s["day_left"] >= 0 else DAYS
        key = (int(s["replicate"]), int(s["group"]), int(s["person"]))
        spans.setdefault(key, []).append((int(s["day_joined"]), last))
    for note in notes:
        day = int(note["minute"] // 1440)
        key = (int(note["replicate"]), int(note["group"]), int(note["author"]))
        assert any(first <= day <= last for first, last in spans.get(key, [])), note


def packets_add_up(tables: Tables, scenario: Scenario) -> None:
    """Every fen sent is received or returned, in every group on every day."""
    sent, received, returned = (
        np.rint(tables["daily"]["packet_" + name] * 100.0).astype(int) for name in ("sent", "received", "returned")
    )
    assert np.array_equal(sent, received + returned)
    assert (sent >= 0).all()
    assert (received >= 0).all()
    assert (returned >= 0).all()


def revenue_adds_up(tables: Tables, scenario: Scenario) -> None:
    """Revenue = purchases + entries, by group and day; what a member spent is his entry and his purchases."""
    spells, bought = tables["spells"], tables["purchases"]
    entries = per_day(spells, scenario, "day_joined", spells["entry_paid"])
    sales = per_day(bought, scenario, "day", bought["price"])
    assert np.allclose(daily_grid(tables, "revenue", scenario), entries + sales, rtol=1e-5)
    assert np.array_equal(per_day(bought, scenario, "day"), daily_grid(tables, "n_purchases", scenario))
    price = scenario.purpose.item_price
    assert np.allclose(spells["spent"], spells["entry_paid"] + price * spells["n_purchases"], rtol=1e-5)
    assert (spells["entry_paid"][spells["channel"] == 0] == 0.0).all()


def the_ledger_is_complete(tables: Tables, scenario: Scenario) -> None:
    """Costs by strategy add up to the costs of the days, in yuan and in minutes."""
    ledger, groups = tables["ledger"], scenario.population.groups + scenario.population.spare_groups
    for mine, theirs in (("CNY", "cost"), ("host_minutes", "host_minutes")):
        booked = np.zeros((scenario.replicates, groups))
        np.add.at(booked, (ledger["replicate"], ledger["group"]), ledger[mine])
        assert np.allclose(booked, daily_grid(tables, theirs, scenario).sum(axis=2), rtol=1e-4, atol=1e-3)


def nobody_enters_twice(tables: Tables, scenario: Scenario) -> None:
    """Who has been in the community does not come back; only a connector has several memberships."""
    connector = [role.__name__ for role in scenario.roles].index("Connector")
    spells = tables["spells"][tables["spells"]["role"] != connector]
    persons, times = np.unique(spells[["replicate", "person"]], return_counts=True)
    assert (times == 1).all(), persons[times > 1]


def sizes_keep_their_bounds(tables: Tables, scenario: Scenario) -> None:
    """No group is larger than its seats, nor than a cap (or the founders, who were there before it)."""
    size, waiting = daily_grid(tables, "n_members", scenario), daily_grid(tables, "n_waiting", scenario)
    assert (size >= 0).all()
    assert (size <= scenario.population.seats).all()
    cap = next((s for s in scenario.strategies if s.name == "group_cap"), None)
    assert (waiting <= (cap.queue if cap else 0)).all()
    if cap and not scenario.same_members:
        appointed = tables["spells"][tables["spells"]["channel"] == 0]
        founders = per_day(appointed, scenario, "day_joined").sum(axis=2, keepdims=True)
        assert (size <= np.maximum(cap.limit, founders)).all()


def hours_and_purse_are_kept(tables: Tables, scenario: Scenario) -> None:
    """Minutes of a day stay within the hours of host and moderators; costs within purse and income."""
    spent = daily_grid(tables, "host_minutes", scenario).sum(axis=1)
    operator, cast, population = scenario.operator, scenario.cast, scenario.population
    groups = population.groups + population.spare_groups
    at_hand = 60.0 * operator.hours + groups * cast.moderators * cast.moderator_minutes
    slack = groups * scenario.talk.answer_minutes  # the last answer may run over
    assert (spent <= at_hand + slack + 1e-3).all()
    if operator.purse == 0.0 and scenario.cast.kol_fee == 0.0:
        paid = daily_grid(tables, "cost", scenario).sum(axis=1).cumsum(axis=1)
        earned = daily_grid(tables, "revenue", scenario).sum(axis=1).cumsum(axis=1)
        assert (paid <= earned + 1e-3).all()


def shares_are_shares(tables: Tables, scenario: Scenario) -> None:
    """Means of trust and belonging, and novelty, lie between 0 and 1."""
    for name in ("mean_trust", "mean_belonging", "novelty"):
        values = tables["daily"][name]
        assert np.isfinite(values).all()
        assert ((values >= 0.0) & (values <= 1.0)).all(), name


LAWS = (
    members_in_minus_out, spells_tell_what_daily_counts, messages_are_counted, replies_point_backwards,
    only_members_speak, packets_add_up, revenue_adds_up, the_ledger_is_complete, nobody_enters_twice,
    sizes_keep_their_bounds, hours_and_purse_are_kept, shares_are_shares,
)  # fmt: skip


@cache
def busy_run() -> tuple[Tables, Scenario]:
    """One run in which every law has something to bite on."""
    chosen_ = [strategy("paid_entry", price=1.0), strategy("red_packet"), strategy("advert_ban"), strategy("group_cap")]
    scenario = lively(chosen_, days=DAYS, cast={"advertisers": 0.4, "moderators": 2.0}, operator={"hours": 20.0},
                      mind={"buy": 1.0, "generosity": 0.5}, purpose={"search_rate": 5.0})
    engine = started(scenario)
    for _ in range(DAYS):
        engine.step()
    return engine.recorder.tables(), scenario


SPOILED = {
    members_in_minus_out: ("daily", "n_members", 1), spells_tell_what_daily_counts: ("spells", "n_messages", 1),
    messages_are_counted: ("messages", "minute", 1440), replies_point_backwards: ("messages", "reply_to", 10**6),
    only_members_speak: ("messages", "author", 10**7), packets_add_up: ("daily", "packet_sent", 1),
    revenue_adds_up: ("purchases", "price", 1), the_ledger_is_complete: ("ledger", "CNY", 1),
    sizes_keep_their_bounds: ("daily", "n_members", 30), shares_are_shares: ("daily", "novelty", 1),
    hours_and_purse_are_kept: ("daily", "host_minutes", 10**4),
}  # fmt: skip


@pytest.mark.parametrize("law", SPOILED, ids=lambda law: law.__name__)
def test_a_law_notices_one_wrong_number(law: Any) -> None:
    tables, scenario = busy_run()
    law(tables, scenario)
    name, column, error = SPOILED[law]
    spoiled = {**tables, name: tables[name].copy()}
    spoiled[name][column][len(spoiled[name]) // 3] += error
    with pytest.raises((AssertionError, IndexError)):
        law(spoiled, scenario)


def test_a_busy_run_is_busy() -> None:
    tables, _ = busy_run()
    daily = tables["daily"]
    for name in ("new_joined", "new_left", "new_removed", "n_purchases", "packet_received", "packet_returned", "n_ads",
                 "n_waiting", "n_turned_away", "n_invitations", "n_replies", "new_muted"):
        assert daily[name].sum() > 0, name
