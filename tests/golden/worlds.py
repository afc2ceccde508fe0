"""Fixed worlds whose numbers are kept: what is played, and what is written down of each run.

A golden number says nothing about right or wrong, only that nothing moved. It is renewed by ``python -m
tests.golden.renew "why"``, which puts the reason into the changelog, and by nothing else.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from scenarios import Scenario, compose
from sim.data.tables import KINDS, REASONS
from tests.plays import Tables, lively, play, strategy

__all__ = ["BASELINE", "WORLDS", "fingerprint", "kept", "machine", "measured"]

BASELINE = Path(__file__).with_name("baseline.json")


def _four() -> Scenario:
    names = ("group_cap", "red_packet", "fixed_time", "advert_ban")
    return lively([strategy(name) for name in names])


def _new_groups() -> Scenario:
    cap = strategy("group_cap", limit=14, queue=3, when_full="new_group")
    return lively([cap, strategy("irregular_time")], population={"spare_groups": 3})


def _market() -> Scenario:
    """Everything that goes on at the door: price, clicks, connectors, advertisers, floods of newcomers."""
    return lively(
        [strategy("paid_entry", price=0.5), strategy("advert_ban")],
        purpose={"search_rate": 6.0}, operator={"advert_yuan_base": 6.0}, cast={"connectors": 0.4, "advertisers": 0.3},
    )  # fmt: skip


def _neglected() -> Scenario:
    """A common need that ends, few hours, an expert's fee: a group on its way down."""
    return lively(
        days=40, purpose={"need_days": 12.0, "shared_need": 1.0}, operator={"hours": 0.2, "purse": 300.0},
        cast={"kols": 2.0, "kol_fee": 20.0}, mind={"leave": 0.1},
    )  # fmt: skip


def _asking() -> Scenario:
    """One question, hot matters, phones of the absent, needs that arise anew, doors that differ, weekends."""
    return lively(
        days=30, purpose={"askers": 0.6, "search_spread": 1.0, "weekend": 0.5, "season": 0.5, "search_rate": 4.0},
        mind={"hot": 2.0, "event_rate": 0.1, "need_again": 0.05, "eager": 2.0}, market={"quiet_door": 0.2},
        talk={"rouse": 0.3},
    )  # fmt: skip


def _city() -> Scenario:
    """A scenario as users run it, grown up, with everything on."""
    chosen = "strategy=[paid_entry,red_packet,fixed_time,advert_ban]"
    return compose(["scenario=pet_owners", chosen, "population=small", "replicates=3", "days=90", "record=messages"])


WORLDS: dict[str, Callable[[], Scenario]] = {
    "nothing": lively,
    "four": _four,
    "new_groups": _new_groups,
    "market": _market,
    "neglected": _neglected,
    "asking": _asking,
    "same_members": lambda: lively([strategy("paid_entry", price=50.0)], same_members=True),
    "philox": lambda: lively([strategy("red_packet", occasion="quiet")], luck="philox"),
    "pet_owners": _city,
}
"""Worlds by name. All are played in the compiled lane; those of ``SLOW`` not in the Mesa lane too."""
SLOW = {"pet_owners"}


def measured(name: str, lane: str) -> dict[str, Any]:
    """What is kept of a world: named numbers, and a digest of every column of every table."""
    tables = play(WORLDS[name](), lane)
    return {"numbers": _numbers(tables), "columns": fingerprint(tables)}


def fingerprint(tables: Tables) -> dict[str, str]:
    """SHA-256 (first 12 digits) of each column, by ``table.column``; rows in the order in which they were written."""
    return {
        f"{table}.{column}": hashlib.sha256(np.ascontiguousarray(rows[column]).tobytes()).hexdigest()[:12]
        for table, rows in sorted(tables.items())
        for column in rows.dtype.names or ()
    }


def _numbers(tables: Tables) -> dict[str, float]:
    """Some twenty numbers that a person can read, and see how far they moved."""
    daily, spells, messages = tables["daily"], tables["spells"], tables["messages"]
    sums = ("n_visitors", "n_member_messages", "n_ads", "n_host_messages", "n_on_topic", "n_replies", "new_joined",
            "new_left", "new_removed", "new_muted", "n_purchases", "n_invitations", "n_turned_away", "revenue", "cost",
            "host_minutes", "packet_received")  # fmt: skip
    found = {name: float(daily[name].sum(dtype=float)) for name in sums}
    last = daily[daily["day"] == daily["day"].max()]
    found["members_at_end"] = float(last["n_members"].sum())
    found["mean_trust_at_end"] = float(last["mean_trust"].mean(dtype=float))
    found["mean_belonging_at_end"] = float(last["mean_belonging"].mean(dtype=float))
    found["memberships"] = float(spells.size)
    found["left"] = float((spells["reason"] == REASONS.index("left")).sum())
    found["questions"] = float((messages["kind"] == KINDS.index("question")).sum())
    found["strong_pairs"] = float(tables["pairs"].size)
    return found


def machine() -> str:
    """Bytes are promised for one operating system and processor family only."""
    return f"{platform.system()} {platform.machine()}"


def kept() -> dict[str, Any]:
    """The baseline as it was written down."""
    return json.loads(BASELINE.read_text("utf-8"))  # type: ignore[no-any-return]
