"""Runs that never happened: arrays of the types in :mod:`sim.data.tables`, drawn as a few cheap curves.

For tests of results, analysis and pictures only. Every group rises, peaks and fades; the arms differ by a known factor
and share their luck, so paired differences are sharper than unpaired ones. Nothing here says anything about groups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.data import tables
from sim.data.frames import NULLABLE, frame_of
from sim.data.results import Results, concat

__all__ = ["ARMS", "META", "daily_of", "fake_arrays", "fake_results", "spells_of"]

#: Effect of an arm on the strength of talk, the length of life and the price at the door.
ARMS: dict[str, dict[str, float]] = {
    "nothing": {},
    "group_cap": {"talk": 1.1, "cap": 30},
    "paid_entry": {"talk": 1.05, "life": 1.2, "price": 9.9, "ads": 0.4},
    "red_packet": {"talk": 1.3, "cost": 2.0},
    "fixed_time": {"talk": 1.2, "life": 1.3, "cost": 0.5},
    "advert_ban": {"life": 1.1, "ads": 0.1, "cost": 0.2},
    "all_four": {"talk": 1.6, "life": 1.6, "price": 9.9, "ads": 0.1, "cost": 2.7},
}

META: dict[str, Any] = {
    "seed": 7,
    "start": "2025-03-03",
    "timezone": "Asia/Shanghai",
    "lane": "compiled",
    "roles": ["Host", "KOL", "Moderator", "Lurker", "Regular", "Advertiser", "Connector"],
    "strategies": ["advert_ban", "fixed_time", "group_cap", "paid_entry", "red_packet"],
    "versions": {"shequn": "0.1.0"},
    "timings": {"simulate": 1.0},
}


def fake_results(
    arms: Sequence[str] = tuple(ARMS),
    replicates: int = 6,
    groups: int = 5,
    days: int = 120,
    seats: int = 40,
    seed: int = 7,
    world: str = "pet_owners",
    messages: bool = False,
) -> Results:
    """Results of several arms under common luck."""
    runs = []
    for arm in arms:
        arrays = fake_arrays(replicates, groups, days, seats, seed, ARMS.get(arm, {}), messages)
        config = {"strategy": [arm], "operator": {"wage": 40.0}}
        meta = {**META, "seed": seed, "days": days, "replicates": replicates, "config": config}
        runs.append(Results.from_arrays(arm, world, arrays, meta))
    return concat(runs)


def fake_arrays(
    replicates: int,
    groups: int,
    days: int,
    seats: int = 40,
    seed: int = 7,
    effect: Mapping[str, float] | None = None,
    messages: bool = False,
) -> dict[str, np.ndarray]:
    """Structured arrays by table name for one arm; equal seeds share their luck."""
    effect = dict(effect or {})
    rng = np.random.default_rng(seed)
    n = replicates * groups
    place = {
        "replicate": np.repeat(np.arange(replicates), groups),
        "group": np.tile(np.arange(groups), replicates),
    }
    luck = np.repeat(rng.normal(0, 0.3, replicates), groups)
    life = np.exp(rng.normal(4.2, 0.7, n) + luck) * effect.get("life", 1.0)
    life[rng.random(n) < 0.05] = 0
    talk = np.exp(rng.normal(1.0, 0.6, n) + luck) * effect.get("talk", 1.0)
    cap = min(seats, effect.get("cap", seats))
    daily = _daily(rng, place, life, talk, cap, days, effect)
    spells = _spells(rng, place, seats, days, effect)
    arrays = {"daily": daily, "spells": spells, "groups": _groups(place, daily, life, days)}
    arrays["purchases"] = _purchases(rng, spells)
    arrays["ledger"] = _ledger(rng, place, days, effect)
    arrays["pairs"] = _pairs(rng, place, seats)
    if messages:
        arrays["messages"] = _messages(rng, daily, seats)
    return arrays


def daily_of(
    talk: np.ndarray, arm: str = "nothing", world: str = "pet_owners", lengths: np.ndarray | None = None, **columns: Any
) -> pd.DataFrame:
    """A daily frame from ordinary members' messages (replicates, groups, days); other columns by name, 0 if not given.

    ``lengths`` (replicates, groups): days after which a group was dissolved.
    """
    replicates, groups, days = talk.shape
    out = np.zeros(talk.shape, dtype=tables.DAILY)
    out["replicate"], out["group"] = np.arange(replicates)[:, None, None], np.arange(groups)[:, None]
    out["day"], out["n_member_messages"], out["n_members"] = np.arange(days), talk, 10
    out["n_messages"] = out["n_posters"] = talk
    for name, values in columns.items():
        out[name] = values
    if lengths is not None:
        out = out[np.arange(days) < lengths[..., None]]
    return frame_of("daily", arm, world, out.reshape(-1), META)


def spells_of(arm: str = "nothing", world: str = "pet_owners", **columns: Any) -> pd.DataFrame:
    """A frame of memberships by column; what is not given is 0, or null where null means none or not yet."""
    n = max(np.size(values) for values in columns.values())
    out = np.zeros(n, dtype=tables.SPELLS)
    for name in NULLABLE["spells"]:
        out[name] = -1
    out["role"], out["person"] = META["roles"].index("Lurker"), np.arange(n)
    for name, values in columns.items():
        out[name] = values
    return frame_of("spells", arm, world, out, META)


def _daily(
    rng: np.random.Generator,
    place: Mapping[str, np.ndarray],
    life: np.ndarray,
    talk: np.ndarray,
    cap: float,
    days: int,
    effect: Mapping[str, float],
) -> np.ndarray:
    n = len(life)
    out = np.zeros((n, days), dtype=tables.DAILY)
    day = np.arange(days)
    out["replicate"], out["group"], out["day"] = place["replicate"][:, None], place["group"][:, None], day
    age = day / np.maximum(life, 1)[:, None]
    curve = np.where(age < 1, np.sin(np.pi * np.clip(age, 0, 1)) + 0.1, 0) * (life > 0)[:, None]
    members = np.rint(15 + (cap - 15) * np.minimum(1, age * 2) * np.where(age < 1, 1, np.exp(1 - age)))
    chat = rng.poisson(talk[:, None] * 4 * curve)
    host, ads = rng.poisson(2, (n, days)), rng.poisson(0.8 * effect.get("ads", 1.0) * np.minimum(2, age))
    out["n_members"] = np.maximum(members, 1)
    out["n_member_messages"], out["n_host_messages"], out["n_ads"] = chat, host, ads
    out["n_messages"] = chat + host + ads
    out["n_posters"] = np.minimum(out["n_members"], np.rint(chat**0.7) + (host > 0))
    out["n_readers"] = np.maximum(out["n_posters"], np.rint(members * (0.1 + 0.4 * curve)))
    out["n_on_topic"], out["n_veterans"] = chat // 2, members // 4
    out["n_veteran_messages"], out["n_trusting"], out["n_strong_pairs"] = chat // 3, members * 0.3, day // 10
    out["n_openers"], out["n_answered"] = chat // 3 + 1, chat // 5
    out["n_replies"], out["n_replies_off_host"] = chat // 2, chat // 3
    out["n_invitations"], out["new_joined"] = chat // 5, rng.poisson(0.4 * curve)
    out["new_left"] = rng.poisson(0.2, (n, days))
    out["n_purchases"] = rng.poisson(0.05 * curve * talk[:, None])
    out["revenue"] = 39.0 * out["n_purchases"] + effect.get("price", 0.0) * out["new_joined"]
    out["cost"], out["host_minutes"] = effect.get("cost", 0.0), 6.0 * host / 2
    out["mean_trust"] = 0.4 + 0.2 * np.exp(-age) + 0.02 * talk[:, None] / (1 + talk[:, None])
    out["mean_belonging"], out["novelty"] = 0.3 * np.exp(-age), np.exp(-age)
    out["packet_sent"] = effect.get("cost", 0.0)
    out["packet_received"] = 0.9 * out["packet_sent"]
    out["packet_returned"] = out["packet_sent"] - out["packet_received"]
    return out.reshape(-1)


def _spells(
    rng: np.random.Generator, place: Mapping[str, np.ndarray], seats: int, days: int, effect: Mapping[str, float]
) -> np.ndarray:
    n = len(place["group"])
    out = np.zeros((n, seats), dtype=tables.SPELLS)
    person = np.arange(seats)
    out["replicate"], out["group"] = place["replicate"][:, None], place["group"][:, None]
    out["person"] = person + 1000 * place["group"][:, None]
    out["role"] = np.where(person == 0, 0, np.where(person == 1, 1, 3 + person % 3))
    founder = person < 15
    out["channel"] = np.where(founder, 0, rng.integers(1, 4, (n, seats)))
    out["inviter"] = np.where(out["channel"] == 2, out["person"] - 1, -1)
    out["day_joined"] = np.where(founder, 0, rng.integers(0, max(1, days * 2 // 3), (n, seats)))
    left = out["day_joined"] + rng.exponential(90 * effect.get("life", 1.0), (n, seats)).astype(int)
    gone = (left < days) & (person > 0)
    out["day_left"], out["reason"] = np.where(gone, left, -1), np.where(gone, rng.choice([1, 1, 2, 6], (n, seats)), 0)
    out["entry_paid"] = np.where(founder, 0, effect.get("price", 0.0))
    stay = np.where(gone, left, days) - out["day_joined"]
    out["n_messages"] = np.minimum(stay * 3, rng.pareto(0.9, (n, seats)) * effect.get("talk", 1.0) * 2)
    out["n_active_days"] = np.minimum(out["n_messages"], stay)
    out["day_first_post"] = np.where(out["n_messages"] > 0, out["day_joined"], -1)
    trusting = rng.random((n, seats)) < 0.3
    out["day_trusting"] = np.where(trusting, out["day_joined"] + stay // 2, -1)
    out["n_purchases"] = rng.poisson(0.1 + 0.3 * trusting)
    out["spent"] = 39.0 * out["n_purchases"]
    out["n_invited"] = rng.poisson(0.8, (n, seats))
    out["n_brought"] = rng.binomial(out["n_invited"], 0.3)
    out["day_first_invitation"] = np.where(out["n_invited"] > 0, out["day_joined"], -1)
    out["muted"], out["trust"], out["belonging"] = rng.random((n, seats)) < 0.4, 0.3 + 0.4 * trusting, 0.3
    return out.reshape(-1)


def _groups(place: Mapping[str, np.ndarray], daily: np.ndarray, life: np.ndarray, days: int) -> np.ndarray:
    talk = daily["n_member_messages"].reshape(-1, days) > 0
    last = np.where(talk.any(axis=1), days - 1 - np.argmax(talk[:, ::-1], axis=1), 0)
    out = np.zeros(len(life), dtype=tables.GROUPS)
    out["replicate"], out["group"] = place["replicate"], place["group"]
    died = days - 1 - last >= 28
    out["day_died"] = out["day_first_silent"] = np.where(died, last, -1)
    out["n_peak"], out["lifetime"] = daily["n_members"].reshape(-1, days).max(axis=1), last
    return out


def _purchases(rng: np.random.Generator, spells: np.ndarray) -> np.ndarray:
    rows = np.repeat(spells, spells["n_purchases"])
    out = np.zeros(len(rows), dtype=tables.PURCHASES)
    for name in ("replicate", "group", "person"):
        out[name] = rows[name]
    out["day"], out["price"] = rows["day_joined"] + rng.integers(0, 30, len(rows)), 39.0
    out["refunded"] = rng.random(len(rows)) < 0.05
    return out


def _ledger(
    rng: np.random.Generator, place: Mapping[str, np.ndarray], days: int, effect: Mapping[str, float]
) -> np.ndarray:
    n = len(place["group"])
    out = np.zeros((n, days), dtype=tables.LEDGER)
    out["replicate"], out["group"] = place["replicate"][:, None], place["group"][:, None]
    out["day"], out["strategy"] = np.arange(days), 4 if effect.get("cost") else -1
    out["CNY"], out["host_minutes"] = effect.get("cost", 0.0), 3.0 * rng.poisson(2, (n, days))
    return out.reshape(-1)


def _pairs(rng: np.random.Generator, place: Mapping[str, np.ndarray], seats: int) -> np.ndarray:
    n = len(place["group"])
    out = np.zeros((n, 4), dtype=tables.PAIRS)
    out["replicate"], out["group"] = place["replicate"][:, None], place["group"][:, None]
    out["person"] = np.arange(4) * 2 + 1000 * place["group"][:, None]
    out["other"], out["strength"] = out["person"] + 1, rng.random((n, 4))
    return out.reshape(-1)


def _messages(rng: np.random.Generator, daily: np.ndarray, seats: int) -> np.ndarray:
    rows = np.repeat(daily, daily["n_member_messages"])
    out = np.zeros(len(rows), dtype=tables.MESSAGES)
    out["replicate"], out["group"] = rows["replicate"], rows["group"]
    out["minute"] = rows["day"] * 1440.0 + rng.uniform(480, 1380, len(rows))
    out = np.sort(out, order=["replicate", "group", "minute"])
    new = np.r_[True, np.diff(out["replicate"] * 100000 + out["group"]) != 0] if len(out) else np.zeros(0, bool)
    start = np.maximum.accumulate(np.where(new, np.arange(len(out)), 0)) if len(out) else np.zeros(0, int)
    out["id"] = np.arange(len(out)) - start
    out["author"] = (rng.pareto(1.2, len(out)) * 3).astype(int) % seats + 1000 * out["group"]
    out["kind"], out["on_topic"] = rng.integers(0, 4, len(out)), rng.random(len(out)) < 0.5
    out["reply_to"] = np.where(rng.random(len(out)) < 0.4, out["id"] - 1, -1)
    return out
