"""Laws of money and minutes over the tables of a run, whatever strategies were played.

The purse is the operator's: one to a community. Members have no account of their own in this model, only what they
have ``spent``; what packets bring them is counted by day. So the laws are: all that members spent, the operator took
in; all that the purse lost, the tables say on what.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from scenarios import Scenario
from sim.data.mechanism_tables import PREFIX
from sim.engine.mechanism import Mechanism
from sim.simulation import Engine
from tests.plays import Tables, daily_grid, per_day, started

__all__ = [
    "LAWS_OF_MONEY", "PURSE", "hours_and_purse_are_kept", "packets_add_up", "played", "pools_hold_what_was_paid_in",
    "revenue_adds_up", "the_ledger_is_complete", "the_purse_is_what_the_tables_say",
    "what_members_spend_the_operator_takes",
]  # fmt: skip

PURSE = np.dtype([("replicate", "i4"), ("day", "i4"), ("CNY", "f8")])
"""The purse at the end of a day; day −1 is what a community begins with."""
DOORS = np.dtype([("replicate", "i4"), ("group", "i4"), ("day", "i4"), ("seat_limit", "f8"), ("queue_length", "f8")])
"""Caps and queues as they stood on a day."""
POOLS = np.dtype([("replicate", "i4"), ("group", "i4"), ("day", "i4"), ("fen", "i8")])
"""What lies in a group's pool at the end of a day."""
CLOSE = 1e-6  # of the sums that were added; the tables hold numbers of seven digits


def played(
    scenario: Scenario, between_days: Sequence[Callable[[Engine], None]] = (), lane: str = "compiled"
) -> Tables:
    """Every table of a run, and three more: ``purse`` and ``pools`` at the end of each day, ``doors`` as they stood."""
    engine = started(scenario, lane)
    state = engine.state
    doors, pools = (np.zeros((scenario.days, state.groups.size), kind) for kind in (DOORS, POOLS))
    purse = np.zeros((scenario.days + 1, engine.n), PURSE)
    purse["replicate"], purse["day"] = np.arange(engine.n), np.arange(-1, scenario.days)[:, None]
    purse["CNY"][0] = state.worlds["purse_left"]
    for table in (doors, pools):
        table["replicate"], table["group"] = state.groups["community"], state.groups["index"]
        table["day"] = np.arange(scenario.days)[:, None]
    doors["seat_limit"] = 1e9
    try:
        for day in range(scenario.days):
            engine.step()
            purse["CNY"][day + 1] = state.worlds["purse_left"]
            pools["fen"][day] = state.groups["pool_fen"]
            for lever in engine.levers.settings.keys() & {"seat_limit", "queue_length"}:
                doors[lever][day] = engine.levers.settings[lever]
            for law in between_days if day % 5 == 0 else ():
                law(engine)
    finally:
        engine.close()
    more = {"purse": purse, "doors": doors, "pools": pools}
    return engine.recorder.tables() | {name: table.reshape(-1) for name, table in more.items()}


def packets_add_up(tables: Tables, scenario: Scenario) -> None:
    """Every fen sent is received or returned, in every group on every day."""
    sent, received, returned = (
        np.rint(tables["daily"]["packet_" + name] * 100.0).astype(int) for name in ("sent", "received", "returned")
    )
    assert np.array_equal(sent, received + returned)
    assert (sent >= 0).all()
    assert (received >= 0).all()
    assert (returned >= 0).all()


def earned(tables: Tables, scenario: Scenario, source: str) -> np.ndarray:
    """What mechanisms say the operator took in from a source; shape (replicates, groups, days)."""
    groups = scenario.population.groups + scenario.population.spare_groups
    found = np.zeros((scenario.replicates, groups, scenario.days))
    for name, one in Mechanism.known.items():
        for column, declared in one.columns("group", "daily").items():
            if declared.earned == source and PREFIX + name in tables:
                table = tables[PREFIX + name]
                found += per_day(table, scenario, "day", np.rint(100.0 * table[column])) / 100.0
    return found


def bought_by(spells: np.ndarray, purchases: np.ndarray) -> np.ndarray:
    """What each membership has paid for purchases."""
    found = np.zeros(spells.size)
    rows: dict[tuple[int, ...], list[int]] = {}
    for i, one in enumerate(spells):
        rows.setdefault((int(one["replicate"]), int(one["group"]), int(one["person"])), []).append(i)
    for one in purchases:
        for i in rows[int(one["replicate"]), int(one["group"]), int(one["person"])]:
            end = spells["day_left"][i]
            if spells["day_joined"][i] <= one["day"] and (end < 0 or one["day"] <= end):
                found[i] += one["price"]
                break
    return found


def revenue_adds_up(tables: Tables, scenario: Scenario) -> None:
    """Revenue = purchases + entries + what mechanisms earn, by group and day; what a member spent is their entry, their
    purchases at the prices they paid, and what mechanisms took of members.
    """
    spells, bought = tables["spells"], tables["purchases"]
    entries = per_day(spells, scenario, "day_joined", spells["entry_paid"])
    sales = per_day(bought, scenario, "day", bought["price"])
    dues, others = (earned(tables, scenario, source) for source in ("member", "outside"))
    assert np.allclose(daily_grid(tables, "revenue", scenario), entries + sales + dues + others, rtol=1e-5)
    assert np.array_equal(per_day(bought, scenario, "day"), daily_grid(tables, "n_purchases", scenario))
    rest = spells["spent"] - spells["entry_paid"] - bought_by(spells, bought)
    assert (rest > -1e-3).all()
    assert np.allclose(rest.sum(), dues.sum(), rtol=1e-5, atol=1e-2)
    assert (spells["entry_paid"][spells["channel"] == 0] == 0.0).all()


