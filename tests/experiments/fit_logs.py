"""A simulated community whose numbers are known, as a log that a stranger could bring."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from scenarios import compose
from sim import simulate
from sim.analysis.logs.comings import with_comings
from sim.analysis.logs.marking import as_people_mark
from sim.data.results import Results

GROUPS, DAYS = 3, 40
BASE = ("scenario=learners", "population.seats=60")
WORLD = (*BASE, f"population.groups={GROUPS}", "population.founders=15", "scenario.talk=0.8", "scenario.askers=0.2",
         "scenario.search_rate=3", "scenario.search_spread=0")  # fmt: skip


@cache
def recorded() -> Results:
    """The community; nobody may change it."""
    return simulate(compose([*WORLD, "strategy=[nothing]", "record=messages", "replicates=1", f"days={DAYS}"]))


def talk() -> pd.DataFrame:
    """What was said, as people mark it."""
    found = recorded().messages
    assert found is not None
    return as_people_mark(found)


def talk_with_comings() -> pd.DataFrame:
    """The same with lines of joining and leaving."""
    found = recorded()
    assert found.messages is not None
    return as_people_mark(with_comings(found.messages, found.spells, found.meta["start"], "Asia/Shanghai"))


def written(messages: pd.DataFrame, path: Path) -> Path:
    """A log of real people has no more columns."""
    columns = ("group", "id", "t", "author", "kind", "reply_to", "channel")
    kept = messages[[name for name in columns if name in messages]]
    kept.assign(kind=kept["kind"].astype(str)).to_parquet(path)
    return path
