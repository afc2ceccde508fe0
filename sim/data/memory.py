"""How much memory a run takes, estimated before it is played.

The tables of the world are counted row by row, as :func:`sim.model.entities.new_state` will allocate them, with the
row types as declared; so are the daily tables. How many memberships, messages and bookings there will be is not known
before, so their numbers are those of the scenarios in ``conf/``, rounded up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.data import tables
from sim.data.mechanism_tables import table_of
from sim.data.plan import ScenarioLike
from sim.data.recorder import BLOCK
from sim.engine.free_memory import available
from sim.model.entities import (
    APPOINTED,
    BACKLOG,
    COUNTED,
    KNOCK,
    PERSON,
    QUEUE,
    SEATED,
    WAITING,
    group_type,
)
from sim.model.population import market_people
from sim.model.role_columns import community_type, member_type
from sim.model.submodels.conversation_log import LINE, NOTE

__all__ = ["ASIDE", "Need", "TooLarge", "check_fits", "need_of", "state_bytes", "told"]

ASIDE = 300_000_000
"""Bytes for what does not grow: compiled code, desks, libraries."""
COPIES = 3
"""Copies of the results that exist when they are put together."""
PER_SEAT_DAY = {"spells": 0.01, "purchases": 0.0005, "ledger": 0.003, "messages": 0.3}
"""Rows a seat and day: between a quiet community and one under several strategies."""
AS_OBJECTS = 8
"""Times the bytes of a member's row that an agent takes in the Mesa lane."""


class TooLarge(ValueError):
    """A run that does not fit into memory; the message says what it takes, what there is, and what would fit."""


@dataclass(frozen=True)
class Need:
    """Bytes that a run takes: ``world`` while ``at_once`` communities are played, ``results`` once, when all are."""

    world: int
    results: int

    @property
    def peak(self) -> int:
        """At most at one time: the world is let go before the results are put together."""
        return ASIDE + max(self.world + self.results, COPIES * self.results)


def need_of(scenario: ScenarioLike, at_once: int, lane: str = "compiled") -> Need:
    """What a scenario takes of which ``at_once`` communities are played side by side."""
    world, _, rows = sum(state_bytes(scenario).values()), *_size(scenario)
    objects = AS_OBJECTS * rows * member_type(scenario.roles).itemsize if lane == "mesa" else 0
    return Need(at_once * (world + objects), scenario.replicates * sum(_result_bytes(scenario).values()))


def _size(scenario: ScenarioLike) -> tuple[int, int]:
    """Groups of one community, those to be opened later too, and the rows of their members."""
    population: Any = scenario.sections["population"]
    groups = population.groups + population.spare_groups
    return groups, groups * (population.seats + 1)


def state_bytes(scenario: ScenarioLike) -> dict[str, int]:
    """Bytes of one community by table, and those of mechanisms and recorder."""
    groups, rows = _size(scenario)
    sections = scenario.sections.values()
    knobs = {name: float(value) for one in sections for name, value in one if not isinstance(value, str)}
    people, shares = market_people(knobs), scenario.role_shares
    several = 1.0 if knobs["idle_reachable"] > 0.0 else min(1.0, 4.0 * shares.get("connector", 0.0))
    numbers = people + int(people * shares.get("advertiser", 0.0)) + groups * APPOINTED
    group = group_type()
    counts = group.fields[COUNTED[-1]][1] + group[COUNTED[-1]].itemsize  # type: ignore[index]
    return {
        "members": rows * member_type(scenario.roles).itemsize,
        "groups": groups * group.itemsize,
        "worlds": community_type(scenario.roles, sections).itemsize,
        "open_log": groups * BACKLOG * LINE.itemsize,
        "people": numbers * PERSON.itemsize,
        "queues": groups * QUEUE * WAITING.itemsize,
        "proposals": 16 * groups * WAITING.itemsize,
        "circuit": (int((rows - groups) * several) + 64) * 8,
        "listed": rows * (SEATED + 1) * 4,
        "at_door": groups * KNOCK.itemsize,
        "recorder": BLOCK * groups * counts,
        "mechanisms": sum(_of_mechanism(one, rows, groups, numbers) for one in scenario.mechanisms),
    }


def _of_mechanism(one: Any, rows: int, groups: int, people: int) -> int:
    """What a mechanism keeps of members, groups, the world and persons, and its knobs."""
    types: Mapping[str, Any] = one.declared.types
    persons = people * types["person"].itemsize if one.columns("person") else 0
    tables = rows * types["member"].itemsize + groups * types["group"].itemsize + types["world"].itemsize
    return int(tables + persons + 8 * len(one.knobs()))


def _result_bytes(scenario: ScenarioLike) -> dict[str, int]:
    """Bytes of the tables of one community."""
    groups, seats = _size(scenario)
    rows = {name: int(seats * scenario.days * share) for name, share in PER_SEAT_DAY.items()}
    kept = {"daily": groups * scenario.days * tables.DAILY.itemsize, "ledger": rows["ledger"] * tables.LEDGER.itemsize}
    kept |= {one.name(): groups * scenario.days * table_of(type(one)).itemsize for one in scenario.mechanisms}
    if scenario.record != "counts":
        kept["spells"] = (seats + rows["spells"]) * tables.SPELLS.itemsize
        kept["purchases"] = rows["purchases"] * tables.PURCHASES.itemsize
    if scenario.record == "messages":
        kept["messages"] = rows["messages"] * max(tables.MESSAGES.itemsize, NOTE.itemsize)
    return kept


def check_fits(need: Need, scenario: ScenarioLike, has: int | None = None) -> None:
    """Refuse a scenario that does not fit.

    Parameters
    ----------
    need
        :func:`need_of` the scenario.
    has
        Bytes there are; :func:`sim.engine.free_memory.available` if nothing is said.

    Raises
    ------
    TooLarge
        If it needs more; the message says how many communities would fit.
    """
    has = available() if has is None else has
    if has is None or need.peak <= has:
        return
    population: Any = scenario.sections["population"]
    what = (f"replicates={scenario.replicates} of {population.groups:,} groups with {population.seats:,} seats for "
            f"days={scenario.days} take about {told(need.peak)} of memory, and {told(has)} are free")  # fmt: skip
    one = max(1, need.results // scenario.replicates)
    fit = min((has - ASIDE - need.world) // one, (has - ASIDE) // (COPIES * one))
    less = "fewer groups, seats or days, or record=counts, need less"
    fits = f"replicates={fit} would fit"
    raise TooLarge(f"{what}\n{fits}; {less}" if fit > 0 else f"{what}\n{less}")


def told(size: float) -> str:
    """``12.3 GB``."""
    return f"{size / 1e9:,.1f} GB"
