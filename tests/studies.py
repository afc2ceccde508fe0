"""Studies that never happened, for tests of statistics, pictures and page: tables with known answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sim.analysis.lifetimes import groups_table
from sim.analysis.outcomes import outcomes
from sim.data.results import concat
from tests.fakes import fake_results

__all__ = ["FIVE", "Ask", "fake_study", "table_of"]

FIVE = ("lifetime", "advert_share", "buyers", "revenue_per_member", "cost")


@dataclass(frozen=True)
class Ask:
    """The least a study is."""

    arms: Mapping[str, Sequence[str]]
    worlds: Mapping[str, Sequence[str]] = field(default_factory=lambda: {"w": ()})
    outcomes: Sequence[str] = ("revenue",)
    reference: str = "nothing"
    name: str = "fake"
    title: Mapping[str, str] = field(default_factory=lambda: {"en": "A fake study", "zh": "假想的研究"})
    question: Mapping[str, str] = field(default_factory=lambda: {"en": "What lives longest?", "zh": "什么活得最久？"})
    days: int = 120
    seed: int = 7
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def table_of(
    worlds: Mapping[str, Mapping[str, np.ndarray]], outcome: str = "revenue", **more: str
) -> tuple[Ask, pd.DataFrame]:
    """A study of one outcome from arrays by world and arm, with its reference ``nothing``."""
    parts = [
        pd.DataFrame({"arm": arm, "world": world, "replicate": np.arange(len(x)), outcome: np.asarray(x, float)})
        for world, arms in worlds.items()
        for arm, x in arms.items()
    ]
    arms = {arm: (f"strategy=[{arm}]",) for world in worlds.values() for arm in world}
    study = Ask(arms, {world: () for world in worlds}, (outcome,), **more)
    return study, pd.concat(parts, ignore_index=True)


def fake_study(
    arms: Sequence[str] = ("nothing", "paid_entry", "red_packet", "fixed_time"),
    worlds: Sequence[str] = ("pet_owners",),
    replicates: int = 12,
    days: int = 120,
    names: Sequence[str] = FIVE,
) -> tuple[Ask, pd.DataFrame, pd.DataFrame]:
    """Study, outcomes and lifetimes from made-up runs; the worlds differ by their luck."""
    runs = [
        fake_results(arms, replicates=replicates, groups=4, days=days, seed=7 + k, world=world)
        for k, world in enumerate(worlds)
    ]
    tables = [(outcomes(run), groups_table(run.daily)) for run in runs]
    plain = {"arm": str, "world": str}
    study = Ask({arm: (f"strategy=[{arm}]",) for arm in arms}, {world: () for world in worlds}, names, days=days)
    lifetimes = ["arm", "world", "replicate", "group", "lifetime", "censored", "cause"]
    assert concat(runs).arms == list(arms)
    return (
        study,
        pd.concat([found.astype(plain) for found, _ in tables], ignore_index=True),
        pd.concat([groups[lifetimes].astype(plain | {"cause": object}) for _, groups in tables], ignore_index=True),
    )
