"""The model beside the facts: worlds are played with every strategy off, measured, set beside targets and real rooms.

One table has every fact, K1 to K26, in the world that is to reproduce it, those too that no run can tell yet. Rooms,
real and simulated, are compared one by one. Nothing is fitted here but, to rooms that somebody brings and if they ask
for it, the printed numbers of the world of :data:`HOME`, by :mod:`scenarios.experiments.fit`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from scenarios.config import catalog
from scenarios.config.ensemble import Row, Sets
from scenarios.experiments.folder_of_logs import real_messages
from scenarios.experiments.plays_of_facts import FURTHER, WATCHED, WORDS, Play, played_once
from sim.analysis.facts.fingerprints import FEATURES, Rooms, apart, known_rooms, matrix, rooms_of
from sim.analysis.facts.targets import band_text, facts_table, rooms_of_daily, targets, verdicts
from sim.analysis.logs.reading import LogError, read_rooms
from sim.analysis.logs.talk import talk_of
from sim.analysis.statistics.told_apart import Apart, auc, newcombe

if TYPE_CHECKING:
    from scenarios.experiments.fit.asked import Found

__all__ = ["DAYS", "HOME", "LogError", "Validation", "WORLDS", "brought", "played", "scenario_for", "validate"]

# World of the facts → scenarios that may stand for it, the best first.
WORLDS: dict[str, tuple[str, ...]] = {
    "everyday": ("everyday",),
    "bond": ("bond", "study_group"),
    "deals": ("deals",),
    "tech_channel": ("tech_channel", "learners", "study_group"),
    "learners": ("learners", "study_group"),
    "camp": ("camp", "study_group"),
}
# Days to be played: K1 watches 34 days; K3 and K4 count windows of 12 weeks; lives and shapes need a year.
DAYS = {"everyday": 41, "bond": 175, "deals": 175, "tech_channel": 175, "learners": 364, "camp": 56}
HOME = "learners"  # the world whose rooms are set beside real ones
PARTS = ("both", "lives", "hours")
_MEASURED = ["value", "low", "high", "n"]


@dataclass(frozen=True, eq=False)
class Validation:
    """``facts``: a row for each statistic with a target; ``simulated`` and ``real`` rooms; how well they are told
    ``apart``, by what is looked at; ``alone``: how well each of the :data:`FEATURES` tells them; ``refit``: the numbers
    of :data:`HOME` as they were fitted to the log, each community playing a draw of what it leaves open."""

    facts: pd.DataFrame
    simulated: Rooms
    real: Rooms
    communities: int
    seed: int
    data: str | None
    apart: dict[str, Apart] = field(default_factory=dict)
    alone: pd.DataFrame = field(default_factory=pd.DataFrame)
    refit: Found | None = None

    @property
    def by_fact(self) -> pd.Series:
        """Whether each counted fact passes; null where it is not measured."""
        counted = self.facts[self.facts["counted"]]
        found = verdicts(counted)
        return found.reindex(dict.fromkeys(counted["id"]))


def validate(replicates: int, seed: int, data: str | None = None, rooms: str | None = None, zone: str = "UTC",
             tell: Any = lambda world, scenario: None, refit: Found | None = None) -> Validation:  # fmt: skip
    """Play the worlds, ``replicates`` communities each, and measure everything.

    ``data`` is a log, or a folder of logs, whose rooms take the place of those that ship with the project; the facts
    that it can tell are measured on it too. ``tell`` is called with world and scenario before each is played. With a
    ``refit`` the world of :data:`HOME` is played with draws of it, one a community.
    """
    table, real = None, known_rooms()
    if data is not None:
        table, real = brought(data, rooms, zone)
    tables, simulated = [], None
    for world in WORLDS:
        tell(world, scenario_for(world))
        found, own = played(world, replicates, seed, row=_draws(refit) if refit and world == HOME else None)
        tables.append(found)
        simulated = own if world == HOME else simulated
    assert simulated is not None
    facts = _in_order(pd.concat([*tables, _untold(pd.concat(tables))], ignore_index=True))
    if table is not None:
        log = table[["id", "statistic", *_MEASURED]].rename(columns={name: f"log_{name}" for name in _MEASURED})
        facts = facts.merge(log, on=["id", "statistic"], how="left")
    told = {part: apart(simulated, real, part) for part in PARTS} if len(simulated) and len(real) else {}
    return Validation(facts, simulated, real, replicates, seed, data, told, _alone(simulated, real), refit)


def _draws(refit: Found) -> Sets:
    from scenarios.experiments.fit.world_file import drawn_rows

    return Sets("data", drawn_rows(refit))


def scenario_for(world: str) -> str:
    """The scenario that stands for a world of the facts: the first there is."""
    known = catalog.options("scenario")
    return next(name for name in WORLDS[world] if name in known)


def played(
    world: str, replicates: int, seed: int = 1, more: Sequence[str] = (), row: Row | Sets | None = None,
    draws: int = 300,
) -> tuple[pd.DataFrame, Rooms]:  # fmt: skip
    """Facts of one world, from a run that keeps every message and from :data:`FURTHER` ones, and its long rooms.

    ``spread`` is the standard deviation of a statistic over communities, each measured alone. ``more`` are overrides,
    ``row`` the numbers of a set (:mod:`scenarios.config.ensemble`), or sets, one a community. Without ``draws`` there
    are no intervals and no spread.
    """
    name = scenario_for(world)
    mine = targets().query("world == @world")[["id", "statistic", "counted", "world"]]
    further = FURTHER.get(world, ())
    elsewhere = {fact for play in further for fact in play.facts}
    facts = tuple(fact for fact in mine["id"].unique() if fact not in elsewhere)
    words = WORDS.get(world, ("strategy=[nothing]",))
    main = Play(facts, DAYS[world], (*words, "record=messages"), WATCHED.get(world, ()))
    tables = []
    for play in (main, *further):
        table, results = played_once(play, name, replicates, seed, more, row, draws)
        tables.append(table)
        if play is main:
            talk = talk_of(results.messages, rooms_of_daily(results.daily, results.meta["start"]), "Asia/Shanghai")
    table = pd.concat(tables, ignore_index=True).merge(mine, on=["id", "statistic"])
    return table.assign(scenario=name, communities=replicates), rooms_of(talk)


def _untold(told: pd.DataFrame) -> pd.DataFrame:
    """The statistics with a target that no run tells yet."""
    known, done = targets(), set(zip(told["id"], told["statistic"], strict=True))
    left = [pair not in done for pair in zip(known["id"], known["statistic"], strict=True)]
    known = known[left]
    known = known[known["world"] != ""]
    spans = [band_text(low, high) for low, high in zip(known["low"], known["high"], strict=True)]
    nothing = dict.fromkeys(("value", "low", "high", "spread"), float("nan"))
    return known.assign(band=spans, band_low=known["low"], band_high=known["high"], scenario="", communities=0,
                        n=0, passes=pd.array([None] * len(known), "boolean")).assign(**nothing)  # fmt: skip


def _in_order(facts: pd.DataFrame) -> pd.DataFrame:
    order = facts["id"].str[1:].astype(int).argsort(kind="stable")
    return facts.iloc[order].reset_index(drop=True)


def _alone(simulated: Rooms, real: Rooms) -> pd.DataFrame:
    """Each feature: name, medians of both sides, AUC (above 0.5: higher in real rooms) and its interval."""
    rows = []
    for k, name in enumerate(FEATURES):
        ours, theirs = matrix(simulated, "lives")[:, k], matrix(real, "lives")[:, k]
        one = pd.Series([*ours, *theirs]).to_numpy()
        value = auc(one, pd.Series(range(len(one))).to_numpy() >= len(ours))
        low, high = newcombe(value, len(theirs), len(ours)) if value == value else (value, value)
        rows.append((name, simulated.table[name].median(), real.table[name].median(), value, low, high))
    return pd.DataFrame(rows, columns=["feature", "simulated", "real", "auc", "low", "high"])


def brought(data: str, rooms: str | None, zone: str) -> tuple[pd.DataFrame, Rooms]:
    """Facts and long rooms of a log, or of all logs (.csv, .parquet) of a folder, whose rooms are then numbered on.

    Raises
    ------
    LogError
        A log cannot be read, or the folder has none, or no room of theirs is long enough to be compared.
    """
    messages = real_messages(data, rooms)
    known = None if rooms is None else read_rooms(rooms, messages)
    found = rooms_of(talk_of(messages, known, zone))
    if not len(found):
        raise LogError(f"{data}: no room has 100 messages of people over 30 days, so none can be compared")
    return facts_table(messages, rooms=known, zone=zone), found
