"""Small lively worlds for the tests of the engine, and how they are played."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from scenarios import Scenario
from scenarios.config.catalog import strategies as known
from scenarios.strategies.base import Strategy
from sim.simulation import Engine

__all__ = [
    "ALL_TABLES", "STEADY", "daily_grid", "differing", "lively", "model_tables", "per_day", "play", "rows_of",
    "started", "strategy",
]  # fmt: skip

Tables = dict[str, np.ndarray]
ALL_TABLES = {"daily", "spells", "messages", "purchases", "ledger", "pairs"}

# Sections of a world whose people come, write and ask friends steadily, whatever the baseline is calibrated to, so that
# tests of mechanisms hang on no calibration.
STEADY: dict[str, dict[str, Any]] = {
    "purpose": {"search_rate": 1.5, "talk": 0.6, "acquaintance": 0.4, "askers": 0.0, "need_days": 190.0},
    "mind": {
        "talk_spread": 2.7, "reply": 0.17, "reply_spread": 1.8, "attention_spread": 0.7, "visit": -4.4,
        "visit_belonging": 3.6, "visit_appeal": 5.8, "visit_new": 0.9, "visit_over": 2.3, "looks": 1.6, "shyness": 0.86,
        "after": 0.66, "weary": 0.023, "freshness": 920.0, "crowding": 2.3, "addressed": 7.7, "tie_reply": 4.7,
        "company": 3.1, "ambience": 0.07, "neglect": 0.25, "swing": 2.5, "leave": 0.03, "buy": -2.0, "invite": 1.7,
        "invite_days": 2.5, "invite_late": 0.01, "invite_at_once": 1, "hot": 0.1,
    },
    "talk": {
        "notice": 0.85, "notice_minutes": 1.2, "buzz": 0.19, "buzz_minutes": 2.1, "stay": 0.72, "stay_minutes": 1.2,
        "linger": 0.69, "live_minutes": 1.3, "more": 0.36, "more_minutes": 0.26,
    },
}
LIVELY: dict[str, dict[str, Any]] = {
    **STEADY,
    "population": {"groups": 3, "seats": 24, "founders": 10},
    "market": {"carry_rate": 0.2, "quiet_door": 1.0},
    "cast": {"kols": 1.0, "moderators": 0.5, "advertisers": 0.1, "connectors": 0.15},
    "operator": {"hours": 6.0, "offer_every": 3.0},
}


def strategy(name: str, **knobs: Any) -> Strategy:
    """A strategy by its name in config."""
    return known()[name](**knobs)


def lively(strategies: Sequence[Strategy] = (), **changes: Any) -> Scenario:
    """Three small groups in which everything happens within days: talk, adverts, packets, sales, leaving."""
    base = Scenario(name="lively", replicates=2, days=20, record="messages")
    sections = {name: {**LIVELY.get(name, {}), **changes.pop(name, {})} for name in (*LIVELY, "talk")}
    return base.replace(strategies=tuple(strategies), **sections, **changes)


def started(scenario: Scenario, lane: str = "compiled") -> Engine:
    """An engine on the morning of day 0."""
    return Engine(scenario, lane, scenario.replicates)


def play(scenario: Scenario, lane: str = "compiled") -> Tables:
    """Every table of a run, as the engine wrote it."""
    engine = started(scenario, lane)
    try:
        for _ in range(scenario.days):
            engine.step()
    finally:
        engine.close()
    return engine.recorder.tables()


def model_tables(tables: Iterable[str]) -> set[str]:
    """Names of the tables that every run has; mechanisms in play add their own, "mechanism.NAME"."""
    return {name for name in tables if not name.startswith("mechanism.")}


def differing(one: Tables, other: Tables) -> list[str]:
    """Names of the tables that differ in any byte, or that only one of the runs has."""
    lacking = sorted(one.keys() ^ other.keys())
    return lacking + [name for name in one if name in other and one[name].tobytes() != other[name].tobytes()]


def per_day(table: np.ndarray, scenario: Scenario, day: str, weight: Any = 1) -> np.ndarray:
    """Rows of a table (or the sum of a weight) by replicate, group and day; shape (replicates, groups, days)."""
    groups = scenario.population.groups + scenario.population.spare_groups
    counts = np.zeros((scenario.replicates, groups, scenario.days))
    np.add.at(counts, (table["replicate"], table["group"], table[day]), weight)
    return counts


def daily_grid(tables: Tables, name: str, scenario: Scenario) -> np.ndarray:
    """A column of the daily table; shape (replicates, groups, days)."""
    return per_day(tables["daily"], scenario, "day", tables["daily"][name].astype(float))


def rows_of(engine: Engine) -> np.ndarray:
    """Rows of all seats that are taken."""
    return engine.state.members[engine.recorder.seated()]  # type: ignore[no-any-return]
