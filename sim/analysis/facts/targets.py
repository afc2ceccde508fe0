"""The facts beside their targets: one table for a log, real or simulated.

The targets stand in ``facts.toml`` and nowhere else; only validation and calibration read them, through this file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping
from functools import cache
from importlib import resources

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.facts import lives as lifefacts
from sim.analysis.facts import published as kfacts
from sim.analysis.facts import rooms as logfacts
from sim.analysis.facts.camp import k12
from sim.analysis.facts.invitations import k2
from sim.analysis.facts.lurkers import k3
from sim.analysis.facts.packets import k10
from sim.analysis.facts.persons import k11
from sim.analysis.funnel import is_ordinary
from sim.analysis.logs.talk import DAY, Talk, room_codes, room_keys, room_table, talk_of
from sim.analysis.statistics.bootstrap import Boot, Measure

__all__ = ["band_text", "facts_table", "measure_facts", "measure_notes", "rooms_of_daily", "targets", "verdicts"]

HOME = "Asia/Shanghai"

_BY_ID: dict[str, Callable[[Talk, Boot], dict[str, Measure]]] = {
    "K1": kfacts.k1,
    "K5": kfacts.k5,
    "K6": kfacts.k6,
    "K7": kfacts.k7,
    "K8": kfacts.k8,
    "K9": kfacts.k9,
    "K13": logfacts.k13,
    "K14": logfacts.k14,
    "K15": logfacts.k15,
    "K16": logfacts.k16,
    "K17": logfacts.k17,
    "K18": logfacts.k18,
    **{f"K{k}": getattr(lifefacts, f"k{k}") for k in range(19, 27)},
}


@cache
def targets() -> pd.DataFrame:
    """Every target: id, statistic, en, zh, target, low, high (NaN where open), unit, world, source, counted."""
    text = resources.files("sim.analysis.facts").joinpath("facts.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    rows = [
        {
            "id": fact["id"],
            "statistic": fact["statistic"],
            "en": fact["label"][0],
            "zh": fact["label"][1],
            "target": fact.get("target", np.nan),
            "low": fact.get("low", np.nan),
            "high": fact.get("high", np.nan),
            "unit": fact.get("unit", ""),
            "world": fact.get("world", ""),
            "source": data["sources"][fact["source"]],
            "counted": fact.get("counted", True),
        }
        for fact in data["fact"]
    ]
    return pd.DataFrame(rows)


def measure_facts(
    talk: Talk, members: pd.DataFrame | None = None, draws: int = 300, only: Collection[str] | None = None
) -> dict[tuple[str, str], Measure]:
    """All statistics of the facts K1, K4–K9 and K13–K26, or of those in ``only``, by (id, statistic)."""
    boot, found = Boot(talk.n_units, draws), {}
    if only is None or "K4" in only:
        found.update({("K4", name): measure for name, measure in kfacts.k4(talk, boot, members).items()})
    for fact in _BY_ID if only is None else sorted({*_BY_ID} & {*only}):
        function = _BY_ID[fact]
        found.update({(fact, name): measure for name, measure in function(talk, boot).items()})
    return found


def measure_notes(
    spells: pd.DataFrame | None,
    daily: pd.DataFrame | None,
    watched: Mapping[str, pd.DataFrame],
    draws: int = 300,
    only: Collection[str] | None = None,
) -> dict[tuple[str, str], Measure]:
    """The statistics that need no talk, K2 and K10 to K12: those whose memberships, or notes of a run, are there."""
    ready: dict[str, Callable[[], dict[str, Measure]]] = {}
    if spells is not None and daily is not None and len(daily):
        last = int(daily["day"].max()) + 1
        if "inviter" in spells:
            ready["K2"] = lambda: k2(spells, last, draws)
        ours = spells[_is_counted(spells)].drop(columns=["arm", "world"], errors="ignore")
        if "mutes" in watched:
            ready["K11"] = lambda: k11(ours, watched["mutes"], last, draws)
        if "purchases" in watched and "entry_paid" in spells:
            ready["K12"] = lambda: k12(ours, watched["purchases"], last, draws)
    if "packets" in watched:
        ready["K10"] = lambda: k10(watched["packets"], draws)
    wanted = [fact for fact in ready if only is None or fact in only]
    return {(fact, name): measure for fact in wanted for name, measure in ready[fact]().items()}


def facts_table(
    messages: pd.DataFrame | None,
    spells: pd.DataFrame | None = None,
    daily: pd.DataFrame | None = None,
    rooms: pd.DataFrame | None = None,
    *,
    start: str = "2025-03-03",
    zone: str | None = None,
    draws: int = 300,
    only: Collection[str] | None = None,
    watched: Mapping[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """The facts of a log beside their targets, one row a statistic.

    Columns: id, statistic, en, zh, value, low, high (95 % interval), n, target, band, band_low, band_high, passes (null
    where there is no band, no value or a single case), unit, source.

    Parameters
    ----------
    messages
        One row per message: group, id, t (UTC), author, kind, reply_to; simulated logs with replicate before them
        (one arm of one world: other arms would be pooled). Without any, what needs no talk is measured.
    spells, daily, start
        Of a simulated run, optional: memberships, for invitations, lurkers, persons and the inequality over all
        members; days, for the birth of groups and the end of observation; the date of day 0.
    rooms
        Of a real log, optional: keys of the rooms, ``created``, ``observed_until``.
    zone
        Zone whose weeks are counted: for simulated logs Asia/Shanghai, for others UTC unless told.
    only
        Ids of the facts that are wanted; all where nothing is said.
    watched
        What was noted of a simulated run (:data:`sim.watches.WATCHES`), optional: ``looks`` for the regulars of K3,
        ``packets`` for K10, ``mutes`` for K11; and its table of ``purchases``, for K12.
    """
    watched = watched or {}
    found = measure_notes(spells, daily, watched, draws, only)
    if messages is not None:
        zone = zone or (HOME if "replicate" in messages.columns else "UTC")
        if rooms is None and daily is not None:
            rooms = rooms_of_daily(daily[[*room_keys(messages), "day"]], start, zone)
        talk, table = talk_of(messages, rooms, zone), room_table(messages, rooms)
        members = None if spells is None else _members(spells, table, start, zone)
        found.update(measure_facts(talk, members, draws, only))
        if members is not None and (only is None or "K3" in only):
            seen = _looks(watched.get("looks"), table, start, zone)
            lurkers = k3(talk, Boot(talk.n_units, draws), members, seen)
            found.update({("K3", name): measure for name, measure in lurkers.items()})
    return _beside_targets(found)


def _beside_targets(found: dict[tuple[str, str], Measure]) -> pd.DataFrame:
    """The measures joined with their targets, in the order of the facts."""
    measured = pd.DataFrame(
        [(*key, m.value, m.low, m.high, m.n) for key, m in found.items()],
        columns=["id", "statistic", "value", "low", "high", "n"],
    )
    known = targets().rename(columns={"low": "band_low", "high": "band_high"})
    table = known.merge(measured, on=["id", "statistic"], how="inner")
    table["band"] = [band_text(low, high) for low, high in zip(table["band_low"], table["band_high"], strict=True)]
    table["passes"] = _passes(table)
    order = table["id"].str[1:].astype(int).argsort(kind="stable")
    columns = ["id", "statistic", "en", "zh", "value", "low", "high", "n", "target", "band"]
    return table.loc[order, [*columns, "band_low", "band_high", "passes", "unit", "source"]].reset_index(drop=True)


def rooms_of_daily(daily: pd.DataFrame, start: str = "2025-03-03", zone: str = HOME) -> pd.DataFrame:
    """Birth and end of observation of simulated groups: midnight before their first day, midnight after their last."""
    keys = room_keys(daily)
    days = daily.groupby(keys, observed=True)["day"].agg(["min", "max"]).reset_index()
    midnight = pd.Timestamp(start, tz=zone).tz_convert("UTC")
    return days[keys].assign(
        created=midnight + pd.to_timedelta(days["min"], unit="D"),
        observed_until=midnight + pd.to_timedelta(days["max"] + 1, unit="D"),
    )


def verdicts(table: pd.DataFrame) -> pd.Series:
    """Whether each fact passes: all its statistics with a band do. Null where one of them has no value."""
    banded = table[table["band"] != ""]
    by_id = banded.groupby("id", sort=False)["passes"]
    all_known = by_id.agg(lambda parts: bool(parts.notna().all()))
    passed = by_id.agg(lambda parts: bool(parts.fillna(False).all())).astype("boolean")
    return passed.mask(~all_known)


def _members(spells: pd.DataFrame, table: pd.DataFrame, start: str, zone: str) -> pd.DataFrame:
    """Memberships with times in seconds: room, person, joined, left (infinite while still a member), ordinary."""
    midnight = pd.Timestamp(start, tz=zone).timestamp()
    left = spells["day_left"].astype("Float64").to_numpy(np.float64, na_value=np.inf)
    members = pd.DataFrame(
        {
            "room": room_codes(spells, table),
            "person": spells["person"].to_numpy(np.int64),
            "joined": midnight + DAY * spells["day_joined"].to_numpy(np.float64),
            "left": midnight + DAY * left,
            "ordinary": _is_counted(spells),
        }
    )
    return members[members["room"] >= 0]


def _is_counted(spells: pd.DataFrame) -> NDArray[np.bool_]:
    """Which memberships are of people who are there as members: not staff, no advertisers."""
    if "role" not in spells:
        return np.ones(len(spells), bool)
    return np.asarray(is_ordinary(spells) & (spells["role"].astype(str) != "advertiser").to_numpy())


def _looks(looks: pd.DataFrame | None, table: pd.DataFrame, start: str, zone: str) -> pd.DataFrame | None:
    """Days on which members looked in, as moments (noon, in seconds): room, person, t."""
    if looks is None:
        return None
    midnight = pd.Timestamp(start, tz=zone).timestamp()
    table = table.drop(columns=["arm", "world"], errors="ignore")
    t = midnight + DAY * (looks["day"].to_numpy(np.float64) + 0.5)
    seen = pd.DataFrame({"room": room_codes(looks, table), "person": looks["person"].to_numpy(np.int64), "t": t})
    return seen[seen["room"] >= 0]


def band_text(low: float, high: float) -> str:
    """The band in which a value passes, as text; empty where there is none."""
    if np.isnan(low) and np.isnan(high):
        return ""
    if np.isnan(high):
        return f"≥ {low:g}"
    return f"{low:g} – {high:g}"


def _passes(table: pd.DataFrame) -> pd.Series:
    """Whether the value lies in its band; null where there is no band, no value, or a single case."""
    low, high = table["band_low"].fillna(-np.inf), table["band_high"].fillna(np.inf)
    inside = ((table["value"] >= low) & (table["value"] <= high)).astype("boolean")
    return inside.mask(table["value"].isna() | (table["band"] == "") | (table["n"] < 2))