def the_ledger_is_complete(tables: Tables, scenario: Scenario) -> None:
    """Costs by strategy add up to the costs of the days, in yuan and in minutes."""
    ledger, groups = tables["ledger"], scenario.population.groups + scenario.population.spare_groups
    for mine, theirs in (("CNY", "cost"), ("host_minutes", "host_minutes")):
        booked = np.zeros((scenario.replicates, groups))
        np.add.at(booked, (ledger["replicate"], ledger["group"]), ledger[mine])
        assert np.allclose(booked, daily_grid(tables, theirs, scenario).sum(axis=2), rtol=1e-4, atol=1e-3)


def hours_and_purse_are_kept(tables: Tables, scenario: Scenario) -> None:
    """Minutes of a day stay within the hours of host and moderators; costs within purse and income.

    Groups opened bring no moderators; co-moderators and volunteers bring what is counted of them.

    Only an expert's fee is owed whether the purse holds it or not.
    """
    spent = daily_grid(tables, "host_minutes", scenario).sum(axis=1)
    operator, cast, population = scenario.operator, scenario.cast, scenario.population
    groups = population.groups + population.spare_groups
    at_hand = 60.0 * operator.hours + population.groups * cast.moderators * cast.moderator_minutes
    for name, column in (("co_moderators", "minutes_brought"), ("careers", "minutes_volunteered")):
        helped = tables.get(f"mechanism.{name}")
        if helped is not None:
            at_hand = at_hand + per_day(helped, scenario, "day", helped[column].astype(float)).sum(axis=1)
    slack = groups * scenario.talk.answer_minutes  # the last answer may run over
    assert (spent <= at_hand + slack + 1e-3).all()
    if scenario.cast.kol_fee == 0.0:
        assert (tables["purse"]["CNY"] >= -CLOSE).all()
    if operator.purse == 0.0 and scenario.cast.kol_fee == 0.0:
        paid = daily_grid(tables, "cost", scenario).sum(axis=1).cumsum(axis=1)
        earned = daily_grid(tables, "revenue", scenario).sum(axis=1).cumsum(axis=1)
        assert (paid <= earned + 1e-3).all()


def by_community(table: np.ndarray, column: str, scenario: Scenario) -> np.ndarray:
    """Sum of a column over a whole run; shape (replicates,)."""
    return np.bincount(table["replicate"], table[column].astype(float), minlength=scenario.replicates)


def what_members_spend_the_operator_takes(tables: Tables, scenario: Scenario) -> None:
    """Over a whole run, what all members spent is all revenue but what came from outside, in every community."""
    spent, taken = by_community(tables["spells"], "spent", scenario), by_community(tables["daily"], "revenue", scenario)
    taken -= earned(tables, scenario, "outside").sum(axis=(1, 2))
    assert np.allclose(spent, taken, rtol=CLOSE, atol=CLOSE)


def the_purse_is_what_the_tables_say(tables: Tables, scenario: Scenario) -> None:
    """Change of the purse = what came in − the goods' part of the sales − what was spent, whoever asked for it.

    Day by day from daily and purchases; over the run once more from spells, purchases and ledger, which share no
    column with daily.
    """
    purse, goods = tables["purse"]["CNY"].reshape(-1, scenario.replicates).T, 1.0 - scenario.operator.margin
    revenue, cost = (daily_grid(tables, name, scenario).sum(axis=1) for name in ("revenue", "cost"))
    sales = per_day(tables["purchases"], scenario, "day", tables["purchases"]["price"]).sum(axis=1)
    moved = np.abs(revenue) + np.abs(cost) + sales
    assert (np.abs(np.diff(purse) - (revenue - goods * sales - cost)) <= CLOSE * (1.0 + moved)).all()
    spent, sold, booked = (
        by_community(tables[name], column, scenario)
        for name, column in (("spells", "spent"), ("purchases", "price"), ("ledger", "CNY"))
    )
    gained = spent + earned(tables, scenario, "outside").sum(axis=(1, 2)) - goods * sold - booked
    assert (np.abs(purse[:, -1] - purse[:, 0] - gained) <= CLOSE * (1.0 + moved.sum(axis=1))).all()


def pools_hold_what_was_paid_in(tables: Tables, scenario: Scenario) -> None:
    """On every evening a group's pool holds what mechanisms say went in, less what they say came out, to the fen."""
    groups = scenario.population.groups + scenario.population.spare_groups
    moved = np.zeros((scenario.replicates, groups, scenario.days))
    for name, one in Mechanism.known.items():
        for column, declared in one.columns("group", "daily").items():
            if declared.pooled and PREFIX + name in tables:
                table = tables[PREFIX + name]
                moved += declared.pooled * per_day(table, scenario, "day", np.rint(100.0 * table[column]))
    pools = tables["pools"]
    held = per_day(pools, scenario, "day", pools["fen"])
    assert np.array_equal(held, moved.cumsum(axis=2))
    assert (held >= 0).all()


LAWS_OF_MONEY = (
    packets_add_up, revenue_adds_up, the_ledger_is_complete, hours_and_purse_are_kept,
    what_members_spend_the_operator_takes, the_purse_is_what_the_tables_say,
    pools_hold_what_was_paid_in,
)  # fmt: skip
