"""Nothing is lost and nothing made from nothing, whatever strategies are combined in whatever doses.

Hypothesis draws the strategies, their knobs and the world; one run a case is checked against every law.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from zlib import crc32

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from scenarios import Scenario
from scenarios.strategies.base import Strategy
from sim.data.tables import CHANNELS, KINDS, REASONS
from tests.money import (
    LAWS_OF_MONEY,
    hours_and_purse_are_kept,
    packets_add_up,
    played,
    pools_hold_what_was_paid_in,
    revenue_adds_up,
    the_ledger_is_complete,
    the_purse_is_what_the_tables_say,
    what_members_spend_the_operator_takes,
)
from tests.plays import Tables, daily_grid, lively, per_day, strategy
from tests.seats import LAWS_OF_SEATS
from tests.walking import STRATEGIES, any_plan

MOVED, TRANSFERRED, DISSOLVED = REASONS.index("transferred"), CHANNELS.index("transferred"), REASONS.index("dissolved")
POACHED = REASONS.index("poached")
SENT_AWAY = [REASONS.index("removed"), REASONS.index("culled"), DISSOLVED]
DAYS = 16
EXAMPLES = 80  # in all, shared by the strategies there are

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


@pytest.mark.parametrize("name", STRATEGIES)
def test_every_law_holds(name: str) -> None:
    """Drawn for every strategy there is: alone and with others, so that however many there are, none is left out."""

    @seed(crc32(name.encode()))
    @settings(
        max_examples=max(4, EXAMPLES // len(STRATEGIES)), database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),  # to shrink a case would take minutes; a run is small enough to look into
    )  # fmt: skip
    @given(strategies=any_plan(including=name), world=worlds)
    def check(strategies: tuple[Strategy, ...], world: dict[str, Any]) -> None:
        assert name in [one.name for one in strategies]
        scenario = lively(strategies, days=DAYS, **world)
        tables = played(scenario, LAWS_OF_SEATS)
        for law in LAWS:
            law(tables, scenario)

    check()


def founding(tables: Tables, scenario: Scenario) -> np.ndarray:
    """Which memberships began before the first day; those who open a further group later count as joining it."""
    spells = tables["spells"]
    return (spells["channel"] == 0) & (spells["group"] < scenario.population.groups)  # type: ignore[no-any-return]


def founders(tables: Tables, scenario: Scenario) -> np.ndarray:
    """Members before the first day; shape (replicates, groups)."""
    return per_day(tables["spells"][founding(tables, scenario)], scenario, "day_joined")[..., 0]  # type: ignore


def yesterday(counts: np.ndarray, at_first: np.ndarray | float) -> np.ndarray:
    """Counts (replicates, groups, days) of the day before."""
    before = np.empty_like(counts)
    before[..., 0], before[..., 1:] = at_first, counts[..., :-1]
    return before


def members_in_minus_out(tables: Tables, scenario: Scenario) -> None:
    """Size today = size yesterday + joined + moved in − left − removed − moved out; founders come before day 0."""
    names = ("n_members", "new_joined", "new_moved_in", "new_left", "new_removed", "new_moved_out")
    size, came, moved_in, left, removed, moved_out = (daily_grid(tables, name, scenario) for name in names)
    before = yesterday(size, founders(tables, scenario))
    assert np.array_equal(size, before + came + moved_in - left - removed - moved_out)


def spells_tell_what_daily_counts(tables: Tables, scenario: Scenario) -> None:
    """Memberships begun, ended and open agree with the day's counts; so do messages, invitations and purchases."""
    spells = tables["spells"]
    later = spells[~founding(tables, scenario)]
    moved = later["channel"] == TRANSFERRED
    for mine, theirs in ((~moved, "new_joined"), (moved, "new_moved_in")):
        arrived = per_day(later[mine], scenario, "day_joined")
        assert np.array_equal(arrived, daily_grid(tables, theirs, scenario)), theirs
    gone = spells[spells["day_left"] >= 0]
    assert (gone["reason"] > 0).all()
    removed, moved = np.isin(gone["reason"], SENT_AWAY), gone["reason"] == MOVED
    for which, theirs in ((removed, "new_removed"), (moved, "new_moved_out"), (~removed & ~moved, "new_left")):
        left = per_day(gone[which], scenario, "day_left")
        assert np.array_equal(left, daily_grid(tables, theirs, scenario)), theirs
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
    """Whoever writes is a member that day; after they left or were removed no message of theirs appears."""
    notes, spells = tables["messages"], tables["spells"]
    spans: dict[tuple[int, int, int], list[tuple[int, int]]] = {}
    for s in spells:
        last = int(s["day_left"]) if s["day_left"] >= 0 else scenario.days
        key = (int(s["replicate"]), int(s["group"]), int(s["person"]))
        spans.setdefault(key, []).append((int(s["day_joined"]), last))
    for note in notes:
        day = int(note["minute"] // 1440)
        key = (int(note["replicate"]), int(note["group"]), int(note["author"]))
        assert any(first <= day <= last for first, last in spans.get(key, [])), note


def nobody_enters_twice(tables: Tables, scenario: Scenario) -> None:
    """Who has been in the community does not come back, unless their group was dissolved, or they went to a rival's and
    have had enough of it; only a connector has several memberships, and who is moved."""
    connector = [role.__name__ for role in scenario.roles].index("Connector")
    spells = tables["spells"]
    spells = spells[spells["role"] != connector]
    persons, code = np.unique(spells[["replicate", "person"]], return_inverse=True)
    came, freed = (np.bincount(code, which) for which in (spells["channel"] != TRANSFERRED,
                                                          np.isin(spells["reason"], (DISSOLVED, POACHED))))
    assert (came <= 1 + freed).all(), persons[came > 1 + freed]


def who_is_moved_arrives(tables: Tables, scenario: Scenario) -> None:
    """A membership begun by transfer follows one of the same person that ended by transfer, on that day or the next."""
    spells = tables["spells"]
    ended = spells[spells["reason"] == MOVED]
    left = {(int(s["replicate"]), int(s["person"]), int(s["day_left"])) for s in ended}
    for s in spells[spells["channel"] == TRANSFERRED]:
        who, day = (int(s["replicate"]), int(s["person"])), int(s["day_joined"])
        assert (*who, day) in left or (*who, day - 1) in left, s


def sizes_keep_their_bounds(tables: Tables, scenario: Scenario) -> None:
    """No group is larger than its seats, nor than any cap (or the founders, who were there before it); no queue is
    longer than the door allows. A cap turned down later sends nobody away, but lets nobody in."""
    size, waiting = daily_grid(tables, "n_members", scenario), daily_grid(tables, "n_waiting", scenario)
    doors = tables["doors"]
    limit, queue = (per_day(doors, scenario, "day", doors[name]) for name in ("seat_limit", "queue_length"))
    assert (size >= 0).all()
    assert (size <= scenario.population.seats).all()
    assert (waiting <= np.maximum(queue, yesterday(waiting, 0.0))).all()
    assert (waiting <= queue.max(axis=2, keepdims=True)).all()
    if scenario.same_members:
        return
    spells = tables["spells"]
    first = per_day(spells[spells["channel"] == 0], scenario, "day_joined").sum(axis=2, keepdims=True)
    assert (size <= np.maximum(limit.max(axis=2, keepdims=True), first)).all()
    later = spells[~founding(tables, scenario)]
    came, appointed = (per_day(some, scenario, "day_joined") for some in (later, later[later["channel"] == 0]))
    there = yesterday(size, founders(tables, scenario)) + appointed
    assert (there + came - appointed <= np.maximum(limit, there)).all()


def shares_are_shares(tables: Tables, scenario: Scenario) -> None:
    """Means of trust and belonging, and novelty, lie between 0 and 1."""
    for name in ("mean_trust", "mean_belonging", "novelty"):
        values = tables["daily"][name]
        assert np.isfinite(values).all()
        assert ((values >= 0.0) & (values <= 1.0)).all(), name


LAWS = (
    members_in_minus_out, spells_tell_what_daily_counts, messages_are_counted, replies_point_backwards,
    only_members_speak, nobody_enters_twice, who_is_moved_arrives, sizes_keep_their_bounds, shares_are_shares,
    *LAWS_OF_MONEY,
)  # fmt: skip


@cache
def busy_run() -> tuple[Tables, Scenario]:
    """One run in which every law has something to bite on."""
    chosen = [strategy("paid_entry", price=1.0), strategy("red_packet"), strategy("advert_ban"), strategy("group_cap"),
              strategy("checkin"), strategy("membership", dues=1.0, days=7, first_free=5),
              strategy("sponsors", per_week=7.0)]
    scenario = lively(chosen, days=DAYS, cast={"advertisers": 0.4, "moderators": 2.0}, operator={"hours": 20.0},
                      mind={"buy": 1.0, "generosity": 0.5}, purpose={"search_rate": 15.0, "askers": 0.0})
    return played(scenario), scenario


PAYS = the_purse_is_what_the_tables_say
SPOILED = [
    (members_in_minus_out, "daily", "n_members", 1), (spells_tell_what_daily_counts, "spells", "n_messages", 1),
    (messages_are_counted, "messages", "minute", 1440), (replies_point_backwards, "messages", "reply_to", 10**6),
    (only_members_speak, "messages", "author", 10**7), (packets_add_up, "daily", "packet_sent", 1),
    (revenue_adds_up, "purchases", "price", 1), (the_ledger_is_complete, "ledger", "CNY", 1),
    (sizes_keep_their_bounds, "daily", "n_members", 30), (sizes_keep_their_bounds, "daily", "n_waiting", 30),
    (shares_are_shares, "daily", "novelty", 1), (hours_and_purse_are_kept, "daily", "host_minutes", 10**4),
    (hours_and_purse_are_kept, "purse", "CNY", -(10**6)), (what_members_spend_the_operator_takes, "spells", "spent", 1),
    (PAYS, "purse", "CNY", 0.01), (PAYS, "daily", "cost", 0.01), (PAYS, "daily", "revenue", 0.01),
    (pools_hold_what_was_paid_in, "pools", "fen", 1),
    (pools_hold_what_was_paid_in, "mechanism.tasks", "fen_penalties", 0.01),
    (revenue_adds_up, "mechanism.dues", "fen_dues", 1), (revenue_adds_up, "mechanism.sponsors", "fen_sponsor", 1),
    (PAYS, "mechanism.sponsors", "fen_sponsor", 0.1), (revenue_adds_up, "spells", "spent", 1),
    (PAYS, "purchases", "price", 0.1), (PAYS, "spells", "spent", 0.1), (PAYS, "ledger", "CNY", 0.1),
]  # fmt: skip


@pytest.mark.parametrize(("law", "name", "column", "error"), SPOILED, ids=lambda part: getattr(part, "__name__", None))
def test_a_law_notices_one_wrong_number(law: Any, name: str, column: str, error: float) -> None:
    tables, scenario = busy_run()
    law(tables, scenario)
    spoiled = {**tables, name: tables[name].copy()}
    spoiled[name][column][len(spoiled[name]) // 3] += error
    with pytest.raises((AssertionError, IndexError)):
        law(spoiled, scenario)


def test_a_law_notices_who_comes_twice_or_from_nowhere() -> None:
    """Somebody found sitting in two places: as a newcomer one membership too many, as moved one that never ended."""
    tables, scenario = busy_run()
    spells = tables["spells"].copy()
    ordinary = np.flatnonzero((spells["replicate"] == 0) & (spells["role"] == 0) & (spells["channel"] != 0))
    spells["person"][ordinary[1]] = spells["person"][ordinary[0]]
    with pytest.raises(AssertionError):
        nobody_enters_twice({**tables, "spells": spells}, scenario)
    spells["channel"][ordinary[1]] = TRANSFERRED
    nobody_enters_twice({**tables, "spells": spells}, scenario)
    with pytest.raises(AssertionError):
        who_is_moved_arrives({**tables, "spells": spells}, scenario)
    spells["reason"][ordinary[0]], spells["day_left"][ordinary[0]] = MOVED, spells["day_joined"][ordinary[1]]
    who_is_moved_arrives({**tables, "spells": spells}, scenario)


def test_a_busy_run_is_busy() -> None:
    tables, _ = busy_run()
    daily = tables["daily"]
    for name in ("new_joined", "new_left", "new_removed", "n_purchases", "packet_received", "packet_returned", "n_ads",
                 "n_waiting", "n_turned_away", "n_invitations", "n_replies", "new_muted"):
        assert daily[name].sum() > 0, name
