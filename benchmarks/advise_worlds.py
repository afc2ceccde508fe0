"""Hidden worlds of the benchmark of ``shequn advise``, what an operator sees of them, and the menu they choose from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any

from scenarios.config import catalog
from scenarios.config.ensemble import Row, known_knob
from scenarios.experiments.advise.growing import Sizes
from scenarios.experiments.advise.menu import MOST_MOVES, Move, Plan, singles, together
from scenarios.experiments.advise.situation import Situation
from scenarios.experiments.calibration.ablations import read_ablations

__all__ = ["MENU", "Extent", "Hidden", "folklore", "hidden_worlds", "menu_of", "picked", "without", "written"]

MENU = ("advert_ban", "daily_topic", "fixed_time", "goods", "hard_adverts", "introductions", "paid_entry", "red_packet")
CHANGED = ("appeal", "company", "shyness", "used_to", "adverts", "met_needs")
"""Mechanisms that are off in a hidden world and on in all worlds that advice is looked for in (ablations.toml)."""
KINDS = ("pet_owners", "deals", "course", "shop", "study_group")
_PUSHED = 3
_BEYOND = 0.5


@dataclass(frozen=True)
class Extent:
    """How large it is. ``worlds`` are withheld, outside, changed; ``truth`` are looks at the whole menu: on how many
    communities, and how many plans are left after it; ``fresh`` communities measure what is compared.
    """

    menu: tuple[str, ...] = MENU
    kinds: tuple[str, ...] = KINDS
    worlds: tuple[int, int, int] = (8, 6, 6)
    truth: tuple[tuple[int, int], ...] = ((8, 64), (40, 10), (160, 1))
    fresh: int = 200
    days: int = 180
    groups: int = 4
    seats: int = 50
    sets: int = 1_000
    runner: str = ""
    search: Sizes = field(default_factory=lambda: Sizes(staged=0))


@dataclass(frozen=True)
class Hidden:
    """A world: its constants, in which way it is hidden, and what its operator knows and wants."""

    name: str
    way: str
    row: Row
    situation: Situation


def picked(*what: object, among: int) -> int:
    """A number below ``among``, by a lot that depends on what it is for."""
    return int.from_bytes(sha256(" ".join(map(str, what)).encode()).digest()[:8], "big") % among


def hidden_worlds(rows: Sequence[Row], extent: Extent) -> tuple[list[Row], list[Hidden]]:
    """The sets that advice is looked for in, and the hidden worlds: sets kept back, sets with some constants pushed
    beyond all others, sets with one mechanism off.
    """
    withheld, outside, changed = extent.worlds
    lot = sorted(rows[: extent.sets], key=lambda row: picked(json.dumps(row.as_dict(), sort_keys=True), among=2**60))
    seen, kept = lot[withheld:], lot[:withheld]  # none of those below is a twin of one that may be seen
    found = [("withheld", row) for row in kept]
    found += [("outside", pushed(kept[k % len(kept)], seen, k)) for k in range(outside)]
    found += [("changed", without_mechanism(kept[-1 - k % len(kept)], CHANGED[k % len(CHANGED)]))
              for k in range(changed)]  # fmt: skip
    return seen, [Hidden(f"{n:02d}_{way}", way, row, situation_of(n, extent)) for n, (way, row) in enumerate(found)]


def pushed(base: Row, rows: Sequence[Row], k: int) -> Row:
    """A row with some of its constants beyond all rows, by half their range, as far as the knob goes."""
    keys = sorted(set.intersection(*(set(row.values) for row in rows)))
    values = dict(base.values)
    for key in sorted(keys, key=lambda key: picked("push", k, key, among=2**60)):
        knob, seen = known_knob(key, "benchmark"), [row.values[key] for row in rows]
        low, high = min(seen), max(seen)
        far = high + _BEYOND * (high - low) if picked("way", k, key, among=2) else low - _BEYOND * (high - low)
        if knob.kind != "number" or knob.low is None or knob.high is None:
            continue
        far = min(max(far, knob.low), knob.high)
        if not low <= far <= high:
            values[key] = far
        if sum(values[one] != base.values[one] for one in values) == _PUSHED:
            break
    return Row(values, base.worlds, base.factors)


def without_mechanism(row: Row, name: str) -> Row:
    """The row with one mechanism off, in every scenario."""
    (ablation,) = read_ablations((name,))
    off = {key: float(value) for key, _, value in (text.partition("=") for text in ablation.off)}
    worlds = {world: {key: value for key, value in numbers.items() if key not in off}
              for world, numbers in row.worlds.items()}  # fmt: skip
    return Row({**row.values, **off}, worlds, {key: value for key, value in row.factors.items() if key not in off})


def situation_of(n: int, extent: Extent) -> Situation:
    """What the operator of the n-th world sees: kind of group, hours, money, what matters; by lot."""
    matters = ({"life": 1, "talk": 1, "sales": 1}, {"life": 1, "talk": 1}, {"talk": 1, "sales": 2}, {"sales": 1})
    hours, yuan = (0.5, 1.5, 4.0), (100.0, 500.0, 3_000.0)
    return Situation(extent.kinds[n % len(extent.kinds)], extent.groups, 0, hours[picked("hours", n, among=3)],
                     yuan[picked("yuan", n, among=3)], matters[picked("matters", n, among=4)],
                     without(extent.menu), extent.days)  # fmt: skip


def without(menu: Sequence[str]) -> tuple[str, ...]:
    """What is ruled out: all that is not on the menu."""
    return tuple(name for name in catalog.strategies() if name not in menu)


def menu_of(menu: Sequence[str]) -> list[Plan]:
    """Every plan: single moves, pairs, triples."""
    ones = singles(without(menu))
    plans: dict[Plan, None] = {}
    for many in range(1, MOST_MOVES + 1):
        for some in combinations(ones, many):
            plan: Plan | None = ()
            for one in some:
                plan = None if plan is None else together(plan, one)
            if plan is not None:
                plans[plan] = None
    return list(plans)


def folklore(menu: Sequence[str]) -> Plan:
    """What the trade says to everybody: a price at the door, content at a fixed hour, adverts out at once, at their
    default doses.
    """
    return tuple(Move(name) for name in ("advert_ban", "fixed_time", "paid_entry") if name in menu)


def written(rows: Sequence[Row], path: Path) -> Path:
    """A file for ``world=``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    found: dict[str, Any] = {"sets": [row.as_dict() for row in rows]}
    path.write_text(json.dumps(found), "utf-8")
    return path
