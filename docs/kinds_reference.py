"""Write sim/analysis/logs/reference/kinds.json: what rooms of each shipped scenario are like, for ``shequn read``.

Run it when rules, constants, scenarios or traits have changed: ``python docs/kinds_reference.py`` (some ten minutes).
Every scenario is played in 30 communities of 20 groups over a year, with five numbers of seats, half of them without a
strategy and half with one. Each room is cut into three windows of 30 to 365 days, with and without its beginning, so
that logs of any length find rooms like theirs. Seeds begin at 900,000; tests use others.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from scenarios import compose
from scenarios.config import catalog
from sim import simulate
from sim.analysis.logs.kinds import LEAST, distances, fitted, written
from sim.analysis.logs.talk import room_codes, room_table, talk_of
from sim.analysis.logs.traits import traits
from sim.analysis.statistics.bootstrap import hashed

PLACE = Path(__file__).parents[1] / "sim" / "analysis" / "logs" / "reference" / "kinds.json"
FOR_CASES = ("campaign", "campus", "course", "project", "shop")
"""Scenarios of one reported case each; a log is compared with kinds of group that are met everywhere."""
SEED, DAYS, CUTS_A_ROOM = 900_000, 365, 3
SEATS = (None, 50, 100, 200, 500)
STRATEGIES = ("nothing", "red_packet", "nothing", "fixed_time", "nothing", "morning_greeting", "nothing", "advert_ban",
              "nothing", "group_cap")  # fmt: skip
STARTS, LENGTHS = (0, 0, 30, 60, 120, 240), (30, 60, 90, 180, 365)


def played(kind: str, number: int) -> pd.DataFrame:
    """The messages of one community."""
    seats = SEATS[(number + number // len(STRATEGIES)) % len(SEATS)]
    own = [] if seats is None else [f"population.seats={seats}"]
    scenario = compose([f"scenario={kind}", f"strategy=[{STRATEGIES[number % len(STRATEGIES)]}]",
                        "record=messages", "replicates=1", f"days={DAYS}", f"seed={SEED + number}",
                        "population.groups=20", *own])  # fmt: skip
    messages = simulate(scenario).messages
    assert messages is not None
    return messages


def windows(messages: pd.DataFrame, number: int) -> pd.DataFrame:
    """Three windows of every group, each as a room of its own."""
    begun = messages["t"].min()
    parts = []
    for group, one in messages.groupby("group"):
        luck = hashed(CUTS_A_ROOM * (int(group) + 1) + 1000 * number)[-CUTS_A_ROOM:]
        for cut, word in enumerate(luck.tolist()):
            start = begun + pd.Timedelta(STARTS[word % len(STARTS)], "D")
            end = start + pd.Timedelta(LENGTHS[word // 64 % len(LENGTHS)], "D")
            part = one[(one["t"] >= start) & (one["t"] < end)]
            parts.append(part.assign(group=CUTS_A_ROOM * int(group) + cut, reply_to=pd.NA))
    return pd.concat(parts)[["group", "id", "t", "author", "kind", "reply_to"]]


def measured(kind: str, number: int) -> pd.DataFrame:
    """Traits of the windows of one community."""
    cut = windows(played(kind, number), number)
    talk = talk_of(cut, zone="Asia/Shanghai")
    return traits(cut, talk, room_codes(cut, room_table(cut))).assign(kind=kind, community=f"{kind} {number}")


def tried(table: pd.DataFrame, kinds: list[str]) -> dict[int, float]:
    """Share of logs of one, three and ten rooms told rightly, by what is known from the other communities.

    Ten communities of each scenario at a time, with all strategies among them, are left out; of each room one window is
    taken, the rooms in the order of a hash.
    """
    part = table["community"].str.split().str[1].astype(int) // len(STRATEGIES)
    hits: dict[int, list[bool]] = {1: [], 3: [], 10: []}
    for left in sorted(set(part)):
        known = fitted(table[part != left], kinds)
        rest = table[(part == left) & (table["n"] >= LEAST)].reset_index(drop=True)
        likely = distances(rest, known)[1]
        rest["order"] = hashed(len(rest))
        rest["place"] = rest["room"] // CUTS_A_ROOM
        for community, one in rest.sort_values("order").drop_duplicates(["community", "place"]).groupby("community"):
            for size, found in hits.items():
                rows = [one.index[i : i + size] for i in range(0, len(one) - size + 1, size)]
                found += [kinds[int(likely[row].sum(axis=0).argmax())] == str(community).split()[0] for row in rows]
    return {size: float(np.mean(found)) for size, found in hits.items() if found}


def main() -> None:
    """Play, measure, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--communities", type=int, default=30, help="of each scenario (30)")
    parser.add_argument("--out", type=Path, default=PLACE, help="where the numbers go")
    parser.add_argument("--table", type=Path, help="Parquet file of the traits: written, or read if it is there")
    options = parser.parse_args()
    kinds = sorted({*catalog.options("scenario")} - {*FOR_CASES})
    if options.table is not None and options.table.exists():
        table = pd.read_parquet(options.table)
    else:
        table = pd.concat([measured(kind, k) for k in range(options.communities) for kind in kinds], ignore_index=True)
        if options.table is not None:
            table.to_parquet(options.table)
    known = replace(fitted(table, kinds), right=tried(table, kinds))
    origin = f"docs/kinds_reference.py: {options.communities} communities of each scenario, seeds from {SEED}"
    options.out.write_text(json.dumps({"origin": origin, **written(known)}, separators=(",", ":")) + "\n", "utf-8")
    print(f"wrote {options.out.name}: {known.rooms} rooms, limits {np.round(known.limit, 2)}, right {known.right}")


if __name__ == "__main__":
    main()
