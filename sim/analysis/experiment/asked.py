"""What was asked, and the answers as blocks of numbers: replicates × arms, with the luck of a replicate kept together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.outcomes import OUTCOMES
from sim.engine.knobs import did_you_mean

__all__ = ["Asked", "Block", "Floats", "Titled", "block", "by_arm", "checked", "sign_of"]

Floats = NDArray[np.float64]
COVERED = 0.5


class Titled(Protocol):
    """What has a name, and a title and a question by language."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> Mapping[str, str]: ...
    @property
    def question(self) -> Mapping[str, str]: ...


class Asked(Titled, Protocol):
    """What these analyses need of a study: its question, worlds, arms, outcomes (the first is primary), luck.

    ``worlds`` and ``arms`` are by label, each with the overrides that make it; ``reference`` is an arm.
    """

    @property
    def worlds(self) -> Mapping[str, Sequence[str]]: ...
    @property
    def arms(self) -> Mapping[str, Sequence[str]]: ...
    @property
    def reference(self) -> str: ...
    @property
    def outcomes(self) -> Sequence[str]: ...
    @property
    def days(self) -> int: ...
    @property
    def seed(self) -> int: ...


@dataclass(frozen=True)
class Block:
    """One outcome in one world: ``values`` (replicates, arms), only replicates in which every arm has a value."""

    world: str
    outcome: str
    arms: tuple[str, ...]
    values: Floats

    @property
    def n(self) -> int:
        """Replicates."""
        return len(self.values)


def checked(study: Asked, outcomes: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``outcomes`` that the study asks for, in its order of worlds and arms, as plain categories.

    Raises ValueError where an outcome is unknown, the reference is no arm, a run occurs twice, or nothing is left.
    """
    for name in study.outcomes:
        if name not in OUTCOMES or name not in outcomes:
            raise ValueError(f"there is no outcome '{name}'{did_you_mean(name, OUTCOMES)}")
    if study.reference not in study.arms:
        raise ValueError(f"the reference '{study.reference}' is no arm{did_you_mean(study.reference, study.arms)}")
    table = outcomes.assign(
        arm=pd.Categorical(outcomes["arm"].astype(str), categories=list(study.arms)),
        world=pd.Categorical(outcomes["world"].astype(str), categories=list(study.worlds)),
    ).dropna(subset=["arm", "world"])
    if table.duplicated(["arm", "world", "replicate"]).any():
        raise ValueError("a run occurs twice in the table of outcomes: arm, world and replicate name one run")
    if table.empty:
        raise ValueError(f"nothing has been run of the study '{study.name}' yet")
    return table.sort_values(["world", "arm", "replicate"]).reset_index(drop=True)


def block(table: pd.DataFrame, world: str, outcome: str) -> Block:
    """Replicates × arms of one outcome in which every arm has a value.

    Left out first are arms with a value in fewer than half as many replicates as the arm that has most: they would
    take nearly all replicates from the others.
    """
    wide = by_arm(table, world, outcome)
    known = wide.notna().sum()
    wide = wide.loc[:, known >= COVERED * known.max()].dropna() if len(known) else wide
    return Block(world, outcome, tuple(map(str, wide.columns)), wide.to_numpy())


def by_arm(table: pd.DataFrame, world: str, outcome: str) -> pd.DataFrame:
    """One outcome with a row per replicate and a column per arm that has any value, in the study's order."""
    rows = table[table["world"] == world]
    wide = rows.pivot(index="replicate", columns="arm", values=outcome).astype(np.float64)
    return wide[[arm for arm in rows["arm"].cat.categories if arm in wide.columns and wide[arm].notna().any()]]


def sign_of(outcome: str) -> int:
    """+1 where more is better, −1 where less is, 0 where it is no matter of better and worse."""
    better = OUTCOMES[outcome].more_is_better
    return 0 if better is None else 1 if better else -1
